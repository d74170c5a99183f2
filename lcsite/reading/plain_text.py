"""From bytes to text: UTF-8 without a mark in front, normalised (NFC), with nothing in it that cannot be seen.

Joiners, right-to-left marks, emoji and every script pass; control characters and marks that reorder words do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lcsite.problems import Location, Problem

__all__ = ["KIB", "decode", "forbidden_characters", "location_at"]

KIB = 1024

_MOST_REPORTS = 5
_LETTERS = bytes(range(0x20, 0x7F)) + b"\t\n"
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, apart from tab and line feed
    "\u2028\u2029\u202a-\u202e\u2066-\u206f"  # odd line ends; embeddings, overrides and isolates of direction
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef"  # byte order mark, annotations, code points that are no characters
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "\U000e0000-\U000e007f]"  # invisible letters
)
_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,8}\U000e007f")
"""The flags of England, Scotland and Wales are spelt with invisible letters: the one use that can be seen."""

_NAMES = {
    0xFEFF: "an invisible byte order mark",
    0x2028: "an invisible line separator",
    0x2029: "an invisible paragraph separator",
}


def location_at(text: str, offset: int, file: str, *, first_line: int = 1) -> Location:
    """Where a character of `text` stands, when the text begins at `first_line` of the file."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Location(file, first_line + text.count("\n", 0, offset), offset - line_start + 1)


def forbidden_characters(text: str) -> Iterator[tuple[int, str]]:
    """Offset and name of each character that may not stand in authored text."""
    if text.isascii() and not text.encode("ascii").translate(None, _LETTERS):
        return
    if "\U0001f3f4" in text:
        text = _FLAG.sub(lambda flag: " " * len(flag.group()), text)
    for found in _FORBIDDEN.finditer(text):
        offset = found.start()
        code = ord(found.group())
        yield offset, _NAMES.get(code) or _kind_of(code)


def _kind_of(code: int) -> str:
    if 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        return f"an invisible mark that reorders the words around it (U+{code:04X})"
    if code < 0xA0:
        return f"a control character (U+{code:04X})"
    return f"a character that cannot be seen (U+{code:04X})"


def decode(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text of a file with line feeds as line ends, or None and the reasons."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        where = location_at(before, len(before), file)
        hint = "save the file with the encoding UTF-8"
        return None, [Problem("not-utf8", where, "this file is not UTF-8 text from here on", hint)]
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    problems = []
    if text.startswith("\ufeff"):
        hint = 'save the file as "UTF-8", not as "UTF-8 with BOM"'
        message = "the file begins with an invisible byte order mark"
        problems.append(Problem("byte-order-mark", Location(file), message, hint))
        text = text[1:]
    for count, (offset, name) in enumerate(forbidden_characters(text)):
        if count == _MOST_REPORTS:
            break
        hint = "delete it, or type the words around it anew"
        where = location_at(text, offset, file)
        problems.append(Problem("forbidden-character", where, f"{name} stands here", hint))
    if not unicodedata.is_normalized("NFC", text):
        problems.append(_not_normalised(text, file))
    return (None if problems else text), problems


def _not_normalised(text: str, file: str) -> Problem:
    number, line = next(
        (number, line) for number, line in enumerate(text.split("\n"), 1) if not unicodedata.is_normalized("NFC", line)
    )
    whole = unicodedata.normalize("NFC", line)
    column = next((i for i, (a, b) in enumerate(zip(line, whole, strict=False), 1) if a != b), len(whole))
    return Problem(
        "not-normalised", Location(file, number, column),
        "a letter here is stored in pieces (the letter and its accent apart)",
        "save the file in the Unicode form NFC, or type the letter anew",
    )
