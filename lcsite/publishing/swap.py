"""Put a finished folder in the place of another, and mend what an interrupted swap left behind.

At every moment the old folder or the new one is whole on the disk. Where the system can exchange two folders in one
step, the published name is never missing either; elsewhere it is missing between two renames, and `recover` mends it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from lcsite.publishing.errors import EnvironmentTrouble, Refused, describe
from lcsite.publishing.target import Target

__all__ = ["put_in_place", "recover", "remove"]

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h; https://man7.org/linux/man-pages/man2/rename.2.html
_CANNOT_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})
"""The answers of a kernel or file system that has no exchange."""


@cache
def _renameat2() -> Callable[..., int] | None:
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return None
    function.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    function.restype = ctypes.c_int
    return function  # type: ignore[no-any-return]


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; `False`, with nothing changed, where the system cannot."""
    renameat2 = _renameat2()
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def put_in_place(target: Target) -> None:
    """Make `target.new` the published folder; afterwards `target.new` is the old one, if there was one.

    An error leaves the published folder as it was. Only if even the way back fails is the name missing until the
    next build, which `recover` begins with; the message says so.
    """
    if not _is_folder(target.folder):
        os.rename(target.new, target.folder)
        return
    if exchange(target.new, target.folder):
        return
    try:
        os.rename(target.folder, target.old)
        os.rename(target.new, target.folder)
    except BaseException as error:
        _bring_back(target, error)
        raise
    # The name "old" stands for a whole site only; what is about to be removed gets the name of something unfinished.
    # Should that fail, nothing is lost: the new site stands, and `recover` removes an old one beside it.
    with suppress(OSError):
        os.rename(target.old, target.new)


def _bring_back(target: Target, error: BaseException) -> None:
    try:
        if not _is_folder(target.folder) and _is_folder(target.old):
            os.rename(target.old, target.folder)
    except OSError as second:
        raise EnvironmentTrouble(
            f'the old site lies whole in "{target.old}" and could not be moved back: {describe(second)}; '
            "the next build moves it back first"
        ) from error


def recover(target: Target) -> None:
    """Bring back the old site if a swap was cut in two, and remove the leftovers of builds that were killed."""
    if _is_folder(target.old) and not (_is_folder(target.folder) and os.listdir(target.folder)):
        os.rename(target.old, target.folder)
    try:
        remove(target.new)
        if _is_folder(target.old):
            os.rename(target.old, target.new)  # so that what is half removed is never taken for a whole site
            remove(target.new)
    except PermissionError as error:
        words = f'"{target.new}", which an earlier build left behind, cannot be removed: {describe(error)}'
        raise EnvironmentTrouble(f"{words}; remove it yourself") from error


def remove(folder: Path) -> None:
    """Remove one of our own siblings of the published folder, if it is there; also if a person has protected it."""
    if not _is_folder(folder):
        return
    try:
        shutil.rmtree(folder)
    except PermissionError:
        _allow_removal(folder)
        shutil.rmtree(folder)


def _allow_removal(folder: Path) -> None:
    os.chmod(folder, stat.S_IRWXU)
    for above, folders, _ in os.walk(folder):
        for name in folders:
            if not os.path.islink(path := os.path.join(above, name)):
                os.chmod(path, stat.S_IRWXU)


def _is_folder(path: Path) -> bool:
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(mode):
        raise Refused(f'"{path}" is in the way and is not a folder that lcsite made; remove it yourself')
    return True
