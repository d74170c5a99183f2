"""The working of any figure of a scorecard, down to the file and line of each answer. For the command line.

Works nothing out by itself: everything comes from the scorecard that the pages show.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Annotated

from lcsite.exporting.answer_rows import AnswerRow, answer_rows
from lcsite.exporting.rules_in_words import rule_of
from lcsite.light_classes import dataclass
from lcsite.model.assessment import Assessment
from lcsite.model.framework import Construct, Framework, Level
from lcsite.model.portfolio import Portfolio
from lcsite.pages.readings import Readings
from lcsite.reading.origins import Origins
from lcsite.scoring.items import FromAssessment, FromSeries
from lcsite.scoring.results import Answered
from lcsite.scoring.rounds import Rounds
from lcsite.scoring.scorecard import SCORED, NodeReading, Reading, Scorecard
from lcsite.scoring.sensitivity import Choice, Sensitivity
from lcsite.scoring.showing import NoReading, ShownPoint, ShownRange
from lcsite.scoring.tree import Evaluated

__all__ = [
    "AnswerWorking", "ChoiceWorking", "Explanation", "NodeWorking", "NothingToExplain", "ReadingWorking", "Where",
    "explain", "whereabouts",
]

Where = Callable[..., str | None]
"""`where(kind, id, *path)`: the file and line of a value, None where it is not known."""


class NothingToExplain(LookupError):
    """There is no such place, framework, node or assessment; `hint` names the nearest, or is empty."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class AnswerWorking:
    """One answer in the working of a node."""

    id: Annotated[str, "The indicator."]
    title: Annotated[str, "The statement or question."]
    answer: Annotated[AnswerRow, "The answer as in answers.json."]
    rule: Annotated[str, "How it came to be worth what it is."]
    weight: Annotated[Fraction | None, "Its effective weight at the node explained; left out where it takes no part."]
    product: Annotated[Fraction | None, "Weight times worth; the products sum to the known sum."]
    where: Annotated[str | None, "File, line and column of the answer or figure."]
    declared: Annotated[str | None, "File, line and column of the indicator in its framework."]


@dataclass(frozen=True, slots=True)
class NodeWorking:
    """One node with everything below it."""

    id: Annotated[str, "The node."]
    title: Annotated[str, "Its name."]
    level: Annotated[str, "dimension, criterion, group, indicator or total."]
    share: Annotated[Fraction | None, "Its weight among the siblings that remain; 1 for the node explained."]
    weight: Annotated[Fraction, "Its declared weight."]
    weight_because: Annotated[str | None, "The reason for a weight other than 1."]
    known: Annotated[Fraction | None, "S, the known sum."]
    coverage: Annotated[Fraction | None, "c, the known share."]
    estimate: Annotated[Fraction | None, "m = S / c."]
    low: Annotated[Fraction | None, "L, the lower end of the range."]
    high: Annotated[Fraction | None, "U, the upper end of the range."]
    shown: Annotated[str, "point, range, not-enough-known or no-reading."]
    shown_point: Annotated[int | None, "The point as shown."]
    shown_low: Annotated[int | None, "The lower end as shown."]
    shown_high: Annotated[int | None, "The upper end as shown."]
    why_no_reading: Annotated[str | None, "Why nothing below takes part."]
    answered: Annotated[int, "Answers."]
    unknown: Annotated[int, "Unknown."]
    not_applicable: Annotated[int, "Not applicable."]
    unscored: Annotated[int, "Shown and never scored."]
    evidence_share: Annotated[Fraction | None, "The weight of answers with a public document or more."]
    answers: Annotated[tuple[AnswerWorking, ...], "The indicators directly below."]
    children: Annotated[tuple[NodeWorking, ...], "The nodes directly below, in the same form."]

    def walk(self) -> Iterator[NodeWorking]:
        """This node and every node below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ChoiceWorking:
    """How far one declared choice moves the point."""

    choice: Annotated[str, "in-plan, partly, bands, weights, mean; together for the first four at once."]
    low: Annotated[Fraction, "The least point."]
    high: Annotated[Fraction, "The greatest point."]


@dataclass(frozen=True, slots=True)
class OpenWorking:
    """An unknown answer and what finding out would bring."""

    id: Annotated[str, "The indicator."]
    swing: Annotated[Fraction, "The width of range that knowing it takes away."]


@dataclass(frozen=True, slots=True)
class ReadingWorking:
    """One node in one construct: the whole working, and what is said about the result."""

    construct: Annotated[Construct, "practice, outcome or plan."]
    node: Annotated[NodeWorking, "The node with everything below it."]
    open_questions: Annotated[tuple[OpenWorking, ...], "Unknown answers, widest swing first."]
    lowest: Annotated[tuple[str, ...], "The direct children with the least estimate, among those well enough known."]
    geometric_mean: Annotated[Fraction | None, "The estimate if strengths could not make up for gaps."]
    sensitivity: Annotated[tuple[ChoiceWorking, ...], "How far the declared choices move the point."]
    most_influential: Annotated[str | None, "The choice that moves it furthest."]
    like_for_like: Annotated[Fraction | None, "The change since the round before, of answers given in both."]
    compared: Annotated[tuple[str, ...], "The indicators that this rests on."]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The working of one place with one framework, at one node or for every area."""

    place: Annotated[str, "The id of the place."]
    name: Annotated[str, "Its name."]
    demonstration: Annotated[bool, "true: the place is invented."]
    framework: Annotated[str, "The id of the framework."]
    framework_title: Annotated[str, "Its name."]
    version: Annotated[str, "Its version."]
    assessment: Annotated[str | None, "The id of the assessment; left out where only published figures were read."]
    as_of: Annotated[datetime.date, "The day for which the reading holds."]
    kind: Annotated[str | None, "self, peer-review, expert-review or desk-review."]
    who: Annotated[str | None, "Who answered."]
    confirmed: Annotated[bool | None, "Whether the place itself has confirmed it."]
    where: Annotated[str | None, "The file of the assessment or of the figures."]
    node: Annotated[str | None, "The node explained; left out: every area."]
    readings: Annotated[tuple[ReadingWorking, ...], "The working, for each construct and area."]
    answer: Annotated[AnswerWorking | None, "Where the node is an indicator: its answer."]


def whereabouts(origins: Origins) -> Where:
    """Where values stand: file, line and column, or the file alone without a path."""

    def where(kind: str, record: str, *path: str | int) -> str | None:
        found = origins.at(kind, record, path)
        return (str(found) if path else found.file) if found.file else None

    return where


def explain(
    portfolio: Portfolio, readings: Readings, place: str, framework: str, node: str | None = None, *,
    assessment: str | None = None, where: Where = lambda *_: None,
) -> Explanation:
    """The working of a place's reading with a framework: of one node, or of every area.

    `assessment` names a round by its id (default: the latest). Raises NothingToExplain for what is not there.
    """
    _require(place, portfolio.places, "place")
    _require(framework, portfolio.frameworks, "framework")
    rounds = readings.rounds(place, framework)
    if not rounds:
        raise NothingToExplain(f"{place} has neither answers nor figures for {framework}")
    if assessment is not None:
        _require(assessment, {card.assessment: None for _, card in rounds}, f"assessment of {place} with {framework}")
    source, card = next(r for r in reversed(rounds) if assessment in (None, r[1].assessment))
    found = readings.framework_of(card)
    if node is not None:
        _require(node, found.by_id, f"node in {framework}")
    change = readings.change(place, framework) if card is rounds[-1][1] else None
    compared = change if isinstance(change, Rounds) else None
    return _Explainer(portfolio, found, source, card, compared, where).explain(node)


def _require(wanted: str, known: Iterable[str | None], what: str) -> None:
    names = [name for name in known if name is not None]
    if wanted not in names:
        near = difflib.get_close_matches(wanted, names, n=1)
        raise NothingToExplain(f'there is no {what} "{wanted}"', f'did you mean "{near[0]}"?' if near else "")


class _Explainer:
    def __init__(
        self, portfolio: Portfolio, framework: Framework, source: Assessment | None, card: Scorecard,
        change: Rounds | None, where: Where,
    ) -> None:
        self._portfolio, self._framework, self._source, self._card = portfolio, framework, source, card
        self._change, self._where = change, where
        self._rows = {row.question.indicator: row for row in answer_rows(portfolio, [(source, card)])}

    def explain(self, node: str | None) -> Explanation:
        card, source, place = self._card, self._source, self._portfolio.places[self._card.place]
        workings = []
        for construct in (*SCORED, Construct.PLAN):
            reading = card.reading(construct)
            workings += [self._reading(construct, found) for found in _wanted(reading, node)] if reading else []
        file = (
            self._where("assessment", f"{place.id}/{source.file_id}") if source
            else self._where("observations", place.id)
        )
        asked = node is not None and self._framework.by_id[node].level is Level.INDICATOR
        if asked and node not in card.items:
            raise NothingToExplain(f"{node} is not asked about a place, so no place has an answer to it")
        return Explanation(
            place=place.id, name=place.name, demonstration=place.demonstration, framework=self._framework.id,
            framework_title=self._framework.title, version=card.framework_version, assessment=card.assessment,
            as_of=card.as_of, kind=source.by.kind if source else None, who=source.by.who if source else None,
            confirmed=source.by.confirmed if source else None, where=file, node=node, readings=tuple(workings),
            answer=self._answer(node, None) if asked and node else None,
        )

    def _reading(self, construct: Construct, node: NodeReading) -> ReadingWorking:
        spans = node.sensitivity
        changes = self._change.nodes.get(construct, {}) if self._change else {}
        change = changes.get(node.id)
        return ReadingWorking(
            construct=construct, node=self._node(node.evaluated, node, Fraction(1), Fraction(1), construct),
            open_questions=tuple(OpenWorking(question.id, question.swing) for question in node.open_questions),
            lowest=node.lowest, geometric_mean=node.geometric_mean, sensitivity=_choices(spans),
            most_influential=spans.most_influential.value if spans and spans.most_influential else None,
            like_for_like=change.like_for_like if change else None,
            compared=change.compared if change else (),
        )

    def _node(
        self, found: Evaluated, reading: NodeReading, share: Fraction | None, weight: Fraction, construct: Construct
    ) -> NodeWorking:
        """One node; `weight` is its effective weight at the node explained."""
        nodes = self._card.reading(construct)
        assert nodes is not None
        declared = None if reading is nodes.total else self._framework.by_id[found.id]
        numbers, counts, shown = reading.numbers, reading.counts, reading.shown
        answers: list[AnswerWorking] = []
        children: list[NodeWorking] = []
        for child, part in zip(found.children, found.shares, strict=True):
            if child.id in self._rows:
                answers.append(self._answer(child.id, None if part is None else weight * part))
            else:
                children.append(self._node(child, nodes.nodes[child.id], part, weight * (part or 0), construct))
        if not found.children:
            answers.append(self._answer(found.id, weight if numbers else None))
        return NodeWorking(
            id=found.id, title=declared.title if declared else self._framework.title,
            level=declared.level.value if declared else "total", share=share, weight=found.node.weight,
            weight_because=declared.weight.because if declared and declared.weight else None,
            known=numbers.known if numbers else None, coverage=numbers.coverage if numbers else None,
            estimate=reading.estimate, low=numbers.low if numbers else None, high=numbers.high if numbers else None,
            shown=shown.kind, shown_point=shown.point if isinstance(shown, ShownPoint) else None,
            shown_low=shown.low if isinstance(shown, ShownPoint | ShownRange) else None,
            shown_high=shown.high if isinstance(shown, ShownPoint | ShownRange) else None,
            why_no_reading=shown.why.value if isinstance(shown, NoReading) else None, answered=counts.answered,
            unknown=counts.unknown, not_applicable=counts.not_applicable, unscored=counts.unscored,
            evidence_share=reading.evidence_share if numbers else None, answers=tuple(answers),
            children=tuple(children),
        )

    def _answer(self, item_id: str, weight: Fraction | None) -> AnswerWorking:
        item, place = self._card.items[item_id], self._card.place
        here = None
        if isinstance(item.origin, FromAssessment) and self._source:
            here = self._where("assessment", f"{place}/{self._source.file_id}", "answers", item_id)
        elif isinstance(item.origin, FromSeries):
            here = self._where("observations", place, item.origin.index)
        worth = item.state.u if isinstance(item.state, Answered) else Fraction(0)
        return AnswerWorking(
            id=item_id, title=self._framework.by_id[item_id].title, answer=self._rows[item_id],
            rule=rule_of(self._framework, item), weight=weight, product=None if weight is None else weight * worth,
            where=here, declared=self._where("framework", self._framework.id, *_path_to(self._framework, item_id)),
        )


def _wanted(reading: Reading, node: str | None) -> tuple[NodeReading, ...]:
    if node is not None:
        return (reading.nodes[node],) if node in reading.nodes else ()
    return (*reading.profile, *((reading.total,) if reading.total else ()))


def _choices(found: Sensitivity | None) -> tuple[ChoiceWorking, ...]:
    if found is None:
        return ()
    alone = [ChoiceWorking(choice.value, found.of(choice).low, found.of(choice).high) for choice in Choice]
    return (*alone, ChoiceWorking("together", found.together.low, found.together.high))


def _path_to(framework: Framework, node_id: str) -> tuple[str | int, ...]:
    """Where a node stands in its framework's file: `tree`, 0, `children`, 2 ..."""
    path: list[str | int] = []
    siblings, key = framework.tree, "tree"
    for node in (*framework.ancestors[node_id], framework.by_id[node_id]):
        path += [key, next(nth for nth, sibling in enumerate(siblings) if sibling.id == node.id)]
        siblings, key = node.children, "children"
    return tuple(path)
