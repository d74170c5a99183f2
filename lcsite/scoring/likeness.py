"""Which places are alike in context, and whether two ranges differ (method, section 10).

Likeness looks at size and means, never at a score; nothing here puts places in an order of merit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from lcsite.model.place import Place
from lcsite.scoring.irrationals import log10, square_root
from lcsite.scoring.results import Numbers
from lcsite.scoring.showing import RANGE_COVERAGE

__all__ = ["Basis", "Difference", "Likeness", "likeness", "places_alike", "ranges_differ"]


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


def _perhaps_near(place: Place, others: list[Place], at_most: int | None) -> list[Place]:
    """Those that may be among the nearest: a look at floating numbers, with room for their error, spares exact ones."""
    if at_most is None or len(others) <= at_most:
        return others
    rough = [(_roughly(place, other), other) for other in others]
    border = sorted(distance for distance, _ in rough)[at_most - 1] * (1 + _ROOM) + _ROOM
    return [other for distance, other in rough if distance <= border]


def _roughly(a: Place, b: Place) -> float:
    """About the squared distance; infinite where there is none."""
    people, others = a.population, b.population
    if people is None or others is None or people.scope is not None or others.scope is not None:
        return math.inf
    size = math.log10(people.value / others.value) ** 2
    means, other_means = a.budget_per_head, b.budget_per_head
    if means is None or other_means is None or means.currency != other_means.currency:
        return size
    return (size + math.log10(float(means.value) / float(other_means.value)) ** 2) / 2


def places_alike(place: Place, others: Iterable[Place], *, at_most: int | None = None) -> tuple[Likeness, ...]:
    """The places most like one place in context, nearest first, ties by id; the place itself is left out."""
    candidates = [other for other in others if other.kind is place.kind and other.id != place.id]
    found = sorted(
        (measured[0], other.id, measured[1])
        for other in _perhaps_near(place, candidates, at_most)
        if (measured := _squared_distance(place, other)) is not None
    )
    return tuple(Likeness(name, square_root(squared), basis) for squared, name, basis in found[:at_most])


def ranges_differ(a: Numbers | None, b: Numbers | None, *, same_question: bool) -> Difference:
    """Whether two closed ranges are apart.

    `same_question` is true for the same node, construct and framework version. Not compared unless both show a range.
    """
    if not same_question or a is None or b is None or min(a.coverage, b.coverage) < RANGE_COVERAGE:
        return Difference.NOT_COMPARED
    overlap = a.low <= b.high and b.low <= a.high
    return Difference.NO_CLEAR_DIFFERENCE if overlap else Difference.CLEAR_DIFFERENCE
