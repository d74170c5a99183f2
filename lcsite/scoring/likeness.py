"""Which places are alike in context, and whether two ranges differ (method, section 10).

Likeness looks at size and means, never at a score; nothing here puts places in an order of merit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from heapq import nsmallest
from itertools import pairwise
from typing import NamedTuple

from lcsite.light_classes import dataclass
from lcsite.model.place import Place, PlaceKind
from lcsite.scoring.irrationals import log10, square_root
from lcsite.scoring.results import Numbers
from lcsite.scoring.showing import RANGE_COVERAGE

__all__ = ["Basis", "Difference", "Likeness", "Neighbourhood", "likeness", "places_alike", "ranges_differ"]


_ROOM = 1e-6
"""Far more than what floating numbers are wrong by."""


class Basis(StrEnum):
    """What a likeness rests on."""

    POPULATION_AND_BUDGET = "population-and-budget"
    POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near another place is: 0 is the same size and means, 1 a factor of ten in each."""

    place: str
    distance: Fraction
    basis: Basis


class Difference(StrEnum):
    """What can be said of two readings side by side."""

    NOT_COMPARED = "not-compared"
    NO_CLEAR_DIFFERENCE = "no-clear-difference"
    CLEAR_DIFFERENCE = "clear-difference"


def _people(place: Place) -> Fraction | None:
    """The population of the place itself; a figure for a wider or narrower area is not the place's."""
    return None if place.population is None or place.population.scope is not None else Fraction(place.population.value)


def _squared_distance(a: Place, b: Place) -> tuple[Fraction, Basis] | None:
    people, others = _people(a), _people(b)
    if a.kind is not b.kind or people is None or others is None:
        return None
    size = (log10(people) - log10(others)) ** 2
    means, other_means = a.budget_per_head, b.budget_per_head
    if means is None or other_means is None or means.currency != other_means.currency:
        return size, Basis.POPULATION
    budget = (log10(Fraction(means.value)) - log10(Fraction(other_means.value))) ** 2
    return (size + budget) / 2, Basis.POPULATION_AND_BUDGET


def likeness(a: Place, b: Place) -> Likeness | None:
    """How near `b` is to `a`; None for another kind of place or where a population is not known.

    Budgets are compared only where both are stated in one currency; else population alone counts, which `basis` says.
    """
    found = _squared_distance(a, b)
    return None if found is None else Likeness(b.id, square_root(found[0]), found[1])


class _Roughly(NamedTuple):
    """A place by the logarithms of its size and means, as floating numbers; no currency where its means are unknown."""

    place: Place
    people: float
    means: float
    currency: str | None


def _roughly(place: Place) -> _Roughly | None:
    """None where the population of the place itself is not known."""
    people, means = place.population, place.budget_per_head
    if people is None or people.scope is not None:
        return None
    size = math.log10(people.value)
    if means is None:
        return _Roughly(place, size, 0.0, None)
    return _Roughly(place, size, math.log10(means.value), means.currency)


class Neighbourhood:
    """Places among which those most like one of them are looked for, again and again."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_kind: dict[PlaceKind, list[_Roughly]] = {}
        for rough in filter(None, map(_roughly, places)):
            self._by_kind.setdefault(rough.place.kind, []).append(rough)

    def alike(self, place: Place, *, at_most: int | None = None) -> tuple[Likeness, ...]:
        """The places most like one place in context, nearest first, ties by id; the place itself is left out."""
        found = sorted(
            (measured[0], other.id, measured[1])
            for other in self._perhaps_near(place, at_most)
            if (measured := _squared_distance(place, other)) is not None
        )
        return tuple(Likeness(name, square_root(squared), basis) for squared, name, basis in found[:at_most])

    def nearest(self, place: Place, *, at_most: int) -> tuple[str, ...]:
        """The ids of those that `alike` finds, in its order.

        Exact distances are worked out only where floating ones are too near to each other to tell.
        """
        first = nsmallest(at_most + 1, [(distance, other.id) for distance, other in self._rough_distances(place)])
        if all(later > earlier * (1 + _ROOM) + _ROOM for (earlier, _), (later, _) in pairwise(first)):
            return tuple(name for _, name in first[:at_most])
        return tuple(found.place for found in self.alike(place, at_most=at_most))

    def _perhaps_near(self, place: Place, at_most: int | None) -> list[Place]:
        """Those that may be among the nearest. Floating numbers, with room for their error, spare exact ones."""
        rough = self._rough_distances(place)
        if at_most is None or len(rough) <= at_most:
            return [other for _, other in rough]
        border = sorted([distance for distance, _ in rough])[at_most - 1] * (1 + _ROOM) + _ROOM
        return [other for distance, other in rough if distance <= border]

    def _rough_distances(self, place: Place) -> list[tuple[float, Place]]:
        """The squares of the distances to all others, as floating numbers."""
        here = _roughly(place)
        if here is None:
            return []
        return [
            (((people - here.people) ** 2 + (means - here.means) ** 2) / 2, other)
            if currency is not None and currency == here.currency
            else ((people - here.people) ** 2, other)
            for other, people, means, currency in self._by_kind.get(place.kind, ())
            if other.id != place.id
        ]


def places_alike(place: Place, others: Iterable[Place], *, at_most: int | None = None) -> tuple[Likeness, ...]:
    """The places most like one place in context, nearest first, ties by id; the place itself is left out."""
    return Neighbourhood(others).alike(place, at_most=at_most)


def ranges_differ(a: Numbers | None, b: Numbers | None, *, same_question: bool) -> Difference:
    """Whether two closed ranges are apart.

    `same_question` is true for the same node, construct and framework version. Not compared unless both show a range.
    """
    if not same_question or a is None or b is None or min(a.coverage, b.coverage) < RANGE_COVERAGE:
        return Difference.NOT_COMPARED
    overlap = a.low <= b.high and b.low <= a.high
    return Difference.NO_CLEAR_DIFFERENCE if overlap else Difference.CLEAR_DIFFERENCE
