"""How far the declared choices of the method move a point, by trying all of them (method, section 7). No randomness.

Only for a node that shows a point, and of its point only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from lcsite.scoring.results import Answered, Numbers
from lcsite.scoring.scales import DECLARED, Worths, step_worths
from lcsite.scoring.showing import POINT_COVERAGE
from lcsite.scoring.tree import Branch, Evaluated, Leaf, evaluate, geometric_mean_of

__all__ = ["Choice", "Sensitivity", "Span", "sensitivity", "weight_extremes"]

IN_PLAN_TRIED = (None, Fraction(0), Fraction(1, 4), Fraction(1, 2))
PARTLY_TRIED = (None, Fraction(2, 5), Fraction(1, 2), Fraction(3, 5))
WEIGHT_LOW, WEIGHT_HIGH = Fraction(3, 4), Fraction(5, 4)


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
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Each choice alone; the first four together; and the single most influential one, None where nothing moves."""

    declared: Fraction
    alone: tuple[tuple[Choice, Span], ...]
    together: Span
    most_influential: Choice | None

    def of(self, choice: Choice) -> Span:
        return dict(self.alone)[choice]


Pick = Callable[[Answered], Fraction]
_ENDS: tuple[Pick, ...] = (lambda state: state.u, lambda state: state.low, lambda state: state.high)
Parts = tuple[tuple[Fraction, Numbers], ...]


def sensitivity(top: Evaluated) -> Sensitivity | None:
    """Try every declared choice on one node; None where it shows no point (c < 2/3 or no reading)."""
    if top.numbers is None or top.numbers.coverage < POINT_COVERAGE:
        return None
    declared = top.numbers.known / top.numbers.coverage
    variants = _Variants(top.node)
    parts = variants.parts(DECLARED, 0)
    ends = range(len(_ENDS))
    alone = (
        (Choice.IN_PLAN, _span(_point(variants.parts(w, 0)) for w in variants.worths if w.partly is None)),
        (Choice.PARTLY, _span(_point(variants.parts(w, 0)) for w in variants.worths if w.in_plan is None)),
        (Choice.BANDS, _span(_point(variants.parts(DECLARED, end)) for end in ends)),
        (Choice.WEIGHTS, weight_extremes(parts)),
        (Choice.MEAN, _span((declared, geometric_mean_of(parts, declared)))),
    )
    distinct = {id(found): found for w in variants.worths for end in ends for found in (variants.parts(w, end),)}
    corners = [weight_extremes(found) for found in distinct.values()]
    widest = max(span.width for _, span in alone)
    return Sensitivity(
        declared=declared,
        alone=alone,
        together=Span(min(span.low for span in corners), max(span.high for span in corners)),
        most_influential=next(choice for choice, span in alone if span.width == widest) if widest else None,
    )


def weight_extremes(parts: Sequence[tuple[Fraction, Numbers]]) -> Span:
    """The least and greatest m when each child's weight is free between three and five quarters of its own.

    m is a ratio of sums, so the extremes lie where every weight is at an end and the children, sorted by their own m,
    are cut once between high and low weights. Raises ValueError where nothing is known.
    """
    known = sorted(
        ((weight * numbers.known, weight * numbers.coverage) for weight, numbers in parts if numbers.coverage),
        key=lambda pair: pair[0] / pair[1],
    )
    total_known, total_cover = (sum((pair[nth] for pair in known), Fraction(0)) for nth in (0, 1))
    points: list[Fraction] = []
    below_known = below_cover = Fraction(0)
    for known_sum, cover in ((Fraction(0), Fraction(0)), *known):
        below_known, below_cover = below_known + known_sum, below_cover + cover
        above_known, above_cover = total_known - below_known, total_cover - below_cover
        for below, above in ((WEIGHT_LOW, WEIGHT_HIGH), (WEIGHT_HIGH, WEIGHT_LOW)):
            points.append(
                (below * below_known + above * above_known) / (below * below_cover + above * above_cover)
            )
    return _span(points)


def _span(points: Iterable[Fraction]) -> Span:
    found = list(points)
    if not found:
        raise ValueError("nothing is known here, so nothing can move")
    return Span(min(found), max(found))


class _Variants:
    """The direct children's numbers under every choice of worths and ends, each different case computed once."""

    def __init__(self, tree: Branch | Leaf) -> None:
        self._tree = tree
        answered = [leaf for leaf in _leaves(tree) if isinstance(leaf.state, Answered)]
        self._stepped = [leaf.stepped for leaf in answered if leaf.stepped is not None]
        self._has_intervals = any(
            isinstance(leaf.state, Answered) and leaf.state.low != leaf.state.high for leaf in answered
        )
        self._known: dict[tuple[tuple[Answered, ...], int], Parts] = {}
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

    def parts(self, worths: Worths, end: int) -> Parts:
        key = (tuple(stepped.read(worths) for stepped in self._stepped), end if self._has_intervals else 0)
        if key not in self._known:
            evaluated = evaluate(_reread(self._tree, worths, _ENDS[end]))
            alone = () if evaluated.numbers is None else ((self._tree.weight, evaluated.numbers),)
            self._known[key] = alone if isinstance(self._tree, Leaf) else evaluated.parts
        return self._known[key]


def _leaves(tree: Branch | Leaf) -> Iterator[Leaf]:
    if isinstance(tree, Leaf):
        yield tree
    else:
        for child in tree.children:
            yield from _leaves(child)


def _reread(tree: Branch | Leaf, worths: Worths, pick: Pick) -> Branch | Leaf:
    if isinstance(tree, Branch):
        return Branch(tree.id, tree.weight, tuple(_reread(child, worths, pick) for child in tree.children))
    if not isinstance(tree.state, Answered):
        return tree
    state = tree.state if tree.stepped is None else tree.stepped.read(worths)
    return Leaf(tree.id, tree.weight, Answered.exactly(pick(state)))


def _point(parts: Parts) -> Fraction:
    known = sum((weight * numbers.known for weight, numbers in parts), Fraction(0))
    return known / sum((weight * numbers.coverage for weight, numbers in parts), Fraction(0))
