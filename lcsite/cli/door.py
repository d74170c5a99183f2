"""What the command prints passes here, so that nothing from files, names or the environment can steer who reads it.

A terminal gets no control characters, a build server no commands, a narrow encoding no error. Signs that must not pass
are written by their numbers, the way JSON does it, so that JSON stays what it was. Only `print_commands` goes past.
"""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

__all__ = ["guarded_output", "print_commands", "print_progress", "without_steering"]

_STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Cursor and line control, what reorders a line, and halves of characters that came from names that are no text."""

_COMMAND = re.compile(r"^(\s*):(?=:|\Z)|#(?=#\w*\[)", re.MULTILINE)
"""`::error::` at the start of a line, `##[error]` anywhere: what build servers take for commands."""


def without_steering(text: str, *, line_begun: bool = False) -> str:
    """The text, with every sign that could steer a terminal or a build server written by its number.

    `line_begun` says that something stands already on the line that the text goes on with.
    """
    text = _STEERING.sub(lambda sign: _number(sign[0]), text)
    mark = "-" if line_begun else ""
    text = _COMMAND.sub(lambda found: (found[1] or "") + _number(found[0][-1]), mark + text)
    return text[len(mark):]


def _number(text: str) -> str:
    raw = text.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{raw[n]:02x}{raw[n + 1]:02x}" for n in range(0, len(raw), 2))


def _numbers_for_what_does_not_fit(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return _number(error.object[error.start : error.end]), error.end


codecs.register_error("lcsite.numbers", _numbers_for_what_does_not_fit)


class _Door:
    """A text stream with the filter before it. Has no `buffer`, so that nobody goes around it."""

    def __init__(self, stream: TextIO) -> None:
        self.behind = stream
        self._line_begun = False

    def write(self, text: str) -> int:
        passed = without_steering(text, line_begun=self._line_begun)  # bytes are no text: a TypeError, as it should be
        if text:
            self._line_begun = bool(text.rpartition("\n")[2].strip())
        encoding = self.behind.encoding or "utf-8"
        self.behind.write(passed.encode(encoding, "lcsite.numbers").decode(encoding))
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.behind, name)


@contextmanager
def guarded_output() -> Iterator[None]:
    """Both streams with the filter before them while the block runs."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = map(_guarded, before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _guarded(stream: TextIO | None) -> TextIO:
    """A stream that was closed before the program began is None, and nothing is printed to it."""
    return cast("TextIO", None if stream is None else _Door(stream))


def print_commands(text: str) -> None:
    """Print text that is meant to hold commands for a build server; it comes from `problems.as_github`."""
    stream = _behind(sys.stdout)
    if stream is not None:
        stream.write(text)


def print_progress(text: str) -> None:
    """Print words of ours on the same line of a terminal as before."""
    stream = _behind(sys.stderr)
    if stream is not None:
        stream.write(f"\r\x1b[2K{text}")
        stream.flush()


def _behind(stream: object) -> TextIO | None:
    return cast("TextIO | None", stream.behind if isinstance(stream, _Door) else stream)
