"""The guides do what they say: their command lines are run in their order, and the files that they show are right."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from lcsite.cli import run
from lcsite.pipeline import read_and_check
from lcsite.problems import as_text
from tests.authoring.test_pinned import wheel
from tests.builders import SiteFolder

ROOT = Path(__file__).parents[1]
GUIDES = ROOT / "content" / "contribute"
FRAMEWORK = sorted(path.parent.name for path in (ROOT / "content" / "criteria").glob("*/framework.yml"))[0]

BEYOND_A_TEST = (
    "python3 -m venv", "lcsite-program/bin/pip install", "export PATH=", "lcsite serve", "lcsite --version",
)  # fmt: skip
"""Lines that prepare the computer, or go on until they are stopped; tests/test_own_site.py begins at the wheel."""

TRIED_ELSEWHERE = ("lcsite import ", "lcsite gather")
"""Lines that need a file or another site; tests/importing and tests/gathering go through them."""

ANSWERS = {
    "lcsite new site our-site": (
        "Sampleby learns", "Sampleby", "town", "GB", "europe-and-north-america", "Sampleby learning council"
    ),
    "lcsite new practice": (
        "Learning vouchers that nobody used", "Every adult got one; hardly anyone cashed it in.", "voucher", "",
        "2022-2024", "did-not-work", "31 of 900 came back.", "official-audit", "EUR 18,000",
        "voucher library", "1", "",
    ),
    "lcsite new assessment": ("", FRAMEWORK, "Nine people in one evening", "", ""),
}  # fmt: skip
"""What a person types when a command asks; an empty answer takes what is offered."""


class Terminal(io.StringIO):
    """A person who has thought of all answers beforehand."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Block:
    """A block of a guide: its language and its lines."""

    language: str
    text: str


def blocks(guide: str) -> tuple[Block, ...]:
    text = (GUIDES / f"{guide}.md").read_text("utf-8")
    return tuple(Block(*found) for found in re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))


def commands(guide: str) -> Iterator[str]:
    for block in blocks(guide):
        if block.language == "sh":
            yield from filter(None, block.text.split("\n"))


def follow(line: str, monkeypatch: pytest.MonkeyPatch) -> int | None:
    """Give a command line as a person would; None where a test cannot."""
    if line.startswith((*BEYOND_A_TEST, *TRIED_ELSEWHERE)):
        return None
    program, *arguments = shlex.split(line)
    assert program == "lcsite", line
    asked = ANSWERS.get(line)
    monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{answer}\n" for answer in asked)) if asked else io.StringIO())
    return run(arguments)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as the guide for cities begins it."""
    folder = tmp_path_factory.mktemp("guides")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert follow("lcsite new site our-site", patch) == 0
    return folder / "our-site"


@pytest.fixture
def site(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, under version control, in which a guide is followed."""
    folder = tmp_path / "our-site"
    shutil.copytree(made, folder)
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    subprocess.run(["git", "-C", str(folder), "add", "."], check=True)
    subprocess.run(["git", "-C", str(folder), *who, "commit", "--quiet", "-m", "Begin"], check=True)
    monkeypatch.chdir(folder)
    return folder


def test_every_command_line_of_every_guide_is_one_that_the_tests_know() -> None:
    followed = {
        "add-a-case-study", "assessors-guide", "hosting", "publish-your-city", "reviewers-guide", "write-a-framework"
    }
    others = {path.stem for path in GUIDES.glob("*.md")} - followed
    assert all(any(line.startswith("lcsite ") for line in commands(guide)) for guide in followed)
    for guide in others:
        assert [line for line in commands(guide) if not line.startswith(TRIED_ELSEWHERE)] == []


def test_a_case_study_is_added_as_the_guide_says(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in commands("add-a-case-study"):
        assert follow(line, monkeypatch) in (0, None), line
    assert "Learning vouchers that nobody used (learning-vouchers-that-nobody-used): new" in capsys.readouterr().out
    found = read_and_check(site)
    assert found.problems.errors == 0
    assert found.portfolio is not None
    practice = found.portfolio.practices["learning-vouchers-that-nobody-used"]
    assert (practice.outcome.value, practice.places) == ("did-not-work", ("sampleby",))
    assert len(practice.supports) == 1


def test_the_file_that_the_case_study_guide_shows_has_no_mistake(tmp_path: Path) -> None:
    shown = next(block.text for block in blocks("add-a-case-study") if block.language == "markdown")
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copytree(ROOT / "cities", tmp_path / "cities")
    name = "content/toolbox/practices/learning-vouchers-that-nobody-used.md"
    (tmp_path / name).write_text(shown, "utf-8")
    (tmp_path / "cities" / "sampleby").mkdir(exist_ok=True)
    if not (tmp_path / "cities" / "sampleby" / "index.md").exists():
        SiteFolder(tmp_path / "other").place("sampleby", "Sampleby", demonstration=True)
        shutil.copyfile(tmp_path / "other/cities/sampleby/index.md", tmp_path / "cities/sampleby/index.md")
    assert as_text(read_and_check(tmp_path).problems) == ""


def test_a_city_is_published_as_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    built = False
    for line in commands("publish-your-city"):
        if line == "cd our-site":
            monkeypatch.chdir(tmp_path / "our-site")
        elif line.startswith("lcsite build"):
            built = True  # the build itself is tried from the wheel
        elif "YOUR-ASSESSMENT" in line:
            (assessment,) = (tmp_path / "our-site" / "cities" / "sampleby" / "assessments").glob("*.yml")
            line = line.replace("YOUR-PLACE/YOUR-ASSESSMENT", f"sampleby/{assessment.stem}")
            assert follow(line, monkeypatch) == 2
            assert "the one that this site shows" in capsys.readouterr().err  # nothing is newer yet
        else:
            assert follow(line.replace("YOUR-PLACE", "sampleby"), monkeypatch) in (0, None), line
    assert built
    assert as_text(read_and_check(tmp_path / "our-site").problems) == ""


@pytest.mark.parametrize("guide", ["publish-your-city", "hosting"])
def test_what_a_guide_shows_of_the_sites_own_file_has_no_mistake(guide: str, site: Path) -> None:
    shown = [block.text for block in blocks(guide) if block.language == "yaml"]
    assert shown
    file = site / "content" / "site.yml"
    before = file.read_text("utf-8")
    for text in shown:
        keys = yaml.safe_load(text).keys()
        kept = before if "title" not in keys else ""
        file.write_text(kept + "".join(f"{line}\n" for line in text.splitlines()), "utf-8")
        assert [p.message for p in read_and_check(site).problems] == [], text


def test_the_assessors_guide_can_be_followed_on_the_example_that_it_shows(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = next(block.text for block in blocks("assessors-guide") if block.language == "yaml")
    path = re.match(r"# (\S+)", shown)
    assert path
    (site / path[1]).parent.mkdir(parents=True)
    (site / path[1]).write_text(shown, "utf-8")
    assert as_text(read_and_check(site).problems) == ""
    for line in commands("assessors-guide"):
        assert follow(line, monkeypatch) == 2, line
        assert "the one that this site shows" in capsys.readouterr().err


def test_the_reviewers_guide_can_be_followed(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in commands("reviewers-guide"):
        assert follow(line, monkeypatch) == 0, line
    assert "Nothing that a reader would see." in capsys.readouterr().out
    by_hand = next(block.text for block in blocks("reviewers-guide") if block.language == "text").splitlines()
    assert by_hand[0] == "lcsite review site proposal --into joined"
    monkeypatch.chdir(site.parent)
    shutil.copytree(site, site.parent / "site")
    shutil.copytree(site, site.parent / "proposal")
    assert follow(by_hand[0], monkeypatch) == 0


def test_the_framework_that_the_guide_shows_is_read_in_both_of_its_versions(tmp_path: Path) -> None:
    framework, _, newer = (block.text for block in blocks("write-a-framework") if block.language == "yaml")
    page = next(block.text for block in blocks("write-a-framework") if block.language == "markdown")
    site = SiteFolder(tmp_path)
    folder = "content/criteria/street-libraries"
    site.write(f"{folder}/framework.yml", framework)
    for name in ("access", "care-taken", "index"):
        site.write(f"{folder}/{name}.md", page)
    assert as_text(read_and_check(tmp_path).problems) == ""
    history = yaml.safe_load(newer)["history"]
    assert history[1]["renamed"] == {"care-taken": "care"}
    assert "access-9" in history[1]["dropped"]
    changed = framework.replace("version: 2026.1\n", "version: 2027.1\n", 1).replace("id: care-taken\n", "id: care\n")
    changed = changed.replace("criteria: [care-taken]", "criteria: [care]")
    changed = re.sub(r"history:\n(?:  .*\n)+", newer, changed)
    site.write(f"{folder}/versions/2026.1.yml", framework)
    site.write(f"{folder}/framework.yml", changed)
    (tmp_path / folder / "care-taken.md").rename(tmp_path / folder / "care.md")
    assert as_text(read_and_check(tmp_path).problems) == ""


def test_a_framework_of_its_own_is_shown_answered_and_explained_as_the_guide_says(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    framework, listed, _ = (block.text for block in blocks("write-a-framework") if block.language == "yaml")
    page = next(block.text for block in blocks("write-a-framework") if block.language == "markdown")
    folder = site / "content" / "criteria" / "street-libraries"
    folder.mkdir(parents=True)
    (folder / "framework.yml").write_text(framework, "utf-8")
    for name in ("access", "care-taken", "index"):
        (folder / f"{name}.md").write_text(page, "utf-8")
    assert [problem.code for problem in read_and_check(site).problems] == ["framework-not-shown"]
    own = site / "content" / "site.yml"
    own.write_text(re.sub(r"^frameworks:\n(?:  - .*\n)+", f"{listed}  - builtin:wg6-toolbox\n", own.read_text("utf-8"),
                          flags=re.MULTILINE), "utf-8")  # fmt: skip
    for line in commands("write-a-framework"):
        assert follow(line, monkeypatch) == 0, line
    assert "What is done: Access (access)" in capsys.readouterr().out


def test_the_way_to_a_build_server_is_the_one_that_the_hosting_page_shows(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for line in commands("hosting"):
        if line.startswith("lcsite pin "):
            wheel(site / line.split()[-1])
        if not line.startswith("lcsite build"):
            assert follow(line, monkeypatch) == 0, line
    assert (site / ".github" / "workflows" / "site.yml").is_file()
    assert (site / "program" / "requirements.txt").is_file()
