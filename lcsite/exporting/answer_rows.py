"""Every answer of every assessment, and what became of it: the file from which scores can be worked out again.

One row an indicator and reading. A reading of fewer than five people's answers is not published, here as on the pages.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from lcsite.exporting.source_rows import EvidenceRow, evidence_rows
from lcsite.model.assessment import Answer, Assessment, Observation, ResourceLevels
from lcsite.model.framework import Construct, Framework
from lcsite.model.portfolio import Portfolio
from lcsite.model.words import Grade
from lcsite.scoring.items import FromAssessment, FromSeries, ItemReading
from lcsite.scoring.questions import Question, questions_of
from lcsite.scoring.resources import NoPart, ResourceFlag
from lcsite.scoring.results import Answered, Flag, NotApplicable, Unknown, UnknownReason
from lcsite.scoring.scorecard import Scorecard

__all__ = ["AnswerRow", "answer_rows"]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One indicator in one reading of one place."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    framework: Annotated[str, "The id of the framework."]
    version: Annotated[str, "Its version."]
    assessment: Annotated[str | None, "The id of the assessment; empty where only published figures were read."]
    as_of: Annotated[datetime.date, "The day for which the reading holds; ages of figures are counted from its year."]
    indicator: Annotated[str, "The id of the indicator within the framework."]
    construct: Annotated[Construct | None, "What the indicator speaks of. Only practice and outcome feed a scorecard."]
    scale: Annotated[str | None, "The id of the scale within the framework."]
    meaning_version: Annotated[int, "Rounds compare only where this is the same in both."]
    state: Annotated[str, "answered, unknown, not-applicable or unscored."]
    reason: Annotated[str | None, "Why it is unknown, not applicable or unscored."]
    origin: Annotated[str | None, "assessment: an answer written there; series: a published figure; empty: neither."]
    written: Annotated[str | None, "The answer as it was written in the assessment."]
    figure: Annotated[Decimal | None, "The published figure, where the answer is one (a share in percent)."]
    figure_low: Annotated[Decimal | None, "The lower end, where the figure was published as a band; empty: open."]
    figure_high: Annotated[Decimal | None, "The upper end, where the figure was published as a band; empty: open."]
    figure_k: Annotated[int | None, "How many people said so, where the figure is a count."]
    figure_n: Annotated[int | None, "How many people were asked."]
    unit: Annotated[str | None, "The unit of the figure."]
    scope: Annotated[str | None, "What the figure covers, where not the place itself; such a figure never counts."]
    year: Annotated[int | None, "The true year of the answer or figure, usable or not."]
    grade: Annotated[Grade | None, "How much stands behind it, as it counts."]
    grade_number: Annotated[int | None, "The same as a number from 0 (assertion) to 4 (outside-check)."]
    flags: Annotated[tuple[Flag, ...], "What has to be said beside the value."]
    worth: Annotated[Fraction | None, "What the answer is worth, from 0 to 1; only where it is answered."]
    worth_low: Annotated[Fraction | None, "The lower end of what it may be worth; equal to worth where it is exact."]
    worth_high: Annotated[Fraction | None, "The upper end of what it may be worth."]
    because: Annotated[str | None, "Why this answer, or why the question does not apply, in the assessors' words."]
    note: Annotated[str | None, "A remark."]
    sources: Annotated[tuple[EvidenceRow, ...], "What stands behind the answer or figure."]
    means_start: Annotated[Decimal | None, "The reading in relation to means: the level at the start."]
    means_within_reach: Annotated[Decimal | None, "The level that available means allow."]
    means_potential: Annotated[Decimal | None, "The level that potential means allow."]
    means_because: Annotated[str | None, "Why these levels."]
    means_sources: Annotated[tuple[EvidenceRow, ...], "What stands behind these levels."]
    way_within_reach: Annotated[Fraction | None, "The share of the way that available means allow, from 0 to 1."]
    way_within_reach_missing: Annotated[NoPart | None, "Why there is no such share."]
    way_potential: Annotated[Fraction | None, "The share of the way that potential means allow, from 0 to 1."]
    way_potential_missing: Annotated[NoPart | None, "Why there is no such share."]
    way_flags: Annotated[tuple[ResourceFlag, ...], "What has to be said beside these shares."]
    unverified: Annotated[bool, "The indicator was not checked against the official document."]


def answer_rows(
    portfolio: Portfolio, cards: Iterable[tuple[Assessment | None, Scorecard]]
) -> Iterator[AnswerRow]:
    """A row for every indicator of every reading, in the order of the readings and of the framework."""
    for assessment, card in cards:
        framework = portfolio.framework(card.framework_id, card.framework_version)
        assert framework is not None  # the scorecard was made with it
        questions = questions_of(framework)
        for item in card.items.values():
            yield _row(portfolio, framework, questions[item.id], assessment, card, item)


def _row(
    portfolio: Portfolio, framework: Framework, question: Question, assessment: Assessment | None, card: Scorecard,
    item: ItemReading,
) -> AnswerRow:
    state, scale = item.state, question.scale
    own = assessment.answers.get(item.id) if assessment and isinstance(item.origin, FromAssessment) else None
    figure = portfolio.observations[card.place][item.origin.index] if isinstance(item.origin, FromSeries) else None
    shown = None if isinstance(state, Unknown) and state.reason is UnknownReason.TOO_FEW else figure
    levels = own.resources if own and item.resources else None
    pair = item.resources if levels else None
    answered = state if isinstance(state, Answered) else None
    return AnswerRow(
        place=card.place, demonstration=portfolio.places[card.place].demonstration, framework=card.framework_id,
        version=card.framework_version, assessment=card.assessment, as_of=card.as_of, indicator=item.id,
        construct=item.construct, scale=scale.id if scale else None, meaning_version=item.meaning_version,
        state=state.kind, reason=None if isinstance(state, Answered) else state.reason.value,
        origin="assessment" if own else "series" if figure else None, written=item.written,
        figure=shown.value if shown else None, figure_low=shown.low if shown else None,
        figure_high=shown.high if shown else None, figure_k=shown.k if shown else None,
        figure_n=shown.n if shown else None, unit=_unit(figure, question.node.measure),
        scope=figure.scope if figure else None, year=item.year, grade=item.grade,
        grade_number=item.grade.number if item.grade else None, flags=item.flags,
        worth=answered.u if answered else None, worth_low=answered.low if answered else None,
        worth_high=answered.high if answered else None, because=_because(own, state),
        note=own.note if own else figure.note if figure else None, sources=_sources(own, figure),
        means_start=levels.start if levels else None, means_within_reach=levels.within_reach if levels else None,
        means_potential=levels.potential if levels else None, means_because=levels.because if levels else None,
        means_sources=_levels_sources(levels),
        way_within_reach=_part(pair.available) if pair else None,
        way_within_reach_missing=_missing(pair.available) if pair else None,
        way_potential=_part(pair.potential) if pair else None,
        way_potential_missing=_missing(pair.potential) if pair else None, way_flags=pair.flags if pair else (),
        unverified=framework.is_unverified(item.id),
    )


def _unit(figure: Observation | None, measure: object) -> str | None:
    if figure is None:
        return None
    return figure.unit or getattr(measure, "unit", None)


def _because(own: Answer | None, state: object) -> str | None:
    if isinstance(state, NotApplicable) and state.because:
        return state.because
    return own.because if own else None


def _sources(own: Answer | None, figure: Observation | None) -> tuple[EvidenceRow, ...]:
    if own is not None:
        return evidence_rows(own.evidence)
    return evidence_rows([figure.source]) if figure else ()


def _levels_sources(levels: ResourceLevels | None) -> tuple[EvidenceRow, ...]:
    return evidence_rows(levels.evidence) if levels else ()


def _part(part: Fraction | NoPart) -> Fraction | None:
    return part if isinstance(part, Fraction) else None


def _missing(part: Fraction | NoPart) -> NoPart | None:
    return part if isinstance(part, NoPart) else None
