"""A file stands in the lists of all files as every other row is laid out, only written sooner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lcsite.exporting.listed import FileEntry, ListedFile, listed, of_site, size_and_sha256
from lcsite.exporting.writing import json_bytes, with_list

NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=30)
ENTRIES = st.builds(
    FileEntry, NAMES.map(lambda name: f"places/{name}/answers.csv"), st.text(), st.just("text/csv"),
    st.none() | st.integers(0), st.integers(0), st.text("0123456789abcdef", min_size=64, max_size=64),
)


@given(st.lists(ENTRIES, min_size=1, max_size=4))
def test_an_entry_is_what_its_row_would_be_laid_out_as(entries: list[FileEntry]) -> None:
    beside = {"title": "Every file " * 12}
    shorter = [ListedFile(f"data/v1/{entry.name}", entry.media_type, entry.size, entry.sha256) for entry in entries]
    document, texts = json_bytes(beside, where="a test"), b",\n".join(map(listed, entries))
    assert with_list(document, "files", texts) == json_bytes({**beside, "files": entries}, where="a test")
    assert with_list(document, "files", of_site(texts)) == json_bytes({**beside, "files": shorter}, where="a test")


@given(ENTRIES)
def test_an_entry_says_how_large_its_file_is_and_by_what_it_is_known(entry: FileEntry) -> None:
    assert size_and_sha256(listed(entry)) == (entry.size, entry.sha256)
