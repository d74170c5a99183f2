"""Reads `observations.csv` strictly: the header exactly as agreed, every cell with its line and column.

Cells that a spreadsheet would run as a formula are refused here, before anybody downloads them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import cache

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Observation
from lcsite.problems import Location, Problem, quoted
from lcsite.reading.plain_text import KIB, location_at
from lcsite.reading.strict_yaml import Path, Tree
from lcsite.reading.validation import validate

__all__ = ["COLUMNS", "LONGEST_CSV", "CsvMarks", "CsvText", "ObservationRow", "read_observations"]

LONGEST_CSV = 256 * KIB
COLUMNS = (
    "indicator", "value", "low", "high", "unit", "period", "scope", "n", "k", "grade", "derived", "note", "check",
    "source_title", "source_publisher", "source_year", "source_url",
)
_MOST_REPORTS = 200
_LONGEST_CELL = 100_000
"""Signs. The reader of the standard library has a limit of its own, which any library may change for all."""
_NUMBERS = frozenset({"value", "low", "high", "n", "k", "source_year"})
_CELL = re.compile(r'"(?:[^"]|"")*+"?[^,\n]*+|[^,\n]*+')
_FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class CsvText:
    """The text of a table as it stands in its file."""

    text: str
    file: str


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """An observation and the position of its row below the header, counted from 0."""

    position: int
    observation: Observation


class CsvMarks:
    """Where each cell of a table stands: paths are (row, column name), with `source` and its field for the source."""

    def __init__(self, source: CsvText) -> None:
        self._file = source.file
        self._starts: list[list[Location]] = []
        line = line_start = seen = 0
        for record in _records(source.text):
            here = []
            for offset in record:  # offsets only grow, so each line is counted once
                line += source.text.count("\n", seen, offset)
                line_start = max(line_start, source.text.rfind("\n", seen, offset) + 1)
                seen = offset
                here.append(Location(source.file, line + 1, offset - line_start + 1))
            self._starts.append(here)

    def value(self, path: Path) -> Location:
        if not path or not isinstance(path[0], int) or path[0] + 1 >= len(self._starts):
            return Location(self._file)
        cells = self._starts[path[0] + 1]
        names = [step for step in path[1:] if isinstance(step, str)]
        name = "_".join(names) if "_".join(names) in COLUMNS else names[0] if names else ""
        column = COLUMNS.index(name) if name in COLUMNS else COLUMNS.index("source_title") if name == "source" else 0
        return cells[min(column, len(cells) - 1)]

    key = value


class _RowMarks:
    """The marks of one row, for the validation of that row alone."""

    def __init__(self, marks: CsvMarks, row: int) -> None:
        self._marks = marks
        self._row = row

    def value(self, path: Path) -> Location:
        return self._marks.value((self._row, *path))

    key = value


def _records(text: str) -> Iterator[list[int]]:
    """The offset of each cell of each record, by the rules of strict CSV; empty lines are passed over."""
    offset = 0
    starts: list[int] = []
    while offset <= len(text):
        starts.append(offset)
        offset = _CELL.match(text, offset).end()  # type: ignore[union-attr]  # the pattern matches everywhere
        if offset == len(text) or text[offset] == "\n":
            if len(starts) > 1 or offset > starts[0]:
                yield starts
            starts = []
        offset += 1


def read_observations(source: CsvText) -> tuple[tuple[ObservationRow, ...], list[Problem]]:
    """Every row that is right, and every problem."""
    reader = csv.reader(io.StringIO(source.text, newline=""), strict=True)
    try:
        rows = []
        for row in reader:
            if row and max(map(len, row)) > _LONGEST_CELL:
                raise csv.Error("a cell is too long")
            if row:
                rows.append(row)
    except csv.Error:
        where = Location(source.file, reader.line_num)
        message = "the quotation marks of this row do not match, or a cell is too long"
        hint = 'a cell that holds a comma stands in quotation marks, and inner quotation marks are written twice: ""'
        return (), [Problem("csv-syntax", where, message, hint)]
    if not rows or tuple(rows[0]) != COLUMNS:
        return (), [_wrong_header(rows[0] if rows else [], source)]
    marks = cache(lambda: CsvMarks(source))
    found: list[ObservationRow] = []
    problems: list[Problem] = []
    for position, cells in enumerate(rows[1:]):
        if len(problems) >= _MOST_REPORTS:
            break  # nobody learns more from another
        if len(cells) != len(COLUMNS):
            message = f"this row has {len(cells)} cells and the header {len(COLUMNS)}"
            hint = "count the commas; a cell that holds a comma stands in quotation marks"
            problems.append(Problem("csv-row", marks().value((position,)), message, hint))
            continue
        refused = [_formula(name, cell, marks().value((position, name))) for name, cell in _formulas(cells)]
        observation, wrong = validate(
            Observation, _tree(cells), marks=lambda row=position: _RowMarks(marks(), row)  # type: ignore[misc]
        )
        problems += refused + wrong
        if observation is not None and not refused:
            found.append(ObservationRow(position, observation))
    return tuple(found), problems


def _wrong_header(header: list[str], source: CsvText) -> Problem:
    hint = "the first line reads: " + ",".join(COLUMNS)
    where = Location(source.file)
    for position, (name, expected) in enumerate(zip(header, COLUMNS, strict=False)):
        if name != expected:
            starts = next(_records(source.text))
            where = location_at(source.text, starts[min(position, len(starts) - 1)], source.file)
            return Problem("csv-header", where, f'here stands {quoted(name)} instead of "{expected}"', hint)
    return Problem("csv-header", where, f"the header has {len(header)} columns instead of {len(COLUMNS)}", hint)


def _tree(cells: list[str]) -> dict[str, Tree]:
    tree: dict[str, Tree] = {}
    source: dict[str, Tree] = {}
    for name, cell in zip(COLUMNS, cells, strict=True):
        if text := cell.strip():
            if name.startswith("source_"):
                source[name.removeprefix("source_")] = text
            else:
                tree[name] = text
    if source:
        tree["source"] = source
    return tree


def _formulas(cells: list[str]) -> list[tuple[str, str]]:
    """The cells of words that a spreadsheet would run, with the names of their columns."""
    return [
        (name, cell) for name, cell in zip(COLUMNS, cells, strict=True)
        if cell.lstrip(" \u00a0\n").startswith(_FORMULA) and name not in _NUMBERS
    ]


def _formula(name: str, cell: str, where: Location) -> Problem:
    first = cell.lstrip(" \u00a0\n")[0]
    sign = "a tab" if first == "\t" else f'"{first}"'
    message = f"{name} begins with {sign}, which a spreadsheet would take for a formula"
    return Problem("formula", where, message, "begin the cell with a word")
