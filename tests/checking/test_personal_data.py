"""What is told at a glance when a page is read is what the rule about personal data finds in its record."""

from __future__ import annotations

from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.checking.personal_data import personal_data
from lcsite.reading.authored_files import FileContent, read_file
from lcsite.reading.layout import AuthoredFile, Kind
from tests.builders import as_page, as_yaml, assessment_data, portfolio, practice_data
from tests.checking.spots import Spots

NAMED = st.sampled_from([
    "0161 496 0000", "+44 20 7946 0999", "(020) 7946 - 0999", "07946/000 999", "jo@council.gov.uk", "2026",
    "2026-03-01",
])  # fmt: skip
WORDS = st.lists(NAMED | st.sampled_from(["or", "ask", "é", "1", "-"]), min_size=1, max_size=4).map(" ".join)
FOLDED = st.lists(st.sampled_from([" ", "\n  ", " \n   ", "\n\t  "]), min_size=1)
"""What may stand between two words of a field, in turn."""
QUOTES = st.sampled_from(["", "'", '"'])


def read(kind: Kind, id_: str, path: str, text: str) -> FileContent:
    return read_file(AuthoredFile(kind, id_, path, path), text.encode())


def is_warned_of(content: FileContent) -> bool:
    practices = [content.record] if content.origin.file.endswith(".md") else []
    assessments = [content.record] if not practices else []
    return any(personal_data(portfolio(practices=practices, assessments=assessments), Spots()))


def page_with(words: str, between: list[str], quote: str) -> str:
    """A page with a field that holds these words, over as many lines as its author likes."""
    turns = cycle(between)
    folded = "".join(f"{word}{next(turns)}" for word in f"Ring {words}".split(" ")).strip()
    return as_page(practice_data("Talks")).replace("A room and two evenings", f"{quote}{folded}{quote}")


@given(WORDS, FOLDED, QUOTES)
def test_a_page_of_which_the_rule_warns_is_never_passed_over(words: str, between: list[str], quote: str) -> None:
    content = read(Kind.PRACTICE, "talks", "content/toolbox/practices/talks.md", page_with(words, between, quote))
    if content.record is not None:
        assert not (content.names_nobody and is_warned_of(content))


@given(WORDS)
def test_nor_is_one_whose_text_says_it(words: str) -> None:
    page = as_page(practice_data("Talks"), f"Ring {words}.\n")
    content = read(Kind.PRACTICE, "talks", "content/toolbox/practices/talks.md", page)
    assert not (content.names_nobody and is_warned_of(content))


@pytest.mark.parametrize("words", ['"jo\\x40council.gov.uk"', '"0161 496\\x20\\x30000"'])
def test_nor_is_one_that_writes_a_sign_by_its_number(words: str) -> None:
    page = as_page(practice_data("Talks")).replace("A room and two evenings", words)
    content = read(Kind.PRACTICE, "talks", "content/toolbox/practices/talks.md", page)
    assert is_warned_of(content)
    assert not content.names_nobody


@given(WORDS, FOLDED, QUOTES)
def test_an_assessment_of_which_the_rule_warns_is_never_passed_over(words: str, between: list[str], quote: str) -> None:
    data = assessment_data("garden-rules", {"soil-1": {"value": "yes", "note": "In_words"}})
    turns = cycle(between)
    note = "".join(f"{word}{next(turns)}    " for word in f"So {words}".split(" ")).strip()
    text = as_yaml(data).replace("In_words", f"{quote}{note}{quote}")
    content = read(Kind.ASSESSMENT, "alder/2026", "cities/alder/assessments/2026.yml", text)
    if content.record is not None:
        assert not (content.names_nobody and is_warned_of(content))


@pytest.mark.parametrize("quote", ["", "'", '"'])
@pytest.mark.parametrize("field", ["as_of", "framework"])
def test_nor_is_one_with_a_note_of_which_a_line_reads_like_the_day_or_the_framework(field: str, quote: str) -> None:
    text = as_yaml(assessment_data("garden-rules", {"soil-1": {"value": "yes", "note": "In_words"}}))
    text = text.replace(f"{field}:", f'"{field}":').replace("In_words", f"{quote}Ring\n{field}: 0161 496 0000{quote}")
    content = read(Kind.ASSESSMENT, "alder/2026", "cities/alder/assessments/2026.yml", text)
    assert not content.names_nobody


def test_most_pages_and_assessments_show_at_a_glance_that_they_name_nobody() -> None:
    page = as_page(practice_data("Talks"), "Begun in 2024, with 300 people of 1450210.\n")
    answers = as_yaml(assessment_data("garden-rules", {"soil-1": "yes"}))
    assert read(Kind.PRACTICE, "talks", "content/toolbox/practices/talks.md", page).names_nobody
    assert read(Kind.ASSESSMENT, "a/2026-g", "cities/a/assessments/2026-g.yml", answers).names_nobody


def test_an_id_that_reads_like_a_telephone_number_is_not_passed_over() -> None:
    page = as_page(practice_data("Talks"))
    content = read(Kind.PRACTICE, "01614960000", "content/toolbox/practices/01614960000.md", page)
    assert not content.names_nobody
