"""Reads a table that somebody sent, CSV or XLSX, into cells of text; limits come before anything is unpacked.

Formulas are never run; the values that were stored with them are taken.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
import zlib
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from lcsite.importing.workbook_limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, NotTaken, packed_anew
from lcsite.light_classes import dataclass
from lcsite.problems import Location, Problem, quoted
from lcsite.reading.plain_text import KIB, decode

__all__ = ["LONGEST_TABLE", "Sheet", "cell_name", "read_sheet"]

LONGEST_TABLE = 4 * 1024 * KIB
"""Bytes of a table as it was sent."""


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
    if len(sheet.rows) > MOST_ROWS or max(map(len, sheet.rows), default=0) > MOST_COLUMNS:
        message = f"it has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns"
        return None, [_refused(sheet.file, message, "send the rows that are meant")]
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            if len(cell) > LONGEST_CELL:
                message = f"{sheet.words(number, column)}: a cell with more than {LONGEST_CELL} signs"
                return None, [Problem("table-unreadable", sheet.at(number, column), message)]
    return sheet, []


# Workbooks


def _workbook(raw: bytes, file: str, sheet: str | None) -> tuple[Sheet | None, list[Problem]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(packed_anew(raw)))
        names = book.sheet_names
        chosen = sheet or (names[0] if names else "")
        rows: list[list[Any]] = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    except NotTaken as error:
        return None, [_refused(file, str(error))]
    except WorksheetNotFound:
        hint = f"there are: {', '.join(map(quoted, names[:8]))}"
        return None, [_refused(file, f"there is no sheet {quoted(sheet or '')}", hint)]
    except (CalamineError, zipfile.BadZipFile, zlib.error, NotImplementedError, ArithmeticError, EOFError, OSError,
            ValueError):  # fmt: skip
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
