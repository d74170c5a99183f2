"""What is proposed, joined to the site as it is: content from the one, everything else from the other.

A stranger's files are data here. They are copied without following a link, and what they change elsewhere (workflows,
configuration, layout, locked programs) is named and left out.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

__all__ = ["PROPOSED", "Occupied", "join", "left_out"]

PROPOSED = ("cities", "content")
"""The folders that are taken from what is proposed; nothing else is."""

_OF_NO_INTEREST = frozenset({".git", "site", "preview", "public", ".cache", ".venv", "program-installed"})
_MOST_NAMED = 50


class Occupied(Exception):
    """The folder that is to be made is there already."""


def join(base: Path, proposed: Path, into: Path) -> None:
    """Make the folder `into`: everything of `base`, with `cities` and `content` of `proposed` in the place of its own.

    Raises Occupied where `into` is there, OSError where the disk says no.
    """
    if os.path.lexists(into):
        raise Occupied(f"{into} is there already; name a folder that is not")
    into.mkdir(parents=True)
    for name in sorted(os.listdir(base)):
        if name not in PROPOSED and name not in _OF_NO_INTEREST and not _is_within(into, base / name):
            _copy(base / name, into / name)
    for name in PROPOSED:
        if os.path.lexists(proposed / name):
            _copy(proposed / name, into / name)


def left_out(base: Path, proposed: Path) -> tuple[str, ...]:
    """The files outside `cities` and `content` that the proposal changes, by name; the first fifty."""
    before, after = (dict(_others(each)) for each in (base, proposed))
    changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    shown = changed[:_MOST_NAMED]
    return (*shown, *([f"and {len(changed) - len(shown)} more"] if len(changed) > len(shown) else []))


def _is_within(inner: Path, outer: Path) -> bool:
    return outer.resolve() in (inner.resolve(), *inner.resolve().parents)


def _copy(source: Path, target: Path) -> None:
    """A file or folder. Links become links to nowhere, which reading refuses; pipes and devices are passed over."""
    mode = source.lstat().st_mode
    if stat.S_ISLNK(mode):
        target.symlink_to("link")
    elif stat.S_ISDIR(mode):
        target.mkdir()
        for name in sorted(os.listdir(source)):
            _copy(source / name, target / name)
    elif stat.S_ISREG(mode):
        shutil.copyfile(source, target, follow_symlinks=False)


def _others(root: Path) -> Iterator[tuple[str, str]]:
    """Every file but the contributed ones, with a digest of what it is."""
    waiting = [root / name for name in os.listdir(root) if name not in (*PROPOSED, *_OF_NO_INTEREST)]
    while waiting:
        path = waiting.pop()
        mode = path.lstat().st_mode
        name = path.relative_to(root).as_posix()
        if stat.S_ISLNK(mode):
            yield name, f"link to {os.readlink(path)}"
        elif stat.S_ISDIR(mode):
            waiting += path.iterdir()
        elif stat.S_ISREG(mode):
            with path.open("rb") as file:
                yield name, hashlib.file_digest(file, "sha256").hexdigest()
        else:
            yield name, "neither a file nor a folder"
