"""What became of every indicator in one assessment: its state, value, true year, grade and where the answer came from.

Joins the framework, the place's own answers and the rows of its series. No tree, no averages, no other place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from lcsite.light_classes import dataclass
from lcsite.model.answering import (
    AnswerError,
    BandAnswer,
    NoAnswer,
    ParsedAnswer,
    ShareAnswer,
    StepsAnswer,
    TextAnswer,
    read_answer,
    read_figure,
)
from lcsite.model.assessment import DONT_KNOW, Answer, Observation
from lcsite.model.framework import Branch, Construct, Framework
from lcsite.model.scale import AnswersScale, OrdinalScale, Scale
from lcsite.model.words import Grade
from lcsite.scoring.again import found_again
from lcsite.scoring.evidence import GradeReading, grade_behind, grade_of_answer, grade_of_figure
from lcsite.scoring.questions import Question, questions_of
from lcsite.scoring.resources import ResourcePair, level_of, resource_pair
from lcsite.scoring.results import (
    Answered,
    Flag,
    NotApplicable,
    NotApplicableReason,
    State,
    Unknown,
    UnknownReason,
    Unscored,
)
from lcsite.scoring.scales import ScaledAnswer, SteppedAnswer, has_choices, scale_answer
from lcsite.scoring.years import Dated, is_stale, latest_usable

__all__ = ["FromAssessment", "FromSeries", "ItemReading", "Origin", "read_items"]


@dataclass(frozen=True, slots=True)
class FromAssessment:
    """The answer stands in the assessment itself, under the id of the item."""


@dataclass(frozen=True, slots=True)
class FromSeries:
    """The answer is row `index`, counted from 0, of the observations that were handed in."""

    index: int


Origin = FromAssessment | FromSeries
_ITSELF = FromAssessment()


@dataclass(frozen=True, slots=True)
class ItemReading:
    """One indicator in one assessment.

    `written` is the assessment's own words, `parsed` what they or the figure mean on the scale; both are None for what
    may not be published. `year` is the true year of what is shown, stale or not. `stepped` serves sensitivity.
    """

    id: str
    construct: Construct | None
    meaning_version: int
    state: State
    origin: Origin | None = None
    written: str | None = None
    parsed: ParsedAnswer | None = None
    year: int | None = None
    grade: Grade | None = None
    flags: tuple[Flag, ...] = ()
    resources: ResourcePair | None = None
    stepped: SteppedAnswer | None = None


def read_items(
    framework: Framework, answers: Mapping[str, Answer], *, as_of: int, observations: Sequence[Observation] = ()
) -> Mapping[str, ItemReading]:
    """Read every indicator about the place, in the framework's order; `as_of` is the year of the assessment.

    An answer in `answers`, *don't know* included, goes before any row of `observations`. Answers to ids that the
    framework does not ask of a place are passed over. Raises ValueError for what is off its scale, later than `as_of`
    though cited by the assessment, or two rows of one item and year.
    """
    reader = _Reader(framework, answers, as_of, observations)
    return MappingProxyType(reader.read_all())


class _Reader:
    """Reads items on demand, because one answer may decide whether another is asked."""

    def __init__(
        self, framework: Framework, answers: Mapping[str, Answer], as_of: int, observations: Iterable[Observation]
    ) -> None:
        self.questions = questions_of(framework)
        self._with_pairs = framework.resource_pairs
        self._answers = answers
        self._as_of = as_of
        self._rows: dict[str, list[tuple[int, Observation]]] = {}
        for index, row in enumerate(observations):
            if row.framework_id == framework.id:
                self._rows.setdefault(row.indicator_id, []).append((index, row))
        self._done: dict[str, ItemReading] = {}
        self._under_way: list[str] = []

    def read(self, item: str) -> ItemReading:
        found = self._done.get(item)
        if found is None:
            if item in self._under_way:
                raise ValueError(f"whether {item} is asked depends on itself: {' -> '.join([*self._under_way, item])}")
            self._under_way.append(item)
            try:
                found = self._done[item] = self._read(self.questions[item])
            except AnswerError as error:
                raise ValueError(f"{item}: {error.message}") from error
            finally:
                self._under_way.pop()
        return found

    def read_all(self) -> dict[str, ItemReading]:
        """All items in the framework's order; most of them are answers that other places give too."""
        answers, done, as_of = self._answers, self._done, self._as_of
        found: dict[str, ItemReading] = {}
        for item, question in self.questions.items():
            answer = answers.get(item)
            known = None
            if answer is not None and not question.asked_when and _is_plain(answer):
                known = question.plainly_read.get(_said(answer))
            if known is None:
                found[item] = self.read(item)
            else:
                found[item] = done[item] = known if known.year in (as_of, None) else _in_year(known, as_of)
        return found

    def _read(self, question: Question) -> ItemReading:
        answer = self._answers.get(question.id)
        asked = self._is_asked(question) if question.asked_when else True
        if asked is False:
            return _reading(question, NotApplicable(NotApplicableReason.BRANCH_NOT_TAKEN))
        if answer is not None and answer.not_applicable is not None:
            if not question.may_not_apply:
                raise ValueError(f"{question.id} applies to every place, so not applicable is no answer to it")
            state = NotApplicable(NotApplicableReason.STATED, answer.not_applicable)
            return _reading(question, state, origin=_ITSELF)
        if answer is not None and answer.value is not None:
            found = (self._plain_answer if _is_plain(answer) else self._own_answer)(question, answer, answer.value)
        elif question.id in self._rows:
            found = self._from_series(question, self._rows[question.id])
        elif question.node.open_line:
            return _reading(question, NotApplicable(NotApplicableReason.OPEN_LINE_EMPTY))
        else:
            found = _reading(question, question.unscored or _silent(UnknownReason.NOT_ANSWERED))
        if asked is None and not isinstance(found.state, Unscored):
            undecided = _silent(UnknownReason.DECIDING_ANSWER)
            return _reading(question, undecided, origin=found.origin, written=found.written)
        return found

    # The place's own answer

    def _plain_answer(self, question: Question, answer: Answer, written: str) -> ItemReading:
        """An answer of which nothing but its words and its grade matters, read once for all places that give it."""
        known, said = question.plainly_read, _said(answer)
        if (found := known.get(said)) is None:
            if len(known) >= _MOST_SAID:
                known.clear()
            found = known[said] = self._own_answer(question, answer, written)
        return found if found.year in (self._as_of, None) else _in_year(found, self._as_of)

    def _own_answer(self, question: Question, answer: Answer, written: str) -> ItemReading:
        parsed, scaled, stepped = _meaning(question, written)
        if isinstance(parsed, NoAnswer):
            silent = UnknownReason.WITHHELD if parsed.withheld else UnknownReason.DONT_KNOW
            return _reading(
                question, question.unscored or _silent(silent), origin=_ITSELF, written=written,
                resources=self._resources(answer, question.scale, None),
            )
        grade = grade_of_answer(
            answer.grade, answer.evidence, default=question.default_grade, sample_known=_sample_known(parsed)
        )
        return self._finish(
            question, parsed, scaled, year=answer.year or self._as_of, origin=_ITSELF, written=written,
            grade=grade, answer=answer, stepped=stepped,
        )

    # The place's series

    def _from_series(self, question: Question, rows: Sequence[tuple[int, Observation]]) -> ItemReading:
        chosen = latest_usable(
            (Dated(row.reference_year, (index, row)) for index, row in rows if row.scope is None),
            as_of=self._as_of, tolerance=question.tolerance,
        )
        elsewhere = chosen is None
        if chosen is not None:
            index, row = chosen.what
        else:
            # Another scope is another place: its latest figure is shown as context and never counted.
            past = [
                (row.reference_year or 0, -index, row) for index, row in rows
                if row.scope is not None and (row.reference_year or 0) <= self._as_of
            ]
            if not past:
                return _reading(question, question.unscored or _silent(UnknownReason.NOT_ANSWERED))
            _, negative, row = max(past, key=lambda found: found[:2])
            index = -negative
        parsed, scaled = _figure(question, row)
        grade = grade_of_figure(
            row.grade, dead=row.source.dead, default=question.default_grade, sample_known=_sample_known(parsed)
        )
        return self._finish(
            question, parsed, scaled, year=row.reference_year, origin=FromSeries(index),
            grade=grade, elsewhere=elsewhere,
        )

    # What both have in common

    def _finish(
        self, question: Question, parsed: ParsedAnswer, scaled: ScaledAnswer, *, year: int | None, origin: Origin,
        grade: GradeReading, written: str | None = None, answer: Answer | None = None, elsewhere: bool = False,
        stepped: SteppedAnswer | None = None,
    ) -> ItemReading:
        scale = question.scale
        state: State = scaled.state
        if isinstance(state, Unknown):  # fewer than five people: nothing about the value may be shown
            return _reading(question, state, origin=origin, year=year)
        flags = [*scaled.flags]
        reason: UnknownReason | None = None
        if year is None:
            reason = UnknownReason.UNDATED
            flags.append(Flag.UNDATED)
        elif is_stale(year, as_of=self._as_of, tolerance=question.tolerance):
            reason = UnknownReason.STALE
            flags.append(Flag.STALE)
        elif year < self._as_of:
            flags.append(Flag.OLDER_YEAR)
        if elsewhere:
            reason = UnknownReason.OTHER_SCOPE
            flags.append(Flag.OTHER_SCOPE)
        if grade.dead_source:
            flags.append(Flag.DEAD_SOURCE)
        if reason is not None and isinstance(state, Answered):
            state = Unknown(reason, once=state)
        counts = isinstance(state, Answered)
        return _reading(
            question, state, origin=origin, written=written, parsed=parsed, year=year,
            grade=grade.grade if counts or isinstance(state, Unscored) else None, flags=flags,
            resources=None if answer is None else self._resources(answer, scale, parsed if counts else None),
            stepped=stepped if counts else None,
        )

    def _resources(self, answer: Answer, scale: Scale | None, parsed: ParsedAnswer | None) -> ResourcePair | None:
        levels = answer.resources
        if levels is None or not self._with_pairs:
            return None
        x, from_range = (None, False) if parsed is None else level_of(scale, parsed)
        return resource_pair(
            x, start=Fraction(levels.start), within_reach=Fraction(levels.within_reach),
            potential=None if levels.potential is None else Fraction(levels.potential), from_range=from_range,
        )

    # Questions that are asked only after certain answers

    def _is_asked(self, question: Question) -> bool | None:
        """Whether every branch above the item was taken; None where a deciding answer is unknown and that counts."""
        undecided = False
        for branch in question.asked_when:
            taken = self._is_taken(branch)
            if taken is False:
                return False
            undecided = undecided or taken is None
        return None if undecided else True

    def _is_taken(self, branch: Branch) -> bool | None:
        wanted = {answer.casefold() for answer in branch.answers}
        deciding = self._deciding(branch.indicator)
        if isinstance(deciding, NotApplicable):
            return False
        if deciding is None and DONT_KNOW in wanted:
            return True
        if deciding is not None and deciding <= wanted:
            return True
        if deciding is not None and not deciding & wanted:
            return False
        return None if branch.if_unknown == "unknown" else False

    def _deciding(self, item: str) -> set[str] | NotApplicable | None:
        """The answers that the deciding item may have, as printed; None where it is unknown."""
        if item not in self.questions:
            return None
        reading, scale = self.read(item), self.questions[item].scale
        if isinstance(reading.state, NotApplicable):
            return reading.state
        if not isinstance(reading.state, Answered | Unscored) or _NOT_USABLE & {*reading.flags}:
            return None
        if isinstance(reading.parsed, StepsAnswer) and isinstance(scale, OrdinalScale | AnswersScale):
            first, last = sorted((reading.parsed.least, reading.parsed.most))
            return {step.value.casefold() for step in scale.steps[first:last + 1] if step.role != "unknown"}
        if isinstance(reading.parsed, TextAnswer):
            return {reading.parsed.text.casefold()}
        return {str(reading.parsed.band)} if isinstance(reading.parsed, BandAnswer) else None


# Thousands of places give the same few answers, to questions with the same few scales. The values hold all whose
# identity is in the key, so that no other object can come to have it while the entry lives.
_Meaning = tuple[ParsedAnswer, ScaledAnswer, SteppedAnswer | None]
_MEANINGS: dict[tuple[int, int, int, str], tuple[tuple[object, ...], _Meaning]] = {}
_MOST_MEANINGS = 20_000
_MOST_SAID = 200
"""Plain answers to one question that are kept."""


def _meaning(question: Question, written: str) -> _Meaning:
    """What a written answer to a question means, what it is worth, and where other worths may be tried on it."""
    read_by = scale, measure, goalposts = question.scale, question.node.measure, question.node.goalposts
    key = (id(scale), id(measure), id(goalposts), written)
    known = _MEANINGS.get(key)
    if known is None:
        parsed, stepped = TextAnswer(written) if scale is None else read_answer(scale, written), None
        if isinstance(scale, OrdinalScale | AnswersScale) and isinstance(parsed, StepsAnswer) and has_choices(scale):
            stepped = SteppedAnswer(scale, parsed)
        if len(_MEANINGS) >= _MOST_MEANINGS:
            _MEANINGS.clear()
        known = _MEANINGS[key] = read_by, (parsed, _scaled(question, parsed), stepped)
    return known[1]


@found_again(most=64)  # the rounds of a place are read one after another, and most by the same figures
def _figure(question: Question, row: Observation) -> tuple[ParsedAnswer, ScaledAnswer]:
    """What a published figure means, and what it is worth."""
    parsed = (
        TextAnswer(str(row.value)) if question.scale is None
        else read_figure(question.scale, value=row.value, low=row.low, high=row.high, k=row.k, n=row.n)
    )
    return parsed, _scaled(question, parsed)


def _scaled(question: Question, parsed: ParsedAnswer) -> ScaledAnswer:
    node = question.node
    return scale_answer(question.scale, parsed, measure=node.measure, goalposts=node.goalposts)


@cache
def _silent(reason: UnknownReason) -> Unknown:
    """An item of which nothing is known, the same wherever that is so."""
    return Unknown(reason)


def _is_plain(answer: Answer) -> bool:
    """Whether nothing matters to what an answer is worth but its words, its grade and the year of the assessment."""
    return (
        answer.resources is None and answer.year is None
        and not (answer.evidence and any(item.dead for item in answer.evidence))
    )


def _said(answer: Answer) -> object:
    """What of a plain answer tells how it reads, whoever gives it and when."""
    grade = grade_behind(answer.grade, answer.evidence)
    return answer.value if grade is None else (answer.value, grade)


def _in_year(other: ItemReading, year: int) -> ItemReading:
    """What was read in an assessment of another year, as it is read in one of this year."""
    return ItemReading(
        other.id, other.construct, other.meaning_version, other.state, other.origin, other.written, other.parsed, year,
        other.grade, other.flags, other.resources, other.stepped,
    )


_NOT_USABLE = {Flag.STALE, Flag.UNDATED, Flag.OTHER_SCOPE}


def _sample_known(parsed: ParsedAnswer) -> bool:
    return not (isinstance(parsed, ShareAnswer) and parsed.n is None)


def _reading(
    question: Question, state: State, *, origin: Origin | None = None, written: str | None = None,
    parsed: ParsedAnswer | None = None, year: int | None = None, grade: Grade | None = None,
    flags: Sequence[Flag] = (), resources: ResourcePair | None = None, stepped: SteppedAnswer | None = None,
) -> ItemReading:
    return ItemReading(
        question.id, question.construct, question.meaning_version, state, origin, written, parsed, year, grade,
        tuple(flags), resources, stepped,
    )
