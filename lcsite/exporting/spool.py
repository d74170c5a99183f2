"""Bytes that are wanted again later: they wait in files without a name, so that no memory has to hold them.

What is there is never changed, and is gone with the spool. A copy of the process can read what was there before it, and
puts down its own in a file of its own.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from typing import NamedTuple

__all__ = ["Span", "Spool"]


class Span(NamedTuple):
    """Where some bytes lie."""

    file: int
    start: int
    length: int


class Spool:
    """Bytes, put down one after another."""

    def __init__(self) -> None:
        self._files: list[int] = []
        self._end = 0
        self._process = 0

    def put(self, content: bytes) -> Span:
        """Put bytes down; where they lie."""
        if self._process != os.getpid():  # what a copy writes into the same file would lie over what this one writes
            self._begin_a_file()
        file = self._files[-1]
        span = Span(len(self._files) - 1, self._end, len(content))
        rest = memoryview(content)
        while rest:  # a system may take a part only
            rest = rest[os.write(file, rest):]
        self._end += span.length
        return span

    def get(self, span: Span) -> bytes:
        """The bytes that lie there."""
        # Both processes read in files that were there before the copy, so neither may move where the other one stands.
        return os.pread(self._files[span.file], span.length, span.start)

    def _begin_a_file(self) -> None:
        with tempfile.TemporaryFile(buffering=0) as file:
            here = os.dup(file.fileno())
        weakref.finalize(self, os.close, here)
        self._files.append(here)
        self._end = 0
        self._process = os.getpid()
