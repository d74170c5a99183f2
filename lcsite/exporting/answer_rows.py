"""Every answer of every assessment, and what became of it: the file from which scores can be worked out again.

One row an indicator and reading. A reading of fewer than five people's answers is not published, here as on the pages.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Annotated

from lcsite.exporting.shape import PART
from lcsite.exporting.source_rows import EvidenceRow, evidence_rows
from lcsite.light_classes import dataclass
from lcsite.model.assessment import Answer, Assessment, Observation, ResourceLevels
from lcsite.model.framework import Construct, Framework
from lcsite.model.portfolio import Portfolio
from lcsite.model.words import Grade
from lcsite.scoring.items import FromSeries, ItemReading
from lcsite.scoring.questions import Question, questions_of
from lcsite.scoring.resources import NoPart, ResourceFlag, ResourcePair
from lcsite.scoring.results import Answered, Flag, NotApplicable, State, Unknown, UnknownReason
from lcsite.scoring.scorecard import Scorecard

__all__ = ["AnswerRow", "MeansPart", "answer_rows"]


@dataclass(frozen=True, slots=True, eq=False)
class _ReadingPart:
    """What is the same for all answers of a reading."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    framework: Annotated[str, "The id of the framework."]
    version: Annotated[str, "Its version."]
    assessment: Annotated[str | None, "The id of the assessment; empty where only published figures were read."]
    as_of: Annotated[datetime.date, "The day for which the reading holds; ages of figures are counted from its year."]


@dataclass(frozen=True, slots=True, eq=False)
class _QuestionPart:
    """What is the same for all answers to a question."""

    indicator: Annotated[str, "The id of the indicator within the framework."]
    construct: Annotated[Construct | None, "What the indicator speaks of. Only practice and outcome feed a scorecard."]
    scale: Annotated[str | None, "The id of the scale within the framework."]
    meaning_version: Annotated[int, "Rounds compare only where this is the same in both."]


@dataclass(frozen=True, slots=True, eq=False)
class _FigurePart:
    """The published figure behind an answer; most have none."""

    figure: Annotated[Decimal | None, "The published figure, where the answer is one (a share in percent)."] = None
    figure_low: Annotated[
        Decimal | None, "The lower end, where the figure was published as a band; empty: open."
    ] = None
    figure_high: Annotated[
        Decimal | None, "The upper end, where the figure was published as a band; empty: open."
    ] = None
    figure_k: Annotated[int | None, "How many people said so, where the figure is a count."] = None
    figure_n: Annotated[int | None, "How many people were asked."] = None
    unit: Annotated[str | None, "The unit of the figure."] = None
    scope: Annotated[
        str | None, "What the figure covers, where not the place itself; such a figure never counts."
    ] = None


@dataclass(frozen=True, slots=True, eq=False)
class MeansPart:
    """A reading in relation to means; most answers have none."""

    means_start: Annotated[Decimal | None, "The reading in relation to means: the level at the start."] = None
    means_within_reach: Annotated[Decimal | None, "The level that available means allow."] = None
    means_potential: Annotated[Decimal | None, "The level that potential means allow."] = None
    means_because: Annotated[str | None, "Why these levels."] = None
    means_sources: Annotated[tuple[EvidenceRow, ...], "What stands behind these levels."] = ()
    way_within_reach: Annotated[Fraction | None, "The share of the way that available means allow, from 0 to 1."] = None
    way_within_reach_missing: Annotated[NoPart | None, "Why there is no such share."] = None
    way_potential: Annotated[Fraction | None, "The share of the way that potential means allow, from 0 to 1."] = None
    way_potential_missing: Annotated[NoPart | None, "Why there is no such share."] = None
    way_flags: Annotated[tuple[ResourceFlag, ...], "What has to be said beside these shares."] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _SaidPart:
    """What was answered and what it is worth: one object for all who answered the same."""

    state: Annotated[str, "answered, unknown, not-applicable or unscored."]
    reason: Annotated[str | None, "Why it is unknown, not applicable or unscored."]
    origin: Annotated[str | None, "assessment: an answer written there; series: a published figure; empty: neither."]
    written: Annotated[str | None, "The answer as it was written in the assessment."]
    figure: Annotated[_FigurePart, PART]
    year: Annotated[int | None, "The true year of the answer or figure, usable or not."]
    grade: Annotated[Grade | None, "How much stands behind it, as it counts."]
    grade_number: Annotated[int | None, "The same as a number from 0 (assertion) to 4 (outside-check)."]
    flags: Annotated[tuple[Flag, ...], "What has to be said beside the value."]
    worth: Annotated[Fraction | None, "What the answer is worth, from 0 to 1; only where it is answered."]
    worth_low: Annotated[Fraction | None, "The lower end of what it may be worth; equal to worth where it is exact."]
    worth_high: Annotated[Fraction | None, "The upper end of what it may be worth."]


@dataclass(frozen=True, slots=True, eq=False)
class _BesidePart:
    """What stands beside an answer; most have nothing."""

    because: Annotated[str | None, "Why this answer, or why the question does not apply, in the assessors' words."]
    note: Annotated[str | None, "A remark."]
    sources: Annotated[tuple[EvidenceRow, ...], "What stands behind the answer or figure."]
    means: Annotated[MeansPart, PART]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One indicator in one reading of one place."""

    reading: Annotated[_ReadingPart, PART]
    question: Annotated[_QuestionPart, PART]
    said: Annotated[_SaidPart, PART]
    beside: Annotated[_BesidePart, PART]
    unverified: Annotated[bool, "The indicator was not checked against the official document."]

    @property
    def place(self) -> str:
        return self.reading.place


_NO_FIGURE = _FigurePart()
_NO_MEANS = MeansPart()
_NOTHING_BESIDE = _BesidePart(None, None, (), _NO_MEANS)


def answer_rows(
    portfolio: Portfolio, cards: Iterable[tuple[Assessment | None, Scorecard]]
) -> Iterator[AnswerRow]:
    """A row for every indicator of every reading, in the order of the readings and of the framework."""
    for assessment, card in cards:
        framework = portfolio.framework(card.framework_id, card.framework_version)
        assert framework is not None  # the scorecard was made with it
        asked = _asked_of(framework)
        reading = _ReadingPart(
            card.place, portfolio.places[card.place].demonstration, card.framework_id, card.framework_version,
            card.assessment, card.as_of,
        )
        answers = assessment.answers if assessment else {}
        figures = portfolio.observations.get(card.place, ())
        for id_, item in card.items.items():
            question, origin = asked[id_], item.origin
            if isinstance(origin, FromSeries):
                figure = figures[origin.index]
                said, beside = _made(item, _figure(figure, item.state, question.unit)), _beside_figure(item, figure)
            else:
                said, beside = _said(item), _beside(item, None if origin is None else answers.get(id_))
            yield AnswerRow(reading, question.part, said, beside, question.unverified)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of a question every row about it needs."""

    part: _QuestionPart
    unit: str | None
    unverified: bool


# The same for every place. The value holds the framework itself, so that no other object can come to have the same
# identity while the entry lives.
_KNOWN: dict[int, tuple[Framework, Mapping[str, _Asked]]] = {}
_MOST_KNOWN = 64


def _asked_of(framework: Framework) -> Mapping[str, _Asked]:
    """What rows need of each question of a framework, by indicator."""
    if id(framework) not in _KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[id(framework)] = framework, {
            id_: _asked(question, unverified=framework.is_unverified(id_))
            for id_, question in questions_of(framework).items()
        }
    return _KNOWN[id(framework)][1]


def _asked(question: Question, *, unverified: bool) -> _Asked:
    scale, measure = question.scale, question.node.measure
    part = _QuestionPart(question.id, question.construct, scale.id if scale else None, question.meaning_version)
    return _Asked(part, measure.unit if measure else None, unverified)


# Thousands of places give the same few answers. The value holds the state itself, so that no other object can come to
# have the same identity while the entry lives; grades live for ever.
_ALIKE: dict[tuple[object, ...], tuple[State, _SaidPart]] = {}
_MOST_ALIKE = 1_000


def _said(item: ItemReading) -> _SaidPart:
    key = id(item.state), item.origin is None, item.written, item.year, id(item.grade), item.flags
    if (known := _ALIKE.get(key)) is None:
        if len(_ALIKE) >= _MOST_ALIKE:
            _ALIKE.clear()
        known = _ALIKE[key] = item.state, _made(item, _NO_FIGURE)
    return known[1]


def _made(item: ItemReading, figure: _FigurePart) -> _SaidPart:
    state, grade = item.state, item.grade
    reason = worth = low = high = None
    if isinstance(state, Answered):
        worth, low, high = state.u, state.low, state.high
    else:
        reason = state.reason.value
    origin = None if item.origin is None else "series" if isinstance(item.origin, FromSeries) else "assessment"
    return _SaidPart(
        state.kind, reason, origin, item.written, figure, item.year, grade, None if grade is None else grade.number,
        item.flags, worth, low, high,
    )


_OF_AN_ANSWER = attrgetter("because", "note", "evidence", "resources")
_EMPTY = None, None, (), None


def _beside_figure(item: ItemReading, figure: Observation) -> _BesidePart:
    because = item.state.because if isinstance(item.state, NotApplicable) else None
    return _BesidePart(because, figure.note, evidence_rows([figure.source]), _NO_MEANS)


def _beside(item: ItemReading, own: Answer | None) -> _BesidePart:
    because = item.state.because if isinstance(item.state, NotApplicable) else None
    found = _EMPTY if own is None else _OF_AN_ANSWER(own)
    if found == _EMPTY and because is None:
        return _NOTHING_BESIDE
    own_because, note, evidence, levels = found
    means = _means(levels, item.resources) if levels and item.resources else _NO_MEANS
    return _BesidePart(because or own_because, note, evidence_rows(evidence), means)


def _figure(figure: Observation, state: State, unit: str | None) -> _FigurePart:
    unit = figure.unit or unit
    if isinstance(state, Unknown) and state.reason is UnknownReason.TOO_FEW:
        return _FigurePart(unit=unit, scope=figure.scope)
    return _FigurePart(figure.value, figure.low, figure.high, figure.k, figure.n, unit, figure.scope)


def _means(levels: ResourceLevels, pair: ResourcePair) -> MeansPart:
    return MeansPart(
        levels.start, levels.within_reach, levels.potential, levels.because, evidence_rows(levels.evidence),
        *_way(pair.available), *_way(pair.potential), pair.flags,
    )


def _way(part: Fraction | NoPart) -> tuple[Fraction | None, NoPart | None]:
    """The share of the way, or why there is none."""
    return (part, None) if isinstance(part, Fraction) else (None, part)
