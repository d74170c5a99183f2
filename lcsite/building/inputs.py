"""What a site is made from, told by its bytes: every file of its folders, and for a page the part that others can see.

Folders are looked at too: an empty one can be a mistake, and one that has changed tells of a file that came and went.

A page of an author is its fields, which lists, scores and links are made of, and below them a text that is shown in few
places. The two have fingerprints of their own, so that a change of nothing but texts shows.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

__all__ = ["INPUTS", "Input", "are_as_found", "key_of", "look_at", "texts_changed"]

INPUTS = ("content", "cities", "gathered", "overrides")
"""The folders of a site. Beside them stands `mkdocs.yml`."""

_ENGINE_FILE = "mkdocs.yml"
_DIVIDED = ("content", "cities")
"""Where pages are divided: copies of other sites are held to fingerprints of the whole file."""
_FENCE = b"---\n"
_SIZE = 16
_LARGEST = 64 * 1024 * 1024
"""Bytes of a file. What is larger the readers refuse unread."""
_OPENED = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class Input(NamedTuple):
    """One file as it was found, or a folder, which has no content."""

    content: bytes
    """A digest of all its bytes."""
    head: bytes
    """Of a page: a digest of what stands above its text, as the reader divides it; else empty."""
    signature: tuple[int, ...]
    """By which the system tells that nobody has written to it since."""


def look_at(root: Path, *, builtin: Path | None = None) -> dict[str, Input] | None:
    """All that a build of the site in `root` reads, by its path, which for a folder ends in a slash.

    `builtin`: see `lcsite.builtin_folder`.

    None where something stands there whose content cannot be told: a link, a pipe, a file that is vast or unreadable.
    """
    found: dict[str, Input] = {}
    try:
        status = os.stat(root / _ENGINE_FILE)
        if not _can_be_told(status):
            return None
        found[_ENGINE_FILE] = _look(os.path.join(root, _ENGINE_FILE), status)
        for name, folder in _folders(root, builtin).items():
            if folder.is_dir():
                found[f"{name}/"] = Input(b"", b"", _signature(os.lstat(folder)))
                for path, entry in _walk(os.fspath(folder), f"{name}/"):
                    status = entry.stat(follow_symlinks=False)
                    if stat.S_ISDIR(status.st_mode):
                        found[path] = Input(b"", b"", _signature(status))
                    elif _can_be_told(status):
                        found[path] = _look(entry.path, status, divided=name in _DIVIDED)
                    else:
                        return None
    except (OSError, UnicodeEncodeError):
        return None
    return found


def are_as_found(root: Path, inputs: Mapping[str, Input], *, builtin: Path | None = None) -> bool:
    """Whether nobody has written to any of that since `look_at`. Raises OSError where one is gone."""
    folders = _folders(root, builtin)
    for path, known in inputs.items():
        name, _, below = path.partition("/")
        if _signature(os.lstat(folders.get(name, root / name) / below)) != known.signature:
            return False
    return all(f"{name}/" in inputs or not os.path.lexists(folder) for name, folder in folders.items())


def _folders(root: Path, builtin: Path | None) -> dict[str, Path]:
    folders = {name: root / name for name in INPUTS}
    if builtin is not None and not builtin.is_relative_to(root.resolve()):
        folders["builtin"] = builtin
    return folders


def texts_changed(before: Mapping[str, Input], now: Mapping[str, Input]) -> list[str] | None:
    """The pages whose text alone has changed, if that is all that has changed; None where there is more."""
    if before.keys() != now.keys():
        return None
    changed = [path for path, file in now.items() if file.content != before[path].content]
    if any(not now[path].head or now[path].head != before[path].head for path in changed):
        return None
    return changed


def key_of(inputs: Mapping[str, Input]) -> bytes:
    """Stands for every name and every byte of what was found."""
    digest = hashlib.blake2b(digest_size=_SIZE)
    for path, file in sorted(inputs.items()):
        name = os.fsencode(path)
        digest.update(b"%d %d;%b%b" % (len(name), len(file.content), name, file.content))
    return digest.digest()


def _walk(folder: str, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    waiting = [(folder, below)]
    while waiting:
        path, below = waiting.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield f"{below}{entry.name}/", entry
                    waiting.append((entry.path, f"{below}{entry.name}/"))
                else:
                    yield below + entry.name, entry


def _can_be_told(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST


def _look(path: str, status: os.stat_result, *, divided: bool = False) -> Input:
    handle = os.open(path, _OPENED)  # a plain file is read twice as fast without what `open` puts around it
    try:
        content = os.read(handle, status.st_size + 1)
    finally:
        os.close(handle)
    if len(content) != status.st_size:
        raise OSError("the file is being written to")
    head = b""
    # Only the plainest form is divided; whatever begins or ends its fields in another way counts as one piece.
    if divided and path.endswith(".md") and content.startswith(_FENCE) and b"\r" not in content:
        end = content.find(b"\n" + _FENCE, len(_FENCE) - 1)
        if end > 0 and not _ends_before(content, end):
            head = _digest(content[: end + 1 + len(_FENCE)])
    return Input(_digest(content), head, _signature(status))


def _signature(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _ends_before(content: bytes, end: int) -> bool:
    """Whether the reader, who lets blanks follow the three signs, would end the fields above `end`."""
    return any(line.rstrip(b" \t") == b"---" for line in content[len(_FENCE) : end].split(b"\n"))


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SIZE).digest()
