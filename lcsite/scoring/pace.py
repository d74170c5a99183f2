"""Whether an indicator moves fast enough for its target: linear pace with Open SDG's bands (method, section 8).

The bands are those of Open SDG's progress measure; the growth rates that it compares are not used, because they
misjudge targets at or near zero.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from lcsite.light_classes import dataclass
from lcsite.model.scale import Direction

__all__ = [
    "Band", "FirstReading", "Keep", "OnTheWay", "Pace", "TargetAchieved", "TargetMissed", "pace",
]


class Band(StrEnum):
    """Open SDG's labels."""

    SUBSTANTIAL = "substantial-progress"
    MODERATE = "moderate-progress"
    LIMITED = "limited-progress"
    DETERIORATION = "deterioration"


_LIMITS = ((Fraction(95, 100), Band.SUBSTANTIAL), (Fraction(60, 100), Band.MODERATE), (Fraction(0), Band.LIMITED))


@dataclass(frozen=True, slots=True)
class Keep:
    """The start was at or beyond the target already; `kept` says whether it still is."""

    kind: ClassVar[str] = "keep"
    kept: bool


@dataclass(frozen=True, slots=True)
class FirstReading:
    """Only the start is known."""

    kind: ClassVar[str] = "first-reading"


@dataclass(frozen=True, slots=True)
class TargetAchieved:
    """The latest value is at or beyond the target."""

    kind: ClassVar[str] = "target-achieved"


@dataclass(frozen=True, slots=True)
class TargetMissed:
    """The year of the target has come; `share` of the way was gone (below 0: away from the target)."""

    kind: ClassVar[str] = "target-missed"
    share: Fraction


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """`ratio` is the pace so far over the pace needed from the start, `share` the part of the way gone."""

    kind: ClassVar[str] = "on-the-way"
    ratio: Fraction
    share: Fraction
    band: Band


Pace = Keep | FirstReading | TargetAchieved | TargetMissed | OnTheWay


def pace(
    start: tuple[int, Fraction], latest: tuple[int, Fraction], *, target: tuple[int, Fraction], direction: Direction
) -> Pace:
    """Compare the way gone with the way needed; each argument is a year and a value in the indicator's unit.

    Raises ValueError for a direction other than higher or lower, and for a latest value before the start.
    """
    if direction not in (Direction.HIGHER, Direction.LOWER):
        raise ValueError("a pace needs an indicator for which higher or lower is better")
    (first_year, first), (year, value), (target_year, aim) = start, latest, target
    if year < first_year:
        raise ValueError(f"the latest value, of {year}, is earlier than the start, {first_year}")

    def reached(y: Fraction) -> bool:
        return y >= aim if direction is Direction.HIGHER else y <= aim

    if reached(first):
        return Keep(reached(value))
    if year == first_year:
        return FirstReading()
    if reached(value):
        return TargetAchieved()
    share = (value - first) / (aim - first)
    if year >= target_year:
        return TargetMissed(share)
    ratio = share * (target_year - first_year) / (year - first_year)
    band = next((band for limit, band in _LIMITS if ratio >= limit), Band.DETERIORATION)
    return OnTheWay(ratio, share, band)
