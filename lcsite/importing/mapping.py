"""Which column of a stranger's table is which of ours, and what holds for every row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from lcsite.importing.spreadsheets import Sheet
from lcsite.light_classes import dataclass
from lcsite.model.words import Record, Slug, Text
from lcsite.problems import Location, Problem, quoted
from lcsite.reading.plain_text import decode
from lcsite.reading.strict_yaml import YamlMarks, YamlText, read_yaml
from lcsite.reading.validation import validate

__all__ = ["Row", "TableMapping", "read_mapping", "rows_of"]


class TableMapping(Record):
    """How to read a table: written in a small file, or said with options."""

    place: Slug | None = Field(None, description="the id of the place that the table is about")
    assessment: Slug | None = Field(None, description="for answers: the name of the file with the assessment")
    sheet: Text | None = Field(None, description="the sheet of a workbook; left out: the first")
    header: Annotated[int, Field(ge=1, le=1000)] = Field(1, description="the row with the names of the columns")
    columns: dict[Text, Text] = Field(
        default_factory=dict, description="our column: the name of theirs; what has the same name need not be said"
    )
    same: dict[Text, Text] = Field(default_factory=dict, description="our column: what holds for every row")
    words: dict[Text, dict[Text, Text]] = Field(
        default_factory=dict, description="our column: what stands in theirs: what it is called here"
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table by our columns; `columns` says where each cell stands, None for what holds for all rows."""

    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, int | None]

    def at(self, sheet: Sheet, name: str = "") -> tuple[Location, str]:
        """Where a cell stands, and in words; the first cell of the row where it is not in the table."""
        named = self.columns.get(name)
        at = named if named is not None else min((c for c in self.columns.values() if c is not None), default=0)
        return sheet.at(self.number, at), sheet.words(self.number, at)


def read_mapping(raw: bytes, file: str) -> tuple[TableMapping | None, list[Problem]]:
    """The mapping that a file holds, or None and every problem."""
    text, problems = decode(raw, file)
    if text is None:
        return None, problems
    source = YamlText(text, file)
    tree, problems = read_yaml(source)
    if tree is None:
        return None, problems
    found, wrong = validate(TableMapping, tree, marks=lambda: YamlMarks(source))
    return found, problems + wrong


def rows_of(
    sheet: Sheet, mapping: TableMapping, ours: tuple[str, ...], needed: tuple[str, ...]
) -> tuple[list[Row], list[Problem]]:
    """The rows below the header, by our columns. Empty rows are passed over."""
    header = sheet.rows[mapping.header - 1] if mapping.header <= len(sheet.rows) else ()
    columns, problems = _columns(sheet, header, mapping, ours)
    problems += [
        _wrong(sheet, mapping, f'no column is "{name}"', f'say which one with --column "{name}=NAME OF THE COLUMN"')
        for name in needed if name not in columns and name not in mapping.same
    ]
    found = []
    everywhere = dict.fromkeys(mapping.same)
    for number, cells in enumerate(sheet.rows[mapping.header :], mapping.header):
        given = {name: cells[at] for name, at in columns.items() if at < len(cells) and cells[at]}
        if given:
            renamed = {name: mapping.words.get(name, {}).get(cell, cell) for name, cell in given.items()}
            found.append(Row(number, {**mapping.same, **renamed}, {**everywhere, **columns}))
    if not found and not problems:
        problems.append(_wrong(sheet, mapping, "there are no rows below the header", "say its row with --header"))
    return found, problems


def _wrong(sheet: Sheet, mapping: TableMapping, message: str, hint: str) -> Problem:
    return Problem("table-columns", Location(sheet.file, mapping.header), message, hint)


def _plain(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())


def _columns(
    sheet: Sheet, header: tuple[str, ...], mapping: TableMapping, ours: tuple[str, ...]
) -> tuple[dict[str, int], list[Problem]]:
    """Our column -> position in the table."""
    problems = [
        _wrong(sheet, mapping, f"{quoted(name)} is no column of ours", f"there are: {', '.join(ours)}")
        for name in (*mapping.columns, *mapping.same, *mapping.words) if name not in ours
    ]
    places: dict[str, int] = {}
    for position, name in enumerate(header):
        if name:
            places.setdefault(_plain(name), position)
    found = {}
    for name in ours:
        theirs = mapping.columns.get(name)
        if theirs is not None and _plain(theirs) not in places:
            there = ", ".join(quoted(each) for each in header if each)
            problems.append(_wrong(sheet, mapping, f"there is no column {quoted(theirs)}", f"there are: {there}"))
        elif _plain(theirs or name) in places:
            found[name] = places[_plain(theirs or name)]
    return found, problems
