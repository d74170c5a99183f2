"""Bytes of CSV and JSON, the same every time: no clock, no float, no order that is left to chance.

Every file goes through the guard of the first promise on its way out: none puts places in the order of a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, repeat
from typing import Any, Literal, Protocol

from lcsite.exporting.encoding import json_lines, json_text, table_lines
from lcsite.exporting.layout import WrittenOnce, laid_out, line_of, opening
from lcsite.exporting.shape import table_header
from lcsite.light_classes import dataclass
from lcsite.pages.no_ranking import guard_data

__all__ = [
    "CONVENTIONS", "EncodedRows", "Form", "Rows", "csv_pieces", "encoded", "json_bytes", "json_word",
    "table_json_pieces", "with_list",
]

CONVENTIONS = tuple("""\
All files are UTF-8 without a byte order mark.
Rows about places stand in the order of ids of places, frameworks and dates, and never in the order of a score.
CSV follows RFC 4180: commas, double quotes where needed, CR LF at the end of each line, names in the first line.
In CSV a cell that begins with =, +, -, @, a tab or a line break and is no plain number has an apostrophe before it, \
so that no spreadsheet takes it for a formula. JSON has the text as it is.
In CSV the entries of a list stand in one cell with ' | ' between them, and an object with parts is a line of words. \
JSON has lists and objects as they are.
An empty cell in CSV, and a key that is left out in JSON, mean: not stated.
A fraction is exact, such as 3/4 or 0. The column of the same name with _decimal rounds it for reading.
Numbers have the digits with which they were published. JSON writes <, > and & as \\u003c, \\u003e and \\u0026.
demonstration is true in every row about a place or practice that is invented. Leave such rows out of any study.\
""".splitlines())
"""How all files are written, a sentence or two each; part of the index and of the dictionary."""


Form = Literal["csv", "json"]


class Rows(Protocol):
    """Some rows of a table as they stand in a file, encoded once for every file that holds them."""

    @property
    def lines(self) -> bytes:
        """A row each, with what stands between two of them, and nothing before the first or after the last."""

    @property
    def count(self) -> int: ...

    @property
    def ends(self) -> tuple[str, ...]:
        """The first and the last place that the rows are about, where they are about places."""


@dataclass(frozen=True, slots=True)
class EncodedRows:
    """Such rows, with their lines at hand."""

    lines: bytes
    count: int
    ends: tuple[str, ...]


def encoded(row_type: type, rows: Sequence[Any], forms: Iterable[Form], *, where: str) -> dict[Form, EncodedRows]:
    """Rows of one type in each form: for a table, or for the list in a file of rows. The guard looks once for all."""
    guard_data(rows, where=where)
    ends = (rows[0].place, rows[-1].place) if rows and hasattr(rows[0], "place") else ()
    return {form: EncodedRows(_lines(row_type, rows, form).encode(), len(rows), ends) for form in forms}


def _lines(row_type: type, rows: Sequence[Any], form: Form) -> str:
    if form == "csv":
        return table_lines(row_type, rows)
    return _escaped(",\n".join(map(line_of, rows)) if issubclass(row_type, WrittenOnce) else json_lines(row_type, rows))


def _escaped(text: str) -> str:
    """JSON that can stand in a page."""
    for sign, written in _ESCAPES:
        if sign in text:  # told several times faster than nothing is replaced
            text = text.replace(sign, written)
    return text


_ESCAPES = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))


def json_bytes(*parts: Any, where: str) -> bytes:
    """A document of its own shape: one object with the members of all `parts`, rows or mappings.

    Raises TypeError for a float, which is never exact, and RankingRefused, naming `where`, if places stand in an order
    of merit.
    """
    guard_data(parts, where=where)
    return (_escaped(laid_out(parts)) + "\n").encode()


def json_word(text: str) -> str:
    """A text as it stands in a file of JSON."""
    return _escaped(json_text(text))


def with_list(document: bytes, key: str, entries: bytes) -> bytes:
    """A document of more than a line with one more member, a list of which all entries are written already."""
    return b"".join((document.removesuffix(_END), f',\n "{key}": [\n'.encode(), entries, b"\n ]", _END))


_END = b"\n}\n"


def table_json_pieces(about: Any, rows: Iterable[Rows], *, where: str) -> Iterator[bytes]:
    """What the file is `about`, then its `rows`, one a line. What the guard refuses is refused before the first piece.

    Lines are asked for one after another, so that they need not be held together.
    """
    there = _in_order(rows, where=where)
    head = f'{{\n{_escaped(opening(about))}"rows": [\n'.encode()
    between = chain((b"",), repeat(b",\n"))
    lines = (before + some.lines for before, some in zip(between, there, strict=False))
    return chain((head,), lines, (b"\n]\n}\n",))


def csv_pieces(row_type: type, rows: Iterable[Rows], *, where: str) -> Iterator[bytes]:
    """The same as a table after RFC 4180, its names in the first line."""
    head = _names(row_type)
    there = _in_order(rows, where=where)
    return chain((head,), (some.lines + b"\r\n" for some in there))


@cache
def _names(row_type: type) -> bytes:
    """The first line of a table, looked at by the guard once for all tables of such rows."""
    header = table_header(row_type)
    guard_data(dict.fromkeys(header, ""), where=row_type.__name__)
    return f"{','.join(header)}\r\n".encode()


@dataclass(slots=True)
class _About:
    """Which place some rows are about, for the guard."""

    place: str


def _in_order(rows: Iterable[Rows], *, where: str) -> list[Rows]:
    """Those that hold any rows. Each of them was looked at when it was made; here it is their order."""
    there = [some for some in rows if some.count]
    guard_data([_About(place) for some in there for place in some.ends], where=where)
    return there
