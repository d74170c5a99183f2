"""Puts new files into a folder: all of them or none, each whole or not at all, and never in the place of another.

It decides nothing about what stands in them.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from lcsite.authoring.draft import NewFile, Refused

__all__ = ["write_new"]

_NO_SECOND_NAMES = frozenset({
    errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.EXDEV, errno.EINVAL
})
"""What file systems answer that cannot give a file two names."""


def write_new(root: Path, files: Sequence[NewFile]) -> None:
    """Write files below `root`, which is made where it is missing.

    Raises Refused where a name is taken or a folder is a link, OSError where the disk says no; then everything is as
    it was before.
    """
    _Writing().write(root, files)


class _Writing:
    """One run, which knows what it has made and can take it back."""

    def __init__(self) -> None:
        self._folders: list[Path] = []
        self._files: list[tuple[Path, tuple[int, int]]] = []
        self._waiting: list[Path] = []

    def write(self, root: Path, files: Sequence[NewFile]) -> None:
        try:
            self._make_root(root)
            ready = [self._prepare(self._folder(root, file.path), file) for file in files]
            for (waiting, identity), file in zip(ready, files, strict=True):
                self._give_name(waiting, root / file.path, identity, file.path)
            for folder in sorted({(root / file.path).parent for file in files}):
                _sync(folder)
        except BaseException:
            self._take_back()
            raise
        finally:
            for path in self._waiting:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _make_root(self, root: Path) -> None:
        missing = []
        while not root.exists():
            missing.append(root)
            root = root.parent
        for folder in reversed(missing):
            self._mkdir(folder)

    def _folder(self, root: Path, path: str) -> Path:
        folder = root
        for part in path.split("/")[:-1]:
            folder = folder / part
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                raise Refused(f"{folder.relative_to(root)} is a link or a file, and a folder is needed there")
            if not folder.exists():
                self._mkdir(folder)
        return folder

    def _mkdir(self, folder: Path) -> None:
        folder.mkdir()
        self._folders.append(folder)

    def _prepare(self, folder: Path, file: NewFile) -> tuple[Path, tuple[int, int]]:
        """The content in a file of another name beside its place, safe on the disk."""
        waiting = folder / f".{file.path.rpartition('/')[2]}.{secrets.token_hex(4)}.lcsite-new"
        with open(waiting, "xb") as out:
            self._waiting.append(waiting)
            out.write(file.content)
            out.flush()
            os.fsync(out.fileno())
            facts = os.fstat(out.fileno())
        return waiting, (facts.st_dev, facts.st_ino)

    def _give_name(self, waiting: Path, target: Path, identity: tuple[int, int], path: str) -> None:
        try:
            try:
                os.link(waiting, target, follow_symlinks=False)
            except OSError as error:
                if error.errno not in _NO_SECOND_NAMES:
                    raise
                _reserve_and_move(waiting, target)
        except FileExistsError:
            raise Refused(f"{path} is there already; nothing was written") from None
        self._files.append((target, identity))

    def _take_back(self) -> None:
        for target, identity in reversed(self._files):
            with contextlib.suppress(OSError):
                facts = target.lstat()
                if (facts.st_dev, facts.st_ino) == identity:  # whoever has replaced it since keeps theirs
                    target.unlink()
        for path in self._waiting:
            with contextlib.suppress(OSError):
                path.unlink()
        for folder in reversed(self._folders):
            with contextlib.suppress(OSError):
                folder.rmdir()


def _reserve_and_move(waiting: Path, target: Path) -> None:
    """Where a file can have one name only: take the name first, empty, then put the file in its place."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    try:
        os.replace(waiting, target)
    except BaseException:
        target.unlink()
        raise


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems have nothing to sync in a folder
            raise
    finally:
        os.close(handle)
