"""The guard against rankings stands in the real build: every page and data file passes it, or nothing is published.

Pages and files are made when they are written, so the guard speaks in the midst of a build. What it refuses is never
written anywhere, and `lcsite build`, which renders beside the published site, leaves that as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lcsite.cli import run
from lcsite.cli.exit_codes import FAULT
from lcsite.exporting import embeds, writing
from lcsite.exporting.catalogue import TABLES
from lcsite.exporting.encoded_tables import EncodedTable
from lcsite.exporting.writing import Form, Rows
from lcsite.mkdocs_plugin.engine import render_site
from lcsite.pages import names, no_ranking
from lcsite.pages.no_ranking import RankingRefused
from lcsite.pipeline import Plan, plan_site, read_and_check
from lcsite.publishing.publish import publish
from lcsite.rendering import renderer
from tests.builders import garden_site
from tests.builds import files_of, once

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
    seen_pages, seen_files, seen_embeds = [], [], []

    def see_page(body: object, *, where: str) -> None:
        seen_pages.append(where)
        no_ranking.guard_page(body, where=where)

    def see_data(data: object, *, where: str) -> None:
        seen_files.append(where)
        no_ranking.guard_data(data, where=where)

    def see_embed(view: object, *, where: str) -> None:
        seen_embeds.append(where)
        no_ranking.guard_page(view, where=where)

    monkeypatch.setattr(renderer, "guard_page", see_page)
    monkeypatch.setattr(embeds, "guard_page", see_embed)
    monkeypatch.setattr(writing, "guard_data", see_data)
    made = build(folder, tmp_path / "site")
    assert sorted(seen_pages) == sorted(page.address or "the home page" for page in made.site.pages)
    files = {download.address for download in made.site.downloads}
    assert sorted(seen_embeds) == sorted(address for address in files if address.startswith("embed/"))
    assert len(seen_embeds) == 4  # a badge and a card of each of the two places that were read
    data = {address.removeprefix("data/v1/") for address in files if not address.startswith("data/schemas/")}
    names_of_columns = {table.row.__name__ for table in TABLES}  # looked at once, before this or in it
    assert {name for name in data if name.endswith((".json", ".csv"))} == set(seen_files) - names_of_columns
    assert len(seen_files) > 20


def publishes_nothing(folder: Path, output: Path, *, jobs: int) -> bool:
    """Whether the command stops with a fault, leaves the site that was published, and leaves nothing beside it."""

    def old_site(made: Path) -> None:
        (made / "index.html").write_text("the old site")

    publish(output, old_site)
    old = {path: (output / path).read_bytes() for path in files_of(output)}
    beside = sorted(output.parent.iterdir())
    code = run(["build", str(folder), "--output", str(output), "--quiet", "--no-search", "--jobs", str(jobs)])
    now = {path: (output / path).read_bytes() for path in files_of(output)}
    return code == FAULT and now == old and sorted(output.parent.iterdir()) == beside


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_list_of_places_that_does_not_stand_by_name_is_never_published(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], jobs: int
) -> None:
    monkeypatch.setattr(names, "by_name", lambda places: no_ranking.by_name(places)[::-1])
    assert publishes_nothing(folder, tmp_path / "site", jobs=jobs)
    assert "places stand in another order" in capsys.readouterr().err


def test_a_page_with_such_a_list_is_not_even_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "by_name", lambda places: no_ranking.by_name(places)[::-1])
    with pytest.raises(RankingRefused, match="places stand in another order") as refused:
        build(folder, tmp_path / "site")
    page = str(refused.value).partition(":")[0]
    assert page in {made.address for made in plan(folder).site.pages}
    assert not (tmp_path / "site" / page / "index.html").exists()
    lists = [
        path for path in files_of(tmp_path / "site") if path.startswith(("cities/index", "cities/by/", "compare/"))
    ]
    assert lists == []


def turned(table: EncodedTable, form: Form) -> Iterator[Rows]:
    return iter([table.part(part, form) for part in table.parts][::-1])


def test_a_data_file_in_another_order_is_never_published(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(EncodedTable, "whole", turned)
    assert publishes_nothing(folder, tmp_path / "site", jobs=1)
    assert "places stand in another order" in capsys.readouterr().err


def test_a_data_file_in_another_order_is_not_even_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EncodedTable, "whole", turned)
    with pytest.raises(RankingRefused, match=r"(answers|places)\.(csv|json)"):
        build(folder, tmp_path / "site")
    assert not [*(tmp_path / "site" / "data" / "v1").glob("answers.*"), *(tmp_path / "site").rglob("places.*")]
