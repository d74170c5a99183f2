"""The search index in small pieces: the same words on the same pages, for fewer bytes."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.publishing import lighter_index, search_index
from lcsite.publishing.lighter_index import PHRASES, lighten
from lcsite.publishing.search_index import index_site

PAGE = """<!doctype html><html lang="en"><head><title>t</title></head><body><main data-pagefind-body>
<h1>{title}</h1><p>{words}</p></main></body></html>"""
TITLES = {"a": "Learning at the mill", "b": "The bus", "c": "Kites"}
WORDS = {
    "a": "We met at the mill, and the mill was full. The mill is old.",
    "b": "The bus has six wheels. Learning is slow on the bus, and the road is long, and the day is short.",
    "c": "Children flew kites and the wind took the best. Learning the wind. Ordered, café.",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, title in TITLES.items():
        (tmp_path / "site" / name).mkdir(parents=True)
        page = PAGE.format(title=title, words=WORDS[name])
        (tmp_path / "site" / name / "index.html").write_text(page, "utf-8")
    return tmp_path / "site"


@pytest.fixture
def packed(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The index as Pagefind wrote it."""
    with monkeypatch.context() as patch:
        patch.setattr(lighter_index, "lighten", lambda folder, **_: False)
        index_site(site, language="en")
    return site / "pagefind"


def read(path: Path) -> Any:
    held = gzip.decompress(path.read_bytes())
    assert held.startswith(b"pagefind_dcd")
    return cbor2.loads(held.removeprefix(b"pagefind_dcd"))


def pieces(folder: Path) -> list[Any]:
    """The pieces of the index in the order in which its table names them."""
    (table,) = folder.glob("*.pf_meta")
    return [read(folder / "index" / f"{name}.pf_index")[0] for _, _, name in read(table)[2]]


def pages_of(folder: Path) -> dict[str, list[int]]:
    """On which pages each word stands."""
    found: dict[str, list[int]] = {}
    for piece in pieces(folder):
        for word, pages, _ in piece:
            steps = [page[0] for page in pages]
            found[word] = [sum(steps[: nth + 1]) for nth in range(len(steps))]
    return found


def test_every_word_stays_on_its_pages(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pages_of(packed)
    assert len(before["the"]) == 3
    monkeypatch.setattr(lighter_index, "PIECE", 12)
    monkeypatch.setattr(lighter_index, "HEAVY", 5)
    assert lighten(packed)
    assert pages_of(packed) == before


def test_pieces_are_small_and_the_table_says_where_each_word_is(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(pieces(packed)) == 1
    monkeypatch.setattr(lighter_index, "PIECE", 12)
    lighten(packed)
    (table,) = packed.glob("*.pf_meta")
    rows = read(table)[2]
    assert len(rows) > 5
    assert len(list((packed / "index").iterdir())) == len(rows)
    for (first, last, _), piece in zip(rows, pieces(packed), strict=True):
        words = [word[0] for word in piece]
        assert words == sorted(words)
        assert words[0].startswith(first)
        assert words[-1].startswith(last)
    for (_, last, _), (first, _, _) in pairwise(rows):
        assert last < first


def test_of_a_heavy_word_the_title_and_the_first_places_are_kept(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lighter_index, "HEAVY", 15)
    lighten(packed)
    word = {word[0]: word for piece in pieces(packed) for word in piece}
    # "the" stands on page a in the title, on page b too, on page c three times in a paragraph and not in the title.
    places = sorted([page[1] for page in word["the"][1]], key=len)
    assert [len(kept) for kept in places] == [2, 2, 3]
    assert [kept[0] for kept in places[:2]] == [-169, -169]  # the weight of a main heading
    assert places[2][0] == -25
    assert sorted(page[2] for page in word["the"][1]) == [[], [-1, 0], [-1, 2]]  # where it stands in the titles
    assert len(word["mill"][1][0][1]) == 6  # a light word keeps every place


@pytest.mark.parametrize(("heavy", "said"), [(8_000, "true"), (15, "false")])
def test_the_script_says_whether_words_are_found_side_by_side(
    packed: Path, monkeypatch: pytest.MonkeyPatch, heavy: int, said: str
) -> None:
    monkeypatch.setattr(lighter_index, "HEAVY", heavy)
    lighten(packed)
    assert (packed / "pagefind.js").read_text("utf-8").endswith(f"export const {PHRASES}={said};\n")


def test_an_index_of_another_form_is_left_as_it_is(packed: Path, tmp_path: Path) -> None:
    piece = next((packed / "index").iterdir())
    held = gzip.decompress(piece.read_bytes())
    piece.write_bytes(gzip.compress(held[:12] + b"\x81\x9f\xff"))  # the same emptiness, written in another way
    shutil.copytree(packed, tmp_path / "before")
    assert lighten(packed) is False
    assert contents(packed) == contents(tmp_path / "before")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_processes_write_what_one_writes_however_the_indexer_cut_it(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lighter_index, "HEAVY", 15)
    monkeypatch.setattr(lighter_index, "PIECE", 12)
    index_site(site, language="en", folder=site.parent / "alone")
    cuts: list[int] = []
    done = lighter_index._words

    def counting(files: Sequence[Path], processes: int) -> Any:
        cuts.append(len(files))
        return done(files, processes)

    monkeypatch.setattr(lighter_index, "_words", counting)
    monkeypatch.setattr("lcsite.working_apart.threading.active_count", lambda: 1)  # whoever else is busy here
    monkeypatch.setattr(search_index, "_SETTINGS", {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "3"})
    index_site(site, language="en", folder=site.parent / "shared", processes=2)
    assert cuts[0] > 8  # so many pieces that both have something to do
    assert contents(site.parent / "shared") == contents(site.parent / "alone")


def test_a_word_too_long_to_be_taken_over_is_written_again(site: Path) -> None:
    long = "langsamkeit" * 40
    page = site / "c" / "index.html"
    page.write_text(PAGE.format(title="Kites", words=f"The {long} of kites."), "utf-8")
    index_site(site, language="en")
    assert f"export const {PHRASES}=" in (site / "pagefind" / "pagefind.js").read_text("utf-8")
    assert [len(pages) for word, pages in pages_of(site / "pagefind").items() if word.startswith("langsam")] == [1]


numbers = st.one_of(st.integers(-300, 300), st.integers(-70_000, 70_000), st.integers(2**31, 2**32 - 1))
found_on = st.lists(
    st.tuples(st.integers(0, 100_000), st.lists(numbers, max_size=30), st.lists(numbers, max_size=3)).map(list),
    max_size=30,
)
stems = st.text(max_size=15)
spellings = st.lists(st.tuples(stems, found_on).map(list), max_size=3)


@given(st.lists(st.tuples(stems, found_on, spellings).map(list), max_size=5))
def test_words_are_told_apart_in_bytes_where_they_are_written_one_after_the_other(words: list[Any]) -> None:
    assert lighter_index._WORD.findall(cbor2.dumps([words])) == [cbor2.dumps(word) for word in words]


def test_what_the_installed_indexer_writes_is_understood(site: Path) -> None:
    index_site(site, language="en")
    assert f"export const {PHRASES}=" in (site / "pagefind" / "pagefind.js").read_text("utf-8")
