"""The tree algebra: from the states of the leaves to the four numbers of every node (method, section 2).

It runs on a light tree of its own and knows nothing of frameworks, places or years. Nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from lcsite.light_classes import dataclass
from lcsite.scoring.again import found_again
from lcsite.scoring.exact import ONE, ZERO, mean, one_of, product, quotient
from lcsite.scoring.irrationals import weighted_geometric_mean
from lcsite.scoring.results import Answered, Counts, NotApplicable, Numbers, State, Unknown, Unscored, all_of
from lcsite.scoring.scales import SteppedAnswer
from lcsite.scoring.showing import POINT_COVERAGE

__all__ = [
    "Branch", "Evaluated", "Leaf", "OpenQuestion", "Part", "WorkingLine", "evaluate", "geometric_mean",
    "geometric_mean_of", "joined", "lowest_children", "numbers_of", "open_questions", "weighted_numbers", "working",
]

_UNKNOWN = Numbers(ZERO, ZERO, ONE, ZERO)
_FLOOR = Fraction(1, 100)
_ONE_EACH = {
    Answered: Counts(answered=1), Unknown: Counts(unknown=1),
    NotApplicable: Counts(not_applicable=1), Unscored: Counts(unscored=1),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """An item with its state. `stepped` is the answer beside its scale, where other worths may be tried on it."""

    id: str
    weight: Fraction
    state: State
    stepped: SteppedAnswer | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A node above items; the order of children is the framework's and changes no number.

    What is `Evaluated` knows its own children, so there a branch may stand for many with the same id and weight.
    """

    id: str
    weight: Fraction
    children: tuple[Branch | Leaf, ...]


class Part(NamedTuple):
    """What the estimate of a node rests on: for each known child its declared weight, its S and its c."""

    weight: Fraction
    known: Fraction
    coverage: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """A node with its numbers, None where nothing below it remains. Each is equal to itself alone, quickly found."""

    node: Branch | Leaf
    numbers: Numbers | None
    counts: Counts
    children: tuple[Evaluated, ...] = ()

    @property
    def id(self) -> str:
        return self.node.id

    @property
    def shares(self) -> tuple[Fraction | None, ...]:
        """For each direct child its weight among those that remain, from 0 to 1; None where the child is removed."""
        there = [child.node.weight for child in self.children if child.numbers is not None]
        if there.count(ONE) == len(there):  # the usual case, without a sum of fractions
            share = one_of(max(len(there), 1))
            if len(there) == len(self.children):
                return (share,) * len(there)
            return tuple([None if child.numbers is None else share for child in self.children])
        total = sum(there, ZERO)
        return tuple(None if child.numbers is None else child.node.weight / total for child in self.children)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The direct children of which something is known."""
        return tuple(
            Part(child.node.weight, child.numbers.known, child.numbers.coverage)
            for child in self.children if child.numbers is not None and child.numbers.coverage
        )

    def walk(self) -> Iterator[Evaluated]:
        """This node and everything below it, parents first, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children[::-1]


class WorkingLine(NamedTuple):
    """One item under one node: its effective weight there and its S. Both None where it is removed."""

    id: str
    state: State
    weight: Fraction | None
    known: Fraction | None

    @property
    def product(self) -> Fraction | None:
        """What it adds to S of the node."""
        return None if self.weight is None or self.known is None else product(self.weight, self.known)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An unknown item and its swing: the width of range, from 0 to 1, that finding out would take away."""

    id: str
    swing: Fraction


def numbers_of(state: State) -> Numbers | None:
    """The four numbers of a leaf; None where it is removed."""
    if isinstance(state, Answered):
        return _of_answer(state)
    return _UNKNOWN if isinstance(state, Unknown) else None


_MOST_FOUND = 4_000


@found_again(most=_MOST_FOUND)
def _of_answer(state: Answered) -> Numbers:
    return Numbers(state.u, state.low, state.high, ONE)


# Thousands of places give the same few answers. The value holds all whose identity is in the key, so that no other
# object can come to have it while the entry lives.
_OF_LEAVES: dict[tuple[tuple[int, int, int], ...], tuple[tuple[Evaluated, ...], Numbers | None, Counts]] = {}


def weighted_numbers(parts: Sequence[tuple[Fraction, Numbers]]) -> Numbers:
    """The weighted mean of each of the four numbers. Raises ValueError for weights that are not above 0."""
    weights = [weight for weight, _ in parts]
    if not weights or min([weight.numerator for weight in weights]) <= 0:
        raise ValueError("a mean needs parts, and every weight is above 0")
    numbers = [part for _, part in parts]
    known = mean([part.known for part in numbers], weights)
    # Where every answer is exact the ends are the known sum itself, the same object all the way up.
    low_differs = [part for part in numbers if part.low is not part.known]
    high_differs = [part for part in numbers if part.high is not part.known]
    return Numbers(
        known,
        mean([part.low for part in numbers], weights) if low_differs else known,
        mean([part.high for part in numbers], weights) if high_differs else known,
        mean([part.coverage for part in numbers], weights),
    )


def evaluate(node: Branch | Leaf) -> Evaluated:
    """Compute every node of a tree; a leaf alone is a tree too. Raises ValueError for a weight that is not above 0."""
    if node.weight.numerator <= 0:
        raise ValueError(f"the weight of {node.id} is not above 0")
    if isinstance(node, Leaf):
        return Evaluated(node, numbers_of(node.state), _ONE_EACH[type(node.state)])
    return joined(node, tuple([evaluate(child) for child in node.children]))


def joined(node: Branch, children: tuple[Evaluated, ...]) -> Evaluated:
    """A node above children that are computed already."""
    if any(child.children for child in children):  # so far up no two are alike
        return Evaluated(node, *_sums(children), children)
    # The order of the children changes no sum; what is removed is known by its counts.
    key = tuple(sorted([(id(child.node.weight), id(child.numbers), id(child.counts)) for child in children]))
    known = _OF_LEAVES.get(key)
    if known is None:
        if len(_OF_LEAVES) >= _MOST_FOUND:
            _OF_LEAVES.clear()
        known = _OF_LEAVES[key] = children, *_sums(children)
    return Evaluated(node, known[1], known[2], children)


def _sums(children: tuple[Evaluated, ...]) -> tuple[Numbers | None, Counts]:
    parts = [(child.node.weight, child.numbers) for child in children if child.numbers is not None]
    return weighted_numbers(parts) if parts else None, all_of([child.counts for child in children])


@lru_cache(maxsize=512)  # profile, change, open questions and scorecard of a place ask for the same, one after another
def working(top: Evaluated) -> tuple[WorkingLine, ...]:
    """Every item under a node in order; the weights of those that remain sum to 1, the products to S."""
    found: list[WorkingLine] = []
    _collect((top,), (ONE,), found)
    return tuple(found)


def _collect(
    nodes: tuple[Evaluated, ...], weights: tuple[Fraction | None, ...], found: list[WorkingLine]
) -> None:
    for node, weight in zip(nodes, weights, strict=True):
        leaf = node.node
        if not isinstance(leaf, Leaf):
            shares = node.shares
            if weight is not None and weight is not ONE:
                shares = tuple([None if share is None else product(weight, share) for share in shares])
            _collect(node.children, shares, found)
        elif weight is None or node.numbers is None:
            found.append(WorkingLine(leaf.id, leaf.state, None, None))
        else:
            found.append(WorkingLine(leaf.id, leaf.state, weight, node.numbers.known))


def open_questions(top: Evaluated) -> tuple[OpenQuestion, ...]:
    """The unknown items under a node, widest swing first, ties in the framework's order."""
    found = [
        OpenQuestion(line.id, line.weight)
        for line in working(top) if isinstance(line.state, Unknown) and line.weight is not None
    ]
    return tuple(sorted(found, key=lambda question: -question.swing))


def lowest_children(top: Evaluated) -> tuple[str, ...]:
    """The direct children with the least m among those with c >= 2/3, all of them where they tie, in order."""
    known = [
        (child.id, child.numbers.estimate)
        for child in top.children
        if child.numbers is not None and child.numbers.estimate is not None and child.numbers.coverage >= POINT_COVERAGE
    ]
    least = min((estimate for _, estimate in known), default=None)
    return tuple(name for name, estimate in known if estimate == least)


def geometric_mean(top: Evaluated) -> Fraction | None:
    """The mean *if strengths could not make up for gaps*: over direct children with c > 0, floor .01, never above m."""
    if top.numbers is None or top.numbers.estimate is None:
        return None
    return geometric_mean_of(top.parts, top.numbers.estimate)


def geometric_mean_of(parts: Sequence[Part], estimate: Fraction) -> Fraction:
    """The geometric mean of weighted children whose arithmetic estimate is `estimate`."""
    known = [(_at_least_floor(part), product(part.weight, part.coverage)) for part in parts]
    if not known or len({value for value, _ in known}) == 1:
        return estimate
    return min(weighted_geometric_mean(known), estimate)


def _at_least_floor(part: Part) -> Fraction:
    estimate = quotient(part.known, part.coverage)
    return estimate if estimate.numerator * _FLOOR.denominator > _FLOOR.numerator * estimate.denominator else _FLOOR
