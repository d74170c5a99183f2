"""The levels of a resource reading: where a place began, and how far its means reach (method, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lcsite.checking.assessment_rules import answers_with, record_id
from lcsite.checking.whereabouts import Path, Whereabouts
from lcsite.model.framework import Framework
from lcsite.model.portfolio import Portfolio
from lcsite.model.scale import BandsScale, Direction, NumberScale, OrdinalScale, Scale, ShareScale
from lcsite.problems import Problem, Severity

__all__ = ["RULES"]


def _ends(scale: Scale | None) -> tuple[Decimal, Decimal] | None:
    """The least and the greatest level of a scale that has both, in its own units; None where it has none."""
    if isinstance(scale, OrdinalScale):
        try:
            numbers = [Decimal(step.value) for step in scale.steps if step.role != "unknown"]
        except ArithmeticError:
            return None
        return min(numbers), max(numbers)
    if isinstance(scale, BandsScale):
        return Decimal(1), Decimal(scale.count)
    return (Decimal(0), Decimal(100)) if isinstance(scale, ShareScale) else None


def _rises(framework: Framework, node_id: str) -> bool | None:
    """Whether a greater level is the better one; None where the scale does not say."""
    scale = framework.scale_of(node_id)
    measure = framework.by_id[node_id].measure
    if isinstance(scale, OrdinalScale) and (ends := _ends(scale)) is not None:
        return Decimal(scale.best) == ends[1]
    if isinstance(scale, BandsScale):
        return True
    if measure is None or measure.direction not in (Direction.HIGHER, Direction.LOWER):
        return None
    return measure.direction is Direction.HIGHER


def levels_are_asked_for(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for assessment, framework, node_id, answer in answers_with(portfolio, "resources"):
        if answer.resources is None:
            continue
        path: Path = ("answers", node_id, "resources")  # a mark is worked out only for what is wrong
        scale = framework.scale_of(node_id)
        if not framework.resource_pairs:
            where = origins.key("assessment", record_id(assessment), path)
            message = f"the answers of {framework.id} are already relative to the means of the place"
            yield Problem("resources-not-counted", where, message, "leave resources out", Severity.WARNING)
        elif _ends(scale) is None and not isinstance(scale, NumberScale):
            where = origins.key("assessment", record_id(assessment), path)
            message = f'"{node_id}" is not answered with numbers, so there are no levels to start from or to reach'
            yield Problem("resources", where, message, "leave resources out")


def levels_lie_on_one_side(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for assessment, framework, node_id, answer in answers_with(portfolio, "resources"):
        levels = answer.resources
        if levels is None or not framework.resource_pairs:
            continue
        path: Path = ("answers", node_id, "resources")
        reach = levels.within_reach - levels.start
        rises = _rises(framework, node_id)
        if reach and rises is not None and (reach > 0) is not rises:
            where = origins.at("assessment", record_id(assessment), (*path, "within_reach"))
            message = f"from {levels.start} the level {levels.within_reach} would be a step back on this scale"
            yield Problem("resources", where, message, "within_reach is at least as good as start")
        if levels.potential is None:
            continue
        further = levels.potential - levels.start
        where = origins.at("assessment", record_id(assessment), (*path, "potential"))
        if reach * further < 0:
            message = f"{levels.within_reach} and {levels.potential} lie on different sides of start"
            yield Problem("resources", where, message, "potential means reach at least as far as the available ones")
        elif abs(further) < abs(reach):
            message = f"potential ({levels.potential}) is nearer to start than within_reach ({levels.within_reach})"
            yield Problem("resources", where, message, "potential means reach at least as far as the available ones")
        elif not reach and further and rises is not None and (further > 0) is not rises:
            message = f"from {levels.start} the level {levels.potential} would be a step back on this scale"
            yield Problem("resources", where, message, "potential is at least as good as start")


def levels_stand_on_the_scale(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for assessment, framework, node_id, answer in answers_with(portfolio, "resources"):
        if answer.resources is None or not framework.resource_pairs:
            continue
        ends = _ends(framework.scale_of(node_id))
        if ends is None:
            continue
        for field in ("start", "within_reach", "potential"):
            level: Decimal | None = getattr(answer.resources, field)
            if level is not None and not ends[0] <= level <= ends[1]:
                where = origins.at("assessment", record_id(assessment), ("answers", node_id, "resources", field))
                message = f"the level {level} is not on the scale, which goes from {ends[0]} to {ends[1]}"
                yield Problem("resources", where, message, "a level between two steps is fine, such as 2.5")


RULES = (levels_are_asked_for, levels_lie_on_one_side, levels_stand_on_the_scale)
