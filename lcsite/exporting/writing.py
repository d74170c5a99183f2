"""Bytes of CSV and JSON, the same every time: no clock, no float, no order that is left to chance.

Every file goes through the guard of the first promise on its way out: none puts places in the order of a score.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from json.encoder import encode_basestring
from typing import Any

from lcsite.exporting.shape import json_object, table_header, table_record
from lcsite.pages.no_ranking import guard_data

__all__ = ["CONVENTIONS", "csv_bytes", "json_bytes", "table_json_bytes"]

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

_WIDE = 110
_NEEDS_QUOTES = re.compile(r'[,"\r\n]|^\s|\s$')
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def _plain(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is dict:
        return "{" + ", ".join([f"{_key(key)}: {_plain(entry)}" for key, entry in value.items()]) + "}"
    if kind is list or kind is tuple:
        return "[" + ", ".join([_plain(entry) for entry in value]) + "]"
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is Decimal and value.is_finite():
        return format(value, "f")
    raise TypeError(f"{kind.__name__} has no place in a file: {value!r}")


@cache
def _key(key: str) -> str:
    return encode_basestring(key)


def _laid_out(value: Any, indent: str = "") -> str:
    """JSON for reading: what fits on a line stands on one."""
    line = _plain(value)
    if len(indent) + len(line) <= _WIDE or not isinstance(value, dict | list):
        return line
    deeper = indent + " "
    if isinstance(value, dict):
        inside = [f"{deeper}{_key(key)}: {_laid_out(entry, deeper)}" for key, entry in value.items()]
        return "{\n" + ",\n".join(inside) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + _laid_out(entry, deeper) for entry in value) + f"\n{indent}]"


def json_bytes(document: Mapping[str, Any], *, where: str) -> bytes:
    """A document of its own shape.

    Raises TypeError for a float, which is never exact, and RankingRefused, naming `where`, if places stand in an order
    of merit.
    """
    guard_data(document, where=where)
    return (_laid_out(document).translate(_ESCAPED) + "\n").encode()


def table_json_bytes(about: Mapping[str, Any], rows: Iterable[Any], *, where: str) -> bytes:
    """What the file is `about`, then its `rows`, one a line."""
    objects = [json_object(row) for row in rows]
    guard_data([*objects], where=where)
    head = "".join(f"{_key(key)}: {_plain(value)},\n" for key, value in about.items())
    body = ",\n".join(map(_plain, objects))
    return f'{{\n{head}"rows": [\n{body}\n]\n}}\n'.translate(_ESCAPED).encode()


def csv_bytes(row_type: type, rows: Iterable[Any], *, where: str) -> bytes:
    """A table after RFC 4180, its names in the first line."""
    header = table_header(row_type)
    records = [table_record(row) for row in rows]
    guard_data({"columns": dict.fromkeys(header, ""), "rows": _only_places(records)}, where=where)
    lines = [header, *([record[name] for name in header] for record in records)]
    return "".join(",".join(map(_quoted, cells)) + "\r\n" for cells in lines).encode()


def _only_places(records: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    return [{"place": record["place"]} for record in records if "place" in record]


def _quoted(cell: str) -> str:
    if _NEEDS_QUOTES.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell
