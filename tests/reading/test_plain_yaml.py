"""The quick reader of plain YAML finds what the parser finds, or leaves the text to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.reading import strict_yaml
from lcsite.reading.plain_yaml import read_plainly
from lcsite.reading.strict_yaml import YamlText, read_yaml

CONTENT = Path(__file__).parents[2] / "content"


def by_the_parser(text: str) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_yaml, "read_plainly", lambda _: None)
        return read_yaml(YamlText(text, "file.yml"))


def test_fields_lists_and_folded_words_are_read_straight() -> None:
    text = (
        "# a remark\ntitle: The long\n  way home\nyear: 2024\nplaces: [a-b, c/d.e]\nempty:\nnothing: null\n"
        "source:\n  url: https://example.org/a#b\n  note: 'it: is'\nlist:\n- one\n- name: two\n  deep:\n    - \"3\"\n"
        "point: {lat: 1.5, lon: -7, note: \"a, b: c\"}\n"
    )
    assert read_plainly(text) == {
        "title": "The long way home", "year": "2024", "places": ["a-b", "c/d.e"], "empty": None, "nothing": None,
        "source": {"url": "https://example.org/a#b", "note": "it: is"},
        "list": ["one", {"name": "two", "deep": ["3"]}], "point": {"lat": "1.5", "lon": "-7", "note": "a, b: c"},
    }
    assert by_the_parser(text) == (read_plainly(text), [])


@pytest.mark.parametrize(
    "text",
    [
        "", "# nothing\n", "- a\n", "a: b\na: c\n", "a: b: c\n", "a: b\n  c: d\n", "a: b # c\n", "a: |\n  b\n",
        "a: &b c\n",
        "a: *b\n", "a: !b c\n", "a: {b: c, b: d}\n", "a: {b: c, d}\n", "a: [b: c]\n", "a: [b,c, ]\n", "a: [[b], c]\n",
        "a: [null, b]\n", "a: \"b\\n\"\n", "a: 'b''c'\n", "a: b \n", "a:\tb\n", "null: a\n", "<<: a\n", "? a\n",
        "a:\n  b\n",
        "a: b\n\n  c\n", "a: null\n  b\n", "---\na: b\n", "%YAML 1.2\n", "a: b\n  - c\n", "  a: b\n c: d\n",
        "a: \x01\n",
        "a: b\u200cc\n",
    ],
)  # fmt: skip
def test_whatever_is_wrong_or_rare_is_left_to_the_parser(text: str) -> None:
    assert read_plainly(text) is None


def test_much_of_what_comes_with_the_program_is_plain() -> None:
    texts = [path.read_text("utf-8") for path in CONTENT.rglob("*.md")]
    fields = [text.split("---\n")[1] for text in texts if text.startswith("---\n")]
    plain = [text for text in fields if read_plainly(text) is not None]
    assert len(plain) > len(fields) // 2
    assert all(by_the_parser(text) == (read_plainly(text), []) for text in plain)


KEYS = st.sampled_from(["a: ", "b: ", "c:", "a.b: ", "null: ", "d:e", ""])
VALUES = st.sampled_from([
    "", "x", "x y", "null", "~", "-1", "-a", "x: y", "x:", "x #y", "x#y", "http://a/b", "'x: # y'", '"x y "', '"x" y',
    "''",
    "[x, y]", "[a b, it's]", "[a , b]", "[null]", "[a, 'b']", "[a-, -b]", "[]", "{a: b}", "{a: b, a: c}",
    "{a: b c , d: e}",
    "{a: 'x, y: z', b: null}", '{a: "b: c"}', "{a: b, c}", "{a:b}", "{null: x}", "{a: b?}", "(x)", "- y", "# c",
    "|", ">-",
    "&a b", "*a", "!b c", "é", "\t", "\u200c", "%", "`", "@", "...", "---", '"\\n"',
])  # fmt: skip
LINES = st.builds(
    lambda blanks, dash, key, value: " " * blanks + dash + key + value,
    st.integers(0, 6), st.sampled_from(["", "", "- ", "-  "]), KEYS, VALUES,
)


@given(st.lists(LINES, max_size=8).map("\n".join), st.sampled_from(["", "\n", " ", "\n\n"]))
def test_both_find_the_same_wherever_the_quick_one_finds_anything(text: str, end: str) -> None:
    plain = read_plainly(text + end)
    assert plain is None or by_the_parser(text + end) == (plain, [])


INNER = st.recursive(
    st.sampled_from(["words", "more words", "2024", "null", "a/b"]),
    lambda inner: st.lists(inner, min_size=1, max_size=3)
    | st.dictionaries(st.sampled_from("abcd"), inner, min_size=1, max_size=3),
    max_leaves=12,
)


def written(value: object, column: int) -> str:
    """As a person would write it, by indentation alone."""
    blanks = "\n" + " " * column
    if isinstance(value, dict):
        return "".join(f"{blanks}{key}:{written(inner, column + 2)}" for key, inner in value.items())
    if isinstance(value, list):
        return "".join(
            f"{blanks}- k:{written(entry, column + 4)}" if not isinstance(entry, str) else f"{blanks}- {entry}"
            for entry in value
        )
    return f" {value}"


@given(st.dictionaries(st.sampled_from(["e", "f-g", "h_1"]), INNER, min_size=1))
def test_both_read_what_is_written_by_indentation(fields: dict[str, object]) -> None:
    text = written(fields, 0)
    plain = read_plainly(text)
    assert plain is not None
    assert by_the_parser(text) == (plain, [])
