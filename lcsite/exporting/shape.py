"""One definition of a row for three uses: the line of a table, the object of a JSON file, the entry of the dictionary.

A row is a frozen dataclass whose fields are `Annotated[type, "what it means"]`. Nothing here knows what rows there are.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from lcsite.light_classes import dataclass
from lcsite.pages.dictionary import Column

__all__ = ["JSON_ONLY", "PART", "Field", "columns_of", "decimal_text", "entries_of", "fields_of", "table_header"]

JSON_ONLY = "(JSON only)"
"""Second note of a field that a table leaves out, because it is long or has parts of its own."""
PART = "(its fields stand in the row itself)"
"""The note of fields that lie together in an object of their own, because many rows share it: it is written once.

Such an object is equal to itself alone (`eq=False`), so that it is quickly found again, and is never changed.
"""

_PLACES = 10
_WORDS: Mapping[type, str] = {
    str: "text", bool: "true or false", int: "whole number", Decimal: "number", Fraction: "fraction",
    datetime.date: "date, such as 2026-06-30", dict: "object",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row: its name, its type without `None`, what it means, and whether tables have it."""

    name: str
    type: Any
    words: str
    in_table: bool
    path: str
    """Where it is found in a row: its name, after that of the part that holds it."""

    @property
    def is_fraction(self) -> bool:
        """Written twice: exact as `3/4`, and as a decimal under the same name with `_decimal`."""
        return self.type is Fraction

    @property
    def is_part(self) -> bool:
        return self.words is PART


@cache
def fields_of(row: Any) -> tuple[Field, ...]:
    """The described fields of a row, in the order in which they are written, those of its parts in their places.

    Raises TypeError where a field has no description.
    """
    found: list[Field] = []
    for entry in entries_of(row):
        inside = fields_of(entry.type) if entry.is_part else ()
        found += [replace(field, path=f"{entry.name}.{field.path}") for field in inside] or [entry]
    return tuple(found)


@cache
def entries_of(row: Any) -> tuple[Field, ...]:
    """The fields and the parts of a row, in their order. Raises TypeError where one has no description."""
    hints = get_type_hints(row, include_extras=True)
    found = []
    for field in fields(row):
        notes: tuple[str, ...] = getattr(hints[field.name], "__metadata__", ())
        if not notes:
            raise TypeError(f"{row.__name__}.{field.name} has no description")
        inner = hints[field.name].__origin__
        if get_origin(inner) in (Union, UnionType):
            inner = next(part for part in get_args(inner) if part is not NoneType)
        found.append(Field(field.name, inner, notes[0], JSON_ONLY not in notes, field.name))
    return tuple(found)


def columns_of(row: type, *, prefix: str = "", table: bool = False) -> tuple[Column, ...]:
    """The dictionary's entries for a row. Without `table` the parts of nested objects are listed too."""
    return tuple(_columns(row, prefix, table, ()))


def _columns(row: Any, prefix: str, table: bool, above: tuple[Any, ...]) -> Iterator[Column]:
    for field in fields_of(row):
        if table and not field.in_table:
            continue
        yield Column(prefix + field.name, _type_words(field.type, table=table), field.words)
        if field.is_fraction:
            yield Column(f"{prefix}{field.name}_decimal", "number", f"The same as a decimal of {_PLACES} places.")
        inner, many = _entry(field.type)
        if not table and is_dataclass(inner) and inner not in (*above, row):
            mark = "[]." if many else "."
            yield from _columns(inner, f"{prefix}{field.name}{mark}", table, (*above, row))


def _entry(hint: Any) -> tuple[Any, bool]:
    return (get_args(hint)[0], True) if get_origin(hint) is tuple else (hint, False)


def _type_words(hint: Any, *, table: bool) -> str:
    inner, many = _entry(hint)
    if many:
        words = _type_words(inner, table=table)
        return "list of objects" if words == "object" else f"list of {words}"
    if get_origin(inner) is Literal:
        return "one of: " + ", ".join(get_args(inner))
    if isinstance(inner, type) and issubclass(inner, Enum):
        return "one of: " + ", ".join(member.value for member in inner)
    if get_origin(inner) is dict:
        return "object"
    return ("text" if table else "object") if is_dataclass(inner) else _WORDS[inner]


# Values

def decimal_text(value: Fraction, *, places: int = _PLACES) -> str:
    """A fraction as a decimal of so many places at most, rounded half up, for reading: 2/3 -> 0.6666666667."""
    scale: int = 10**places
    whole, parts = divmod((abs(value.numerator) * scale * 2 + value.denominator) // (2 * value.denominator), scale)
    digits = str(parts).rjust(places, "0").rstrip("0")
    sign = "-" if value < 0 and (whole or parts) else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


@cache
def table_header(row: Any) -> tuple[str, ...]:
    """The names of the columns of a table of such rows."""
    return tuple(
        name
        for field in fields_of(row) if field.in_table
        for name in ((field.name, f"{field.name}_decimal") if field.is_fraction else (field.name,))
    )
