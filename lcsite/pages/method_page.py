"""The method page: authored words, and worked examples computed with the code that scores the places."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from lcsite.light_classes import dataclass
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.drawing import Bar, four_places, node_bar
from lcsite.pages.found_as import FoundAs
from lcsite.pages.names import Names, PageName
from lcsite.pages.page import Crumb, Page, Prose, Words
from lcsite.scoring.resources import resource_pair
from lcsite.scoring.results import Answered, NotApplicable, NotApplicableReason, State, Unknown, UnknownReason
from lcsite.scoring.showing import whole_points
from lcsite.scoring.tree import Branch, Evaluated, Leaf, evaluate, geometric_mean, working

__all__ = ["ExampleLine", "MethodBody", "MethodExample", "ResourceExample", "method_pages", "ten_answers"]


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """One answer of an example: its key, what it is worth, its weight and product."""

    id: str
    kind: str
    worth: str
    weight: str
    product: str


@dataclass(frozen=True, slots=True)
class MethodExample:
    """A worked example: what it shows (a key that the template words), its lines, its bar and the four numbers."""

    key: str
    bar: Bar
    lines: tuple[ExampleLine, ...]
    known: str
    low: str
    high: str
    coverage: str
    estimate: str
    geometric: int | None


@dataclass(frozen=True, slots=True)
class ResourceExample:
    key: str
    start: str
    now: str
    reach: str
    potential: str
    available: int
    possible: int


@dataclass(frozen=True, slots=True)
class MethodBody:
    prose: Prose | None
    examples: tuple[MethodExample, ...]
    resources: tuple[ResourceExample, ...]
    children: tuple[PageName, ...]


YES, HALF, NO, PLAN = (Answered.exactly(Fraction(n, 4)) for n in (4, 2, 0, 1))
ASK = Unknown(UnknownReason.DONT_KNOW)
NOT_HERE = NotApplicable(NotApplicableReason.STATED)


def method_pages(portfolio: Portfolio, names: Names) -> Iterator[Page]:
    """The method page."""
    authored = portfolio.prose.get("method/index")
    yield Page(
        address=addresses.method,
        kind="method",
        title=authored.title if authored else Words("Method"),
        description=authored.summary if authored else Words("How scores are made, with worked examples."),
        body=partial(_body, portfolio, names),
        crumbs=(Crumb(Words("Home"), addresses.home),),
        section=addresses.method,
        find=partial(FoundAs(portfolio, names).page, authored.path, authored.summary, authored.criteria)
        if authored else None,
        source="content/method/index.md",
    )


def _body(portfolio: Portfolio, names: Names) -> MethodBody:
    authored = portfolio.prose.get("method/index")
    return MethodBody(
        prose=Prose(authored.body, "content/method/index.md") if authored else None,
        examples=tuple(_example(key, tree) for key, tree in _EXAMPLES),
        resources=(_resource("little-means", "2", "3.2", "3.5", "5"), _resource("ample-means", "6", "6.4", "8", "10")),
        children=names.pages(p for p in portfolio.prose if p.startswith("method/") and p != "method/index"),
    )


def ten_answers() -> Bar:
    """The bar of the first worked example: four true, two partly, one false, one in plan, two don't know."""
    return _example(*_EXAMPLES[0]).bar


def _leaves(*states: State, prefix: str = "", weights: tuple[int, ...] = ()) -> tuple[Leaf, ...]:
    return tuple(
        Leaf(f"{prefix}{number}", Fraction(weights[number - 1] if weights else 1), state)
        for number, state in enumerate(states, start=1)
    )


def _node(name: str, *children: Branch | Leaf) -> Branch:
    return Branch(name, Fraction(1), tuple(children))


_EXAMPLES: tuple[tuple[str, Branch], ...] = (
    ("ten-answers", _node("a", *_leaves(YES, YES, YES, YES, HALF, HALF, NO, PLAN, ASK, ASK))),
    (
        "weights",
        _node(
            "c", *_leaves(Answered.exactly(Fraction(4, 5)), Answered.exactly(Fraction(2, 5)), ASK, weights=(3, 2, 1))
        ),
    ),
    (
        "not-applicable",
        _node(
            "e",
            _node("1", *_leaves(YES, NOT_HERE, prefix="1.")),
            _node("2", *_leaves(NO, NO, ASK, prefix="2.")),
            _node("3", *_leaves(NOT_HERE, NOT_HERE, prefix="3.")),
        ),
    ),
    (
        "levels",
        _node(
            "f",
            _node("1", *_leaves(Answered.exactly(Fraction(1, 5)), prefix="1.")),
            _node("2", *_leaves(YES, ASK, prefix="2.")),
        ),
    ),
    ("partly-known", _node("g", *_leaves(YES, ASK, ASK))),
    ("not-enough", _node("h", *_leaves(YES, ASK, ASK, ASK))),
)


def _example(key: str, tree: Branch) -> MethodExample:
    top: Evaluated = evaluate(tree)
    assert top.numbers is not None  # every example has something that remains
    estimate, geometric = top.numbers.estimate, geometric_mean(top)
    bar = node_bar(top.numbers, top.counts)
    return MethodExample(
        key=key,
        bar=bar,
        lines=tuple(
            ExampleLine(
                line.id,
                line.state.kind,
                four_places(line.state.u) if isinstance(line.state, Answered) else "",
                four_places(line.weight) if line.weight is not None else "",
                four_places(line.product) if line.product is not None else "",
            )
            for line in working(top)
        ),
        known=four_places(top.numbers.known),
        low=four_places(top.numbers.low),
        high=four_places(top.numbers.high),
        coverage=four_places(top.numbers.coverage),
        estimate=four_places(estimate) if estimate is not None else "",
        geometric=whole_points(geometric) if geometric is not None and bar.shown.kind == "point" else None,
    )


def _resource(key: str, start: str, now: str, reach: str, potential: str) -> ResourceExample:
    pair = resource_pair(
        Fraction(now), start=Fraction(start), within_reach=Fraction(reach), potential=Fraction(potential)
    )
    assert isinstance(pair.available, Fraction)
    assert isinstance(pair.potential, Fraction)
    return ResourceExample(
        key, start, now, reach, potential, whole_points(pair.available), whole_points(pair.potential)
    )
