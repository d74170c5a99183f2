"""Texts, lists and mappings in YAML: the very bytes of the C emitter, whoever wrote them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lcsite.exporting.yaml_text import WIDTH, TextDumper, yaml_text

LONG = "words that go on and on " * 12


def emitted(fields: dict[str, Any]) -> str:
    text: str = yaml.dump(fields, Dumper=TextDumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text


SPOKEN = st.lists(st.sampled_from(["a", "longer", "it's", "a:", "#1", "-5", "é", "…", "-", "x" * 60])).map(" ".join)
TEXTS = st.text(max_size=40) | SPOKEN | st.text("abcdefgh ", min_size=90, max_size=300)
KEYS = st.sampled_from(["value", "criterion-01-1", "3.3.1", "null", "y", "x" * 90]) | st.text(max_size=4)
VALUES = st.recursive(
    TEXTS, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=3), max_leaves=10
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=4))
@example({})
@example({"a": [LONG, {"b": LONG, "c": [LONG.strip(), "null"]}], "d": {"e": {"f": LONG.strip() + "."}}})
@example({"who": "we all", "x" * 90: "we all", "y" * 99: "it is what we all said"})
@example({"note": "About: " + LONG, "list": ["About: " + LONG, "two\nlines", ""]})
def test_what_is_written_here_is_what_the_emitter_writes(fields: dict[str, Any]) -> None:
    assert yaml_text(fields) == emitted(fields)


@pytest.mark.parametrize(
    "text", ["null", "~", "", "- a", "a: b", "a #b", "'a'", "a:", " a", "a ", "=", "<<", "two\n\nlines"]
)
def test_what_would_be_read_as_something_else_is_put_in_quotes(text: str) -> None:
    written = yaml_text({"value": text})
    assert yaml.load(written, Loader=yaml.BaseLoader) == {"value": text}
    assert written not in (f"value: {text}\n", "value:\n")


def test_words_stand_as_they_are_and_are_folded_where_a_line_is_full() -> None:
    written = yaml_text({"by": {"who": "The city itself"}, "limits": [LONG.strip()]})
    assert written.startswith("by:\n  who: The city itself\nlimits:\n- words that go on")
    assert all(len(line) <= WIDTH + len("words") for line in written.splitlines())
    assert written.splitlines()[4].startswith("  ")


def test_truth_and_numbers_are_written_as_the_words_that_they_are_read_from() -> None:
    assert yaml_text({"invented": True, "year": 2024, "list": [3, False]}) == (
        "invented: true\nyear: 2024\nlist:\n- 3\n- false\n"
    )
    assert yaml_text({"null": 1, "confirmed": False}) == '"null": 1\nconfirmed: false\n'.replace('"', "'")
