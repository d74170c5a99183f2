"""Why a site was not published.

    PublishError                  the site was not published; the old one stands
    |-- Refused            2      the output folder is not ours to replace
    |-- EnvironmentTrouble 3      the disk, a permission or another process is in the way
    |   `-- Locked         3      another build writes to the same folder
    `-- OutputRejected     1      the finished pages failed the inspection

The number is the exit code of the command. Every message is one line that a person can act on.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from lcsite.problems import Problems

__all__ = [
    "EnvironmentTrouble", "Locked", "OutputRejected", "PublishError", "Refused", "describe", "is_outside",
    "naming_environment_trouble",
]


class PublishError(Exception):
    """The site was not published, and the published folder is as it was before."""

    exit_code: ClassVar[int] = 4


class Refused(PublishError):
    """The output folder is not one that this program may replace."""

    exit_code = 2


class EnvironmentTrouble(PublishError):
    """Something outside the program and the content is in the way: disk, permission, file system."""

    exit_code = 3


class Locked(EnvironmentTrouble):
    """Another build is writing to the same output folder at this moment."""


class OutputRejected(PublishError):
    """The finished pages failed the inspection; `problems` says where and why."""

    exit_code = 1

    def __init__(self, problems: Problems) -> None:
        super().__init__(f"the finished site failed its inspection: {problems.errors} problem(s)")
        self.problems = problems


_OUTSIDE_CAUSES = frozenset(
    getattr(errno, name)
    for name in (
        "EACCES EBUSY EDQUOT EFBIG EINTR EIO ELOOP EMFILE EMLINK ENAMETOOLONG ENFILE ENODEV ENOLCK ENOMEM ENOSPC "
        "ENOSYS ENOTSUP ENXIO EOPNOTSUPP EPERM EROFS ESTALE ETIMEDOUT ETXTBSY EXDEV"
    ).split()
)
"""What the system answers when the fault lies with the machine and not with the program."""

_MOVED = frozenset({errno.EEXIST, errno.EISDIR, errno.ENOENT, errno.ENOTDIR, errno.ENOTEMPTY})
"""What it answers when somebody moves or removes files while they are worked on."""

_OUR_OWN_FILES = Path(__file__).parents[1]


def is_outside(error: OSError) -> bool:
    """Whether an error of the system comes from the machine or from other programs, and is no fault of ours.

    A file that is missing in the program itself is one.
    """
    if error.errno not in _MOVED:
        return error.errno in _OUTSIDE_CAUSES
    if not isinstance(error.filename, str | bytes):
        return False
    return not Path(os.path.abspath(os.fsdecode(error.filename))).is_relative_to(_OUR_OWN_FILES)


@contextmanager
def naming_environment_trouble(doing: str) -> Iterator[None]:
    """Turn the system's complaint about disk, permission or limits into one line; let other errors through."""
    try:
        yield
    except OSError as error:
        if not is_outside(error):
            raise
        raise EnvironmentTrouble(f"{doing}: {describe(error)}") from error


def describe(error: OSError) -> str:
    """Say what the system answered, with the file it speaks of."""
    words = error.strerror or (os.strerror(error.errno) if error.errno else str(error))
    file = error.filename if error.filename2 is None else error.filename2  # of a copy, the file that was written
    return f"{words} ({os.fsdecode(file)})" if isinstance(file, str | bytes) else words
