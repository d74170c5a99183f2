"""How far the declared choices of the method move a point, by trying all of them (method, section 7). No randomness.

Only for a node that shows a point, and of its point only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from math import lcm
from typing import Any

from lcsite.light_classes import dataclass
from lcsite.scoring.exact import ONE, ZERO, ends, product, quotient, total_of_products
from lcsite.scoring.results import Answered, Numbers
from lcsite.scoring.scales import DECLARED, Worths, step_worths
from lcsite.scoring.showing import POINT_COVERAGE
from lcsite.scoring.tree import Evaluated, Leaf, Part, geometric_mean_of

__all__ = ["Choice", "Sensitivity", "Span", "sensitivity", "weight_extremes"]

IN_PLAN_TRIED = (None, Fraction(0), Fraction(1, 4), Fraction(1, 2))
PARTLY_TRIED = (None, Fraction(2, 5), Fraction(1, 2), Fraction(3, 5))
WEIGHT_ENDS = (3, 5)
"""Three and five quarters of a declared weight; the quarters cancel out of a ratio of sums."""


class Choice(StrEnum):
    """The five declared choices, in the order in which ties are settled."""

    IN_PLAN = "in-plan"
    PARTLY = "partly"
    BANDS = "bands"
    WEIGHTS = "weights"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the greatest point that a choice leads to, from 0 to 1; the declared point lies between."""

    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        return ZERO if self.high is self.low else self.high - self.low


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Each choice alone; the first four together; and the single most influential one, None where nothing moves."""

    declared: Fraction
    alone: tuple[tuple[Choice, Span], ...]
    together: Span
    most_influential: Choice | None

    def of(self, choice: Choice) -> Span:
        return dict(self.alone)[choice]

    @property
    def geometric_mean(self) -> Fraction:
        """The point if strengths could not make up for gaps; it is never above the declared one."""
        return self.of(Choice.MEAN).low


_ENDS: tuple[Callable[[Answered], Fraction], ...] = (
    lambda state: state.u, lambda state: state.low, lambda state: state.high,
)


# Nodes with the same weights, states and scales below them move alike, whatever they are called. The value holds the
# node, so that no other object can come to have an identity that is part of the key while the entry lives.
_Shape = tuple[Any, ...]
_SHAPES: dict[_Shape, tuple[Evaluated, Sensitivity]] = {}
_MOST_SHAPES = 4_000


def sensitivity(top: Evaluated) -> Sensitivity | None:
    """Try every declared choice on one node; None where it shows no point (c < 2/3 or no reading)."""
    if top.numbers is None or top.numbers.coverage < POINT_COVERAGE:
        return None
    key = _shape(top)
    if (known := _SHAPES.get(key)) is None:
        if len(_SHAPES) >= _MOST_SHAPES:
            _SHAPES.clear()
        known = _SHAPES[key] = top, _try_all(top, top.numbers)
    return known[1]


def _shape(top: Evaluated) -> _Shape:
    """What moves a node. In which order its children stand moves nothing."""
    node = top.node
    if not isinstance(node, Leaf):
        return id(node.weight), *sorted([_shape(child) for child in top.children if child.numbers is not None])
    if node.stepped is None:
        return id(node.weight), (id(node.state),)
    answer = node.stepped.answer
    return id(node.weight), (id(node.state), id(node.stepped.scale), answer.least, answer.most)


def _try_all(top: Evaluated, numbers: Numbers) -> Sensitivity:
    declared = quotient(numbers.known, numbers.coverage)
    variants = _Variants(top)
    parts = variants.parts(DECLARED, 0)
    found = {(worths, end): variants.parts(worths, end) for worths in variants.worths for end in variants.ends}
    points = {id(parts): declared}  # many choices lead to the same parts
    for each in found.values():
        if id(each) not in points:
            points[id(each)] = _point(each)
    as_declared = [(worths, points[id(each)]) for (worths, end), each in found.items() if end == 0]
    alone = (
        (Choice.IN_PLAN, _span([point for worths, point in as_declared if worths.partly is None])),
        (Choice.PARTLY, _span([point for worths, point in as_declared if worths.in_plan is None])),
        (Choice.BANDS, _span([points[id(found[DECLARED, end])] for end in variants.ends])),
        (Choice.WEIGHTS, weight_extremes(parts)),
        (Choice.MEAN, _span([declared, geometric_mean_of(parts, declared)])),
    )
    distinct = {id(each): each for each in found.values() if each is not parts}
    corners = [alone[3][1], *map(weight_extremes, distinct.values())]
    widths = [span.width for _, span in alone]
    widest = ends(widths)[1]
    return Sensitivity(
        declared=declared,
        alone=alone,
        together=Span(ends([span.low for span in corners])[0], ends([span.high for span in corners])[1]),
        most_influential=alone[widths.index(widest)][0] if widest else None,
    )


def weight_extremes(parts: Sequence[Part]) -> Span:
    """The least and greatest m when each child's weight is free between three and five quarters of its own.

    m is a ratio of sums, so the extremes lie where every weight is at an end and the children, sorted by their own m,
    are cut once between high and low weights. Raises ValueError where nothing is known.
    """
    if not parts:
        raise ValueError("nothing is known here, so nothing can move")
    weighted = [(product(part.weight, part.known), product(part.weight, part.coverage)) for part in parts]
    over = lcm(*[value.denominator for pair in weighted for value in pair])
    known, cover = (
        [pair[nth].numerator * (over // pair[nth].denominator) for pair in weighted] for nth in (0, 1)
    )
    every = lcm(*cover)
    order = sorted(range(len(parts)), key=[k * (every // c) for k, c in zip(known, cover, strict=True)].__getitem__)
    all_known, all_cover = sum(known), sum(cover)
    low = high = all_known, all_cover  # before the first cut all weights are alike
    below_known = below_cover = 0
    for nth in order:
        below_known, below_cover = below_known + known[nth], below_cover + cover[nth]
        above_known, above_cover = all_known - below_known, all_cover - below_cover
        for below, above in (WEIGHT_ENDS, WEIGHT_ENDS[::-1]):
            point = below * below_known + above * above_known, below * below_cover + above * above_cover
            if point[0] * low[1] < low[0] * point[1]:
                low = point
            elif point[0] * high[1] > high[0] * point[1]:
                high = point
    return Span(Fraction(*low), Fraction(*high))


def _span(points: Sequence[Fraction]) -> Span:
    return Span(*ends(points))


def _point(parts: Sequence[Part]) -> Fraction:
    known = total_of_products([(part.weight, part.known) for part in parts])
    return quotient(known, total_of_products([(part.weight, part.coverage) for part in parts]))


class _Variants:
    """The direct children's S and c under every choice of worths and ends, each different case computed once.

    No choice touches who answered, so c and the effective weights stay as they are and only the answers' values move.
    """

    def __init__(self, top: Evaluated) -> None:
        children = (top,) if isinstance(top.node, Leaf) else top.children
        self._children = [
            (child.node.weight, child.numbers.coverage, tuple(_answered(child, ONE)))
            for child in children if child.numbers is not None and child.numbers.coverage
        ]
        leaves = [leaf for _, _, terms in self._children for _, leaf, _ in terms]
        self._stepped = [leaf.stepped for leaf in leaves if leaf.stepped is not None]
        self._has_intervals = any(
            state.low is not state.high for _, _, terms in self._children for _, _, state in terms
        )
        self.ends = range(len(_ENDS)) if self._has_intervals else range(1)
        """The ends of the answers' intervals that make a difference, of which the first is the answers themselves."""
        self._known: dict[tuple[tuple[tuple[int, int], ...], int], tuple[Part, ...]] = {}
        self.worths = tuple(self._legal_worths())

    def _legal_worths(self) -> Iterator[Worths]:
        """Every pair of other worths that no scale in the tree forbids, the declared pair first."""
        scales = {stepped.scale.id: stepped.scale for stepped in self._stepped}.values()
        roles = {step.role for scale in scales for step in scale.steps}
        for in_plan in IN_PLAN_TRIED if "in-plan" in roles else (None,):
            for partly in PARTLY_TRIED if "partly" in roles else (None,):
                worths = Worths(in_plan, partly)
                if all(step_worths(scale, worths) is not None for scale in scales):
                    yield worths

    def parts(self, worths: Worths, end: int) -> tuple[Part, ...]:
        values = {id(stepped): stepped.read(worths) for stepped in self._stepped}
        pick = _ENDS[end]
        picked = [pick(state) for state in values.values()]
        key = (tuple([(value.numerator, value.denominator) for value in picked]), end)
        if key not in self._known:
            self._known[key] = tuple([
                Part(
                    weight,
                    total_of_products([(w, pick(values.get(id(leaf.stepped), state))) for w, leaf, state in terms]),
                    cover,
                )
                for weight, cover, terms in self._children
            ])
        return self._known[key]


def _answered(node: Evaluated, weight: Fraction) -> Iterator[tuple[Fraction, Leaf, Answered]]:
    """The answered items below a node with their effective weights there."""
    if isinstance(node.node, Leaf) and isinstance(node.node.state, Answered):
        yield weight, node.node, node.node.state
    for child, share in zip(node.children, node.shares, strict=True):
        if share is not None:
            yield from _answered(child, product(weight, share))
