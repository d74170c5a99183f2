"""The one room through which commands write in a person's `content/` and `cities/`: several files as one act.

What it promises, whatever fails and wherever it is killed:

- Each file is at every moment as it was before or as it was to be, whole: the new bytes are safe on the disk under
  another name before they take the place of the old ones.
- A new file never takes the place of one that is there; a changed one only that of the bytes the change was made from.
- Where the disk refuses anything, all files are as they were. If it refuses even the way back, the error says so.
- A command that is killed may leave some files new and others old. A note in the site's folder remembers that, and the
  next command that writes (or that begins with `Workplace`) first takes back what was begun: then, too, it is all files
  or none. Nothing that a person has changed in the meantime is touched.
- Two commands do not write in one site at once: the second is told so at once.

What no file system allows: other programs may see the first file of an act before the last one. And where a file can
have one name only (some sticks and shares), a file that another program makes in the very instant is written over.

A command that writes hands `write_files` the files that it makes (`NewFile`) and changes (`ChangedFile`), and lets its
errors through; `lcsite.cli.run` tells them. It then stands in `tests/authoring/writing_commands.py`, so that all of
this is tried on it. This room decides nothing about what stands in the files.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Sequence
from pathlib import Path

from lcsite.authoring.draft import ChangedFile, NewFile, Refused
from lcsite.authoring.unfinished import Act, Busy, Step, only_writer, sync, take_back_what_is_unfinished

__all__ = ["NotWritten", "tidy_up", "write_files"]

_NO_SECOND_NAMES = frozenset({
    errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.EXDEV, errno.EINVAL
})
"""What file systems answer that cannot give a file two names."""


class NotWritten(OSError):
    """The disk, a permission or another command is in the way; the words say what is written now, mostly nothing."""


def write_files(root: Path, files: Sequence[NewFile | ChangedFile]) -> None:
    """Write files below `root`, all or none; `root` and folders are made where they are missing.

    Raises Refused where a new file's name is taken, a changed file is not as it was read, or a folder is a link; and
    NotWritten where the disk says no. Then everything is as it was before.
    """
    contents = [file.content for file in files]
    made: list[Path] = []
    try:
        _make_root(root, made)
        with only_writer(root):
            take_back_what_is_unfinished(root)
            for file in files:
                _must_fit(root, file)
            _write(_plan(root, files, contents), files, contents)
    except BaseException as error:
        for folder in reversed(made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError) and not isinstance(error, NotWritten):
            raise _not_written(root, error, "nothing was written") from error
        raise


def tidy_up(root: Path) -> None:
    """Take back what a command that was killed had begun to write below `root`; mostly there is nothing to do.

    Raises NotWritten where the disk says no.
    """
    try:
        if any(name.endswith((".lcsite-begun", ".lcsite-done")) for name in os.listdir(root)):
            with only_writer(root):
                take_back_what_is_unfinished(root)
    except Busy:
        pass  # it is being written at this moment, and nobody was killed
    except OSError as error:
        raise _not_written(root, error, "what an interrupted command had begun could not be taken back") from error


def _not_written(root: Path, error: OSError, outcome: str) -> NotWritten:
    why = error.strerror or str(error)
    file = f" ({os.fsdecode(error.filename)})" if isinstance(error.filename, str | bytes) else ""
    return NotWritten(errno.EIO, f"cannot write in {root}: {why}{file}; {outcome}")


def _make_root(root: Path, made: list[Path]) -> None:
    missing = []
    while not root.exists():
        missing.append(root)
        root = root.parent
    for folder in reversed(missing):
        folder.mkdir()
        made.append(folder)


def _must_fit(root: Path, file: NewFile | ChangedFile) -> None:
    folder = root
    for part in file.path.split("/")[:-1]:
        folder = folder / part
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise Refused(f"{folder.relative_to(root)} is a link or a file, and a folder is needed there")
    target = root / file.path
    if isinstance(file, ChangedFile):
        _must_be_as_read(target, file)
    elif os.path.lexists(target):
        raise Refused(f"{file.path} is there already; nothing was written")


def _must_be_as_read(target: Path, file: ChangedFile) -> None:
    try:
        same = stat.S_ISREG(os.lstat(target).st_mode) and target.read_bytes() == file.before
    except FileNotFoundError:
        same = False
    if not same:
        raise Refused(f"{file.path} has changed since it was read; nothing was written. Begin again")


def _plan(root: Path, files: Sequence[NewFile | ChangedFile], contents: Sequence[bytes]) -> Act:
    steps = tuple(
        Step(file.path, hashlib.sha256(content).hexdigest(), isinstance(file, NewFile))
        for file, content in zip(files, contents, strict=True)
    )
    folders: dict[str, None] = {}
    for file in files:
        parts = file.path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            if not (root / (folder := "/".join(parts[:depth]))).exists():
                folders[folder] = None
    return Act(root, secrets.token_hex(8), steps, tuple(folders))


def _write(act: Act, files: Sequence[NewFile | ChangedFile], contents: Sequence[bytes]) -> None:
    try:
        act.begin()
        for folder in act.folders:
            (act.root / folder).mkdir()
        for step, content in zip(act.steps, contents, strict=True):
            _prepare(act, step, content)
        for step, file in zip(act.steps, files, strict=True):
            if isinstance(file, ChangedFile):
                _must_be_as_read(act.root / step.path, file)
                os.replace(act.waiting(step), act.root / step.path)
            else:
                _give_name(act.waiting(step), act.root / step.path, step.path)
        for parent in sorted({(act.root / step.path).parent for step in act.steps}):
            sync(parent)
        act.end()
    except BaseException as error:
        try:
            act.take_back()
        except OSError as second:
            words = "files may have their new text already; the next command that writes here takes that back"
            raise _not_written(act.root, second, words) from error
        raise
    with contextlib.suppress(OSError):  # what stays behind is removed by the next command that writes
        act.clear()


def _prepare(act: Act, step: Step, content: bytes) -> None:
    """The new bytes in a file of another name beside its place, safe on the disk; the old ones under a second name."""
    target, waiting = act.root / step.path, act.waiting(step)
    with open(waiting, "xb") as out:
        if not step.new:
            facts = os.lstat(target)
            os.fchmod(out.fileno(), stat.S_IMODE(facts.st_mode))
            with contextlib.suppress(OSError):  # only the owner of all files may give one away
                os.fchown(out.fileno(), facts.st_uid, facts.st_gid)
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    if not step.new:
        _keep(target, act.kept(step))


def _keep(target: Path, kept: Path) -> None:
    try:
        os.link(target, kept, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_SECOND_NAMES:
            raise
        shutil.copy2(target, kept)
        with open(kept, "rb") as copy:
            os.fsync(copy.fileno())


def _give_name(waiting: Path, target: Path, path: str) -> None:
    try:
        try:
            os.link(waiting, target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_SECOND_NAMES:
                raise
            if os.path.lexists(target):
                raise FileExistsError from None
            os.rename(waiting, target)
    except FileExistsError:
        raise Refused(f"{path} is there already; nothing was written") from None
