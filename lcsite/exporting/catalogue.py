"""Which files stand below `data/v1/`, and what each key and column in them means.

The writer and the dictionary both read this one catalogue, so that neither can promise what the other does not keep.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any

from lcsite.exporting.answer_rows import AnswerRow
from lcsite.exporting.compare_rows import CompareFile
from lcsite.exporting.framework_rows import CrosswalkRow, FrameworkRow
from lcsite.exporting.listed import FileEntry
from lcsite.exporting.observation_rows import ObservationRow
from lcsite.exporting.place_rows import AssessmentRow, PlaceRow
from lcsite.exporting.score_rows import ProgressRow, ScoreRow
from lcsite.exporting.shape import columns_of, fields_of
from lcsite.exporting.tables import Tables
from lcsite.exporting.toolbox_rows import LinkRow, PracticeRow, ToolRow
from lcsite.exporting.writing import CONVENTIONS
from lcsite.light_classes import dataclass
from lcsite.model.site import Site
from lcsite.pages.dictionary import Column, DataFile

__all__ = [
    "DATA_FILES", "NOTE", "SCHEMA_VERSION", "TABLES", "About", "FrameworkVersion", "Index", "PlaceFile",
    "Table",
]

SCHEMA_VERSION = "1"
NOTE = (
    "Free to use under the licence. Please build no league tables: places, years, evidence and means differ, and a "
    "list of places in the order of a score goes against the purpose of the frameworks."
)


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows; with `csv` it comes as a table too.

    `rows` makes them part by part: those of a place, with `by_place`, or those that a part of another name stands for.
    """

    name: str
    title: str
    one_row: str
    row: type
    rows: Callable[[Tables, str], tuple[Any, ...]]
    csv: bool = True
    by_place: bool = True
    parts: Callable[[Tables], Iterable[str]] = Tables.places
    """Every part, in the order of the file."""


TABLES = (
    Table("places", "Places", "a place", PlaceRow, lambda tables, place: (tables.place(place),)),
    Table(
        "assessments", "Who assessed what, and when", "an assessment of a place with a framework", AssessmentRow,
        Tables.assessments, csv=False,
    ),
    Table(
        "answers", "Answers, and what each is worth", "an indicator in a reading of a place", AnswerRow, Tables.answers,
    ),
    Table("observations", "Published figures", "a figure about a place", ObservationRow, Tables.observations),
    Table(
        "scorecards", "Scores", "a dimension, criterion or group in a reading of a place", ScoreRow, Tables.scorecards,
    ),
    Table(
        "progress", "What changed between the last two rounds, like for like",
        "a dimension, criterion or group of a place with two rounds", ProgressRow, Tables.progress, csv=False,
    ),
    Table(
        "practices", "Practices, also those that did not work", "a practice", PracticeRow, Tables.practices,
        by_place=False, parts=Tables.heaps_of_practices,
    ),
    Table(
        "tools", "Tools with their sheets", "a tool", ToolRow, lambda tables, _: tables.tools(), by_place=False,
        parts=Tables.all_at_once,
    ),
    Table(
        "links", "What belongs to what", "a link between two things", LinkRow, Tables.links, by_place=False,
        parts=Tables.heaps_of_links,
    ),
)


@dataclass(frozen=True, slots=True)
class About:
    """What every JSON file says about itself first."""

    title: Annotated[str, "What the file holds."]
    site: Annotated[str, "The title of the site."]
    as_of: Annotated[datetime.date, "The day up to which the site speaks."]
    licence: Annotated[str, "The licence of text and data."]
    licence_url: Annotated[str, "Its address."]
    note: Annotated[str, "A request to those who use the data."]

    @classmethod
    def of(cls, site: Site, title: str) -> About:
        return cls(title, site.title, site.as_of, site.licence, site.licence_url, NOTE)


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """Everything about one place but its answers and scores, which have files of their own."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    profile: Annotated[PlaceRow, "As in places.json."]
    assessments: Annotated[tuple[AssessmentRow, ...], "As in assessments.json."]
    observations: Annotated[tuple[ObservationRow, ...], "As in observations.json."]
    progress: Annotated[tuple[ProgressRow, ...], "As in progress.json."]
    practices: Annotated[tuple[str, ...], "The ids of the practices that took place here."]


@dataclass(frozen=True, slots=True)
class FrameworkVersion:
    id: Annotated[str, "The id of the framework."]
    version: Annotated[str, "Its version."]


@dataclass(frozen=True, slots=True)
class Index:
    """What stands in the folder."""

    schema_version: Annotated[str, "The version of the shape of the files; within one, no key is renamed or dropped."]
    lcsite_version: Annotated[str, "The program that made the files."]
    publisher: Annotated[str, "Who publishes the site."]
    url: Annotated[str | None, "Where the site is published."]
    language: Annotated[str, "The language of the site."]
    conventions: Annotated[tuple[str, ...], "How all files are written: " + " ".join(CONVENTIONS)]
    frameworks: Annotated[tuple[FrameworkVersion, ...], "The frameworks and their versions."]
    files: Annotated[tuple[FileEntry, ...], "Every other file, by name."]


_BESIDE = "Beside it every JSON file has title, site, as_of, licence, licence_url and note, as in index.json."
_ROWS = "rows[]."
_AS_WRITTEN = (
    "As in the guide for this kind of file. Written anew from what was read: without comments and pictures, and "
    "without what fewer than five people said."
)
_SOURCES = (
    ("cities/<place>/index.md", "A place in the form in which it is written, for sites that gather it"),
    ("cities/<place>/assessments/<assessment>.yml", "An assessment in the form in which it is written"),
    ("cities/<place>/observations.csv", "The figures of a place in the form in which they are written"),
    ("content/toolbox/practices/<practice>.md", "A practice in the form in which it is written"),
)


def _data_files() -> Iterator[DataFile]:
    yield DataFile(
        "index.json", "What stands in this folder, and how it is written", "the whole file",
        (*columns_of(About), *columns_of(Index)),
    )
    yield DataFile(
        "frameworks.json",
        "Each framework, and each older version that is kept, as it was authored; what indicators inherit is written "
        "out at each of them",
        "a framework", (Column("rows", "list of objects", _BESIDE), *columns_of(FrameworkRow, prefix=_ROWS)),
    )
    yield DataFile(
        "frameworks/<framework>.json", "One framework", "the whole file",
        (Column("framework", "object", "As one of the rows of frameworks.json."),),
    )
    yield DataFile(
        "crosswalk.json", "Links between the frameworks", "the whole file",
        (Column("crosswalk", "object", _BESIDE), *columns_of(CrosswalkRow, prefix="crosswalk.")),
    )
    for table in TABLES:
        if table.csv:
            yield DataFile(f"{table.name}.csv", table.title, table.one_row, columns_of(table.row, table=True))
        yield DataFile(f"{table.name}.json", table.title, table.one_row, _json_columns(table))
    yield DataFile(
        "places/<place>/place.json", "One place", "the whole file",
        tuple(column for column in columns_of(PlaceFile) if not {".", "["} & {*column.name}),
    )
    yield DataFile(
        "places/<place>/compare.json", "One place as it stands beside others, for the page that compares",
        "the whole file", columns_of(CompareFile),
    )
    for name, title in (("answers.csv", "The answers of one place"), ("scorecards.json", "The scores of one place")):
        same = Column("(all)", "as there", f"As in {name}.")
        yield DataFile(f"places/<place>/{name}", title, f"as in {name}", (same,))
    yield DataFile(
        "datapackage.json", "The tables, described for data tools (Tabular Data Package)", "the whole file",
        (Column("(all)", "object", "Title, licence and the type of each column, as in this dictionary."),),
    )
    for name, title in _SOURCES:
        yield DataFile(f"source/{name}", title, "the whole file", (Column("(all)", "as there", _AS_WRITTEN),))


def _json_columns(table: Table) -> tuple[Column, ...]:
    every = columns_of(table.row, prefix=_ROWS)
    if not table.csv:
        return (Column("rows", "list of objects", _BESIDE), *every)
    # The rest is described with the table of the same name.
    apart = {_ROWS + field.name for field in fields_of(table.row) if not field.in_table}
    parts = (column for column in every if column.name in apart or "." in column.name.removeprefix(_ROWS))
    return (Column("rows", "list of objects", f"{_BESIDE} The keys are the columns of {table.name}.csv."), *parts)


DATA_FILES: tuple[DataFile, ...] = tuple(_data_files())
"""Every kind of file below `data/v1/`; `<place>` and `<framework>` stand for an id."""
