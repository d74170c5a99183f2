"""One build at a time for each output folder.

The lock belongs to the running process and vanishes with it, however it ends. This room never waits for a lock.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lcsite.publishing.errors import EnvironmentTrouble, Locked

__all__ = ["only_build"]


@contextmanager
def only_build(lock: Path) -> Iterator[None]:
    """Hold the lock file while the block runs, and remove it afterwards.

    Raises `Locked` at once when another process holds it, `EnvironmentTrouble` where such locks do not exist.
    """
    descriptor = _take(lock)
    try:
        yield
    finally:
        # Removed while still held: who opened the same file meanwhile notices in `_take` that it is gone.
        try:
            with suppress(OSError):
                os.unlink(lock)
        finally:
            os.close(descriptor)


def _take(lock: Path) -> int:
    if sys.platform == "win32":
        raise EnvironmentTrouble("building needs Linux or macOS; on Windows it runs in the Linux subsystem (WSL)")
    import fcntl

    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _still_there(descriptor, lock):
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            raise Locked(f"another build is writing here at this moment ({lock.name}); try again later") from None
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _still_there(descriptor: int, lock: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(lock))
    except FileNotFoundError:
        return False
