"""What changed between two rounds of one place, like for like (method, section 8).

Silence, a gap called not applicable and changed weights are no change in the place: they are the coverage effect.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import NamedTuple

from lcsite.light_classes import dataclass
from lcsite.scoring.exact import ZERO, quotient, total, total_of_products
from lcsite.scoring.results import Answered, Numbers
from lcsite.scoring.showing import POINT_COVERAGE
from lcsite.scoring.tree import Evaluated, Leaf, working

__all__ = ["Change", "ItemChange", "compare_nodes"]


class ItemChange(NamedTuple):
    """One item answered in both rounds; `weight` is its effective weight in the later tree."""

    id: str
    before: Fraction
    after: Fraction
    weight: Fraction
    renewed: bool

    @property
    def change(self) -> Fraction:
        """u2 - u1, from -1 to 1; a figure of the same year is the same fact and counts as no change."""
        return self.after - self.before if self.renewed and self.after is not self.before else ZERO


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one node. Where both are there, `headline` = `like_for_like` (0 if None) + `coverage_effect`.

    `like_for_like` is None where nothing can be compared, `headline` and `coverage_effect` are None where one of the
    rounds has no estimate; they are shown only if `headline_shown`: both rounds show a point.
    """

    id: str
    items: tuple[ItemChange, ...]
    like_for_like: Fraction | None
    share: Fraction
    headline: Fraction | None
    coverage_effect: Fraction | None
    headline_shown: bool

    @property
    def not_renewed(self) -> tuple[str, ...]:
        """The items whose figure is of the same year in both rounds."""
        return tuple(item.id for item in self.items if not item.renewed)


def compare_nodes(
    earlier: Evaluated | None, later: Evaluated, *, before: dict[str, Answered] | None = None,
    comparable: Collection[str] | None = None, not_renewed: Collection[str] = (),
) -> Change:
    """Compare one node in two rounds.

    `earlier` is None where the earlier round had no such node. `before` gives the earlier answers by item (default:
    those below `earlier`); `comparable` the items whose meaning is the same in both rounds (default: all);
    `not_renewed` those whose figure is of the same year.
    """
    if before is None:
        before = {} if earlier is None else answers_below(earlier)
    items = tuple(
        ItemChange(line.id, before[line.id].u, line.state.u, line.weight, line.id not in not_renewed)
        for line in working(later)
        if isinstance(line.state, Answered) and line.weight is not None and line.id in before
        and (comparable is None or line.id in comparable)
    )
    share = total([item.weight for item in items])
    changed = total_of_products([(item.weight, item.change) for item in items])
    like_for_like = quotient(changed, share) if items else None
    first, second = _estimate(earlier.numbers if earlier else None), _estimate(later.numbers)
    headline = None if first is None or second is None else second - first
    return Change(
        id=later.id, items=items, like_for_like=like_for_like, share=share, headline=headline,
        coverage_effect=None if headline is None else headline - (like_for_like or ZERO),
        headline_shown=earlier is not None and _shows_point(earlier.numbers) and _shows_point(later.numbers),
    )


def answers_below(top: Evaluated) -> dict[str, Answered]:
    """The answered items at and below a node."""
    return {
        node.id: node.node.state
        for node in top.walk() if isinstance(node.node, Leaf) and isinstance(node.node.state, Answered)
    }


def _estimate(numbers: Numbers | None) -> Fraction | None:
    return None if numbers is None else numbers.estimate


def _shows_point(numbers: Numbers | None) -> bool:
    return numbers is not None and numbers.coverage >= POINT_COVERAGE
