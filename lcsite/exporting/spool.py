"""Bytes that are wanted again later: they wait in files without a name, so that no memory has to hold them.

What is there is never changed, and is gone with the spool. A copy of the process puts down its own in a second file, so
that neither writes over what the other one does; both can read both. More than one copy at a time may only read.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Span", "Spool"]


class Span(NamedTuple):
    """Where some bytes lie: in which of the open files, from where on, and how many."""

    file: int
    start: int
    length: int

    @property
    def content(self) -> bytes:
        """The bytes that lie there, as long as there is a spool for them."""
        # Neither process may move where the other one stands in a file, so nothing is read in the usual way.
        return os.pread(self.file, self.length, self.start)


class Spool:
    """Bytes, put down one after another."""

    def __init__(self) -> None:
        self._of = os.getpid()
        self._own, self._of_copy = _new_file(self), _new_file(self)

    def put(self, *contents: bytes) -> Sequence[Span]:
        """Put bytes down in one act; where each of them lie."""
        file = self._own if self._of == os.getpid() else self._of_copy
        start = os.lseek(file, 0, os.SEEK_END)
        rest = memoryview(b"".join(contents))
        while rest:  # a system may take a part only
            rest = rest[os.write(file, rest):]
        spans = []
        for content in contents:
            spans.append(Span(file, start, len(content)))
            start += len(content)
        return spans


def _new_file(spool: Spool) -> int:
    with tempfile.TemporaryFile(buffering=0) as file:
        here = os.dup(file.fileno())
    weakref.finalize(spool, os.close, here)
    return here
