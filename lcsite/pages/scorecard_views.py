"""A scorecard as pages show it: rows of a profile, and for each criterion the whole working, ready to be read by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from lcsite.model.assessment import Answer, Assessment, Evidence, Example, Observation
from lcsite.model.framework import Construct, Framework, Level, Node
from lcsite.model.scale import AnswersScale, BandsScale, OrdinalScale, Scale
from lcsite.model.words import Source
from lcsite.pages import addresses
from lcsite.pages.drawing import Bar, Change, four_places, leaf_bar, node_bar, per_cent
from lcsite.scoring.items import FromSeries, ItemReading
from lcsite.scoring.progress import Change as ExactChange
from lcsite.scoring.results import Answered, NotApplicable, Unknown, Unscored
from lcsite.scoring.rounds import FirstRound, Rounds
from lcsite.scoring.scorecard import SCORED, NodeReading, Scorecard
from lcsite.scoring.showing import ShownPoint, signed_points, whole_points

__all__ = [
    "AnswerRow", "Cell", "CriterionView", "PairView", "ProfileGroup", "ProfileReading", "ProfileRow", "ReadingView",
    "SensitivityView", "criterion_views", "pair_views", "profile_readings",
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
class AnswerRow:
    """One answered or open question with everything that the working shows."""

    id: str
    anchor: str
    label: str
    title: str
    depth: int
    is_group: bool
    kind: str
    """`answered`, `unknown`, `not-applicable`, `unscored`; for a group its share of the weight."""
    written: str
    meaning: str
    """What the step is called on the scale."""
    reason: str
    because: str
    note: str
    year: str
    grade: str
    flags: tuple[str, ...]
    worth: str
    low: str
    high: str
    weight: str
    product: str
    evidence: tuple[Evidence, ...]
    source: Source | None
    check: str
    scope: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class SensitivityView:
    """How far declared choices move the point, in whole points."""

    low: int
    high: int
    most: str
    most_low: int
    most_high: int
    rows: tuple[tuple[str, int, int], ...]


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
    """The criterion's own page."""
    readings: tuple[ReadingView, ...]
    other_rows: tuple[AnswerRow, ...]
    """Answers of other constructs (plans, beliefs, priorities): shown, never in the score."""
    example: Example | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class PairView:
    """How far a place has come on its own road, for one indicator; positions in per cent of the longer road."""

    title: str
    criterion: str
    address: str
    now: str
    start: str
    reach: str
    potential: str
    now_at: str
    reach_at: str
    available: int | None
    potential_share: int | None
    why_available: str
    why_potential: str
    flags: tuple[str, ...]
    least: bool
    because: str


_ABOUT = (
    (Fraction(0), "nothing"), (Fraction(1, 8), "little"), (Fraction(3, 10), "quarter"), (Fraction(5, 12), "third"),
    (Fraction(7, 12), "half"), (Fraction(17, 24), "two-thirds"), (Fraction(7, 8), "three-quarters"),
    (Fraction(99, 100), "nearly-all"),
)


def about(value: Fraction) -> str:
    """A share in everyday words: the largest named share whose upper border is not passed."""
    return next((word for border, word in _ABOUT if value <= border), "all")


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
                groups.setdefault(above[-1].title if above else "", []).append(ProfileRow(
                    node.id, node.title, node.label or "", addresses.scorecard(card.place, framework.id, node=node.id),
                    node_bar(exact.numbers, exact.counts), _change(change, reading.construct, exact),
                ))
        rows = [row for group in groups.values() for row in group]
        states = [row.bar.shown.kind for row in rows]
        found.append(ProfileReading(
            reading.construct.value, tuple(ProfileGroup(title, tuple(rows)) for title, rows in groups.items()),
            answered=reading.counts.answered, clearly=states.count("point"), partly=states.count("range"), not_enough=states.count("not-enough-known"),
            empty=states.count("no-reading"),
        ))
    return tuple(found)


def criterion_views(
    framework: Framework, card: Scorecard, assessment: Assessment | None, change: Rounds | FirstRound | None,
    observations: tuple[Observation, ...],
) -> tuple[CriterionView, ...]:
    """Every criterion about which the place was asked anything, with its working."""
    return tuple(
        view for node in framework.criteria
        if (view := _criterion(framework, node, card, assessment, change, observations)) is not None
    )


def pair_views(framework: Framework, card: Scorecard, assessment: Assessment | None) -> tuple[PairView, ...]:
    """The resource pairs of an assessment, in the framework's order."""
    found = []
    for item in card.items.values():
        answer = assessment.answers.get(item.id) if assessment else None
        if item.resources is None or answer is None or answer.resources is None:
            continue
        levels = answer.resources
        end = levels.potential if levels.potential is not None else levels.within_reach
        span = Fraction(end) - Fraction(levels.start)
        now = _number(answer.value)
        criterion = framework.criterion_of(item.id)
        pair = item.resources

        def at(value: Fraction | None, span: Fraction = span, start: Fraction = Fraction(levels.start)) -> str:
            if value is None or span == 0:
                return "0"
            return per_cent(min(max((value - start) / span, Fraction(0)), Fraction(1)))

        found.append(PairView(
            title=framework.by_id[item.id].title, criterion=criterion.title if criterion else "",
            address=addresses.scorecard(card.place, framework.id, node=item.id), now=answer.value or "",
            start=str(levels.start), reach=str(levels.within_reach),
            potential="" if levels.potential is None else str(levels.potential), now_at=at(now),
            reach_at=at(Fraction(levels.within_reach)),
            available=whole_points(pair.available) if isinstance(pair.available, Fraction) else None,
            potential_share=whole_points(pair.potential) if isinstance(pair.potential, Fraction) else None,
            why_available="" if isinstance(pair.available, Fraction) else pair.available.value,
            why_potential="" if isinstance(pair.potential, Fraction) else pair.potential.value,
            flags=tuple(flag.value for flag in pair.flags), least=pair.from_range, because=levels.because,
        ))
    return tuple(found)


def _number(text: str | None) -> Fraction | None:
    try:
        return Fraction(text) if text else None
    except ValueError:
        return None


def _criterion(
    framework: Framework, node: Node, card: Scorecard, assessment: Assessment | None,
    change: Rounds | FirstRound | None, observations: tuple[Observation, ...],
) -> CriterionView | None:
    asked = [child for child in node.walk() if child.id in card.items]
    if not asked:
        return None
    readings = []
    for construct in SCORED:
        reading = card.reading(construct)
        exact = reading.nodes.get(node.id) if reading else None
        if exact is not None:
            rows = tuple(_rows(framework, node, card, exact, assessment, observations, {construct}))
            readings.append(_reading(construct, exact, rows, card, change))
    other = {c for c in Construct if c not in SCORED}
    above = framework.ancestors[node.id]
    return CriterionView(
        id=node.id, anchor=addresses.anchor(node.id), label=node.label or "", title=node.title,
        dimension=above[-1].title if above else "", gist=node.gist or "",
        address=addresses.criterion(framework.id, node.id), readings=tuple(readings),
        other_rows=tuple(
            row for row in _rows(framework, node, card, None, assessment, observations, {*other, None})
            if not row.is_group
        ),
        example=_example(framework, node, assessment), unverified=any(framework.is_unverified(n.id) for n in asked),
    )


def _example(framework: Framework, node: Node, assessment: Assessment | None) -> Example | None:
    if assessment is None:
        return None
    return next((assessment.examples[n.id] for n in node.walk() if n.id in assessment.examples), None)


def _reading(
    construct: Construct, exact: NodeReading, rows: tuple[AnswerRow, ...], card: Scorecard,
    change: Rounds | FirstRound | None,
) -> ReadingView:
    numbers = exact.numbers
    point = exact.estimate if isinstance(exact.shown, ShownPoint) else None
    weights = {line.weight for line in exact.working if line.weight is not None}
    moved = exact.sensitivity
    return ReadingView(
        construct=construct.value, bar=node_bar(numbers, exact.counts),
        about=about(point) if point is not None else "",
        about_low=about(numbers.low) if numbers and point is None else "",
        about_high=about(numbers.high) if numbers and point is None else "",
        cells=tuple(_cell(card.items[line.id]) for line in exact.working),
        evidence_share=whole_points(exact.evidence_share),
        change=_change(change, construct, exact), rows=rows,
        known=four_places(numbers.known) if numbers else "", coverage=four_places(numbers.coverage) if numbers else "",
        estimate=four_places(exact.estimate) if exact.estimate is not None else "",
        low=four_places(numbers.low) if numbers else "", high=four_places(numbers.high) if numbers else "",
        geometric=whole_points(exact.geometric_mean) if point is not None and exact.geometric_mean is not None else None,
        sensitivity=None if moved is None else SensitivityView(
            whole_points(moved.together.low), whole_points(moved.together.high),
            moved.most_influential.value if moved.most_influential else "",
            whole_points(moved.of(moved.most_influential).low) if moved.most_influential else 0,
            whole_points(moved.of(moved.most_influential).high) if moved.most_influential else 0,
            tuple((choice.value, whole_points(span.low), whole_points(span.high)) for choice, span in moved.alone),
        ),
        equal_weights=len(weights) <= 1,
    )


def _cell(item: ItemReading) -> Cell:
    evidence = item.grade is not None and item.grade.number >= 2
    if isinstance(item.state, Answered):
        return Cell("no" if item.state.high == 0 else "yes", evidence)
    if isinstance(item.state, Unknown):
        return Cell("ask", False)
    return Cell("na", False)


def _rows(
    framework: Framework, node: Node, card: Scorecard, exact: NodeReading | None, assessment: Assessment | None,
    observations: tuple[Observation, ...], constructs: set[Construct] | set[Construct | None],
) -> Iterator[AnswerRow]:
    working = {line.id: line for line in exact.working} if exact else {}
    depth_here = len(framework.ancestors[node.id])
    for child in node.walk():
        depth = len(framework.ancestors[child.id]) - depth_here - 1
        if child.id == node.id and child.level is not Level.INDICATOR:
            continue
        if child.level is not Level.INDICATOR:
            if any(n.id in card.items and card.items[n.id].construct in constructs for n in child.walk()):
                yield _group_row(framework, child, depth)
            continue
        item = card.items.get(child.id)
        if item is None or item.construct not in constructs:
            continue
        line = working.get(child.id)
        answer = assessment.answers.get(child.id) if assessment else None
        figure = observations[item.origin.index] if isinstance(item.origin, FromSeries) else None
        yield _answer_row(framework, child, depth, item, answer, figure,
                          line.weight if line else None, line.product if line else None)


def _group_row(framework: Framework, node: Node, depth: int) -> AnswerRow:
    return AnswerRow(
        id=node.id, anchor=addresses.anchor(node.id), label=node.label or "", title=node.title, depth=depth, is_group=True,
        kind="group", written="", meaning="", reason="", because="", note=node.note or "", year="", grade="", flags=(),
        worth="", low="", high="", weight="", product="", evidence=(), source=None, check="", scope="",
        unverified=framework.is_unverified(node.id),
    )


def _answer_row(
    framework: Framework, node: Node, depth: int, item: ItemReading, answer: Answer | None, figure: Observation | None,
    weight: Fraction | None, product: Fraction | None,
) -> AnswerRow:
    state = item.state
    worth = low = high = reason = because = ""
    if isinstance(state, Answered):
        worth, low, high = four_places(state.u), four_places(state.low), four_places(state.high)
    elif isinstance(state, Unknown):
        reason, low, high = state.reason.value, "0", "1"
    elif isinstance(state, NotApplicable):
        reason, because = state.reason.value, state.because or ""
    elif isinstance(state, Unscored):
        reason = state.reason.value
    written = item.written or (_figure_words(figure) if figure else "")
    unit = node.measure.unit if node.measure else ""
    return AnswerRow(
        id=node.id, anchor=addresses.anchor(node.id), label=node.label or "", title=node.title, depth=depth,
        is_group=False, kind=state.kind, written=f"{written} {unit}".strip() if figure else written,
        meaning=_step_words(framework.scale_of(node.id), item.written or ""), reason=reason, because=because,
        note="; ".join(filter(None, [
            (answer.because or "") if answer else "", (answer.note or "") if answer else "",
            (figure.note or "") if figure else "", (figure.derived or "") if figure else "",
        ])),
        year=str(item.year) if item.year else "", grade=item.grade.value if item.grade else "",
        flags=tuple(flag.value for flag in item.flags), worth=worth, low=low, high=high,
        weight=four_places(weight) if weight is not None else "", product=four_places(product) if product is not None else "",
        evidence=answer.evidence if answer else (), source=figure.source if figure else None,
        check=(figure.check or "") if figure else "", scope=(figure.scope or "") if figure else "",
        unverified=framework.is_unverified(node.id),
    )


def _figure_words(figure: Observation) -> str:
    if figure.k is not None:
        return f"{figure.k} / {figure.n}"
    if figure.value is not None:
        return f"{figure.value}"
    low = "" if figure.low is None else f"{figure.low}"
    high = "" if figure.high is None else f"{figure.high}"
    return f"{low} … {high}".strip()


def _step_words(scale: Scale | None, written: str) -> str:
    """What the written step is called on its scale; for a range of steps, the least of it."""
    if isinstance(scale, OrdinalScale | AnswersScale):
        least = written.removeprefix("at least ").split(" to ")[0].casefold()
        return next((step.label or "" for step in scale.steps if step.value.casefold() == least), "")
    if isinstance(scale, BandsScale) and scale.labels and written.isdecimal() and 1 <= int(written) <= scale.count:
        return scale.labels[int(written) - 1]
    return ""


def _change(change: Rounds | FirstRound | None, construct: Construct, node: NodeReading) -> Change | None:
    if change is None:
        return None
    if isinstance(change, FirstRound):
        return Change("first", "", None, None, 0, None, None, "0", "0", "0", "0")
    exact: ExactChange | None = change.nodes.get(construct, {}).get(node.id)
    if exact is None or exact.like_for_like is None:
        return Change("none", "", None, None, 0, None, None, "0", "0", "0", "0")
    like = signed_points(exact.like_for_like)
    kind = "same" if like == "0.0" else "up" if exact.like_for_like > 0 else "down"
    if not exact.headline_shown or exact.headline is None or exact.coverage_effect is None or node.estimate is None:
        return Change(kind, like, None, None, len(exact.items), None, None, "0", "0", "0", "0")
    now = node.estimate
    before = now - exact.headline
    between = min(max(before + exact.like_for_like, Fraction(0)), Fraction(1))
    like_at, view_at = min(before, between), min(between, now)
    return Change(
        kind, like, signed_points(exact.headline), signed_points(exact.coverage_effect), len(exact.items),
        per_cent(before), per_cent(now), per_cent(like_at), per_cent(abs(between - before)),
        per_cent(view_at), per_cent(abs(now - between)),
    )


def leaf_bar_of(item: ItemReading) -> Bar:
    """The bar of one answer of a scorecard."""
    return leaf_bar(item.state, frozenset(item.flags))
