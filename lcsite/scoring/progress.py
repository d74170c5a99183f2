"""What changed between two rounds of one place, like for like (method, section 8).

Silence, a gap called not applicable and changed weights are no change in the place: they are the coverage effect.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from lcsite.light_classes import dataclass
from lcsite.scoring.exact import ZERO, difference, mean, total
from lcsite.scoring.results import Answered, Numbers
from lcsite.scoring.showing import POINT_COVERAGE
from lcsite.scoring.tree import Evaluated, Leaf, working

__all__ = ["Change", "compare_nodes"]


@dataclass(frozen=True, slots=True)
class Change:
    """The change of one node. Where both are there, `headline` = `like_for_like` (0 if None) + `coverage_effect`.

    `like_for_like` is None where nothing can be compared, `headline` and `coverage_effect` are None where one of the
    rounds has no estimate; they are shown only if `headline_shown`: both rounds show a point.
    """

    id: str
    compared: tuple[str, ...]
    """The items answered in both rounds."""
    not_renewed: tuple[str, ...]
    """Those of them whose figure is of the same year in both rounds: the same fact, which counts as no change."""
    share: Fraction
    """The weight of the items compared in the later tree."""
    like_for_like: Fraction | None
    before: Fraction | None
    """The estimate of the earlier round."""
    now: Fraction | None
    headline_shown: bool

    @property
    def headline(self) -> Fraction | None:
        return None if self.before is None or self.now is None else difference(self.now, self.before)

    @property
    def coverage_effect(self) -> Fraction | None:
        headline = self.headline
        return None if headline is None else difference(headline, self.like_for_like or ZERO)


def compare_nodes(
    earlier: Evaluated | None, later: Evaluated, *, before: Mapping[str, Answered] | None = None,
    not_renewed: Collection[str] = (),
) -> Change:
    """Compare one node in two rounds.

    `earlier` is None where the earlier round had no such node. `before` gives the earlier answers that can be compared,
    by item (default: those below `earlier`); `not_renewed` the items whose figure is of the same year.
    """
    if before is None:
        before = {} if earlier is None else _answers_below(earlier)
    compared, weights, changes = [], [], []
    for line in working(later):
        now, weight = line.state, line.weight
        if weight is not None and isinstance(now, Answered) and (was := before.get(line.id)) is not None:
            compared.append(line.id)
            weights.append(weight)
            changes.append(ZERO if was is now or line.id in not_renewed else difference(now.u, was.u))
    first, second = earlier.numbers if earlier else None, later.numbers
    return Change(
        id=later.id, compared=tuple(compared), not_renewed=tuple([name for name in compared if name in not_renewed]),
        share=total(weights), like_for_like=mean(changes, weights) if compared else None,
        before=first.estimate if first else None, now=second.estimate if second else None,
        headline_shown=_shows_point(first) and _shows_point(second),
    )


def _answers_below(top: Evaluated) -> dict[str, Answered]:
    """The answered items at and below a node."""
    return {
        node.id: node.node.state
        for node in top.walk() if isinstance(node.node, Leaf) and isinstance(node.node.state, Answered)
    }


def _shows_point(numbers: Numbers | None) -> bool:
    return numbers is not None and numbers.coverage >= POINT_COVERAGE
