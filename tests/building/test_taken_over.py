"""What need not be made again is not made again: not a file, not the index, and what somebody reads stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Never

import pytest

from lcsite.cli import building
from tests.building.towns import SKIN, Town, inodes, made_anew, town


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town with an index; a test edits it and leaves it as it is."""
    folder = tmp_path_factory.mktemp("searched")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LCSITE_CACHE", str(folder / "memory"))
        made = town(folder)
        assert made.agrees().code == 0
        yield made


def index_of(files: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    return {path: status for path, status in files.items() if path.startswith("pagefind/")}


def test_where_nothing_has_changed_nothing_is_read_or_written(
    searched: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = inodes(searched.warm)
    said = searched.build()

    def unread(*_: object, **__: object) -> Never:
        raise AssertionError("the content was read")

    monkeypatch.setattr(building, "good_content", unread)
    again = searched.build()

    assert (again.code, again.out, again.err) == (said.code, said.out, said.err) == (0, said.out, "")
    assert inodes(searched.warm) == before


def test_a_changed_skin_keeps_the_index_and_a_changed_text_of_a_page_that_is_searched_does_not(searched: Town) -> None:
    before = inodes(searched.warm)
    assert index_of(before)
    searched.made.write("overrides/main.html", SKIN.format("Good day."))
    assert searched.agrees().code == 0
    after = inodes(searched.warm)
    assert index_of(after) == index_of(before)
    assert after["index.html"] != before["index.html"]

    searched.append("content/index.md", "\nThis page is not searched.\n")
    assert searched.agrees().code == 0
    assert index_of(inodes(searched.warm)) == index_of(before)

    searched.append("content/toolbox/practices/talks.md", "\nPlums.\n")
    assert searched.agrees().code == 0
    assert not index_of(before).items() & index_of(inodes(searched.warm)).items()


@pytest.mark.slow
def test_what_a_skin_marks_outside_of_the_text_is_searched_too(searched: Town) -> None:
    for words in ("sunny", "rainy"):
        before = inodes(searched.warm)
        mark = f'<i data-pagefind-filter="weather:{words}"></i>'
        searched.made.write("overrides/main.html", SKIN.format(mark))
        assert searched.agrees().code == 0
        assert made_anew(index_of(before), searched.warm / "pagefind")


def test_who_reads_the_old_site_while_a_new_one_is_made_reads_all_of_it(searched: Town) -> None:
    old = {path: (searched.warm / path).read_bytes() for path in inodes(searched.warm)}
    held = {path: (searched.warm / path).open("rb") for path in old}
    searched.append("cities/alder/index.md", "\nWith plums.\n")

    assert searched.build().code == 0

    assert {path: file.read() for path, file in held.items()} == old
    for file in held.values():
        file.close()
    assert Path(searched.warm / "cities/alder/index.html").read_bytes() != old["cities/alder/index.html"]
