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
from typing import ClassVar

from lcsite.problems import Problems

__all__ = ["EnvironmentTrouble", "Locked", "OutputRejected", "PublishError", "Refused", "naming_environment_trouble"]


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
        "EACCES EBUSY EDQUOT EFBIG EIO ELOOP EMFILE EMLINK ENAMETOOLONG ENFILE ENODEV ENOMEM ENOSPC ENXIO EPERM EROFS "
        "ESTALE ETXTBSY EXDEV"
    ).split()
)
"""What the system answers when the fault lies with the machine and not with the program."""


@contextmanager
def naming_environment_trouble(doing: str) -> Iterator[None]:
    """Turn the system's complaint about disk, permission or limits into one line; let other errors through."""
    try:
        yield
    except OSError as error:
        if error.errno not in _OUTSIDE_CAUSES:
            raise
        raise EnvironmentTrouble(f"{doing}: {describe(error)}") from error


def describe(error: OSError) -> str:
    """Say what the system answered, with the file it speaks of."""
    words = os.strerror(error.errno) if error.errno else str(error)
    return f"{words} ({os.fsdecode(error.filename)})" if isinstance(error.filename, str | bytes) else words
