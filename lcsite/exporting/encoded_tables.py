"""The rows of a table as text, encoded once for all files that hold them: the whole table and the place's own file.

Each part is kept until every file that holds it has been made, and no longer; who asks again has it made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lcsite.exporting.catalogue import Form, Table
from lcsite.exporting.tables import Tables
from lcsite.exporting.writing import Rows, csv_rows, json_rows

__all__ = ["EncodedTable"]

class EncodedTable:
    """The rows of one table."""

    def __init__(self, table: Table, tables: Tables) -> None:
        self.table = table
        self.tables = tables
        self._forms: tuple[Form, ...] = ("csv", "json") if table.csv else ("json",)
        self._uses = {form: 2 if form == table.own else 1 for form in self._forms}
        self.parts: tuple[str, ...] = tuple(sorted(tables.portfolio.places)) if table.by_place else ("",)
        """The places in whose order the whole table stands; one empty name for a table that is made at once."""
        self._counts: dict[str, int] = {}
        self._kept: dict[tuple[Form, str], tuple[Rows, int]] = {}
        """What was made, and how many files have not asked for it yet."""

    def part(self, part: str, form: Form, *, where: str) -> Rows:
        """The rows of one place; those of a table that is not made place by place, for an empty name."""
        key = form, part
        if key not in self._kept:
            self._make(part, where)
        rows, uses = self._kept.pop(key)
        if uses > 1:
            self._kept[key] = rows, uses - 1
        return rows

    def count(self, *parts: str) -> int:
        """How many rows there are in some parts."""
        return sum(map(self._count, parts))

    def _count(self, part: str) -> int:
        if part not in self._counts:
            self._counts[part] = len(self._rows(part))
        return self._counts[part]

    def _rows(self, part: str) -> Sequence[Any]:
        return self.table.rows(self.tables, part)

    def _make(self, part: str, where: str) -> None:
        rows = self._rows(part)
        self._counts[part] = len(rows)
        for form in self._forms:
            made = csv_rows(self.table.row, rows, where=where) if form == "csv" else json_rows(rows, where=where)
            self._kept[form, part] = made, self._uses[form]
