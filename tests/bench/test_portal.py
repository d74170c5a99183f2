"""The portals that builds are measured with: the same each time, right in every file, as large as was asked."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bench.authored import write_portal
from bench.portal import Portal
from lcsite.pipeline import plan_site, read_and_check
from lcsite.problems import as_text

PAGES = 200


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made-up")
    write_portal(Portal(PAGES), folder)
    return folder


def digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def test_a_portal_is_the_same_to_the_last_byte_each_time(portal: Path, tmp_path: Path) -> None:
    write_portal(Portal(PAGES), tmp_path / "again")
    assert digest(tmp_path / "again") == digest(portal)


def test_a_portal_passes_the_check_without_a_warning(portal: Path) -> None:
    assert as_text(read_and_check(portal).problems) == ""


@pytest.mark.parametrize("size", [PAGES, 1000])
def test_as_many_html_pages_are_made_of_a_portal_as_were_asked_for(size: int, tmp_path: Path) -> None:
    write_portal(Portal(size), tmp_path)
    read = read_and_check(tmp_path)
    assert read.portfolio is not None
    site = plan_site(read.portfolio).site
    cards = [download for download in site.downloads if download.address.endswith(".html")]
    missing = 1  # the page for addresses that lead nowhere
    assert len(site.pages) + len(cards) + missing == size


def test_a_portal_that_is_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="100 pages are too few"):
        Portal(100)


def test_practices_have_about_six_hundred_words(portal: Path) -> None:
    lengths = [len(path.read_text("utf-8").split()) for path in (portal / "content/toolbox/practices").iterdir()]
    assert 550 < sum(lengths) / len(lengths) < 800


@pytest.mark.parametrize("size", [1000, 3000, 10_000])
def test_half_of_the_pages_are_practices_and_two_fifths_belong_to_places(size: int) -> None:
    portal = Portal(size)
    assert len(portal.practices) / size == pytest.approx(0.48, abs=0.02)
    assert 5 * len(portal.places) / size == pytest.approx(0.37, abs=0.03)


def test_links_back_do_not_become_more_with_more_pages() -> None:
    for size in (300, 1000, 3000):
        portal = Portal(size)
        links = sum(len(practice.supports) for practice in portal.practices)
        assert 23 < links / len(portal.criteria) < 40
