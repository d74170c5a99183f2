from __future__ import annotations

from tests.builders import place, portfolio, practice
from tests.checking.spots import found, problems


def test_a_place_is_part_of_a_place_that_is_there() -> None:
    assert found(portfolio(places=[place("alder", part_of="birc"), place("birch")])) == [
        'place alder part_of: there is no place "birc" | did you mean "birch"?'
    ]


def test_no_place_is_part_of_itself() -> None:
    ring = [place("a", part_of="b"), place("b", part_of="c"), place("c", part_of="a"), place("d", part_of="a")]
    assert [line.partition(" | ")[0] for line in found(portfolio(places=ring))] == [
        "place a part_of: this place would be part of itself: a -> b -> c -> a",
        "place b part_of: this place would be part of itself: b -> c -> a -> b",
        "place c part_of: this place would be part of itself: c -> a -> b -> c",
    ]
    assert len(found(portfolio(places=[place("a", part_of="a")]))) == 1


def test_invented_places_stay_among_themselves() -> None:
    real, invented = place("real"), place("invented", demonstration="true")
    within = [place("x", part_of="invented"), place("y", part_of="real", demonstration="true"),
              place("z", part_of="invented", demonstration="true")]
    lines = found(portfolio(places=[real, invented, *within]))
    assert [line.partition(" | ")[0] for line in lines] == [
        'place x part_of: "invented" is invented and "x" is real; neither can be part of the other',
        'place y part_of: "y" is invented and "real" is real; neither can be part of the other',
    ]


def test_practices_of_invented_places_are_marked_and_others_are_not() -> None:
    places = [place("real"), place("invented", demonstration="true")]
    made = [
        practice("a", places=["invented"]), practice("b", places=["real"], demonstration="true"),
        practice("c", places=["invented"], demonstration="true"), practice("d", places=["real"]), practice("e"),
    ]
    lines = found(portfolio(places=places, practices=made))
    assert [line.partition(":")[0] for line in lines] == ["practice a places 0", "practice b places 0"]


# Personal data


def test_mail_addresses_and_telephone_numbers_are_warned_of_where_they_stand() -> None:
    site = portfolio(
        places=[place("alder", profile="Ask jo@council.gov.uk.\n", stakeholders=["Call +44 20 7946 0999"])],
        practices=[practice("talks", body="Ring 0161 496 0000 today.", summary="Write to jo.smith@council.gov.uk")],
    )
    found_problems = list(problems(site))
    assert {p.code for p in found_problems} == {"personal-data"}
    assert {p.severity for p in found_problems} == {"warning"}
    assert [f"{p.location}" for p in found_problems] == [
        "place alder body:1:5", "place alder stakeholders 0:1:1", "practice talks body:1:6",
        "practice talks summary:1:1",
    ]
    words = " ".join(p.message + p.hint for p in found_problems)
    assert "jo" not in words
    assert "0999" not in words


def test_the_public_contact_is_the_place_for_an_address() -> None:
    assert found(portfolio(places=[place("alder", contact="learning@council.gov.uk, +44 20 7946 0999")])) == []


def test_figures_dates_and_addresses_are_no_telephone_numbers() -> None:
    text = (
        "2016-2019, 1,200,000 people, 12.5 % of 0 to 100, ISBN 0-415-37175-9, 2026-06-30, 0-4 and 0.25, 2026.1, "
        "common@2026.1, https://example.org/0123456789/x@y, 51.5074 N, 0 1 2 3 4, write to me@example.org, 22:30"
    )
    assert found(portfolio(places=[place("alder", profile=text, gaps=text)])) == []
