"""Reads the plainest YAML straight, in a third of the time of the parser: fields and lists by their indentation, words
on one line or folded over several, brackets that open and close on one line.

It knows a small part of the language and gives up at whatever else it meets, and at everything that is wrong: then the
parser reads the whole text, and it alone says what and where. Tests hold the two to each other.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["read_plainly"]

_DEEPEST = 10
_NOTHING = "null"
"""Among the words that are known here the only one for a value that is empty."""
_KEY = r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,80}+"
_LINE = re.compile(rf"^( *)(- )?(?:({_KEY}):(?: |$))?(.*)", re.MULTILINE)
"""Blanks, the sign of an entry, the name of a field, and the rest of a line."""
_SIGNS = frozenset(" -?:,[]{}#&*!|>'\"%@`~")
"""What begins with one of these is, or may be, more than words."""
_MAY_HOLD_COLONS = frozenset("[{'\"#")
_NUMBER = re.compile(r"-[0-9.]+")
_QUOTED = re.compile(r"\"[^\"\\]*+\"|'[^']*+'")
_WORD = r"-?[A-Za-z0-9][^:#,?\[\]{}]*+(?<! )"
"""Words between brackets."""
_WORDS = re.compile(rf"\[{_WORD}(?:, {_WORD})*\]")
_VALUE = rf"(?:{_WORD}|{_QUOTED.pattern})"
_FIELDS = re.compile(rf"\{{{_KEY}: {_VALUE}(?:, {_KEY}: {_VALUE})*\}}")
_FIELD = re.compile(rf"({_KEY}): ({_VALUE})")


def read_plainly(text: str) -> dict[str, Any] | None:
    """The fields of a text as the parser finds them, with None for what is empty; None where it has to be asked."""
    if " #" in text or " \n" in text or text[-1:] == " " or not text.replace("\n", "").isprintable():
        return None
    root: dict[str, Any] = {}
    here: Any = root
    at = 0
    """Twice the column of `here`, and one more for a list: that may stand as far left as the field that holds it."""
    around: list[tuple[int, Any]] = []
    last: Any = None
    waits = folds = False
    """Whether the value of the `last` field is to follow below it, and whether its words can go on there."""
    for blanks, dash, key, value in _LINE.findall(text):
        if ":" in value and value[0] not in _MAY_HOLD_COLONS and (": " in value or value[-1] == ":"):
            return None
        if not (key or dash):
            if not value or (value[0] == "#" and not blanks):
                folds = False
            elif folds and 2 * len(blanks) > at and value[0] not in _SIGNS:
                here[last] += f" {value}"
            else:
                return None
            continue
        begins = 2 * len(blanks) + (1 if dash else 0)
        if begins > at:
            if not waits or len(around) == _DEEPEST:
                return None
            around.append((at, here))
            inner: Any = [] if dash else {}
            here[last] = inner
            at, here = begins, inner
        while begins < at:
            at, here = around.pop()
        if begins != at:
            return None
        if dash:
            last = len(here)
            here.append(None)
            if key:
                around.append((at, here))
                here[last] = inner = {}
                at, here = begins + 3, inner
        if key:
            if key in here or key == _NOTHING:
                return None
            last = key
            here[key] = None
        waits = folds = False
        if not value:
            if not key:
                return None
            waits = True
        elif value[0] not in _SIGNS:
            folds = value != _NOTHING
            if folds:
                here[last] = value
        elif (found := _closed(value)) is None:
            return None
        else:
            here[last] = found
    return root or None


def _closed(value: str) -> str | list[str] | dict[str, str | None] | None:
    """A value in brackets or quotation marks, or a negative number; None where it is none of these, or not plain."""
    if value[0] == "[":
        entries = value[1:-1].split(", ") if _WORDS.fullmatch(value) else [_NOTHING]
        return None if _NOTHING in entries else entries
    if value[0] == "{":
        pairs = _FIELD.findall(value) if _FIELDS.fullmatch(value) else []
        fields = {name: _unquoted(words) for name, words in pairs if name != _NOTHING}
        return fields if len(fields) == len(pairs) > 0 else None
    if _QUOTED.fullmatch(value):
        return value[1:-1]
    return value if _NUMBER.fullmatch(value) else None


def _unquoted(value: str) -> str | None:
    if value[0] in "\"'":
        return value[1:-1]
    return None if value == _NOTHING else value
