"""After an edit, a build that rests on the one before gives what a clean build gives: bytes, words and exit code."""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lcsite.building.inputs import look_at, texts_changed
from lcsite.cache import whereabouts
from tests.builders import SiteFolder
from tests.building.towns import PROSE, SKIN, Town, complete_site, inodes, made_anew, picture

QUICK = "--no-search"
"""What has to do with the index stands in `test_search.py`."""

PRACTICE = "content/toolbox/practices/talks.md"
ALDER = "cities/alder/index.md"
TOOL = "content/toolbox/tools/map-sheet/index.md"
TEMPLATE = "content/toolbox/tools/map-sheet/template.md"
RULES = "content/criteria/garden-rules/framework.yml"
ANSWERS = "cities/alder/assessments/2026-garden-rules.yml"

OF_ALL_DATA = {"data/v1/index.json", "lcsite.json", ".lcsite"}
"""What changes with any file of the open data that holds a text; and the marker, which each build writes."""


@pytest.mark.parametrize(
    ("path", "made"),
    [
        (PRACTICE, {
            "toolbox/practices/talks/index.html", f"data/v1/source/{PRACTICE}", "data/v1/practices.json",
        }),
        (ALDER, {
            "cities/alder/index.html", f"data/v1/source/{ALDER}", "data/v1/places.json",
            "data/v1/places/alder/place.json",
        }),
        (TOOL, {"toolbox/tools/map-sheet/index.html", "data/v1/tools.json"}),
    ],
    ids=["practice", "place", "tool"],
)  # fmt: skip
def test_a_changed_text_makes_the_page_and_the_data_that_hold_it_and_nothing_else(
    shared: Town, path: str, made: set[str]
) -> None:
    before = inodes(shared.warm)
    shared.append(path, "\n## A new heading\n\nSome more was said about *plums*.\n")

    assert shared.agrees(QUICK).code == 0

    assert made_anew(before, shared.warm) == made | OF_ALL_DATA


def test_texts_of_pages_that_are_no_open_data_make_those_pages_alone(shared: Town) -> None:
    before = inodes(shared.warm)
    for path in PROSE:
        shared.append(path, "\n## Of plums\n\nPlums, too.\n")

    assert shared.agrees(QUICK).code == 0

    pages = {
        "index.html", "about/index.html", "about/us/index.html", "contribute/index.html", "criteria/index.html",
        "criteria/garden-rules/gardens/index.html", "criteria/garden-rules/index.html",
        "criteria/kinds/youth/index.html", "data/index.html", "learn/first/index.html", "learn/index.html",
        "method/index.html", "toolbox/index.html",
    }  # fmt: skip
    assert made_anew(before, shared.warm) == {*pages, ".lcsite"}
    assert all("Plums, too." in (shared.warm / page).read_text("utf-8") for page in pages)


def test_a_text_without_a_page_of_its_own_is_shown_wherever_it_is_shown(shared: Town) -> None:
    """The sheet of a tool looks like a page with fields where it begins with a line."""
    shared.made.write(TEMPLATE, "---\n\nWhere: ____\n\n---\n\nName: ____\n")
    shared.agrees(QUICK)
    shared.append(TEMPLATE, "\nPlums: ____\n")

    assert shared.agrees(QUICK).code == 0

    assert "Plums" in (shared.warm / "toolbox/tools/map-sheet/map-sheet.md").read_text("utf-8")


def test_a_heading_to_which_another_page_leads_cannot_go_and_what_stands_is_still_known_afterwards(
    shared: Town
) -> None:
    before = inodes(shared.warm)
    shared.edit("content/about/us.md", "## Our aims", "## Our dreams")

    refused = shared.agrees(QUICK)

    assert refused.code != 0
    assert "our-aims" in refused.err
    assert inodes(shared.warm) == before

    shared.edit("content/about/us.md", "## Our dreams", "## Our aims")
    assert shared.agrees(QUICK).code == 0
    assert inodes(shared.warm) == before

    shared.edit("content/about/us.md", "## Our aims", "## Our dreams")
    shared.edit("content/learn/first.md", "#our-aims", "#our-dreams")
    assert shared.agrees(QUICK).code == 0
    assert made_anew(before, shared.warm) == {".lcsite", "about/us/index.html", "learn/first/index.html"}


def test_an_edit_that_keeps_the_size_and_the_time_is_seen(shared: Town) -> None:
    file = shared.made.root / PRACTICE
    before = file.stat()
    shared.edit(PRACTICE, "They met.", "They ate.")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size

    assert shared.agrees(QUICK).code == 0

    assert "They ate." in (shared.warm / "toolbox/practices/talks/index.html").read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace("They ate.", "They met."), "utf-8")


def test_fields_answers_and_weights(shared: Town) -> None:
    shared.edit(PRACTICE, "title: Talks", "title: Chats")
    shared.edit("content/learn/first.md", "summary: About First steps.", "summary: How to begin.")
    shared.edit(ANSWERS, "gardens-1: '1'", "gardens-1: '3'")
    weight = "    weight:\n      value: '3'\n      because: Much grows there.\n"
    shared.edit(RULES, "title: Title of gardens\n", f"title: Title of gardens\n{weight}")
    shared.edit("content/toolbox/practices/path-day.md", "garden-rules/paths", "garden-rules/kitchens")

    assert shared.agrees(QUICK).code == 0


def test_new_renamed_and_deleted_files_and_another_picture(shared: Town) -> None:
    root = shared.made.root
    (root / "content/toolbox/practices/path-day.md").rename(root / "content/toolbox/practices/paths-day.md")
    shared.edit(TOOL, "path-day", "paths-day")
    (root / "content/criteria/kinds/rivers.md").unlink()
    (root / "cities/alder/assessments/2024-garden-rules.yml").unlink()
    shared.made.place("dogwood", "Dogwood", kind="village")
    shared.made.page("about/why", "Why", "Because.\n")
    (root / "content/about/media/point.png").write_bytes(picture(100))

    done = shared.agrees(QUICK)

    assert done.code == 0
    assert "criterion-without-page" in done.err
    assert shared.agrees(QUICK).err == done.err, "said again although nothing was read"


def test_how_the_site_is_called_looks_and_speaks(shared: Town) -> None:
    shared.edit("content/site.yml", "https://example.org/towns/", "https://example.net/")
    shared.append("content/site.yml", 'language: de\ncolour: "#113355"\n')
    shared.made.write("overrides/main.html", SKIN.format("Good evening."))
    shared.made.write("overrides/assets/own.css", "p { margin: 1px }\n")
    shared.append("mkdocs.yml", "extra_css:\n  - assets/own.css\n")

    assert shared.agrees(QUICK).code == 0

    home = (shared.warm / "index.html").read_text("utf-8")
    assert "Good evening." in home
    assert 'lang="de"' in home


def test_mistakes_are_told_alike_and_warnings_again_and_again(shared: Town) -> None:
    before = inodes(shared.warm)
    shared.append(PRACTICE, "\nAsk ada@plums.test.\n")
    warned = shared.agrees(QUICK)
    assert warned.code == 0
    assert "personal-data" in warned.err
    assert shared.agrees(QUICK).err == warned.err

    shared.append(PRACTICE, "\nSee [this](gone.md).\n")
    refused = shared.agrees(QUICK)
    assert refused.code == 1
    assert "gone.md" in refused.err
    assert "talks/index.html" in str(made_anew(before, shared.warm))

    shared.edit(PRACTICE, "\nAsk ada@plums.test.\n\nSee [this](gone.md).\n", "")
    assert shared.agrees(QUICK).err == warned.err.partition("content/toolbox")[0]


@pytest.mark.slow
def test_a_template_that_looks_at_all_pages_gets_all_of_them(shared: Town) -> None:
    shared.made.write("overrides/main.html", SKIN.format("{{ pages | length }} pages."))
    shared.agrees(QUICK)
    for path in (PRACTICE, "content/about/us.md"):
        shared.append(path, "\nOnce more.\n")
        assert shared.agrees(QUICK).code == 0
    shared.made.write("overrides/main.html", SKIN.format("Hello."))


def test_another_version_of_the_program_makes_all_anew(shared: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    shared.agrees(QUICK)
    before = inodes(shared.warm)
    monkeypatch.setattr(whereabouts, "_program", lambda: b"another version")

    assert shared.agrees(QUICK).code == 0

    assert made_anew(before, shared.warm) == before.keys()


@pytest.mark.slow
def test_with_and_without_an_index_and_as_a_copy_for_use_offline(shared: Town) -> None:
    for options in ([], [QUICK], ["--offline"]):
        assert shared.agrees(*options).code == 0
    shared.append(PRACTICE, "\nNow offline.\n")
    before = inodes(shared.warm)
    assert shared.agrees("--offline").code == 0
    assert made_anew(before, shared.warm) == before.keys()
    before = inodes(shared.warm)
    assert shared.agrees("--offline").code == 0
    assert inodes(shared.warm) == before


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    return complete_site(tmp_path_factory.mktemp("untouched") / "source")


@pytest.fixture
def alone(untouched: SiteFolder, tmp_path: Path) -> Town:
    """A site of one's own, which has not been built yet."""
    made = copy.copy(untouched)
    made.root = tmp_path / "source"
    shutil.copytree(untouched.root, made.root)
    return Town(made, tmp_path / "warm", tmp_path / "clean")


def mended(path: str, old: str, new: str) -> Callable[[Town], None]:
    return lambda town: town.edit(path, old, new)


STRUCTURAL: dict[str, Callable[[Town], object]] = {
    "a title": mended(PRACTICE, "title: Talks", "title: Chats"),
    "a summary": mended("content/about/us.md", "summary: ", "summary: More "),
    "an answer": mended(ANSWERS, "gardens-1: '1'", "gardens-1: '2'"),
    "the name of a step": mended(RULES, "label: Nothing", "label: None"),
    "a supported criterion": mended(PRACTICE, "areas/1.1", "areas/1.2"),
    "a sheet": lambda town: town.append(TEMPLATE, "More: ____\n"),
    "a picture": lambda town: (town.made.root / "content/about/media/point.png").write_bytes(picture(1)),
    "the skin": lambda town: town.append("overrides/main.html", "\n"),
    "the engine's file": lambda town: town.append("mkdocs.yml", "# more\n"),
    "the site's file": lambda town: town.append("content/site.yml", "# more\n"),
    "a new page": lambda town: town.made.page("about/why", "Why", "Because.\n"),
    "a deleted page": lambda town: (town.made.root / "content/about/us.md").unlink(),
    "a renamed page": lambda town: (town.made.root / PRACTICE).rename(town.made.root / f"{PRACTICE[:-3]}s.md"),
    "an empty folder": lambda town: (town.made.root / "content/about/more").mkdir(),
    "fields that end in another way": mended(PRACTICE, "\n---\n", "\n--- \n"),
    "fields that are now text": lambda town: (town.made.root / PRACTICE).write_text("They met.\n", "utf-8"),
    "line ends": lambda town: (town.made.root / PRACTICE).write_bytes(
        (town.made.root / PRACTICE).read_bytes().replace(b"\n", b"\r\n")
    ),
    "a file that nobody reads": lambda town: town.made.write("cities/alder/.gitkeep", ""),
    "a copied place": lambda town: town.made.write("gathered/far/cities/elm/index.md", "---\n---\nText.\n"),
}


@pytest.mark.parametrize("edit", STRUCTURAL.values(), ids=STRUCTURAL.keys())
def test_what_is_more_than_a_text_is_known_as_more(alone: Town, edit: Callable[[Town], object]) -> None:
    before = look_at(alone.made.root)
    edit(alone)
    now = look_at(alone.made.root)

    assert before is not None
    assert now is not None
    assert texts_changed(before, now) is None


def test_a_text_is_known_as_a_text(alone: Town) -> None:
    before = look_at(alone.made.root)
    alone.append(ALDER, "\n---\n\nA line above, and more.\n")
    now = look_at(alone.made.root)

    assert before is not None
    assert now is not None
    assert texts_changed(before, now) == [ALDER]
    assert texts_changed(before, before) == []
