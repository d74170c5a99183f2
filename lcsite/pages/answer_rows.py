"""The rows of a working: every question with its answer, source, year, worth, weight and product, ready to be read."""

from __future__ import annotations

from collections.abc import Mapping
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
from lcsite.scoring.questions import Question, questions_of
from lcsite.scoring.results import Answered, NotApplicable, Unknown, Unscored
from lcsite.scoring.scorecard import SCORED, Scorecard
from lcsite.scoring.tree import WorkingLine

__all__ = ["AnswerRow", "Asked", "Beside", "Given", "answer_rows", "asked_below", "figure_words"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of a working before anybody answers: a question or a group of questions, the same for every place."""

    id: str
    anchor: str
    label: str
    title: str
    is_group: bool
    unverified: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer says and is worth, whatever the question: most are given again and again, and drawn once."""

    kind: str
    """`answered`, `unknown`, `not-applicable`, `unscored`."""
    written: str
    meaning: str
    """What the step is called on the scale."""
    reason: str
    because: str
    year: str
    grade: str
    flags: tuple[str, ...]
    worth: str
    low: str
    high: str
    weight: str
    product: str
    once: str
    """What a figure that no longer counts would be worth."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an answer and is this place's own: why, what shows it, where a figure was published."""

    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    source: Source | None = None
    check: str = ""
    scope: str = ""
    bar: ItemBar | None = None
    """Of a published figure, and of an answer that no longer counts: where it lies on its scale."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answered or open question with everything that the working shows."""

    asked: Asked
    given: Given | None
    """None for a group."""
    beside: Beside | None = None
    """None where nothing stands beside the answer, as for most."""


@found_again(most=4_000)
def asked_below(framework: Framework, node: Node, construct: Construct | None) -> tuple[Asked, ...]:
    """The questions of a construct below a node, groups before what they gather, in the framework's order.

    No construct stands for all that are never in the score: plans, beliefs, priorities.
    """
    questions = questions_of(framework)

    def is_wanted(child: Node) -> bool:
        question = questions.get(child.id)
        if question is None:
            return False
        return question.construct not in SCORED if construct is None else question.construct is construct

    return tuple(
        Asked(
            child.id, addresses.anchor(child.id), child.label or "", child.title,
            child.level is not Level.INDICATOR, framework.is_unverified(child.id),
        )
        for child in node.walk()
        if (
            is_wanted(child) if child.level is Level.INDICATOR
            else child.id != node.id and any(map(is_wanted, child.walk()))
        )
    )


def answer_rows(
    asked: tuple[Asked, ...],
    framework: Framework,
    card: Scorecard,
    working: Mapping[str, WorkingLine],
    assessment: Assessment | None,
    observations: tuple[Observation, ...],
) -> tuple[AnswerRow, ...]:
    """The rows of what was asked, in the same order. `working` has the weights of those that count."""
    questions, items = questions_of(framework), card.items
    answers = assessment.answers if assessment else {}
    rows = []
    for line in asked:
        if line.is_group:
            rows.append(AnswerRow(line, None))
            continue
        item = items[line.id]
        figure = observations[item.origin.index] if isinstance(item.origin, FromSeries) else None
        rows.append(_row(line, questions[line.id], item, answers.get(line.id), figure, working.get(line.id)))
    return tuple(rows)


def _row(
    asked: Asked, question: Question, item: ItemReading, answer: Answer | None, figure: Observation | None,
    line: WorkingLine | None,
) -> AnswerRow:
    state = item.state
    weight = line.weight if line else None
    known = line.known if line else None
    if figure is not None:
        measure = question.node.measure
        written = f"{item.written or figure_words(figure)} {measure.unit if measure else ''}".strip()
        notes = [*([answer.because, answer.note] if answer else ()), figure.note, figure.derived]
        given = _given(question, item, written, weight, known)
        return AnswerRow(asked, given, Beside(
            "; ".join(filter(None, notes)), answer.evidence if answer else (), figure.source,
            figure.check or "", figure.scope or "", item_bar(state, item.flags),
        ))
    if isinstance(state, NotApplicable):  # often for a reason of the place's own
        given = _given(question, item, item.written or "", weight, known)
    else:
        key = (
            id(question.scale), id(state), item.written, item.year, id(item.grade), item.flags, id(weight), id(known)
        )
        found = _GIVEN.get(key)
        if found is None:
            if len(_GIVEN) >= _MOST_GIVEN:
                _GIVEN.clear()
            given = _given(question, item, item.written or "", weight, known)
            found = _GIVEN[key] = (question.scale, state, item.grade, weight, known), given
        given = found[1]
    bar = item_bar(state, item.flags) if given.once else None
    notes = [answer.because, answer.note] if answer else []
    evidence = answer.evidence if answer else ()
    if bar or evidence or any(notes):
        return AnswerRow(asked, given, Beside("; ".join(filter(None, notes)), evidence, bar=bar))
    return AnswerRow(asked, given)


# Thousands of places give the same few answers. The value holds all whose identity is in the key, so that no other
# object can come to have it while the entry lives.
_GIVEN: dict[tuple[object, ...], tuple[object, Given]] = {}
_MOST_GIVEN = 4_000


def _given(
    question: Question, item: ItemReading, written: str, weight: Fraction | None, known: Fraction | None
) -> Given:
    state = item.state
    worth = low = high = reason = because = once = weighs = product = ""
    if weight is not None and known is not None:
        weighs, product = _weighed(weight, known)
    if isinstance(state, Answered):
        worth, low, high = _worth(state)
    elif isinstance(state, Unknown):
        reason, low, high = state.reason.value, "0", "1"
        once = four_places(state.once.u) if state.once else ""
    elif isinstance(state, NotApplicable):
        reason, because = state.reason.value, state.because or ""
    elif isinstance(state, Unscored):
        reason = state.reason.value
    return Given(
        kind=state.kind,
        written=written,
        meaning=_step_words(question.scale, item.written) if item.written else "",
        reason=reason,
        because=because,
        year=str(item.year) if item.year else "",
        grade=item.grade.value if item.grade else "",
        flags=tuple([flag.value for flag in item.flags]),
        worth=worth,
        low=low,
        high=high,
        weight=weighs,
        product=product,
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
