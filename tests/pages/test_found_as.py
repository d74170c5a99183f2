"""What the search is told about each kind of thing."""

from __future__ import annotations

import pytest

from lcsite.model.portfolio import Portfolio
from lcsite.pages.found_as import FoundAs, years_in_words
from lcsite.pages.names import Names
from lcsite.pages.page import Found, Key, Words
from tests.builders import KINDS, framework, place, portfolio, practice, prose_page, tool


def found_as(made: Portfolio) -> FoundAs:
    return FoundAs(made, Names(made))


def ids(found: Found, facet: str) -> list[str]:
    return [trait.id for trait in found.traits.get(facet, ())]


@pytest.fixture(scope="module")
def garden() -> Portfolio:
    return portfolio(
        frameworks=[framework(order=10), framework("kinds", KINDS, order=20)],
        places=[
            place("alder", country="IE"),
            place("lima", country="PE", world_region="latin-america-and-the-caribbean"),
            place("elm", country="JP", world_region="asia-and-the-pacific", demonstration=True),
            place("twin-1", "Twin"),
            place("twin-2", "twin"),
        ],
        practices=[
            practice("bus", places=["alder"], countries=["IE", "PE"], years="2016-2019", themes=["youth"],
                     supports=["garden-rules/gardens-1", "garden-rules/gardens", "garden-rules/paths"]),
            practice("kites", places=["elm"], countries=["JP"], outcome="unknown", demonstration=True),
            practice("far", countries=["TV"]),
        ],
        tools=[tool("sheet", supports=["garden-rules/outside", "kinds/youth"], themes=["rivers"])],
        prose=[prose_page("learn/index", "Learn"), prose_page("learn/a", criteria=["garden-rules/paths"])],
    )  # fmt: skip


def test_a_practice_is_found_by_its_criteria_once_each_and_by_their_frameworks(garden: Portfolio) -> None:
    found = found_as(garden).practice(garden.practices["bus"])
    assert ids(found, "thing") == ["practice"]
    assert ids(found, "criterion") == ["garden-rules/gardens", "garden-rules/paths"]
    assert ids(found, "framework") == ["garden-rules"]
    assert ids(found, "theme") == ["kinds/youth"]
    assert ids(found, "year") == ["2016"]


def test_world_regions_come_from_the_places_and_from_the_countries_that_places_tell(garden: Portfolio) -> None:
    words = found_as(garden)
    regions = ids(words.practice(garden.practices["bus"]), "region")
    assert regions == ["europe-and-north-america", "latin-america-and-the-caribbean"]
    assert ids(words.practice(garden.practices["far"]), "region") == []  # no place of Tuvalu tells its region


def test_what_is_invented_is_in_no_country_and_no_region(garden: Portfolio) -> None:
    words = found_as(garden)
    for found in (words.practice(garden.practices["kites"]), words.place(garden.places["elm"], [], 1)):
        assert ids(found, "country") == []
        assert ids(found, "region") == []
        assert ids(found, "place") == ["elm"]


def test_an_unknown_outcome_names_no_evidence(garden: Portfolio) -> None:
    found = found_as(garden).practice(garden.practices["kites"])
    assert (found.outcome, found.quality) == ("unknown", "")


def test_an_entry_above_the_criteria_leads_to_none(garden: Portfolio) -> None:
    found = found_as(garden).tool(garden.tools["sheet"])
    assert ids(found, "criterion") == ["kinds/youth"]
    assert ids(found, "theme") == ["kinds/rivers"]


def test_two_towns_of_one_name_are_told_apart(garden: Portfolio) -> None:
    words = found_as(garden)
    named = [words.place(garden.places[id_], [], 0).traits["place"][0].words for id_ in ("alder", "twin-1", "twin-2")]
    assert named == ["Alder", "Twin (twin-1)", "twin (twin-2)"]


def test_a_page_to_read_names_the_part_that_it_belongs_to(garden: Portfolio) -> None:
    words, page = found_as(garden), garden.prose["learn/a"]
    assert words.page(page.path, page.summary).note == (("Learn",),)
    assert words.page("learn/index", "").note == ()
    assert ids(words.page(page.path, page.summary, page.criteria), "criterion") == ["garden-rules/paths"]


def test_a_theme_is_found_under_itself(garden: Portfolio) -> None:
    kinds = garden.frameworks["kinds"]
    words = found_as(garden)
    assert ids(words.criterion(kinds, kinds.by_id["youth"]), "theme") == ["kinds/youth"]
    assert ids(words.criterion(kinds, kinds.by_id["sheet"]), "theme") == []


def test_a_place_says_its_kind_its_country_and_what_it_was_read_by(garden: Portfolio) -> None:
    found = found_as(garden).place(garden.places["alder"], ["garden-rules"], 1)
    kind, read_by, practices = found.note
    assert kind == (Key("place-kind", "town"), Key("country", "IE"))
    assert read_by == ("Framework garden-rules",)
    assert practices == (Words("{n} practice", many="{n} practices", n=1),)


def test_a_framework_is_found_in_its_version(garden: Portfolio) -> None:
    found = found_as(garden).framework(garden.frameworks["garden-rules"])
    assert ids(found, "thing") == ["framework"]
    assert found.note == ((Words("version {version}", version="2026.1"),),)


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ("2016", "2016"),
        ("2016-", Words("since {year}", year="2016")),
        ("2013-2014", Words("{first} to {last}", first="2013", last="2014")),
        ("about 2010s", "about 2010s"),
    ],
)
def test_years_are_said_in_words(years: str, said: object) -> None:
    assert years_in_words(years) == said
