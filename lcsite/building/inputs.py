"""What a site is made from, told by its bytes: every file of its folders, and for a page the part that others can see.

Folders are looked at too: an empty one can be a mistake, and one that has changed tells of a file that came and went.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lcsite.looking import DIVIDED, Input, look, signature_of, size_in

__all__ = ["INPUTS", "Input", "Look", "are_as_found", "look_at", "sizes", "texts_changed"]

INPUTS = ("content", "cities", "gathered", "overrides")
"""The folders of a site. Beside them stands `mkdocs.yml`."""

_ENGINE_FILE = "mkdocs.yml"
_LARGEST = 64 * 1024 * 1024
"""Bytes of a file. What is larger the readers refuse unread."""

Look = Callable[[], "dict[str, Input] | None"]


def look_at(root: Path, *, builtin: Path | None = None) -> dict[str, Input] | None:
    """All that a build of the site in `root` reads, by its path, which for a folder ends in a slash.

    `builtin`: see `lcsite.builtin_folder`.

    None where something stands there whose content cannot be told: a link, a pipe, a file that is vast or unreadable.
    """
    found: dict[str, Input] = {}
    try:
        engine_file = look(os.path.join(root, _ENGINE_FILE), most=_LARGEST, divided=False)
        if engine_file is None:
            return None
        found[_ENGINE_FILE] = engine_file
        for name, folder in _folders(root, builtin).items():
            if folder.is_dir():
                found[f"{name}/"] = Input(b"", b"", signature_of(os.lstat(folder)))
                for path, entry in _walk(os.fspath(folder), f"{name}/"):
                    if path.endswith("/"):
                        found[path] = Input(b"", b"", signature_of(entry.stat(follow_symlinks=False)))
                    elif (file := look(entry.path, most=_LARGEST, divided=name in DIVIDED)) is not None:
                        found[path] = file
                    else:
                        return None
    except (OSError, UnicodeEncodeError):
        return None
    return found


def sizes(inputs: Mapping[str, Input]) -> dict[str, int]:
    """The size of each file that somebody wrote for this site, for whoever reads them all."""
    return {path: size_in(found.signature) for path, found in inputs.items() if path.startswith(DIVIDED)}


def are_as_found(root: Path, inputs: Mapping[str, Input], *, builtin: Path | None = None) -> bool:
    """Whether nobody has written to any of that since `look_at`. Raises OSError where one is gone."""
    folders = _folders(root, builtin)
    begin = {name: os.fspath(folder) for name, folder in folders.items()}
    for path, known in inputs.items():
        name, slash, below = path.partition("/")
        if signature_of(os.lstat(f"{begin[name]}/{below}" if slash else root / name)) != known.signature:
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
