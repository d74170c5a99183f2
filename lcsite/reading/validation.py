"""From a tree of text to a Record: every mistake at once, at the line where it stands, in plain words.

The rules are the model's; here they are only applied, and what pydantic says is put into words for authors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, Protocol, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lcsite.model.scale import Scale
from lcsite.model.words import Record
from lcsite.problems import Location, Problem, quoted
from lcsite.reading.strict_yaml import Path, Tree
from lcsite.reading.validation_words import in_plain_words, nearest

__all__ = ["Marks", "validate"]

R = TypeVar("R", bound=Record)


class Marks(Protocol):
    """Where the values of a tree stand."""

    def value(self, path: Path) -> Location: ...

    def key(self, path: Path) -> Location: ...


def validate(
    record: type[R], tree: dict[str, Tree], *, marks: Callable[[], Marks], given: Mapping[str, object] | None = None
) -> tuple[R | None, list[Problem]]:
    """The record that a tree describes, or None, and every problem.

    `marks` is called only if there is a problem. `given` holds the fields that do not come from the tree (an id that is
    the name of the file, the body of a page); an author who writes one of them is told where it comes from.
    """
    given = given or {}
    if not given.keys() & tree.keys():
        try:
            return record.model_validate({**tree, **given}), _refuse_empty(tree, marks)
        except ValidationError as error:
            found = error.errors(include_url=False)
    else:
        found = []
    where = marks()
    problems = _refuse_empty(tree, lambda: where)
    for field in sorted(given.keys() & tree.keys()):
        is_text = field in ("body", "profile", "template")
        source = "text below the second ---" if is_text else "name of the file or folder"
        message = f'"{field}" is not written here'
        problems.append(Problem("unknown-field", where.key((field,)), message, f"leave it out; it is the {source}"))
    if not found:
        tree = {key: value for key, value in tree.items() if key not in given}
        try:
            record.model_validate({**tree, **given})
        except ValidationError as error:
            found = error.errors(include_url=False)
    spoken_for = {problem.location for problem in problems}
    for detail in found:
        if detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            continue  # only the entries are wrong, and each of them is reported
        problem = _problem(record, detail, tree, where)
        if problem.location not in spoken_for or detail["type"] == "missing":
            problems.append(problem)
    return None, problems


def _refuse_empty(tree: Tree, marks: Callable[[], Marks]) -> list[Problem]:
    """A field with nothing behind its colon: left out altogether it would say the same without a question."""
    return [
        Problem(
            "empty-value", marks().value(path), f"nothing stands behind {_field_words(path)}",
            "write a value, or leave the whole line out",
        )
        for path in (_empty(tree, ()) if _has_empty(tree) else ())
    ]


def _has_empty(tree: Tree) -> bool:
    """A quick look, since nearly every file has nothing empty."""
    values = tree.values() if isinstance(tree, dict) else tree
    if values is None or isinstance(values, str):
        return values is None
    if None in values:
        return True
    for value in values:  # noqa: SIM110 - a loop takes half the time of `any` here, and it runs for every list and mapping
        if type(value) is not str and _has_empty(value):
            return True
    return False


def _empty(tree: Tree, path: Path) -> Iterator[Path]:
    if tree is None:
        yield path
    elif not isinstance(tree, str):
        for step, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _empty(value, (*path, step))


def _field_words(path: Path) -> str:
    return f'"{path[-1]}"' if path and isinstance(path[-1], str) else "the sign of this entry"


# From pydantic's `loc` to the author's file


def _problem(record: type[Record], detail: ErrorDetails, tree: Tree, marks: Marks) -> Problem:
    kind = detail["type"]
    path, rest = _path_in(tree, detail["loc"])
    if kind == "missing":
        field = str(detail["loc"][-1])
        classes = _records_at(record, detail["loc"][:-1])
        hint = next((h for h in (_description(c, field) for c in classes) if h), "")
        return Problem("missing-field", marks.value(path), f'"{field}" is missing{_within(path, "in")}', hint)
    if kind == "extra_forbidden":
        field = str(detail["loc"][-1])
        classes = _records_at(record, detail["loc"][:-1])
        names = sorted({name for c in classes for name in _fields(c)})
        message = f"{quoted(field)} is not a field{_within(path[:-1], 'of')}"
        return Problem("unknown-field", marks.key(path), message, _nearest(field, names, "fields here"))
    if kind == "union_tag_invalid":
        path = (*path, "kind")
    code, message, hint = in_plain_words(detail, _name(detail["loc"], path, rest))
    at_key = "[key]" in rest
    return Problem(code, marks.key(path) if at_key else marks.value(path), message, hint)


def _nearest(word: str, allowed: list[str], what: str) -> str:
    if (near := nearest(word, allowed)) is not None:
        return f'did you mean "{near}"?'
    return f"{what}: {', '.join(allowed)}" if allowed else ""


def _path_in(tree: Tree, loc: tuple[int | str, ...]) -> tuple[Path, tuple[int | str, ...]]:
    """The part of `loc` that exists in the tree, and what is left over (missing names, tags of a choice)."""
    path: list[int | str] = []
    rest: list[int | str] = []
    here: Tree = tree
    for number, step in enumerate(loc):
        is_last = number == len(loc) - 1
        if isinstance(here, dict) and isinstance(step, str) and step in here:
            below = here[step]
            if not is_last and loc[number + 1] != "[key]" and not isinstance(below, dict | list) and step in _TAGS:
                rest.append(step)  # the tag of a choice that happens to be a field as well
                continue
            here = below
            path.append(step)
        elif isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here):
            here = here[step]
            path.append(step)
        else:
            rest.append(step)
    return tuple(path), tuple(rest)


def _within(path: Path, preposition: str) -> str:
    """` in "evidence"`: the field around a mistake, or nothing at the top of a file."""
    names = [step for step in path if isinstance(step, str)]
    return f" {preposition} {quoted(names[-1])}" if names else ""


def _name(loc: tuple[int | str, ...], path: Path, rest: tuple[int | str, ...]) -> str:
    """The field that a message speaks of; entries of a list go by the name of the list."""
    if "[key]" in rest:
        return f"a name{_within(path[:-1], 'in')}"
    if path and isinstance(path[-1], int):
        return f"an entry{_within(path, 'of')}"
    names = [step for step in (path or loc) if isinstance(step, str)]
    return quoted(names[-1]) if names else "this"


# From pydantic's `loc` to the record that the mistake is in


def _records_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in get_args(annotation):
        yield from _records_in(part)


def _fields(record: type[BaseModel]) -> dict[str, Any]:
    """Fields by the name under which they are written."""
    return {info.alias or name: info for name, info in record.model_fields.items()}


def _description(record: type[BaseModel], field: str) -> str:
    info = _fields(record).get(field)
    return (info.description or "") if info is not None else ""


def _records_at(record: type[BaseModel], loc: tuple[int | str, ...]) -> list[type[BaseModel]]:
    """The records that may stand at `loc`: one, or several where a choice is open."""
    classes: list[type[BaseModel]] = [record]
    for step in loc:
        if not isinstance(step, str):
            continue
        below = [inner for c in classes if step in _fields(c) for inner in _records_in(_fields(c)[step].annotation)]
        tagged = [c for c in classes if _tag(c) == step]
        classes = tagged or below or classes
    return classes


def _tag(record: type[BaseModel]) -> str | None:
    info = record.model_fields.get("kind")
    if info is None or get_origin(info.annotation) is not Literal:
        return None
    values = get_args(info.annotation)
    return str(values[0]) if len(values) == 1 else None


_TAGS = frozenset(tag for choice in get_args(get_args(Scale)[0]) if (tag := _tag(choice)) is not None)
"""Names that pydantic puts into `loc` where one of several records was chosen."""
