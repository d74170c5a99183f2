from __future__ import annotations

import csv
import datetime
import io
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lcsite.exporting.encoding import json_lines, json_text, table_lines
from lcsite.exporting.layout import WrittenOnce
from lcsite.exporting.shape import JSON_ONLY, PART, columns_of, decimal_text, table_header
from lcsite.exporting.writing import EncodedRows, Form, csv_pieces, encoded, json_bytes, table_json_pieces
from lcsite.pages.no_ranking import RankingRefused


@dataclass(frozen=True, slots=True)
class Leaf:
    colour: Annotated[str, "What colour it has."]

    def in_words(self) -> str:
        return f"a {self.colour} leaf"


@dataclass(frozen=True, slots=True)
class Tree:
    place: Annotated[str, "Where it grows."]
    old: Annotated[bool, "Whether it is old."] = False
    height: Annotated[Decimal | None, "In metres."] = None
    share: Annotated[Fraction | None, "Of the shade."] = None
    planted: Annotated[datetime.date | None, "On which day."] = None
    leaves: Annotated[tuple[Leaf, ...], "Some of its leaves."] = ()
    story: Annotated[str | None, "What is told of it.", JSON_ONLY] = None


@pytest.mark.parametrize(
    ("fraction", "expected"),
    [
        (Fraction(2, 3), "0.6666666667"), (Fraction(1, 2), "0.5"), (Fraction(1), "1"), (Fraction(0), "0"),
        (Fraction(-1, 12), "-0.0833333333"), (Fraction(99999999999, 100000000000), "1"), (Fraction(-1, 10**12), "0"),
        (Fraction(1, 2 * 10**10), "0.0000000001"), (Fraction(7, 2), "3.5"),
    ],
)
def test_a_fraction_is_rounded_half_up_to_ten_places(fraction: Fraction, expected: str) -> None:
    assert decimal_text(fraction) == expected


def test_a_row_is_described_once_for_the_table_and_the_dictionary() -> None:
    assert table_header(Tree) == ("place", "old", "height", "share", "share_decimal", "planted", "leaves")
    assert tuple(column.name for column in columns_of(Tree, table=True)) == table_header(Tree)
    kinds = {column.name: column.type for column in columns_of(Tree, prefix="rows[].")}
    assert kinds["rows[].share"] == "fraction"
    assert kinds["rows[].leaves"] == "list of objects"
    assert kinds["rows[].leaves[].colour"] == "text"
    assert kinds["rows[].story"] == "text"


def test_a_field_without_a_description_is_refused() -> None:
    @dataclass(frozen=True)
    class Bare:
        name: str

    with pytest.raises(TypeError, match=r"Bare\.name has no description"):
        table_header(Bare)


def cells(tree: Tree) -> list[str]:
    return next(csv.reader(io.StringIO(table_lines(Tree, [tree]), newline="")))


def test_a_cell_says_lists_dates_and_truth_in_plain_words() -> None:
    leaves = (Leaf("red"), Leaf("gold"))
    tree = Tree("alder", True, Decimal("12.50"), Fraction(3, 4), datetime.date(2026, 6, 30), leaves, "Long.")
    assert cells(tree) == [
        "alder", "true", "12.50", "3/4", "0.75", "2026-06-30", "a red leaf | a gold leaf",
    ]


@pytest.mark.parametrize("mark", ["=1+1", "+SUM(A1)", "-cmd", "@x", "\tx", "\rx", "\nx", "＝1"])
def test_no_cell_can_be_taken_for_a_formula(mark: str) -> None:
    assert cells(Tree(mark))[0] == "'" + mark


@pytest.mark.parametrize("number", ["-12.5", "+3", "-4", "0"])
def test_a_plain_number_is_no_formula(number: str) -> None:
    assert cells(Tree(number))[0] == number


def test_what_is_not_stated_is_left_out_of_json_and_empty_in_tables() -> None:
    assert json_text(Tree("alder")) == '{"place": "alder", "old": false}'
    assert cells(Tree("alder"))[2:] == [""] * 5


def test_json_can_stand_in_a_page_and_keeps_every_digit() -> None:
    document = {"a": "</script>&\u2028", "n": Decimal("12.50"), "big": 10**30, "x": [True, 0]}
    text = json_bytes(document, where="a test").decode()
    assert "<" not in text
    assert "&" not in text
    assert "\u2028" not in text
    assert "12.50" in text
    assert json.loads(text) == {"a": "</script>&\u2028", "n": 12.5, "big": 10**30, "x": [True, 0]}


@pytest.mark.parametrize("value", [0.1, Decimal("NaN"), Decimal("Infinity"), None, object()])
def test_json_refuses_what_is_not_exact(value: object) -> None:
    with pytest.raises(TypeError):
        json_bytes({"value": value}, where="a test")


def rows(form: Form, *trees: Tree) -> EncodedRows:
    return encoded(Tree, trees, (form,), where=f"trees.{form}")[form]


def table(*trees: Tree) -> bytes:
    return b"".join(csv_pieces(Tree, [rows("csv", *trees)], where="trees.csv"))


def rows_file(*trees: Tree) -> bytes:
    return b"".join(table_json_pieces({"title": "Trees"}, [rows("json", *trees)], where="trees.json"))


def test_a_table_has_crlf_and_quotes_where_they_are_needed() -> None:
    tree = Tree('Al"der, on the hill', height=Decimal(3))
    assert table(tree).split(b"\r\n") == [
        b"place,old,height,share,share_decimal,planted,leaves", b'"Al""der, on the hill",false,3,,,,', b"",
    ]


def test_a_json_table_has_one_row_on_each_line() -> None:
    content = rows_file(Tree("alder"), Tree("birch")).decode()
    assert content.splitlines() == [
        "{", '"title": "Trees",', '"rows": [', '{"place": "alder", "old": false},', '{"place": "birch", "old": false}',
        "]", "}",
    ]


def test_no_file_puts_places_in_another_order_than_that_of_their_ids() -> None:
    trees = [Tree("birch"), Tree("alder")]
    with pytest.raises(RankingRefused, match=r"trees\.csv"):
        table(*trees)
    with pytest.raises(RankingRefused, match=r"trees\.json"):
        rows_file(*trees)
    with pytest.raises(RankingRefused, match="rank"):
        json_bytes({"rank": 1}, where="trees.json")


def test_parts_of_a_table_that_are_in_order_each_are_refused_in_another_order_together() -> None:
    birch, alder = (rows("csv", Tree(name)) for name in ("birch", "alder"))
    assert b"".join(csv_pieces(Tree, [alder, birch], where="trees.csv")) == table(Tree("alder"), Tree("birch"))
    with pytest.raises(RankingRefused, match=r"trees\.csv"):
        b"".join(csv_pieces(Tree, [birch, alder], where="trees.csv"))


def test_a_part_without_rows_leaves_no_trace() -> None:
    none, alder = rows("csv"), rows("csv", Tree("alder"))
    assert b"".join(csv_pieces(Tree, [none, alder, none], where="trees.csv")) == table(Tree("alder"))
    assert table(*()) == b"place,old,height,share,share_decimal,planted,leaves\r\n"
    assert json.loads(rows_file()) == {"title": "Trees", "rows": []}


@dataclass(frozen=True, slots=True)
class Forest:
    name: Annotated[str, "What it is called."]
    names: Annotated[dict[str, str], "In other languages."]
    trees: Annotated[tuple[Tree, ...], "What grows there."] = ()
    within: Annotated[tuple[Forest, ...], "Smaller ones in it."] = ()


@pytest.mark.parametrize(
    "forest",
    [
        Forest("Wood", {"rank": "Forst"}),
        Forest("Wood", {}, (Tree("birch"), Tree("alder"))),
        Forest("Wood", {}, within=(Forest("Grove", {}, (Tree("birch"), Tree("alder"))),)),
    ],
    ids=["a key", "rows", "rows further down"],
)
def test_the_guard_looks_into_rows_that_hold_rows_or_keys(forest: Forest) -> None:
    with pytest.raises(RankingRefused, match=r"forest\.json"):
        json_bytes({"title": "A forest"}, forest, where="forest.json")


def test_no_field_of_a_row_or_of_a_row_in_it_may_rank() -> None:
    assert b"alder" in json_bytes(Forest("Wood", {"de": "Forst"}, (Tree("alder"), Tree("birch"))), where="f.json")
    for row in (League(3), Cup((League(3),))):
        with pytest.raises(RankingRefused, match="league_position"):
            json_bytes(row, where="f.json")


@dataclass(frozen=True, slots=True)
class League:
    league_position: Annotated[int, "Which one."]


@dataclass(frozen=True, slots=True)
class Cup:
    leagues: Annotated[tuple[League, ...], "The leagues."]


def test_what_does_not_fit_on_a_line_is_laid_out_and_says_the_same() -> None:
    trees = tuple(Tree(f"tree-{n}", share=Fraction(1, 3), leaves=(Leaf("gold"),)) for n in range(3))
    forest = Forest("Wood", {"fr": "Forêt", "de": "Forst"}, trees, (Forest("Grove", {}),))
    text = json_bytes(forest, where="f.json").decode()
    assert json.loads(text) == json.loads(json_text(forest))
    assert text.startswith('{\n "name": "Wood",\n "names": {"de": "Forst", "fr": "Forêt"},\n "trees": [\n  {')
    assert '   "share": "1/3",\n   "share_decimal": 0.3333333333,\n   "leaves": [{"colour": "gold"}]\n  }' in text
    assert text.endswith(' ],\n "within": [{"name": "Grove"}]\n}\n')


@dataclass(slots=True, eq=False)
class Wood:
    place: Annotated[str, "Where it grows."]
    share: Annotated[Fraction | None, "Of the valley."]
    kinds: Annotated[tuple[str, ...], "What grows there."] = ()


@dataclass(slots=True)
class Bench:
    wood: Annotated[Wood, PART]
    seats: Annotated[int, "How many people it holds."]

    @property
    def place(self) -> str:
        return self.wood.place


def test_fields_that_rows_share_stand_in_each_row_as_if_they_were_its_own() -> None:
    wood = Wood("alder", Fraction(1, 2))
    benches = [Bench(wood, 2), Bench(wood, 3), Bench(Wood("birch", None, ("oak", "elm")), 1)]
    made = encoded(Bench, benches, ("csv", "json"), where="benches")
    assert table_header(Bench) == ("place", "share", "share_decimal", "kinds", "seats")
    assert made["csv"].lines.decode().split("\r\n") == ["alder,1/2,0.5,,2", "alder,1/2,0.5,,3", "birch,,,oak | elm,1"]
    assert made["json"].lines.decode().splitlines() == [
        '{"place": "alder", "share": "1/2", "share_decimal": 0.5, "seats": 2},',
        '{"place": "alder", "share": "1/2", "share_decimal": 0.5, "seats": 3},',
        '{"place": "birch", "kinds": ["oak", "elm"], "seats": 1}',
    ]


def test_a_list_in_a_shared_part_is_laid_out_like_any_other() -> None:
    kinds = tuple(f"a tree of the kind that has the number {n}" for n in range(3))
    text = json_bytes(Bench(Wood("alder", Fraction(1, 2), kinds), 2), where="bench.json").decode()
    assert text.splitlines() == [
        "{", ' "place": "alder",', ' "share": "1/2",', ' "share_decimal": 0.5,', ' "kinds": [',
        *(f'  "{kind}"{"" if kind is kinds[-1] else ","}' for kind in kinds), " ],", ' "seats": 2', "}",
    ]


@dataclass(slots=True)
class Park(WrittenOnce):
    place: Annotated[str, "Where it is."]
    gate: Annotated[Tree | None, "The tree by the gate."] = None
    trees: Annotated[tuple[Tree, ...], "What grows there."] = ()
    names: Annotated[tuple[str, ...], "What people call it."] = ()


@dataclass(slots=True)
class Valley:
    parks: Annotated[tuple[Park, ...], "The parks in it."]


WORDS = st.text("aé\"<\n", max_size=30) | st.just("a word that is so long that not many of its like stand on a line")
TREES = st.builds(
    Tree, st.just("alder"), leaves=st.lists(st.builds(Leaf, WORDS), max_size=3).map(tuple), story=st.none() | WORDS
)
PARKS = st.builds(
    Park, st.just("alder"), st.none() | TREES, st.lists(TREES, max_size=30).map(tuple),
    st.lists(WORDS, max_size=4).map(tuple),
)


@given(st.lists(PARKS, min_size=1, max_size=3))
def test_a_row_that_stands_in_two_files_is_written_once_and_says_the_same_in_both(parks: list[Park]) -> None:
    anew = [replace(park) for park in parks]
    line = encoded(Park, anew, ("json",), where="parks")["json"].lines
    document = json_bytes(Valley(tuple(parks)), where="valley.json")
    assert encoded(Park, parks, ("json",), where="parks")["json"].lines == line
    assert json_bytes(Valley(tuple(anew)), where="valley.json") == document
    assert line.decode() == ",\n".join(map(escaped_text, parks))
    assert json.loads(document) == {"parks": json.loads(b"[" + line + b"]")}


def escaped_text(park: Park) -> str:
    return json_text(park).replace("<", "\\u003c")


def test_numbers_that_are_equal_keep_the_digits_with_which_they_were_published() -> None:
    trees = [Tree("alder", height=Decimal("12.50")), Tree("birch", height=Decimal("12.5"))]
    made = encoded(Tree, trees, ("csv", "json"), where="trees")
    assert made["csv"].lines == b"alder,false,12.50,,,,\r\nbirch,false,12.5,,,,"
    assert b'"height": 12.50}' in made["json"].lines
    assert b'"height": 12.5}' in made["json"].lines


@given(st.text(min_size=1))
@example('A "line"\n\\ and\tmore\r\x00\x7f\u2028')
def test_prose_stands_in_json_as_the_library_writes_it(prose: str) -> None:
    line = json_lines(Tree, [Tree("oak", story=prose)])
    assert line == json.dumps({"place": "oak", "old": False, "story": prose}, ensure_ascii=False)
