"""JSON Schemas of the files that people write, so that an editor can help while they write.

A file of ours holds text and nothing else: the model decides what is a number. An editor decides by itself, so a value
that may be a number is allowed as a number and as text. Only words are used here that drafts 7 and 2020-12 of JSON
Schema read alike. What needs more than one file, or more than one field, is left to `lcsite check`; the schema is
never stricter than the check, apart from true and false, which it wants to be written like that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from lcsite.describing.kinds import KINDS, FileKind
from lcsite.describing.made_once import made_once
from lcsite.model.assessment import Answer
from lcsite.model.words import Choice

__all__ = ["MADE_BY", "Schema", "schema_bytes", "schema_of", "written_schemas"]

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
MADE_BY = "Made by lcsite from its models. To renew it after an upgrade: lcsite export schemas"
"""Stands in every schema, so that nobody else's file is ever taken for one."""
_WHOLE = r"^[+-]?[0-9]+$"
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_LOOK_LIKE_NUMBERS = ("1", "2024", "5.2", "2026.1", "123456")
_BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
_KEPT_BESIDE = ("description", "examples")


class _InOrder(GenerateJsonSchema):
    """Keeps the order of the models, so that fields and examples come as people write them."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        return value


def schema_of(kind: FileKind) -> Schema:
    """The schema of one kind of file, or of a row of it where it is a table. The caller may change it."""
    return json.loads(schema_bytes(kind.name))  # type: ignore[no-any-return]


@cache
def schema_bytes(name: str) -> bytes:
    """The schema as it is published: the same bytes for the same models."""
    return made_once(f"schema.{name}", partial(_schema_bytes, KINDS[name]))


def _schema_bytes(kind: FileKind) -> bytes:
    made = TypeAdapter(kind.record).json_schema(by_alias=True, schema_generator=_InOrder)
    named = made.pop("$defs", {})
    if "$ref" in made:  # a record that holds itself
        made = named[made["$ref"].rpartition("/")[2]]
    choices = {choice.__name__: choice for choice in _choices(kind.record, set())}
    parts = {part: _named(part, schema, choices) for part, schema in sorted(named.items())}
    root = _fitted(made)
    properties = {key: value for key, value in root["properties"].items() if key not in kind.given}
    whole = {
        "$schema": _DRAFT, "$comment": MADE_BY, "title": kind.title, "description": kind.words, "type": "object",
        "properties": properties, "required": [key for key in root.get("required", ()) if key in properties],
        "additionalProperties": False,
    } | ({"$defs": parts} if parts else {})
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def written_schemas() -> Iterator[tuple[str, bytes]]:
    """(file name, content) of every schema. A table has none: no editor reads a schema for it."""
    for kind in KINDS.values():
        if kind.form != "table":
            yield f"{kind.name}.json", schema_bytes(kind.name)


def _choices(annotation: Any, seen: set[Any]) -> Iterator[type[Choice]]:
    """Every list of words that a record refers to, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, Choice):
        yield annotation
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in seen:
            seen.add(annotation)
            for field in annotation.model_fields.values():
                yield from _choices(field.annotation, seen)
    else:
        for part in get_args(annotation):
            yield from _choices(part, seen)


def _named(name: str, schema: Schema, choices: Mapping[str, type[Choice]]) -> Schema:
    fitted = _fitted(schema)
    if name in choices:
        # `enumDescriptions` is known to the editors that read such schemas; all others pass it over.
        fitted["enumDescriptions"] = [choice.meaning for choice in choices[name]]
    if name == Answer.__name__:
        about = {key: fitted.pop(key) for key in ("title", "description")}
        return {**about, "anyOf": [{**_text({}), "description": "the plain case: a plain value"}, fitted]}
    return fitted


def _fitted(schema: Schema) -> Schema:
    """One schema of the library, as a file of ours is written."""
    schema = {_BOUNDS.get(key, key): value for key, value in schema.items() if key != "discriminator"}
    if schema.get("default", 0) in (None, []):
        del schema["default"]
    if "properties" in schema:
        below = {key: _untitled(_fitted(value)) for key, value in schema["properties"].items()}
        return {**schema, "properties": below}
    if "anyOf" in schema:
        return _one_of(schema)
    if "oneOf" in schema:
        return {**schema, "oneOf": [_fitted(each) for each in schema["oneOf"]]}
    if "items" in schema:
        return {**schema, "items": _fitted(schema["items"])}
    if "patternProperties" in schema:
        below = {key: _fitted(value) for key, value in schema["patternProperties"].items()}
        return {**schema, "patternProperties": below, "additionalProperties": False}
    return _scalar(schema)


def _untitled(schema: Schema) -> Schema:
    """Without the title that the library makes of the name of a field."""
    return {key: value for key, value in schema.items() if key != "title"}


def _one_of(schema: Schema) -> Schema:
    """A choice of types. What may be left out is left out and never null; a number may be written as text."""
    options = [each for each in schema.pop("anyOf") if each.get("type") != "null"]
    number = next((each for each in options if each.get("type") == "number"), None)
    if number is not None:
        return _scalar({**number, **schema})
    if len(options) > 1:
        return {"anyOf": [_fitted(each) for each in options], **schema}
    fitted = _fitted(options[0])
    return {**fitted, **{key: value for key, value in schema.items() if key in _KEPT_BESIDE or key == "default"}}


def _scalar(schema: Schema) -> Schema:
    kind = schema.get("type")
    if kind == "boolean":
        return {**schema, "type": ["boolean", "string"], "enum": [True, False, "true", "false"]}
    if kind == "integer":
        return {**schema, "type": ["integer", "string"], "pattern": _WHOLE}
    if kind == "number":
        return {**schema, "type": ["number", "string"], "pattern": _NUMBER}
    if kind != "string" or "enum" in schema or "const" in schema:
        return schema
    if schema.get("format") == "date":
        return {**schema, "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
    if schema.get("format") == "uri":
        return {**{key: value for key, value in schema.items() if key != "format"}, "pattern": "^https?://"}
    return _text(schema)


def _text(schema: Schema) -> Schema:
    """Text; where it could look like a number to an editor, it may be one."""
    pattern = schema.get("pattern")
    if pattern is None:
        return {**schema, "type": ["string", "number", "boolean"]}
    if any(re.search(pattern, number) for number in _LOOK_LIKE_NUMBERS):
        return {**schema, "type": ["string", "number"]}
    return schema
