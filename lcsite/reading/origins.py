"""Where every record, and every value in it, was written: the way back from a figure to a file and its line.

Marks are worked out from the kept text when they are asked for; a build without mistakes never asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from lcsite.light_classes import dataclass
from lcsite.problems import Location
from lcsite.reading.csv_rows import CsvMarks, CsvText
from lcsite.reading.plain_text import location_at
from lcsite.reading.strict_yaml import Path, YamlMarks, YamlText

__all__ = ["Origin", "Origins"]


@dataclass(frozen=True, slots=True)
class Origin:
    """One file: its fields or its table, and its body with the line on which it begins."""

    file: str
    fields: YamlText | CsvText | None = None
    body: str = ""
    body_line: int = 1
    rows: tuple[int, ...] = ()
    """For a table: the rows that became records, by their position below the header."""


class Origins:
    """The origin of each record by kind and id. Kinds are those of `reading.layout.Kind`:

    `site` (id `site`), `framework`, `criterion-page` (`<framework>/<criterion>`), `crosswalk`, `prose` (its path),
    `practice`, `tool`, `tool-template`, `place`, `assessment` (`<place>/<file id>`), `observations` (id of the place,
    paths begin with the number of the row in the portfolio).
    """

    def __init__(
        self, origins: Mapping[tuple[str, str], Origin], broken: AbstractSet[tuple[str, str]] = frozenset(),
        quiet: AbstractSet[tuple[str, str]] = frozenset(),
    ) -> None:
        self._origins = origins
        self._broken = broken
        self._quiet = quiet
        self._marks: dict[tuple[str, str], YamlMarks | CsvMarks] = {}

    @property
    def by_record(self) -> Mapping[tuple[str, str], Origin]:
        """Every origin, by kind and id."""
        return self._origins

    @property
    def broken(self) -> AbstractSet[tuple[str, str]]:
        """The kind and id of every file that is too broken to be a record."""
        return self._broken

    def is_broken(self, kind: str, record_id: str = "") -> bool:
        """Whether the file of a record, or any file of the kind, is there and too broken to become a record.

        Whoever names such a record is not to blame.
        """
        return (kind, record_id) in self._broken or (not record_id and any(kind == each for each, _ in self._broken))

    def names_nobody(self, kind: str, record_id: str) -> bool:
        """Whether it showed already, when the file was read, that no mail address or telephone number stands in it."""
        return (kind, record_id) in self._quiet

    def file(self, kind: str, record_id: str) -> str:
        """The path of the file, relative to the site's folder; empty where there is none."""
        origin = self._origins.get((kind, record_id))
        return origin.file if origin else ""

    def at(self, kind: str, record_id: str, path: Path = ()) -> Location:
        """Where a value stands, or the nearest value around it; the beginning of the file without a path."""
        return self._find(kind, record_id, path, of_key=False)

    def key(self, kind: str, record_id: str, path: Path) -> Location:
        """Where the name of a field stands."""
        return self._find(kind, record_id, path, of_key=True)

    def in_body(self, kind: str, record_id: str, offset: int) -> Location:
        """Where a character of the body stands, counted from the body's beginning."""
        origin = self._origins.get((kind, record_id))
        if origin is None:
            return Location("")
        return location_at(origin.body, offset, origin.file, first_line=origin.body_line)

    def _find(self, kind: str, record_id: str, path: Path, *, of_key: bool) -> Location:
        origin = self._origins.get((kind, record_id))
        if origin is None:
            return Location("")
        if not path or origin.fields is None:
            return Location(origin.file)
        marks = self._marks.get((kind, record_id))
        if marks is None:
            marks = YamlMarks(origin.fields) if isinstance(origin.fields, YamlText) else CsvMarks(origin.fields)
            self._marks[kind, record_id] = marks
        if isinstance(origin.fields, CsvText) and isinstance(path[0], int) and path[0] < len(origin.rows):
            path = (origin.rows[path[0]], *path[1:])
        return marks.key(path) if of_key else marks.value(path)
