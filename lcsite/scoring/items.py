"""What became of every indicator in one assessment: its state, value, true year, grade and where the answer came from.

Joins the framework, the place's own answers and the rows of its series. No tree, no averages, no other place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

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
from lcsite.model.framework import Branch, Construct, Framework, Node, Subject
from lcsite.model.scale import AnswersScale, OrdinalScale, Scale
from lcsite.model.words import Grade
from lcsite.scoring.evidence import GradeReading, grade_of_answer, grade_of_figure
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
from lcsite.scoring.scales import SteppedAnswer, scale_answer, unscored_reason
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
    return MappingProxyType({
        node.id: reader.read(node.id)
        for node in framework.indicators if framework.subject_of(node.id) is Subject.PLACE
    })


class _Reader:
    """Reads items on demand, because one answer may decide whether another is asked."""

    def __init__(
        self, framework: Framework, answers: Mapping[str, Answer], as_of: int, observations: Iterable[Observation]
    ) -> None:
        self._framework = framework
        self._answers = answers
        self._as_of = as_of
        self._rows: dict[str, list[tuple[int, Observation]]] = {}
        for index, row in enumerate(observations):
            if row.framework_id == framework.id:
                self._rows.setdefault(row.indicator_id, []).append((index, row))
        self._done: dict[str, ItemReading] = {}
        self._under_way: list[str] = []

    def read(self, item: str) -> ItemReading:
        if item not in self._done:
            if item in self._under_way:
                raise ValueError(f"whether {item} is asked depends on itself: {' -> '.join([*self._under_way, item])}")
            self._under_way.append(item)
            try:
                self._done[item] = self._read(item)
            except AnswerError as error:
                raise ValueError(f"{item}: {error.message}") from error
            finally:
                self._under_way.pop()
        return self._done[item]

    def _read(self, item: str) -> ItemReading:
        node, answer = self._framework.by_id[item], self._answers.get(item)
        asked = self._is_asked(item)
        if asked is False:
            return self._reading(item, NotApplicable(NotApplicableReason.BRANCH_NOT_TAKEN))
        if answer is not None and answer.not_applicable is not None:
            if not self._framework.may_not_apply_to(item):
                raise ValueError(f"{item} applies to every place, so it cannot be answered with not applicable")
            state = NotApplicable(NotApplicableReason.STATED, answer.not_applicable)
            return self._reading(item, state, origin=FromAssessment())
        if answer is not None and answer.value is not None:
            found = self._own_answer(node, answer, answer.value)
        elif self._rows.get(item):
            found = self._from_series(node)
        elif node.open_line:
            return self._reading(item, NotApplicable(NotApplicableReason.OPEN_LINE_EMPTY))
        else:
            found = self._reading(item, self._unscored(node) or Unknown(UnknownReason.NOT_ANSWERED))
        if asked is None and not isinstance(found.state, Unscored):
            undecided = Unknown(UnknownReason.DECIDING_ANSWER)
            return self._reading(item, undecided, origin=found.origin, written=found.written)
        return found

    def _reading(
        self, item: str, state: State, *, origin: Origin | None = None, written: str | None = None,
        parsed: ParsedAnswer | None = None, year: int | None = None, grade: Grade | None = None,
        flags: Iterable[Flag] = (), resources: ResourcePair | None = None, stepped: SteppedAnswer | None = None,
    ) -> ItemReading:
        framework = self._framework
        return ItemReading(
            item, framework.construct_of(item), framework.meaning_version_of(item), state, origin, written, parsed,
            year, grade, tuple(sorted(set(flags))), resources, stepped,
        )

    def _unscored(self, node: Node) -> Unscored | None:
        reason = unscored_reason(self._framework.scale_of(node.id), node.measure, node.goalposts)
        return Unscored(reason) if reason else None

    # The place's own answer

    def _own_answer(self, node: Node, answer: Answer, written: str) -> ItemReading:
        scale = self._framework.scale_of(node.id)
        parsed = TextAnswer(written) if scale is None else read_answer(scale, written)
        if isinstance(parsed, NoAnswer):
            state: State = self._unscored(node) or scale_answer(
                scale, parsed, measure=node.measure, goalposts=node.goalposts
            ).state
            return self._reading(
                node.id, state, origin=FromAssessment(), written=written, resources=self._resources(answer, scale, None)
            )
        year = answer.year or self._as_of
        grade = grade_of_answer(
            answer.grade, answer.evidence, default=Grade(self._framework.default_grade_of(node.id)),
            sample_known=not (isinstance(parsed, ShareAnswer) and parsed.n is None),
        )
        return self._finish(
            node, scale, parsed, year=year, origin=FromAssessment(), written=written, grade=grade, answer=answer
        )

    # The place's series

    def _from_series(self, node: Node) -> ItemReading:
        rows = self._rows[node.id]
        tolerance = self._framework.tolerance_of(node.id)
        chosen = latest_usable(
            (Dated(row.reference_year, (index, row)) for index, row in rows if row.scope is None),
            as_of=self._as_of, tolerance=tolerance,
        )
        elsewhere = False
        if chosen is None:
            # Another scope is another place: its latest figure is shown as context and never counted.
            past = [
                (row.reference_year or 0, -index, row) for index, row in rows
                if row.scope is not None and (row.reference_year or 0) <= self._as_of
            ]
            if not past:
                return self._reading(node.id, self._unscored(node) or Unknown(UnknownReason.NOT_ANSWERED))
            _, negative, row = max(past, key=lambda found: found[:2])
            index, elsewhere = -negative, True
        else:
            index, row = chosen.what
        scale = self._framework.scale_of(node.id)
        parsed = (
            TextAnswer(str(row.value)) if scale is None
            else read_figure(scale, value=row.value, low=row.low, high=row.high, k=row.k, n=row.n)
        )
        grade = grade_of_figure(
            row.grade, dead=row.source.dead, default=Grade(self._framework.default_grade_of(node.id)),
            sample_known=not (isinstance(parsed, ShareAnswer) and parsed.n is None),
        )
        return self._finish(
            node, scale, parsed, year=row.reference_year, origin=FromSeries(index), grade=grade, elsewhere=elsewhere
        )

    # What both have in common

    def _finish(
        self, node: Node, scale: Scale | None, parsed: ParsedAnswer, *, year: int | None, origin: Origin,
        grade: GradeReading, written: str | None = None, answer: Answer | None = None, elsewhere: bool = False,
    ) -> ItemReading:
        scaled = scale_answer(scale, parsed, measure=node.measure, goalposts=node.goalposts)
        state: State = scaled.state
        if isinstance(state, Unknown):  # fewer than five people: nothing about the value may be shown
            return self._reading(node.id, state, origin=origin, year=year)
        flags = [*scaled.flags]
        reason: UnknownReason | None = None
        if year is None:
            reason = UnknownReason.UNDATED
            flags.append(Flag.UNDATED)
        elif is_stale(year, as_of=self._as_of, tolerance=self._framework.tolerance_of(node.id)):
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
        stepped = isinstance(scale, OrdinalScale | AnswersScale) and isinstance(parsed, StepsAnswer) and counts
        return self._reading(
            node.id, state, origin=origin, written=written, parsed=parsed, year=year,
            grade=grade.grade if counts or isinstance(state, Unscored) else None, flags=flags,
            resources=None if answer is None else self._resources(answer, scale, parsed if counts else None),
            stepped=SteppedAnswer(scale, parsed) if stepped else None,  # type: ignore[arg-type]
        )

    def _resources(self, answer: Answer, scale: Scale | None, parsed: ParsedAnswer | None) -> ResourcePair | None:
        levels = answer.resources
        if levels is None or not self._framework.resource_pairs:
            return None
        x, from_range = (None, False) if parsed is None else level_of(scale, parsed)
        return resource_pair(
            x, start=Fraction(levels.start), within_reach=Fraction(levels.within_reach),
            potential=None if levels.potential is None else Fraction(levels.potential), from_range=from_range,
        )

    # Questions that are asked only after certain answers

    def _is_asked(self, item: str) -> bool | None:
        """Whether every branch above the item was taken; None where a deciding answer is unknown and that counts."""
        open_question = False
        for node in (*self._framework.ancestors[item], self._framework.by_id[item]):
            if node.asked_when is not None:
                taken = self._is_taken(node.asked_when)
                if taken is False:
                    return False
                open_question = open_question or taken is None
        return None if open_question else True

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
        if item not in self._framework.by_id or self._framework.subject_of(item) is not Subject.PLACE:
            return None
        reading = self.read(item)
        if isinstance(reading.state, NotApplicable):
            return reading.state
        usable = isinstance(reading.state, Answered | Unscored) and not {Flag.STALE, Flag.UNDATED, Flag.OTHER_SCOPE} & {
            *reading.flags
        }
        if not usable or reading.parsed is None:
            return None
        scale = self._framework.scale_of(item)
        if isinstance(reading.parsed, StepsAnswer) and isinstance(scale, OrdinalScale | AnswersScale):
            first, last = sorted((reading.parsed.least, reading.parsed.most))
            return {step.value.casefold() for step in scale.steps[first:last + 1] if step.role != "unknown"}
        if isinstance(reading.parsed, TextAnswer):
            return {reading.parsed.text.casefold()}
        return {str(reading.parsed.band)} if isinstance(reading.parsed, BandAnswer) else None
