"""Whether anybody has written to the files of a site: asked ten times a second, and answered for next to nothing.

It only looks, and reads no file: on network drives and in containers nobody is told of what others write. What was
written to lately is looked at whenever somebody asks, and all the rest the less often the more there is of it, so that
looking takes the same small part of a core at every size.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from lcsite.looking import signature_of

__all__ = ["Watch"]

_LATELY = 20
"""So many files are looked at whenever somebody asks."""
_FILES_FOR_ONE = 500
"""For each so many files, one question more is answered without looking at all of them."""

_Seen = dict[str, bytes | None]
"""Path -> what the system says of a file; None where there is none; empty for a folder, whose files speak for it."""


class Watch:
    """Knows files and folders as they are when it is made, and then as they were when it last found something new."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = [os.fspath(path) for path in paths]
        self._known = self._look()
        self._lately: list[str] = []
        self._quiet_for = 0

    def changed(self) -> bool:
        """Whether something was written, made, moved or removed.

        What nobody has written to lately may be noticed some questions later: a second later, in a site of 5,000 files.
        """
        if self._quiet_for and all(_said_of(path) == self._known.get(path) for path in self._lately):
            self._quiet_for -= 1
            return False
        try:
            found = self._look()
        except OSError:  # as where a network drive is away for a moment
            return False
        self._quiet_for = len(found) // _FILES_FOR_ONE
        if found == self._known:
            return False
        known, self._known = self._known, found
        news = [path for path in found.keys() | known.keys() if found.get(path) != known.get(path)]
        files = [path for path in news if b"" not in (found.get(path), known.get(path))]
        self._lately = [*files, *(path for path in self._lately if path not in files)][:_LATELY]
        return True

    def _look(self) -> _Seen:
        """What is there, also behind links. Raises OSError where it cannot be told whether something is there."""
        found: _Seen = {path: _said_of(path) for path in self._paths if not os.path.isdir(path)}
        waiting = [path for path in self._paths if path not in found]
        behind_links: set[str] = set()
        while waiting:
            folder = waiting.pop()
            found[folder] = b""
            with suppress(FileNotFoundError, NotADirectoryError, PermissionError), os.scandir(folder) as entries:
                for entry in entries:
                    if not entry.is_dir():
                        with suppress(FileNotFoundError, PermissionError):
                            found[entry.path] = signature_of(entry.stat())
                    elif not entry.is_symlink():
                        waiting.append(entry.path)
                    elif (real := os.path.realpath(entry.path)) not in behind_links:  # else it might lead in circles
                        behind_links.add(real)
                        waiting.append(entry.path)
        return found


def _said_of(path: str) -> bytes | None:
    try:
        return signature_of(os.stat(path))
    except OSError:
        return None
