"""The rows of a table as text, encoded once for all files that hold them: the whole table and the place's own file.

Rows of one place are a part, and so are those of some practices. Who puts the whole table together keeps all parts, in
a spool; who makes the files of one place, maybe in another process, hands its parts over and forgets them. Whoever asks
again has a part made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lcsite.exporting.catalogue import Table
from lcsite.exporting.spool import Span, Spool
from lcsite.exporting.tables import Tables
from lcsite.exporting.writing import EncodedRows, Form, Rows, encoded
from lcsite.light_classes import dataclass

__all__ = ["Encoded", "EncodedTable"]

Encoded = Mapping[Form, EncodedRows]
"""The same rows in every form that the table has."""


@dataclass(frozen=True, slots=True)
class _KeptRows:
    """Rows whose lines wait in a spool."""

    count: int
    ends: tuple[str, ...]
    _span: Span
    _spool: Spool

    @property
    def lines(self) -> bytes:
        return self._spool.get(self._span)


class EncodedTable:
    """The rows of one table."""

    def __init__(self, table: Table, tables: Tables, spool: Spool) -> None:
        self.table = table
        self._tables = tables
        self._spool = spool
        self.forms: tuple[Form, ...] = ("csv", "json") if table.csv else ("json",)
        self.parts = tuple(table.parts(tables))
        self._made: dict[str, Encoded] = {}
        """Parts that somebody has asked for in one form, until they are taken in all."""
        self._kept: dict[str, dict[Form, _KeptRows]] = {}

    def part(self, part: str, form: Form) -> Rows:
        """The rows of one part, in one form."""
        if part in self._kept:
            return self._kept[part][form]
        if part not in self._made:
            self._made[part] = self._make(part)
        return self._made[part][form]

    def take(self, part: str) -> Encoded:
        """The rows of one part in every form, for whoever keeps them."""
        return self._made.pop(part, None) or self._make(part)

    def keep(self, part: str, made: Encoded) -> None:
        """Have the rows of one part at hand for the whole table."""
        self._kept[part] = {
            form: _KeptRows(rows.count, rows.ends, self._spool.put(rows.lines), self._spool)
            for form, rows in made.items()
        }

    def has(self, part: str) -> bool:
        """Whether the rows of one part are kept."""
        return part in self._kept

    def whole(self, form: Form) -> Iterator[Rows]:
        """The rows of all parts, in their order."""
        for part in self.parts:
            if part not in self._kept:
                self.keep(part, self.take(part))
            yield self._kept[part][form]

    def count(self, *parts: str) -> int:
        """How many rows there are in some parts, all of which were made."""
        return sum(self.part(part, self.forms[0]).count for part in parts)

    def _make(self, part: str) -> Encoded:
        rows = self.table.rows(self._tables, part)
        return encoded(self.table.row, rows, self.forms, where=f"{self.table.name}.{self.forms[0]}")
