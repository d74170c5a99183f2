"""From exact numbers to what is drawn: positions in per cent of a bar, kept to two decimals, and the state of the bar.

The words beside a drawing are chosen by the templates from the same record, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from lcsite.light_classes import dataclass
from lcsite.scoring.again import found_again
from lcsite.scoring.results import Answered, Counts, Flag, Numbers, State, Unknown
from lcsite.scoring.showing import (
    NoReading,
    NotEnoughKnown,
    Shown,
    ShownPoint,
    ShownRange,
    nearest,
    round_half_up,
    show,
)

__all__ = ["Bar", "Change", "ItemBar", "four_places", "item_bar", "node_bar", "per_cent", "per_cent_of"]

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from 0 to 100: `ink` is what is known, `pencil` what is not, `pin` the estimate, None where not drawn."""

    state: str
    ink: str
    pencil: str
    pin: str | None
    shown: Shown
    counts: Counts


@dataclass(frozen=True, slots=True)
class ItemBar:
    """The bar of one figure: `known`, `range`, `nought`, `beyond` its scale, or `stale`, shown and not counted.

    `beyond` is the end of the scale that the figure lies past: `start`, `end` or nothing.
    """

    state: str
    ink: str
    pencil: str
    pin: str
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Change between two rounds, like for like; positions in per cent, changes in points."""

    kind: str
    """`up`, `down`, `same`, `first` (no earlier round) or `none` (nothing can be compared)."""
    like: str
    """Signed points with one decimal, `+8.3`."""
    headline: str | None
    coverage: str | None
    questions: int
    """How many were answered in both rounds and mean the same."""
    before: str | None
    now: str | None
    like_at: str
    like_width: str
    view_at: str
    view_width: str


def per_cent(value: Fraction) -> str:
    """A position from 0 to 1 as a percentage with at most two decimals, half-up: 2/3 -> 66.67."""
    return per_cent_of(value.numerator, value.denominator)


def per_cent_of(part: int, whole: int) -> str:
    """The same of a part of a whole."""
    return _hundredths(nearest(10_000 * part, whole))


@lru_cache(maxsize=20_002)
def _hundredths(count: int) -> str:
    return f"{Decimal(count).scaleb(-2):.2f}".rstrip("0").rstrip(".")


def four_places(value: Fraction) -> str:
    """A number of the working: 1/7 -> 0.1429."""
    return _ten_thousandths(round_half_up(value, parts=10_000))


@lru_cache(maxsize=20_002)
def _ten_thousandths(count: int) -> str:
    return f"{Decimal(count).scaleb(-4):.4f}"


@found_again(most=4_000)
def node_bar(numbers: Numbers | None, counts: Counts) -> Bar:
    """The bar of a criterion or dimension."""
    shown = show(numbers, counts)
    if numbers is None or isinstance(shown, NoReading):
        return Bar("not-applicable", "0", "0", None, shown, counts)
    ink, pencil = per_cent(numbers.low), per_cent(numbers.high - numbers.low)
    if isinstance(shown, NotEnoughKnown):
        return Bar("unknown", "0", "100", None, shown, counts)
    if isinstance(shown, ShownRange):
        return Bar("partly", ink, pencil, None, shown, counts)
    assert isinstance(shown, ShownPoint)
    estimate = numbers.estimate
    assert estimate is not None  # a point is shown only where something is known
    state = "range" if numbers.high > numbers.low else "nought" if numbers.high == 0 else "known"
    return Bar(state, ink, pencil, per_cent(estimate), shown, counts)


def item_bar(state: State, flags: Collection[Flag] = ()) -> ItemBar | None:
    """The bar of one figure on its scale; None where there is nothing to draw.

    A figure that is too old, undated or for another area keeps its place as a hollow pin and fills nothing (method, 5).
    """
    if isinstance(state, Unknown) and state.once is not None:
        return ItemBar("stale", "0", "0", per_cent(state.once.u))
    if not isinstance(state, Answered):
        return None
    ink, pencil, pin = per_cent(state.low), per_cent(state.high - state.low), per_cent(state.u)
    if Flag.BEYOND_GOALPOST in flags:
        return ItemBar("beyond", ink, pencil, pin, "end" if state.u > _HALF else "start")
    known = "range" if state.high > state.low else "nought" if state.high == 0 else "known"
    return ItemBar(known, ink, pencil, pin)
