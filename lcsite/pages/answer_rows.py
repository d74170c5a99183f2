"""The rows of a working: every question with its answer, source, year, worth, weight and product, ready to be read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Answer, Assessment, Evidence, Observation
from lcsite.model.framework import Construct, Framework, Level, Node
from lcsite.model.scale import AnswersScale, BandsScale, OrdinalScale, Scale
from lcsite.model.words import Source
from lcsite.pages import addresses
from lcsite.pages.drawing import ItemBar, four_places, item_bar
from lcsite.scoring.again import found_again
from lcsite.scoring.exact import product as product_of
from lcsite.scoring.items import FromSeries, ItemReading
from lcsite.scoring.questions import questions_of
from lcsite.scoring.results import Answered, NotApplicable, Unknown, Unscored
from lcsite.scoring.scorecard import NodeReading, Scorecard
from lcsite.scoring.tree import WorkingLine

__all__ = ["AnswerRow", "answer_rows", "figure_words"]


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
    bar: ItemBar | None = None
    """Of a published figure, and of an answer that no longer counts: where it lies on its scale."""
    once: str = ""
    """What a figure that no longer counts would be worth."""


def answer_rows(
    framework: Framework,
    node: Node,
    card: Scorecard,
    exact: NodeReading | None,
    assessment: Assessment | None,
    observations: tuple[Observation, ...],
    constructs: Collection[Construct | None],
) -> Iterator[AnswerRow]:
    """The rows below a node for the given constructs, groups before what they gather, in the framework's order."""
    working = {line.id: line for line in exact.working} if exact else {}
    depth_here = len(framework.ancestors[node.id])
    for child in node.walk():
        if child.level is not Level.INDICATOR:
            if child.id != node.id and any(_is_of(card.items.get(n.id), constructs) for n in child.walk()):
                yield _group_row(framework, child, len(framework.ancestors[child.id]) - depth_here - 1)
            continue
        item = card.items.get(child.id)
        if item is None or not _is_of(item, constructs):
            continue
        line = working.get(child.id)
        answer = assessment.answers.get(child.id) if assessment else None
        figure = observations[item.origin.index] if isinstance(item.origin, FromSeries) else None
        depth = len(framework.ancestors[child.id]) - depth_here - 1
        yield _answer_row(framework, child, depth, item, answer, figure, line)


def _is_of(item: ItemReading | None, constructs: Collection[Construct | None]) -> bool:
    return item is not None and item.construct in constructs


def _group_row(framework: Framework, node: Node, depth: int) -> AnswerRow:
    return AnswerRow(
        id=node.id,
        anchor=addresses.anchor(node.id),
        label=node.label or "",
        title=node.title,
        depth=depth,
        is_group=True,
        kind="group",
        written="",
        meaning="",
        reason="",
        because="",
        note=node.note or "",
        year="",
        grade="",
        flags=(),
        worth="",
        low="",
        high="",
        weight="",
        product="",
        evidence=(),
        source=None,
        check="",
        scope="",
        unverified=framework.is_unverified(node.id),
    )


def _answer_row(
    framework: Framework,
    node: Node,
    depth: int,
    item: ItemReading,
    answer: Answer | None,
    figure: Observation | None,
    line: WorkingLine | None,
) -> AnswerRow:
    state = item.state
    worth = low = high = reason = because = once = weight = product = ""
    if line is not None and line.weight is not None and line.known is not None:
        weight, product = _weighed(line.weight, line.known)
    if isinstance(state, Answered):
        worth, low, high = _worth(state)
    elif isinstance(state, Unknown):
        reason, low, high = state.reason.value, "0", "1"
        once = four_places(state.once.u) if state.once else ""
    elif isinstance(state, NotApplicable):
        reason, because = state.reason.value, state.because or ""
    elif isinstance(state, Unscored):
        reason = state.reason.value
    written = item.written or ""
    if figure:
        written = f"{written or figure_words(figure)} {node.measure.unit if node.measure else ''}".strip()
    notes = [answer.because, answer.note] if answer else []
    notes += [figure.note, figure.derived] if figure else []
    return AnswerRow(
        id=node.id,
        anchor=addresses.anchor(node.id),
        label=node.label or "",
        title=node.title,
        depth=depth,
        is_group=False,
        kind=state.kind,
        written=written,
        meaning=_step_words(questions_of(framework)[node.id].scale, item.written) if item.written else "",
        reason=reason,
        because=because,
        note="; ".join(filter(None, notes)),
        year=str(item.year) if item.year else "",
        grade=item.grade.value if item.grade else "",
        flags=tuple([flag.value for flag in item.flags]),
        worth=worth,
        low=low,
        high=high,
        weight=weight,
        product=product,
        evidence=answer.evidence if answer else (),
        source=figure.source if figure else None,
        check=(figure.check or "") if figure else "",
        scope=(figure.scope or "") if figure else "",
        unverified=framework.is_unverified(node.id),
        bar=item_bar(state, item.flags) if figure or once else None,
        once=once,
    )


@found_again(most=4_000)
def _worth(state: Answered) -> tuple[str, str, str]:
    """What an answer is worth, and the ends of that."""
    return four_places(state.u), four_places(state.low), four_places(state.high)


@found_again(most=4_000)
def _weighed(weight: Fraction, known: Fraction) -> tuple[str, str]:
    """A weight, and what it makes of an answer."""
    return four_places(weight), four_places(product_of(weight, known))


def figure_words(figure: Observation) -> str:
    """A published figure as it was published: a value, k of n, or a band with its ends."""
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
        least = scale.positions.get(written.removeprefix("at least ").split(" to ")[0].casefold())
        return "" if least is None else scale.steps[least].label or ""
    if isinstance(scale, BandsScale) and scale.labels and written.isdecimal() and 1 <= int(written) <= scale.count:
        return scale.labels[int(written) - 1]
    return ""
