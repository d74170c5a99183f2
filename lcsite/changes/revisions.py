"""A state of a site as a folder: the folder itself, or a git revision written out beside, in a folder of its own.

Nothing is checked out: the user's own tree, index and branches are only read. What a revision holds is a stranger's:
names are judged before anything is written, links become links to nowhere, and nothing of it is run.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["LARGEST", "NoSuchState", "materialised"]

_FOLDERS = ("content", "cities", "gathered")
_MOST_FILES = 50_000
LARGEST = 8 * 1024 * 1024
"""Larger files are refused by reading anyway; in their place stands an empty file of the same size."""
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_CEILING_DIRECTORIES": "", "LC_ALL": "C",
}


class NoSuchState(Exception):
    """Neither a folder of a site nor a revision of git; the words say what was looked for."""


@contextmanager
def materialised(state: str | None, folder: Path) -> Iterator[Path]:
    """The folder of a state of the site in `folder`: None is the folder as it stands, a path another folder.

    Everything else names a revision of the repository in which `folder` lies. Raises NoSuchState.
    """
    if state is None:
        yield folder
    elif state and Path(state).is_dir():
        if not (Path(state) / "content").is_dir():
            raise NoSuchState(f"{state} is not the folder of a site: it has no folder content")
        yield Path(state)
    else:
        with tempfile.TemporaryDirectory(prefix="lcsite-diff-") as empty:
            _write_out(state, folder, Path(empty))
            yield Path(empty)


def _git(folder: Path, *arguments: str) -> list[str]:
    return ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return {**kept, **_ENVIRONMENT}


def _ask(folder: Path, *arguments: str) -> bytes | None:
    """What git answers, or None where it refuses."""
    try:
        done = subprocess.run(
            _git(folder, *arguments), capture_output=True, stdin=subprocess.DEVNULL, env=_environment(), check=False
        )
    except FileNotFoundError:
        raise NoSuchState("git is not installed, so that only two folders can be compared") from None
    return done.stdout if done.returncode == 0 else None


def _write_out(revision: str, folder: Path, target: Path) -> None:
    # A name that begins with a hyphen would be read as an option, and no branch or tag can have one.
    if not revision or revision.startswith("-") or "\0" in revision or ".." in revision:
        raise NoSuchState(f'"{revision}" is no revision: write one name, such as HEAD, main or HEAD~1')
    prefix = _ask(folder, "rev-parse", "--show-prefix")
    if prefix is None:
        where = "this folder" if folder == Path(".") else folder
        raise NoSuchState(
            f'"{revision}" is no folder, and {where} is not under version control (git), which would know it; '
            "name the folder of an earlier copy of the site, such as lcsite diff ../before"
        )
    commit = _ask(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise NoSuchState(f'"{revision}" is neither a folder nor a revision of this repository')
    below = os.fsdecode(prefix).strip("\n")
    wanted = [f"{below}{name}" for name in _FOLDERS]
    listing = _ask(
        folder, "ls-tree", "-r", "-z", "--long", "--full-tree", commit.decode("ascii").strip(), "--", *wanted
    )
    entries = [] if listing is None else [entry for entry in listing.split(b"\0") if entry]
    if not entries:
        raise NoSuchState(f'"{revision}" holds no site: nothing stands in content or cities there')
    if len(entries) > _MOST_FILES:
        raise NoSuchState(f'"{revision}" holds more than {_MOST_FILES} files')
    with subprocess.Popen(
        _git(folder, "cat-file", "--batch"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as batch:
        assert batch.stdin is not None
        assert batch.stdout is not None
        for entry in entries:
            facts, _, name = entry.partition(b"\t")
            mode, _, object_id, size = facts.split()
            path = _place(target, os.fsdecode(name).removeprefix(below), revision)
            _put(path, mode, object_id, size, batch.stdin, batch.stdout)


def _place(target: Path, name: str, revision: str) -> Path:
    parts = name.split("/")
    if any(part in ("", ".", "..") or "\\" in part for part in parts) or parts[0] not in _FOLDERS:
        raise NoSuchState(f'"{revision}" holds a file whose name leads elsewhere')
    path = target.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _put(path: Path, mode: bytes, object_id: bytes, size: bytes, ask: IO[bytes], answers: IO[bytes]) -> None:
    if mode == b"120000":
        path.symlink_to("link")  # reading refuses every link; where it led does not matter
    elif not mode.startswith(b"100"):
        path.mkdir(exist_ok=True)
    elif int(size) > LARGEST:
        with path.open("wb") as out:
            out.truncate(int(size))
    else:
        ask.write(object_id + b"\n")
        ask.flush()
        length = int(answers.readline().split()[2])
        path.write_bytes(answers.read(length))
        answers.read(1)
