"""New files are all there or none of them, each whole, and nothing that was there is touched."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from lcsite.authoring.draft import NewFile, Refused
from lcsite.authoring.writing import write_files

TOOL = (
    NewFile("content/tools/talk/index.md", "What it is.\n"), NewFile("content/tools/talk/template.md", "Name: __\n"),
)


def tree(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_text("utf-8") if path.is_file() else "folder"
        for path in sorted(root.rglob("*"))
    }


def test_all_files_are_written_with_their_folders_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_files(tmp_path / "site", TOOL)
    assert {path: text for path, text in tree(tmp_path / "site").items() if text != "folder"} == {
        "content/tools/talk/index.md": "What it is.\n", "content/tools/talk/template.md": "Name: __\n",
    }


def test_new_files_may_be_read_by_whom_the_person_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_files(tmp_path, TOOL)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / TOOL[0].path).stat().st_mode) == 0o640


def test_a_file_that_is_there_is_never_touched_and_its_neighbour_is_not_written(tmp_path: Path) -> None:
    there = tmp_path / TOOL[1].path
    there.parent.mkdir(parents=True)
    there.write_text("Mine.\n")
    before = tree(tmp_path)
    with pytest.raises(Refused, match="is there already"):
        write_files(tmp_path, TOOL)
    assert tree(tmp_path) == before


def test_a_link_that_leads_nowhere_counts_as_something_that_is_there(tmp_path: Path) -> None:
    there = tmp_path / TOOL[0].path
    there.parent.mkdir(parents=True)
    there.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused):
        write_files(tmp_path, TOOL)
    assert not (tmp_path / "elsewhere").exists()
    assert there.is_symlink()


def test_nothing_is_written_through_a_folder_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "site" / "content").symlink_to(tmp_path / "outside")
    with pytest.raises(Refused, match="is a link"):
        write_files(tmp_path / "site", TOOL)
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("call", range(1, 7))
@pytest.mark.parametrize("name", ["link", "fsync", "mkdir"])
def test_whatever_the_disk_refuses_everything_is_as_before(
    name: str, call: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.md").write_text("Mine.\n")
    before = tree(tmp_path)
    real: Callable[..., object] = getattr(os, name)
    calls = 0

    def fails(*arguments: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == call:
            raise OSError(errno.ENOSPC, "no space left")
        return real(*arguments, **more)

    monkeypatch.setattr(os, name, fails)
    try:
        write_files(tmp_path, TOOL)
    except OSError:
        assert tree(tmp_path) == before
    else:
        assert calls < call  # there were not so many calls: then all is written
        assert len(tree(tmp_path)) == 1 + 3 + len(TOOL)


def test_where_a_file_can_have_one_name_only_it_is_still_never_in_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot_link(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "not on this file system")

    monkeypatch.setattr(os, "link", cannot_link)
    write_files(tmp_path, TOOL)
    with pytest.raises(Refused):
        write_files(tmp_path, TOOL)
    assert (tmp_path / TOOL[0].path).read_text() == "What it is.\n"
    assert not [path for path in tree(tmp_path) if "lcsite-new" in path]


def test_bytes_that_are_no_text_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="UTF-8"):
        write_files(tmp_path / "site", [NewFile("content/x.md", "caf\udce9")])
    assert not (tmp_path / "site").exists()
