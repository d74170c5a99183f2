"""YAML of texts, lists and mappings, in the very bytes that the C emitter would write, several times faster.

Most values are words that need no quotation marks: they are written here, folded where the emitter folds them. Whatever
else there is, is left to the emitter, value by value.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

__all__ = ["WIDTH", "TextDumper", "yaml_text"]

WIDTH = 110

_WORDS = re.compile(r"-?[A-Za-z0-9\u00c0-\u1fff][\x20-\x7e\u00a0-\u2027\u202a-\ud7ff]*")
_NOT_WORDS = frozenset({"null", "Null", "NULL"})
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")


class TextDumper(yaml.CSafeDumper):
    """Writes every value as text: the reader types it by its field, so `2026` needs no quotation marks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


TextDumper.yaml_implicit_resolvers = {
    first: kept
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    if (kept := [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("null", "merge", "value")])
}


def yaml_text(fields: dict[str, Any]) -> str:
    """A mapping of texts, of lists and of mappings of the same, in block style; keys are in the order given."""
    lines: list[str] = []
    if not fields or not _mapping(fields, 0, "", lines):
        return _emitted(fields)
    return "\n".join(lines) + "\n"


def _emitted(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=TextDumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text


def _mapping(fields: dict[str, Any], indent: int, opening: str, lines: list[str]) -> bool:
    """Add the lines of a mapping, the first of them after `opening`; False for what is left to the emitter."""
    pad = " " * indent
    before = opening or pad
    for key, value in fields.items():
        if not _KEY.fullmatch(key) or key in _NOT_WORDS:
            return False
        if isinstance(value, str):
            lines.append(f"{before}{key}: {_scalar(value, indent, indent + len(key) + 2)}")
        elif not value:
            return False
        elif isinstance(value, dict):
            lines.append(f"{before}{key}:")
            if not _mapping(value, indent + 2, "", lines):
                return False
        else:
            lines.append(f"{before}{key}:")
            if not _list(value, indent, lines):
                return False
        before = pad
    return True


def _list(entries: list[Any], indent: int, lines: list[str]) -> bool:
    opening = " " * indent + "- "
    for entry in entries:
        if isinstance(entry, str):
            lines.append(opening + _scalar(entry, indent, indent + 2))
        elif not entry or not isinstance(entry, dict) or not _mapping(entry, indent + 2, opening, lines):
            return False
    return True


def _scalar(text: str, indent: int, column: int) -> str:
    """A text that begins in `column` and goes on, where it is folded, one step further in than `indent`."""
    if (
        not _WORDS.fullmatch(text) or ": " in text or " #" in text or "  " in text or text[-1] in " :"
        or text in _NOT_WORDS
    ):
        return _by_emitter(text, indent, column)
    if column + len(text) <= WIDTH:
        return text
    found, pad = [], " " * (indent + 2)
    line, *words = text.split(" ")
    for word in words:
        if column + len(line) > WIDTH:
            found.append(line)
            line, column = word, indent + 2
        else:
            line = f"{line} {word}"
    return f"\n{pad}".join([*found, line])


def _by_emitter(text: str, indent: int, column: int) -> str:
    """The same from the emitter, which is brought to the same place: by a key of the same length, or by a hyphen."""
    in_list, above = column == indent + 2, indent // 2
    value: Any = {"k": [text]} if in_list else {"k" * (column - indent - 2): text}
    for _ in range(above):
        value = {"k": value}
    *_, after = _emitted(value).split("\n", above + in_list)
    return after[column:].removesuffix("\n")
