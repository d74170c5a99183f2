"""A disk that fails, or a process that dies, at the n-th file operation of a publication.

Run as a program it publishes once and kills itself: `python -m tests.publishing.faults TARGET NUMBER exchange|renames`.
"""

from __future__ import annotations

import builtins
import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from lcsite.publishing import publish, swap

WATCHED = ("chmod", "fstat", "listdir", "lstat", "mkdir", "open", "rename", "rmdir", "scandir", "unlink")
OLD = {"index.html": b"old", "a/index.html": b"old a", "a/deep/one.txt": b"1", "gone.html": b"gone"}
NEW = {"index.html": b"new", "a/index.html": b"new a", "b/index.html": b"new b"}


def write_tree(tree: dict[str, bytes]) -> Callable[[Path], None]:
    """A render function that writes these files."""

    def render(folder: Path) -> None:
        for name, content in tree.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with open(folder / name, "wb") as file:
                file.write(content)

    return render


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the marker."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != ".lcsite"}


@contextmanager
def before_operations(act: Callable[[int], None]) -> Iterator[None]:
    """Call `act` with a running number before each operation on files."""
    number = 0

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def operation(*arguments: Any, **options: Any) -> Any:
            nonlocal number
            number += 1
            act(number)
            return real(*arguments, **options)

        return operation

    with (
        mock.patch.multiple(os, **{name: counted(getattr(os, name)) for name in WATCHED}),
        mock.patch.object(builtins, "open", counted(open)),
        mock.patch.object(swap, "exchange", counted(swap.exchange)),
    ):
        yield


@contextmanager
def without_exchange() -> Iterator[None]:
    """A system that can only rename."""
    with mock.patch.object(swap, "_renameat2", return_value=None):
        yield


def fail_at(wanted: int, *, for_good: bool) -> Callable[[int], None]:
    """Answer "no space left" at one operation, or from it onwards."""

    def act(number: int) -> None:
        if number == wanted or (for_good and number > wanted):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return act


def count_operations(work: Callable[[], object]) -> int:
    """How many operations on files a piece of work takes."""
    last = 0

    def act(number: int) -> None:
        nonlocal last
        last = number

    with before_operations(act):
        work()
    return last


def main(target: str, wanted: str, way: str) -> None:
    def act(number: int) -> None:
        if number == int(wanted):
            os.kill(os.getpid(), signal.SIGKILL)

    with before_operations(act):
        if way == "exchange":
            publish(Path(target), write_tree(NEW))
        else:
            with without_exchange():
                publish(Path(target), write_tree(NEW))


if __name__ == "__main__":
    main(*sys.argv[1:])
