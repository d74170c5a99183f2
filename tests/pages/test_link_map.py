"""The map of links shows both frameworks whole, in their own order, also what nothing leads to."""

from __future__ import annotations

from lcsite.pages.link_map import MapLine, crosswalk_maps, link_map
from lcsite.pages.names import Names, NodeName
from tests.builders import AREAS, crosswalk, framework, portfolio


def entries(framework_id: str, *titles: str) -> tuple[NodeName, ...]:
    return tuple(
        NodeName(f"{framework_id}/{title}", title, "", f"criteria/{title}/", framework_id, "", "criterion", False)
        for title in titles
    )


def test_the_shorter_framework_is_spread_over_the_height_of_the_longer() -> None:
    made = link_map(entries("a", "one", "two", "three", "four"), entries("b", "x", "y"), [])
    assert [entry.y for entry in made.entries] == [57, 83, 109, 135]
    assert [entry.y for entry in made.others] == [70, 122]
    assert made.height == 44 + 4 * 26
    assert made.alone == 6


def test_of_several_links_between_two_entries_the_closest_is_drawn_and_the_closest_lie_on_top() -> None:
    links = [("a/one", "b/x", 3), ("a/one", "b/x", 0), ("a/two", "b/x", 2)]
    made = link_map(entries("a", "one", "two"), entries("b", "x"), links)
    assert made.lines == (MapLine(83, 70, 2), MapLine(57, 70, 0))
    assert made.alone == 0


def test_a_crosswalk_is_drawn_for_each_two_frameworks_with_what_lies_below_a_criterion_at_the_criterion() -> None:
    made = portfolio(frameworks=[framework("garden-rules"), framework("areas", AREAS)])
    links = crosswalk(("garden-rules/gardens", "areas/1.1"), ("garden-rules/paths", "areas/1"))
    (drawn,) = crosswalk_maps(links, made, Names(made))
    assert {entry.title for entry in drawn.entries if entry.linked} == {"Title of gardens", "Title of paths"}
    assert [entry.linked for entry in drawn.others].count(True) == 1
    assert len(drawn.lines) == 2
