"""The pages for other engines: each page of lcsite, with the same words, as Markdown with links that lead somewhere."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from markdown import markdown

from bench.building import prepare
from bench.engines import ENGINES
from bench.made_pages import words
from bench.markdown import as_markdown
from bench.peers import Written
from bench.portal import Portal

PAGES = 200
LINK = re.compile(r"\]\(([^)]*)\)")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Written]]:
    folder = tmp_path_factory.mktemp("peers")
    pages = prepare(PAGES, [ENGINES["lcsite"], ENGINES["hugo"]], folder, dict(os.environ))
    return folder / "peers", pages


def test_every_page_of_lcsite_is_a_page_for_the_others(made: tuple[Path, list[Written]]) -> None:
    peers, pages = made
    missing = 1  # each engine makes a page of its own for addresses that lead nowhere
    folders = sum("render: never" in path.read_text("utf-8") for path in (peers / "hugo/content").rglob("_index.md"))
    assert len(pages) == PAGES - missing
    assert len(list((peers / "docs").rglob("*.md"))) == PAGES - missing
    assert len(list((peers / "hugo/content").rglob("*.md"))) - folders == PAGES - missing
    assert len({page.path for page in pages}) == PAGES - missing


def test_practices_stand_by_year_and_places_by_country(made: tuple[Path, list[Written]]) -> None:
    _, pages = made
    paths = {page.address: page.path for page in pages}
    portal = Portal(PAGES)
    practice, place = portal.practices[0], portal.places[0]
    assert paths[f"toolbox/practices/{practice.id}/"] == f"practices/{practice.year}/{practice.id}"
    assert paths[f"toolbox/practices/by/year/{practice.year}/"] == f"practices/{practice.year}/index"
    assert paths[f"cities/{place.id}/"] == f"cities/{place.country.lower()}/{place.id}/index"
    assert paths[f"toolbox/practices/by/place/{place.id}/"] == f"cities/{place.country.lower()}/{place.id}/practices"
    assert paths[""] == "index"


def test_every_link_of_the_others_leads_to_a_page_or_to_what_lcsite_alone_makes(
    made: tuple[Path, list[Written]],
) -> None:
    peers, _ = made
    for root in (peers / "docs", peers / "hugo/content"):
        seen = 0
        for page in root.rglob("*.md"):
            for link in LINK.findall(page.read_text("utf-8")):
                if "://" not in link:
                    seen += 1
                    assert (page.parent / link).resolve().is_file(), (page, link)
        assert seen > 15 * PAGES


def test_the_others_have_the_same_words_by_kind_of_page(made: tuple[Path, list[Written]]) -> None:
    peers, pages = made
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for page in pages:
        text = (peers / f"docs/{page.path}.md").read_text("utf-8")
        ours[page.kind] += page.words
        theirs[page.kind] += words(etree.HTML(markdown(text, extensions=["tables", "fenced_code"])))
    assert {"practice", "practice-list", "place", "scorecard", "criterion", "card"} <= set(ours)
    assert sum(theirs.values()) == pytest.approx(sum(ours.values()), rel=0.01)
    for kind in set(ours) - {"find"}:  # a page of boxes to tick, whose labels and numbers touch
        assert theirs[kind] == pytest.approx(ours[kind], rel=0.04), kind


def test_a_page_becomes_markdown_as_one_would_write_it_by_hand() -> None:
    main = etree.HTML(
        "<main><p>Before</p><h1>Title</h1><h2>One <b>bold</b></h2><p>A_b &lt;c&gt; <a href='x/'>to <i>x</i></a></p>"
        "<ul><li><h3><a href='y/'>Y</a></h3><p>said</p></li><li>2020. Deep<ol><li>in</li></ol></li></ul>"
        "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td></tr></table><dl><dt>t</dt><dd>d</dd></dl>"
        "<blockquote><p>q</p><p>r</p></blockquote><pre><code>x\n  y</code></pre><p>3. no list</p></main>"
    ).find(".//main")
    assert as_markdown(main, lambda href: f"{href}index.md") == (
        "Before\n\n## One **bold**\n\nA\\_b &lt;c> [to *x*](x/index.md)\n\n"
        "- [Y](y/index.md) said\n- 2020\\. Deep\n    1. in\n\n"
        "| a | b\\|c |\n|---|---|\n| 1 |  |\n\n- **t:** d\n\n> q\n>\n> r\n\n```\nx\n  y\n```\n\n3\\. no list\n"
    )
