from __future__ import annotations

from tests.builders import (
    AREAS,
    KINDS,
    assessment,
    crosswalk,
    framework,
    observation,
    place,
    portfolio,
    practice,
    prose_page,
    tool,
)
from tests.checking.spots import found

RULES = framework()
AREAS_FRAMEWORK = framework("areas", AREAS)
THEMES = framework("kinds", KINDS)


def test_a_whole_garden_has_no_problems() -> None:
    assert found(portfolio(
        frameworks=[RULES, AREAS_FRAMEWORK, THEMES], places=[place("alder"), place("birch", part_of="alder")],
        practices=[practice("talks", places=["alder"], supports=["areas/1.1"], themes=["youth"], tools=["sheet"])],
        tools=[tool("sheet", supports=["garden-rules/paths-1"], draws_on=["talks"])],
        assessments=[assessment("alder", {"gardens-1": "3", "paths-1": "at least 2", "paths-2": "don't know"})],
        prose=[prose_page("about", criteria=["garden-rules/paths"], tools=["sheet"], practices=["talks"])],
        links=crosswalk(("garden-rules/gardens", "areas/1")),
    )) == []


def test_a_practice_names_places_tools_themes_and_criteria_that_are_there() -> None:
    wrong = practice(
        "talks", places=["aldr"], tools=["sheets"], themes=["youths"], supports=["garden-rules/garden", "area/1",
        "areas/9"]
    )
    site = portfolio(
        frameworks=[RULES, AREAS_FRAMEWORK, THEMES], places=[place("alder")], tools=[tool("sheet")], practices=[wrong]
    )
    assert found(site) == [
        'practice talks places 0: there is no place "aldr" | did you mean "alder"?',
        'practice talks supports 0: the framework "garden-rules" has no entry "garden" | did you mean "gardens"?',
        'practice talks supports 1: this site shows no framework "area" | did you mean "areas"?',
        ('practice talks supports 2: the framework "areas" has no entry "9" | '
        "the ids of areas stand in its framework.yml"),
        'practice talks themes 0: there is no theme "youths" | did you mean "youth"?',
        'practice talks tools 0: there is no tool "sheets" | did you mean "sheet"?',
    ]


def test_a_tool_has_a_kind_and_draws_on_practices_that_are_there() -> None:
    site = portfolio(frameworks=[THEMES], tools=[tool("map", kind="guides", draws_on=["talk"], themes=["x"])],
                     practices=[practice("talks")])
    assert found(site) == [
        'tool map draws_on 0: there is no practice "talk" | did you mean "talks"?',
        'tool map kind: there is no kind of tools "guides" | did you mean "guide"?',
        'tool map themes 0: there is no theme "x" | there are: rivers, youth',
    ]


def test_pages_name_what_is_there() -> None:
    page = prose_page("criteria/garden-rules/gardens", tools=["x"], practices=["y"], criteria=["garden-rules/z"])
    site = portfolio(frameworks=[RULES], criterion_pages={("garden-rules", "gardens"): page}, prose=[prose_page("a",
        tools=["x"])])
    assert [line.partition(":")[0] for line in found(site)] == [
        "criterion-page garden-rules/gardens criteria 0", "criterion-page garden-rules/gardens practices 0",
        "criterion-page garden-rules/gardens tools 0", "prose a tools 0",
    ]


def test_the_crosswalk_leads_from_one_framework_to_another() -> None:
    links = crosswalk(
        ("garden-rules/gardens", "areas/1"), ("areas/1", "garden-rules/gardens"), ("areas/1", "areas/2"), ("areas/7",
            "x/1")
    )
    site = portfolio(frameworks=[RULES, AREAS_FRAMEWORK], links=links)
    assert [line.partition(" |")[0] for line in found(site)] == [
        "crosswalk crosswalk links 1: areas/1 and garden-rules/gardens are linked above already",
        "crosswalk crosswalk links 2: both ends of this link are in the same framework",
        'crosswalk crosswalk links 3 from: the framework "areas" has no entry "7"',
        'crosswalk crosswalk links 3 to: this site shows no framework "x"',
    ]


def test_a_relation_of_the_crosswalk_is_declared() -> None:
    links = crosswalk(("garden-rules/gardens", "areas/1"))
    link = links.links[0].model_copy(update={"relation": "relatd"})
    links = links.model_copy(update={"links": (link,)})
    assert found(portfolio(frameworks=[RULES, AREAS_FRAMEWORK], links=links)) == [
        'crosswalk crosswalk links 0 relation: there is no relation "relatd" | did you mean "related"?'
    ]


def test_who_names_a_broken_record_is_not_to_blame() -> None:
    site = portfolio(
        frameworks=[AREAS_FRAMEWORK],
        places=[place("birch", part_of="alder")],
        practices=[practice("talks", places=["alder"], supports=["garden-rules/gardens"], tools=["sheet"],
            themes=["youth"])],
        assessments=[assessment("birch", {"gardens-1": "3"})],
        observations={"birch": (observation("garden-rules/gardens-1", value="3"),)},
        links=crosswalk(("garden-rules/gardens", "areas/1")),
    )
    assert found(site, ("framework", "garden-rules"), ("place", "alder"), ("tool", "sheet")) == []
    assert len(found(site)) == 8
