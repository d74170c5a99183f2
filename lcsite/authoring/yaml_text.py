"""Writes values as YAML that our own strict reader reads back as the same text, and notes as comments around them.

Nothing here knows what a value means.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable

__all__ = ["comment", "entries", "field", "note", "offer", "scalar"]

_PLAIN = re.compile(r"[^\W_](?:[\w ./()'’&%+,;@!?-]*[\w./()'’%;!?-])?")
_EMPTY = frozenset({"null"})
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_WIDTH = 100


def scalar(text: str) -> str:
    """A value on one line: as it stands where no sign in it could be misread, in quotation marks otherwise."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _PLAIN.fullmatch(text) and text not in _EMPTY:
        return text
    return f'"{text.translate(_ESCAPES)}"'


def field(key: str, value: str, *, indent: int = 0) -> str:
    """A line such as `title: Learning vouchers`."""
    return f"{' ' * indent}{scalar(key)}: {scalar(value)}\n"


def entries(key: str, values: Iterable[str], *, indent: int = 0) -> str:
    """A list, one entry a line."""
    lines = "".join(f"{' ' * indent}  - {scalar(value)}\n" for value in values)
    return f"{' ' * indent}{key}:\n{lines}"


def comment(text: str, *, indent: int = 0, first: str = "", rest: str = "") -> str:
    """A paragraph as comment lines of at most 100 signs; `first` and `rest` stand in front of its lines."""
    words = unicodedata.normalize("NFC", " ".join(text.split()))
    lines = textwrap.wrap(
        words, _WIDTH - indent - 2, initial_indent=first, subsequent_indent=rest, break_long_words=False,
        break_on_hyphens=False,
    )
    return "".join(f"{' ' * indent}# {line}\n" for line in lines)


def note(text: str) -> str:
    """A block of comment lines as they are."""
    return "".join(f"# {line}".rstrip() + "\n" for line in text.strip("\n").split("\n"))


def offer(words: str, lines: str, *, indent: int = 0) -> str:
    """Fields that can be filled in: what they are for, then the lines, each of which only has to lose its `#`."""
    offered = "".join(f"{' ' * indent}#{line}\n" for line in lines.strip("\n").split("\n"))
    return (comment(words, indent=indent) if words else "") + offered
