"""The scores of every node of every reading, exact and as shown, and what changed between a place's last two rounds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated

from lcsite.exporting.layout import WrittenOnce
from lcsite.exporting.shape import PART
from lcsite.light_classes import dataclass
from lcsite.model.framework import Construct, Framework, Level
from lcsite.model.portfolio import Portfolio
from lcsite.pages.readings import Readings
from lcsite.scoring.again import found_again
from lcsite.scoring.exact import ZERO
from lcsite.scoring.progress import Change
from lcsite.scoring.results import Counts, Numbers
from lcsite.scoring.rounds import Rounds
from lcsite.scoring.scorecard import SCORED, NodeReading, Scorecard
from lcsite.scoring.showing import NoReading, ShownPoint, ShownRange, WhyEmpty, show, signed_points

__all__ = ["ProgressRow", "ScoreRow", "progress_rows", "score_rows"]

TOTAL = "total"


@dataclass(frozen=True, slots=True, eq=False)
class _ReadingPart:
    """What is the same for all nodes of a reading."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    framework: Annotated[str, "The id of the framework."]
    version: Annotated[str, "Its version."]
    assessment: Annotated[str | None, "The id of the assessment; empty where only published figures were read."]
    as_of: Annotated[datetime.date, "The day for which the reading holds."]


@dataclass(frozen=True, slots=True, eq=False)
class _NodePart:
    """What is the same for all readings of a node."""

    construct: Annotated[Construct, "practice (what is done), outcome (what has come of it); plan stands apart."]
    node: Annotated[str, "The id of the node; the framework's own id where level is total."]
    level: Annotated[str, f"dimension, criterion or group; {TOTAL} where the framework gives a reason for one."]
    title: Annotated[str, "The name of the node."]


@dataclass(frozen=True, slots=True, eq=False)
class _FiguresPart:
    """What is the same wherever the answers below a node come to the same."""

    known: Annotated[Fraction | None, "S, the known sum: the weighted mean of what is answered, unknown counting as 0."]
    low: Annotated[Fraction | None, "L, the lower end: every unknown at 0, every interval at its lower end."]
    high: Annotated[Fraction | None, "U, the upper end: every unknown at 1, every interval at its upper end."]
    coverage: Annotated[Fraction | None, "c, the share of the weight that is answered."]
    estimate: Annotated[Fraction | None, "m = S / c; empty where nothing is answered."]
    shown: Annotated[str, "point (c of 2/3 or more), range (1/3 or more), not-enough-known, or no-reading."]
    shown_point: Annotated[int | None, "The point as shown, from 0 to 100, rounded half up."]
    shown_low: Annotated[int | None, "The lower end as shown, rounded down."]
    shown_high: Annotated[int | None, "The upper end as shown, rounded up."]
    why_no_reading: Annotated[WhyEmpty | None, "Why nothing below the node takes part."]
    answered: Annotated[int, "How many indicators below are answered."]
    unknown: Annotated[int, "How many are unknown."]
    not_applicable: Annotated[int, "How many do not apply."]
    unscored: Annotated[int, "How many are shown and never scored."]


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One node above indicators in one reading. Indicators stand in the file of answers."""

    reading: Annotated[_ReadingPart, PART]
    node: Annotated[_NodePart, PART]
    figures: Annotated[_FiguresPart, PART]
    evidence_share: Annotated[Fraction | None, "The weight of the answers with a public document or more behind them."]

    @property
    def place(self) -> str:
        return self.reading.place


@dataclass(frozen=True, slots=True, eq=False)
class _RoundsPart:
    """What is the same for all nodes of two rounds."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    framework: Annotated[str, "The id of the framework."]
    version: Annotated[str, "Its version."]
    earlier: Annotated[str, "The id of the earlier assessment."]
    earlier_as_of: Annotated[datetime.date, "Its day."]
    later: Annotated[str, "The id of the later assessment."]
    later_as_of: Annotated[datetime.date, "Its day."]


@dataclass(frozen=True, slots=True, eq=False)
class _ChangedPart:
    """What is the same for all changes of a node."""

    construct: Annotated[Construct, "practice, outcome or plan."]
    node: Annotated[str, "The id of the node."]
    level: Annotated[str, f"dimension, criterion, group or {TOTAL}."]


@dataclass(frozen=True, slots=True)
class ProgressRow(WrittenOnce):
    """What changed at one node from the last but one round to the last."""

    rounds: Annotated[_RoundsPart, PART]
    changed: Annotated[_ChangedPart, PART]
    compared: Annotated[tuple[str, ...], "The indicators answered in both rounds with the same meaning."]
    not_renewed: Annotated[tuple[str, ...], "Those among them whose figure is of the same year in both rounds."]
    share: Annotated[Fraction, "The weight of the indicators compared, in the later round."]
    like_for_like: Annotated[Fraction | None, "The mean change of the indicators compared; left out: nothing compares."]
    like_for_like_points: Annotated[str | None, "The same in points with one decimal and a sign."]
    headline: Annotated[Fraction | None, "The change of the estimate; only where both rounds show a point."]
    coverage_effect: Annotated[Fraction | None, "headline less like_for_like: answers gained, dropped or silent."]

    @property
    def place(self) -> str:
        return self.rounds.place


def score_rows(portfolio: Portfolio, cards: Iterable[Scorecard]) -> Iterator[ScoreRow]:
    """A row for every node above indicators, in the order of the readings and of the framework."""
    for card in cards:
        framework = portfolio.framework(card.framework_id, card.framework_version)
        assert framework is not None  # the scorecard was made with it
        part = _ReadingPart(
            card.place, portfolio.places[card.place].demonstration, card.framework_id, card.framework_version,
            card.assessment, card.as_of,
        )
        evidence = card.evidence_shares()
        for construct in (*SCORED, Construct.PLAN):
            reading = card.reading(construct)
            if reading is not None:
                parts, total = _parts(framework, construct)
                for id_ in reading.nodes:
                    if id_ in parts:
                        yield _row(part, parts[id_], reading.nodes[id_], evidence[construct].get(id_, ZERO))
                if reading.total is not None:
                    yield _row(part, total, reading.total, reading.total.evidence_share)


def _row(reading: _ReadingPart, about: _NodePart, node: NodeReading, evidence: Fraction) -> ScoreRow:
    numbers = node.numbers
    return ScoreRow(reading, about, _figures(numbers, node.counts), None if numbers is None else evidence)


@found_again(most=200)
def _parts(framework: Framework, construct: Construct) -> tuple[Mapping[str, _NodePart], _NodePart]:
    """What rows say of each node above indicators, and of all of them."""
    return {
        node.id: _NodePart(construct, node.id, node.level.value, node.title)
        for node in framework.by_id.values() if node.level is not Level.INDICATOR
    }, _NodePart(construct, framework.id, TOTAL, framework.title)


@found_again(most=1_000)
def _figures(numbers: Numbers | None, counts: Counts) -> _FiguresPart:
    shown = show(numbers, counts)
    known = low = high = coverage = estimate = point = least = most = None
    if numbers is not None:
        known, low, high = numbers.known, numbers.low, numbers.high
        coverage, estimate = numbers.coverage, numbers.estimate
    if isinstance(shown, ShownPoint):
        point, least, most = shown.point, shown.low, shown.high
    elif isinstance(shown, ShownRange):
        least, most = shown.low, shown.high
    return _FiguresPart(
        known, low, high, coverage, estimate, shown.kind, point, least, most,
        shown.why if isinstance(shown, NoReading) else None,
        counts.answered, counts.unknown, counts.not_applicable, counts.unscored,
    )


def progress_rows(portfolio: Portfolio, readings: Readings, place_id: str) -> Iterator[ProgressRow]:
    """What changed at every node above indicators of one place; nothing where there is no earlier round."""
    for framework_id in readings.frameworks_of(place_id):
        change = readings.change(place_id, framework_id)
        if isinstance(change, Rounds):
            (_, earlier), (_, later) = readings.rounds(place_id, framework_id)[-2:]
            part = _RoundsPart(
                place_id, portfolio.places[place_id].demonstration, later.framework_id, later.framework_version,
                earlier.assessment or "", earlier.as_of, later.assessment or "", later.as_of,
            )
            framework = readings.framework_of(later)
            for construct, nodes in change.nodes.items():
                parts, total = _changed(framework, construct)
                for name in nodes:
                    if name in parts:  # a change is worked out when it is asked for
                        yield _progress(part, parts[name], nodes[name])
                if construct in change.totals:
                    yield _progress(part, total, change.totals[construct])


@found_again(most=200)
def _changed(framework: Framework, construct: Construct) -> tuple[Mapping[str, _ChangedPart], _ChangedPart]:
    """What rows say of each node above indicators of which there is a change, and of all of them."""
    return {
        node.id: _ChangedPart(construct, node.id, node.level.value)
        for node in framework.by_id.values() if node.level is not Level.INDICATOR
    }, _ChangedPart(construct, framework.id, TOTAL)


def _progress(rounds: _RoundsPart, changed: _ChangedPart, change: Change) -> ProgressRow:
    like, shown = change.like_for_like, change.headline_shown
    return ProgressRow(
        rounds, changed, change.compared, change.not_renewed, change.share, like,
        None if like is None else signed_points(like), change.headline if shown else None,
        change.coverage_effect if shown else None,
    )
