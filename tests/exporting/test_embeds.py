"""What other sites may show of a place: ranges, words for those who see no picture, no program, no order of places."""

from __future__ import annotations

import re
from html import unescape

import pytest
from lxml import etree

from lcsite.model.portfolio import Portfolio
from lcsite.pipeline import Plan, plan_site
from tests.builders import assessment, framework, place, portfolio

ATTACK = """Alder <img src=x onerror=alert(1)> "&"'"""


def towns(**words: object) -> Portfolio:
    answers = {"gardens-1": "4", "gardens-2": "2", "paths-1": "2", "paths-2": "don't know"}
    return portfolio(
        frameworks=[framework("garden-rules", short_title="Rules")],
        places=[place("alder", name=ATTACK), place("elm", demonstration=True), place("oak")],
        assessments=[assessment("alder", answers), assessment("elm", {"gardens-1": "1"})], **words,
    )


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_site(towns(url="https://example.org/city/"))


@pytest.fixture(scope="module")
def files(plan: Plan) -> dict[str, str]:
    return {f.address: f.content().decode() for f in plan.site.downloads if f.address.startswith("embed/")}


def test_each_assessed_place_and_framework_has_a_badge_and_a_card(files: dict[str, str]) -> None:
    assert files.keys() == {
        f"embed/{town}/garden-rules.{ending}" for town in ("alder", "elm") for ending in ("html", "svg")
    }


def test_a_badge_shows_the_range_of_each_criterion_in_the_order_of_the_framework(files: dict[str, str]) -> None:
    badge = etree.fromstring(files["embed/alder/garden-rules.svg"].encode())
    svg = "{http://www.w3.org/2000/svg}"
    heights = [
        (rect.get("fill"), float(rect.get("height")))
        for rect in badge.findall(f"{svg}rect") if rect.get("class") != "p" and rect.get("class") != "n"
    ]
    # gardens: (1 + 1/2) / 2 known; paths: 1/4 known, 1/2 open; kitchens: nothing is known
    assert heights == [("#12436d", 37.5), ("#12436d", 12.5), ("url(#lc-h)", 25.0), ("url(#lc-h)", 50.0)]
    assert badge.findtext(f"{svg}title") == f"{ATTACK}: Rules"
    assert badge.findtext(f"{svg}desc") == (
        f"{ATTACK} by Rules, 2026: 1 of 3 criteria clearly known, 1 partly known, 1 not known enough."
    )


def test_a_card_runs_nothing_and_loads_only_its_own_sheet(files: dict[str, str]) -> None:
    for address, card in files.items():
        assert "<script" not in card
        assert "onerror=alert(1)>" not in card.replace("&gt;", "")
        if address.endswith(".html"):
            assert re.findall(r'<link[^>]* href="([^"]+)"', card) == ["../../assets/lcsite/card.css"]
            assert "default-src 'none'; style-src 'self'" in card.replace("&#39;", "'")
            assert "places are not ranked" in card


def test_what_is_invented_says_so_on_other_sites_too(files: dict[str, str]) -> None:
    assert "Invented to show the method" in files["embed/elm/garden-rules.html"]
    assert "invented · Rules" in files["embed/elm/garden-rules.svg"]
    assert "nvented" not in files["embed/alder/garden-rules.svg"]


def test_the_lines_to_copy_hold_whole_addresses_and_words(plan: Plan) -> None:
    page = next(page for page in plan.site.pages if page.address == "cities/alder/embed/")
    html = plan.renderer.render(page).html
    assert "https://example.org/city/embed/alder/garden-rules.svg" in html
    copied = unescape(html)
    snippet = copied[copied.index('<a href="https://example.org/city/cities/alder/garden-rules/"') :]
    picture = etree.fromstring(snippet[: snippet.index("</a>") + 4], etree.HTMLParser()).find(".//img")
    assert picture is not None
    assert picture.get("alt").startswith(f"{ATTACK} by Rules, 2026: 1 of 3")


def test_a_site_without_an_address_has_no_lines_to_copy() -> None:
    without = plan_site(towns())
    page = next(page for page in without.site.pages if page.address == "cities/alder/embed/")
    html = without.renderer.render(page).html
    assert "does not say yet at which address" in html
    assert "<pre>" not in html
