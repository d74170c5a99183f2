"""The scores of every node of every reading, exact and as shown, and what changed between a place's last two rounds."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from lcsite.model.framework import Construct, Framework, Level
from lcsite.model.portfolio import Portfolio
from lcsite.pages.readings import Readings
from lcsite.scoring.progress import Change
from lcsite.scoring.rounds import Rounds
from lcsite.scoring.scorecard import SCORED, NodeReading, Reading, Scorecard
from lcsite.scoring.showing import NoReading, ShownPoint, ShownRange, WhyEmpty, signed_points

__all__ = ["ProgressRow", "ScoreRow", "progress_rows", "score_rows"]

TOTAL = "total"


@dataclass(slots=True)  # not frozen, which takes three times as long: there are thousands
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


@dataclass(slots=True)
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
        framework = _framework(portfolio, card)
        for construct in (*SCORED, Construct.PLAN):
            reading = card.reading(construct)
            if reading is not None:
                for node, level in _nodes(framework, reading):
                    yield _score(portfolio, card, construct, node, level)


def _framework(portfolio: Portfolio, card: Scorecard) -> Framework:
    found = portfolio.framework(card.framework_id, card.framework_version)
    assert found is not None  # the scorecard was made with it
    return found


def _nodes(framework: Framework, reading: Reading) -> Iterator[tuple[NodeReading, str]]:
    for node in reading.nodes.values():
        level = framework.by_id[node.id].level
        if level is not Level.INDICATOR:
            yield node, level.value
    if reading.total is not None:
        yield reading.total, TOTAL


def _score(portfolio: Portfolio, card: Scorecard, construct: Construct, node: NodeReading, level: str) -> ScoreRow:
    framework, numbers, shown, counts = _framework(portfolio, card), node.numbers, node.shown, node.counts
    return ScoreRow(
        place=card.place, demonstration=portfolio.places[card.place].demonstration, framework=card.framework_id,
        version=card.framework_version, assessment=card.assessment, as_of=card.as_of, construct=construct, node=node.id,
        level=level, title=framework.title if level == TOTAL else framework.by_id[node.id].title,
        known=numbers.known if numbers else None, low=numbers.low if numbers else None,
        high=numbers.high if numbers else None, coverage=numbers.coverage if numbers else None, estimate=node.estimate,
        shown=shown.kind, shown_point=shown.point if isinstance(shown, ShownPoint) else None,
        shown_low=shown.low if isinstance(shown, ShownPoint | ShownRange) else None,
        shown_high=shown.high if isinstance(shown, ShownPoint | ShownRange) else None,
        why_no_reading=shown.why if isinstance(shown, NoReading) else None,
        answered=counts.answered, unknown=counts.unknown, not_applicable=counts.not_applicable,
        unscored=counts.unscored, evidence_share=node.evidence_share if numbers else None,
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
