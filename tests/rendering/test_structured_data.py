"""What programs are told about pages: facts that the page shows, in a form that cannot break out of its element."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lcsite.pages.page import Page
from lcsite.pipeline import plan_site
from lcsite.rendering.structured_data import structured_data
from tests.builders import place, portfolio, site
from tests.pages.gardens import gardens

WORDS = ("rank", "rating", "score", "review", "aggregateRating")


@pytest.fixture(scope="module")
def told() -> dict[str, list[dict[str, Any]]]:
    plan = plan_site(gardens())
    return {page.address: things(page, plan.renderer, None) for page in plan.site.pages}


def things(page: Page, renderer: Any, url: str | None) -> list[dict[str, Any]]:
    text = structured_data(page, site(url=url), renderer)
    if not text:
        return []
    found: dict[str, Any] = json.loads(text)
    assert found.pop("@context") == "https://schema.org"
    return found.get("@graph", [found])


def kinds(found: list[dict[str, Any]]) -> list[str]:
    return [thing["@type"] for thing in found]


def test_each_kind_of_page_says_what_it_is(told: dict[str, list[dict[str, Any]]]) -> None:
    assert kinds(told[""]) == ["WebSite"]
    assert kinds(told["cities/alder/"]) == ["City", "BreadcrumbList"]
    assert kinds(told["cities/alder/garden-rules/"]) == ["Dataset", "BreadcrumbList"]
    assert kinds(told["toolbox/practices/path-day/"]) == ["Article", "BreadcrumbList"]
    assert kinds(told["toolbox/tools/map-sheet/"]) == ["HowTo", "BreadcrumbList"]
    assert kinds(told["data/"]) == ["Dataset", "BreadcrumbList"]


def test_of_what_is_invented_programs_learn_only_where_it_stands(told: dict[str, list[dict[str, Any]]]) -> None:
    for address in ("cities/elm/", "cities/elm/garden-rules/", "toolbox/practices/moon-picnic/"):
        assert kinds(told[address]) == ["BreadcrumbList"]


def test_no_page_tells_a_score(told: dict[str, list[dict[str, Any]]]) -> None:
    for address, found in told.items():
        keys = {key for thing in found for key in thing}
        assert not {key for key in keys if any(word in key.lower() for word in WORDS)}, address


def test_crumbs_lead_from_home_to_the_page_itself(told: dict[str, list[dict[str, Any]]]) -> None:
    trail = told["cities/alder/garden-rules/"][1]["itemListElement"]
    assert [step["position"] for step in trail] == [1, 2, 3, 4]
    assert [step["item"] for step in trail] == ["../../../", "../../", "../", "./"]


def test_addresses_are_whole_where_the_site_knows_its_own() -> None:
    plan = plan_site(gardens())
    page = next(page for page in plan.site.pages if page.address == "cities/alder/")
    one, trail = things(page, plan.renderer, "https://example.org/city/")
    assert one["url"] == "https://example.org/city/cities/alder/"
    assert one["containedInPlace"] == {"@type": "Place", "name": "The Valley"}
    assert trail["itemListElement"][0]["item"] == "https://example.org/city/"


def test_no_name_breaks_out_of_its_element() -> None:
    name = "</script><script>alert(1)</script> & \u2028"
    plan = plan_site(portfolio(places=[place("alder", name=name)]))
    page = next(page for page in plan.site.pages if page.address == "cities/alder/")
    text = structured_data(page, site(), plan.renderer)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["@graph"][0]["name"] == name.strip()
