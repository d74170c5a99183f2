"""Every published figure of every place, and whether a reading counts it; if none does, why.

What fewer than five people said is not published, here as on the pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from lcsite.exporting.layout import WrittenOnce
from lcsite.light_classes import dataclass
from lcsite.model.assessment import Observation
from lcsite.model.framework import Framework, Subject
from lcsite.model.portfolio import Portfolio
from lcsite.model.scale import ShareScale
from lcsite.model.words import Grade
from lcsite.pages.readings import Readings
from lcsite.scoring.items import FromAssessment, FromSeries
from lcsite.scoring.results import Answered, NotApplicable, Unknown, Unscored
from lcsite.scoring.scales import FEWEST_RESPONDENTS
from lcsite.scoring.scorecard import Scorecard

__all__ = ["NotCounted", "ObservationRow", "is_too_few", "observation_rows"]

SERIES = "series"
"""Stands for the reading of a place that has figures and no assessment."""


class NotCounted(StrEnum):
    """Why no reading counts a figure."""

    SHOWN_ONLY = "shown-and-not-scored"
    STALE = "stale"
    UNDATED = "undated"
    OTHER_SCOPE = "other-scope"
    TOO_FEW = "too-few-respondents"
    DECIDING_ANSWER = "deciding-answer-unknown"
    NOT_APPLICABLE = "not-applicable"
    OWN_ANSWER = "the-assessment-has-an-answer-of-its-own"
    ANOTHER_FIGURE = "a-later-or-closer-figure-is-used"
    LATER = "later-than-the-reading"
    NOT_ASKED = "not-asked-of-a-place"


@dataclass(frozen=True, slots=True)
class ObservationRow(WrittenOnce):
    """One figure as it was published."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    row: Annotated[int, "Which row of the place's own file this is, counted from 1 below the header."]
    framework: Annotated[str, "The id of the framework."]
    indicator: Annotated[str, "The id of the indicator within the framework."]
    value: Annotated[Decimal | None, "The figure (a share in percent)."]
    low: Annotated[Decimal | None, "The lower end, where it was published as a band; empty: open."]
    high: Annotated[Decimal | None, "The upper end, where it was published as a band; empty: open."]
    k: Annotated[int | None, "How many people said so, where the figure is a count."]
    n: Annotated[int | None, "How many people were asked."]
    unit: Annotated[str | None, "The unit."]
    period: Annotated[str | None, "The period that the figure is for; empty: undated."]
    year: Annotated[int | None, "The last year of the period."]
    scope: Annotated[str | None, "What the figure covers, where not the place itself; such a figure never counts."]
    grade: Annotated[Grade, "How much stands behind it, before the rule for dead sources."]
    derived: Annotated[str | None, "How it was worked out from what was published."]
    note: Annotated[str | None, "A remark."]
    check: Annotated[str | None, "What a second reader found; empty: nobody looked again."]
    source_title: Annotated[str, "Where it was published."]
    source_publisher: Annotated[str | None, "By whom."]
    source_year: Annotated[int | None, "The year of publication."]
    source_url: Annotated[str | None, "The address."]
    source_dead: Annotated[bool, "A link check found the address dead and there is no archived copy."]
    counted_in: Annotated[tuple[str, ...], f"The assessments that count it; {SERIES}: the reading without one."]
    not_counted: Annotated[NotCounted | None, "Where nothing counts it: why, seen from the latest reading."]


def observation_rows(portfolio: Portfolio, readings: Readings, place_id: str) -> Iterator[ObservationRow]:
    """The figures of one place, in the order of its file."""
    rows = portfolio.observations.get(place_id, ())
    for index, figure in enumerate(rows):
        framework = portfolio.frameworks.get(figure.framework_id)
        cards = [card for _, card in readings.rounds(place_id, figure.framework_id)]
        uses = [(card, _use(card, index, figure)) for card in cards]
        counted = tuple(card.assessment or SERIES for card, use in uses if use is None)
        too_few = is_too_few(framework, figure)
        yield ObservationRow(
            place=place_id, demonstration=portfolio.places[place_id].demonstration, row=index + 1,
            framework=figure.framework_id, indicator=figure.indicator_id,
            value=None if too_few else figure.value, low=None if too_few else figure.low,
            high=None if too_few else figure.high, k=None if too_few else figure.k, n=None if too_few else figure.n,
            unit=figure.unit or _unit(framework, figure), period=figure.period, year=figure.reference_year,
            scope=figure.scope, grade=_grade(framework, figure), derived=figure.derived, note=figure.note,
            check=figure.check, source_title=figure.source.title, source_publisher=figure.source.publisher,
            source_year=figure.source.year, source_url=figure.source.url, source_dead=figure.source.dead,
            counted_in=counted, not_counted=_why_not(framework, figure, uses) if not counted else None,
        )


def _use(card: Scorecard, index: int, figure: Observation) -> NotCounted | None:
    """None where the reading counts the figure, else why it does not."""
    item = card.items.get(figure.indicator_id) or next(  # an older version may have called it otherwise
        (each for each in card.items.values() if each.origin == FromSeries(index)), None
    )
    if item is None:
        return NotCounted.NOT_ASKED
    if item.origin == FromSeries(index):
        match item.state:
            case Answered():
                return None
            case Unscored():
                return NotCounted.SHOWN_ONLY
            case Unknown(reason=reason):
                return NotCounted(reason.value)
    if isinstance(item.origin, FromAssessment):
        return NotCounted.OWN_ANSWER
    if isinstance(item.state, NotApplicable):
        return NotCounted.NOT_APPLICABLE
    if figure.reference_year is not None and figure.reference_year > card.as_of.year:
        return NotCounted.LATER
    return NotCounted.OTHER_SCOPE if figure.scope is not None else NotCounted.ANOTHER_FIGURE


def _why_not(
    framework: Framework | None, figure: Observation, uses: Sequence[tuple[Scorecard, NotCounted | None]]
) -> NotCounted:
    asked = framework is not None and figure.indicator_id in framework.by_id
    if not asked or framework is None or framework.subject_of(figure.indicator_id) is not Subject.PLACE or not uses:
        return NotCounted.NOT_ASKED
    return uses[-1][1] or NotCounted.NOT_ASKED


def is_too_few(framework: Framework | None, figure: Observation) -> bool:
    """Whether fewer people stand behind a figure than may be published."""
    if figure.n is None or figure.n >= FEWEST_RESPONDENTS or framework is None:
        return False
    return figure.k is not None or isinstance(_scale(framework, figure), ShareScale)


def _scale(framework: Framework, figure: Observation) -> object:
    return framework.scale_of(figure.indicator_id) if figure.indicator_id in framework.by_id else None


def _unit(framework: Framework | None, figure: Observation) -> str | None:
    node = framework.by_id.get(figure.indicator_id) if framework else None
    return node.measure.unit if node and node.measure else None


def _grade(framework: Framework | None, figure: Observation) -> Grade:
    if figure.grade is not None:
        return figure.grade
    known = framework is not None and figure.indicator_id in framework.by_id
    return Grade(framework.default_grade_of(figure.indicator_id)) if known and framework else Grade.SELF_REPORT
