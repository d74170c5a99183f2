"""A part of a page that is not there is named in the file in which somebody wrote the link to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lcsite.building.authored_parts import where_written
from lcsite.pipeline import plan_site, read_and_check
from lcsite.problems import Location, Problem
from lcsite.publishing.output_check import BROKEN_PART, no_such_part
from tests.builders import SiteFolder, garden_site
from tests.hostile.sites import lcsite

HOME = "index.html"


@pytest.fixture
def garden(tmp_path: Path) -> SiteFolder:
    made = garden_site(tmp_path / "site")
    made.page("about", "About", "## One\n\nWords.\n")
    return made


def told(made: SiteFolder, page: str, target: str, part: str) -> list[str]:
    """What is said of a broken part of `target` that the inspection found on `page`."""
    portfolio = read_and_check(made.root).portfolio
    assert portfolio is not None
    plan = plan_site(portfolio)
    targets = {each.source: each.address for each in plan.site.pages if each.source}
    targets["content/toolbox/tools/map-sheet/template.md"] = "toolbox/tools/map-sheet/#sheet"
    found = Problem(BROKEN_PART, Location(page, 7), no_such_part(target, part), "")
    return [f"{p.location} {p.code}" for p in where_written([found], made.root, plan.site.pages, targets)]


@pytest.mark.parametrize(
    ("text", "target", "part"),
    [
        ("See [this](about.md#gone).", "about/index.html", "gone"),
        ("See [this](#gone).", HOME, "gone"),
        ("See [this][a].\n\n[a]: about.md#gone", "about/index.html", "gone"),
        ("See [this](about.md#caf%C3%A9).", "about/index.html", "café"),
        ("See [this](../cities/alder/index.md#gone).", "cities/alder/index.html", "gone"),
    ],
)
def test_it_is_named_where_the_address_stands(garden: SiteFolder, text: str, target: str, part: str) -> None:
    garden.page("index", "Home", f"[That](about.md#one), [https](https://example.org/#gone).\n\n{text}\n")
    (spot,) = told(garden, HOME, target, part)
    line = 7 if "[a]:" not in text else 9
    column = 12 if "[a]:" not in text else 6
    assert spot == f"content/index.md:{line}:{column} broken-link"


def test_each_of_several_links_is_named_and_each_once(garden: SiteFolder) -> None:
    garden.page("index", "Home", "[a](about.md#gone)\n[b](about.md#gone)\n")
    spots = ["content/index.md:5:5 broken-link", "content/index.md:6:5 broken-link"]
    assert told(garden, HOME, "about/index.html", "gone") == spots


def test_the_sheet_of_a_tool_stands_in_a_file_of_its_own(garden: SiteFolder) -> None:
    garden.write("content/toolbox/tools/map-sheet/template.md", "Draw, as [told](../../../about.md#gone).\n")
    spots = told(garden, "toolbox/tools/map-sheet/index.html", "about/index.html", "gone")
    assert spots == ["content/toolbox/tools/map-sheet/template.md:1:17 broken-link"]


def test_a_link_of_ours_stays_with_the_finished_page(garden: SiteFolder) -> None:
    assert told(garden, HOME, "about/index.html", "gone") == [f"{HOME}:7:1 {BROKEN_PART}"]


def test_the_build_says_so_and_publishes_nothing(garden: SiteFolder) -> None:
    garden.page("index", "Home", "[a](about.md#gone)\n")
    done = lcsite("build", garden.root, "--no-search", "--quiet", "--jobs", "1")
    assert done.code == 1
    assert 'content/index.md:5:5: error: "about.md" has no part "#gone"  [broken-link]' in done.err + done.out
    assert BROKEN_PART not in done.err + done.out
    assert not (garden.root / "site").exists()
