"""Writes the files below `data/v1/`, each once, when it is asked for; the index has to see them all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from lcsite import __version__
from lcsite.exporting.catalogue import (
    SCHEMA_VERSION,
    TABLES,
    About,
    FileEntry,
    Form,
    FrameworkVersion,
    Index,
    PlaceFile,
)
from lcsite.exporting.data_package import PACKAGE_FILE, package_bytes
from lcsite.exporting.encoded_tables import EncodedTable
from lcsite.exporting.place_rows import PlaceRow
from lcsite.exporting.source_files import Resolve, files_of_place, files_of_practice
from lcsite.exporting.tables import Tables
from lcsite.exporting.writing import CONVENTIONS, csv_bytes, json_bytes, table_json_bytes
from lcsite.pages import addresses
from lcsite.pages.page import Download

__all__ = ["DataFiles"]

_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "md": "text/markdown", "yml": "application/yaml"}


@dataclass(frozen=True, slots=True)
class _File:
    """A file that can be made; `rows` is how many rows it will have, None for a document."""

    title: str
    rows: Callable[[], int] | None
    make: Callable[[], bytes]


class DataFiles:
    """Every file below `data/v1/`. `resolve` finds the whole addresses of links in texts that other sites gather.

    `known` is what the index says of files that stand already, with the same bytes; they are not made again for it.
    """

    def __init__(self, tables: Tables, resolve: Resolve, known: Iterable[FileEntry] = ()) -> None:
        self.tables = self._tables = tables
        self._resolve = resolve
        self._encoded = {table.name: EncodedTable(table, tables) for table in TABLES}
        self._made: dict[str, bytes] = {}
        """Only what had to be looked at before it was asked for; a large portal's files are not held together."""
        self._known = {entry.name: entry for entry in known}
        self._facts = {entry.name: (entry.size, entry.sha256) for entry in self._known.values()}

    def downloads(self) -> Iterator[Download]:
        """Every file, by name, the index last; nothing is made before it is asked for."""
        for name, file in self.by_name.items():
            yield Download(addresses.data_file(name), partial(self.content, name), file.title)
        yield Download(addresses.data_file("index.json"), self.index, "What stands in this folder")

    @cached_property
    def entries(self) -> tuple[FileEntry, ...]:
        """What the index says of every other file, by name."""
        return tuple(map(self._entry, self.by_name))

    @cached_property
    def by_name(self) -> dict[str, _File]:
        """Every file but the index, by name."""
        return dict(sorted(self._all()))

    def content(self, name: str) -> bytes:
        content = self._made.pop(name, None)
        return self._make(name) if content is None else content

    def _make(self, name: str) -> bytes:
        content = self.by_name[name].make()
        self._facts[name] = len(content), hashlib.sha256(content).hexdigest()
        return content

    def facts(self, name: str) -> tuple[int, str]:
        """The number of bytes of a file and their SHA-256."""
        if name not in self._facts:
            self._made[name] = self._make(name)
        return self._facts[name]

    def index(self) -> bytes:
        site = self._tables.portfolio.site
        index = Index(
            schema_version=SCHEMA_VERSION, lcsite_version=__version__, publisher=site.publisher, url=site.url,
            language=site.language, conventions=CONVENTIONS,
            frameworks=tuple(FrameworkVersion(row.id, row.version) for row in self._tables.frameworks),
            files=self.entries,
        )
        return json_bytes(self._about(site.title), index, where="index.json")

    def _entry(self, name: str) -> FileEntry:
        if name in self._known:
            return self._known[name]
        file, (size, digest) = self.by_name[name], self.facts(name)
        media = _MEDIA_TYPES[name.rpartition(".")[2]]
        rows = file.rows() if file.rows else None
        return FileEntry(name, file.title, media, rows, size, digest)

    def _all(self) -> Iterator[tuple[str, _File]]:
        tables = self._tables
        frameworks = tables.frameworks
        yield self._document("frameworks.json", "Frameworks", "rows", frameworks)
        for framework in frameworks:
            name = addresses.framework_file(framework.id, "" if framework.shown else framework.version)
            yield self._document(name, framework.title, "framework", framework)
        crosswalk = tables.crosswalk  # a site with one framework has none; the file says so by saying nothing
        yield self._document(
            "crosswalk.json", crosswalk.title if crosswalk else "Links between the frameworks", "crosswalk",
            crosswalk or {},
        )
        for table in TABLES:
            yield self._table(f"{table.name}.json", table.title, table.name)
            if table.csv:
                yield self._table(f"{table.name}.csv", table.title, table.name)
        for place in tables.places:
            yield from self._of_place(place)
        yield PACKAGE_FILE, _File("The tables, described for data tools", None, self._package)
        yield from self._sources()

    def _package(self) -> bytes:
        return package_bytes(self._tables.portfolio, self.facts)

    def _sources(self) -> Iterator[tuple[str, _File]]:
        portfolio = self._tables.portfolio
        for place in portfolio.places.values():
            if portfolio.home_of("place", place.id) is not None:
                continue  # who wants to gather it asks its home
            for path, make in files_of_place(portfolio, place, self._resolve):
                yield f"source/{path}", _File(f"As written: {place.name}", None, make)
        for practice in portfolio.practices.values():
            if portfolio.home_of("practice", practice.id) is not None:
                continue
            for path, make in files_of_practice(practice, self._resolve):
                yield f"source/{path}", _File(f"As written: {practice.title}", None, make)

    def _of_place(self, place: PlaceRow) -> Iterator[tuple[str, _File]]:
        tables, id_, folder = self._tables, place.place, f"places/{place.place}"
        yield self._table(f"{folder}/answers.csv", f"Answers: {place.name}", "answers", id_)
        yield self._table(f"{folder}/scorecards.json", f"Scores: {place.name}", "scorecards", id_)
        yield self._one(f"{folder}/place.json", place.name, lambda: self._place_file(place))
        yield self._one(f"{folder}/compare.json", f"To compare: {place.name}", lambda: tables.side_by_side(id_))

    def _place_file(self, place: PlaceRow) -> PlaceFile:
        tables = self._tables
        return PlaceFile(
            place=place.place, demonstration=place.demonstration, profile=place,
            assessments=tables.assessments_by_place.get(place.place, ()),
            observations=tables.observations(place.place), progress=tables.progress(place.place),
            practices=tables.practices_by_place.get(place.place, ()),
        )

    def _about(self, title: str) -> About:
        return About.of(self._tables.portfolio.site, title)

    def _document(self, name: str, title: str, key: str, value: Any) -> tuple[str, _File]:
        rows = (lambda: len(self._tables.frameworks)) if key == "rows" else None
        return name, _File(title, rows, lambda: json_bytes(self._about(title), {key: value}, where=name))

    def _one(self, name: str, title: str, row: Callable[[], Any]) -> tuple[str, _File]:
        return name, _File(title, None, lambda: json_bytes(self._about(title), row(), where=name))

    def _table(self, name: str, title: str, table: str, *places: str) -> tuple[str, _File]:
        """A table in the form that its name ends with: of some places, or whole."""
        encoded = self._encoded[table]
        form: Form = "csv" if name.endswith(".csv") else "json"
        places = places or encoded.parts

        def make() -> bytes:
            rows = (encoded.part(place, form, where=name) for place in places)
            if form == "csv":
                return csv_bytes(encoded.table.row, rows, where=name)
            return table_json_bytes(self._about(title), rows, where=name)

        return name, _File(title, lambda: encoded.count(*places), make)
