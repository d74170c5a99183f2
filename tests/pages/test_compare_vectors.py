"""The examples that the scoring core shares with the script of the page that compares: `tests/vectors/compare.json`."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from lcsite.model.place import Place
from lcsite.pages.drawing import node_bar
from lcsite.scoring.likeness import likeness, places_alike, ranges_differ
from lcsite.scoring.results import Counts, Numbers
from lcsite.scoring.showing import show
from tests.builders import SOURCE, place

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "compare.json").read_text("utf-8"))


def numbers(known: str, low: str, high: str, coverage: str) -> Numbers:
    return Numbers(Fraction(known), Fraction(low), Fraction(high), Fraction(coverage))


@pytest.mark.parametrize("vector", VECTORS["shown"], ids=lambda vector: vector["why"])
def test_the_core_shows_and_draws_a_reading_as_worked_out_by_hand(vector: dict[str, Any]) -> None:
    four, counts = vector["reading"][:4], Counts(*map(int, vector["reading"][4:]))
    exact = numbers(*four) if four[0] else None
    shown, bar = show(exact, counts), node_bar(exact, counts)
    assert shown.kind == vector["kind"]
    assert getattr(shown, "point", None) == vector.get("point")
    assert (getattr(shown, "low", None), getattr(shown, "high", None)) == (vector.get("low"), vector.get("high"))
    assert getattr(shown, "why", None) == vector.get("why_empty")
    assert (bar.state, bar.ink, bar.pencil, bar.pin) == tuple(vector[key] for key in ("state", "ink", "pencil", "pin"))


@pytest.mark.parametrize("vector", VECTORS["compared"], ids=lambda vector: vector["why"])
def test_the_core_says_of_two_ranges_what_was_worked_out_by_hand(vector: dict[str, Any]) -> None:
    one, other = (
        numbers(ends[0], ends[0], ends[1], ends[2]) if ends else None for ends in (vector["one"], vector["other"])
    )
    same_question = vector.get("same_question", True)
    assert ranges_differ(one, other, same_question=same_question) == vector["said"]
    assert ranges_differ(other, one, same_question=same_question) == vector["said"]


def a_place(id_: str, people: int | None, budget: int | None = None) -> Place:
    more: dict[str, Any] = {}
    if people is not None:
        more["population"] = {"value": people, "year": 2024, "source": SOURCE}
    if budget is not None:
        more["budget_per_head"] = {"value": str(budget), "currency": "EUR", "year": 2024, "source": SOURCE}
    return place(id_, **more)


@pytest.mark.parametrize("vector", VECTORS["alike"], ids=str)
def test_the_core_finds_places_as_alike_as_worked_out_by_hand(vector: dict[str, Any]) -> None:
    found = likeness(a_place("one", *vector["one"]), a_place("other", *vector["other"]))
    if vector["distance"] is None:
        assert found is None
    else:
        assert found is not None
        digits = len(vector["distance"].partition(".")[2])
        assert abs(found.distance - Fraction(vector["distance"])) <= Fraction(1, 2 * 10**digits)


def test_the_core_proposes_the_nearest_first_and_ties_by_id() -> None:
    here, *others = (a_place(*it) for it in (VECTORS["nearest"]["here"], *VECTORS["nearest"]["others"]))
    assert [found.place for found in places_alike(here, others)] == VECTORS["nearest"]["found"]
