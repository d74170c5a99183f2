"""The page shell as files: what a page carries, what it never carries, and that text stays text."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from tests.theme.sample_site import THEME

PAGES = ["index.html", "places/sheet/index.html", "404.html"]


@pytest.fixture(params=PAGES)
def html(request: pytest.FixtureRequest, sample_folder: Path) -> str:
    text: str = (sample_folder / request.param).read_text(encoding="utf-8")
    return text


def shell(**lc: object) -> str:
    """A page of the shell with these values, rendered as MkDocs does: without autoescape."""
    environment = Environment(loader=FileSystemLoader(THEME), extensions=["jinja2.ext.i18n"])
    environment.install_null_translations()  # type: ignore[attr-defined]
    environment.filters.update(url=lambda value: f"../{value}", script_tag=str)
    page = {"meta": {"lc": lc}, "content": "<p>Body</p>"}
    config = {
        "site_name": "Sampleby learns", "theme": {"language": "en"}, "extra_css": [], "extra_javascript": [],
        "extra": {"lc": {"nav": [("places", "Places", "cities/"), ("learn", "Learn", "learn/")]}},
    }
    return environment.get_template("main.html").render(page=page, config=config)


def test_the_content_policy_comes_first_and_allows_nothing_inline(html: str) -> None:
    head = html[html.index("<head>") + 6 :].lstrip()
    assert head.startswith('<meta http-equiv="Content-Security-Policy"')
    policy = head[: head.index(">")]
    assert "unsafe-inline" not in policy
    assert "default-src" in policy


def test_a_page_carries_no_inline_script_or_style(html: str) -> None:
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html)
    for opening in re.findall(r"<script[^>]*>", html):
        assert "src=" in opening or 'type="application/ld+json"' in opening


def test_nothing_of_the_theme_below_is_loaded_or_named(html: str) -> None:
    assert "md-" not in html.replace("data-md-", "")
    assert "assets/stylesheets" not in html
    assert "assets/javascripts" not in html
    assert "generator" not in html


def test_one_stylesheet_and_two_small_scripts_weigh_less_than_twenty_five_kilobytes(sample_folder: Path) -> None:
    loaded = {"lcsite.css", "palette.js", "page.js"}  # on every page; find and compare bring one script each
    folder = sample_folder / "assets" / "lcsite"
    assert {path.name for path in folder.iterdir() if path.suffix in (".css", ".js")} >= loaded
    assert sum(len(gzip.compress((folder / name).read_bytes())) for name in loaded) < 25_000


def test_text_of_a_page_cannot_become_markup() -> None:
    nasty = '"><script>alert(1)</script>'
    html = shell(
        kind=nasty, title=nasty, description=nasty, section=nasty, crumbs=[("Home", ""), (nasty, nasty), (nasty, None)],
        demonstration=True, demo_text=nasty, lang=nasty, dir=nasty, canonical=nasty, og={"image": nasty, "alt": nasty},
        feed=nasty,
    )
    assert "<script>" not in html


def test_the_entry_of_the_section_is_marked_in_both_menus() -> None:
    html = shell(kind="page", section="learn")
    assert html.count('<a href="../learn/" aria-current="true">Learn</a>') == 2
    assert html.count("aria-current") == 2


def test_a_page_says_its_own_language_and_direction() -> None:
    assert '<html lang="he" dir="rtl">' in shell(kind="page", lang="he", dir="rtl")
    assert '<html lang="en" dir="ltr">' in shell(kind="page")


def test_only_pages_about_invented_places_carry_the_banner() -> None:
    assert "lc-demo" in shell(kind="place", demonstration=True)
    assert "lc-demo" not in shell(kind="place")


def test_the_last_crumb_is_the_page_itself_and_no_link() -> None:
    html = shell(kind="place", crumbs=[("Home", ""), ("Places", "cities/"), ("Cork", None)])
    assert '<li><a href="../cities/"><bdi>Places</bdi></a></li><li aria-current="page"><bdi>Cork</bdi></li>' in html


def test_our_pages_stand_alone_and_a_plain_page_gets_a_frame() -> None:
    assert "lc-plain" not in shell(kind="place")
    assert '<div class="lc-wrap lc-prose lc-plain"><p>Body</p></div>' in shell()
