"""The guard against rankings stands in the real build: every page and data file passes it, or nothing is built."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lcsite.exporting import place_rows, tables, writing
from lcsite.mkdocs_plugin.engine import render_site
from lcsite.pages import names, no_ranking
from lcsite.pages.no_ranking import RankingRefused
from lcsite.pipeline import Plan, plan_site, read_and_check
from lcsite.rendering import renderer
from tests.builders import garden_site
from tests.builds import once

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "garden-for-the-guard", lambda folder: garden_site(folder) and None)


def plan(folder: Path) -> Plan:
    read = read_and_check(folder)
    assert read.portfolio is not None
    return plan_site(read.portfolio)


def build(folder: Path, output: Path) -> Plan:
    made = plan(folder)
    output.mkdir()
    render_site(made, folder / "mkdocs.yml", output)
    return made


def test_every_page_and_every_data_file_of_a_build_passes_the_guard(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen_pages, seen_files = [], []

    def see_page(body: object, *, where: str) -> None:
        seen_pages.append(where)
        no_ranking.guard_page(body, where=where)

    def see_data(data: object, *, where: str) -> None:
        seen_files.append(where)
        no_ranking.guard_data(data, where=where)

    monkeypatch.setattr(renderer, "guard_page", see_page)
    monkeypatch.setattr(writing, "guard_data", see_data)
    made = build(folder, tmp_path / "site")
    assert sorted(seen_pages) == sorted(page.address or "the home page" for page in made.site.pages)
    data = {d.address.removeprefix("data/v1/") for d in made.site.downloads if d.address.startswith("data/v1/")}
    assert {name for name in data if name.endswith((".json", ".csv"))} == set(seen_files)
    assert len(data) > 20


def test_a_list_of_places_that_does_not_stand_by_name_is_never_built(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "by_name", lambda places: no_ranking.by_name(places)[::-1])
    with pytest.raises(RankingRefused, match="places stand in another order"):
        build(folder, tmp_path / "site")
    assert not list((tmp_path / "site").rglob("*.html"))


def test_a_data_file_in_another_order_is_never_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def turned(*arguments: Any) -> Iterator[Any]:
        return iter([*place_rows.place_rows(*arguments)][::-1])

    monkeypatch.setattr(tables, "place_rows", turned)
    with pytest.raises(RankingRefused, match=r"places\.(csv|json)"):
        build(folder, tmp_path / "site")
    assert not list((tmp_path / "site").rglob("*.csv"))
