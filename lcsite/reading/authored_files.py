"""From one file to one record: a table of readers, one for each kind of file. No reader knows of another file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Assessment
from lcsite.model.framework import Crosswalk, Framework
from lcsite.model.network import Network
from lcsite.model.place import Place
from lcsite.model.signs_of_people import data_may_name_somebody, page_may_name_somebody
from lcsite.model.site import ProsePage, Site
from lcsite.model.toolbox import Practice, Tool
from lcsite.model.words import Record
from lcsite.problems import Location, Problem, quoted
from lcsite.reading.csv_rows import CsvText, read_observations
from lcsite.reading.front_matter import body_too_long, split_page
from lcsite.reading.image_notes import notes_in
from lcsite.reading.images import MOST_PIXELS, is_whole, look_at
from lcsite.reading.layout import AuthoredFile, Kind
from lcsite.reading.origins import Origin
from lcsite.reading.plain_text import decode
from lcsite.reading.prose_check import Prose, check_prose
from lcsite.reading.strict_yaml import YamlMarks, YamlText, read_yaml
from lcsite.reading.validation import validate

__all__ = ["FileContent", "read_file"]


@dataclass(frozen=True, slots=True)
class FileContent:
    """What one file holds. A pure function of its path and bytes, so it may be kept and used again."""

    record: Any
    """A Record, the rows of a table, the text of a template; None where the file is too broken."""
    origin: Origin
    problems: tuple[Problem, ...] = ()
    images: tuple[tuple[Location, str], ...] = ()
    """The images that the text shows, by their paths relative to the site's folder."""
    links: tuple[tuple[int, str], ...] = ()
    """Offset in the body and address as written of each link to a file."""
    names_nobody: bool = False
    """Whether no mail address or telephone number can stand in the record."""


def read_file(file: AuthoredFile, raw: bytes) -> FileContent:
    """The record in a file, where it came from, and every problem."""
    if file.kind is Kind.IMAGE:
        return FileContent(file.path, Origin(file.path), tuple(_check_image(file, raw)))
    text, problems = decode(raw, file.path)
    if text is None:
        return FileContent(None, Origin(file.path), tuple(problems))
    return _READERS[file.kind](file, text)


def _fields(
    record: type[Record], source: YamlText, given: Mapping[str, object]
) -> tuple[Record | None, list[Problem]]:
    tree, problems = read_yaml(source)
    if tree is None:
        return None, problems
    return validate(record, tree, marks=lambda: YamlMarks(source), given=given)


def _data(record: type[Record], *id_fields: str) -> Callable[[AuthoredFile, str], FileContent]:
    """A reader for a file that is YAML throughout; its id fills the given fields."""

    def read(file: AuthoredFile, text: str) -> FileContent:
        source = YamlText(text, file.path)
        found, problems = _fields(record, source, dict(zip(id_fields, _parts(file.id, id_fields), strict=True)))
        quiet = isinstance(found, Assessment) and not data_may_name_somebody(text, file.path)
        return FileContent(found, Origin(file.path, source), tuple(problems), names_nobody=quiet)

    return read


def _parts(file_id: str, fields: tuple[str, ...]) -> tuple[str, ...]:
    """The id itself, or for an assessment the place and the name of the file."""
    if len(fields) < 2:
        return (file_id,)[: len(fields)]
    return file_id.partition("/")[0], file_id.rpartition("/")[2]


def _framework_version(file: AuthoredFile, text: str) -> FileContent:
    """An older version of a framework; its folder says of which."""
    source = YamlText(text, file.path)
    found, problems = _fields(Framework, source, {"id": file.id.partition("/")[0]})
    return FileContent(found, Origin(file.path, source), tuple(problems))


def _page(
    record: type[Record], id_field: str, body_field: str, **fixed: str
) -> Callable[[AuthoredFile, str], FileContent]:
    """A reader for a page with fields in front and Markdown below."""

    def read(file: AuthoredFile, text: str) -> FileContent:
        page, problems = split_page(text, file.path)
        if page is None:
            return FileContent(None, Origin(file.path), tuple(problems))
        prose = check_prose(page.body, file.path, first_line=page.body_line) if not problems else None
        found, wrong = _fields(record, page.fields, {id_field: _id(file), body_field: page.body, **fixed})
        problems += wrong
        origin = Origin(file.path, page.fields, page.body, page.body_line)
        if prose is None:
            return FileContent(found, origin, tuple(problems))
        quiet = not page_may_name_somebody(f"{file.path}\n{text}".encode())
        return FileContent(found, origin, (*problems, *prose.problems), _images(prose), tuple(prose.links), quiet)

    return read


def _id(file: AuthoredFile) -> str:
    return f"criteria/{file.id}" if file.kind is Kind.CRITERION_PAGE else file.id


def _template(file: AuthoredFile, text: str) -> FileContent:
    prose = check_prose(text, file.path)
    problems = body_too_long(text, file.path) or prose.problems
    origin = Origin(file.path, None, text)
    return FileContent(text, origin, tuple(problems), _images(prose), tuple(prose.links))


def _images(prose: Prose) -> tuple[tuple[Location, str], ...]:
    return tuple((prose.location(offset), path) for offset, path in prose.images)


def _observations(file: AuthoredFile, text: str) -> FileContent:
    source = CsvText(text, file.path)
    rows, problems = read_observations(source)
    origin = Origin(file.path, source, rows=tuple(row.position for row in rows))
    return FileContent(tuple(row.observation for row in rows), origin, tuple(problems))


def _check_image(file: AuthoredFile, raw: bytes) -> list[Problem]:
    picture = look_at(raw)
    ending = file.path.rpartition(".")[2].replace("jpg", "jpeg")
    name = quoted(file.path.rpartition("/")[2])
    if picture is None or picture.kind != ending:
        is_really = f"is really {picture.kind}" if picture else "is no PNG, JPEG or WebP image"
        hint = "save it again as the kind that its name says"
        return [Problem("wrong-image", Location(file.path), f"{name} {is_really}", hint)]
    if picture.width * picture.height > MOST_PIXELS:
        message = f"{name} has {picture.width} x {picture.height} pixels"
        hint = f"make it smaller than {MOST_PIXELS // 1_000_000} million pixels"
        return [Problem("wrong-image", Location(file.path), message, hint)]
    if not picture.width or not picture.height:
        return [Problem("wrong-image", Location(file.path), f"{name} holds no picture", "save it again")]
    if (notes := notes_in(raw, picture.kind)) is not None:
        hint = "save it again without metadata: export it for the web, or take a picture of it on the screen"
        return [Problem("image-notes", Location(file.path), f"{name} holds {notes}", hint)]
    if not is_whole(raw, picture.kind):
        hint = "copy it again from where it came from, or save it again"
        return [Problem("wrong-image", Location(file.path), f"{name} ends before the picture does", hint)]
    return []


_READERS: dict[Kind, Callable[[AuthoredFile, str], FileContent]] = {
    Kind.SITE: _data(Site),
    Kind.NETWORK: _data(Network),
    Kind.CROSSWALK: _data(Crosswalk),
    Kind.FRAMEWORK: _data(Framework, "id"),
    Kind.FRAMEWORK_VERSION: _framework_version,
    Kind.ASSESSMENT: _data(Assessment, "place", "file_id"),
    Kind.PROSE: _page(ProsePage, "path", "body"),
    Kind.CRITERION_PAGE: _page(ProsePage, "path", "body"),
    Kind.PRACTICE: _page(Practice, "id", "body"),
    Kind.TOOL: _page(Tool, "id", "body", template=""),
    Kind.PLACE: _page(Place, "id", "profile"),
    Kind.TOOL_TEMPLATE: _template,
    Kind.OBSERVATIONS: _observations,
}
