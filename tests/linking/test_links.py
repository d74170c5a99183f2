"""Links are known from both of their ends, and a crosswalk carries practices from one framework to another."""

from __future__ import annotations

from lcsite.linking import End, Kind, LinkGraph, Relation, link_portfolio
from lcsite.model.framework import Crosswalk
from tests.builders import (
    AREAS,
    KINDS,
    assessment,
    crosswalk,
    framework,
    place,
    portfolio,
    practice,
    prose_page,
    tool,
)

GARDENS, FEATURES, CLASSES = framework(order=1), framework("areas", AREAS, order=2), framework("kinds", KINDS, order=3)


def links(**records: object) -> LinkGraph:
    return link_portfolio(portfolio(frameworks=[GARDENS, FEATURES, CLASSES], **records))  # type: ignore[arg-type]


def carried(graph: LinkGraph, reference: str) -> list[tuple[str, str]]:
    """What a crosswalk brings: (practice or tool, the node that it was written for)."""
    return [(found.end.id, found.supports) for found in graph.carried_to(reference)]


def node(reference: str) -> End:
    return End(Kind.NODE, reference)


def practice_end(id_: str) -> End:
    return End(Kind.PRACTICE, id_)


def test_a_practice_finds_its_criterion_and_the_criterion_finds_the_practice() -> None:
    graph = links(practices=[practice("swap", supports=["garden-rules/gardens"])])
    assert graph.neighbours(practice_end("swap"), Relation.SUPPORTS) == ("garden-rules/gardens",)
    assert graph.neighbours(node("garden-rules/gardens"), Relation.SUPPORTS) == ("swap",)


def test_a_criterion_is_supported_by_what_supports_anything_below_it() -> None:
    swap, walk = practice("swap", supports=["garden-rules/gardens-2"]), practice("walk", supports=["areas/2"])
    graph = links(practices=[swap, walk])
    assert graph.supporting("garden-rules/gardens", Kind.PRACTICE) == ("swap",)
    assert graph.supporting("garden-rules/outside", Kind.PRACTICE) == ("swap",)
    assert graph.supporting("garden-rules/gardens-1", Kind.PRACTICE) == ()
    assert graph.supporting("areas/2.1", Kind.PRACTICE) == ()


def test_practices_and_tools_are_told_apart() -> None:
    paths = ["garden-rules/paths"]
    graph = links(practices=[practice("map", supports=paths)], tools=[tool("map", supports=paths)])
    assert graph.neighbours(node("garden-rules/paths"), Relation.SUPPORTS, kind=Kind.TOOL) == ("map",)
    assert graph.supporting("garden-rules/paths", Kind.PRACTICE) == ("map",)
    assert len(graph.of(node("garden-rules/paths"))) == 2


def test_a_practice_knows_its_places_and_tools_and_they_know_it() -> None:
    graph = links(
        places=[place("alder")],
        tools=[tool("map", draws_on=["swap"])],
        practices=[practice("swap", places=["alder"], tools=["map"])],
    )
    assert graph.neighbours(End(Kind.PLACE, "alder"), Relation.TAKES_PLACE_IN) == ("swap",)
    assert graph.neighbours(practice_end("swap"), Relation.TAKES_PLACE_IN) == ("alder",)
    assert graph.neighbours(End(Kind.TOOL, "map"), Relation.USES) == ("swap",)
    assert graph.neighbours(practice_end("swap"), Relation.DRAWS_ON) == ("map",)


def test_themes_and_kinds_of_tool_are_criteria_of_whatever_framework_declares_them() -> None:
    graph = links(practices=[practice("swap", themes=["rivers"])], tools=[tool("map", kind="guide", themes=["youth"])])
    assert graph.neighbours(node("kinds/rivers"), Relation.THEME) == ("swap",)
    assert graph.supporting("kinds/guide", Kind.TOOL) == ("map",)
    assert graph.supporting("kinds/themes", Kind.TOOL) == ("map",)


def test_a_place_is_linked_to_every_criterion_of_a_framework_that_it_was_read_by() -> None:
    rounds = [assessment("alder", {"gardens-1": "1"}, year=year) for year in (2024, 2026)]
    graph = links(places=[place("alder")], assessments=rounds)
    assert graph.neighbours(End(Kind.PLACE, "alder"), Relation.ASSESSED_ON) == (
        "garden-rules/gardens",
        "garden-rules/kitchens",
        "garden-rules/paths",
    )
    assert graph.neighbours(node("areas/1"), Relation.ASSESSED_ON) == ()


def test_a_page_that_speaks_of_something_is_found_from_it() -> None:
    page = prose_page("learn/soil", criteria=["garden-rules/gardens"], tools=["map"], practices=["swap"])
    graph = links(prose=[page], tools=[tool("map")], practices=[practice("swap")])
    for end in (node("garden-rules/gardens"), End(Kind.TOOL, "map"), practice_end("swap")):
        assert graph.neighbours(end, Relation.SPEAKS_OF, kind=Kind.PAGE) == ("learn/soil",)


def test_a_village_is_found_from_the_region_that_it_belongs_to() -> None:
    graph = links(places=[place("valley", kind="region"), place("alder", part_of="valley")])
    assert graph.neighbours(End(Kind.PLACE, "valley"), Relation.PART_OF) == ("alder",)


# --- the crosswalk ---------------------------------------------------------------------------------------------------

AREA_1: Crosswalk = crosswalk(("garden-rules/gardens", "areas/1"))


def test_a_crosswalk_carries_a_practice_both_ways_and_says_where_it_came_from() -> None:
    graph = links(
        links=AREA_1,
        practices=[practice("swap", supports=["garden-rules/gardens"]), practice("talk", supports=["areas/1"])],
    )
    assert carried(graph, "areas/1") == [("swap", "garden-rules/gardens")]
    assert carried(graph, "garden-rules/gardens") == [("talk", "areas/1")]
    (found,) = graph.carried_to("areas/1")
    assert (found.link.relation, found.link.reason) == ("related", "garden-rules/gardens touches areas/1")


def test_what_is_carried_is_not_counted_as_support() -> None:
    graph = links(links=AREA_1, practices=[practice("swap", supports=["garden-rules/gardens"])])
    assert graph.supporting("areas/1", Kind.PRACTICE) == ()
    assert graph.neighbours(node("areas/1"), Relation.SUPPORTS) == ()


def test_a_practice_that_supports_a_criterion_already_is_not_carried_to_it() -> None:
    graph = links(links=AREA_1, practices=[practice("swap", supports=["garden-rules/gardens", "areas/1.2"])])
    assert graph.supporting("areas/1", Kind.PRACTICE) == ("swap",)
    assert carried(graph, "areas/1") == []
    assert carried(graph, "garden-rules/gardens") == []


def test_an_area_stands_for_its_features() -> None:
    graph = links(links=AREA_1, practices=[practice("talk", supports=["areas/1.2"])])
    assert carried(graph, "garden-rules/gardens") == [("talk", "areas/1.2")]


def test_a_feature_does_not_stand_for_its_area() -> None:
    graph = links(
        links=crosswalk(("garden-rules/gardens", "areas/1.1")),
        practices=[practice("whole", supports=["areas/1"]), practice("other", supports=["areas/1.2"])],
    )
    assert carried(graph, "garden-rules/gardens") == []


def test_what_is_linked_to_an_area_is_not_about_each_of_its_features() -> None:
    graph = links(links=AREA_1, practices=[practice("swap", supports=["garden-rules/gardens"])])
    assert carried(graph, "areas/1.1") == []
    assert carried(graph, "areas/1") == [("swap", "garden-rules/gardens")]


def test_a_practice_is_carried_over_one_link_and_never_over_two() -> None:
    graph = links(
        links=crosswalk(("garden-rules/gardens", "areas/1"), ("areas/1", "kinds/youth")),
        practices=[practice("swap", supports=["garden-rules/gardens"])],
    )
    assert carried(graph, "kinds/youth") == []


def test_a_theme_carries_the_practices_that_are_sorted_under_it() -> None:
    graph = links(
        links=crosswalk(("garden-rules/gardens", "kinds/youth")),
        practices=[practice("swap", themes=["youth"])],
        tools=[tool("map", themes=["youth"])],
    )
    assert carried(graph, "garden-rules/gardens") == [("swap", "kinds/youth"), ("map", "kinds/youth")]


def test_the_crossings_of_a_feature_are_those_of_its_area_too() -> None:
    graph = links(links=AREA_1)
    assert [to for to, _ in graph.crossings("areas/1.2")] == ["garden-rules/gardens"]
    assert [to for to, _ in graph.crossings("garden-rules/gardens-1")] == ["areas/1"]
    assert graph.crossings("areas/2") == graph.crossings("areas/people") == graph.crossings("nowhere/1") == ()


def test_a_node_names_the_criterion_that_it_stands_below() -> None:
    graph = links()
    assert graph.criterion_of("areas/1.2") == "areas/1"
    assert graph.criterion_of("areas/1") == "areas/1"
    assert graph.criterion_of("areas/people") is None
    assert graph.criterion_of("areas/9") is None


def test_two_graphs_of_the_same_records_are_the_same_whatever_their_order() -> None:
    practices = [practice("swap", supports=["areas/1", "areas/2"]), practice("talk", supports=["areas/2", "areas/1"])]
    there, back = links(practices=practices), links(practices=practices[::-1])
    assert there.links == back.links
    assert there.of(node("areas/1")) == back.of(node("areas/1"))
