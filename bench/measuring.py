"""Runs one command and says what it took: time, processor time and memory of all its processes together. Linux only."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Failed", "Output", "Taken", "measure", "written"]

_EVERY = 0.25
"""Seconds between two looks at the memory. To look takes milliseconds, in which nobody else has that core."""


@dataclass(frozen=True, slots=True)
class Taken:
    """`wall` and `cpu` in seconds (user and system, all processes); `memory` in bytes at the peak of all processes."""

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True)
class Output:
    """HTML pages and other files that were written, each with their bytes together."""

    pages: int
    page_bytes: int
    others: int
    other_bytes: int


class Failed(Exception):
    """The command did not do what it was asked to; the text is the end of what it said."""


def measure(command: list[str], *, folder: Path, log: Path, environment: dict[str, str] | None = None) -> Taken:
    """Run a command to its end. Raises Failed where it ends with anything but 0."""
    peak, over = [0], threading.Event()
    with log.open("wb") as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            env={**os.environ, **(environment or {})},
        )

        def watch() -> None:
            while not over.wait(_EVERY):
                peak[0] = max(peak[0], _memory(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        over.set()
        watcher.join()
    if process.returncode:
        raise Failed(f"{command[0]} ended with {process.returncode}: {log.read_text('utf-8', 'replace')[-800:]}")
    return Taken(wall, used.ru_utime + used.ru_stime, peak[0])


def _memory(process: int) -> int:
    """What a process and its children hold, in bytes; what they share counts once (PSS)."""
    held, waiting = 0, [process]
    while waiting:
        number = waiting.pop()
        try:
            summary = Path(f"/proc/{number}/smaps_rollup").read_text("ascii")
            held += 1024 * next(int(line.split()[1]) for line in summary.splitlines() if line.startswith("Pss:"))
            for task in os.listdir(f"/proc/{number}/task"):
                children = Path(f"/proc/{number}/task/{task}/children").read_text("ascii")
                waiting += map(int, children.split())
        except (OSError, StopIteration):
            continue  # it has just ended
    return held


def written(folder: Path) -> Output:
    """What stands below a folder."""
    sizes: dict[bool, list[int]] = {True: [], False: []}
    for path in folder.rglob("*"):
        if path.is_file():
            sizes[path.suffix == ".html"].append(path.stat().st_size)
    return Output(len(sizes[True]), sum(sizes[True]), len(sizes[False]), sum(sizes[False]))
