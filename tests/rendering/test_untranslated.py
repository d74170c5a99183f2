"""Every word of the program passes through the catalogue: in a language of nonsense no English word of ours is left.

A small site whose authors use few words is built with translations that turn each sentence into Hebrew letters. What is
still written in Latin letters then is either an author's, or was never handed to the catalogue.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from lcsite.mkdocs_plugin.engine import render_site
from lcsite.pages.site_plan import source_targets
from lcsite.pipeline import plan_site, read_and_check
from lcsite.rendering.renderer import Renderer
from tests.browser.conftest import PseudoRightToLeft
from tests.builders import garden_site

WORD = re.compile(r"[A-Za-z][A-Za-z’']+")
SHOWN = re.compile(r'\s(?:alt|aria-label|placeholder|title|content)="([^"]*)"')
NOT_SHOWN = re.compile(
    r'<(script|style|code|pre)\b.*?</\1>|<div hidden data-pagefind-ignore>.*?</div>|<meta http-equiv="[^>]*>'
    r'|<meta (?:name="(?:viewport|referrer|color-scheme|theme-color|robots|twitter:card)"|property="og:type")[^>]*>'
    r"|[\w<>/&;-]+\.(?:json|csv|md|docx|yml|zip|xml|atom|svg)\b"
    r'|<[^>]*\slang="en"[^>]*>.*?</[a-z]+>|<h1>.*?</h1>',
    re.DOTALL,
)
NAMES_OF_THINGS = {"csv", "json", "lcsite", "by", "cc", "markdown", "word", "libreoffice", "https", "creativecommons"}
"""Names of files, formats and licences: the same in every language."""
ENGLISH_BY_INTENT = ("about/components/", "contribute/files/", "contribute/problem-codes/", "data/dictionary/")
"""Pages for developers and contributors, written by the program in the language of its source."""


@cache
def words_of_authors(root: Path) -> frozenset[str]:
    files = [file for file in root.rglob("*") if file.suffix in (".md", ".yml", ".csv")]
    return frozenset(
        word.casefold() for file in files for word in WORD.findall(file.read_text("utf-8") + f" {file.as_posix()} ")
    )


@pytest.fixture(scope="module")
def nonsense(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The site's source, and the site in the language of nonsense."""
    root = tmp_path_factory.mktemp("nonsense") / "source"
    garden_site(root)
    read = read_and_check(root)
    assert read.portfolio is not None
    plan = plan_site(read.portfolio)
    shared = {"site": plan.portfolio.site, "report": "contribute/", "version": "0"}
    renderer = Renderer(
        language="he",
        targets=source_targets(plan.portfolio, plan.site.pages),
        translations=PseudoRightToLeft(),
        shared=shared,
    )
    site = root.parent / "site"
    site.mkdir()
    render_site(replace(plan, renderer=renderer), root / "mkdocs.yml", site)
    return root, site


def test_no_word_of_the_program_is_left_in_english_on_any_page(nonsense: tuple[Path, Path]) -> None:
    root, site = nonsense
    known = words_of_authors(root) | NAMES_OF_THINGS
    left: dict[str, set[str]] = {}
    pages = [page for page in sorted(site.rglob("*.html")) if "embed" not in page.parts]
    assert len(pages) > 30
    for page in pages:
        address = page.relative_to(site).as_posix()
        if address.startswith(ENGLISH_BY_INTENT):
            continue
        text = NOT_SHOWN.sub(" ", page.read_text("utf-8"))
        shown = " ".join(SHOWN.findall(text)) + " " + re.sub(r"<[^>]*>", " ", text)
        for word in WORD.findall(unescape(shown)):
            if word.casefold() not in known:
                left.setdefault(word, set()).add(address)
    assert {word: sorted(where) for word, where in left.items()} == {}, left


def test_scripts_hold_no_sentence_of_their_own() -> None:
    folder = Path(__file__).parents[2] / "lcsite" / "theme" / "assets" / "lcsite"
    spoken = re.compile(r'"(?:[A-Z][a-z]+ [a-z]+[^"]*|[a-z]+ [a-z]+ [a-z]+[^"<>{}]*)"')
    found = {
        script.name: [said for line in code(script) for said in spoken.findall(line)] for script in folder.glob("*.js")
    }
    assert len(found) >= 4
    assert {name: said for name, said in found.items() if said} == {}


def code(script: Path) -> list[str]:
    """The lines of a script without its comments."""
    return [re.sub(r"(^|\s)//.*$", "", line) for line in script.read_text("utf-8").splitlines()]
