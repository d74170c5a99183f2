"""Bytes that are wanted again later: they wait in a file without a name, so that no memory has to hold them.

What is there is never changed, and is gone with the spool. A spool serves one process.
"""

from __future__ import annotations

import io
import tempfile
import weakref
from functools import cached_property
from typing import NamedTuple

__all__ = ["Span", "Spool"]


class Span(NamedTuple):
    """Where some bytes lie."""

    start: int
    length: int


class Spool:
    """Bytes, put down one after another."""

    def __init__(self) -> None:
        self._end = 0

    @cached_property
    def _file(self) -> io.FileIO:
        """The file, made when it is needed: a copy of the process has one of its own."""
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - closed with the spool
        weakref.finalize(self, file.close)
        return file

    def put(self, content: bytes) -> Span:
        """Put bytes down; where they lie."""
        span = Span(self._end, len(content))
        self._file.seek(span.start)
        rest = memoryview(content)
        while rest:  # a system may take a part only
            rest = rest[self._file.write(rest):]
        self._end += span.length
        return span

    def get(self, span: Span) -> bytes:
        """The bytes that lie there."""
        self._file.seek(span.start)
        return self._file.read(span.length)
