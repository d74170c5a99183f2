"""What a change to the files does, in words, numbers worked out by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcsite.changes import Difference, Touched, as_json, as_markdown, as_text, compare_sites
from lcsite.cli import run
from lcsite.pipeline import read_and_check
from lcsite.problems import Problems
from tests.builders import SiteFolder
from tests.versions import garden_site

GARDENS = {"gardens-1": "don't know", "gardens-2": "2", "paths-1": "4", "paths-2": "4"}


def small_site(root: Path, answers: dict[str, Any] = GARDENS, **more: Any) -> SiteFolder:
    """Willow and Ash, both with answers to one framework."""
    site = SiteFolder(root)
    site.framework("garden-rules", **more)
    for id_, name in (("ash", "Zürich"), ("willow", "Ålborg")):
        site.place(id_, name)
        site.assessment(id_, "garden-rules", answers)
    return site


def difference(before: Path, after: Path) -> Difference:
    return compare_sites(read_and_check(before), read_and_check(after))


@pytest.fixture
def sides(tmp_path: Path) -> tuple[SiteFolder, SiteFolder]:
    return small_site(tmp_path / "before"), small_site(tmp_path / "after")


def told(sides: tuple[SiteFolder, SiteFolder]) -> str:
    return as_text(difference(sides[0].root, sides[1].root))


def test_two_equal_states_differ_in_nothing(sides: tuple[SiteFolder, SiteFolder]) -> None:
    assert difference(sides[0].root, sides[1].root).nothing
    assert told(sides) == "nothing changes\n"


def test_an_answer_says_which_figure_it_moves_and_how_far(sides: tuple[SiteFolder, SiteFolder]) -> None:
    sides[1].assessment("willow", "garden-rules", {**GARDENS, "gardens-1": "3"})
    (figure,) = difference(sides[0].root, sides[1].root).figures
    # gardens: half is known (2 of 4), so 0.25 to 0.75 before; 3/4 and 2/4 after
    assert (figure.title, figure.before, figure.after) == ("Title of gardens", "between 25 and 75", "63")
    assert figure.because == ("gardens-1 went from don't know to 3",)
    assert (
        "Ålborg, Framework garden-rules, Title of gardens: between 25 and 75 to 63, "
        "because gardens-1 went from don't know to 3\n" in told(sides)
    )
    assert "Ålborg, assessment 2026-garden-rules: gardens-1: don't know to 3\n" in told(sides)


def test_places_stand_in_the_order_of_names_whatever_happens_to_their_figures(
    sides: tuple[SiteFolder, SiteFolder],
) -> None:
    for id_, value in (("ash", "4"), ("willow", "0")):
        sides[1].assessment(id_, "garden-rules", {**GARDENS, "gardens-1": value})
    found = difference(sides[0].root, sides[1].root)
    assert [figure.place_name for figure in found.figures] == ["Ålborg", "Zürich"]
    assert [each.name for each in found.touched] == ["Ålborg", "Zürich"]


def test_a_new_round_is_new_and_the_latest_figures_are_compared(sides: tuple[SiteFolder, SiteFolder]) -> None:
    sides[1].assessment("willow", "garden-rules", {"gardens-1": "4", "gardens-2": "4"}, year=2025)
    assert "Ålborg, assessment 2025-garden-rules: new, 2 answers to garden-rules@2026.1" in told(sides)
    assert difference(sides[0].root, sides[1].root).figures == ()


def test_an_earlier_round_says_how_its_figures_move_apart_from_the_latest_ones(
    sides: tuple[SiteFolder, SiteFolder],
) -> None:
    for side, answer in zip(sides, ("2", "4"), strict=True):
        side.assessment("willow", "garden-rules", {"paths-1": answer, "paths-2": "4"}, year=2024)
    (figure,) = difference(sides[0].root, sides[1].root).figures
    # paths in 2024: 2 and 4 of 4, so 75; then 4 and 4; nothing was said about the round of 2026
    assert (figure.earlier_round, figure.before, figure.after) == ("2024-garden-rules", "75", "100")
    assert (
        "Ålborg, Framework garden-rules, Title of paths, in the earlier round 2024-garden-rules: 75 to 100, "
        "because paths-1 went from 2 to 4\n" in told(sides)
    )


def test_a_round_that_is_mended_while_a_newer_one_comes_is_told_twice(sides: tuple[SiteFolder, SiteFolder]) -> None:
    (sides[0].root / "cities" / "willow" / "assessments" / "2026-garden-rules.yml").unlink()
    sides[0].assessment("willow", "garden-rules", GARDENS, year=2024)
    sides[1].assessment("willow", "garden-rules", {**GARDENS, "gardens-1": "3"}, year=2024)
    sides[1].assessment("willow", "garden-rules", {"gardens-1": "4", "gardens-2": "4"})
    found = difference(sides[0].root, sides[1].root).figures
    # the newest reading instead of the one before, and what became of that one: 3 and 2 of 4 are 62.5
    gardens = [(f.earlier_round, f.before, f.after) for f in found if f.node == "gardens"]
    assert gardens == [("", "between 25 and 75", "100"), ("2024-garden-rules", "between 25 and 75", "63")]


def test_of_a_first_round_only_what_was_answered_is_told(sides: tuple[SiteFolder, SiteFolder]) -> None:
    (sides[0].root / "cities" / "willow" / "assessments" / "2026-garden-rules.yml").unlink()
    found = difference(sides[0].root, sides[1].root)
    # gardens: one of two is known, 2 of 4; paths: 4 and 4; kitchens: nobody has come to them
    assert [(f.title, f.before, f.after, f.because) for f in found.figures] == [
        ("Title of gardens", "not there", "between 25 and 75", ("this is the first reading",)),
        ("Title of paths", "not there", "100", ("this is the first reading",)),
    ]


def test_a_practice_its_links_and_its_pages_are_named(sides: tuple[SiteFolder, SiteFolder]) -> None:
    sides[1].practice("soup", "Soup", supports=["garden-rules/gardens"])
    sides[0].practice("tea", "Tea", supports=["garden-rules/paths"])
    text = told(sides)
    assert "the practice soup now serves garden-rules/gardens\n" in text
    assert "the practice tea no longer serves garden-rules/paths\n" in text
    assert "Addresses that break, because their pages are gone:\n" in text
    assert "  /toolbox/practices/tea/\n" in text
    assert text.index("/toolbox/practices/tea/") < text.index("Soup (soup): new") < text.index("Tea (tea): removed")
    assert "  /toolbox/practices/soup/\n" in text


def test_a_changed_place_page_site_and_figure_say_which_field(sides: tuple[SiteFolder, SiteFolder]) -> None:
    old, new = sides
    old.place("willow", "Ålborg", "Three short words.\n", stakeholders=["Library"])
    new.place("willow", "Ålborg", "Now four short words.\n", stakeholders=["Library", "Mosque"], kind="city")
    new.write("content/index.md", "---\ntitle: Another title\nsummary: The front page.\n---\nWelcome.\n")
    text = told(sides)
    assert 'Ålborg: kind: "town" to "city"\n' in text
    assert 'Ålborg: stakeholders: new "Mosque"\n' in text
    assert "Ålborg: the text: 3 words to 4\n" in text
    assert 'Another title (index): title: "Sample Portal" to "Another title"\n' in text


def test_a_changed_definition_says_what_and_moves_the_figures_that_it_moves(tmp_path: Path) -> None:
    weights = [{"value": 3, "because": "It matters."}]
    old, new = small_site(tmp_path / "a", {"gardens-1": "4", "gardens-2": "0"}), None
    tree = [
        {"id": "outside", "level": "dimension", "title": "Title of outside", "children": [
            {"id": "gardens", "level": "criterion", "title": "Title of gardens", "children": [
                {"id": "gardens-1", "level": "indicator", "title": "Title of gardens-1", "weight": weights[0]},
                {"id": "gardens-2", "level": "indicator", "title": "Title of gardens-2"},
            ]},
        ]},
    ]  # fmt: skip
    new = small_site(tmp_path / "b", {"gardens-1": "4", "gardens-2": "0"}, tree=tree)
    found = difference(old.root, new.root)
    moved = [(f.title, f.before, f.after, f.because) for f in found.figures if f.title == "Title of gardens"]
    assert moved == [("Title of gardens", "50", "75", ("the framework says something else now",))] * 2
    text = as_text(found)
    assert 'gardens-1: weight: nothing to "3"\n' in text
    assert 'kitchens: removed, was "Title of kitchens"\n' in text
    assert "/criteria/garden-rules/kitchens/\n" in text


def test_a_side_that_cannot_be_built_says_its_problems_and_ends_as_content(
    sides: tuple[SiteFolder, SiteFolder], capsys: pytest.CaptureFixture[str]
) -> None:
    sides[1].assessment("willow", "garden-rules", {"gardens-1": "9"})
    assert run(["diff", str(sides[0].root), str(sides[1].root)]) == 1
    out = capsys.readouterr().out
    file = "cities/willow/assessments/2026-garden-rules.yml"
    assert out.startswith(f"The site after the change cannot be built:\n  {file}:")
    assert "[answer-off-scale]" in out


def test_a_newer_version_of_a_framework_moves_no_figure(tmp_path: Path) -> None:
    garden_site(tmp_path / "a", newer=False)
    garden_site(tmp_path / "b")
    found = difference(tmp_path / "a", tmp_path / "b")
    assert found.figures == ()
    assert 'garden-rules: version: "2026.1" to "2027.1"' in as_text(found)


# The other forms


def test_the_json_holds_every_part(sides: tuple[SiteFolder, SiteFolder]) -> None:
    sides[1].assessment("willow", "garden-rules", {**GARDENS, "gardens-1": "3"})
    whole = json.loads(as_json(difference(sides[0].root, sides[1].root)))
    assert set(whole) == {"comparable", "problems_before", "problems_after", "touched", "figures", "links", "addresses"}
    assert whole["figures"][0]["after"] == "63"


HOSTILE = (
    "<img src=x onerror=alert(1)>", "[a](https://evil.example)", "![a](https://evil.example/x.png)", "# heading",
    "`code`", "https://evil.example", "| a | b |", "<!-- hidden", "a\n\n# b", "**bold**", "&lt;script&gt;", "1. list",
    "$\\href{https://evil.example}{x}$",
)


def shown(name: str) -> str:
    touched = (Touched("practice", "soup", name, "new"),)
    return as_markdown(Difference(Problems(), Problems(), comparable=True, touched=touched))


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_that_a_contributor_wrote_becomes_markup(name: str) -> None:
    html = markdown.markdown(shown(name), extensions=["tables", "fenced_code"])
    assert set(re.findall(r"<(\w+)", html)) <= {"h2", "h3", "ul", "li"}


@given(st.text(max_size=40))
@settings(max_examples=60, derandomize=True)
def test_no_text_leaves_its_line_in_markdown(name: str) -> None:
    lines = shown(name).split("\n")
    assert [line for line in lines if line][:2] == ["## What this change does", "### Practices"]
    assert len(lines) == 6
