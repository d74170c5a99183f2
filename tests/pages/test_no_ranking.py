"""The first promise: nothing orders places by a score. The guard stops a build that tries, in whatever shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.pages.no_ranking import (
    NearestInContext,
    RankingRefused,
    SideBySide,
    by_name,
    guard_data,
    guard_page,
    name_key,
)
from lcsite.pages.page import Page, PlaceName
from lcsite.rendering.renderer import Renderer
from tests.builders import place


def named(name: str, id_: str = "") -> PlaceName:
    return PlaceName(id_ or name.lower(), name, f"cities/{name.lower()}/", "town", "GB", False)


ALDER, BIRCH, CEDAR = named("Alder"), named("Birch"), named("Cedar")
SCORES = {"Alder": 20, "Birch": 90, "Cedar": 50}
BY_NAME = (ALDER, BIRCH, CEDAR)
BY_SCORE = tuple(sorted(BY_NAME, key=lambda p: -SCORES[p.name]))
assert BY_SCORE == (BIRCH, CEDAR, ALDER)


@dataclass(frozen=True, slots=True)
class Row:
    place: PlaceName
    point: int


@dataclass(frozen=True, slots=True)
class Line:
    where: PlaceName
    point: int


@dataclass(frozen=True, slots=True)
class Tier:
    words: str
    places: tuple[PlaceName, ...]


@dataclass(frozen=True, slots=True)
class Body:
    shown: Any


@dataclass(frozen=True, slots=True)
class Practice:
    title: str
    address: str
    places: tuple[PlaceName, ...]


def rows(places: tuple[PlaceName, ...]) -> tuple[Row, ...]:
    return tuple(Row(p, SCORES[p.name]) for p in places)


ORDERED_BY_SCORE = {
    "places": BY_SCORE,
    "a list of places": list(BY_SCORE),
    "rows with a place": rows(BY_SCORE),
    "rows that call the place otherwise": tuple(Line(p, SCORES[p.name]) for p in BY_SCORE),
    "pairs of a place and a score": tuple((p, SCORES[p.name]) for p in BY_SCORE),
    "pairs with the score first": tuple((SCORES[p.name], p) for p in BY_SCORE),
    "mappings with a place": tuple({"place": p, "point": SCORES[p.name]} for p in BY_SCORE),
    "a mapping from places to scores": {p: SCORES[p.name] for p in BY_SCORE},
    "a mapping from keys to places": {str(SCORES[p.name]): p for p in BY_SCORE},
    "a mapping from keys to rows": {row.place.id: row for row in rows(BY_SCORE)},
    "records of places": tuple(place(p.id) for p in BY_SCORE),
    "places by reversed name": BY_NAME[::-1],
    "two places": (BIRCH, ALDER),
    "places with others between them": (BIRCH, "and", 3, None, ALDER),
    "tiers": (Tier("far", (BIRCH,)), Tier("on the way", (ALDER, CEDAR))),
    "tiers as pairs": (("far", (BIRCH,)), ("on the way", (ALDER, CEDAR))),
    "tiers without words": ((BIRCH, CEDAR), (ALDER,)),
    "tiers of rows": (("far", rows((BIRCH,))), ("near", rows((ALDER, CEDAR)))),
    "a mapping of tiers": {"far": (BIRCH, CEDAR), "near": (ALDER,)},
    "an order within groups side by side": SideBySide((("practice", BY_NAME), ("outcome", BY_SCORE))),
}


@pytest.mark.parametrize("shown", ORDERED_BY_SCORE.values(), ids=ORDERED_BY_SCORE)
@pytest.mark.parametrize("hidden", [0, 1, 2, 3])
def test_places_in_the_order_of_a_score_are_refused_however_deep_they_hide(shown: Any, hidden: int) -> None:
    wrappings = (lambda v: v, lambda v: (v,), lambda v: {"shown": v}, lambda v: Body((1, {"a": [v]})))
    with pytest.raises(RankingRefused, match="some/page/: places stand in another order"):
        guard_page(Body(wrappings[hidden](shown)), where="some/page/")


@dataclass(frozen=True, slots=True)
class Note:
    words: str


@dataclass(frozen=True)
class NoteWithPlaces(Note):
    places: tuple[PlaceName, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """Typed throughout, and a branch of itself."""

    words: str | None
    kind: Literal["a", "b"] = "a"
    tiers: tuple[tuple[str, tuple[Tier, ...]], ...] = ()
    branches: tuple[Branch, ...] = ()
    maybe: Tier | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    note: Note
    branch: Branch | None = None


def hidden_in_an_unknown_type() -> object:
    @dataclass(frozen=True, slots=True)
    class Local:
        tier: tuple[Tier, ...]

    @dataclass(frozen=True, slots=True)
    class Unseen:
        local: Local  # a name that only this function knows

    return Unseen(Local((Tier("far", BY_SCORE),)))


TYPED = {
    "in a branch": Branch("", tiers=(("x", (Tier("far", BY_SCORE),)),)),
    "in a branch of a branch": Branch("", branches=(Branch("", maybe=Tier("far", BY_SCORE)),)),
    "in something that says more than its type": Holder(NoteWithPlaces("x", BY_SCORE)),
    "in a union": Holder(Note("x"), Branch("", maybe=Tier("far", BY_SCORE))),
    "in an unknown type": hidden_in_an_unknown_type(),
}


@pytest.mark.parametrize("body", TYPED.values(), ids=TYPED)
def test_types_that_can_lead_to_places_are_looked_through(body: object) -> None:
    with pytest.raises(RankingRefused, match="another order"):
        guard_page(body, where="x")


def test_a_name_that_would_rank_is_refused_below_types_without_places() -> None:
    @dataclass(frozen=True, slots=True)
    class Standing:
        rank: int

    with pytest.raises(RankingRefused, match="'rank' would rank"):
        guard_page(Body((Note("x"), Standing(1))), where="x")


IN_ORDER = {
    "places": BY_NAME,
    "rows": rows(BY_NAME),
    "pairs": tuple((p, SCORES[p.name]) for p in BY_NAME),
    "a mapping": {p: SCORES[p.name] for p in BY_NAME},
    "groups by letter": (Tier("A", (ALDER,)), Tier("B", (BIRCH,)), Tier("C", (CEDAR,))),
    "the same place twice": (ALDER, ALDER),
    "one place": (CEDAR,),
    "none": (),
    "two readings side by side": SideBySide((("practice", (BIRCH, CEDAR)), ("outcome", (ALDER,)))),
    "nearest in context": NearestInContext(BY_SCORE),
    "practices by title, wherever they were": (
        Practice("Allotments", "a/", (CEDAR,)),
        Practice("Bread", "b/", (ALDER, BIRCH)),
        Practice("Choir", "c/", (ALDER,)),
    ),
}


@pytest.mark.parametrize("shown", IN_ORDER.values(), ids=IN_ORDER)
def test_places_in_the_order_of_their_names_pass(shown: Any) -> None:
    guard_page(Body((shown,)), where="some/page/")


def test_only_the_places_that_are_nearest_in_context_may_stand_otherwise_and_nothing_inside_them() -> None:
    guard_page(Body(NearestInContext((CEDAR, ALDER))), where="p/")
    with pytest.raises(RankingRefused):
        guard_page(Body(NearestInContext(((CEDAR, ALDER),))), where="p/")


FORBIDDEN = ("rank", "ranking", "Rank", "rank_in_region", "league", "league-table", "position_among", "best_place")


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_key_may_rank_on_a_page_or_in_a_file(word: str) -> None:
    with pytest.raises(RankingRefused, match="would rank"):
        guard_page(Body({word: 1}), where="p/")
    with pytest.raises(RankingRefused, match="would rank"):
        guard_data({"rows": [{"place": "alder", word: 1}]}, where="f.json")


def test_no_field_may_rank() -> None:
    @dataclass(frozen=True, slots=True)
    class Ranked:
        rank: int

    with pytest.raises(RankingRefused, match="p/: the field or key 'rank' would rank"):
        guard_page(Body((Ranked(1),)), where="p/")


@pytest.mark.parametrize("word", ["franking", "title", "colleague", "best", "placement", "order"])
def test_words_that_only_look_alike_pass(word: str) -> None:
    guard_page(Body({word: 1}), where="p/")
    guard_data({word: 1}, where="f.json")


@pytest.mark.parametrize(
    "data",
    [
        [{"place": "birch", "point": 90}, {"place": "alder", "point": 20}],
        {"rows": [{"place": "birch"}, {"place": "alder"}]},
        {"rows": [{"frameworks": [{"rows": ({"place": "b"}, {"place": "a"})}]}]},
    ],
)
def test_rows_of_a_file_in_another_order_than_that_of_places_are_refused(data: Any) -> None:
    with pytest.raises(RankingRefused, match=r"scorecards\.json"):
        guard_data(data, where="scorecards.json")


def test_rows_of_a_file_in_the_order_of_places_pass() -> None:
    rows_ = [{"place": "alder", "point": 20}, {"place": "alder"}, {"place": "birch", "point": 90}]
    guard_data({"rows": rows_}, where="scorecards.json")


@given(st.permutations(BY_NAME))
def test_only_one_order_of_three_places_passes(order: list[PlaceName]) -> None:
    if tuple(order) == BY_NAME:
        guard_page(Body(tuple(order)), where="p/")
    else:
        with pytest.raises(RankingRefused):
            guard_page(Body(tuple(order)), where="p/")


@given(st.lists(st.text(max_size=6), max_size=6))
def test_places_sorted_by_name_always_pass(names: list[str]) -> None:
    guard_page(Body(by_name(named(name, f"p{n}") for n, name in enumerate(names))), where="p/")


def test_accents_and_capitals_do_not_move_a_name() -> None:
    names = ["Zagreb", "Århus", "aalen", "Østerby", "Évora", "Eupen"]
    assert sorted(names, key=name_key) == ["aalen", "Århus", "Eupen", "Évora", "Zagreb", "Østerby"]


def test_places_of_one_name_stand_by_their_ids() -> None:
    one, other = named("Newtown", "newtown-gb"), named("Newtown", "newtown-au")
    assert by_name([one, other]) == (other, one)
    with pytest.raises(RankingRefused):
        guard_page(Body((one, other)), where="p/")


def test_the_guard_stands_at_the_door_of_the_renderer() -> None:
    page = Page("cities/", "place-list", "Places", "All places.", body=lambda: Body(BY_SCORE))
    with pytest.raises(RankingRefused, match="cities/"):
        Renderer().render(page)
