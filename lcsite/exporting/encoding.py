"""Rows as text: JSON on one line or laid out for reading, and the line of a table.

How a row is written follows from its fields, and is worked out once for a type and not for every value. Nothing here
knows what rows there are, and nothing is guessed from a value: what is no row, text, truth value, whole number or
Decimal is refused.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, Literal, NamedTuple, get_args, get_origin

from lcsite.exporting.shape import Field, decimal_text, fields_of

__all__ = ["json_line", "json_text", "laid_out", "members", "table_line"]

BETWEEN = " | "
"""What stands between the entries of a list in one cell."""

_WIDE = 110
_MOST_ON_A_LINE = 25
"""The shortest objects that there can be would fill a line by then."""
_TOO_LONG = "." * (_WIDE + 1)
"""Stands for the line of a list that fits on none."""
_SHORT = 50
_MOST_REMEMBERED = 5_000
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_STARTS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_TRUTH = {True: "true", False: "false"}

Write = Callable[[Any], str]
Member = tuple[str, str, Any]
"""A key as it is written, with its colon; its value on one line; the value itself."""


class _Remembered(dict[Any, str]):
    """How short values are written that come again and again. One that is there is found without a call of ours."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def __missing__(self, value: Any) -> str:
        text = self._write(value)
        if len(text) < _SHORT:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[value] = text
        return text


# Values on one line

def json_text(value: Any) -> str:
    """A row, or what a document is made of, as JSON on one line.

    Raises TypeError for what is not exact or has no form in a file, such as a float or None.
    """
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is dict:
        return "{" + ", ".join([f"{_key(key)}{json_text(entry)}" for key, entry in value.items()]) + "}"
    if kind is list or kind is tuple:
        return "[" + ", ".join(map(json_text, value)) + "]"
    if kind is bool:
        return _TRUTH[value]
    if kind is int:
        return str(value)
    if kind is Decimal:
        return _decimal(value)
    if is_dataclass(kind):
        return _json_of(kind)(value)
    if isinstance(value, Enum):
        return json_text(value.value)
    raise TypeError(f"{kind.__name__} has no place in a file: {value!r}")


def _decimal(value: Decimal) -> str:
    if not Decimal.is_finite(value):
        raise TypeError(f"{value!r} has no place in a file")
    return format(value, "f")


@lru_cache(maxsize=5_000)
def _both(ratio: tuple[int, int]) -> tuple[str, str]:
    """A fraction exact, and as a decimal; the same few come again and again."""
    value = Fraction(*ratio)
    return str(value), decimal_text(value)


@cache
def _key(key: str) -> str:
    return f"{encode_basestring(key)}: "


def json_line(row: type) -> Write:
    """What writes rows of a type as objects on one line."""
    return _json_of(row)


# How the values of a type are written

@cache
def _json_of(row: type) -> Write:
    """What writes rows of a type as objects; what is not stated (None, or nothing in a list) is left out."""
    keys, writers, values = _json_fields(row)

    def write(found: Any) -> str:
        return "{" + ", ".join([
            key + text for key, write, value in zip(keys, writers, values(found), strict=True)
            if value is not None and (text := write(value))
        ]) + "}"

    return write


@cache
def _json_fields(row: type) -> tuple[list[str], list[Write], Callable[[Any], tuple[Any, ...]]]:
    """The keys of a row, what writes their values, and what finds these in a row."""
    fields = fields_of(row)
    return [_key(each.name) for each in fields], [*map(_member, fields)], _values(each.name for each in fields)


def _values(names: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    first, *others = names
    if others:
        return attrgetter(first, *others)
    return lambda row: (getattr(row, first),)


def _member(field: Field) -> Write:
    """What writes the values of a field; nothing at all for a list or object without entries."""
    if field.is_fraction:
        return _twice(field.name)
    write = _json_writer(field.type)
    return (lambda value: write(value) if value else "") if get_origin(field.type) in (tuple, dict) else write


def _twice(name: str) -> Write:
    """A fraction exact, and under a second key as a decimal."""
    second = _key(f"{name}_decimal")

    def write(ratio: tuple[int, int]) -> str:
        exact, decimal = _both(ratio)
        return f'"{exact}", {second}{decimal}'

    written = _Remembered(write)
    return lambda value: written[value.as_integer_ratio()]


def _json_writer(hint: Any) -> Write:
    """What writes the values of a type."""
    if hint is str or get_origin(hint) is Literal:
        return encode_basestring
    if hint is Fraction:
        return lambda value: f'"{_both(value.as_integer_ratio())[0]}"'
    if hint is datetime.date:
        return _Remembered(lambda value: f'"{datetime.date.isoformat(value)}"').__getitem__
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {member: json_text(member.value) for member in hint}.__getitem__
    if get_origin(hint) is tuple:
        entry = _json_writer(get_args(hint)[0])
        return lambda value: "[" + ", ".join(map(entry, value)) + "]"
    if get_origin(hint) is dict:
        entry = _json_writer(get_args(hint)[1])
        return lambda value: "{" + ", ".join([f"{_key(key)}{entry(value[key])}" for key in sorted(value)]) + "}"
    if is_dataclass(hint):
        row: Any = hint
        return lambda value: _json_of(row)(value)  # asked for late: rows may hold rows of their own type
    return _NUMBERS[hint]


_NUMBERS: Mapping[Any, Write] = {bool: _TRUTH.__getitem__, int: int.__repr__, Decimal: _decimal}


# Laid out for reading

class _Row(NamedTuple):
    """An object whose members are known: it stands on one line, or with its members on a line each."""

    line: str
    inside: list[Member]

    @classmethod
    def of(cls, inside: list[Member]) -> _Row:
        return cls("{" + ", ".join([key + text for key, text, _ in inside]) + "}", inside)


def laid_out(parts: Iterable[Any]) -> str:
    """One object with the members of all `parts`, rows or mappings: what fits on a line stands on one."""
    row = _Row.of([member for part in parts for member in members(part)])
    return _fitted(row, row.line, "")


def _fitted(value: Any, text: str, indent: str) -> str:
    """A value whose `text` on one line is known, on as many as it needs."""
    if len(indent) + len(text) <= _WIDE:
        return text
    deeper = f"{indent} "
    if type(value) is _Row:
        lines = [f"{deeper}{key}{_fitted(inner, inner_text, deeper)}" for key, inner_text, inner in value.inside]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list | tuple):
        entries = map(_spread, value)
        return "[\n" + ",\n".join([deeper + _fitted(entry, line, deeper) for line, entry in entries]) + f"\n{indent}]"
    if isinstance(value, Mapping) or is_dataclass(value):
        return _fitted(_Row("", members(value)), text, indent)
    return text


def _spread(entry: Any) -> tuple[str, Any]:
    """An entry of a list: on one line, and with its members if it has any."""
    if type(entry) is _Row:
        return entry.line, entry
    if isinstance(entry, Mapping) or is_dataclass(entry):
        row = _Row.of(members(entry))
        return row.line, row
    return json_text(entry), entry


def members(part: Any) -> list[Member]:
    """The members of an object, a row or a mapping, in the order in which they are written.

    Rows within it are written here once, for the line that they may stand on and for the lines that they may need.
    """
    if isinstance(part, Mapping):
        return [(_key(key), json_text(value), value) for key, value in part.items()]
    found: list[Member] = []
    row: Any = type(part)
    kinds, (keys, writers, values) = _kinds(row), _json_fields(row)
    for kind, key, write, value in zip(kinds, keys, writers, values(part), strict=True):
        if value is None:
            continue
        if type(kind) is str:
            exact, decimal = _both(value.as_integer_ratio())
            found += [(key, f'"{exact}"', exact), (kind, decimal, decimal)]
        elif kind is not _Row:
            if text := write(value):
                found.append((key, text, dict(sorted(value.items())) if kind is dict else value))
        elif len(value) > _MOST_ON_A_LINE:  # not all at once: an index names thousands of files
            found.append((key, _TOO_LONG, value))
        elif value:
            rows = [_Row.of(members(entry)) for entry in value]
            found.append((key, "[" + ", ".join([row.line for row in rows]) + "]", rows))
    return found


@cache
def _kinds(row: type) -> list[Any]:
    """What is special about each field of a row: a fraction (its second key), an object (dict), a list of rows."""
    return [
        _key(f"{field.name}_decimal") if field.is_fraction else dict if get_origin(field.type) is dict
        else _Row if get_origin(field.type) is tuple and is_dataclass(get_args(field.type)[0]) else None
        for field in fields_of(row)
    ]


# Lines of a table

def table_line(row: type) -> Write:
    """What writes rows of a type as lines of a table, guarded so that no spreadsheet reads a cell as a formula."""
    return _line_of(row)


@cache
def _line_of(row: type) -> Write:
    fields = [field for field in fields_of(row) if field.in_table]
    empty = ["," if field.is_fraction else "" for field in fields]
    writers = [_cell_writer(field.type) for field in fields]
    values = _values(field.name for field in fields)

    def write(found: Any) -> str:
        return ",".join([
            nothing if value is None else write(value)
            for nothing, write, value in zip(empty, writers, values(found), strict=True)
        ])

    return write


def _cell_writer(hint: Any) -> Write:
    """What writes the values of a field as one cell, a fraction as two."""
    if hint is Fraction:
        return lambda value: _CELLS_OF_FRACTIONS[value.as_integer_ratio()]
    words = _words_writer(hint)
    if hint in _NUMBERS or hint is datetime.date:
        return words  # digits and hyphens need no quotes, and are no formula
    if get_origin(hint) in (tuple, dict):
        return lambda value: _CELLS[words(value)] if value else ""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {member: cell(member.value) for member in hint}.__getitem__
    return _CELLS.__getitem__ if hint is str or get_origin(hint) is Literal else lambda value: cell(words(value))


def _two_cells(ratio: tuple[int, int]) -> str:
    exact, decimal = _both(ratio)
    return f"{cell(exact)},{decimal}"


def _words_writer(hint: Any) -> Write:
    """What says the values of a type in words."""
    if hint is str or get_origin(hint) is Literal:
        return str
    if hint is Fraction:
        return lambda value: _both(value.as_integer_ratio())[0]
    if hint is datetime.date:
        return _Remembered(datetime.date.isoformat).__getitem__
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {member: str(member.value) for member in hint}.__getitem__
    if get_origin(hint) is tuple:
        entry = _words_writer(get_args(hint)[0])
        return lambda value: BETWEEN.join(map(entry, value))
    if get_origin(hint) is dict:
        return lambda value: BETWEEN.join([f"{key}: {value[key]}" for key in sorted(value)])
    if is_dataclass(hint):  # an object of its own knows how it reads as a line
        return getattr(hint, "in_words", str)
    return _NUMBERS[hint]


def cell(text: str) -> str:
    """Words as a cell of a table: no formula, and in quotes where they need them."""
    if text[:1] in _STARTS_A_FORMULA and not _PLAIN_NUMBER.fullmatch(text):
        text = f"'{text}"
    if "," in text or '"' in text or "\n" in text or "\r" in text or text.strip() != text:
        return '"' + text.replace('"', '""') + '"'
    return text


_CELLS = _Remembered(cell)
_CELLS_OF_FRACTIONS = _Remembered(_two_cells)
