"""The portals that builds are measured with: the same each time, right in every file, as large as was asked."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bench.peers import write_peers
from bench.portal import Portal, write_portal
from lcsite.pipeline import plan_site, read_and_check
from lcsite.problems import as_text

PAGES = 60


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


def test_a_portal_has_the_pages_that_were_asked_for(portal: Path) -> None:
    read = read_and_check(portal)
    assert read.portfolio is not None
    addresses = {page.address for page in plan_site(read.portfolio).site.pages}
    made_up = Portal(PAGES)
    expected = {f"toolbox/practices/{practice.id}/" for practice in made_up.practices}
    for place in made_up.places:
        profile = f"cities/{place.id}/"
        expected |= {profile, f"{profile}{place.framework}/", f"toolbox/practices/by/place/{place.id}/"}
    for criterion in made_up.criteria:
        expected |= {f"criteria/{criterion.ref}/", f"toolbox/practices/by/criterion/{criterion.ref}/"}
    assert expected <= addresses
    assert len(expected) == PAGES


def test_practices_have_about_six_hundred_words(portal: Path) -> None:
    lengths = [len(path.read_text("utf-8").split()) for path in (portal / "content/toolbox/practices").iterdir()]
    assert 550 < sum(lengths) / len(lengths) < 800


def test_links_back_do_not_become_more_with_more_pages() -> None:
    for size in (300, 3000):
        portal = Portal(size)
        links = sum(len(practice.supports) for practice in portal.practices)
        assert links / len(portal.criteria) == pytest.approx(35, abs=8)


def test_other_engines_get_the_same_words_with_links_that_lead_somewhere(tmp_path: Path) -> None:
    portal = Portal(PAGES)
    pages = write_peers(portal, tmp_path)
    docs = tmp_path / "docs"
    assert pages == len(list(docs.rglob("*.md"))) == len(list((tmp_path / "hugo/content").rglob("*.md")))
    first = portal.practices[0]
    text = next(docs.rglob(f"{first.id}.md")).read_text("utf-8")
    assert first.summary in text
    for page in docs.rglob("*.md"):
        for link in page.read_text("utf-8").split("](")[1:]:
            assert (page.parent / link.partition(")")[0]).resolve().is_file(), (page, link)
