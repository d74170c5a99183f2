"""Whatever a person types comes back as the same text through the strict reader, and notes stay notes."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lcsite.authoring.yaml_text import comment, entries, field, offer, scalar
from lcsite.reading.plain_text import decode, forbidden_characters
from lcsite.reading.strict_yaml import YamlText, read_yaml

typed = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: not list(forbidden_characters(text)))


def as_kept(text: str) -> str:
    """What a file can hold of a text: line feeds for line ends, letters in one piece."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def read(text: str) -> dict[str, object]:
    kept, wrong = decode(text.encode(), "new.yml")
    assert wrong == []
    assert kept is not None
    tree, problems = read_yaml(YamlText(kept, "new.yml"))
    assert problems == []
    assert tree is not None
    return dict(tree)


@given(typed)
@example("null")
@example("~")
@example("")
@example("- no")
@example("a: b # c")
@example("'\"\\ \t\n end ")
@example("---")
@example("&anchor *alias !tag %percent @at `tick`")
@example("{flow: [1, 2]}")
@example("don't know")
@example("e\u0301 in two pieces")
@example("岡山市 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f")
def test_a_typed_value_comes_back_as_it_was_typed(text: str) -> None:
    assert read(field("title", text)) == {"title": as_kept(text)}


@given(st.lists(typed, min_size=1, max_size=4))
def test_a_typed_list_comes_back_as_it_was_typed(texts: list[str]) -> None:
    assert read(entries("audience", texts)) == {"audience": [as_kept(text) for text in texts]}


@given(typed, st.integers(0, 12))
def test_a_value_that_is_indented_stays_within_its_field(text: str, indent: int) -> None:
    written = "outer:\n" + field("inner", text, indent=indent + 1) + "after: yes\n"
    assert read(written) == {"outer": {"inner": as_kept(text)}, "after": "yes"}


@given(typed)
@example("a question\nanswers: {evil: 4}")
@example("\uf900 is kept as its plain twin")
def test_no_text_breaks_out_of_a_comment(text: str) -> None:
    assert read(comment(text, indent=2) + "title: stays\n") == {"title": "stays"}


@pytest.mark.parametrize("plain", ["Sampleby learns", "2022-2024", "2026-06-30", "EUR 18,000 and a quarter", "Ørsted"])
def test_what_can_be_read_without_quotation_marks_has_none(plain: str) -> None:
    assert scalar(plain) == plain


def test_offered_fields_only_have_to_lose_their_sign() -> None:
    offered = offer("who takes part", "stakeholders:\n  - Adult college")
    assert offered == "# who takes part\n#stakeholders:\n#  - Adult college\n"
    fields = [line[1:] for line in offered.splitlines(keepends=True) if not re.match(r"# \S", line)]
    assert read("".join(fields)) == {"stakeholders": ["Adult college"]}
