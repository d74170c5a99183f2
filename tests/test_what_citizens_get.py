"""What every page of this repository's portal gives to those who read it: a way to cite, data, words explained."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from lcsite.pages.page import Page
from lcsite.pipeline import Plan, plan_site, read_and_check

ROOT = Path(__file__).parents[1]
CITED = {"place", "scorecard", "practice", "tool", "framework", "criterion", "data"}
FRAMES = {"embed"}
"""Kinds that are shown inside other sites and stand for a page of their own."""


@cache
def plan() -> Plan:
    read = read_and_check(ROOT)
    assert read.portfolio is not None
    return plan_site(read.portfolio)


@cache
def one_of_each_kind() -> dict[str, Page]:
    found: dict[str, Page] = {}
    for page in plan().site.pages:
        found.setdefault(page.kind, page)
    return found


def drawn(address: str) -> str:
    page = next(page for page in plan().site.pages if page.address == address)
    return plan().renderer.render(page).html


@pytest.mark.parametrize("kind", sorted(CITED))
def test_a_page_that_is_quoted_says_how_to_cite_it(kind: str) -> None:
    page = one_of_each_kind()[kind]
    html = plan().renderer.render(page).html
    (box,) = re.findall(r'<div class="lc-cite-box"[^>]*>(.*?)</div>', html)
    site = plan().portfolio.site
    for words in (site.publisher, plan().renderer.say(page.title), str(site.as_of.year), site.licence):
        assert words.replace("'", "&#39;") in box


def test_the_citation_of_a_scorecard_names_the_version_and_says_of_an_invented_place_that_it_is_one() -> None:
    (box,) = re.findall(r'<div class="lc-cite-box"[^>]*>(.*?)</div>', drawn("cities/lumenford/common-criteria/"))
    assert "version 2026.1" in box
    assert "(invented)" in box


def test_every_page_describes_itself_in_words_of_its_own() -> None:
    say = plan().renderer.say
    told = Counter(say(page.description) for page in plan().site.pages if page.kind not in FRAMES)
    assert [words for words, times in told.items() if times > 1 or len(words) < 20] == []


def test_an_assessed_place_shows_the_answer_then_the_picture_and_then_its_own_words_with_the_data_beside() -> None:
    html = drawn("cities/lumenford/")
    order = [html.index(part) for part in ('class="lc-answer"', 'class="lc-profile"', 'id="s-about"')]
    assert order == sorted(order)
    assert re.search(r'href="[^"]*places/lumenford/answers.csv">Data \(CSV\)', html)
    assert "What the words mean" in html


def test_a_figure_past_its_scale_and_one_that_is_too_old_are_drawn_as_what_they_are() -> None:
    beyond, stale = drawn("cities/lumenford/unesco-key-features/"), drawn("cities/medellin/unesco-key-features/")
    assert re.search(r'aria-label="Average years of schooling: worth 1.0000, past the end of the scale"', beyond)
    assert re.search(r'aria-label="Adult literacy rate: would be worth 0.9780, from 2018, not counted"', stale)
    assert "past the end of the scale</li>" in beyond
    assert "a figure that no longer counts" in stale
    assert "past the end of the scale</li>" not in stale
