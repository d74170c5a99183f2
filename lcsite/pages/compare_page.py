"""The page on which a reader puts two or three places side by side.

It names the places that can be chosen and how each was read; the figures come from each place's own file once the
reader has chosen. Places stand in the order of their names, before the choice and after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import partial

from lcsite.light_classes import dataclass
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.names import FrameworkName, Names
from lcsite.pages.page import Crumb, Page, PlaceName, Words
from lcsite.pages.readings import Readings

__all__ = ["Choice", "CompareBody", "compare_pages", "shares_a_framework"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that can be chosen, with what likeness of context needs to know of it."""

    place: PlaceName
    frameworks: tuple[FrameworkName, ...]
    """Those by which it was read, in the order of frameworks."""
    people: int | None
    """None where the number is for a wider or narrower area than the place."""
    budget: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class CompareBody:
    real: tuple[Choice, ...]
    invented: tuple[Choice, ...]
    frameworks: tuple[FrameworkName, ...]
    """Those by which at least one place was read."""
    not_read: int
    """How many real places cannot be chosen, because nobody has answered for them and no figure is known."""


def compare_pages(portfolio: Portfolio, names: Names, readings: Readings) -> Iterator[Page]:
    """The page, where there are at least two places that the same framework was used for."""
    real, invented = (
        tuple(p.id for p in portfolio.places.values() if p.demonstration is sort and readings.frameworks_of(p.id))
        for sort in (False, True)
    )
    if _has_a_pair(real, readings) or _has_a_pair(invented, readings):
        yield Page(
            address=addresses.compare,
            kind="compare",
            title=Words("Compare places"),
            section=addresses.compare,
            description=Words(
                "Two or three places side by side, criterion by criterion, with what is not known about each."
            ),
            body=partial(_compare, portfolio, names, readings, real, invented),
            scripts=("assets/lcsite/compare.js",),
            crumbs=(Crumb(Words("Home"), addresses.home),),
        )


def shares_a_framework(one: str, other: str, readings: Readings) -> bool:
    """Whether two places can stand side by side."""
    return not set(readings.frameworks_of(one)).isdisjoint(readings.frameworks_of(other))


def _has_a_pair(places: Collection[str], readings: Readings) -> bool:
    used = [framework for place in places for framework in readings.frameworks_of(place)]
    return len(used) > len(set(used))


def _compare(
    portfolio: Portfolio, names: Names, readings: Readings, real: tuple[str, ...], invented: tuple[str, ...]
) -> CompareBody:
    def choices(ids: tuple[str, ...]) -> tuple[Choice, ...]:
        return tuple(_choice(portfolio, names, readings, place) for place in names.places(ids))

    used = {framework for place in (*real, *invented) for framework in readings.frameworks_of(place)}
    return CompareBody(
        real=choices(real),
        invented=choices(invented),
        frameworks=tuple(name for id_, name in names.frameworks.items() if id_ in used),
        not_read=sum(not place.demonstration for place in portfolio.places.values()) - len(real),
    )


def _choice(portfolio: Portfolio, names: Names, readings: Readings, name: PlaceName) -> Choice:
    place = portfolio.places[name.id]
    people, budget = place.population, place.budget_per_head
    return Choice(
        place=name,
        frameworks=tuple(names.frameworks[id_] for id_ in readings.frameworks_of(name.id)),
        people=people.value if people is not None and people.scope is None else None,
        budget=budget.value if budget is not None else None,
        currency=budget.currency if budget is not None else "",
    )
