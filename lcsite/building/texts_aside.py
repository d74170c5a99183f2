"""Has long texts wait in a file without a name: each page needs its own, and nobody needs them all."""

from __future__ import annotations

import os
import tempfile
import weakref

from lcsite.model.late_text import LateText, let_wait
from lcsite.model.portfolio import Portfolio

__all__ = ["put_texts_aside"]

_LONG = 500
"""Characters from which on it saves memory that a text lies elsewhere."""


def put_texts_aside(portfolio: Portfolio) -> None:
    """Have long texts wait until somebody asks for them, which two processes may do at once. Does nothing where the
    system has no such way to read; records say the same as before.
    """
    if hasattr(os, "pread"):
        shelf = _Shelf()
        for practice in portfolio.practices.values():
            let_wait(practice, "body", shelf.put, from_length=_LONG)
        for tool in portfolio.tools.values():
            let_wait(tool, "body", shelf.put, from_length=_LONG)
        for place in portfolio.places.values():
            let_wait(place, "profile", shelf.put, from_length=_LONG)
        shelf.close_writing()


class _Shelf:
    """Texts, one after another in a file that is gone with the last of them."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the last text is forgotten
        self._end = 0
        weakref.finalize(self, self._file.close)

    def put(self, text: str) -> LateText:
        content = text.encode("utf-8", "surrogatepass")
        self._file.write(content)
        start, self._end = self._end, self._end + len(content)
        return LateText(self._read, start, len(content))

    def close_writing(self) -> None:
        """From now on the texts can be read."""
        self._file.flush()

    def _read(self, start: int, length: int) -> str:
        return os.pread(self._file.fileno(), length, start).decode("utf-8", "surrogatepass")
