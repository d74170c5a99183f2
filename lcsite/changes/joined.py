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

from lcsite.changes.revisions import LARGEST

__all__ = ["PROPOSED", "Occupied", "join", "left_out"]

PROPOSED = ("cities", "content")
"""The folders that are taken from what is proposed; nothing else is."""

_OF_NO_INTEREST = frozenset({".git", "site", "preview", "public", ".cache", ".venv", "program-installed"})
_MOST_NAMED = 50
_DEEPEST = 20
_MOST_FILES = 50_000
"""Of a proposal; reading refuses what is deeper or more, and says where, so no more of it is needed to be copied."""
_LONGEST_COMPARED = 100 * 1024 * 1024
"""Bytes; of what is longer only the length is compared."""


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
            _copy(proposed / name, into / name, strange=True)


def left_out(base: Path, proposed: Path) -> tuple[str, ...]:
    """The files outside `cities` and `content` that the proposal changes, by name; the first fifty."""
    before, after = (dict(_others(each)) for each in (base, proposed))
    changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    shown = changed[:_MOST_NAMED]
    return (*shown, *([f"and {len(changed) - len(shown)} more"] if len(changed) > len(shown) else []))


def _is_within(inner: Path, outer: Path) -> bool:
    return outer.resolve() in (inner.resolve(), *inner.resolve().parents)


def _copy(source: Path, target: Path, *, strange: bool = False) -> None:
    """A file or folder. Links become links to nowhere, which reading refuses; pipes and devices are passed over.

    Of a stranger's no more is copied than reading can need: an empty file of the same size stands for a vast one.
    """
    waiting = [(source, target, 0)]
    copied = 0
    while waiting:
        source, target, depth = waiting.pop()
        found = source.lstat()
        if stat.S_ISLNK(found.st_mode):
            target.symlink_to("link")
        elif stat.S_ISDIR(found.st_mode):
            target.mkdir()
            if not strange or depth < _DEEPEST:
                waiting += ((source / name, target / name, depth + 1) for name in sorted(os.listdir(source)))
        elif stat.S_ISREG(found.st_mode):
            copied += 1
            if strange and copied > _MOST_FILES + 1:
                return
            if strange and found.st_size > LARGEST:
                with target.open("wb") as vast:
                    vast.truncate(found.st_size)
            else:
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
            size = path.stat().st_size
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest() if size <= _LONGEST_COMPARED else ""
            yield name, f"{size} {digest}"
        else:
            yield name, "neither a file nor a folder"
