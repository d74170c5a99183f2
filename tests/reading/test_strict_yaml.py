from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.reading.strict_yaml import LONGEST, MOST_NODES, YamlMarks, YamlText, read_yaml
from tests.reading.sources import refusals, spots, yaml


def test_every_scalar_is_text() -> None:
    text = (
        "country: NO\nopens: 22:30\nnumber: 010\nyear: 2024\nday: 2024-01-01\nyes: yes\nhalf: .5\nhex: 0x1F\n"
        "not: .nan\n"
    )
    assert yaml(text) == {
        "country": "NO", "opens": "22:30", "number": "010", "year": "2024", "day": "2024-01-01", "yes": "yes",
        "half": ".5", "hex": "0x1F", "not": ".nan",
    }


def test_only_an_empty_plain_value_is_nothing() -> None:
    assert yaml("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: Null\n") == {
        "a": None, "b": None, "c": None, "d": "", "e": "null", "f": "Null",
    }


def test_lists_and_fields_nest() -> None:
    assert yaml("a: [x, {b: c}]\nd:\n  - e: f\n    g: |\n      h\n      i\n") == {
        "a": ["x", {"b": "c"}], "d": [{"e": "f", "g": "h\ni\n"}],
    }


def test_joiners_right_to_left_marks_astral_signs_and_emoji_pass() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    words = f"شهر\u200cها \u200f \U0001f469\u200d\U0001f3eb {flag} \U00020bb7"
    assert yaml(f"name: {words}\n") == {"name": words}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ["3:1 duplicate-key"]),
        ("a: {b: 1, b: 2}\n", ["1:11 duplicate-key"]),
        ("a: &x b\n", ["1:4 yaml-feature"]),
        ("&x a: b\n", ["1:1 yaml-feature"]),
        ("a: [*x]\n", ["1:5 yaml-feature"]),
        ("a: *\n", ["1:4 yaml-feature"]),
        ("a: !!python/object:os.system b\n", ["1:4 yaml-feature"]),
        ("a: ! b\n", ["1:4 yaml-feature"]),
        ("a: !<tag> b\n", ["1:4 yaml-feature"]),
        ("<<: {a: b}\n", ["1:1 yaml-feature"]),
        ("a: b\n---\nc: d\n", ["2:1 yaml-feature"]),
        ("%YAML 1.2\n---\na: b\n", ["1:1 yaml-feature"]),
        ("# words\n%TAG ! x\n---\na: b\n", ["2:1 yaml-feature"]),
        ("? [a]\n: b\n", ["1:3 yaml-feature"]),
        ("? {a: b}\n: c\n", ["1:3 yaml-feature"]),
        ("'': b\n", ["1:1 yaml-syntax"]),
        ("", ["1:1 yaml-no-fields"]),
        ("# nothing\n", ["1:1 yaml-no-fields"]),
        ("just words\n", ["1:1 yaml-no-fields"]),
        ("- a\n- b\n", ["1:1 yaml-no-fields"]),
        ('a: "\\u202e"\n', ["1:4 forbidden-character"]),
        ('a: "\\x00"\n', ["1:4 forbidden-character"]),
        ('"\\e": b\n', ["1:1 forbidden-character"]),
    ],
)
def test_what_could_surprise_is_refused_where_it_stands(text: str, expected: list[str]) -> None:
    assert refusals(text) == expected


@pytest.mark.parametrize(
    ("text", "spot", "words"),
    [
        ("title: Vouchers: a lesson\n", "1:16", "a colon stands here where no new field can begin"),
        ("title: a\nplaces [b]\nyears: 2\n", "2:1", "this line has no colon after the name of its field"),
        ("places\n  years: 2\n", "2:8", "a field cannot begin on this line"),
        ("title: a\n\tyears: 2\n", "2:1", "a tab stands here where spaces are needed"),
        ("title: 'it's'\n", "1:12", "nothing may follow the closing quotation mark here"),
        ('title: "open\nyears: 2\n', "1:8", "a quotation mark is opened and never closed"),
        ("places: [a, b\nyears: 2\n", "1:9", "a list that was opened with [ is not closed"),
        ("source: {a: b\nyears: 2\n", "1:9", "fields that were opened with { are not closed"),
        ("a: @home\n", "1:4", "a value that begins with @ needs quotation marks"),
        ("a: `code`\n", "1:4", "a value that begins with ` needs quotation marks"),
        ("a: 50%\nb: %x\n", "2:4", "a value that begins with % needs quotation marks"),
        ('a: "C:\\dir"\n', "1:7",
        "a backslash in double quotation marks begins a special sign, and this one is unknown"),
        ("a: - b\n", "1:4", "an entry of a list cannot begin here"),
        ("a: |x\n  b\n", "1:5", "only a line break may follow | or > here"),
    ],
)
def test_broken_yaml_is_explained_in_plain_words(text: str, spot: str, words: str) -> None:
    _, problems = read_yaml(YamlText(text, "a.yml"))
    assert [p.message for p in problems] == [words]
    assert spots(problems) == [f"{spot} yaml-syntax"] or spots(problems) == [f"{spot} yaml-feature"]


def test_all_refused_parts_of_a_file_are_reported_together() -> None:
    assert refusals("a: &x 1\nb: !y 2\na: 3\n<<: {}\n") == [
        "1:4 yaml-feature", "2:4 yaml-feature", "3:1 duplicate-key", "4:1 yaml-feature",
    ]


def test_front_matter_counts_lines_from_the_beginning_of_the_file() -> None:
    _, problems = read_yaml(YamlText("a: 1\na: 2\n", "a.md", first_line=2))
    assert spots(problems) == ["3:1 duplicate-key"]


def test_every_value_and_every_key_has_a_mark() -> None:
    marks = YamlMarks(YamlText("a: 1\nb:\n  - c: é\n    d: [x, y]\n", "a.yml"))
    assert str(marks.value(("a",))) == "a.yml:1:4"
    assert str(marks.key(("b",))) == "a.yml:2:1"
    assert str(marks.value(("b", 0, "c"))) == "a.yml:3:8"
    assert str(marks.key(("b", 0, "d"))) == "a.yml:4:5"
    assert str(marks.value(("b", 0, "d", 1))) == "a.yml:4:12"


def test_a_missing_value_is_marked_by_what_is_around_it() -> None:
    marks = YamlMarks(YamlText("a: 1\nb:\n  c: 2\n", "a.yml"))
    assert str(marks.value(("b", "z", 3))) == "a.yml:3:3"
    assert str(marks.value(("z",))) == "a.yml:1:1"


HOSTILE = {
    "brackets": "[" * 60_000, "braces": "{a: " * 15_000, "dashes": "- " * 30_000, "questions": "? " * 30_000,
    "mixed signs": "? - " * 15_000, "commas": "[" + "a," * 30_000, "empty pairs": "{" + "? ," * 20_000 + "}",
    "anchors": "".join(f"a{i}: &x{i} b\n" for i in range(4_000)), "tags": "[" + "!a," * 20_000,
    "aliases": "[" + "*a," * 20_000,
    "laughs": "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n", "documents": "---\n" * 15_000,
    "indentation": "".join(" " * i + "a:\n" for i in range(340)), "directives": "%TAG !a! x\n" * 5_000 + "---\na: b",
    "line breaks": "\n" * 60_000 + "a: b", "backslashes": 'a: "' + "\\" * 60_000, "quotes": "a: '" + "''" * 30_000,
    "colons": "a: " + "b:" * 30_000, "long key": "a" * 60_000 + ": b", "closers": "]" * 60_000, "comment": "#" * 60_000,
    "blanks": "a: " + " " * 60_000 + "b", "block": "a: |\n" + " \n" * 30_000, "nulls": "\0" * 60_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_dealt_with_at_once(text: str) -> None:
    started = time.process_time()
    read_yaml(YamlText(text, "a.yml"))
    YamlMarks(YamlText(text, "a.yml"))
    assert time.process_time() - started < 2


def test_more_than_64_kib_is_refused() -> None:
    assert refusals("a: " + "x" * LONGEST) == ["1:1 file-too-large"]


def test_twenty_levels_pass_and_the_next_one_is_refused() -> None:
    assert yaml("a: " + "[" * 19 + "]" * 19)
    assert refusals("a: " + "[" * 20 + "]" * 20) == ["1:23 yaml-too-much"]


def test_five_thousand_values_pass_and_more_are_refused() -> None:
    inside = MOST_NODES - 3  # the fields, one key and the list count too
    assert yaml("a: [" + ",".join("b" * inside) + "]")
    too_many = "a: [" + ",".join("b" * (inside + 1)) + "]"
    assert [spot.partition(" ")[2] for spot in refusals(too_many)] == ["yaml-too-much"]


PIECES = st.sampled_from([
    "a", "b: ", ": ", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ",", "&x ", "*x", "!t ", "? ", "| \n", ">\n",
    "'", '"',
    "\\", "\\u202e", "#", "%", "---\n", "...\n", "<<: ", "~", "é", "\U0001f3f4", "\t", "\0", "@", "`", "null",
    "\u2028", "\ufeff",
])


@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200))
def test_any_text_ends_in_fields_or_in_problems(text: str) -> None:
    source = YamlText(text, "a.yml", 7)
    tree, problems = read_yaml(source)
    assert (tree is None) == bool(problems)
    lines = text.count("\n") + text.count("\u2028") + text.count("\u2029") + text.count("\x85") + text.count("\r")
    for problem in problems:
        assert 7 <= problem.location.line <= 7 + lines + 1
        assert problem.message
        assert "\n" not in problem.message
    YamlMarks(source)


KEYS = st.text("abcdefghij", min_size=1, max_size=3)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn"]), max_size=12)
TREES = st.recursive(WORDS, lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=3),
max_leaves=15)


@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_what_is_written_out_is_read_back(tree: dict[str, object]) -> None:
    import json

    assert yaml(json.dumps(tree, ensure_ascii=False, indent=1).replace("\x7f", "")) == tree
