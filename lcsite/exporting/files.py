"""Writes the files below `data/v1/`, each once, when it is asked for; the index has to see them all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any

from lcsite import __version__
from lcsite.exporting.catalogue import (
    SCHEMA_VERSION,
    TABLES,
    About,
    FileEntry,
    FrameworkVersion,
    Index,
    PlaceFile,
    Table,
)
from lcsite.exporting.data_package import PACKAGE_FILE, package_bytes
from lcsite.exporting.encoded_tables import Encoded, EncodedTable
from lcsite.exporting.source_files import Resolve, files_of_place, files_of_practice
from lcsite.exporting.spool import Span, Spool
from lcsite.exporting.tables import Tables
from lcsite.exporting.writing import CONVENTIONS, Form, Rows, csv_pieces, json_bytes, table_json_pieces
from lcsite.light_classes import dataclass
from lcsite.pages import addresses
from lcsite.pages.page import Download

__all__ = ["DataFiles", "Told"]

_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "md": "text/markdown", "yml": "application/yaml"}
_PRACTICES_A_LOT = 25


@dataclass(frozen=True, slots=True)
class _File:
    """A file that can be made; `rows` is how many rows it will have, None for a document."""

    title: str
    rows: Callable[[], int] | None
    make: Callable[[], Iterable[bytes]]
    """The bytes: in one piece, or in many where the file is large."""
    lot: tuple[str, str] | None = None
    """With which others it is best made; None for what is put together from others, or names them."""
    large: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever makes the index and the whole tables has to know of files that somebody else has made."""

    entries: tuple[FileEntry, ...]
    place: str
    rows: Mapping[str, Encoded]
    """Table -> the rows of the place."""


class DataFiles:
    """Every file below `data/v1/`. `resolve` finds the whole addresses of links in texts that other sites gather."""

    def __init__(self, tables: Tables, resolve: Resolve) -> None:
        self.tables = self._tables = tables
        self._resolve = resolve
        self._spool = Spool()
        self._encoded = {table.name: EncodedTable(table, tables, self._spool) for table in TABLES}
        self._by_place = tuple(each for each in self._encoded.values() if each.table.by_place)
        self._known: dict[str, FileEntry] = {}
        self._facts: dict[str, tuple[int, str]] = {}
        """Of what was made here: the number of bytes, and their SHA-256."""
        self._ready: dict[str, Span] = {}
        """Files that were made before anybody asked for them, because it was the time to make them."""

    def downloads(self) -> Iterator[Download]:
        """Every file, by name, and last those that name others; nothing is made before it is asked for."""
        for name in sorted(self.by_name, key=lambda name: name == PACKAGE_FILE):
            file = self.by_name[name]
            pieces = partial(self.pieces, name) if file.large else None
            yield Download(addresses.data_file(name), partial(self.content, name), file.title, pieces)
        yield Download(addresses.data_file("index.json"), self.index, "What stands in this folder")

    @cached_property
    def lots(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The names of files that are best made together, by what they are about: a place, a table, some practices."""
        found: dict[tuple[str, str], list[str]] = {}
        for name, file in self.by_name.items():
            if file.lot is not None:
                found.setdefault(file.lot, []).append(name)
        return {lot: tuple(names) for lot, names in found.items()}

    def tell(self, names: Iterable[str], place: str = "") -> Told:
        """What somebody else has to know of files that were made here. Rows of the place are forgotten here."""
        of_place = self._by_place if place else ()
        return Told(tuple(map(self.entry, names)), place, {each.table.name: each.take(place) for each in of_place})

    def learn(self, told: Told) -> None:
        """Take up what was told about files, so that nothing of it has to be made again."""
        self._known.update((entry.name, entry) for entry in told.entries)
        for table, rows in told.rows.items():
            self._encoded[table].keep(told.place, rows)

    @cached_property
    def entries(self) -> tuple[FileEntry, ...]:
        """What the index says of every other file, by name."""
        return tuple(map(self.entry, self.by_name))

    @cached_property
    def by_name(self) -> dict[str, _File]:
        """Every file but the index, by name."""
        return dict(sorted(self._all()))

    def content(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece. What the guard refuses is refused at once, before the first.

        Whoever takes all of them leaves the size and fingerprint of the file behind.
        """
        if name in self._ready:
            return iter((self._spool.get(self._ready.pop(name)),))
        return self._noting(name, self.by_name[name].make())

    def _noting(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        size, digest = 0, hashlib.sha256()
        for piece in pieces:
            size += len(piece)
            digest.update(piece)
            yield piece
        self._facts[name] = size, digest.hexdigest()

    def entry(self, name: str) -> FileEntry:
        """What the index says of a file, which is made for that if nobody has made it yet."""
        if name in self._known:
            return self._known[name]
        if name not in self._facts:
            for _ in self.pieces(name):
                pass  # not kept: a large portal's files are not held together
        file, media = self.by_name[name], _MEDIA_TYPES[name.rpartition(".")[2]]
        return FileEntry(name, file.title, media, file.rows() if file.rows else None, *self._facts[name])

    def index(self) -> bytes:
        site = self._tables.portfolio.site
        index = Index(
            schema_version=SCHEMA_VERSION, lcsite_version=__version__, publisher=site.publisher, url=site.url,
            language=site.language, conventions=CONVENTIONS,
            frameworks=tuple(FrameworkVersion(row.id, row.version) for row in self._tables.frameworks),
            files=self.entries,
        )
        return json_bytes(self._about(site.title), index, where="index.json")

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
            for form in self._encoded[table.name].forms:
                yield self._whole(table, form)
        for id_, place in sorted(tables.portfolio.places.items()):
            yield from self._of_place(id_, place.name)
        yield PACKAGE_FILE, _File("The tables, described for data tools", None, self._package)
        yield from self._sources()

    def _package(self) -> tuple[bytes]:
        return (package_bytes(self._tables.portfolio, self.entry),)

    def _sources(self) -> Iterator[tuple[str, _File]]:
        portfolio = self._tables.portfolio
        for place in portfolio.places.values():
            if portfolio.home_of("place", place.id) is not None:
                continue  # who wants to gather it asks its home
            for path, make in files_of_place(portfolio, place, self._resolve):
                yield self._source(path, place.name, make, ("place", place.id))
        own = (each for each in portfolio.practices.values() if portfolio.home_of("practice", each.id) is None)
        for number, practice in enumerate(own):
            for path, make in files_of_practice(practice, self._resolve):
                yield self._source(path, practice.title, make, ("practices", f"{number // _PRACTICES_A_LOT}"))

    def _source(self, path: str, of: str, make: Callable[[], bytes], lot: tuple[str, str]) -> tuple[str, _File]:
        return f"source/{path}", _File(f"As written: {of}", None, lambda: (make(),), lot)

    def _of_place(self, id_: str, name: str) -> Iterator[tuple[str, _File]]:
        tables, folder = self._tables, f"places/{id_}"
        yield self._own(f"{folder}/answers.csv", f"Answers: {name}", "answers", id_)
        yield self._own(f"{folder}/scorecards.json", f"Scores: {name}", "scorecards", id_)
        yield self._one(f"{folder}/place.json", name, lambda: self._place_file(id_), id_)
        yield self._one(f"{folder}/compare.json", f"To compare: {name}", lambda: tables.side_by_side(id_), id_)

    def _place_file(self, place: str) -> PlaceFile:
        tables = self._tables
        profile = tables.place(place)
        return PlaceFile(
            place=place, demonstration=profile.demonstration, profile=profile, assessments=tables.assessments(place),
            observations=tables.observations(place), progress=tables.progress(place),
            practices=tables.practices_of(place),
        )

    def _about(self, title: str) -> About:
        return About.of(self._tables.portfolio.site, title)

    def _document(self, name: str, title: str, key: str, value: Any) -> tuple[str, _File]:
        rows = (lambda: len(self._tables.frameworks)) if key == "rows" else None

        def make() -> tuple[bytes]:
            return (json_bytes(self._about(title), {key: value}, where=name),)

        return name, _File(title, rows, make, ("table", "frameworks"))

    def _one(self, name: str, title: str, row: Callable[[], Any], place: str) -> tuple[str, _File]:
        def make() -> tuple[bytes]:
            return (json_bytes(self._about(title), row(), where=name),)

        return name, _File(title, None, make, ("place", place))

    def _own(self, name: str, title: str, table: str, place: str) -> tuple[str, _File]:
        """The rows of one place, in the form that the name ends with."""
        encoded = self._encoded[table]
        form: Form = "csv" if name.endswith(".csv") else "json"

        def make() -> Iterator[bytes]:
            return self._pieces(encoded.table, form, [encoded.part(place, form)], title, name)

        return name, _File(title, partial(encoded.count, place), make, ("place", place))

    def _whole(self, table: Table, form: Form) -> tuple[str, _File]:
        """A table of all rows. One that is not made place by place needs nobody, so that anybody may make it."""
        encoded, name = self._encoded[table.name], f"{table.name}.{form}"

        def make() -> Iterator[bytes]:
            if table.by_place:
                self._gather()
            return self._pieces(table, form, encoded.whole(form), table.title, name)

        lot = None if table.by_place else ("table", table.name)
        return name, _File(table.title, partial(encoded.count, *encoded.parts), make, lot, large=True)

    def _gather(self) -> None:
        """Have the rows of all places at hand, in all tables, and what else comes from the rounds of a place."""
        for place in sorted(self._tables.portfolio.places):
            missing = [encoded for encoded in self._by_place if not encoded.has(place)]
            for encoded in missing:
                encoded.keep(place, encoded.take(place))
            for name in (f"places/{place}/place.json", f"places/{place}/compare.json") if missing else ():
                if name not in self._facts and name not in self._known:
                    self._ready[name] = self._spool.put(self.content(name))

    def _pieces(self, table: Table, form: Form, rows: Iterable[Rows], title: str, name: str) -> Iterator[bytes]:
        if form == "csv":
            return csv_pieces(table.row, rows, where=name)
        return table_json_pieces(self._about(title), rows, where=name)
