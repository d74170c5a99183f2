"""The note that is kept while several files are written as one act, and taking back what a killed command had begun.

The note lies in the site's folder and names the files; while it is there, the act counts as not done. Whoever holds
the lock of the folder and finds a note knows that its writer is dead. Nothing else is ever removed by this room.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from lcsite.light_classes import dataclass

__all__ = ["Act", "Busy", "Step", "digest_of", "only_writer", "sync", "take_back_what_is_unfinished"]

_BEGUN: Final = "lcsite-begun"
_DONE: Final = "lcsite-done"
_NOTE = re.compile(rf"\.([0-9a-f]{{16}})\.({_BEGUN}|{_DONE})")
_CANNOT_LOCK = frozenset({errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What file systems answer that cannot lock a folder."""


class Busy(OSError):
    """Another command is writing in the same site at this moment."""


@dataclass(frozen=True, slots=True)
class Step:
    """One file of an act: its path below the site's folder, the digest of its new bytes, whether it is a new file."""

    path: str
    digest: str
    new: bool


@dataclass(frozen=True, slots=True)
class Act:
    """Files that are written together, and the folders that are made for them, below one folder."""

    root: Path
    name: str
    steps: tuple[Step, ...]
    folders: tuple[str, ...]

    def waiting(self, step: Step) -> Path:
        """Where the new bytes of a file wait, beside it."""
        return self._beside(step, "new")

    def kept(self, step: Step) -> Path:
        """Where the old bytes of a file are kept until all is done, beside it."""
        return self._beside(step, "old")

    def _beside(self, step: Step, role: str) -> Path:
        target = self.root / step.path
        return target.with_name(f".{target.name}.{self.name}.lcsite-{role}")

    @property
    def note(self) -> Path:
        return self.root / f".{self.name}.{_BEGUN}"

    @property
    def note_of_the_end(self) -> Path:
        return self.root / f".{self.name}.{_DONE}"

    def begin(self) -> None:
        """Put the note on the disk, before anything that it speaks of is there."""
        said = {"steps": [asdict(step) for step in self.steps], "folders": self.folders}
        with open(self.note, "xb") as out:
            out.write(json.dumps(said).encode())
            out.flush()
            os.fsync(out.fileno())
        sync(self.root)

    def end(self) -> None:
        """The moment from which on all is written."""
        os.rename(self.note, self.note_of_the_end)

    def clear(self) -> None:
        """Remove what stood beside the files, and the note last."""
        for step in self.steps:
            for beside in (self.waiting(step), self.kept(step)):
                beside.unlink(missing_ok=True)
        for note in (self.note, self.note_of_the_end):
            note.unlink(missing_ok=True)

    def take_back(self) -> None:
        """Make everything as it was before. Raises OSError where the disk refuses; the note then stays."""
        if not self.note.exists():  # it had not begun, or it had come to its end
            return
        for step in reversed(self.steps):
            target = self.root / step.path
            if step.new:
                if self._is_ours(step, target):
                    target.unlink()
            elif os.path.lexists(self.kept(step)) and digest_of(target) == step.digest:
                os.replace(self.kept(step), target)
        for step in self.steps:
            for beside in (self.waiting(step), self.kept(step)):
                beside.unlink(missing_ok=True)
        for folder in reversed(self.folders):
            with contextlib.suppress(OSError):  # not made, or somebody has put something into it
                (self.root / folder).rmdir()
        self.note.unlink(missing_ok=True)

    def _is_ours(self, step: Step, target: Path) -> bool:
        """Whether this act has made the file. Whoever has changed or replaced it since keeps theirs."""
        if digest_of(target) != step.digest:
            return False
        try:
            return os.path.samestat(os.lstat(self.waiting(step)), os.lstat(target))
        except FileNotFoundError:
            return True  # moved, where a file can have one name only


def take_back_what_is_unfinished(root: Path) -> None:
    """Take back what killed commands have begun below `root`, and clear away after those killed at their very end.

    Call it while holding `only_writer(root)`. Raises OSError where the disk refuses.
    """
    for found in sorted(filter(None, map(_NOTE.fullmatch, os.listdir(root))), key=lambda note: note[0]):
        act = _read(root, found[0], found[1])
        if act is None:
            (root / found[0]).unlink()
        elif found[2] == _DONE:
            act.clear()
        else:
            act.take_back()


def _read(root: Path, file: str, name: str) -> Act | None:
    """The act of a note; None where its writer was killed in the middle of it, before doing anything else."""
    try:
        said = json.loads((root / file).read_bytes())
        steps = tuple(Step(path=each["path"], digest=each["digest"], new=each["new"]) for each in said["steps"])
        folders = tuple(said["folders"])
    except (ValueError, TypeError, KeyError):
        return None
    paths = (*(step.path for step in steps), *folders)
    # Written by us; but a folder may be sent by a stranger, and nothing outside it is ever touched.
    return Act(root, name, steps, folders) if all(_lies_within(root, path) for path in paths) else None


def _lies_within(root: Path, path: object) -> bool:
    if not isinstance(path, str) or "\0" in path or any(part in ("", ".", "..") for part in path.split("/")):
        return False
    folder = root
    for part in path.split("/")[:-1]:
        folder = folder / part
        if folder.is_symlink():
            return False
    return True


@contextmanager
def only_writer(root: Path) -> Iterator[None]:
    """Hold the folder of a site for the one command that writes in it; the hold ends with the process at the latest.

    Raises Busy at once where another command holds it. Where folders cannot be locked, nothing is held.
    """
    handle = os.open(root, os.O_RDONLY | os.O_CLOEXEC)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Busy(error.errno, "another command is writing here at this moment; try again later") from None
    except OSError as error:
        if error.errno not in _CANNOT_LOCK:
            raise


def digest_of(file: Path) -> str | None:
    """The digest of a plain file's bytes; None where there is no such file."""
    try:
        if not stat.S_ISREG(os.lstat(file).st_mode):
            return None
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def sync(folder: Path) -> None:
    """See to it that the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems have nothing to sync in a folder
            raise
    finally:
        os.close(handle)
