"""Criteria are found by words that a newcomer would use, and chosen by numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.authoring import Choosing
from lcsite.authoring.criteria_search import criteria_by_words
from lcsite.model.portfolio import Portfolio
from lcsite.pipeline import read_and_check
from tests import builders

PAGE = "---\ntitle: {title}\nsummary: {summary}\n---\n{body}\n"


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    """Three criteria, gardens, paths and kitchens, with pages and a practice that serves the third."""
    site = builders.garden_site(tmp_path_factory.mktemp("found") / "site")
    words = {
        "gardens": ("Green", "The library lends tools. A path leads there."),
        "paths": ("Ways for all", "A café by the way, a lorry, and a puddle."),
        "kitchens": ("Cooking", "Pots."),
    }
    for id_, (summary, body) in words.items():
        text = PAGE.format(title=f"Title of {id_}", summary=summary, body=body)
        site.write(f"content/criteria/garden-rules/{id_}.md", text)
    site.practice("soup", "Soup on Fridays", supports=["garden-rules/kitchens"])
    portfolio = read_and_check(Path(site.root)).portfolio
    assert portfolio is not None
    return portfolio


def refs(portfolio: Portfolio, words: str) -> list[str]:
    return [found.ref.partition("/")[2] for found in criteria_by_words(portfolio, words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("library", ["gardens"]),  # on its page
        ("Libraries", ["gardens"]),  # another ending
        ("cafe", ["paths"]),  # no accent on the keyboard
        ("ways", ["paths"]),  # in its summary
        ("lor", ["paths"]),  # the beginning is enough
        ("soup", ["kitchens"]),  # a case study that serves it is called so
        ("zeppelin", []),
        ("", []),
        ("!?", []),
    ],
)
def test_a_word_finds_the_criterion_that_speaks_of_it(garden: Portfolio, words: str, found: list[str]) -> None:
    assert refs(garden, words) == found


def test_a_criterion_that_is_named_so_goes_before_one_whose_page_mentions_it(garden: Portfolio) -> None:
    assert refs(garden, "path") == ["paths", "gardens"]


def test_a_word_that_most_criteria_have_finds_none_of_them(garden: Portfolio) -> None:
    assert refs(garden, "title") == []  # all of them are called "Title of ..."
    assert refs(garden, "title path") == ["paths", "gardens"]


def test_kinds_of_tools_and_themes_are_no_criteria_to_serve(garden: Portfolio) -> None:
    facets = {criterion.title for f in garden.frameworks.values() for top in f.tree if top.facet
              for criterion in top.children}  # fmt: skip
    assert facets
    assert not facets & {found.title for title in facets for found in criteria_by_words(garden, title)}


def test_numbers_choose_and_the_same_number_takes_it_back(garden: Portfolio) -> None:
    choosing = Choosing(garden)
    assert choosing.hear("1").startswith("There is no list yet")
    assert choosing.hear("path").startswith("  1  Title of paths - Framework garden-rules\n")
    assert "it goes from 1 to 2" in choosing.hear("3")
    choosing.hear("2, 1")
    assert choosing.chosen == ("garden-rules/gardens", "garden-rules/paths")
    assert "  1  Title of paths - Framework garden-rules (chosen)\n" in choosing.hear("path")
    choosing.hear("2")
    assert choosing.chosen == ("garden-rules/paths",)
    assert choosing.hear("") == ""
    assert choosing.done


def test_whoever_knows_the_id_writes_it_and_a_slip_is_named(garden: Portfolio) -> None:
    choosing = Choosing(garden)
    assert 'Did you mean "garden-rules/paths"?' in choosing.hear("garden-rules/path")
    choosing.hear("garden-rules/paths, garden-rules/paths-1")
    assert choosing.chosen == ("garden-rules/paths", "garden-rules/paths-1")


def test_a_mistyped_word_is_offered_as_it_is_written(garden: Portfolio) -> None:
    assert Choosing(garden).hear("libary").startswith("No criterion speaks of that. Did you mean library?")


@given(st.text(max_size=40))
def test_whatever_is_typed_is_answered_in_words(garden: Portfolio, line: str) -> None:
    choosing = Choosing(garden)
    said = choosing.hear(line)
    assert choosing.done == (not line.strip())
    assert bool(said) != choosing.done
