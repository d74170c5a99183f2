"""Two processes: a copy of this one works ahead on a long list of jobs, or does one piece of work meanwhile.

It knows nothing of what the work is. Whatever a result holds has to survive pickling; jobs are functions of their
number alone. What fails in the copy is done again here, so that it fails here, as it would have without a copy.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import select
import signal
import struct
import tempfile
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import BinaryIO, Generic, TypeVar

from lcsite.tidying import close_gaps, give_back

__all__ = ["Ahead", "CopyLost", "Meanwhile", "Message", "processes_at_hand"]

Result = TypeVar("Result")

_TICKET = struct.Struct("=I")
_NOTE = struct.Struct("=IQQ")
_MOST_TICKETS = 4_000
"""All tickets have to fit into a pipe, which holds 64 KiB on every system in question."""
_JOBS_A_TICKET = 4
_ENDS_WITH_PARENT = 1  # PR_SET_PDEATHSIG in linux/prctl.h; https://man7.org/linux/man-pages/man2/prctl.2.html


class CopyLost(Exception):
    """The copy ended from outside, as where a system is short of memory."""


def processes_at_hand() -> int:
    """How many processes may work at once: two where there are two cores and a process can be copied, else one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 2 if cores > 1 and hasattr(os, "fork") else 1


class Ahead(Generic[Result]):
    """The results of `work(0)` to `work(jobs - 1)`, each to be asked for once.

    With `processes` 1, or where threads run that a copy would not have, everything is worked out here when it is asked
    for. Else this process begins with the jobs before `part`, the copy with those from there on, and whoever has done
    its share goes on with the other's, so that neither waits while there is work. The copy is made as soon as `once`
    holds: until then results are to be asked for in order. Use it in a `with` block; the copy ends with it.
    """

    def __init__(
        self, work: Callable[[int], Result], jobs: int, *, processes: int, jobs_a_ticket: int = _JOBS_A_TICKET,
        part: int = 0, once: Callable[[], bool] = lambda: True,
    ) -> None:
        self._work = work
        self._size = max(jobs_a_ticket, -(-jobs // _MOST_TICKETS))
        self._jobs = jobs
        self._part = part // self._size
        self._copy = 0
        self._mine: set[int] = set()
        """Bundles that nobody else is going to do: what of them is not at hand is worked out when it is asked for."""
        self._there: dict[int, tuple[int, int]] = {}
        """Bundle -> where the copy has put it in the spool: offset and length."""
        self._at_hand: dict[int, Result] = {}
        self._once = once
        self._waits = processes > 1 and hasattr(os, "fork")
        self._begin_perhaps(0)

    def __enter__(self) -> Ahead[Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def result(self, job: int) -> Result:
        """The result of one job. Raises what the work raises, and CopyLost where the copy is gone before its time."""
        bundle = job // self._size
        self._begin_perhaps(job)
        if self._copy and bundle not in self._mine:
            self._wait_for(bundle)
        return self._at_hand.pop(job) if job in self._at_hand else self._work(job)

    def close(self) -> None:
        """End the copy, whatever it is doing."""
        if self._copy:
            with suppress(ProcessLookupError):
                os.kill(self._copy, signal.SIGKILL)
            self._end()

    def _end(self) -> int:
        """Wait for the end of the copy and let go of what was shared with it; how it ended."""
        status = 0
        with suppress(ChildProcessError):
            status = os.waitpid(self._copy, 0)[1]
        self._copy = 0
        for end in (*self._bags, self._notes):
            os.close(end)
        self._spool.close()
        self._open_gaps()
        return status

    # Here

    def _begin_perhaps(self, job: int) -> None:
        """Make the copy before this job, if that is worth it and the time has come."""
        if self._waits and self._once():
            self._waits = False
            if self._jobs - job > 2 * self._size and threading.active_count() == 1:
                self._begin(-(-job // self._size))

    def _begin(self, first: int) -> None:
        """Make the copy; what lies before the bundle `first` has been worked out or is under way here."""
        self._mine.update(range(first))
        part, end = max(first, self._part), -(-self._jobs // self._size)
        self._bags = _bag_of(range(first, part)), _bag_of(range(part, end))
        self._notes, told = os.pipe()
        self._spool: BinaryIO = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed with the copy
        give_back()
        self._open_gaps = close_gaps()
        gc.freeze()  # what is there now is not looked through again, so the two go on sharing it
        self._copy = _copy_that(partial(self._live_as_copy, told))
        os.close(told)

    def _wait_for(self, bundle: int) -> None:
        """Return when the results of a bundle are at hand, or it is ours to do."""
        drawn = False
        while bundle not in self._mine:
            if bundle in self._there:
                self._take_up(bundle)
                return
            if not drawn and not select.select([self._notes], [], [], 0)[0]:
                drawn = True
                own = _draw(*self._bags)
                if own is not None:
                    self._mine.add(own)
                    if own != bundle:  # the one that is asked for comes later, or the copy is busy with it
                        self._at_hand.update(self._results_of(own))
                continue
            note = os.read(self._notes, _NOTE.size)
            if len(note) < _NOTE.size:
                raise CopyLost(f"a process that worked ahead was ended from outside ({_in_words(self._end())})")
            done, offset, length = _NOTE.unpack(note)
            self._there[done] = offset, length
            drawn = False

    def _take_up(self, bundle: int) -> None:
        offset, length = self._there.pop(bundle)
        results = pickle.loads(os.pread(self._spool.fileno(), length, offset))  # noqa: S301 - our own copy wrote it
        self._at_hand.update(results)
        self._mine.add(bundle)

    def _jobs_of(self, bundle: int) -> range:
        return range(bundle * self._size, min((bundle + 1) * self._size, self._jobs))

    def _live_as_copy(self, told: int) -> None:
        """Draw tickets until there are none. Never returns: a copy has no business with what comes after."""
        code = 1
        try:
            offset, (others, own) = 0, self._bags
            while (bundle := _draw(own, others)) is not None:
                content = pickle.dumps(self._results_of(bundle), pickle.HIGHEST_PROTOCOL)
                written = 0
                while written < len(content):
                    written += os.write(self._spool.fileno(), memoryview(content)[written:])
                os.write(told, _NOTE.pack(bundle, offset, len(content)))
                offset += len(content)
            code = 0
        finally:
            os._exit(code)

    def _results_of(self, bundle: int) -> dict[int, Result]:
        """The results that there are; a job that fails has none, and is done again by whoever asks for it."""
        found = {}
        for job in self._jobs_of(bundle):
            with suppress(Exception):
                found[job] = self._work(job)
        return found


def _bag_of(bundles: Iterable[int]) -> int:
    """The end of a pipe from which two processes draw tickets, each of them once; an empty one reads as its end."""
    bag, fill = os.pipe()
    os.write(fill, b"".join(map(_TICKET.pack, bundles)))
    os.close(fill)
    return bag


def _draw(*bags: int) -> int | None:
    """A ticket from the first bag that has one."""
    for bag in bags:
        if ticket := os.read(bag, _TICKET.size):
            return int(_TICKET.unpack(ticket)[0])
    return None


class Meanwhile(Generic[Result]):
    """The result of one piece of work that a copy of this process does meanwhile, to be asked for once.

    With `processes` 1, or where threads run that a copy would not have, it is done here when it is asked for, and where
    the copy fails or is lost it is done here again. The copy ends with its work, whoever asks when. Use it in a `with`
    block, or close it.
    """

    def __init__(self, work: Callable[[], Result], *, processes: int) -> None:
        self._work = work
        self._copy = 0
        self._status: int | None = None
        if processes > 1 and hasattr(os, "fork") and threading.active_count() == 1:
            with suppress(OSError):  # where nothing can be put down, the work is done here
                self._spool: BinaryIO = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed with the copy
                self._copy = _copy_that(self._live_as_copy)

    @property
    def begun(self) -> bool:
        """Whether a copy does the work, with all that was there when it began."""
        return bool(self._copy)

    @property
    def over(self) -> bool:
        """Whether no copy is at work, any more or at all."""
        if self._copy and self._status is None:
            with suppress(ChildProcessError):
                copy, status = os.waitpid(self._copy, os.WNOHANG)
                self._status = status if copy else None
        return not self._copy or self._status is not None

    def __enter__(self) -> Meanwhile[Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the copy, whatever it is doing."""
        if self._copy:
            if not self.over:
                with suppress(ProcessLookupError):
                    os.kill(self._copy, signal.SIGKILL)
            self._end()
            self._spool.close()

    def result(self) -> Result:
        """The result. Raises what the work raises."""
        if self._copy:
            ended = self._end()
            with self._spool:
                self._spool.seek(0)
                if ended == 0:
                    content = self._spool.read()
                    return pickle.loads(content)  # type: ignore[no-any-return]  # noqa: S301 - our own copy wrote it
        return self._work()

    def _end(self) -> int:
        """Wait for the end of the copy; how it ended."""
        copy, self._copy = self._copy, 0
        if self._status is not None:
            return self._status
        try:
            return os.waitpid(copy, 0)[1]
        except ChildProcessError:
            return -1

    def _live_as_copy(self) -> None:
        """Do the work and put its result down. Never returns: a copy has no business with what comes after."""
        code = 1
        try:
            gc.disable()
            with open(self._spool.fileno(), "wb") as spool:
                pickle.dump(self._work(), spool, pickle.HIGHEST_PROTOCOL)
            code = 0
        finally:
            os._exit(code)


class Message(Generic[Result]):
    """A value that this process tells once, and for which a copy of it waits that was made before. Close it in the end.

    Raises OSError where there is no room for it.
    """

    def __init__(self) -> None:
        self._spool: BinaryIO = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed by `close`
        self._told, self._tell = os.pipe()

    def tell(self, value: Result) -> None:
        """Tell it. Nobody waits for the copy, which may be busy."""
        self._spool.write(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        os.write(self._tell, b"!")

    def wait(self) -> Result:
        """The value, in the copy. Raises CopyLost where whoever was to tell it is gone."""
        os.close(self._tell)  # so that the pipe ends with the process that tells
        if not os.read(self._told, 1):
            raise CopyLost("it was never told")
        self._spool.seek(0)
        return pickle.loads(self._spool.read())  # type: ignore[no-any-return]  # noqa: S301 - our own process wrote it

    def close(self) -> None:
        """Let go of it. A copy that waits still is told nothing."""
        for end in (self._told, self._tell):
            os.close(end)
        self._spool.close()


def _copy_that(lives: Callable[[], None]) -> int:
    """Begin a copy of this process that lives for one thing and never returns from it; its number."""
    here = os.getpid()
    copy = os.fork()
    if not copy:
        _live_no_longer_than(here)
        lives()
    return copy


def _live_no_longer_than(parent: int) -> None:
    """Where the system can do so (Linux), this copy ends with the process that it is a copy of, even if that is killed:
    it would go on writing, and hold whatever is locked, for nobody.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).prctl(_ENDS_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # it has ended already
            os._exit(1)


def _in_words(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return f"signal {-code}" if code < 0 else f"code {code}"
