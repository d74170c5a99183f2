"""YAML of values, lists and mappings, in the very bytes that the C emitter would write, several times faster.

Most values are words that need no quotation marks: they are written here, folded where the emitter folds them. Whatever
else there is, is left to the emitter, value by value.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

__all__ = ["WIDTH", "TextDumper", "as_texts", "yaml_text"]

WIDTH = 110

_WORDS = re.compile(r"-?[A-Za-z0-9\u00c0-\u1fff][\x20-\x7e\u00a0-\u2027\u202a-\ud7ff]*")
_NOT_WORDS = frozenset({"null", "Null", "NULL"})
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}")
_SHORT = 25
_MOST_REMEMBERED = 1_000
_KNOWN_KEYS: set[str] = set()
_KNOWN_WORDS: set[str] = set()
"""Keys and short words that were found to need no quotation marks: the same few come again and again."""


class TextDumper(yaml.CSafeDumper):
    """Writes every value as text: the reader types it by its field, so `2026` needs no quotation marks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


TextDumper.yaml_implicit_resolvers = {
    first: kept
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    if (kept := [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("null", "merge", "value")])
}


def as_texts(value: Any) -> Any:
    """Every value as the text that would be written."""
    if isinstance(value, dict):
        return {key: as_texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_texts(inner) for inner in value]
    return value if isinstance(value, str) else _text(value)


def _text(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def yaml_text(fields: dict[str, Any]) -> str:
    """A mapping of values, of lists and of mappings of the same, in block style; keys are in the order given."""
    lines: list[str] = []
    if not fields or not _mapping(fields, 0, "", lines):
        return _emitted(as_texts(fields))
    return "\n".join(lines) + "\n"


def _emitted(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=TextDumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text


def _mapping(fields: dict[str, Any], indent: int, opening: str, lines: list[str]) -> bool:
    """Add the lines of a mapping, the first of them after `opening`; False for what is left to the emitter."""
    pad = " " * indent
    before = opening or pad
    for key, value in fields.items():
        if key not in _KNOWN_KEYS and not _is_plain_key(key):
            return False
        column = indent + len(key) + 2
        if isinstance(value, dict):
            lines.append(f"{before}{key}:")
            if not value or not _mapping(value, indent + 2, "", lines):
                return False
        elif isinstance(value, list):
            lines.append(f"{before}{key}:")
            if not value or not _list(value, indent, lines):
                return False
        elif value in _KNOWN_WORDS and column + _SHORT <= WIDTH:
            lines.append(f"{before}{key}: {value}")
        else:
            lines.append(f"{before}{key}: {_scalar(value, indent, column)}")
        before = pad
    return True


def _is_plain_key(key: str) -> bool:
    plain = _KEY.fullmatch(key) is not None and key not in _NOT_WORDS
    if plain:
        _remember(_KNOWN_KEYS, key)
    return plain


def _remember(known: set[str], text: str) -> None:
    if len(known) >= _MOST_REMEMBERED:
        known.clear()
    known.add(text)


def _list(entries: list[Any], indent: int, lines: list[str]) -> bool:
    opening = " " * indent + "- "
    for entry in entries:
        if not isinstance(entry, dict | list):
            lines.append(opening + _scalar(entry, indent, indent + 2))
        elif not entry or isinstance(entry, list) or not _mapping(entry, indent + 2, opening, lines):
            return False
    return True


def _scalar(value: Any, indent: int, column: int) -> str:
    """A value that begins in `column` and goes on, where it is folded, one step further in than `indent`."""
    text = value if isinstance(value, str) else _text(value)
    if (
        not _WORDS.fullmatch(text) or ": " in text or " #" in text or "  " in text or text[-1] in " :"
        or text in _NOT_WORDS
    ):
        return _by_emitter(text, indent, column)
    if len(text) < _SHORT:
        _remember(_KNOWN_WORDS, text)
    if column + len(text) <= WIDTH:
        return text
    found, pad, start = [], " " * (indent + 2), 0
    while (end := text.find(" ", start + max(WIDTH + 1 - column, 1))) >= 0:  # a line ends after the word that fills it
        found.append(text[start:end])
        start, column = end + 1, indent + 2
    return f"\n{pad}".join([*found, text[start:]])


def _by_emitter(text: str, indent: int, column: int) -> str:
    """The same from the emitter, which is brought to the same place: by a key of the same length, or by a hyphen."""
    in_list, above = column == indent + 2, indent // 2
    value: Any = {"k": [text]} if in_list else {"k" * (column - indent - 2): text}
    for _ in range(above):
        value = {"k": value}
    *_, after = _emitted(value).split("\n", above + in_list)
    return after[column:].removesuffix("\n")
