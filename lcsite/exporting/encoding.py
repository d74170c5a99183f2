"""Rows as text: objects of JSON on a line each, and the lines of a table.

How a row is written follows from its fields, and is worked out once for a type and not for every value. Nothing here
knows what rows there are, and nothing is guessed from a value: what is no row, text, truth value, whole number or
Decimal is refused.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from json.encoder import encode_basestring
from operator import attrgetter, getitem
from typing import Any, Literal, Protocol, get_args, get_origin

from lcsite.exporting.shape import Field, decimal_text, entries_of

__all__ = ["Texts", "json_key", "json_lines", "json_member", "json_text", "table_lines", "values_at"]

BETWEEN = " | "
"""What stands between the entries of a list in one cell."""

_SHORT = 60
_MOST_REMEMBERED = 250
_MOST_PARTS = 500
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_STARTS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_CONTROL = bytes(range(10)) + bytes(range(11, 32))
"""Signs that JSON writes by their numbers or by letters, but for the end of a line."""
_TRUTH = {True: "true", False: "false"}

Write = Callable[[Any], str]


class Texts(Protocol):
    """How the values of a field are written, by value: so that most are found without a call of ours."""

    def __getitem__(self, value: Any, /) -> str: ...


class _Remembered(dict[Any, str]):
    """Short values come again and again. What is not stated is written as `nothing`."""

    def __init__(
        self, write: Write, nothing: str = "", *, most: int = _MOST_REMEMBERED, short: int = _SHORT
    ) -> None:
        self._write = write
        self._nothing = nothing
        self._most = most
        self._short = short
        self._forget()

    def _forget(self) -> None:
        self.clear()
        self[None] = self[()] = self._nothing

    def __missing__(self, value: Any) -> str:
        text = self._write(value)
        if len(text) < self._short:
            if len(self) >= self._most:
                self._forget()
            self[value] = text
        return text


class _Decimals(dict[Any, str]):
    """Decimals are written each time: 12.5 and 12.50 are equal, and keep their digits."""

    def __init__(self, write: Write, nothing: str = "") -> None:
        self._write = write
        self[None] = nothing

    def __missing__(self, value: Decimal) -> str:
        return self._write(value)


class _Fractions:
    """Fractions are found by their two numbers, because their own way of being found takes longer than writing them."""

    __slots__ = ("_known", "_nothing")

    def __init__(self, write: Callable[[tuple[int, int]], str], nothing: str = "") -> None:
        self._known = _Remembered(write, short=1_000)
        self._nothing = nothing

    def __getitem__(self, value: Fraction | None, /) -> str:
        return self._nothing if value is None else self._known[value.as_integer_ratio()]


class _Shared(dict[Any, str]):
    """Fields that many rows share are found by the object in which they lie."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def __missing__(self, part: Any) -> str:
        if len(self) >= _MOST_PARTS:
            self.clear()
        text = self[part] = self._write(part)
        return text


class _Objects:
    """Objects, and lists of them, are written each time; nothing at all where there is none."""

    __slots__ = ("_write",)

    def __init__(self, write: Write) -> None:
        self._write = write

    def __getitem__(self, value: Any, /) -> str:
        return self._write(value) if value else ""


def _texts(hint: Any, write: Write, nothing: str = "") -> Texts:
    """What finds or writes the texts of values of a type."""
    entry = get_args(hint)[0] if get_origin(hint) is tuple else hint
    if get_origin(hint) is dict or is_dataclass(entry):
        return _Objects(write)
    if hint is Fraction:
        return _Fractions(write, nothing)
    return _Decimals(write, nothing) if hint is Decimal else _Remembered(write, nothing)


def values_at(paths: Iterable[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What finds these values in a row."""
    first, *others = paths
    if others:
        return attrgetter(first, *others)
    only = attrgetter(first)
    return lambda row: (only(row),)


# JSON

def json_lines(row: type, rows: Sequence[Any]) -> str:
    """Rows of a type as objects on a line each. What is not stated (None, or nothing in a list) is left out."""
    texts, values = _members(row)
    return "{" + "},\n{".join(["".join(map(getitem, texts, values(each)))[2:] for each in rows]) + "}" if rows else ""


def json_text(value: Any) -> str:
    """A row, or what a document is made of, as JSON on one line.

    Raises TypeError for what is not exact or has no form in a file, such as a float or None.
    """
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is dict:
        return "{" + ", ".join([f"{json_key(key)}{json_text(entry)}" for key, entry in value.items()]) + "}"
    if kind is list or kind is tuple:
        return "[" + ", ".join(map(json_text, value)) + "]"
    if kind is bool:
        return _TRUTH[value]
    if kind is int:
        return str(value)
    if kind is Decimal:
        return _decimal(value)
    if is_dataclass(kind):
        return _object(kind)(value)
    if isinstance(value, Enum):
        return json_text(value.value)
    raise TypeError(f"{kind.__name__} has no place in a file: {value!r}")


def _decimal(value: Decimal) -> str:
    if not Decimal.is_finite(value):
        raise TypeError(f"{value!r} has no place in a file")
    return format(value, "f")


@lru_cache(maxsize=1_000)
def _both(ratio: tuple[int, int]) -> tuple[str, str]:
    """A fraction exact, and as a decimal; the same few come again and again."""
    value = Fraction(*ratio)
    return str(value), decimal_text(value)


@cache
def json_key(key: str) -> str:
    """A key with its colon."""
    return f"{encode_basestring(key)}: "


@cache
def _members(row: Any, before: str = ", ") -> tuple[tuple[Texts, ...], Callable[[Any], tuple[Any, ...]]]:
    """How the values of each field or part of a row are written as members of an object, and what finds them."""
    entries = entries_of(row)
    return tuple([json_member(entry, before) for entry in entries]), values_at(entry.name for entry in entries)


def json_member(field: Field, before: str = ", ") -> Texts:
    """How the values of a field or part are written as members of an object, and what stands before each."""
    if field.is_part:
        inside, values = _members(field.type, before)
        return _Shared(lambda part: "".join(map(getitem, inside, values(part))))
    key = before + json_key(field.name)
    if field.is_fraction:  # exact, and under a second key as a decimal
        second = before + json_key(f"{field.name}_decimal")
        return _Fractions(lambda ratio: '{0}"{2}"{1}{3}'.format(key, second, *_both(ratio)))
    long = field.type is str and not field.in_table
    write = _long_text if long else _json_writer(field.type)
    return _texts(field.type, lambda value: key + write(value))


@cache
def _object(row: Any) -> Write:
    """What writes a row as an object on one line."""
    texts, values = _members(row)
    return lambda value: "{" + "".join(map(getitem, texts, values(value)))[2:] + "}"


def _long_text(text: str) -> str:
    """The same as `encode_basestring`, which goes through a text sign by sign: many pages of prose in half the time."""
    read = text.encode("utf-8", "surrogatepass")
    if len(read.translate(None, _CONTROL)) != len(read):
        return encode_basestring(text)
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")):
        if sign in text:
            text = text.replace(sign, written)
    return f'"{text}"'


def _json_writer(hint: Any) -> Write:
    """What writes the values of a type."""
    if hint is str or get_origin(hint) is Literal:
        return encode_basestring
    if hint is Fraction:
        return lambda value: f'"{_both(value.as_integer_ratio())[0]}"'
    if hint is datetime.date:
        return lambda value: f'"{datetime.date.isoformat(value)}"'
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda member: json_text(member.value)
    if get_origin(hint) is tuple:
        entry = _json_writer(get_args(hint)[0])
        return lambda value: "[" + ", ".join(map(entry, value)) + "]"
    if get_origin(hint) is dict:
        entry = _json_writer(get_args(hint)[1])
        return lambda value: "{" + ", ".join([f"{json_key(key)}{entry(value[key])}" for key in sorted(value)]) + "}"
    if is_dataclass(hint):
        row: Any = hint
        return lambda value: _object(row)(value)  # asked for late: rows may hold rows of their own type
    return _NUMBERS[hint]


_NUMBERS: Mapping[Any, Write] = {bool: _TRUTH.__getitem__, int: int.__repr__, Decimal: _decimal}


# Lines of a table

def table_lines(row: type, rows: Iterable[Any]) -> str:
    """Rows of a type as lines of a table, guarded so that no spreadsheet reads a cell as a formula."""
    texts, values = _cells(row)
    return "\r\n".join([",".join(map(getitem, texts, values(each))) for each in rows])


@cache
def _cells(row: Any) -> tuple[tuple[Texts, ...], Callable[[Any], tuple[Any, ...]]]:
    """How the values of each field or part in the table are written, and what finds them."""
    entries = [entry for entry in entries_of(row) if entry.in_table]
    return tuple(map(_cell_texts, entries)), values_at(entry.name for entry in entries)


def _cell_texts(field: Field) -> Texts:
    """How values are written as one cell, a fraction as two, those of a part as many."""
    hint = field.type
    if field.is_part:
        texts, values = _cells(hint)
        return _Shared(lambda part: ",".join(map(getitem, texts, values(part))))
    if hint is Fraction:
        return _CELLS_OF_FRACTIONS
    if hint is str or get_origin(hint) is Literal:
        return _CELLS
    words = _words_writer(hint)
    if hint in _NUMBERS or hint is datetime.date:
        return _texts(hint, words)  # digits and hyphens need no quotes, and are no formula
    return _texts(hint, lambda value: cell(words(value)))


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
        return datetime.date.isoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda member: str(member.value)
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


_CELLS = _Remembered(cell, most=4_000)  # for all texts of all tables
_CELLS_OF_FRACTIONS = _Fractions(_two_cells, nothing=",")
