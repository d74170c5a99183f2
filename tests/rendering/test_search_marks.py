"""What a page tells the index, in words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from lcsite.model.portfolio import Portfolio
from lcsite.pipeline import plan_site
from lcsite.rendering.search_marks import EVERY_PAGE, search_marks
from tests.builders import framework, place, portfolio, practice

SCRIPT = Path(__file__).parents[2] / "lcsite" / "theme" / "assets" / "lcsite" / "find.js"


def marks(made: Portfolio, address: str) -> dict[str, Any] | None:
    plan = plan_site(made)
    page = next(page for page in plan.site.pages if page.address == address)
    return search_marks(page, plan.renderer.render(page), plan.renderer)


@pytest.fixture(scope="module")
def made() -> Portfolio:
    audit = {"text": "Counted.", "quality": "official-audit"}
    return portfolio(
        frameworks=[framework(short_title="Gardens")],
        places=[place("pecs", "Pécs", country="HU")],
        practices=[
            practice("bus", "“A bus: for books”", places=["pecs"], countries=["HU"], years="2010-", evidence=audit,
                     supports=["garden-rules/paths"], kind="mobile library"),
            practice("feria", "Feria", language="es", demonstration=True),
        ],
    )  # fmt: skip


def test_facets_are_in_words_and_a_criterion_names_its_framework(made: Portfolio) -> None:
    found = marks(made, "toolbox/practices/bus/")
    assert found is not None
    assert found["filters"] == [
        ("thing", "Practice"),
        ("outcome", "It worked"),
        ("criterion", "Title of paths (Gardens)"),
        ("framework", "Gardens"),
        ("region", "Europe and North America"),
        ("country", "Hungary"),
        ("place", "Pécs"),
        ("year", "2010"),
        ("language", "English"),
    ]


def test_a_card_says_how_it_went_who_says_so_where_and_when(made: Portfolio) -> None:
    found = marks(made, "toolbox/practices/bus/")
    assert found is not None
    assert dict(found["card"]) == {
        "thing": "practice",
        "summary": "“A bus: for books”, in a sentence.",
        "note": "Pécs, Hungary, since 2010 · mobile library",
        "outcome": "worked",
        "quality": "official audit or inquiry",
        "outside": "yes",
        "every": EVERY_PAGE,
    }


def test_what_is_invented_or_in_another_language_says_so(made: Portfolio) -> None:
    found = marks(made, "toolbox/practices/feria/")
    assert found is not None
    assert dict(found["card"])["invented"] == "yes"
    assert dict(found["card"])["language"] == "es"
    assert ("language", "Spanish") in found["filters"]


def test_titles_are_ordered_by_their_letters_and_the_newest_year_comes_first(made: Portfolio) -> None:
    bus, place_ = marks(made, "toolbox/practices/bus/"), marks(made, "cities/pecs/")
    assert bus is not None
    assert place_ is not None
    assert bus["orders"] == [("title", "a bus: for books”"), ("newest", "7989 a bus: for books”")]
    assert place_["orders"] == [("title", "pecs"), ("newest", "9999 pecs")]


def test_a_list_says_nothing_to_the_index(made: Portfolio) -> None:
    assert marks(made, "toolbox/practices/") is None


def test_no_order_is_by_a_score(made: Portfolio) -> None:
    found = marks(made, "cities/pecs/")
    assert found is not None
    assert {name for name, _ in found["orders"]} == {"title", "newest"}


def test_the_script_knows_the_word_that_stands_on_every_page() -> None:
    assert re.findall(r'EVERY_PAGE = "(.+?)"', SCRIPT.read_text("utf-8")) == [EVERY_PAGE]
