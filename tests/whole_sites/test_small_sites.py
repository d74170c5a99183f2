"""Sites that hold little: a single place, a toolbox alone, nothing but words. Each builds whole, no link dead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lcsite.mkdocs_plugin.engine import render_site
from lcsite.pipeline import plan_site, read_and_check
from lcsite.problems import as_text
from lcsite.publishing.output_check import inspect_output
from tests.builders import KINDS, SiteFolder


def nothing(made: SiteFolder) -> None:
    """Not a place, not a page but the first."""


def one_place(made: SiteFolder) -> None:
    made.place("alder", "Alder")


def one_invented_place(made: SiteFolder) -> None:
    made.place("alder", "Alder", demonstration=True)


def one_assessed_place(made: SiteFolder) -> None:
    made.framework("garden-rules")
    made.place("alder", "Alder")
    made.assessment("alder", "garden-rules", {"gardens-1": "1", "paths-2": "don't know"})


def one_framework(made: SiteFolder) -> None:
    made.framework("garden-rules")


def a_toolbox(made: SiteFolder) -> None:
    made.framework("kinds", KINDS)
    made.practice("talks", "Talks", themes=["youth"], outcome="unknown")
    made.tool("map-sheet", "Map sheet", template="")


def a_practice_without_a_theme(made: SiteFolder) -> None:
    made.practice("talks", "Talks")


def words_alone(made: SiteFolder) -> None:
    made.page("learn/index", "Learn", "All.\n")
    made.page("learn/soil", "Soil", "## Main\n\n[Back](index.md#learn-more), [taking part](../contribute/index.md).\n")
    made.page("learn/index", "Learn", "## Learn more\n\n[Soil](soil.md)\n")


KINDS_OF_SITE = (
    nothing,
    one_place,
    one_invented_place,
    one_assessed_place,
    one_framework,
    a_toolbox,
    a_practice_without_a_theme,
    words_alone,
)


@pytest.mark.parametrize("fill", KINDS_OF_SITE, ids=lambda fill: fill.__name__)
def test_a_small_site_builds_whole_and_without_a_dead_link(fill: Callable[[SiteFolder], None], tmp_path: Path) -> None:
    fill(SiteFolder(tmp_path))
    read = read_and_check(tmp_path)
    assert read.portfolio is not None
    assert as_text(read.problems) == ""
    output = tmp_path / "site"
    output.mkdir()
    made = plan_site(read.portfolio)
    render_site(made, tmp_path / "mkdocs.yml", output)
    assert [f"{p.location}: {p.message}" for p in inspect_output(output)] == []
    assert (output / "404.html").exists()
    assert all((output / page.address / "index.html").exists() for page in made.site.pages)
