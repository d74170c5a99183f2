"""The rows of a table as text, encoded once for all files that hold them: the whole table and the place's own file.

Rows of one place are a part, and so are those of some practices. Who makes the files of one place, maybe in another
process, puts its parts down in a spool and says where they lie; who puts the whole table together keeps that of all
parts. Whoever asks again has a part made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from lcsite.exporting.catalogue import Table
from lcsite.exporting.spool import Span, Spool
from lcsite.exporting.tables import Tables
from lcsite.exporting.writing import EncodedRows, Form, Rows, encoded
from lcsite.light_classes import dataclass

__all__ = ["EncodedTable", "Kept", "put_down"]

_Encoded = Mapping[Form, EncodedRows]
"""The same rows in every form that the table has."""


class Kept(NamedTuple):
    """Where the rows of a part wait in a spool, in each form that the table has; of use as long as that is there."""

    rows: int
    ends: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _KeptRows:
    """Such rows in one form."""

    count: int
    ends: tuple[str, ...]
    _span: Span

    @property
    def lines(self) -> bytes:
        return self._span.content


class EncodedTable:
    """The rows of one table."""

    def __init__(self, table: Table, tables: Tables, spool: Spool) -> None:
        self.table = table
        self._tables = tables
        self._spool = spool
        self.forms: tuple[Form, ...] = ("csv", "json") if table.csv else ("json",)
        self._made: dict[str, _Encoded] = {}
        """Parts that somebody has asked for in one form, until they are taken in all."""
        self._kept: dict[str, Kept] = {}

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """All parts, in their order. Nobody asks before the table is made."""
        return tuple(self.table.parts(self._tables))

    def part(self, part: str, form: Form) -> Rows:
        """The rows of one part, in one form."""
        if part in self._kept:
            return self._waiting(part, form)
        if part not in self._made:
            self._made[part] = self._make(part)
        return self._made[part][form]

    def take(self, part: str) -> _Encoded:
        """The rows of one part in every form, for whoever puts them down."""
        return self._made.pop(part, None) or self._make(part)

    def keep(self, part: str, kept: Kept) -> None:
        """Have the rows of one part at hand for the whole table."""
        self._kept[part] = kept

    def has(self, part: str) -> bool:
        """Whether the rows of one part are kept."""
        return part in self._kept

    def whole(self, form: Form) -> Iterator[Rows]:
        """The rows of all parts, in their order."""
        for part in self.parts:
            if part not in self._kept:
                self.keep(part, *put_down([self.take(part)], self._spool))
            yield self._waiting(part, form)

    def _waiting(self, part: str, form: Form) -> Rows:
        kept = self._kept[part]
        return _KeptRows(kept.rows, kept.ends, kept.spans[self.forms.index(form)])

    def count(self, *parts: str) -> int:
        """How many rows there are in some parts, all of which were made."""
        return sum(self.part(part, self.forms[0]).count for part in parts)

    def _make(self, part: str) -> _Encoded:
        rows = self.table.rows(self._tables, part)
        return encoded(self.table.row, rows, self.forms, where=f"{self.table.name}.{self.forms[0]}")


def put_down(parts: Iterable[_Encoded], spool: Spool) -> Iterator[Kept]:
    """Have rows wait in a spool, all in one act."""
    parts = [*parts]
    spans = iter(spool.put(*(rows.lines for part in parts for rows in part.values())))
    for part in parts:
        (rows, *_) = part.values()
        yield Kept(rows.count, rows.ends, tuple(islice(spans, len(part))))
