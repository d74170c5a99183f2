"""`lcsite new`, as people and scripts meet it: what it writes is right at once, and it takes nothing away."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from lcsite.cli import run
from lcsite.pipeline import read_and_check
from lcsite.problems import as_text
from lcsite.reading.strict_yaml import YamlText, read_yaml
from tests import builders

COUNTRY = ["--country", "GB", "--world-region", "europe-and-north-america"]
CALLS: dict[str, list[str]] = {
    "city": ["city", "Dogwood: a village", "--kind", "village", *COUNTRY],
    "practice": [
        "practice", "Vouchers: nobody used them", "--summary", 'Hardly anyone "cashed" theirs.', "--kind", "voucher",
        "--years", "2022-2024",
    ],
    "practice with everything": [
        "practice", "Seed day", "--summary", "A day for seeds.", "--kind", "festival", "--country", "GB,FR",
        "--years", "about 2016", "--outcome", "did-not-work", "--evidence", "Nobody came: it rained.", "--quality",
        "public-record", "--resources", "A shed", "--place", "alder", "--place", "birch", "--supports",
        "garden-rules/gardens", "--theme", "rivers", "--tool", "map-sheet", "--id", "a-day-for-seeds",
    ],
    "tool": ["tool", "Kitchen-table talk", "--kind", "sheet", "--summary", "One question.", "--audience",
             "neighbours, gardeners", "--time", "An hour"],
    "assessment": ["assessment", "cedar", "garden-rules", "--who", "Council #3: nine people"],
    "framework": ["framework", "Street libraries", "--summary", "Is there a book nearby?", "--source", "Our notes",
                  "--limit", "It cannot see: who reads.", "--criterion", "Access", "--statement", "There is a shelf."],
}  # fmt: skip


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    builders.garden_site(tmp_path / "site")
    return tmp_path / "site"


def everything(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def errors(root: Path) -> str:
    found = read_and_check(root)
    return as_text(found.problems) if found.problems.errors else ""


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_new_file_is_right_from_the_start(call: list[str], garden: Path) -> None:
    before = everything(garden)
    assert run(["new", *call, "--folder", str(garden)]) == 0
    after = everything(garden)
    assert {path: after[path] for path in before} == before
    assert len(after) > len(before)
    assert errors(garden) == ""


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_new_file_says_in_itself_and_on_the_screen_what_is_missing(
    call: list[str], garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(garden)
    run(["new", *call, "--folder", str(garden)])
    first = next(text for path, text in everything(garden).items() if path not in before and not path.endswith("e.md"))
    assert "# Still missing:" in first.decode()
    said = capsys.readouterr().out
    assert "Still missing:\n  - " in said
    assert re.search(r"What to do next:\n  1\. cd .*\n  2\. .*(\n.*)*lcsite check", said)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_second_call_overwrites_nothing(
    call: list[str], garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["new", *call, "--folder", str(garden)])
    for path in garden.rglob("*.md"):
        path.write_text(path.read_text("utf-8") + "\nMine.\n", "utf-8")
    before = everything(garden)
    assert run(["new", *call, "--folder", str(garden)]) == 2
    assert everything(garden) == before
    assert "already" in capsys.readouterr().err


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(
    call: list[str], garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(garden)
    assert run(["new", *call, "--folder", str(garden), "--dry-run"]) == 0
    assert everything(garden) == before
    shown = capsys.readouterr().out
    assert run(["new", *call, "--folder", str(garden)]) == 0
    for path, text in everything(garden).items():
        if path not in before:
            assert f"would write {garden / path}\n" in shown
            assert "".join(f"    {line}\n" for line in text.decode().splitlines()) in shown


def test_what_was_typed_comes_back_as_it_was_typed(garden: Path) -> None:
    for call in CALLS.values():
        run(["new", *call, "--folder", str(garden)])
    portfolio = read_and_check(garden).portfolio
    assert portfolio is not None
    assert portfolio.places["dogwood-a-village"].name == "Dogwood: a village"
    vouchers = portfolio.practices["vouchers-nobody-used-them"]
    assert (vouchers.title, vouchers.summary) == ("Vouchers: nobody used them", 'Hardly anyone "cashed" theirs.')
    assert (vouchers.outcome, vouchers.resources) == ("unknown", "not reported")
    assert vouchers.countries == ("GB",)  # all places of this site lie in one country
    seeds = portfolio.practices["a-day-for-seeds"]
    assert (seeds.countries, seeds.places) == (("GB", "FR"), ("alder", "birch"))
    assert seeds.evidence.text == "Nobody came: it rained."
    assert portfolio.tools["kitchen-table-talk"].audience == ("neighbours", "gardeners")
    assert portfolio.assessments_of("cedar")[0].by.who == "Council #3: nine people"
    assert portfolio.frameworks["street-libraries"].limits == ("It cannot see: who reads.",)


def without_signs(fields: str) -> str:
    """The text after somebody has taken the # away from every line that is a field."""
    lines, offered = [], False
    for line in fields.splitlines(keepends=True):
        offered = bool(re.match(r" *#[a-z-]" if not offered else r" *#(?:[a-z-]| {2})", line))
        lines.append(line.replace("#", "", 1) if offered else line)
    return "".join(lines)


def test_every_field_that_a_new_file_offers_only_has_to_lose_its_sign(garden: Path) -> None:
    for call in CALLS.values():
        before = everything(garden)
        run(["new", *call, "--folder", str(garden)])
        for path, raw in everything(garden).items():
            if path in before or path.endswith(("template.md", "access.md")) or "libraries/index" in path:
                continue
            text = raw.decode()
            fields = text.split("---\n")[1] if path.endswith(".md") else text
            bare = without_signs(fields)
            tree, problems = read_yaml(YamlText(bare, path))
            assert problems == [], bare
            assert tree


def test_in_a_script_everything_that_is_missing_is_named_and_nothing_is_asked(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(garden)
    assert run(["new", "tool", "--summary", "Short.", "--folder", str(garden)]) == 2
    said = capsys.readouterr().err
    assert "missing: TITLE, --kind, --audience, --time\n" in said
    assert "--id" not in said
    assert everything(garden) == before


def test_a_title_that_makes_no_file_name_asks_for_one(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["new", "city", "岡山市", "--kind", "city", "--country", "JP", "--world-region", "asia-and-the-pacific",
            "--folder", str(garden)]  # fmt: skip
    assert run(call) == 2
    assert "missing: --id" in capsys.readouterr().err
    assert run([*call, "--id", "okayama"]) == 0
    assert errors(garden) == ""


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--country", "Great Britain", "two capital letters"),
        ("--years", "last year", "write 2016, 2016-2019"),
        ("--outcome", "failed", "Allowed: worked, mixed, did-not-work, unknown"),
        ("--outcome", "did not work", 'Did you mean "did-not-work"?'),
        ("--theme", "river", 'Did you mean "rivers"?'),
        ("--supports", "gardens", "framework/criterion"),
        ("--id", "Seed Day", "small letters"),
        ("--summary", "  ", "empty"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_in_plain_words(
    option: str, value: str, words: str, garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(garden)
    assert run(["new", *CALLS["practice"], option, value, "--folder", str(garden)]) == 2
    assert words in capsys.readouterr().err
    assert everything(garden) == before


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--place", "aldr", 'there is no place "aldr"'),
        ("--supports", "garden-rules/garden", 'no entry "garden"'),
        ("--tool", "sheet", 'there is no tool "sheet"'),
        ("--id", "con", "is a name that is taken"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_as_the_check_would_and_nothing_is_written(
    option: str, value: str, words: str, garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = everything(garden)
    assert run(["new", *CALLS["practice"], option, value, "--folder", str(garden)]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "nothing was written" in said
    assert everything(garden) == before


def test_mistakes_in_other_files_do_not_keep_anybody_from_beginning_one(garden: Path) -> None:
    (garden / "cities" / "birch" / "index.md").write_text("no fields\n")
    assert run(["new", *CALLS["practice"], "--folder", str(garden)]) == 0
    assert (garden / "content/toolbox/practices/vouchers-nobody-used-them.md").is_file()


def test_outside_a_site_the_command_says_where_to_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", *CALLS["city"], "--folder", str(tmp_path)]) == 2
    assert "lcsite new site DIR" in capsys.readouterr().err


class Terminal(io.StringIO):
    """A person who has thought of all answers beforehand."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_asks_and_asks_again_until_the_answer_fits(
    garden: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ["Seed day", "A day for seeds.", "festival", "", "never", "2024", "", "", "", "", ""]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join(answers) + "\n"))
    assert run(["new", "practice", "--folder", str(garden)]) == 0
    said = capsys.readouterr()
    assert "Error:" in said.err + said.out
    assert "One of: worked, mixed, did-not-work, unknown." in said.err
    portfolio = read_and_check(garden).portfolio
    assert portfolio is not None
    practice = portfolio.practices["seed-day"]
    assert (practice.years, practice.countries, practice.outcome) == ("2024", ("GB",), "unknown")


def test_who_stops_answering_has_written_nothing(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(garden)
    monkeypatch.setattr(sys, "stdin", Terminal("Seed day\n"))
    assert run(["new", "practice", "--folder", str(garden)]) == 130
    assert everything(garden) == before


def test_on_a_terminal_criteria_are_found_by_words_and_chosen_by_number(
    garden: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["Seed day", "A day for seeds.", "festival", "", "2024", "", "", "", ""]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join([*asked, "path", "1", ""]) + "\n"))
    assert run(["new", "practice", "--folder", str(garden)]) == 0
    said = capsys.readouterr()
    assert "  1  Title of paths - Framework garden-rules\n" in said.err
    assert "Chosen: Title of paths (Framework garden-rules)." in said.err
    assert "supports" not in said.out  # it is not missing any more
    portfolio = read_and_check(garden).portfolio
    assert portfolio is not None
    assert portfolio.practices["seed-day"].supports == ("garden-rules/paths",)


def test_a_word_in_the_place_of_a_criterion_names_those_that_it_finds(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", *CALLS["practice"], "--supports", "paths", "--folder", str(garden)]) == 2
    assert "that word finds\n  garden-rules/paths: Title of paths (Framework garden-rules)\n" in capsys.readouterr().err


def test_on_the_site_of_one_place_a_case_study_is_about_that_place(tmp_path: Path) -> None:
    site = builders.SiteFolder(tmp_path / "site")
    site.place("willow", "Willow")
    assert run(["new", *CALLS["practice"], "--folder", str(site.root)]) == 0
    portfolio = read_and_check(site.root).portfolio
    assert portfolio is not None
    assert portfolio.practices["vouchers-nobody-used-them"].places == ("willow",)
