"""A scorecard as pages show it: the rows of a profile, and for each criterion the whole working."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Assessment, Example, Observation
from lcsite.model.framework import Construct, Framework, Level, Node
from lcsite.pages import addresses
from lcsite.pages.answer_rows import AnswerRow, answer_rows
from lcsite.pages.drawing import Bar, Change, four_places, node_bar, per_cent
from lcsite.scoring.again import found_again
from lcsite.scoring.exact import ONE, ZERO
from lcsite.scoring.items import ItemReading
from lcsite.scoring.progress import Change as ExactChange
from lcsite.scoring.results import Answered, Numbers, Unknown
from lcsite.scoring.rounds import FirstRound, Rounds
from lcsite.scoring.scorecard import SCORED, NodeReading, Scorecard
from lcsite.scoring.sensitivity import Sensitivity
from lcsite.scoring.showing import ShownPoint, signed_points, whole_points

__all__ = [
    "Cell",
    "CriterionView",
    "ProfileGroup",
    "ProfileReading",
    "ProfileRow",
    "ReadingView",
    "SensitivityView",
    "criterion_views",
    "profile_readings",
]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    id: str
    title: str
    label: str
    address: str
    """The criterion on the scorecard page."""
    bar: Bar
    change: Change | None


@dataclass(frozen=True, slots=True)
class ProfileGroup:
    title: str
    """The dimension; empty where criteria stand at the root."""
    rows: tuple[ProfileRow, ...]


@dataclass(frozen=True, slots=True)
class ProfileReading:
    """One construct's profile, in the framework's own order, without a total."""

    construct: str
    groups: tuple[ProfileGroup, ...]
    answered: int
    clearly: int
    partly: int
    not_enough: int
    empty: int

    @property
    def criteria(self) -> int:
        return self.clearly + self.partly + self.not_enough


@dataclass(frozen=True, slots=True)
class Cell:
    """One question: `yes`, `no`, `plan`, `ask` or `na`; `evidence` where a public document or more stands behind it."""

    state: str
    evidence: bool


@dataclass(frozen=True, slots=True)
class SensitivityView:
    """How far declared choices move the point, in whole points."""

    low: int
    high: int
    most: str
    most_low: int
    most_high: int


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One construct's reading of one criterion."""

    construct: str
    bar: Bar
    about: str
    """About how much is in place, as a word key: `nothing`, `tenth` ... `all`; empty where no point is shown."""
    about_low: str
    about_high: str
    cells: tuple[Cell, ...]
    evidence_share: int
    change: Change | None
    rows: tuple[AnswerRow, ...]
    known: str
    coverage: str
    estimate: str
    low: str
    high: str
    geometric: int | None
    sensitivity: SensitivityView | None
    equal_weights: bool


@dataclass(frozen=True, slots=True)
class CriterionView:
    id: str
    anchor: str
    label: str
    title: str
    dimension: str
    gist: str
    address: str
    """The criterion's own page; empty where the version that is shown no longer has it."""
    readings: tuple[ReadingView, ...]
    other_rows: tuple[AnswerRow, ...]
    """Answers of other constructs (plans, beliefs, priorities): shown, never in the score."""
    example: Example | None
    unverified: bool


_OTHER = frozenset({*Construct, None} - {*SCORED})
"""Plans, beliefs, priorities and what has no construct: shown, never in the score."""

_ABOUT = tuple(
    (border.numerator, border.denominator, word)
    for border, word in (
        (Fraction(0), "nothing"),
        (Fraction(1, 8), "little"),
        (Fraction(3, 10), "quarter"),
        (Fraction(5, 12), "third"),
        (Fraction(7, 12), "half"),
        (Fraction(17, 24), "two-thirds"),
        (Fraction(7, 8), "three-quarters"),
        (Fraction(99, 100), "nearly-all"),
    )
)


def about(value: Fraction) -> str:
    """A share in everyday words: the largest named share whose upper border is not passed."""
    above, below = value.numerator, value.denominator
    return next((word for top, bottom, word in _ABOUT if above * bottom <= top * below), "all")


def profile_readings(
    framework: Framework, card: Scorecard, change: Rounds | FirstRound | None
) -> tuple[ProfileReading, ...]:
    """The profile of each construct that feeds a scorecard."""
    found = []
    for reading in card.readings:
        groups: dict[str, list[ProfileRow]] = {}
        for node in framework.criteria:
            if node.id in reading.nodes:
                exact = reading.nodes[node.id]
                above = framework.ancestors[node.id]
                groups.setdefault(above[-1].title if above else "", []).append(
                    ProfileRow(
                        node.id,
                        node.title,
                        node.label or "",
                        addresses.scorecard(card.place, framework.id, node=node.id),
                        node_bar(exact.numbers, exact.counts),
                        _change(change, reading.construct, exact),
                    )
                )
        rows = [row for group in groups.values() for row in group]
        states = [row.bar.shown.kind for row in rows]
        found.append(
            ProfileReading(
                reading.construct.value,
                tuple(ProfileGroup(title, tuple(rows)) for title, rows in groups.items()),
                answered=reading.counts.answered,
                clearly=states.count("point"),
                partly=states.count("range"),
                not_enough=states.count("not-enough-known"),
                empty=states.count("no-reading"),
            )
        )
    return tuple(found)


def criterion_views(
    framework: Framework,
    card: Scorecard,
    assessment: Assessment | None,
    profile: tuple[ProfileReading, ...],
    observations: tuple[Observation, ...],
    *,
    shown: Framework,
) -> tuple[CriterionView, ...]:
    """Every criterion about which the place was asked anything, with its working.

    `framework` is the version by which the place was read, `shown` the one whose pages the site has; `profile` is what
    `profile_readings` made of the same scorecard, so that both show the same.
    """
    drawn = {
        (reading.construct, row.id): row for reading in profile for group in reading.groups for row in group.rows
    }
    return tuple(
        view
        for node in framework.criteria
        if (view := _criterion(framework, node, card, assessment, drawn, observations, shown)) is not None
    )


def _criterion(
    framework: Framework,
    node: Node,
    card: Scorecard,
    assessment: Assessment | None,
    drawn: Mapping[tuple[str, str], ProfileRow],
    observations: tuple[Observation, ...],
    shown: Framework,
) -> CriterionView | None:
    asked = [child for child in node.walk() if child.id in card.items]
    if not asked:
        return None
    readings = []
    for construct in SCORED:
        reading = card.reading(construct)
        exact = reading.nodes.get(node.id) if reading else None
        if exact is not None:
            rows = tuple(answer_rows(framework, node, card, exact, assessment, observations, {construct}))
            readings.append(_reading(construct, exact, rows, card, drawn[construct.value, node.id]))
    above = framework.ancestors[node.id]
    has_other = any(card.items[child.id].construct not in SCORED for child in asked)
    return CriterionView(
        id=node.id,
        anchor=addresses.anchor(node.id),
        label=node.label or "",
        title=node.title,
        dimension=above[-1].title if above else "",
        gist=node.gist or "",
        address=_page_of(framework, node, shown),
        readings=tuple(readings),
        other_rows=tuple(
            row
            for row in answer_rows(framework, node, card, None, assessment, observations, _OTHER)
            if not row.is_group
        )
        if has_other
        else (),
        example=_example(framework, node, assessment),
        unverified=any(framework.is_unverified(n.id) for n in asked),
    )


def _page_of(framework: Framework, node: Node, shown: Framework) -> str:
    now = node.id if framework is shown else shown.became(node.id, since=framework.version)
    is_there = now is not None and shown.by_id[now].level is Level.CRITERION
    return addresses.criterion(shown.id, now) if now is not None and is_there else ""


def _example(framework: Framework, node: Node, assessment: Assessment | None) -> Example | None:
    if assessment is None:
        return None
    return next((assessment.examples[n.id] for n in node.walk() if n.id in assessment.examples), None)


class _Figures(NamedTuple):
    """The numbers of a node as the working shows them; empty where there are none."""

    known: str = ""
    coverage: str = ""
    estimate: str = ""
    low: str = ""
    high: str = ""


@found_again(most=4_000)
def _figures(numbers: Numbers) -> _Figures:
    return _Figures(
        four_places(numbers.known),
        four_places(numbers.coverage),
        "" if numbers.estimate is None else four_places(numbers.estimate),
        four_places(numbers.low),
        four_places(numbers.high),
    )


@found_again(most=4_000)
def _moved(moved: Sensitivity) -> SensitivityView:
    most = moved.most_influential
    return SensitivityView(
        whole_points(moved.together.low),
        whole_points(moved.together.high),
        most.value if most else "",
        whole_points(moved.of(most).low) if most else 0,
        whole_points(moved.of(most).high) if most else 0,
    )


def _reading(
    construct: Construct,
    exact: NodeReading,
    rows: tuple[AnswerRow, ...],
    card: Scorecard,
    drawn: ProfileRow,
) -> ReadingView:
    numbers = exact.numbers
    point = exact.estimate if isinstance(exact.shown, ShownPoint) else None
    working = exact.working
    weights = [line.weight for line in working if line.weight is not None]
    moved = exact.sensitivity
    figures = _figures(numbers) if numbers else _Figures()
    return ReadingView(
        construct=construct.value,
        bar=drawn.bar,
        about=about(point) if point is not None else "",
        about_low=about(numbers.low) if numbers and point is None else "",
        about_high=about(numbers.high) if numbers and point is None else "",
        cells=tuple([_cell(card.items[line.id]) for line in working]),
        evidence_share=whole_points(exact.evidence_share),
        change=drawn.change,
        rows=rows,
        known=figures.known,
        coverage=figures.coverage,
        estimate=figures.estimate,
        low=figures.low,
        high=figures.high,
        geometric=None if moved is None else whole_points(moved.geometric_mean),
        sensitivity=None if moved is None else _moved(moved),
        equal_weights=weights.count(weights[0]) == len(weights) if weights else True,
    )


def _cell(item: ItemReading) -> Cell:
    if isinstance(item.state, Answered):
        evidence = item.grade is not None and item.grade.number >= 2
        return _CELLS["yes" if item.state.high else "no", evidence]
    return _CELLS["ask" if isinstance(item.state, Unknown) else "na", False]


_CELLS = {
    (state, evidence): Cell(state, evidence) for state in ("yes", "no", "ask", "na") for evidence in (False, True)
}


def _change(change: Rounds | FirstRound | None, construct: Construct, node: NodeReading) -> Change | None:
    if change is None:
        return None
    if isinstance(change, FirstRound):
        return Change("first", "", None, None, 0, None, None, "0", "0", "0", "0")
    exact: ExactChange | None = change.nodes.get(construct, {}).get(node.id)
    if exact is None or exact.like_for_like is None:
        return Change("none", "", None, None, 0, None, None, "0", "0", "0", "0")
    like = signed_points(exact.like_for_like)
    kind = "same" if like == "0.0" else "up" if exact.like_for_like.numerator > 0 else "down"
    if not exact.headline_shown or exact.headline is None or exact.coverage_effect is None or node.estimate is None:
        return Change(kind, like, None, None, len(exact.items), None, None, "0", "0", "0", "0")
    now = node.estimate
    before = now - exact.headline
    between = _within(before + exact.like_for_like)
    like_at, like_end = (before, between) if before <= between else (between, before)
    view_at, view_end = (between, now) if between <= now else (now, between)
    return Change(
        kind,
        like,
        signed_points(exact.headline),
        signed_points(exact.coverage_effect),
        len(exact.items),
        per_cent(before),
        per_cent(now),
        per_cent(like_at),
        per_cent(like_end - like_at),
        per_cent(view_at),
        per_cent(view_end - view_at),
    )


def _within(value: Fraction) -> Fraction:
    """The nearest value from 0 to 1."""
    return ZERO if value.numerator < 0 else ONE if value.numerator > value.denominator else value
