"""The output folder: whether it is ours to replace, and the names of what stands beside it during a build.

Looks and decides; it changes nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from lcsite.light_classes import dataclass
from lcsite.publishing.errors import Refused

__all__ = ["MARKER", "MARKER_TEXT", "Target", "examine"]

MARKER = ".lcsite"
"""The file that says: this folder is written by lcsite and may be replaced whole."""

MARKER_TEXT = b"""This folder is written by lcsite. Each build replaces it whole: what is put here by hand gets lost.
"""


@dataclass(frozen=True, slots=True)
class Target:
    """An output folder by its real path, with its siblings: the site being made, the one being replaced, the lock."""

    folder: Path

    @property
    def new(self) -> Path:
        return self._sibling("new")

    @property
    def old(self) -> Path:
        return self._sibling("old")

    @property
    def lock(self) -> Path:
        return self._sibling("lock")

    def _sibling(self, role: str) -> Path:
        return self.folder.with_name(f".{self.folder.name}.lcsite-{role}")


def examine(folder: Path, *, source: Path | None = None, inputs: Sequence[Path] = ()) -> Target:
    """Return the target if lcsite may replace it, or raise `Refused` with the reason.

    `source` is the site's own folder: the output may lie in it but not hold it. `inputs` are the folders that are
    read: the output may neither hold them nor lie in them.
    """
    shown = f'the output folder "{folder}"'
    if not folder.name or folder.name == "..":
        raise Refused(f"{shown} has no name of its own; name a folder to be made, such as site")
    # The last part must not be a link (the swap would replace the link); the way to it may contain some.
    real = Path(os.path.realpath(folder.parent), folder.name)
    for read in (*([source] if source else []), *inputs):
        if Path(os.path.realpath(read)).is_relative_to(real):
            raise Refused(f'{shown} holds "{read}", which the site is made from; choose another folder')
    for read in inputs:
        if real.is_relative_to(os.path.realpath(read)):
            raise Refused(f'{shown} lies in "{read}", which the site is made from; choose another folder')
    for above in real.parents:
        if os.path.lexists(above / MARKER):
            raise Refused(f'{shown} lies in "{above}", which another build replaces whole; choose another folder')
    _refuse_what_is_not_ours(real, shown)
    return Target(real)


def _refuse_what_is_not_ours(folder: Path, shown: str) -> None:
    try:
        mode = os.lstat(folder).st_mode
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise Refused(f'{shown} cannot be made: "{folder.parent}" is a file') from None
    if stat.S_ISLNK(mode):
        raise Refused(f"{shown} is a symbolic link; name the folder that it leads to")
    if not stat.S_ISDIR(mode):
        raise Refused(f"{shown} is a file; name a folder")
    if os.path.ismount(folder):
        raise Refused(f"{shown} is a disk of its own, which cannot be exchanged whole; name a folder in it")
    names = set(os.listdir(folder))
    if ".git" in names:
        raise Refused(f"{shown} holds a git repository (.git); choose another folder")
    if not names:
        return
    if MARKER not in names or not stat.S_ISREG(os.lstat(folder / MARKER).st_mode):
        raise Refused(
            f"{shown} is not empty and was not made by lcsite (no file {MARKER} in it); "
            "choose another folder, or empty this one yourself"
        )
