"""`lcsite todo`: the open questions of one place, those first that narrow the picture most, each with its line.

The swing is that of the method, section 3: the weight of an unknown answer in the range of what stands above it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from fractions import Fraction

from lcsite.authoring.draft import Refused
from lcsite.authoring.new_assessment import asks_of_a_place, nearest_place
from lcsite.light_classes import dataclass
from lcsite.model.assessment import Assessment
from lcsite.model.framework import Framework, Level, Node
from lcsite.model.portfolio import Portfolio
from lcsite.pages.names import Names
from lcsite.pages.readings import Readings
from lcsite.problems import Location
from lcsite.reading.origins import Origins
from lcsite.scoring.items import FromSeries
from lcsite.scoring.results import Unknown, UnknownReason
from lcsite.scoring.scorecard import Scorecard

__all__ = ["CriterionTodo", "FrameworkTodo", "OpenItem", "todo_as_json", "todo_as_text", "todo_of"]

_REASONS = {
    UnknownReason.DONT_KNOW: "don't know",
    UnknownReason.NOT_ANSWERED: "not answered yet",
    UnknownReason.WITHHELD: "withheld",
    UnknownReason.STALE: "the figure is too old",
    UnknownReason.UNDATED: "the figure has no year",
    UnknownReason.TOO_FEW: "too few people were asked",
    UnknownReason.OTHER_SCOPE: "the figure covers another area",
    UnknownReason.DECIDING_ANSWER: "depends on an answer that is not known",
}


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One open question. Points run from 0 to 100 and say how much narrower a range becomes when it is answered."""

    indicator: str
    question: str
    reason: str
    points_of_criterion: float
    points_of_area: float
    file: str
    line: int
    """The line of its answer, or that of the answers where it has none yet."""


@dataclass(frozen=True, slots=True)
class CriterionTodo:
    """The open questions of one criterion, the widest first."""

    criterion: str
    title: str
    reading: str
    """practice, outcome or plan."""
    area: str
    points_of_area: float
    items: tuple[OpenItem, ...]


@dataclass(frozen=True, slots=True)
class FrameworkTodo:
    """One framework: criteria by how much of their area they leave open. `begin` is set where nothing is answered."""

    framework: str
    title: str
    as_of: str | None
    file: str
    questions: int
    open: int
    not_in_the_picture: int
    """Open questions about beliefs, priorities and knowledge, and those without a mark: they narrow no range."""
    begin: str | None
    criteria: tuple[CriterionTodo, ...]


def todo_of(
    portfolio: Portfolio, origins: Origins, place_id: str, framework_id: str | None = None
) -> tuple[FrameworkTodo, ...]:
    """What is open in the latest round of each framework, or of one. Raises Refused for ids that are not there."""
    if place_id not in portfolio.places:
        raise Refused(nearest_place(place_id, portfolio))
    asked = {id_: framework for id_, framework in portfolio.frameworks.items() if asks_of_a_place(framework)}
    if framework_id is not None and framework_id not in asked:
        raise Refused(f"no framework {framework_id} asks anything of a place here; there are: {', '.join(asked)}")
    readings = Readings(portfolio, Names(portfolio))
    chosen = [asked[framework_id]] if framework_id is not None else list(asked.values())
    return tuple(_of_framework(framework, place_id, readings, origins) for framework in chosen)


def _of_framework(framework: Framework, place_id: str, readings: Readings, origins: Origins) -> FrameworkTodo:
    latest = readings.latest(place_id, framework.id)
    questions = len(asks_of_a_place(framework))
    begin = f"lcsite new assessment {place_id} {framework.id}"
    if latest is None:
        return FrameworkTodo(framework.id, framework.title, None, "", questions, questions, 0, begin, ())
    assessment, card = latest
    finder = _Lines(origins, place_id, assessment)
    criteria = tuple(_criteria(framework, card, finder))
    unknown = [item.id for item in card.items.values() if isinstance(item.state, Unknown)]
    counted = {item.indicator for criterion in criteria for item in criterion.items}
    return FrameworkTodo(
        framework.id, framework.title, card.as_of.isoformat(), finder.file, questions, len(unknown),
        sum(id_ not in counted for id_ in unknown), None if assessment else begin, criteria,
    )


class _Lines:
    """Where a question is answered."""

    def __init__(self, origins: Origins, place_id: str, assessment: Assessment | None) -> None:
        self._origins = origins
        self._place = place_id
        self._record = f"{place_id}/{assessment.file_id}" if assessment else ""
        self.file = origins.file("assessment", self._record) if assessment else ""

    def of(self, card: Scorecard, indicator: str) -> Location:
        origin = card.items[indicator].origin
        if isinstance(origin, FromSeries):
            return self._origins.at("observations", self._place, (origin.index,))
        if not self._record:
            return Location(self._origins.file("observations", self._place))
        return self._origins.key("assessment", self._record, ("answers", indicator))


def _criteria(framework: Framework, card: Scorecard, finder: _Lines) -> Iterator[CriterionTodo]:
    """By how much of its area a criterion leaves open; what is alike stays in the framework's order."""
    readings = [reading for reading in (*card.readings, card.plans) if reading is not None]
    found = []
    for reading in readings:
        for area in reading.profile:
            swings = {question.id: question.swing for question in area.open_questions}
            by_criterion: dict[str, list[str]] = {}
            for id_ in reading.nodes:
                if id_ in swings:
                    by_criterion.setdefault(_heading_of(framework, id_).id, []).append(id_)
            for criterion_id, ids in by_criterion.items():
                inner = {question.id: question.swing for question in reading.nodes[criterion_id].open_questions}
                items = [_item(framework, card, id_, inner[id_], swings[id_], finder) for id_ in ids]
                whole = sum((swings[id_] for id_ in ids), Fraction(0))
                found.append((
                    whole,
                    CriterionTodo(
                        criterion_id, framework.by_id[criterion_id].title, reading.construct.value,
                        framework.by_id[area.id].title, _points(whole),
                        tuple(sorted(items, key=lambda item: -item.points_of_criterion)),
                    ),
                ))
    yield from (criterion for _, criterion in sorted(found, key=lambda each: -each[0]))


def _heading_of(framework: Framework, indicator: str) -> Node:
    """The criterion above a question, or what stands directly above it where there is none."""
    return framework.criterion_of(indicator) or next(
        (node for node in reversed(framework.ancestors[indicator]) if node.level is not Level.INDICATOR),
        framework.by_id[indicator],
    )


def _item(
    framework: Framework, card: Scorecard, id_: str, swing: Fraction, of_area: Fraction, finder: _Lines
) -> OpenItem:
    state, where = card.items[id_].state, finder.of(card, id_)
    assert isinstance(state, Unknown)  # only such questions have a swing
    return OpenItem(
        id_, framework.by_id[id_].title, _REASONS[state.reason], _points(swing), _points(of_area), where.file,
        where.line,
    )


def _points(swing: Fraction) -> float:
    """Points from 0 to 100 with one decimal, halves away from zero."""
    return (swing * 1000 + Fraction(1, 2)).__floor__() / 10


def todo_as_json(found: tuple[FrameworkTodo, ...]) -> str:
    """The list for programs; the keys are those of the classes above."""
    return json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2) + "\n"


def todo_as_text(found: tuple[FrameworkTodo, ...]) -> str:
    """The list for people."""
    return "\n".join("".join(f"{line}\n" for line in _lines(each)) for each in found)


_READINGS: Mapping[str, str] = {"practice": "what is done", "outcome": "what has come of it", "plan": "what is planned"}


def _lines(todo: FrameworkTodo) -> Iterator[str]:
    if todo.as_of is None:
        yield f"{todo.title}: nothing is answered yet, {todo.questions} questions are open"
        yield f"  begin with: {todo.begin}"
        return
    yield f"{todo.title}, as of {todo.as_of}: {todo.open} of {todo.questions} questions are open"
    if todo.begin:
        yield f"  there are figures and no answers; begin with: {todo.begin}"
    for criterion in todo.criteria:
        yield ""
        yield (
            f"  {criterion.title} ({criterion.criterion}), {_READINGS[criterion.reading]}: "
            f"answers would narrow {criterion.area} by {criterion.points_of_area:g} points"
        )
        for item in criterion.items:
            yield f"    {item.file}:{item.line}: {item.indicator}, {item.points_of_criterion:g} points ({item.reason})"
            yield f"      {item.question}"
    if todo.not_in_the_picture:
        yield ""
        number = todo.not_in_the_picture
        what = "1 more is open that narrows no range" if number == 1 else f"{number} more are open that narrow no range"
        yield f"  {what}: about beliefs, wishes or knowledge, or without a scale"
