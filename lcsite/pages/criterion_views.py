"""A criterion as a scorecard page shows it: what is known of it, every answer, and the whole working."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Assessment, Example, Observation
from lcsite.model.framework import Construct, Framework, Level, Node
from lcsite.pages import addresses
from lcsite.pages.answer_rows import AnswerRow, answer_rows, asked_below
from lcsite.pages.drawing import Bar, Change, four_places
from lcsite.pages.scorecard_views import ProfileReading, ProfileRow
from lcsite.scoring.again import found_again
from lcsite.scoring.items import ItemReading
from lcsite.scoring.questions import questions_of
from lcsite.scoring.results import Answered, Numbers, Unknown
from lcsite.scoring.scorecard import SCORED, NodeReading, Scorecard
from lcsite.scoring.sensitivity import Sensitivity
from lcsite.scoring.showing import ShownPoint, whole_points
from lcsite.scoring.tree import WorkingLine

__all__ = [
    "Cell",
    "CriterionHead",
    "CriterionView",
    "Measured",
    "ReadingView",
    "SensitivityView",
    "about",
    "criterion_views",
    "in_a_row",
]

T = TypeVar("T")


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
class Measured:
    """What the numbers of a criterion say: the same object wherever they are the same, so that it is drawn once."""

    bar: Bar
    about: str
    """About how much is in place, as a word key: `nothing`, `tenth` ... `all`; empty where no point is shown."""
    about_low: str
    about_high: str
    known: str
    coverage: str
    estimate: str
    low: str
    high: str
    geometric: int | None
    sensitivity: SensitivityView | None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """One construct's reading of one criterion."""

    construct: str
    measured: Measured
    cells: tuple[Cell, ...]
    evidence_share: int
    change: Change | None
    rows: tuple[AnswerRow, ...]
    equal_weights: bool


@dataclass(frozen=True, slots=True)
class CriterionHead:
    """What a criterion is, whoever is read: the same object for every place."""

    id: str
    anchor: str
    label: str
    title: str
    dimension: str
    address: str
    """The criterion's own page; empty where the version that is shown no longer has it."""
    unverified: bool


@dataclass(frozen=True, slots=True)
class CriterionView:
    head: CriterionHead
    readings: tuple[ReadingView, ...]
    other_rows: tuple[AnswerRow, ...]
    """Answers of other constructs (plans, beliefs, priorities): shown, never in the score."""
    example: Example | None


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
        (reading.construct, row.criterion.id): row
        for reading in profile for group in reading.groups for row in group.rows
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
    head = _head(framework, node, shown)
    if head is None:
        return None
    readings = []
    for construct, reading in zip(SCORED, (card.practice, card.outcome), strict=True):
        exact = reading.nodes.get(node.id) if reading else None
        if exact is not None:
            working = exact.working
            rows = answer_rows(
                asked_below(framework, node, construct), framework, card, {line.id: line for line in working},
                assessment, observations,
            )
            readings.append(_reading(construct, exact, working, rows, card, drawn[construct.value, node.id]))
    other = tuple([asked for asked in asked_below(framework, node, None) if not asked.is_group])
    return CriterionView(
        head=head,
        readings=tuple(readings),
        other_rows=answer_rows(other, framework, card, {}, assessment, observations) if other else (),
        example=_example(node, assessment),
    )


@found_again(most=4_000)
def _head(framework: Framework, node: Node, shown: Framework) -> CriterionHead | None:
    """None where a place is not asked anything about the criterion."""
    questions = questions_of(framework)
    asked = [child.id for child in node.walk() if child.id in questions]
    if not asked:
        return None
    above = framework.ancestors[node.id]
    return CriterionHead(
        id=node.id,
        anchor=addresses.anchor(node.id),
        label=node.label or "",
        title=node.title,
        dimension=above[-1].title if above else "",
        address=_page_of(framework, node, shown),
        unverified=any(map(framework.is_unverified, asked)),
    )


def _page_of(framework: Framework, node: Node, shown: Framework) -> str:
    now = node.id if framework is shown else shown.became(node.id, since=framework.version)
    is_there = now is not None and shown.by_id[now].level is Level.CRITERION
    return addresses.criterion(shown.id, now) if now is not None and is_there else ""


def _example(node: Node, assessment: Assessment | None) -> Example | None:
    if assessment is None or not assessment.examples:
        return None
    return next((assessment.examples[n.id] for n in node.walk() if n.id in assessment.examples), None)


def _moved(moved: Sensitivity) -> SensitivityView:
    most = moved.most_influential
    return SensitivityView(
        whole_points(moved.together.low),
        whole_points(moved.together.high),
        most.value if most else "",
        whole_points(moved.of(most).low) if most else 0,
        whole_points(moved.of(most).high) if most else 0,
    )


@found_again(most=4_000)
def _measured(bar: Bar, numbers: Numbers | None, moved: Sensitivity | None) -> Measured:
    point = numbers.estimate if numbers and isinstance(bar.shown, ShownPoint) else None
    known, coverage, estimate, low, high = (
        "" if number is None else four_places(number)
        for number in (
            (numbers.known, numbers.coverage, numbers.estimate, numbers.low, numbers.high) if numbers else (None,) * 5
        )
    )
    return Measured(
        bar=bar,
        about=about(point) if point is not None else "",
        about_low=about(numbers.low) if numbers and point is None else "",
        about_high=about(numbers.high) if numbers and point is None else "",
        known=known,
        coverage=coverage,
        estimate=estimate,
        low=low,
        high=high,
        geometric=None if moved is None else whole_points(moved.geometric_mean),
        sensitivity=None if moved is None else _moved(moved),
    )


@found_again(most=4_000)
def in_a_row(*things: T) -> tuple[T, ...]:
    """The same object for the same things in the same order, so that what shows all of them is drawn once."""
    return things


def _reading(
    construct: Construct,
    exact: NodeReading,
    working: tuple[WorkingLine, ...],
    rows: tuple[AnswerRow, ...],
    card: Scorecard,
    drawn: ProfileRow,
) -> ReadingView:
    weights = [line.weight for line in working if line.weight is not None]
    return ReadingView(
        construct=construct.value,
        measured=_measured(drawn.bar, exact.numbers, exact.sensitivity),
        cells=in_a_row(*[_cell(card.items[line.id]) for line in working]),
        evidence_share=whole_points(exact.evidence_share),
        change=drawn.change,
        rows=rows,
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
