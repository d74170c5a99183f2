"""A disk that refuses or is full, and a process that dies, at the n-th file operation of a piece of work.

Operations are counted where Python meets the system: what `os` does, opening, each write and closing. A write that is
struck has written its first half already. Whoever tries a piece of work at every operation counts upwards from 1 until
`Strike.fell` says that there was no such operation any more.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from lcsite.publishing import swap

KINDS = ("broken once", "denied once", "broken", "full", "stopped", "killed")
"""An operation that fails with EIO, or with EACCES; all from it on fail; there is no space from it on; the person or
the system asks the program to stop; it is killed with SIGKILL in a process of its own."""

_READING = ("fstat", "listdir", "lstat", "readlink", "scandir", "stat")
_WRITING = (
    "chmod", "fchmod", "fchown", "fsync", "link", "mkdir", "remove", "rename", "replace", "rmdir", "sendfile",
    "symlink", "truncate", "unlink", "utime", "write",
)
_NEEDING_SPACE = frozenset({"create", "fsync", "link", "mkdir", "sendfile", "symlink", "write"})


class Strike:
    """What happens at the operation with a given number, and whether it has."""

    def __init__(self, kind: str, number: int) -> None:
        self.kind, self.number = kind, number
        self.count = 0
        self.fell = False

    def before(self, name: str, half: Callable[[], object] | None = None) -> None:
        self.count += 1
        if self.count < self.number or (self.fell and self.kind not in ("broken", "full")):
            return
        if self.kind == "full" and name not in _NEEDING_SPACE:
            return
        self.fell = True
        if half is not None:
            half()
        if self.kind == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.kind == "stopped":
            raise KeyboardInterrupt
        number = {"denied once": errno.EACCES, "full": errno.ENOSPC}.get(self.kind, errno.EIO)
        raise OSError(number, os.strerror(number))


Before = Callable[[str, Callable[[], object] | None], None]


def _written_file(before: Before) -> type[io.FileIO]:
    class Written(io.FileIO):
        def write(self, data: Any) -> int:
            whole = bytes(data)
            before("write", lambda: super(Written, self).write(whole[: len(whole) // 2]))
            return super().write(whole)

        def close(self) -> None:
            if self.closed:
                return
            try:
                before("close", None)
            finally:
                super().close()

    return Written


def _is_there(file: Any, look: Callable[..., object] = os.lstat) -> bool:
    try:
        look(file)
    except OSError:
        return False
    return True


def _opening(before: Before) -> Callable[..., Any]:
    real, written = io.open, _written_file(before)

    def opened(file: Any, mode: str = "r", buffering: int = -1, *more: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+"):
            before("open", None)
            return real(file, mode, buffering, *more, **named)
        if isinstance(file, int):
            before("open", None)
        else:
            before("open" if _is_there(file) else "create", None)
        raw = written(file, "".join(mark for mark in mode if mark not in "bt"), *more[3:], **{
            name: value for name, value in named.items() if name in ("closefd", "opener")
        })
        if buffering == 0:  # a buffer that nobody holds would close it
            return raw
        buffer = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return buffer
        text = {name: value for name, value in named.items() if name in ("encoding", "errors", "newline")}
        return io.TextIOWrapper(buffer, *more[:3], **text)

    return opened


@contextmanager
def before_operations(before: Before, *, reading: bool = True) -> Iterator[None]:
    """Call `before` with the name of each operation on files, and what would do the first half of a write."""
    names = (*_WRITING, *(_READING if reading else ()))

    def announced(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def operation(*arguments: Any, **options: Any) -> Any:
            before(name, None)
            return real(*arguments, **options)

        return operation

    def os_open(path: Any, flags: int, *more: Any, real: Any = os.open, **named: Any) -> int:
        if reading or flags & os.O_CREAT:
            before("create" if flags & os.O_CREAT else "open", None)
        return int(real(path, flags, *more, **named))

    def announce(name: str, half: Callable[[], object] | None) -> None:
        if reading or name != "open":
            before(name, half)

    opened = _opening(announce)
    with ExitStack() as patches:
        for name in names:
            patches.enter_context(mock.patch.object(os, name, announced(name, getattr(os, name))))
        patches.enter_context(mock.patch.object(os, "open", os_open))
        patches.enter_context(mock.patch.object(io, "open", opened))
        patches.enter_context(mock.patch.object(builtins, "open", opened))
        patches.enter_context(mock.patch.object(swap, "exchange", announced("rename", swap.exchange)))
        yield


@contextmanager
def struck(kind: str, number: int, *, reading: bool = True) -> Iterator[Strike]:
    """Let the disaster befall what the block does. `killed` kills this very process: see `end_of`."""
    strike = Strike(kind, number)
    with before_operations(strike.before, reading=reading):
        yield strike


KILLED = -int(signal.SIGKILL)
NO_SUCH_OPERATION = "there was no such operation"


def end_of(kind: str, number: int, work: Callable[[], object], *, reading: bool = True) -> object:
    """How the work ended: what it returned, the exception that it raised, or KILLED; or NO_SUCH_OPERATION.

    Work that is killed runs in a process of its own, so what it returned is not known: then None.
    """
    if kind == "killed":
        return _end_in_a_process(kind, number, work, reading)
    with struck(kind, number, reading=reading) as strike:
        try:
            result: object = work()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test judges it
            result = error
    return result if strike.fell else NO_SUCH_OPERATION


def _end_in_a_process(kind: str, number: int, work: Callable[[], object], reading: bool) -> object:
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of the test run only wait, and hold nothing
        child = os.fork()
    if child == 0:
        ending = 70
        try:
            with struck(kind, number, reading=reading):
                work()
            ending = 0
        finally:
            os._exit(ending)
    ending = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ending == KILLED:
        return KILLED
    assert ending == 0, f"the work failed by itself at operation {number}: {ending}"
    return NO_SUCH_OPERATION


def tree_of(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes, and every folder; nothing where there is no folder."""
    if not folder.is_dir():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
