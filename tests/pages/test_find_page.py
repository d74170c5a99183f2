"""The find page: which boxes there are, what stands in them, and in which order."""

from __future__ import annotations

import pytest

from lcsite.model.portfolio import Portfolio
from lcsite.pages import find_page
from lcsite.pages.find_page import FindBody, FindBox
from lcsite.pipeline import plan_site
from tests.builders import KINDS, framework, place, portfolio, practice

FILE_KINDS = 10
"""Every site has a page to read about each kind of file that people write."""


def body_of(made: Portfolio) -> FindBody:
    page = next(page for page in plan_site(made).site.pages if page.kind == "find")
    body = page.body()
    assert isinstance(body, FindBody)
    return body


def boxes_of(made: Portfolio) -> dict[str, FindBox]:
    return {box.facet: box for box in body_of(made).boxes}


def values(box: FindBox) -> list[tuple[str, int]]:
    return [(choice.trait.id, choice.count) for _, choices in box.groups for choice in choices]


@pytest.fixture(scope="module")
def garden() -> Portfolio:
    return portfolio(
        frameworks=[framework(order=10), framework("kinds", KINDS, order=20)],
        places=[place("zebra", "Ádám"), place("birch", country="IE")],
        practices=[
            practice("a", outcome="did-not-work", years="2012", places=["birch"], supports=["garden-rules/paths"]),
            practice("b", outcome="worked", years="2024", supports=["garden-rules/paths", "garden-rules/gardens"]),
            practice("c", outcome="did-not-work", years="2012-"),
        ],
    )


def test_values_are_counted_and_stand_in_an_order_of_their_own(garden: Portfolio) -> None:
    boxes = boxes_of(garden)
    assert values(boxes["outcome"]) == [("worked", 1), ("did-not-work", 2)]
    assert values(boxes["year"]) == [("2024", 1), ("2012", 2)]
    assert values(boxes["place"]) == [("zebra", 1), ("birch", 2)]  # Á before B
    assert values(boxes["thing"]) == [
        ("practice", 3), ("place", 2), ("criterion", 7), ("framework", 2), ("page", FILE_KINDS),
    ]  # fmt: skip


def test_criteria_stand_below_their_framework_in_its_order(garden: Portfolio) -> None:
    groups = boxes_of(garden)["criterion"].groups
    assert [name for name, _ in groups] == ["Framework garden-rules", "Framework kinds"]
    ids = [(choice.trait.id, choice.count) for choice in groups[0][1]]
    assert ids == [("garden-rules/gardens", 2), ("garden-rules/paths", 3), ("garden-rules/kitchens", 1)]


def test_countries_wait_for_the_order_of_the_readers_language(garden: Portfolio) -> None:
    boxes = boxes_of(garden)
    assert boxes["country"].by_words
    assert not boxes["place"].by_words


def test_a_box_that_could_not_narrow_anything_down_is_left_out(garden: Portfolio) -> None:
    assert "language" not in boxes_of(garden)
    assert "region" not in boxes_of(garden)


def test_a_very_long_box_leaves_its_values_to_the_index(garden: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_page, "SHOWN_AT_MOST", 6)
    criterion = boxes_of(garden)["criterion"]
    assert (criterion.groups, criterion.values) == ((), 7)


def test_lists_and_the_page_itself_are_not_found(garden: Portfolio) -> None:
    pages = plan_site(garden).site.pages
    found = {page.kind for page in pages if page.found}
    assert found == {"place", "practice", "criterion", "framework", "file-kind"}
    assert body_of(garden).total == sum(page.found is not None for page in pages) == 14 + FILE_KINDS


def test_every_outcome_that_is_there_leads_to_its_list(garden: Portfolio) -> None:
    addresses = {page.address for page in plan_site(garden).site.pages}
    outcomes = body_of(garden).outcomes
    assert [(trait.id, count) for trait, count, _ in outcomes] == [("worked", 1), ("did-not-work", 2)]
    assert all(address in addresses for _, _, address in outcomes)


def test_an_empty_portal_has_a_find_page_too() -> None:
    body = body_of(portfolio())
    assert (body.boxes, body.outcomes, body.total) == ((), (), FILE_KINDS)
