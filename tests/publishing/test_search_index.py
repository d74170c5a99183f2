"""The search index of a finished folder."""

from __future__ import annotations

import gzip
import json
import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from lcsite.publishing.errors import EnvironmentTrouble
from lcsite.publishing.kept import signatures
from lcsite.publishing.search_index import INDEX_FOLDER, index_site

PAGE = """<!doctype html><html lang="{language}"><head><title>t</title></head><body><p>outside</p>
<main{body}><div hidden data-pagefind-ignore><i data-pagefind-filter="outcome:It worked, they say: well"></i></div>
<h1>{title}</h1><p>Six wheels.</p></main></body></html>"""


def write(site: Path, name: str, *, language: str = "en", found: bool = True) -> None:
    (site / name).mkdir(parents=True)
    body = " data-pagefind-body" if found else ""
    (site / name / "index.html").write_text(PAGE.format(language=language, title=name, body=body), "utf-8")


def fragments(site: Path) -> dict[str, dict[str, object]]:
    """What the index holds of each page, by its address."""
    held = [gzip.decompress(path.read_bytes()) for path in (site / INDEX_FOLDER / "fragment").iterdir()]
    read = [json.loads(text.partition(b"pagefind_dcd")[2]) for text in held]
    return {page["url"]: page for page in read}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / ".site.being-made"
    write(folder, "bus")
    write(folder, "feria", language="es")
    write(folder, "list", found=False)
    return folder


def test_pages_are_indexed_whatever_their_language_and_lists_are_not(site: Path) -> None:
    index_site(site, language="en-GB")
    assert sorted(fragments(site)) == ["/bus/", "/feria/"]
    entry = json.loads((site / INDEX_FOLDER / "pagefind-entry.json").read_text("utf-8"))
    assert list(entry["languages"]) == ["en-gb"]


def test_a_value_may_hold_commas_and_colons(site: Path) -> None:
    index_site(site, language="en")
    assert fragments(site)["/bus/"]["filters"] == {"outcome": ["It worked, they say: well"]}


def test_what_a_template_marks_outside_of_the_body_counts_too(site: Path) -> None:
    page = site / "bus" / "index.html"
    marked = page.read_text("utf-8").replace("<p>outside</p>", '<p data-pagefind-filter="kind">On wheels</p>')
    page.write_text(marked, "utf-8")
    index_site(site, language="en")
    found = fragments(site)["/bus/"]
    assert found["filters"] == {"kind": ["On wheels"], "outcome": ["It worked, they say: well"]}
    assert "On wheels" not in str(found["content"])


def test_a_site_that_marks_no_body_is_indexed_as_a_whole(tmp_path: Path) -> None:
    write(tmp_path, "bus", found=False)
    index_site(tmp_path, language="en")
    assert "outside" in str(fragments(tmp_path)["/bus/"]["content"])


def test_only_what_the_find_page_loads_is_kept(site: Path) -> None:
    index_site(site, language="en")
    kept = {path.name for path in (site / INDEX_FOLDER).iterdir() if path.suffix != ".pf_meta"}
    assert kept == {"pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "fragment", "index", "filter"}


def test_a_language_without_rules_of_its_own_is_indexed_as_it_stands(site: Path) -> None:
    index_site(site, language="mi")
    kept = {path.name for path in (site / INDEX_FOLDER).iterdir() if path.suffix == ".pagefind"}
    assert kept == {"wasm.unknown.pagefind"}


def test_a_second_index_leaves_nothing_of_the_first(site: Path) -> None:
    index_site(site, language="en")
    (site / "bus" / "index.html").unlink()
    index_site(site, language="en")
    assert sorted(fragments(site)) == ["/feria/"]


@pytest.mark.parametrize("disk", [None, "/dev/shm"], ids=["the usual disk", "a disk in memory"])
def test_the_same_pages_have_the_same_index_in_whichever_order_they_came_onto_the_disk(disk: str | None) -> None:
    if disk and not os.access(disk, os.W_OK):
        pytest.skip("this system has no /dev/shm")
    names = ["ash", "elm", "fir", "oak", "yew"]
    with TemporaryDirectory(dir=disk) as folder:
        found = []
        for order in (names, names[::-1]):
            site = Path(folder, order[0])
            for name in order:
                write(site, name)
            pages = signatures(site)
            index_site(site, language="en")
            made = {path: (site / path).read_bytes() for path in signatures(site)}
            assert {path for path in made if not path.startswith(INDEX_FOLDER)} == pages.keys()
            found.append(made)
        assert found[0] == found[1]


def test_settings_around_the_build_change_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site.parent / "pagefind.yml").write_text("glob: nothing\n", "utf-8")
    monkeypatch.chdir(site.parent)
    monkeypatch.setenv("PAGEFIND_GLOB", "nothing")
    index_site(site, language="en")
    assert sorted(fragments(site)) == ["/bus/", "/feria/"]


def test_an_indexer_that_fails_is_told_in_one_line(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "indexer"
    broken.write_text("#!/bin/sh\necho 'no space left' >&2\nexit 1\n", "utf-8")
    broken.chmod(broken.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", os.fspath(broken))
    with pytest.raises(EnvironmentTrouble, match=r"could not be made: no space left$"):
        index_site(site, language="en")


def test_a_missing_indexer_names_the_way_around_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind.service.get_executable", lambda: None)
    with pytest.raises(EnvironmentTrouble, match="--no-search"):
        index_site(site, language="en")
