"""The scores of every node of every reading, exact and as shown, and what changed between a place's last two rounds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Annotated

from lcsite.light_classes import dataclass
from lcsite.model.framework import Construct, Framework, Level
from lcsite.model.portfolio import Portfolio
from lcsite.pages.readings import Readings
from lcsite.scoring.progress import Change
from lcsite.scoring.rounds import Rounds
from lcsite.scoring.scorecard import SCORED, NodeReading, Reading, Scorecard
from lcsite.scoring.showing import NoReading, ShownPoint, ShownRange, WhyEmpty, signed_points

__all__ = ["ProgressRow", "ScoreRow", "progress_rows", "score_rows"]

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One node above indicators in one reading. Indicators stand in the file of answers."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    framework: Annotated[str, "The id of the framework."]
    version: Annotated[str, "Its version."]
    assessment: Annotated[str | None, "The id of the assessment; empty where only published figures were read."]
    as_of: Annotated[datetime.date, "The day for which the reading holds."]
    construct: Annotated[Construct, "practice (what is done), outcome (what has come of it); plan stands apart."]
    node: Annotated[str, "The id of the node; the framework's own id where level is total."]
    level: Annotated[str, f"dimension, criterion or group; {TOTAL} where the framework gives a reason for one."]
    title: Annotated[str, "The name of the node."]
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
    evidence_share: Annotated[Fraction | None, "The weight of the answers with a public document or more behind them."]


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """What changed at one node from the last but one round to the last."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    framework: Annotated[str, "The id of the framework."]
    version: Annotated[str, "Its version."]
    earlier: Annotated[str, "The id of the earlier assessment."]
    earlier_as_of: Annotated[datetime.date, "Its day."]
    later: Annotated[str, "The id of the later assessment."]
    later_as_of: Annotated[datetime.date, "Its day."]
    construct: Annotated[Construct, "practice, outcome or plan."]
    node: Annotated[str, "The id of the node."]
    level: Annotated[str, f"dimension, criterion, group or {TOTAL}."]
    compared: Annotated[tuple[str, ...], "The indicators answered in both rounds with the same meaning."]
    not_renewed: Annotated[tuple[str, ...], "Those among them whose figure is of the same year in both rounds."]
    share: Annotated[Fraction, "The weight of the indicators compared, in the later round."]
    like_for_like: Annotated[Fraction | None, "The mean change of the indicators compared; left out: nothing compares."]
    like_for_like_points: Annotated[str | None, "The same in points with one decimal and a sign."]
    headline: Annotated[Fraction | None, "The change of the estimate; only where both rounds show a point."]
    coverage_effect: Annotated[Fraction | None, "headline less like_for_like: answers gained, dropped or silent."]


def score_rows(portfolio: Portfolio, cards: Iterable[Scorecard]) -> Iterator[ScoreRow]:
    """A row for every node above indicators, in the order of the readings and of the framework."""
    for card in cards:
        framework = portfolio.framework(card.framework_id, card.framework_version)
        assert framework is not None  # the scorecard was made with it
        for construct in (*SCORED, Construct.PLAN):
            reading = card.reading(construct)
            if reading is not None:
                demonstration = portfolio.places[card.place].demonstration
                for node, level, title in _nodes(framework, reading):
                    yield _score(card, construct, node, level, title, demonstration=demonstration)


def _nodes(framework: Framework, reading: Reading) -> Iterator[tuple[NodeReading, str, str]]:
    """Nodes above indicators, with level and name."""
    for id_, node in reading.nodes.items():
        asked = framework.by_id[id_]
        if asked.level is not Level.INDICATOR:
            yield node, asked.level.value, asked.title
    if reading.total is not None:
        yield reading.total, TOTAL, framework.title


def _score(
    card: Scorecard, construct: Construct, node: NodeReading, level: str, title: str, *, demonstration: bool
) -> ScoreRow:
    numbers, shown, counts = node.numbers, node.shown, node.counts
    known = low = high = coverage = estimate = evidence = point = least = most = None
    if numbers is not None:
        known, low, high, coverage = numbers.known, numbers.low, numbers.high, numbers.coverage
        estimate, evidence = numbers.estimate, node.evidence_share
    if isinstance(shown, ShownPoint):
        point, least, most = shown.point, shown.low, shown.high
    elif isinstance(shown, ShownRange):
        least, most = shown.low, shown.high
    return ScoreRow(
        card.place, demonstration, card.framework_id, card.framework_version, card.assessment, card.as_of, construct,
        node.id, level, title, known, low, high, coverage, estimate, shown.kind, point, least, most,
        shown.why if isinstance(shown, NoReading) else None,
        counts.answered, counts.unknown, counts.not_applicable, counts.unscored, evidence,
    )


def progress_rows(portfolio: Portfolio, readings: Readings, place_id: str) -> Iterator[ProgressRow]:
    """What changed at every node above indicators of one place; nothing where there is no earlier round."""
    for framework_id in readings.frameworks_of(place_id):
        change = readings.change(place_id, framework_id)
        if isinstance(change, Rounds):
            (_, earlier), (_, later) = readings.rounds(place_id, framework_id)[-2:]
            framework = readings.framework_of(later)
            for construct, nodes in change.nodes.items():
                for name in nodes:
                    level = framework.by_id[name].level
                    if level is not Level.INDICATOR:  # a change is worked out when it is asked for
                        yield _progress(portfolio, earlier, later, construct, nodes[name], level.value)
                if construct in change.totals:
                    yield _progress(portfolio, earlier, later, construct, change.totals[construct], TOTAL)


def _progress(
    portfolio: Portfolio, earlier: Scorecard, later: Scorecard, construct: Construct, change: Change, level: str
) -> ProgressRow:
    like = change.like_for_like
    return ProgressRow(
        place=later.place, demonstration=portfolio.places[later.place].demonstration, framework=later.framework_id,
        version=later.framework_version, earlier=earlier.assessment or "", earlier_as_of=earlier.as_of,
        later=later.assessment or "", later_as_of=later.as_of, construct=construct, node=change.id, level=level,
        compared=tuple(item.id for item in change.items), not_renewed=change.not_renewed, share=change.share,
        like_for_like=like, like_for_like_points=None if like is None else signed_points(like),
        headline=change.headline if change.headline_shown else None,
        coverage_effect=change.coverage_effect if change.headline_shown else None,
    )
