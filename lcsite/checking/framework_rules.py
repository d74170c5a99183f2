"""Whether a framework holds together: its ids, its levels, its scales, its branches, its goalposts and its facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lcsite.checking.whereabouts import Path, Whereabouts, nearest, nodes_with_paths
from lcsite.model.answering import AnswerError, read_answer
from lcsite.model.framework import Construct, Framework, Level, Node
from lcsite.model.portfolio import Portfolio
from lcsite.model.scale import Direction, NumberScale, ShareScale
from lcsite.problems import Problem, Severity, quoted

__all__ = ["RULES"]

_HEIGHT = {Level.DIMENSION: 0, Level.CRITERION: 1, Level.GROUP: 2, Level.INDICATOR: 3}


def ids_are_used_once(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        lists: list[tuple[str, str, Iterable[tuple[str, Path]]]] = [
            ("entry", "id", ((node.id, path) for node, _, path in nodes_with_paths(framework))),
            ("scale", "id", ((s.id, ("scales", i)) for i, s in enumerate(framework.scales))),
            ("stage", "id", ((s.id, ("stages", i)) for i, s in enumerate(framework.stages))),
            ("question", "id", ((q.id, ("questions", i)) for i, q in enumerate(framework.questions))),
            ("version", "version", ((v.version, ("history", i)) for i, v in enumerate(framework.history))),
        ]
        for what, field, entries in lists:
            yield from _repeated(what, field, entries, origins, "framework", framework.id)
    if portfolio.crosswalk is not None:
        relations = ((r.id, ("relations", i)) for i, r in enumerate(portfolio.crosswalk.relations))
        yield from _repeated("relation", "id", relations, origins, "crosswalk", "crosswalk")


def _repeated(
    what: str, field: str, entries: Iterable[tuple[str, Path]], origins: Whereabouts, kind: str, record_id: str
) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry_id, path in entries:
        if entry_id in seen:
            where = origins.at(kind, record_id, (*path, field))
            hint = "ids are told apart within a framework; the printed number can go into label"
            yield Problem("duplicate-id", where, f"another {what} above has the {field} {quoted(entry_id)} too", hint)
        seen.add(entry_id)


def levels_stand_in_order(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    hint = "from the top: dimension, criterion, group, indicator; an indicator stands below one criterion"
    for framework in portfolio.frameworks.values():
        for node, above, path in nodes_with_paths(framework):
            where_path = (*path, "level")
            criteria = [parent for parent in above if parent.level is Level.CRITERION]
            message = ""
            if above and _HEIGHT[node.level] < _HEIGHT[above[-1].level]:
                message = f'the {node.level} "{node.id}" stands below the {above[-1].level} "{above[-1].id}"'
            elif node.level is Level.CRITERION and criteria:
                message = f'the criterion "{node.id}" stands within the criterion "{criteria[-1].id}"'
            elif node.level in (Level.GROUP, Level.INDICATOR) and not criteria:
                message = f'the {node.level} "{node.id}" has no criterion above it'
            if message:
                yield Problem("nesting", origins.at("framework", framework.id, where_path), message, hint)


def scales_are_there(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        named: list[tuple[str | None, Path]] = [(framework.scale, ("scale",))]
        named += [(node.scale, (*path, "scale")) for node, _, path in nodes_with_paths(framework)]
        for scale_id, path in named:
            if scale_id is not None and scale_id not in framework.scale_by_id:
                where = origins.at("framework", framework.id, path)
                hint = nearest(scale_id, framework.scale_by_id)
                yield Problem("unknown-reference", where, f"there is no scale {quoted(scale_id)}", hint)


def scored_indicators_say_what_they_speak_of(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        for node, _, path in nodes_with_paths(framework):
            if node.level is Level.INDICATOR and framework.scale_of(node.id) and not framework.construct_of(node.id):
                where = origins.at("framework", framework.id, path)
                hint = f"write construct here or further up: {', '.join(Construct)}"
                message = f'the indicator "{node.id}" has a scale, and nothing says what its answers speak of'
                yield Problem("indicator-without-construct", where, message, hint)


def numbers_have_a_measure(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        for node, _, path in nodes_with_paths(framework):
            is_number = node.level is Level.INDICATOR and isinstance(
                framework.scale_of(node.id), NumberScale | ShareScale
            )
            if is_number and node.measure is None:
                where = origins.at("framework", framework.id, path)  # a mark is worked out only for what is wrong
                message = f'the indicator "{node.id}" is a number, and nothing says what it counts'
                yield Problem("measure-missing", where, message, "add measure with unit and direction")
            elif node.measure is not None and node.level is not Level.INDICATOR:
                where = origins.key("framework", framework.id, (*path, "measure"))
                message = f'"{node.id}" is a {node.level}, and only an indicator measures something'
                yield Problem("measure-misplaced", where, message, "move measure to the indicator that it belongs to")


def goalposts_stand_where_numbers_are(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        for node, _, path in nodes_with_paths(framework):
            if node.goalposts is None:
                continue
            direction = node.measure.direction if node.measure else None
            message = hint = ""
            if node.level is not Level.INDICATOR or not isinstance(framework.scale_of(node.id), NumberScale):
                message, hint = "goalposts belong to an indicator on a number scale", "leave them out"
            elif direction is Direction.NONE:
                message, hint = "a figure without a direction is shown and never scored", "leave the goalposts out"
            elif direction is Direction.TARGET and node.goalposts.aim is None:
                message, hint = "the direction is target, and the goalposts name no aim", "add aim between low and high"
            elif direction is not Direction.TARGET and node.goalposts.aim is not None:
                message, hint = "the goalposts name an aim, and the direction is not target", "make direction: target"
            if message:
                where = origins.key("framework", framework.id, (*path, "goalposts"))
                yield Problem("goalposts", where, f'"{node.id}": {message}', hint)


def links_lead_from_words_to_practice(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        for node, _, path in nodes_with_paths(framework):
            for position, target in enumerate(node.linked_to):
                where = origins.at("framework", framework.id, (*path, "linked_to", position))
                other = framework.by_id.get(target)
                if other is None or other.level is not Level.INDICATOR:
                    indicators = [indicator.id for indicator in framework.indicators]
                    message = f"there is no indicator {quoted(target)} in this framework"
                    yield Problem("unknown-reference", where, message, nearest(target, indicators))
                elif framework.construct_of(target) is not Construct.PRACTICE:
                    hint = "the gap between saying and doing needs something that is done"
                    yield Problem("linked-to", where, f'"{target}" is not about practice', hint)
            if node.linked_to and framework.construct_of(node.id) not in (Construct.BELIEF, Construct.PRIORITY):
                where = origins.key("framework", framework.id, (*path, "linked_to"))
                message = f'"{node.id}" is neither a belief nor a priority, so it has nothing to be linked to'
                yield Problem("linked-to", where, message, "leave linked_to out")


def branches_can_be_decided(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        for node, _, path in nodes_with_paths(framework):
            if node.asked_when is None:
                continue
            where = origins.at("framework", framework.id, (*path, "asked_when", "indicator"))
            decider = framework.by_id.get(node.asked_when.indicator)
            if decider is None or decider.level is not Level.INDICATOR:
                message = f"there is no indicator {quoted(node.asked_when.indicator)} in this framework"
                indicators = [indicator.id for indicator in framework.indicators]
                yield Problem("unknown-reference", where, message, nearest(node.asked_when.indicator, indicators))
                continue
            if loop := _loop(framework, node):
                message = f'whether "{node.id}" is asked depends on itself: {" -> ".join(loop)}'
                yield Problem("branch", where, message, "let another indicator decide")
            scale = framework.scale_of(decider.id)
            for position, answer in enumerate(node.asked_when.answers):
                try:
                    if scale is not None:
                        read_answer(scale, answer)
                except AnswerError as error:
                    where = origins.at("framework", framework.id, (*path, "asked_when", "answers", position))
                    message = f'"{decider.id}" is never answered so: {error.message}'
                    yield Problem("branch", where, message, error.hint or "")


def _loop(framework: Framework, node: Node) -> list[str]:
    """The way from a branch back to what stands below it, or nothing."""

    def deciders(indicator: str) -> Iterator[str]:
        for above in (*framework.ancestors.get(indicator, ()), framework.by_id[indicator]):
            if above.asked_when is not None and above.asked_when.indicator in framework.by_id:
                yield above.asked_when.indicator

    assert node.asked_when is not None
    below = {inner.id for inner in node.walk()}
    waiting = [[node.id, node.asked_when.indicator]]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        if way[-1] in below:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            waiting += [[*way, further] for further in deciders(way[-1])]
    return []


def questions_name_what_is_there(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        stages = {stage.id for stage in framework.stages}
        for position, question in enumerate(framework.questions):
            if question.stage is not None and question.stage not in stages:
                where = origins.at("framework", framework.id, ("questions", position, "stage"))
                message = f"there is no stage {quoted(question.stage)}"
                yield Problem("unknown-reference", where, message, nearest(question.stage, stages))
            for number, criterion in enumerate(question.criteria):
                if criterion not in framework.by_id:
                    where = origins.at("framework", framework.id, ("questions", position, "criteria", number))
                    message = f"there is no entry {quoted(criterion)} in this framework"
                    yield Problem("unknown-reference", where, message, nearest(criterion, framework.by_id))


def the_history_tells_of_the_version(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        if framework.version not in {note.version for note in framework.history}:
            where = origins.at("framework", framework.id, ("version",))
            message = f"history says nothing about version {framework.version}"
            yield Problem("history-behind", where, message, "add an entry with this version, its date and what changed")


def weights_weigh_something(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        for node, above, path in nodes_with_paths(framework):
            siblings = above[-1].children if above else framework.tree
            if node.weight is not None and len(siblings) == 1:
                where = origins.key("framework", framework.id, (*path, "weight"))
                message = f'the weight of "{node.id}" has no effect, since nothing stands beside it'
                yield Problem("weight-without-effect", where, message, "leave weight out", Severity.WARNING)


def values_of_a_facet_are_told_apart(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    counts: Counter[tuple[str, str]] = Counter()
    for framework in portfolio.frameworks.values():
        for node, _, path in nodes_with_paths(framework):
            if node.facet is None:
                continue
            for position, child in enumerate(node.children):
                counts[node.facet, child.id] += 1
                if counts[node.facet, child.id] > 1:
                    where = origins.at("framework", framework.id, (*path, "children", position, "id"))
                    message = f'another entry has the id "{child.id}" and serves the facet {node.facet} too'
                    yield Problem("duplicate-id", where, message, "choose another id")


RULES = (
    ids_are_used_once,
    levels_stand_in_order,
    scales_are_there,
    scored_indicators_say_what_they_speak_of,
    numbers_have_a_measure,
    goalposts_stand_where_numbers_are,
    links_lead_from_words_to_practice,
    branches_can_be_decided,
    questions_name_what_is_there,
    the_history_tells_of_the_version,
    weights_weigh_something,
    values_of_a_facet_are_told_apart,
)
