"""Where a place lies on the drawn map: the Equal Earth projection, on the same drawing as the land outline.

It knows degrees and the drawing's own units. It never reads files, rounds names or asks a map service.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from lcsite.light_classes import dataclass

__all__ = ["MAP_HEIGHT", "MAP_WIDTH", "Spot", "spot_on_map"]

MAP_WIDTH = 960
MAP_HEIGHT = 424
_SCALE = 177.158
_CENTRE = (480.0, 237.0)

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the map drawing in its own units, x from the west edge and y from the north edge."""

    x: float
    y: float


def spot_on_map(latitude: float, longitude: float) -> Spot:
    """Return where a point of the Earth falls on the map drawing, rounded to a tenth of a unit.

    Latitude -90 to 90 and longitude -180 to 180 in degrees; x runs 0 to 960, y about 4 to 470 (the drawing ends at 424,
    Antarctica is not on it). Raises ValueError outside these ranges. Formula: Šavrič, Patterson and Jenny, "The Equal
    Earth map projection", International Journal of Geographical Information Science 33 (2019), equations 1 to 3; scale
    and centre are those of `scripts/make_land_outline.mjs`.
    """
    if not -90 <= latitude <= 90:
        raise ValueError(f"latitude {latitude} is not between -90 and 90")
    if not -180 <= longitude <= 180:
        raise ValueError(f"longitude {longitude} is not between -180 and 180")
    theta = asin(_M * sin(radians(latitude)))
    square = theta * theta
    sixth = square * square * square
    x = radians(longitude) * cos(theta) / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return Spot(round(_CENTRE[0] + _SCALE * x, 1), round(_CENTRE[1] - _SCALE * y, 1))
