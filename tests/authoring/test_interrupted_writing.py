"""Whatever fails, and wherever a command is stopped or killed: of the files that it writes, all are new or all are old.

Each kind of disaster falls on every single operation of an act of four files; then the commands follow.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from lcsite.authoring.draft import ChangedFile, NewFile, Refused
from lcsite.authoring.writing import NotWritten, tidy_up, write_files
from lcsite.cli import run
from tests.authoring.writing_commands import WRITING, Moment, Written
from tests.faults import KILLED, KINDS, NO_SUCH_OPERATION, before_operations, end_of, tree_of

ROOT = Path(__file__).parents[2]
OLD = {"content/a.md": b"Old a.\n", "content/deep/b.md": b"Old b.\n", "mine.md": b"Mine.\n"}
ACT = (
    NewFile("content/tools/talk/index.md", "What it is.\n"), ChangedFile("content/a.md", b"Old a.\n", "New a.\n"),
    ChangedFile("content/deep/b.md", b"Old b.\n", "New b, which is longer.\n"), NewFile("cities/x/index.md", "X.\n"),
)


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody pulls the plug here; that files are sent to the disk is seen from the operations that are struck."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def put(root: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(root, ignore_errors=True)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def new(tmp_path: Path) -> dict[str, bytes | None]:
    put(tmp_path / "new", OLD)
    write_files(tmp_path / "new", ACT)
    return tree_of(tmp_path / "new")


def cannot_link(*_: object, **__: object) -> None:
    raise PermissionError(1, "not on this file system")


@pytest.mark.parametrize(("kind", "links"), [
    *((kind, True) for kind in KINDS), ("killed", False), ("broken once", False),
])
def test_at_every_operation_all_files_are_old_or_all_are_new_and_each_is_whole(
    root: Path, new: dict[str, bytes | None], kind: str, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", cannot_link)
    put(root, OLD)
    old = tree_of(root)
    for number in count(1):
        put(root, OLD)
        end = end_of(kind, number, lambda: write_files(root, ACT))
        found = tree_of(root)
        if end == NO_SUCH_OPERATION:
            assert found == new
            break
        for path, content in found.items():
            assert content in (old.get(path), new.get(path)) or ".lcsite-" in path, (number, path)
        assert all(path in found for path in old)
        if end != KILLED and not isinstance(end, KeyboardInterrupt):
            assert end is None or isinstance(end, NotWritten), number
            without_notes = {path: content for path, content in found.items() if "lcsite-" not in path}
            if "nothing was written" in str(end):
                assert without_notes.items() >= old.items()
                assert not any(path in without_notes for path, content in new.items() if content and path not in old)
            elif end is None:
                assert {path: without_notes[path] for path in new} == new
            else:
                assert "takes that back" in str(end)
                assert kind == "broken"
        tidy_up(root)
        assert tree_of(root) in (old, new), number
        assert end is not None or tree_of(root) == new, number
    assert number > 60


def test_taking_back_may_itself_be_cut_short_anywhere(root: Path, new: dict[str, bytes | None]) -> None:
    put(root, OLD)
    old = tree_of(root)
    for number in (30, 50, 66):
        for second in count(1):
            put(root, OLD)
            end_of("killed", number, lambda: write_files(root, ACT))
            end = end_of("killed", second, lambda: tidy_up(root))
            tidy_up(root)
            assert tree_of(root) in (old, new), (number, second)
            if end == NO_SUCH_OPERATION:
                break


def test_what_a_person_has_changed_since_a_command_was_killed_stays(root: Path) -> None:
    def put_and_die() -> None:
        put(root, OLD)
        for number in count(60):
            put(root, OLD)
            end_of("killed", number, lambda: write_files(root, ACT))
            if (root / "cities/x/index.md").exists() and list(root.glob(".*.lcsite-begun")):
                return

    put_and_die()
    (root / "content/a.md").write_bytes(b"Written by a person since.\n")
    (root / "cities/x/index.md").write_bytes(b"This too.\n")
    tidy_up(root)
    assert tree_of(root) == {
        "cities": None, "cities/x": None, "cities/x/index.md": b"This too.\n", "content": None,
        "content/a.md": b"Written by a person since.\n", "content/deep": None, "content/deep/b.md": b"Old b.\n",
        "mine.md": b"Mine.\n",
    }


def test_a_file_that_changed_since_it_was_read_is_not_written_over_and_neither_is_its_neighbour(root: Path) -> None:
    put(root, {**OLD, "content/deep/b.md": b"Changed by somebody.\n"})
    before = tree_of(root)
    with pytest.raises(Refused, match=r"content/deep/b\.md has changed since it was read; nothing was written"):
        write_files(root, ACT)
    assert tree_of(root) == before


def test_a_changed_file_keeps_its_permissions_and_a_link_is_not_followed(root: Path) -> None:
    put(root, OLD)
    (root / "content/a.md").chmod(0o640)
    write_files(root, [ChangedFile("content/a.md", b"Old a.\n", "New a.\n")])
    assert (root / "content/a.md").stat().st_mode & 0o777 == 0o640
    (root / "content/link.md").symlink_to(root / "mine.md")
    with pytest.raises(Refused):
        write_files(root, [ChangedFile("content/link.md", b"Mine.\n", "Theirs.\n")])
    assert (root / "mine.md").read_bytes() == b"Mine.\n"


@pytest.mark.parametrize("path", ["../outside.md", "link/outside.md", "/etc/hostname", "a//b", ""])
def test_a_note_that_a_stranger_sends_reaches_nothing_outside(root: Path, path: str) -> None:
    put(root, OLD)
    (root.parent / "outside.md").write_bytes(b"")
    (root / "link").symlink_to(root.parent)
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    note = root / f".{'0' * 16}.lcsite-begun"
    note.write_text(f'{{"steps": [{{"path": "{path}", "digest": "{empty}", "new": true}}], "folders": ["{path}"]}}')
    before = tree_of(root.parent)
    tidy_up(root)
    after = tree_of(root.parent)
    assert {name for name in before if name not in after} == {f"site/{note.name}"}


def test_two_commands_do_not_write_in_one_site_at_once(root: Path) -> None:
    put(root, OLD)
    program = (
        "import sys; from pathlib import Path; from lcsite.authoring.unfinished import only_writer\n"
        "with only_writer(Path(sys.argv[1])):\n    print('writing', flush=True); sys.stdin.read()\n"
    )
    before = tree_of(root)
    with subprocess.Popen(
        [sys.executable, "-c", program, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"writing\n"
        with pytest.raises(NotWritten, match="another command is writing here"):
            write_files(root, ACT)
        assert tree_of(root) == before
        first.kill()
    write_files(root, ACT)


# --- the commands ----------------------------------------------------------------------------------------------------


def only_own_files(root: Path) -> dict[str, bytes | None]:
    """What a person has written or asked for, without what a killed command keeps beside it."""
    return {path: content for path, content in tree_of(root).items() if "lcsite-" not in path and content is not None}


@pytest.fixture
def written(request: pytest.FixtureRequest, tmp_path: Path) -> Written:
    return Written.of(request.param, tmp_path)


@pytest.mark.parametrize("written", WRITING.values(), ids=WRITING, indirect=True)
def test_a_command_that_is_killed_leaves_whole_files_and_the_next_call_does_what_was_asked(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """A kill leaves the disk as it is at that moment, so every moment of one run is looked at, and gone on from."""
    states: list[Moment] = []
    looking = False

    def look(*_: object) -> None:
        nonlocal looking
        if not looking:
            looking = True
            if (state := written.moment()) not in states[-1:]:
                states.append(state)
            looking = False

    old = only_own_files(written.folder)
    with before_operations(look, reading=False):
        assert run(written.arguments) == 0, capsys.readouterr().err
    new = only_own_files(written.folder)
    assert new != old
    assert old.items() <= new.items() or written.changes, "nothing that is there is touched"
    states.append(written.moment())
    assert len(states) > 4
    for state in states[:: written.every]:
        for path, file in state.items():
            assert "lcsite-" in path or file is None or file[0] in (old.get(path), new.get(path)), path
        assert all(path in state for path in old)
        written.put_back(state)
        code = run(written.arguments)
        said = capsys.readouterr().err
        assert code == 0 or (code == 2 and "already" in said), said
        assert only_own_files(written.folder) == new
        assert not [path for path in tree_of(written.folder) if "lcsite-" in path], "nothing is left behind"


@pytest.mark.parametrize("written", WRITING.values(), ids=WRITING, indirect=True)
@pytest.mark.parametrize("kind", ["full", "broken once"])
def test_a_command_that_the_disk_refuses_says_so_in_a_line_and_leaves_everything_as_it_was(
    written: Written, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before, own, moment = tree_of(written.folder), only_own_files(written.folder), written.moment()
    capsys.readouterr()
    for number in count(1, written.every):
        code = end_of(kind, number, lambda: run(written.arguments), reading=False)
        out, err = capsys.readouterr()
        if code == NO_SUCH_OPERATION:
            break
        if code == 0:  # only tidying up was struck
            assert only_own_files(written.folder) != own
        else:
            assert (code, len(err.splitlines())) == (3, 1), (number, err)
            assert out == ""
            assert tree_of(written.folder) == before, number
        written.put_back(moment)
    assert number > 5 * written.every
