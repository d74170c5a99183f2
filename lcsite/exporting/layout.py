"""Documents laid out for reading: what fits on a line stands on one, else each member and entry on one of its own.

Values are written by `encoding`; here is only where lines end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass, replace
from functools import cache
from operator import getitem
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

from lcsite.exporting.encoding import Texts, json_key, json_member, json_text, values_at
from lcsite.exporting.shape import Field, entries_of, fields_of

__all__ = ["WrittenOnce", "laid_out", "line_of", "opening"]

_NEXT = "\x1f"
"""Stands before every member until it is known what stands between them. No text of JSON can hold it."""
_WIDE = 110
_MOST_ON_A_LINE = 25
"""The shortest objects that there can be would fill a line by then."""
_TOO_LONG = "." * (_WIDE + 1)
"""Stands for the line of rows that fits on none, until somebody wants it all the same."""


class _Large(NamedTuple):
    """A member that may need several lines: where it stands, under which key, and the line that it would stand on."""

    position: int
    key: str
    line: str
    value: Any


class _Object(NamedTuple):
    """An object, written: its members, `_NEXT` before each; the same in one text; its length on one line."""

    members: list[str]
    large: list[_Large]
    text: str
    length: int

    @classmethod
    def of(cls, members: list[str], large: list[_Large]) -> _Object:
        text = "".join(members)
        return cls(members, large, text, _length(text))

    @property
    def line(self) -> str:
        later = [each for each in self.large if each.line is _TOO_LONG]
        if not later:
            return _on_a_line(self.text)
        members = self.members.copy()
        for position, key, _, value in later:
            members[position] = f"{_NEXT}{key}{_line(value)}"
        return _on_a_line("".join(members))


class WrittenOnce:
    """A row that stands in several files: what is written of it for one serves the others."""

    __slots__ = ("written",)
    if TYPE_CHECKING:  # no field of the row
        written: _Object


def _length(text: str) -> int:
    """How long an object is on one line."""
    return max(len(text) + text.count(_NEXT), len("{}"))


def _on_a_line(text: str) -> str:
    return "{" + text[1:].replace(_NEXT, ", ") + "}"


def laid_out(parts: Iterable[Any]) -> str:
    """One object with the members of all `parts`, rows or mappings."""
    members: list[str] = []
    large: list[_Large] = []
    for made in map(_object, parts):
        large += [each._replace(position=each.position + len(members)) for each in made.large]
        members += made.members
    return _fitted(_Object.of(members, large), "")


def line_of(row: WrittenOnce) -> str:
    """A row on one line, however long that is."""
    return _object(row).line


def opening(part: Any) -> str:
    """The members of a row or mapping, a line each."""
    return _object(part).text[1:].replace(_NEXT, ",\n") + ",\n"


def _object(part: Any) -> _Object:
    """A row or mapping. Rows within it are written once, for the line they may stand on and the lines they may need."""
    if isinstance(part, WrittenOnce):
        if not hasattr(part, "written"):
            part.written = _of_row(part)
        return part.written
    return _of_row(part) if is_dataclass(part) else _of_mapping(part)


def _of_mapping(mapping: Mapping[str, Any]) -> _Object:
    members: list[str] = []
    large: list[_Large] = []
    for key, value in mapping.items():
        value, line = _within(value)
        large.append(_Large(len(members), json_key(key), line, value))
        members.append(f"{_NEXT}{json_key(key)}{line}")
    return _Object.of(members, large)


def _of_row(part: Any) -> _Object:
    row: Any = type(part)
    texts, values, containers = _plan(row)
    found = values(part)
    members = [*map(getitem, texts, found)]
    large: list[_Large] = []
    for position, key, write in containers:
        value = found[position]
        if not value:
            continue
        if write is not None:
            value, line = write(value)
            members[position] = f"{_NEXT}{key}{line}"
        else:
            line = members[position][len(_NEXT) + len(key) :]
            if type(value) is dict:
                value = dict(sorted(value.items()))
        large.append(_Large(position, key, line, value))
    return _Object.of(members, large)


def _within(value: Any) -> tuple[Any, str]:
    """A value of a mapping, and the line that it would stand on."""
    if is_dataclass(value):
        return _row(value)
    if isinstance(value, list | tuple) and value and all(map(is_dataclass, value)):
        return _rows(value)
    return value, json_text(value)


def _row(row: Any) -> tuple[Any, str]:
    """A row within a row, and the line that it would stand on."""
    made = _object(row)
    return made, made.line if made.length <= _WIDE else _TOO_LONG


def _rows(rows: Sequence[Any]) -> tuple[Any, str]:
    """A list of rows, written one by one where there are few; and the line that they would stand on."""
    if len(rows) > _MOST_ON_A_LINE:  # not all at once: an index names thousands of files
        return rows, _TOO_LONG
    made = [_object(row) for row in rows]
    if sum([row.length for row in made]) > _WIDE:
        return made, _TOO_LONG
    return made, "[" + ", ".join([row.line for row in made]) + "]"


def _line(value: Any) -> str:
    """A row within a row, or a list of them, on one line."""
    if type(value) is _Object:
        return value.line
    return "[" + ", ".join([row.line for row in value]) + "]" if type(value) is list else json_text(value)


_Within = Callable[[Any], tuple[Any, str]]


@cache
def _plan(row: Any) -> tuple[list[Texts], Callable[[Any], tuple[Any, ...]], list[tuple[int, str, _Within | None]]]:
    """How the fields of a row are written, where their values are found, and which may need several lines.

    Of these it says where, under which key, and what writes them if they are rows.
    """
    fields = tuple(_fields(row))
    texts: list[Texts] = []
    containers: list[tuple[int, str, _Within | None]] = []
    for position, field in enumerate(fields):
        many = get_origin(field.type) is tuple
        within: _Within = _rows if many else _row
        holds_rows = not field.is_part and is_dataclass(get_args(field.type)[0] if many else field.type)
        texts.append(_LATER if holds_rows else json_member(field, _NEXT))
        if holds_rows or get_origin(field.type) in (tuple, dict):
            containers.append((position, json_key(field.name), within if holds_rows else None))
    return texts, values_at(field.path for field in fields), containers


def _fields(row: Any) -> Iterator[Field]:
    """The fields of a row, and each part by itself of which nothing may need several lines."""
    for entry in entries_of(row):
        inside = fields_of(entry.type) if entry.is_part else ()
        if any(get_origin(field.type) in (tuple, dict) or is_dataclass(field.type) for field in inside):
            yield from (replace(field, path=f"{entry.name}.{field.path}") for field in inside)
        else:
            yield entry


class _Later:
    def __getitem__(self, value: Any, /) -> str:
        return ""


_LATER = _Later()


def _fitted(made: _Object, indent: str) -> str:
    """An object on as many lines as it needs."""
    if len(indent) + made.length <= _WIDE:
        return made.line
    deeper = f"{indent} "
    long = [each for each in made.large if len(deeper) + len(each.line) > _WIDE]
    if not long:
        return _on_lines(made.text, indent)
    members = made.members.copy()
    for position, key, _, value in long:
        members[position] = f"{_NEXT}{key}{_spread(value, deeper)}"
    return _on_lines("".join(members), indent)


def _on_lines(text: str, indent: str) -> str:
    """An object with its members on a line each."""
    return "{\n " + indent + text[1:].replace(_NEXT, f",\n {indent}") + f"\n{indent}}}"


def _spread(value: Any, indent: str) -> str:
    """A value that is too long for a line, on as many as it needs."""
    if type(value) is _Object:
        return _fitted(value, indent)
    if isinstance(value, list | tuple):
        deeper = f"{indent} "
        return "[\n" + ",\n".join([deeper + _entry(entry, deeper) for entry in value]) + f"\n{indent}]"
    return _fitted(_object(value), indent) if isinstance(value, Mapping) or is_dataclass(value) else json_text(value)


def _entry(entry: Any, indent: str) -> str:
    """An entry of a list."""
    if type(entry) is str:
        return json_text(entry)
    if type(entry) is _Object:
        return _fitted(entry, indent)
    if is_dataclass(entry):
        row: Any = type(entry)
        texts, values, containers = _plan(row)
        if containers:
            return _fitted(_object(entry), indent)
        text = "".join(map(getitem, texts, values(entry)))  # an index names thousands of files: nothing more is made
        return _on_lines(text, indent) if len(indent) + _length(text) > _WIDE else _on_a_line(text)
    if isinstance(entry, Mapping):
        return _fitted(_object(entry), indent)
    line = json_text(entry)
    return line if len(indent) + len(line) <= _WIDE else _spread(entry, indent)
