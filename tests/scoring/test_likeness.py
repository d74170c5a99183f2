"""Likeness of context, and ranges that differ or do not (method, section 10)."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.model.place import Place
from lcsite.scoring.likeness import Basis, Difference, Neighbourhood, likeness, places_alike, ranges_differ
from lcsite.scoring.results import Numbers
from tests.scoring.trees import LAW

F = Fraction
YEAR = datetime.date(2026, 6, 30).year


def place(
    name: str, people: int | None, budget: str | None = None, *, kind: str = "city", currency: str = "EUR", **more: Any
) -> Place:
    source = {"title": "A yearbook"}
    record: dict[str, Any] = {
        "id": name, "name": name, "kind": kind, "country": "GB", "world_region": "europe-and-north-america",
    }
    if people is not None:
        record["population"] = {"value": people, "year": YEAR, "source": source, **more}
    if budget is not None:
        record["budget_per_head"] = {"value": budget, "currency": currency, "year": YEAR, "source": source}
    return Place.model_validate(record)


@pytest.mark.parametrize(("a", "b", "expected", "basis"), [
    ((20_000, "1500"), (35_000, "1200"), "0.185", Basis.POPULATION_AND_BUDGET),
    ((20_000, "1500"), (1_200_000, "1500"), "1.2573", Basis.POPULATION_AND_BUDGET),
    ((20_000, None), (35_000, "1200"), "0.2430", Basis.POPULATION),
])
def test_distances(
    a: tuple[int, str | None], b: tuple[int, str | None], expected: str, basis: Basis
) -> None:
    found = likeness(place("a", *a), place("b", *b))
    assert found is not None
    assert abs(found.distance - F(expected)) <= F(1, 2 * 10 ** len(expected.partition(".")[2]))
    assert found.basis is basis


def test_budgets_in_two_currencies_are_not_compared() -> None:
    found = likeness(place("a", 20_000, "1500"), place("b", 20_000, "150000", currency="JPY"))
    assert found is not None
    assert (found.distance, found.basis) == (0, Basis.POPULATION)


def test_nobody_is_proposed_without_a_population_of_its_own_or_of_another_kind() -> None:
    here = place("a", 20_000)
    assert likeness(here, place("b", None)) is None
    assert likeness(place("b", None), here) is None
    assert likeness(here, place("b", 20_000, kind="village")) is None
    assert likeness(here, place("b", 20_000, scope="the whole county")) is None


def test_the_nearest_come_first_and_ties_by_id() -> None:
    here = place("here", 20_000)
    others = [place("z", 40_000), place("far", 900_000), place("b", 40_000), here, place("unknown", None)]
    assert [each.place for each in places_alike(here, others)] == ["b", "z", "far"]
    assert [each.place for each in places_alike(here, others, at_most=1)] == ["b"]


def test_a_new_member_changes_no_distance() -> None:
    here, there = place("here", 20_000), place("there", 35_000)
    alone = places_alike(here, [there])
    with_new = places_alike(here, [there, place("new", 5_000_000)])
    assert [each for each in with_new if each.place == "there"] == list(alone)


def numbers(low: str, high: str, coverage: str = "1") -> Numbers:
    return Numbers(F(low), F(low), F(high), F(coverage))


def test_closed_ranges_that_touch_do_not_differ() -> None:
    assert ranges_differ(numbers("0.5", "0.6"), numbers("0.6", "0.8"), same_question=True) is (
        Difference.NO_CLEAR_DIFFERENCE
    )
    assert ranges_differ(numbers("0.5", "0.6"), numbers("0.61", "0.8"), same_question=True) is (
        Difference.CLEAR_DIFFERENCE
    )


def test_nothing_is_compared_across_questions_or_where_too_little_is_known() -> None:
    a, b, thin = numbers("0.5", "0.6"), numbers("0.7", "0.8"), numbers("0", "0.1", "0.3")
    assert ranges_differ(a, b, same_question=False) is Difference.NOT_COMPARED
    assert ranges_differ(a, thin, same_question=True) is Difference.NOT_COMPARED
    assert ranges_differ(None, b, same_question=True) is Difference.NOT_COMPARED


@LAW
@given(st.integers(1, 10**8), st.integers(1, 10**8), st.integers(1, 10**5), st.integers(1, 10**5))
def test_likeness_is_the_same_both_ways(a: int, b: int, budget_a: int, budget_b: int) -> None:
    one, two = place("one", a, str(budget_a)), place("two", b, str(budget_b))
    there, back = likeness(one, two), likeness(two, one)
    assert there is not None
    assert back is not None
    assert there.distance == back.distance >= 0


@LAW
@given(
    st.lists(
        st.tuples(
            st.integers(1_000, 1_030) | st.integers(1, 10**7),
            st.none() | st.integers(1, 9).map(str) | st.integers(1, 10**5).map(str),
        ),
        min_size=2, max_size=30,
    ),
    st.integers(1, 4),
)
def test_the_quick_look_leaves_out_nobody_who_is_among_the_nearest(
    known: list[tuple[int, str | None]], at_most: int
) -> None:
    everybody = [place(f"p{number}", people, budget) for number, (people, budget) in enumerate(known)]
    every = places_alike(everybody[0], everybody)
    assert places_alike(everybody[0], everybody, at_most=at_most) == every[:at_most]
    named = Neighbourhood(everybody).nearest(everybody[0], at_most=at_most)
    assert named == tuple(each.place for each in every[:at_most])
