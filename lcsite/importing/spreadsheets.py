"""Reads a table that somebody sent, CSV or XLSX, into cells of text; limits come before anything is unpacked.

A workbook is an archive, and an archive can pretend: it is unpacked here with a limit, and packed anew, before the
library for workbooks sees it. Formulas are never run; the values that were stored with them are taken.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from lcsite.problems import Location, Problem, quoted
from lcsite.reading.plain_text import KIB, decode

__all__ = ["LONGEST_TABLE", "Sheet", "cell_name", "read_sheet"]

LONGEST_TABLE = 4 * 1024 * KIB
"""Bytes of a table as it was sent."""
_UNPACKED = 32 * 1024 * KIB
_MOST_PARTS = 500
_MOST_ROWS = 20_000
_MOST_COLUMNS = 200
_MOST_CELLS = 1_000_000
_CHUNK = 64 * KIB
_LONGEST_CELL = 5_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet, as text; `name` is empty for CSV. Row and column are counted from 1 in problems."""

    file: str
    name: str
    rows: tuple[tuple[str, ...], ...]

    def at(self, row: int, column: int) -> Location:
        """Where a cell stands, both counted from 0."""
        return Location(self.file, row + 1, column + 1)

    def words(self, row: int, column: int) -> str:
        """How a person finds the cell."""
        where = f"row {row + 1}, column {cell_name(column)}"
        return f"sheet {quoted(self.name)}, {where}" if self.name else where


def cell_name(column: int) -> str:
    """The letters of a column, counted from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_sheet(raw: bytes, file: str, *, sheet: str | None = None) -> tuple[Sheet | None, list[Problem]]:
    """The cells of a table, or None and why. `sheet` names one of a workbook; left out: the first."""
    if len(raw) > LONGEST_TABLE:
        return None, [_refused(file, f"it has more than {LONGEST_TABLE // KIB // 1024} MiB", "send the rows alone")]
    if raw.startswith(b"PK"):
        return _workbook(raw, file, sheet)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return None, [_refused(file, "it is a workbook of the old kind", "save it as .xlsx or .csv")]
    return _csv(raw, file)


def _refused(file: str, message: str, hint: str = "") -> Problem:
    return Problem("table-unreadable", Location(file), f"this table cannot be read: {message}", hint)


def _csv(raw: bytes, file: str) -> tuple[Sheet | None, list[Problem]]:
    text, problems = decode(raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n"), file)
    if text is None:
        return None, problems
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=sign, strict=True)
        rows = [tuple(cell.strip() for cell in row) for row in reader]
    except csv.Error:
        return None, [_refused(file, "the quotation marks do not match", "save it anew as CSV")]
    return _within_limits(Sheet(file, "", tuple(rows)))


def _within_limits(sheet: Sheet) -> tuple[Sheet | None, list[Problem]]:
    if len(sheet.rows) > _MOST_ROWS or max(map(len, sheet.rows), default=0) > _MOST_COLUMNS:
        message = f"it has more than {_MOST_ROWS} rows or {_MOST_COLUMNS} columns"
        return None, [_refused(sheet.file, message, "send the rows that are meant")]
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if len(cell) > _LONGEST_CELL:
                message = f"{sheet.words(number, column)}: a cell with more than {_LONGEST_CELL} signs"
                return None, [Problem("table-unreadable", sheet.at(number, column), message)]
    return sheet, []


# Workbooks


class _Refused(Exception):
    """The archive is not taken; the words say why."""


def _workbook(raw: bytes, file: str, sheet: str | None) -> tuple[Sheet | None, list[Problem]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(_packed_anew(raw)))
        names = book.sheet_names
        chosen = sheet or (names[0] if names else "")
        rows: list[list[Any]] = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    except _Refused as refused:
        return None, [_refused(file, str(refused))]
    except WorksheetNotFound:
        hint = f"there are: {', '.join(map(quoted, names[:8]))}"
        return None, [_refused(file, f"there is no sheet {quoted(sheet or '')}", hint)]
    except (CalamineError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        return None, [_refused(file, "it is damaged, or no workbook", "open it and save it anew as .xlsx or .csv")]
    return _within_limits(Sheet(file, chosen, tuple(tuple(map(_as_text, row)) for row in rows)))


def _as_text(cell: Any) -> str:
    """A cell as an author would write it: whole numbers without a point, days as year-month-day."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return " ".join(str(cell).split())


def _packed_anew(raw: bytes) -> bytes:
    """The same archive, measured while it is unpacked: what its own list of contents says is not believed."""
    made = io.BytesIO()
    total = 0
    with zipfile.ZipFile(io.BytesIO(raw)) as sent, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        parts = sent.infolist()
        if len(parts) > _MOST_PARTS:
            raise _Refused(f"it consists of more than {_MOST_PARTS} parts")
        if len({part.filename for part in parts}) < len(parts):
            raise _Refused("two of its parts have one name")
        if any(part.flag_bits & 1 for part in parts):
            raise _Refused("it is locked with a password")
        for part in parts:
            content = bytearray()
            with sent.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    content += chunk
                    total += len(chunk)
                    if total > _UNPACKED:
                        raise _Refused(f"it grows beyond {_UNPACKED // KIB // 1024} MiB when it is unpacked")
            if part.filename.endswith(".xml"):
                _must_be_small(bytes(content))
            if not part.is_dir():
                packed.writestr(part.filename, bytes(content))
    return made.getvalue()


def _must_be_small(xml: bytes) -> None:
    """A sheet with two cells at its far ends would be laid out as thousands of millions; entities could multiply."""
    cells = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cells
        cells += 1
        if name.rpartition(":")[2] in ("c", "row", "dimension"):
            for reference in (attributes.get("r") or attributes.get("ref") or "").split(":"):
                column, row = _coordinates(reference)
                if row > _MOST_ROWS or column > _MOST_COLUMNS:
                    raise _Refused(f"it has cells beyond row {_MOST_ROWS} or column {_MOST_COLUMNS}")
        if cells > _MOST_CELLS:
            raise _Refused(f"one of its parts has more than {_MOST_CELLS} cells")

    def refuse(*_: object) -> None:
        raise _Refused("it holds definitions that no workbook needs")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError:
        raise _Refused("one of its parts is damaged") from None


def _coordinates(reference: str) -> tuple[int, int]:
    """`AB12` as (28, 12); 0 for what is not said."""
    letters = "".join(sign for sign in reference.upper() if "A" <= sign <= "Z")[:8]
    digits = "".join(sign for sign in reference if "0" <= sign <= "9")[:12]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(digits or 0)
