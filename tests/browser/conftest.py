"""This repository's own portal, built once for all browser tests: whole, and a page of each kind from right to left."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from lcsite.mkdocs_plugin.engine import render_site
from lcsite.pages.page import Site
from lcsite.pages.site_plan import source_targets
from lcsite.pipeline import Plan, plan_site, read_and_check
from lcsite.rendering.renderer import Renderer
from tests.browser.page_kinds import PAGES
from tests.builds import once, whole_portal
from tests.theme.conftest import served

ROOT = Path(__file__).resolve().parents[2]
_KEPT = re.compile(r"(%\(\w+\)[sd]|\{\w*\}|%%|<[^>]*>|&\w+;)")
_LETTERS = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", "אבצדאפגהייקלמנועקרסטוושקיז", strict=True)))


class PseudoRightToLeft(gettext.NullTranslations):
    """Every sentence of the program in Hebrew letters and two fifths longer, which says nothing and shows much."""

    def gettext(self, message: str) -> str:
        return "".join(part if nth % 2 else _pseudo(part) for nth, part in enumerate(_KEPT.split(message)))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def _pseudo(words: str) -> str:
    return re.sub(r"[aeiou]", lambda vowel: vowel[0] * 2, words.lower()).translate(_LETTERS)


@cache
def _plan() -> Plan:
    read = read_and_check(ROOT)
    assert read.portfolio is not None
    assert not read.problems.errors
    return plan_site(read.portfolio)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole portal, with its search index."""
    return whole_portal(tmp_path_factory)


@pytest.fixture(scope="session")
def portal_site(portal: Path) -> Iterator[str]:
    with served(portal) as address:
        yield address


@pytest.fixture(scope="session")
def portal_site_rtl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One page of each kind, as a portal from right to left would show it; links between them lead nowhere."""

    def make(folder: Path) -> None:
        plan = _plan()
        renderer = Renderer(
            language="ar",
            targets=source_targets(plan.portfolio, plan.site.pages),
            translations=PseudoRightToLeft(),
            shared={"site": plan.portfolio.site, "report": "contribute/", "version": "0"},
        )
        wanted = set(PAGES.values())
        pages = tuple(page for page in plan.site.pages if page.address in wanted)
        pictures = tuple(file for file in plan.site.downloads if file.address.startswith("embed/"))
        render_site(replace(plan, renderer=renderer, site=Site(pages, pictures)), ROOT / "mkdocs.yml", folder)

    with served(once(tmp_path_factory, "portal-rtl", make)) as address:
        yield address


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, to be run in a page."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
