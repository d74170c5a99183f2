"""Whether a question still means the same in a newer version of its framework, told from what decides about an answer.

Titles of scales and notes may be put better at any time; steps, worths, goalposts, directions and constructs may not.
"""

from __future__ import annotations

from collections.abc import Iterator

from lcsite.model.framework import Framework, Node

__all__ = ["what_means_something_else"]


def what_means_something_else(older: Framework, before: Node, newer: Framework, now: Node) -> tuple[str, ...]:
    """In words, what about an indicator is not as it was; the wording comes last and alone may be a slip mended."""
    return tuple(_changes(older, before, newer, now))


def _changes(older: Framework, before: Node, newer: Framework, now: Node) -> Iterator[str]:
    if _worths(older, before) != _worths(newer, now):
        yield "scale"
    if _ends(before) != _ends(now):
        yield "pair of goalposts"
    if (before.measure and before.measure.direction) != (now.measure and now.measure.direction):
        yield "direction"
    if older.construct_of(before.id) != newer.construct_of(now.id):
        yield "construct"
    if before.title != now.title:
        yield "wording"


def _worths(framework: Framework, node: Node) -> object:
    scale = framework.scale_of(node.id)
    if scale is None:
        return None
    steps = tuple((step.value, step.worth, step.role) for step in getattr(scale, "steps", ()))
    return scale.kind, steps, getattr(scale, "best", None), getattr(scale, "count", None)


def _ends(node: Node) -> object:
    posts = node.goalposts
    return None if posts is None else (posts.low, posts.high, posts.aim, posts.curve)
