"""What a framework says about each indicator, with all that it inherits, worked out once for each framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING

from lcsite.light_classes import dataclass
from lcsite.model.framework import Branch, Construct, Framework, Node, Subject
from lcsite.model.scale import Scale
from lcsite.model.words import Grade
from lcsite.scoring.results import Unscored
from lcsite.scoring.scales import unscored_reason

if TYPE_CHECKING:
    from lcsite.scoring.items import ItemReading

__all__ = ["Question", "questions_of"]


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator about a place. `unscored` is set where the framework gives no mark, whatever the answer."""

    node: Node
    construct: Construct | None
    meaning_version: int
    scale: Scale | None
    unscored: Unscored | None
    tolerance: int
    may_not_apply: bool
    default_grade: Grade
    asked_when: tuple[Branch, ...]
    """Every branch on the way down, outermost first; all have to be taken."""
    plainly_read: dict[object, ItemReading] = field(default_factory=dict, compare=False, repr=False)
    """What was read of answers that thousands of places give, by their words, or these and the grade behind them."""

    @property
    def id(self) -> str:
        return self.node.id


# Scoring many places with one framework needs its inheritance many times. The value holds the framework itself, so that
# no other object can come to have the same identity while the entry lives.
_KNOWN: dict[int, tuple[Framework, Mapping[str, Question]]] = {}
_MOST_KNOWN = 64


def questions_of(framework: Framework) -> Mapping[str, Question]:
    """The indicators that a framework asks of a place, by id and in its order."""
    if id(framework) not in _KNOWN:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[id(framework)] = framework, MappingProxyType({
            node.id: _question(framework, node)
            for node in framework.indicators if framework.subject_of(node.id) is Subject.PLACE
        })
    return _KNOWN[id(framework)][1]


def _question(framework: Framework, node: Node) -> Question:
    scale = framework.scale_of(node.id)
    reason = unscored_reason(scale, node.measure, node.goalposts)
    return Question(
        node=node,
        construct=framework.construct_of(node.id),
        meaning_version=framework.meaning_version_of(node.id),
        scale=scale,
        unscored=None if reason is None else Unscored(reason),
        tolerance=framework.tolerance_of(node.id),
        may_not_apply=framework.may_not_apply_to(node.id),
        default_grade=Grade(framework.default_grade_of(node.id)),
        asked_when=tuple(
            each.asked_when for each in (*framework.ancestors[node.id], node) if each.asked_when is not None
        ),
    )
