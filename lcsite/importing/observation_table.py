"""From the rows of a table to `observations.csv` of a place: added below what is there, which stays as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from lcsite.importing.mapping import Row
from lcsite.importing.spreadsheets import Sheet
from lcsite.light_classes import dataclass
from lcsite.model.assessment import Observation
from lcsite.problems import Location, Problem
from lcsite.reading.csv_rows import COLUMNS
from lcsite.reading.strict_yaml import Path, Tree
from lcsite.reading.validation import validate

__all__ = ["COLUMNS", "Merged", "merge_observations"]

_SAME_FIGURE = ("indicator", "period", "scope")
_VALUES = ("value", "low", "high", "n", "k", "unit")


@dataclass(slots=True)
class Merged:
    """A file as it will be, with the row of the table behind each line that is new or changed."""

    text: str
    added: int = 0
    changed: int = 0
    already_there: int = 0
    problems: list[Problem] = field(default_factory=list)
    rows: dict[int, Row] = field(default_factory=dict)
    """Line of the file -> row of the table."""


@dataclass(frozen=True, slots=True)
class _CellMarks:
    """Where the fields of a record stand in the table."""

    sheet: Sheet
    row: Row

    def value(self, path: Path) -> Location:
        name = "_".join(str(step) for step in path)
        return self.row.at(self.sheet, "source_title" if name == "source" else name)[0]

    key = value


def merge_observations(sheet: Sheet, rows: Sequence[Row], before: str, path: str, *, replace: bool) -> Merged:
    """The table of a place with the rows in it. `before` is the file as it is, or nothing.

    A figure that is there already, for the same indicator, period and scope, is passed over where the numbers agree.
    Where they do not, it is a problem, or with `replace` the row is put in the place of the older one.
    """
    records = _records(before or ",".join(COLUMNS) + "\n")
    known = {_key(cells): number for number, (_, cells) in enumerate(records) if number and len(cells) == len(COLUMNS)}
    merged = Merged("")
    sources: dict[int, Row] = {}
    for row in rows:
        cells = {name: row.cells.get(name, "") for name in COLUMNS}
        wrong = _problems(sheet, row, cells)
        merged.problems += wrong
        here = known.get(_key(tuple(cells.values())))
        if wrong:
            continue
        if here is None:
            known[_key(tuple(cells.values()))] = len(records)
            sources[len(records)] = row
            records.append((_line(cells.values()), tuple(cells.values())))
            merged.added += 1
        elif _agree(records[here][1], cells):
            merged.already_there += 1
        elif replace and here not in sources:
            sources[here] = row
            records[here] = (_line(cells.values()), tuple(cells.values()))
            merged.changed += 1
        else:
            merged.problems.append(_conflict(sheet, row, records[here][1], sources.get(here), path))
    _put_together(records, sources, merged)
    return merged


def _put_together(records: Sequence[tuple[str, tuple[str, ...]]], sources: Mapping[int, Row], merged: Merged) -> None:
    line = 1
    for number, (text, _) in enumerate(records):
        if number in sources:
            merged.rows[line] = sources[number]
        line += text.count("\n")
    merged.text = "".join(text for text, _ in records)


def _records(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every record as it is written, with its cells; a record may go over several lines."""
    if not text.endswith("\n"):
        text += "\n"
    found = []
    waiting = ""
    for line in text.split("\n")[:-1]:
        waiting += f"{line}\n"
        if waiting.count('"') % 2 == 0:
            found.append((waiting, tuple(next(csv.reader(io.StringIO(waiting, newline="")), []))))
            waiting = ""
    return [*found, (waiting, ())] if waiting else found


def _key(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cells[COLUMNS.index(name)].strip() for name in _SAME_FIGURE)


def _agree(there: Sequence[str], cells: Mapping[str, str]) -> bool:
    return all(there[COLUMNS.index(name)].strip() == cells[name] for name in _VALUES)


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def _problems(sheet: Sheet, row: Row, cells: Mapping[str, str]) -> list[Problem]:
    tree: dict[str, Tree] = {
        name: value for name, value in cells.items() if value and not name.startswith("source_")
    }
    tree["source"] = {
        name.removeprefix("source_"): value for name, value in cells.items() if value and name.startswith("source_")
    }
    _, problems = validate(Observation, tree, marks=lambda: _CellMarks(sheet, row))
    return problems


def _conflict(sheet: Sheet, row: Row, there: Sequence[str], twice: Row | None, path: str) -> Problem:
    where, _ = row.at(sheet, "value")
    if twice is not None:
        return Problem("table-conflict", where, f"row {twice.number + 1} gives another figure for the same", "keep one")
    shown = " ".join(there[COLUMNS.index(name)] for name in _VALUES if there[COLUMNS.index(name)])
    hint = f"the file says {shown[:80]}; take it over with --replace, or leave the row out"
    return Problem("table-conflict", where, f"{path} has another figure for the same indicator and period", hint)
