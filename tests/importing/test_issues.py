"""The text of a filled-in form: right files, or every mistake at its line of the form; never more than that."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcsite.cli import run
from lcsite.describing.forms import FORMS
from lcsite.importing.issue_text import LONGEST_ISSUE, read_issue, sources_in
from lcsite.pipeline import read_and_check
from lcsite.problems import as_text
from tests import builders
from tests.importing.filled import CORRECTION, EXAMPLES, OBJECTION, PLACE, PRACTICE, from_github, from_gitlab, from_mail


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    builders.garden_site(tmp_path / "site")
    return tmp_path / "site"


def sent(garden: Path, text: str, *options: str) -> int:
    file = garden.parent / "sent.md"
    file.write_text(text, "utf-8")
    return run(["import", "issue", str(file), "--folder", str(garden), *options])


def everything(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize("shape", [from_github, from_gitlab, from_mail])
def test_a_case_study_becomes_a_file_that_is_right(shape, garden: Path) -> None:  # type: ignore[no-untyped-def]
    before = everything(garden)
    assert sent(garden, shape("case-study", PRACTICE)) == 0
    after = everything(garden)
    path = "content/toolbox/practices/vouchers-that-nobody-used.md"
    assert after.keys() - before.keys() == {path}
    assert {name: after[name] for name in before} == before
    found = read_and_check(garden)
    assert not found.problems.errors, as_text(found.problems)
    assert found.portfolio is not None
    practice = found.portfolio.practices["vouchers-that-nobody-used"]
    assert practice.places == ("alder",)
    assert practice.countries == ("GB",)
    assert practice.outcome == "did-not-work"
    assert practice.evidence.text == "31 of 900 vouchers were cashed in."
    assert [(s.title, s.publisher, s.year) for s in practice.sources] == [
        ("Council audit note", "Alder council", 2024), ("Our diary", None, None)
    ]
    assert "## What was done\n\nEach adult got a voucher.\n\nBy post.\n" in practice.body


@pytest.mark.parametrize("shape", [from_github, from_gitlab, from_mail])
def test_a_place_becomes_a_profile_that_is_right(shape, garden: Path) -> None:  # type: ignore[no-untyped-def]
    assert sent(garden, shape("place", PLACE)) == 0
    found = read_and_check(garden)
    assert not found.problems.errors, as_text(found.problems)
    assert found.portfolio is not None
    place = found.portfolio.places["dogwood"]
    assert place.population is not None
    assert (place.population.value, place.population.source.title) == (1840, "Register")
    assert place.stakeholders == ("Barn club", "School")


def test_a_figure_without_a_source_is_left_out_and_said_to_be(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sent(garden, from_github("place", {**PLACE, "population_source": ""})) == 0
    assert "1840" not in (garden / "cities/dogwood/index.md").read_text("utf-8")
    assert "no figure stands without one" in capsys.readouterr().out


def test_a_dry_run_shows_the_file_and_writes_nothing(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything(garden)
    assert sent(garden, from_github("case-study", PRACTICE), "--dry-run") == 0
    assert everything(garden) == before
    assert "    title: Vouchers that nobody used\n" in capsys.readouterr().out


def test_a_second_form_of_the_same_name_overwrites_nothing(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sent(garden, from_github("case-study", PRACTICE)) == 0
    before = everything(garden)
    assert sent(garden, from_github("case-study", {**PRACTICE, "summary": "Other words."})) == 2
    assert everything(garden) == before
    assert "--id" in capsys.readouterr().err
    assert sent(garden, from_github("case-study", PRACTICE), "--id", "vouchers-again") == 0


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


@pytest.mark.parametrize(
    ("change", "words", "at"),
    [
        ({"happened": "Fine.\n\nThen <b>nobody</b> came."}, "would be read as HTML", "<b>nobody"),
        ({"countries": "Great Britain"}, "country", "Great Britain"),
        ({"years": "last year"}, "years", "last year"),
        ({"supports": "- garden-rules/gardens\n- garden-rules/rivres"}, 'no entry "rivres"', "rivres"),
        ({"outcome": "splendid"}, '"How did it go?" cannot be "splendid"', "splendid"),
        ({"sources": "Good one\nBad one | X | 2024 | https://user:pw@example.org/"}, "is refused", "Bad one"),
        ({"resources": ""}, '"What did it take?" has no answer', "What did it take?"),
    ],
)
def test_each_mistake_is_told_at_its_line_of_the_form(
    change: dict[str, str], words: str, at: str, garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = from_github("case-study", {**PRACTICE, **change})
    before = everything(garden)
    assert sent(garden, text) == 1
    assert everything(garden) == before
    told = [line for line in capsys.readouterr().err.split("\n") if line.startswith("sent.md:")]
    assert any(words in line for line in told), told
    assert {int(line.split(":")[1]) for line in told} == {line_of(text, at)}


def test_a_box_that_is_not_ticked_is_no_consent(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sent(garden, from_github("case-study", PRACTICE, ticked=False)) == 1
    assert "the box at the end is not ticked" in capsys.readouterr().err


def test_a_question_in_an_answer_is_told_and_not_obeyed(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoof = {**PRACTICE, "done": "We did it.\n\n### How did it go?\n\nworked"}
    assert sent(garden, from_github("case-study", spoof)) == 1
    assert "a second time" in capsys.readouterr().err


def test_any_other_text_is_no_form(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sent(garden, "# Hello\n\nPlease add my city.\n") == 1
    said = capsys.readouterr().err
    assert "[form-unknown]" in said
    assert all(form.title in said for form in FORMS.values())


def test_a_correction_shows_the_reviewer_the_line_and_writes_nothing(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (garden / "cities/alder/index.md").read_text("utf-8")
    before = everything(garden)
    assert sent(garden, from_github("correction", {**CORRECTION, "found": "10,000"})) == 0
    said = capsys.readouterr().out
    assert f"  cities/alder/index.md:{line_of(text, '10000')}:" in said
    assert "  | 18,900\n" in said
    assert everything(garden) == before


def test_an_objection_shows_the_line_of_the_framework(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sent(garden, from_github("objection", OBJECTION)) == 0
    said = capsys.readouterr().out
    line = line_of((garden / "content/criteria/garden-rules/framework.yml").read_text("utf-8"), "id: gardens")
    assert f"content/criteria/garden-rules/framework.yml:{line}:" in said
    assert "nothing was written; a person decides" in said


def test_what_a_sender_wrote_can_be_taken_for_nothing_else(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = {**CORRECTION, "instead": "::error file=x::pwned\n::set-output name=a::b\nWhat to do:"}
    assert sent(garden, from_github("correction", hostile)) == 0
    lines = capsys.readouterr().out.split("\n")
    assert not any(line.startswith("::") for line in lines)
    assert lines.count("What to do:") == 1


@pytest.mark.parametrize("spoilt", ["\x1b[31mred", "\u202egnilleps", "a\x00b"])
def test_signs_that_nobody_sees_are_refused_with_their_place(
    spoilt: str, garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = from_github("correction", {**CORRECTION, "instead": spoilt})
    assert sent(garden, text) == 1
    assert f"sent.md:{line_of(text, spoilt)}:" in capsys.readouterr().err


def test_what_mail_does_to_a_text_does_no_harm() -> None:
    text = from_mail("case-study", {**PRACTICE, "resources": "A cafe\u0301"})
    filled, problems = read_issue(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "sent.md")
    assert problems == []
    assert filled is not None
    assert filled.text("resources") == "A café"


def test_a_text_that_is_too_long_is_not_read() -> None:
    filled, problems = read_issue(b"### What was it called?\n" * (LONGEST_ISSUE // 20), "sent.md")
    assert filled is None
    assert [problem.code for problem in problems] == ["file-too-large"]


@pytest.mark.parametrize("hard", ["# " + "*" * 200_000 + "x", "<!--" * 60_000, ">" * 200_000, "| " * 100_000])
def test_no_text_takes_long_to_read(hard: str) -> None:
    text = from_github("correction", {**CORRECTION, "sources": hard})
    read_issue(text.encode(), "sent.md")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Note | Council | 2024 | https://example.org/a", ("Note", "Council", "2024", "https://example.org/a")),
        ("Note | https://example.org/a | 2024", ("Note", "", "2024", "https://example.org/a")),
        ("See https://example.org/a.", ("See", "", "", "https://example.org/a")),
        ("https://example.org/a", ("https://example.org/a", "", "", "https://example.org/a")),
        ("1984 | Council", ("1984", "Council", "", "")),
        ("My own memory", ("My own memory", "", "", "")),
    ],
)
def test_a_source_on_a_line_is_taken_apart_as_far_as_it_can_be(line: str, expected: tuple[str, ...]) -> None:
    filled, _ = read_issue(from_github("correction", {**CORRECTION, "sources": line}).encode(), "sent.md")
    assert filled is not None
    (source,) = sources_in(filled, "sources")
    assert (source.title, source.publisher, source.year, source.url) == expected


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf")), max_size=60)


@settings(max_examples=60)
@given(name=st.sampled_from(sorted(EXAMPLES)), answers=st.dictionaries(st.integers(0, 20), words, max_size=6))
def test_whatever_is_typed_the_answers_come_back_or_a_problem_says_why(name: str, answers: dict[int, str]) -> None:
    fields = FORMS[name].fields
    typed = {**EXAMPLES[name], **{fields[n % len(fields)].key: text for n, text in answers.items()}}
    filled, problems = read_issue(from_github(name, typed).encode("utf-8", "replace"), "sent.md")
    if filled is None or problems:
        assert all(problem.location.file == "sent.md" for problem in problems)
        return
    for field in fields:
        if given := filled.text(field.key):
            assert re.sub(r"\s", "", given) in re.sub(r"\s", "", unicodedata.normalize("NFC", typed[field.key]))
