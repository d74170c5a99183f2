"""What stands side by side when places are compared: the latest reading of every criterion of one place, and no more.

Small, because a telephone fetches it. The numbers are exact: whether two ranges overlap never hangs on rounding.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated

from lcsite.light_classes import dataclass
from lcsite.model.framework import Construct, Framework, Node
from lcsite.model.place import PlaceKind
from lcsite.model.portfolio import Portfolio
from lcsite.pages.readings import Readings
from lcsite.scoring.again import found_again
from lcsite.scoring.results import Counts, Numbers
from lcsite.scoring.scorecard import NodeReading, Scorecard

__all__ = ["CompareFile", "ComparedCriterion", "ComparedReading", "compare_file"]

_NUMBERS = (
    "S, L, U and c as fractions, then how many questions are answered, unknown, not applicable and not scored. The "
    "first four are empty where nothing takes part."
)


@dataclass(frozen=True, slots=True)
class ComparedCriterion:
    """One criterion, in the framework's order."""

    criterion: Annotated[str, "The id of the criterion."]
    label: Annotated[str | None, "The number or letter that the source prints."]
    title: Annotated[str, "Its name."]
    dimension: Annotated[str | None, "The name of the dimension above it."]
    practice: Annotated[tuple[str, ...], f"What is done: {_NUMBERS}"]
    outcome: Annotated[tuple[str, ...], f"What has come of it: {_NUMBERS}"]


@dataclass(frozen=True, slots=True)
class ComparedReading:
    """The latest reading of the place by one framework."""

    framework: Annotated[str, "The id of the framework."]
    version: Annotated[str, "Its version. Readings of two versions are not compared."]
    as_of: Annotated[datetime.date, "The day for which the reading holds."]
    kind: Annotated[
        str | None, "self, peer-review, expert-review or desk-review; left out: published figures only were read."
    ]
    answered: Annotated[int, "How many questions that count are answered."]
    asked: Annotated[int, "How many are answered or unknown."]
    criteria: Annotated[tuple[ComparedCriterion, ...], "The criteria that have a reading."]


@dataclass(frozen=True, slots=True)
class CompareFile:
    """One place as it stands beside others."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    kind: Annotated[PlaceKind, "What kind of place it is."]
    population: Annotated[int | None, "How many people live there, or in population_scope."]
    population_year: Annotated[int | None, "The year of the population."]
    population_scope: Annotated[str | None, "What the population covers, where that is not the place itself."]
    population_source: Annotated[str | None, "Who published it."]
    budget_per_head: Annotated[Decimal | None, "The public budget for each person and year."]
    budget_currency: Annotated[str | None, "ISO 4217."]
    budget_year: Annotated[int | None, "The year of the budget."]
    budget_source: Annotated[str | None, "Who published it."]
    readings: Annotated[tuple[ComparedReading, ...], "The latest reading by each framework, in their order."]


def compare_file(portfolio: Portfolio, readings: Readings, place_id: str) -> CompareFile:
    """One place, from its latest readings."""
    place = portfolio.places[place_id]
    people, budget = place.population, place.budget_per_head
    return CompareFile(
        place=place.id, demonstration=place.demonstration, kind=place.kind,
        population=people.value if people else None, population_year=people.year if people else None,
        population_scope=people.scope if people else None,
        population_source=people.source.publisher or people.source.title if people else None,
        budget_per_head=budget.value if budget else None, budget_currency=budget.currency if budget else None,
        budget_year=budget.year if budget else None,
        budget_source=budget.source.publisher or budget.source.title if budget else None,
        readings=tuple(
            _reading(framework, readings, place_id)
            for framework in readings.frameworks_of(place_id)
        ),
    )


def _reading(framework_id: str, readings: Readings, place_id: str) -> ComparedReading:
    latest = readings.latest(place_id, framework_id)
    assert latest is not None  # frameworks_of named it
    assessment, card = latest
    framework = readings.framework_of(card)
    counts = [reading.counts for reading in card.readings]
    return ComparedReading(
        framework=framework.id, version=card.framework_version, as_of=card.as_of,
        kind=assessment.by.kind if assessment else None,
        answered=sum(each.answered for each in counts), asked=sum(each.asked for each in counts),
        criteria=tuple(
            row for node in framework.criteria if (row := _criterion(framework, card, node)) is not None
        ),
    )


def _criterion(framework: Framework, card: Scorecard, node: Node) -> ComparedCriterion | None:
    above = framework.ancestors[node.id]
    practice, outcome = (_numbers(card, construct, node) for construct in (Construct.PRACTICE, Construct.OUTCOME))
    if not practice and not outcome:
        return None
    return ComparedCriterion(
        criterion=node.id, label=node.label, title=node.title, dimension=above[-1].title if above else None,
        practice=practice, outcome=outcome,
    )


def _numbers(card: Scorecard, construct: Construct, node: Node) -> tuple[str, ...]:
    reading = card.reading(construct)
    found: NodeReading | None = reading.nodes.get(node.id) if reading else None
    return () if found is None else _eight(found.numbers, found.counts)


@found_again(most=1_000)
def _eight(exact: Numbers | None, counts: Counts) -> tuple[str, ...]:
    four = (exact.known, exact.low, exact.high, exact.coverage) if exact else ("",) * 4
    return tuple(
        map(str, (*four, counts.answered, counts.unknown, counts.not_applicable, counts.unscored))
    )
