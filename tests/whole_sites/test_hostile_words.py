"""A whole site in which every text that people may write holds markup: readers see the words and nothing runs."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import pytest

from lcsite.mkdocs_plugin.engine import render_site
from lcsite.pipeline import plan_site
from lcsite.publishing.output_check import inspect_output
from tests.builders import SiteFolder
from tests.builds import once
from tests.rendering.full import spoilt

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        SiteFolder(folder)
        (folder / "site").mkdir()
        render_site(plan_site(spoilt()[0]), folder / "mkdocs.yml", folder / "site")

    return once(tmp_path_factory, "hostile-words", make) / "site"


@cache
def pages(site: Path) -> dict[str, Any]:
    """Every page as a browser reads it, by its path."""
    return {
        file.relative_to(site).as_posix(): html5lib.parse(file.read_bytes(), namespaceHTMLElements=False)
        for file in sorted(site.rglob("*.html"))
    }


def test_no_script_stands_on_any_page_but_our_own_files_and_data(site: Path) -> None:
    ours = re.compile(r"(\.\./)*assets/lcsite/[a-z-]+\.js|/assets/lcsite/[a-z-]+\.js")
    for path, page in pages(site).items():
        for script in page.iter("script"):
            if (script.get("type") or "").endswith("json"):
                json.loads(script.text)
            else:
                assert ours.fullmatch(script.get("src") or ""), path
                assert not (script.text or "").strip(), path


def test_no_element_runs_loads_or_restyles_anything(site: Path) -> None:
    for path, page in pages(site).items():
        for element in page.iter():
            if isinstance(element.tag, str):
                assert element.tag not in {"style", "iframe", "object", "embed", "base", "img"}, path
                assert element.tag != "form" or ":" not in (element.get("action") or ""), path
                assert not any(str(n).startswith("on") or n in ("style", "srcdoc") for n in element.attrib), path


def test_every_page_keeps_its_frame(site: Path) -> None:
    for path, page in pages(site).items():
        assert len(page.findall("head/title")) == 1, path
        assert len(list(page.iter("main"))) == 1, path
        assert len(list(page.iter("h1"))) == 1, path
        assert len(list(page.iter("footer"))) == 1, path


def test_the_last_inspection_finds_nothing(site: Path) -> None:
    assert list(inspect_output(site)) == []


def test_every_text_is_shown_with_its_markup_as_words(site: Path) -> None:
    text = "".join(
        "".join(page.itertext()) + "".join(v for e in page.iter() for v in e.attrib.values())
        for page in pages(site).values()
    )
    hidden = {
        key for key, mark in spoilt()[1].items() if not re.search(rf"{mark} +<script>alert\(1\)</script><img", text)
    }
    assert hidden == set()


def test_files_hold_the_words_and_no_tag(site: Path) -> None:
    for file in site.rglob("*.json"):
        if "pagefind" not in file.parts:
            text = file.read_text(encoding="utf-8")
            assert "<" not in text
            json.loads(text)
