"""Writes the files below `data/v1/`, each once, when it is asked for; the index has to see them all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from operator import itemgetter
from typing import Any, NamedTuple

from lcsite import __version__
from lcsite.exporting.catalogue import (
    SCHEMA_VERSION,
    TABLES,
    About,
    FrameworkVersion,
    Index,
    PlaceFile,
    Table,
)
from lcsite.exporting.data_package import PACKAGE_FILE, package_bytes
from lcsite.exporting.encoded_tables import EncodedTable, Kept, put_down
from lcsite.exporting.listed import FileEntry, listed
from lcsite.exporting.source_files import Resolve, Written, file_of_practice, files_of_place, source_bytes
from lcsite.exporting.spool import Span, Spool
from lcsite.exporting.tables import Tables
from lcsite.exporting.writing import (
    CONVENTIONS,
    Form,
    Rows,
    csv_pieces,
    json_bytes,
    table_json_pieces,
    with_list,
)
from lcsite.light_classes import dataclass
from lcsite.model.toolbox import Practice
from lcsite.pages import addresses
from lcsite.pages.page import Download, Later

__all__ = ["DataFiles", "Told"]

_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json", "md": "text/markdown", "yml": "application/yaml"}
_PRACTICES_A_LOT = 25
_OF_PLACE = ("answers.csv", "scorecards.json", "place.json", "compare.json")


@dataclass(frozen=True, slots=True)
class _File:
    """A file that can be made; `rows` is how many rows it will have, None for a document."""

    title: str
    rows: Callable[[], int] | None
    make: Callable[[], Iterable[bytes]]
    """The bytes: in one piece, or in many where the file is large."""


class _Known(NamedTuple):
    """As much of a file as a plan holds: there are more files than pages, and nobody asks for all of them at once."""

    file: Callable[[str, Any], _File]
    """What tells the rest of it, from its name and what it holds."""
    of: Any
    lot: tuple[str, str] | None = None
    """With which others it is best made; None for what names others."""
    large: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever makes the index and the whole tables has to know of files that somebody else has made."""

    listed: Mapping[str, bytes]
    """What the index says of each file, by name."""
    place: str
    rows: Mapping[str, Kept]
    """Table -> the rows of the place."""


class DataFiles:
    """Every file below `data/v1/`. `resolve` finds the whole addresses of links in texts that other sites gather."""

    def __init__(self, tables: Tables, resolve: Resolve) -> None:
        self.tables = self._tables = tables
        self._resolve = resolve
        self._spool = Spool()
        self._encoded = {table.name: EncodedTable(table, tables, self._spool) for table in TABLES}
        self._by_place = tuple(each for each in self._encoded.values() if each.table.by_place)
        self._listed: dict[str, bytes] = {}
        """What the index says of a file that was made here, or of which somebody else has told."""
        self.account = b""
        """What `lcsite.json` says before its list of these files, where somebody has put that together already."""
        self._ready: dict[str, Span] = {}
        """Files that were made before anybody asked for them, because it was the time to make them."""

    def downloads(self) -> Iterator[Download]:
        """Every file, by name, and last those that name others; nothing is made before it is asked for."""
        content = self.content  # one and the same for all
        for name in sorted(self.by_name, key=lambda name: name == PACKAGE_FILE):
            pieces = Later(self.pieces, name) if self.by_name[name].large else None
            yield Download(addresses.data_file(name), Later(content, name), pieces=pieces)
        yield Download(addresses.data_file("index.json"), self.index, "What stands in this folder")

    @cached_property
    def lots(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The names of files that are best made together, by what they are about: a place, all places, a table,
        some practices.
        """
        found: dict[tuple[str, str], list[str]] = {}
        for name, file in self.by_name.items():
            if file.lot is not None:
                found.setdefault(file.lot, []).append(name)
        return {lot: tuple(names) for lot, names in found.items()}

    def tell(self, names: Iterable[str], place: str = "") -> Told:
        """What somebody else has to know of files that were made here. All of it is forgotten here."""
        of_place = self._by_place if place else ()
        return Told({name: self._take(name) for name in names}, place, self._put_down(place, of_place))

    def learn(self, told: Told) -> None:
        """Take up what was told about files, so that nothing of it has to be made again."""
        self._listed.update(told.listed)
        for table, rows in told.rows.items():
            self._encoded[table].keep(told.place, rows)

    @cached_property
    def listed(self) -> bytes:
        """What the index says of every other file, by name, as entries of a list."""
        return b",\n".join(map(self._of, self.by_name))

    @cached_property
    def by_name(self) -> dict[str, _Known]:
        """Every file but the index, by name."""
        return dict(sorted(self._all(), key=itemgetter(0)))

    def _file(self, name: str) -> _File:
        known = self.by_name[name]
        return known.file(name, known.of)

    def content(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece. What the guard refuses is refused at once, before the first.

        Whoever takes all of them leaves behind what the index says of the file.
        """
        if name in self._ready:
            return iter((self._ready.pop(name).content,))
        file = self._file(name)
        return self._noting(name, file, file.make())

    def _noting(self, name: str, file: _File, pieces: Iterable[bytes]) -> Iterator[bytes]:
        size, digest = 0, hashlib.sha256()
        for piece in pieces:
            size += len(piece)
            digest.update(piece)
            yield piece
        media_type = _MEDIA_TYPES[name.rpartition(".")[2]]
        rows = file.rows() if file.rows else None
        self._listed[name] = listed(FileEntry(name, file.title, media_type, rows, size, digest.hexdigest()))

    def _of(self, name: str) -> bytes:
        """What the index says of a file, which is made for that if nobody has made it yet."""
        if name not in self._listed:
            for _ in self.pieces(name):
                pass  # not kept: a large portal's files are not held together
        return self._listed[name]

    def _take(self, name: str) -> bytes:
        """The same, forgotten here."""
        self._of(name)
        return self._listed.pop(name)

    def index(self) -> bytes:
        site = self._tables.portfolio.site
        index = Index(
            schema_version=SCHEMA_VERSION, lcsite_version=__version__, publisher=site.publisher, url=site.url,
            language=site.language, conventions=CONVENTIONS,
            frameworks=tuple(FrameworkVersion(each.id, each.version) for each in self._tables.frameworks),
            files=(),
        )
        document = json_bytes(self._about(site.title), index, where="index.json")
        return with_list(document, "files", self.listed)

    def _all(self) -> Iterator[tuple[str, _Known]]:
        tables = self._tables
        yield "frameworks.json", self._document("Frameworks", "rows", lambda: tables.framework_rows)
        for number, framework in enumerate(tables.frameworks):
            name = addresses.framework_file(framework.id, "" if tables.is_shown(framework) else framework.version)
            yield name, self._document(framework.title, "framework", partial(tables.framework_row, number))
        crosswalk = tables.portfolio.crosswalk  # a site with one framework has none; the file says so by saying nothing
        title = crosswalk.title if crosswalk else "Links between the frameworks"
        yield "crosswalk.json", self._document(title, "crosswalk", lambda: tables.crosswalk or {})
        for table in TABLES:
            # A table that is not made place by place needs nobody, so that anybody may make it.
            lot = ("places", "") if table.by_place else ("table", table.name)
            for form in self._encoded[table.name].forms:
                yield f"{table.name}.{form}", _Known(self._whole, (table, form), lot, large=True)
        of_place = self._of_place
        for place in tables.portfolio.places:
            known = _Known(of_place, place, ("place", place))
            yield from ((f"places/{place}/{name}", known) for name in _OF_PLACE)
        yield PACKAGE_FILE, _Known(self._package, None)
        yield from self._sources()

    def _package(self, name: str, _: None) -> _File:
        return _File(
            "The tables, described for data tools", None, lambda: (package_bytes(self._tables.portfolio, self._of),)
        )

    def _sources(self) -> Iterator[tuple[str, _Known]]:
        portfolio, source = self._tables.portfolio, self._source
        for place in portfolio.places.values():
            if portfolio.home_of("place", place.id) is not None:
                continue  # who wants to gather it asks its home
            lot = "place", place.id
            for path, written in files_of_place(portfolio, place):
                yield f"source/{path}", _Known(source, written, lot)
        own = (each for each in portfolio.practices.values() if portfolio.home_of("practice", each.id) is None)
        for number, practice in enumerate(own):
            if number % _PRACTICES_A_LOT == 0:
                lot = "practices", f"{number // _PRACTICES_A_LOT}"
            yield f"source/{file_of_practice(practice)}", _Known(source, practice, lot)

    def _source(self, name: str, written: Written) -> _File:
        path = name.removeprefix("source/")
        about = written.title if isinstance(written, Practice) else self._name_of(path.split("/")[1])
        return _File(f"As written: {about}", None, lambda: (source_bytes(path, written, self._resolve),))

    def _name_of(self, place: str) -> str:
        return self._tables.portfolio.places[place].name

    def _of_place(self, name: str, place: str) -> _File:
        file, about = name.rpartition("/")[2], self._name_of(place)
        if file == "answers.csv":
            return self._own(name, f"Answers: {about}", "answers", place)
        if file == "scorecards.json":
            return self._own(name, f"Scores: {about}", "scorecards", place)
        if file == "place.json":
            return self._one(name, about, lambda: self._place_file(place))
        return self._one(name, f"To compare: {about}", lambda: self._tables.side_by_side(place))

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

    def _document(self, title: str, key: str, value: Callable[[], Any]) -> _Known:
        rows = (lambda: len(value())) if key == "rows" else None

        def file(name: str, _: None) -> _File:
            return _File(title, rows, lambda: (json_bytes(self._about(title), {key: value()}, where=name),))

        return _Known(file, None, ("table", "frameworks"))

    def _one(self, name: str, title: str, row: Callable[[], Any]) -> _File:
        return _File(title, None, lambda: (json_bytes(self._about(title), row(), where=name),))

    def _own(self, name: str, title: str, table: str, place: str) -> _File:
        """The rows of one place, in the form that the name ends with."""
        encoded = self._encoded[table]
        form: Form = "csv" if name.endswith(".csv") else "json"

        def make() -> Iterator[bytes]:
            return self._pieces(encoded.table, form, [encoded.part(place, form)], title, name)

        return _File(title, partial(encoded.count, place), make)

    def _whole(self, name: str, of: tuple[Table, Form]) -> _File:
        """A table of all rows."""
        table, form = of
        encoded = self._encoded[table.name]

        def make() -> Iterator[bytes]:
            if table.by_place:
                self._gather()
            return self._pieces(table, form, encoded.whole(form), table.title, name)

        return _File(table.title, partial(encoded.count, *encoded.parts), make)

    def _gather(self) -> None:
        """Have the rows of all places at hand, in all tables, and what else comes from the rounds of a place."""
        for place in sorted(self._tables.portfolio.places):
            missing = [encoded for encoded in self._by_place if not encoded.has(place)]
            for encoded, kept in zip(missing, self._put_down(place, missing).values(), strict=True):
                encoded.keep(place, kept)
            for name in (f"places/{place}/place.json", f"places/{place}/compare.json") if missing else ():
                if name not in self._listed:
                    (self._ready[name],) = self._spool.put(self.content(name))

    def _put_down(self, place: str, tables: Iterable[EncodedTable]) -> dict[str, Kept]:
        """Have the rows of a place in some tables wait in the spool; where, by table."""
        tables = tuple(tables)
        kept = put_down([encoded.take(place) for encoded in tables], self._spool)
        return dict(zip((encoded.table.name for encoded in tables), kept, strict=True))

    def _pieces(self, table: Table, form: Form, rows: Iterable[Rows], title: str, name: str) -> Iterator[bytes]:
        if form == "csv":
            return csv_pieces(table.row, rows, where=name)
        return table_json_pieces(self._about(title), rows, where=name)
