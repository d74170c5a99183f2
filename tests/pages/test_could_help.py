"""What could help a place: practices and tools from elsewhere, with the reason, in an order that no score decides."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from lcsite.linking import link_portfolio
from lcsite.model.assessment import Assessment
from lcsite.model.portfolio import Portfolio
from lcsite.pages.could_help import Help, Helping
from lcsite.pages.names import Names
from lcsite.pages.readings import Readings
from tests.builders import (
    assessment,
    criterion,
    framework,
    indicator,
    place,
    portfolio,
    practice,
    tool,
)
from tests.pages.gardens import gardens


def help_for(place_id: str, of: Portfolio) -> Help:
    names = Names(of)
    return Helping(of, link_portfolio(of), names, Readings(of, names)).what_could_help(of.places[place_id])


def lines(found: Help) -> list[tuple[str, str, int | None, list[tuple[str, str]], list[str]]]:
    """(criterion, reason, point, practices with what brought them, tools)."""
    return [
        (
            line.criterion.ref.partition("/")[2],
            line.reason,
            line.point,
            [(p.id, by) for p, by in line.practices],
            [t.id for t in line.tools],
        )
        for line in found.lines
    ]


def test_low_is_helped_by_practices_of_the_criterion_then_by_what_the_crosswalk_brings() -> None:
    assert lines(help_for("alder", gardens())) == [
        ("gardens", "low", 13, [("seed-swap", ""), ("talks", "Title of 1.1")], ["way-guide"]),
    ]


def test_what_is_not_known_is_helped_and_what_is_in_place_is_not() -> None:
    assert lines(help_for("birch", gardens())) == [("paths", "unknown", None, [("path-day", "")], ["map-sheet"])]


def test_a_place_that_nobody_assessed_gets_help_for_the_first_framework_that_asks_anything() -> None:
    assert lines(help_for("valley", gardens())) == [
        ("gardens", "unassessed", None, [("seed-swap", ""), ("talks", "Title of 1.1")], ["way-guide"]),
        ("paths", "unassessed", None, [("path-day", "")], ["map-sheet"]),
    ]


def test_a_figure_alone_is_not_an_assessment() -> None:
    assert [(c, reason) for c, reason, *_ in lines(help_for("cedar", gardens()))] == [("1", "unassessed")]


def test_what_was_invented_helps_only_the_invented() -> None:
    def proposed(place_id: str) -> set[str]:
        return {p.id for line in help_for(place_id, gardens()).lines for p, _ in line.practices}

    assert all("moon-picnic" not in proposed(id_) for id_ in ("alder", "birch", "cedar", "valley"))
    assert {"seed-swap", "path-day"} <= proposed("elm")


# --- a framework of many criteria, for the laws ----------------------------------------------------------------------

MANY = framework("many", [criterion(f"c{n}", indicator(f"c{n}-1"), indicator(f"c{n}-2")) for n in range(10)])
PLACES = (
    place("here", kind="village"),
    place("near", kind="village"),
    place("far", kind="city", world_region="africa"),
    place("next", kind="city"),
)


def practices(*homes: tuple[str, list[str], list[str]]) -> list[Any]:
    """(title, places, criteria)."""
    return [practice(title.lower(), title, places=at, supports=[f"many/{c}" for c in cs]) for title, at, cs in homes]


def test_practices_of_the_same_kind_of_place_come_first_then_of_the_same_region_then_by_title() -> None:
    of = portfolio(
        frameworks=[MANY],
        places=PLACES,
        practices=practices(
            ("Apples", ["far"], ["c0"]),
            ("Zebras", ["near"], ["c0"]),
            ("Mice", ["next"], ["c0"]),
            ("Bees", [], ["c0"]),
        ),
    )
    assert lines(help_for("here", of))[0][3] == [("zebras", ""), ("mice", "")]


def test_own_practices_are_never_proposed_even_where_others_took_part() -> None:
    of = portfolio(
        frameworks=[MANY],
        places=PLACES,
        practices=practices(
            ("Own", ["here"], ["c0"]),
            ("Shared", ["near", "here"], ["c0"]),
            ("Other", ["near"], ["c1"]),
        ),
    )
    assert lines(help_for("here", of)) == [("c1", "unassessed", None, [("other", "")], [])]


def test_one_practice_is_proposed_once_and_the_list_stays_short() -> None:
    every = [f"c{n}" for n in range(10)]
    of = portfolio(
        frameworks=[MANY],
        places=PLACES,
        practices=practices(("Many", ["near"], every)),
        tools=[tool("sheet", supports=[f"many/{c}" for c in every])],
    )
    found = help_for("here", of)
    assert [p.id for line in found.lines for p, _ in line.practices] == ["many"]
    each_its_own = practices(*((f"P{n}", ["near"], [f"c{n}"]) for n in range(10)))
    apart = portfolio(frameworks=[MANY], places=PLACES, practices=each_its_own)
    assert (len(help_for("here", apart).lines), help_for("here", apart).more) == (8, 2)


def answers(draw: Any) -> Assessment:
    step = st.sampled_from(["0", "1", "2", "3", "4", "don't know"])
    return assessment(
        draw(st.sampled_from(["near", "far", "next"])),
        {f"c{n}-{i}": draw(step) for n in range(3) for i in (1, 2)},
        framework_id="many",
    )


GIVEN = {"c0-1": "0", "c0-2": "1", "c1-1": "4", "c1-2": "4", "c2-1": "don't know"}
HERE = assessment("here", GIVEN, framework_id="many")
TRIED = practices(("Apples", ["far"], ["c0", "c1"]), ("Bees", ["near"], ["c0", "c2"]), ("Mice", ["next"], ["c1", "c2"]))
MADE = portfolio(frameworks=[MANY], places=PLACES, practices=TRIED, assessments=[HERE])
EXPECTED = [("c0", "low", 13, [("bees", ""), ("apples", "")], []), ("c2", "unknown", None, [("mice", "")], [])]


@given(st.data())
def test_nobody_elses_answers_decide_what_is_proposed_or_in_which_order(data: st.DataObject) -> None:
    others = {made.place: made for made in (answers(data.draw) for _ in range(data.draw(st.integers(0, 3))))}
    of = portfolio(frameworks=[MANY], places=PLACES, practices=TRIED, assessments=[HERE, *others.values()])
    assert lines(help_for("here", of)) == EXPECTED


def test_the_order_in_which_things_are_read_decides_nothing() -> None:
    for order in permutations(TRIED):
        shuffled = replace(MADE, practices={p.id: p for p in order})
        assert lines(help_for("here", shuffled)) == EXPECTED


def test_one_half_is_not_low_and_just_below_it_is() -> None:
    def made(first: str, second: str) -> Portfolio:
        given_ = assessment("here", {"c0-1": first, "c0-2": second}, framework_id="many")
        return portfolio(frameworks=[MANY], places=PLACES, practices=TRIED, assessments=[given_])

    assert lines(help_for("here", made("2", "2")))[0][:2] == ("c1", "unknown")
    assert lines(help_for("here", made("1", "2")))[0][:3] == ("c0", "low", 38)


@example(15, [False, False])
@example(16, [False])
@given(st.integers(0, 30), st.lists(st.booleans(), max_size=8))
def test_a_practice_far_down_the_order_is_found_where_all_before_it_are_the_places_own(
    before: int, after: list[bool]
) -> None:
    own = [True] * before + after
    practices = [
        practice(f"practice-{number:02}", places=["alder" if mine else "birch"], supports=["garden-rules/gardens"])
        for number, mine in enumerate(own)
    ]
    of = replace(gardens(), practices={one.id: one for one in practices})
    found = [id_ for line in lines(help_for("alder", of)) if line[0] == "gardens" for id_, _ in line[3]]
    assert found == [one.id for one, mine in zip(practices, own, strict=True) if not mine][:2]
