"""Places on the drawn map. The expected points come from d3-geo 3.1: geoEqualEarth, scale 177.158, centre 480, 237."""

from __future__ import annotations

import pytest

from lcsite.rendering.projection import Spot, spot_on_map


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"),
    [
        (0, 0, 480.0, 237.0),
        (31.95, 35.93, 568.7, 125.5),
        (51.9, -8.47, 461.7, 65.0),
        (35.69, 139.69, 818.3, 113.4),
        (-33.45, -70.67, 306.8, 353.4),
        (-41.29, 174.78, 889.3, 378.2),
        (0, -180, 0.5, 237.0),
        (34.66, 133.93, 806.1, 116.7),
        (90, 0, 480.0, 3.6),
    ],
)
def test_a_place_falls_where_the_land_was_drawn(latitude: float, longitude: float, x: float, y: float) -> None:
    assert spot_on_map(latitude, longitude) == Spot(x, y)


@pytest.mark.parametrize(("latitude", "longitude"), [(90.1, 0), (-91, 0), (0, 180.5), (float("nan"), 0)])
def test_a_point_that_is_not_on_earth_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="is not between"):
        spot_on_map(latitude, longitude)
