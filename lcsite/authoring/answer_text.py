"""Writes answers that have been read back into a file: every field that a person filled in, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lcsite.authoring.yaml_text import entries, field, scalar
from lcsite.model.assessment import Answer, Assessment, Example
from lcsite.model.words import Record

__all__ = ["answer_lines", "beginning", "endings", "in_words"]


def answer_lines(node_id: str, answer: Answer) -> str:
    """`inclusion-2: 3`, or the answer over several lines."""
    filled = _filled(answer)
    if filled.keys() == {"value"}:
        return field(node_id, str(filled["value"]), indent=2)
    return f"  {scalar(node_id)}:\n" + "".join(_lines(filled, 4))


def beginning(assessment: Assessment, framework: str, carried_from: str) -> str:
    """The fields before the answers: the framework in its new version, who answered, and the file that it came from."""
    by = _filled(assessment.by)
    return (
        field("framework", framework) + field("as_of", assessment.as_of.isoformat())
        + "by:\n" + "".join(_lines(by, 2)) + field("carried_from", carried_from)
    )


def endings(examples: Mapping[str, Example], limits: Iterable[str], conflicts: Iterable[str]) -> str:
    """The fields after the answers, as far as there is something in them."""
    text = ""
    if examples:
        text += "examples:\n" + "".join(
            f"  {scalar(node)}:\n" + "".join(_lines(_filled(example), 4)) for node, example in examples.items()
        )
    for key, lines in (("limits", tuple(limits)), ("conflicts", tuple(conflicts))):
        text += entries(key, lines) if lines else ""
    return text


def in_words(answer: Answer) -> str:
    """The answer as a person would say it."""
    return f"not applicable: {answer.not_applicable}" if answer.not_applicable else str(answer.value)


def _filled(record: Record) -> dict[str, Any]:
    """What was written, by the names under which it is written, in the order of the model."""
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)


def _lines(fields: Mapping[str, Any], indent: int) -> Iterator[str]:
    space = " " * indent
    for key, value in fields.items():
        if isinstance(value, dict):
            yield f"{space}{scalar(key)}:\n"
            yield from _lines(value, indent + 2)
        elif isinstance(value, list):
            yield f"{space}{scalar(key)}:\n"
            for item in value:
                if isinstance(item, dict):
                    first, *rest = _lines(item, indent + 4)
                    yield f"{space}  - {first.lstrip(' ')}"
                    yield from rest
                else:
                    yield f"{space}  - {scalar(str(item))}\n"
        elif isinstance(value, bool):
            yield f"{space}{scalar(key)}: {str(value).lower()}\n"
        else:
            yield field(key, str(value), indent=indent)
