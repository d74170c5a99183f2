from __future__ import annotations

from pathlib import Path

import pytest

from lcsite.model.own_pages import PAGES_OF_EVERY_SITE
from lcsite.pipeline import plan_site, read_and_check
from lcsite.reading import read_portfolio
from tests.builders import SiteFolder, garden_site

HERE = {
    "content/about.md": "page",
    "content/learn/first.md": "page",
    "content/criteria/garden-rules/gardens.md": "criterion",
    "content/toolbox/practices/talks.md": "practice",
    "content/toolbox/tools/map-sheet/index.md": "tool",
    "content/toolbox/tools/map-sheet/template.md": "template",
    "cities/alder/index.md": "place",
}
"""Every kind of file in which Markdown stands."""


@pytest.fixture
def garden(tmp_path: Path) -> SiteFolder:
    made = garden_site(tmp_path)
    made.page("about", "About", "x\n")
    made.page("learn/first", "First", "x\n")
    return made


def found(made: SiteFolder) -> list[tuple[str, str, str]]:
    return [(str(p.location), p.code, p.hint) for p in read_portfolio(made.root)[2]]


def add(made: SiteFolder, path: str, text: str) -> int:
    """Put a line at the end of a file and give its number."""
    file = made.root / path
    before = file.read_text()
    file.write_text(f"{before}\n{text}\n")
    return before.count("\n") + 2


@pytest.mark.parametrize("path", HERE)
def test_a_link_to_a_file_that_is_not_there_is_found_in_every_kind_of_text(garden: SiteFolder, path: str) -> None:
    line = add(garden, path, "See [this](nowhere.md#part).")
    assert [spot[:2] for spot in found(garden)] == [(f"{path}:{line}:12", "broken-link")]


@pytest.mark.parametrize(
    ("link", "hint"),
    [
        ("[a](abuot.md)", "did you mean about.md?"),
        ("[a](about)", "did you mean about.md?"),
        ("[a](about/)", "did you mean about.md?"),
        ("[a](/about/)", "did you mean about.md?"),
        ("[a](about.html)", "did you mean about.md?"),
        ("[a](about.md?x=1)", "did you mean about.md?"),
        ("[a](learn/talks.md)", "did you mean toolbox/practices/talks.md?"),
        ("[a](../cities/adler/index.md)", "did you mean ../cities/alder/index.md?"),
        ("[a](toolbox/tools/map-sheet/)", "did you mean toolbox/tools/map-sheet/index.md?"),
        ("[a](../../../../etc/passwd)", ("a link names the file of its page, counted from this file, such as "
         "../method/index.md")),
    ],
)
def test_the_hint_names_the_file_that_comes_nearest(garden: SiteFolder, link: str, hint: str) -> None:
    garden.page("index", "Home", link + "\n")
    assert [(code, said) for _, code, said in found(garden)] == [("broken-link", hint)]


@pytest.mark.parametrize(
    "text",
    [
        "[a](nowhere.md)", "[a][b]\n\n[b]: nowhere.md", "[b]\n\n[b]: nowhere.md 'title'", "- [a](nowhere.md)",
        "> [a](nowhere.md)", "| [a](nowhere.md) |\n|---|\n", "[![x](media/x.png)](nowhere.md)",
        "x[^1]\n\n[^1]: [a](n.md)",
        "[a](about&#46;md)", "[a](?x)", "[a](%6Eowhere.md)", "[a](../cities/alder/observations.csv)",
        "[a](../cities/alder/assessments/2026-garden-rules.yml)", "[a](site.yml)",
    ],
)
def test_a_link_is_followed_however_it_is_written(garden: SiteFolder, text: str) -> None:
    garden.page("about", "About", text + "\n")
    assert "broken-link" in [code for _, code, _ in found(garden)]


@pytest.mark.parametrize(
    "text",
    [
        "[a](index.md), [b](about.md#part), [c](#part), [d](./learn/../about.md), [e](%61bout.md)",
        "[a](../cities/alder/index.md), [b](toolbox/practices/talks.md), [c](toolbox/tools/map-sheet/template.md)",
        "[a](criteria/garden-rules/framework.yml), [b](criteria/garden-rules/gardens.md), [c](criteria/crosswalk.yml)",
        "[a](criteria/garden-rules/index.md), [b](https://example.org/nowhere.md), [c](mailto:a@example.org)",
        "`[a](nowhere.md)`\n\n*[b]: words\n\nwords[^1]\n\n[^1]: words",
        "[a](data/dictionary.md), [b](contribute/problem-codes.md), [c](method/index.md), [d](contribute/index.md)",
    ],
)
def test_a_link_to_a_file_or_to_a_page_of_every_site_is_fine(garden: SiteFolder, text: str) -> None:
    garden.page("about", "About", text + "\n")
    assert found(garden) == []


def test_a_file_with_a_mistake_of_its_own_is_there(garden: SiteFolder) -> None:
    garden.write("content/about.md", "no fields\n")
    garden.page("index", "Home", "[a](about.md)\n")
    assert [code for _, code, _ in found(garden)] == ["front-matter"]


def test_pages_of_a_framework_that_is_not_shown_are_not_there(tmp_path: Path) -> None:
    made = SiteFolder(tmp_path, frameworks=["areas"])
    made.framework("garden-rules")
    made.framework("areas")
    made.page("about", "About", "[a](criteria/areas/gardens.md)\n[b](criteria/garden-rules/gardens.md)\n")
    assert [(spot, code) for spot, code, _ in found(made)] == [
        ("content/about.md:6:5", "broken-link"),
        ("content/criteria/garden-rules/framework.yml:1:1", "framework-not-shown"),
    ]


def test_thousands_of_broken_links_are_reported_at_once_and_not_one_by_one(garden: SiteFolder) -> None:
    garden.page("about", "About", "[a](n.md)\n" * 3_000)
    assert len(found(garden)) == 50


def test_pages_that_nobody_wrote_are_named_once(tmp_path: Path) -> None:
    portfolio = read_and_check(SiteFolder(tmp_path).root).portfolio
    assert portfolio is not None
    assert {page.source for page in plan_site(portfolio).site.pages if page.source} == PAGES_OF_EVERY_SITE
