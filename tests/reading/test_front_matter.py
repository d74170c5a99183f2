from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lcsite.reading.front_matter import LONGEST_BODY, split_page
from tests.reading.sources import spots


def test_a_page_has_fields_and_a_body_and_both_know_their_line() -> None:
    page, problems = split_page("---\ntitle: a\n---\n## b\n", "a.md")
    assert not problems
    assert page is not None
    assert (page.fields.text, page.fields.first_line) == ("title: a\n", 2)
    assert (page.body, page.body_line) == ("## b\n", 4)


def test_a_rule_further_down_belongs_to_the_body() -> None:
    page, _ = split_page("---\na: b\n---\nc\n\n---\nd\n", "a.md")
    assert page is not None
    assert page.body == "c\n\n---\nd\n"


def test_a_page_without_text_has_an_empty_body() -> None:
    page, _ = split_page("---\na: b\n---", "a.md")
    assert page is not None
    assert (page.fields.text, page.body) == ("a: b\n", "")


def test_a_page_that_does_not_begin_with_its_fields_is_refused() -> None:
    for text in ("", "title: a\n", "\n---\na: b\n---\n", "----\na: b\n----\n"):
        assert spots(split_page(text, "a.md")[1]) == ["1:1 front-matter"]


def test_fields_that_never_end_are_refused() -> None:
    assert spots(split_page("---\na: b\n", "a.md")[1]) == ["1:1 front-matter"]


def test_a_body_of_256_kib_passes_and_one_byte_more_is_refused() -> None:
    assert split_page("---\na: b\n---\n" + "x" * LONGEST_BODY, "a.md")[1] == []
    assert spots(split_page("---\na: b\n---\n" + "x" * (LONGEST_BODY + 1), "a.md")[1]) == ["4:1 file-too-large"]
    assert spots(split_page("---\na: b\n---\n" + "é" * (LONGEST_BODY // 2 + 1), "a.md")[1]) == ["4:1 file-too-large"]


@given(st.lists(st.sampled_from(["---", "--- ", "a: b", "", " ---", "----", "é"]), max_size=8).map("\n".join))
def test_the_lines_of_fields_and_body_are_those_of_the_file(text: str) -> None:
    page, problems = split_page(text, "a.md")
    assert (page is None) == bool(problems)
    if page is not None:
        lines = text.split("\n")
        assert lines[1 : page.body_line - 2] == page.fields.text.split("\n")[:-1]
        assert "\n".join(lines[page.body_line - 1 :]) == page.body
