"""Bytes that are wanted again later: they wait in a file without a name, so that no memory has to hold them.

What is there is never changed, and is gone with the spool. A spool serves one process.
"""

from __future__ import annotations

import tempfile
import weakref
from typing import NamedTuple

__all__ = ["Span", "Spool"]

_IN_MEMORY = 1 << 20
"""So many bytes need no file: a small site has no more."""


class Span(NamedTuple):
    """Where some bytes lie."""

    start: int
    length: int


class Spool:
    """Bytes, put down one after another."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the spool
        self._end = 0
        weakref.finalize(self, self._file.close)

    def put(self, content: bytes) -> Span:
        """Put bytes down; where they lie."""
        span = Span(self._end, len(content))
        self._file.seek(span.start)
        self._file.write(content)
        self._end += span.length
        return span

    def get(self, span: Span) -> bytes:
        """The bytes that lie there."""
        self._file.seek(span.start)
        return self._file.read(span.length)
