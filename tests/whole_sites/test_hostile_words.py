"""A whole site in which every text that people may write holds markup: readers see the words and nothing runs."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest

from lcsite.describing.schemas import schema_bytes
from lcsite.mkdocs_plugin.engine import render_site
from lcsite.pipeline import plan_site
from lcsite.publishing.output_check import inspect_output
from tests.builders import SiteFolder
from tests.builds import once
from tests.rendering.full import spoilt

pytestmark = pytest.mark.slow

CARD = re.compile(r"embed/[a-z0-9-]+/[a-z0-9-]+\.html")
POLICY_OF_A_CARD = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
STYLE_OF_A_BADGE = (
    "@media (prefers-color-scheme: dark) {.p {fill: #0f161d; stroke: #2d3b48} .i {fill: #f1f3f4} .s {fill: #c2cbd3} "
    ".k {fill: #8dbdeb} .n {fill: #243240} .b {fill: #16263a}}"
)


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
    badge = re.compile(r"(\.\./)*embed/[a-z0-9-]+/[a-z0-9-]+\.svg")
    for path, page in pages(site).items():
        for element in page.iter():
            if isinstance(element.tag, str):
                assert element.tag not in {"style", "iframe", "object", "embed", "base"}, path
                if element.tag == "img":  # no picture but our own of a place, on the page that offers it
                    assert re.fullmatch(r"cities/[a-z0-9-]+/embed/index\.html", path), path
                    assert badge.fullmatch(element.get("src") or ""), path
                    assert set(element.attrib) == {"src", "alt", "width", "height"}, path
                assert element.tag != "form" or ":" not in (element.get("action") or ""), path
                assert not any(str(n).startswith("on") or n in ("style", "srcdoc") for n in element.attrib), path


def test_every_page_keeps_its_frame(site: Path) -> None:
    for path, page in pages(site).items():
        assert len(page.findall("head/title")) == 1, path
        assert len(list(page.iter("main"))) == 1, path
        assert len(list(page.iter("h1"))) == 1, path
        if CARD.fullmatch(path):  # stands in the frame of another site, so it has less and may do less
            policies = [meta for meta in page.iter("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
            assert [meta.get("content") for meta in policies] == [POLICY_OF_A_CARD], path
            assert not list(page.iter("script")), path
        else:
            assert len(list(page.iter("footer"))) == 1, path


def test_a_badge_is_a_picture_and_the_words_of_people_are_only_text_in_it(site: Path) -> None:
    badges = sorted((site / "embed").rglob("*.svg"))
    assert badges
    for file in badges:
        picture = ElementTree.parse(file).getroot()
        tags = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in picture.iter()}
        assert tags <= {"svg", "title", "desc", "style", "defs", "pattern", "rect", "text"}, file
        assert [e.text for e in picture.iter("{http://www.w3.org/2000/svg}style")] == [STYLE_OF_A_BADGE], file
        names = {name for element in picture.iter() for name in element.attrib}
        assert not {name for name in names if name.startswith("on") or name in ("style", "href") or "}" in name}, file
        assert "<script>alert(1)</script>" in "".join(picture.itertext()), file


def test_every_feed_can_be_read_and_holds_the_words_as_text(site: Path) -> None:
    feeds = sorted((site / "feeds").rglob("*.xml"))
    assert feeds
    for file in feeds:
        tags = {element.tag.partition("}")[2] for element in ElementTree.parse(file).getroot().iter()}
        assert not tags & {"script", "img"}, file
    assert "<script>alert(1)</script>" in "".join(ElementTree.parse(site / "feeds/new.xml").getroot().itertext())


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
            json.loads(text)
            if file.parent == site / "data/schemas/v1":  # ours to the last byte, the same on every site
                assert file.read_bytes() == schema_bytes(file.stem)
            else:
                assert "<" not in text, file
