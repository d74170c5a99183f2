"""What may be shown of a node's numbers, and how it is rounded (method, section 3).

The only module that rounds. The classes rest on the exact coverage; a border belongs to the higher class.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import ClassVar

from lcsite.light_classes import dataclass
from lcsite.scoring.results import Counts, Numbers

__all__ = [
    "POINT_COVERAGE", "RANGE_COVERAGE", "NoReading", "NotEnoughKnown", "Shown", "ShownPoint", "ShownRange", "WhyEmpty",
    "nearest", "points_with_one_decimal", "round_half_up", "show", "signed_points", "signed_points_of", "whole_points",
]

POINT_COVERAGE = Fraction(2, 3)
RANGE_COVERAGE = Fraction(1, 3)


class WhyEmpty(StrEnum):
    """Why a node has no reading at all."""

    NOT_APPLICABLE = "not-applicable"
    UNSCORED = "unscored"
    BOTH = "not-applicable-or-unscored"
    NO_ITEMS = "no-items"


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A point with its range, in points from 0 to 100."""

    kind: ClassVar[str] = "point"
    point: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ShownRange:
    """A range only, labelled partly known, in points from 0 to 100."""

    kind: ClassVar[str] = "range"
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class NotEnoughKnown:
    """Not enough known yet: no number, only the open questions."""

    kind: ClassVar[str] = "not-enough-known"


@dataclass(frozen=True, slots=True)
class NoReading:
    """Nothing under the node takes part."""

    kind: ClassVar[str] = "no-reading"
    why: WhyEmpty


Shown = ShownPoint | ShownRange | NotEnoughKnown | NoReading


def show(numbers: Numbers | None, counts: Counts) -> Shown:
    """The class of a node and its rounded numbers: c >= 2/3 a point, c >= 1/3 a range, below that nothing."""
    if numbers is None:
        return NoReading(_why_empty(counts))
    low = numbers.low.numerator * 100 // numbers.low.denominator  # rounded down
    high = -(-numbers.high.numerator * 100 // numbers.high.denominator)  # rounded up
    if numbers.coverage >= POINT_COVERAGE:
        assert numbers.estimate is not None  # something is known
        return ShownPoint(whole_points(numbers.estimate), low, high)
    return ShownRange(low, high) if numbers.coverage >= RANGE_COVERAGE else NotEnoughKnown()


def _why_empty(counts: Counts) -> WhyEmpty:
    if counts.not_applicable and counts.unscored:
        return WhyEmpty.BOTH
    if counts.unscored:
        return WhyEmpty.UNSCORED
    return WhyEmpty.NOT_APPLICABLE if counts.not_applicable else WhyEmpty.NO_ITEMS


def nearest(above: int, below: int) -> int:
    """The nearest whole number, ties away from zero: 200 over 3 is 67."""
    return (2 * above + below) // (2 * below) if above >= 0 else -((below - 2 * above) // (2 * below))


def round_half_up(value: Fraction, *, parts: int = 1) -> int:
    """The nearest whole number of so many parts of one, ties away from zero: 2/3 in 100 parts is 67."""
    return nearest(parts * value.numerator, value.denominator)


def whole_points(value: Fraction) -> int:
    """A value from 0 to 1 in whole points: .65625 -> 66, .525 -> 53."""
    return round_half_up(value, parts=100)


def points_with_one_decimal(value: Fraction) -> Decimal:
    """A change or gap from -1 to 1 in points with one decimal, from the exact value: 1/12 -> 8.3, -1/12 -> -8.3."""
    return Decimal(round_half_up(value, parts=1000)).scaleb(-1)


def signed_points(value: Fraction) -> str:
    """The same with its sign, in ASCII: `+8.3`, `-8.3`, `0.0`. Decimal marks of other languages are for the page."""
    return signed_points_of(value.numerator, value.denominator)


def signed_points_of(part: int, whole: int) -> str:
    """The same of a part of a whole."""
    return _signed(nearest(1000 * part, whole))


@lru_cache(maxsize=2_001)
def _signed(tenths: int) -> str:
    return f"{Decimal(tenths).scaleb(-1):+.1f}" if tenths else "0.0"
