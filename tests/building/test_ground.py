"""A build of changed texts rests on what was read before, and on nothing of it that a text could have changed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from lcsite.building.ground import Ground, GroundLost
from lcsite.model.portfolio import Portfolio
from lcsite.model.toolbox import Practice
from lcsite.pages.site_plan import source_targets
from lcsite.pipeline import planned_pages, read_and_check
from tests.builders import SiteFolder, garden_site

PRACTICE = "content/toolbox/practices/seed-swap.md"
PLACE = "cities/alder/index.md"


@pytest.fixture
def garden(tmp_path: Path) -> SiteFolder:
    return garden_site(tmp_path / "site")


def ground_of(made: SiteFolder) -> Ground:
    read = read_and_check(made.root)
    assert read.portfolio is not None
    targets = source_targets(read.portfolio, planned_pages(read.portfolio))
    return Ground.of(read.portfolio, read.origins, read.problems, targets)


def append(made: SiteFolder, path: str, text: str) -> None:
    with (made.root / path).open("a", encoding="utf-8") as file:
        file.write(text)


def same(one: Portfolio, other: Portfolio) -> bool:
    return all(getattr(one, field.name) == getattr(other, field.name) for field in dataclasses.fields(Portfolio))


@pytest.mark.parametrize("path", [PRACTICE, PLACE, "content/toolbox/tools/map-sheet/index.md"])
def test_with_its_text_a_site_is_what_a_whole_reading_gives(garden: SiteFolder, path: str) -> None:
    ground = ground_of(garden)
    append(garden, path, "\nMore was said.\n")

    found = ground.with_texts(garden.root, [path])

    whole = read_and_check(garden.root).portfolio
    assert found is not None
    assert whole is not None
    assert same(found, whole)
    assert not same(found, ground.portfolio)


@pytest.mark.parametrize("text", [
    "Ask ada@plums.test.", "<b>Bold</b>", "[Gone](gone.md)", "![Gone](media/gone.png)", "Words." * 60_000,
])  # fmt: skip
def test_a_text_of_which_a_check_has_something_to_say_is_read_with_all_the_rest(garden: SiteFolder, text: str) -> None:
    ground = ground_of(garden)
    append(garden, PRACTICE, f"\n{text}\n")
    assert ground.with_texts(garden.root, [PRACTICE]) is None


def test_so_is_one_of_which_it_had_something_to_say(garden: SiteFolder) -> None:
    append(garden, PRACTICE, "\nAsk ada@plums.test.\n")
    ground = ground_of(garden)
    assert ground.with_texts(garden.root, [PLACE]) is not None
    assert ground.with_texts(garden.root, [PRACTICE]) is None


@pytest.mark.parametrize("path", [
    "content/site.yml", "content/toolbox/tools/map-sheet/template.md", "content/toolbox/practices/nowhere.md",
    "content/criteria/nowhere/gardens.md", "content/Odd Name.md",
])  # fmt: skip
def test_what_is_no_text_of_a_record_is_read_with_all_the_rest(garden: SiteFolder, path: str) -> None:
    assert ground_of(garden).with_texts(garden.root, [path]) is None


def test_packed_and_unpacked_it_is_the_same_and_answers_are_fetched_when_they_are_asked_for(garden: SiteFolder) -> None:
    ground = ground_of(garden)
    first, rest = ground.packed()
    asked: list[bytes] = []

    def fetched() -> bytes:
        asked.append(rest)
        return rest

    again = Ground.unpacked(first, fetched)
    changed = again.with_texts(garden.root, [PRACTICE])

    assert changed is not None
    assert (again.beside, again.targets, again.spoken_of) == (ground.beside, ground.targets, ground.spoken_of)
    assert not asked
    kept = [field.name for field in dataclasses.fields(Portfolio) if field.name != "practices"]
    assert all(getattr(changed, name) == getattr(ground.portfolio, name) for name in kept)
    assert len(asked) == 1


def test_of_case_studies_all_is_packed_but_their_texts_and_the_one_that_changes_has_its_own(garden: SiteFolder) -> None:
    ground = ground_of(garden)
    again = Ground.unpacked(ground.packed()[0], lambda: None).with_texts(garden.root, [PRACTICE])
    assert again is not None
    assert again.practices.keys() == ground.portfolio.practices.keys() > {"seed-swap"}
    for id_, practice in ground.portfolio.practices.items():
        found = again.practices[id_]
        assert isinstance(found, Practice)
        assert all(getattr(found, name) == getattr(practice, name) for name in Practice.model_fields if name != "body")
    assert again.practices["seed-swap"].body == ground.portfolio.practices["seed-swap"].body
    for other in again.practices.keys() - {"seed-swap"}:
        with pytest.raises(GroundLost):
            _ = again.practices[other].body


def test_where_the_rest_is_gone_whoever_asks_is_told(garden: SiteFolder) -> None:
    again = Ground.unpacked(ground_of(garden).packed()[0], lambda: None)
    assert again.portfolio.practices
    with pytest.raises(GroundLost):
        _ = again.portfolio.assessments
