"""`lcsite build --offline`, as a person calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lcsite.cli import run
from tests.builders import SiteFolder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    made = SiteFolder(tmp_path / "town", url="https://example.org/town/")
    made.framework("garden-rules")
    made.place("alder", "Alder")
    made.assessment("alder", "garden-rules", {"gardens-1": "1", "paths-2": "don't know"})
    return made.root


def test_the_copy_has_a_folder_of_its_own_and_says_how_to_open_it(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", str(site), "--offline"]) == 0
    copy = site / "site-offline"
    assert f"open {copy / 'index.html'}" in capsys.readouterr().out
    assert (copy / "index.html").is_file()
    assert not (copy / "pagefind").exists()
    assert not (copy / "404.html").exists()
    assert not (site / "site").exists()
    page = (copy / "cities" / "alder" / "index.html").read_text("utf-8")
    assert 'href="garden-rules/index.html' in page
    assert 'href="../../find/index.html"' in page
    assert '<link rel="canonical" href="https://example.org/town/cities/alder/">' in page
    assert run(["build", str(site), "--offline"]) == 0  # and again, in place of the first


def test_a_copy_without_a_search_is_not_offered(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(site), "--offline", "--no-search"]) == 2
    assert "leave out --no-search" in capsys.readouterr().err
    assert not (site / "site-offline").exists()
