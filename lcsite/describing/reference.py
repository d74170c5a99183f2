"""What there is to say about each kind of file: its fields, what each is for, what may stand there, and an example.

Everything is read from the schemas, and so from the models. An example is made of the examples of its fields.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from yaml.nodes import ScalarNode

from lcsite.describing.forms import FORMS
from lcsite.describing.kinds import KINDS, FileKind
from lcsite.describing.made_once import made_once
from lcsite.describing.schemas import Schema, schema_of
from lcsite.pages.file_reference import FieldRow, FileReference, FormReference, RecordPart
from lcsite.reading.csv_rows import COLUMNS

__all__ = ["example_of", "file_references", "form_references", "parts_of"]

_LONGEST_EXAMPLE = 70
_WIDTH = 96
_LARGE = 10_000
_NOT_TOGETHER = {
    "observation": ("low", "high", "n", "k"), "framework": ("publish_total",), "assessment": ("carried_from",),
}
"""Fields that an example leaves out, because they exclude another or would mislead."""
_INVENTED = ("place", "practice")


class _Plain(yaml.SafeDumper):
    """Every scalar is text to our reader, so that none needs quotation marks to be taken for it."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        shown = "word" if kind is ScalarNode and value else value
        return super().resolve(kind, shown, implicit)  # type: ignore[no-untyped-call]

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _yaml(value: Any, *, flow: bool | None = False) -> str:
    text: str = yaml.dump(
        value, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=_WIDTH if not flow else 10_000,
        default_flow_style=flow,
    )
    return text.removesuffix("...\n").strip("\n") + "\n"


def _target(schema: Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2] if "$ref" in schema else ""


class _Describer:
    """Reads one schema."""

    def __init__(self, kind: FileKind) -> None:
        self.kind = kind
        self.schema = schema_of(kind)
        self.defs: dict[str, Schema] = self.schema.get("$defs", {})

    def is_record(self, name: str) -> bool:
        return "enum" not in self.defs.get(name, {})

    def parts(self) -> Iterator[RecordPart]:
        """The file itself, then every record in it, in the order in which they are met."""
        yield RecordPart("", self.kind.words, self._rows(self.schema))
        for name in self._met():
            schema = self.defs[name]
            fields = next((each for each in schema.get("anyOf", ()) if "properties" in each), schema)
            yield RecordPart(_in_words(name), schema["description"], self._rows(fields))

    def _met(self) -> list[str]:
        found: list[str] = []

        def look(schema: Any) -> None:
            if isinstance(schema, list):
                for each in schema:
                    look(each)
            elif isinstance(schema, dict):
                if (name := _target(schema)) and name not in found and self.is_record(name):
                    found.append(name)
                    look(self.defs[name])
                for key, value in schema.items():
                    if key == "properties":
                        look([*value.values()])
                    elif key not in ("$ref", "$defs", "examples"):
                        look(value)

        look([*self.schema["properties"].values()])
        return found

    def _rows(self, schema: Schema) -> tuple[FieldRow, ...]:
        needed = schema.get("required", ())
        return tuple(self._row(name, field, name in needed) for name, field in schema["properties"].items())

    def _row(self, name: str, field: Schema, needed: bool) -> FieldRow:
        inner = field.get("items", field)
        target = _target(inner) or next(
            (_target(each) for each in inner.get("patternProperties", {}).values() if _target(each)), ""
        )
        is_record = bool(target) and self.is_record(target)
        choices = self._choices(inner)
        example = "" if is_record else _yaml(_as_written(self.example(field, ())), flow=True).strip("\n")
        return FieldRow(
            name=name, needed=needed, words=_sentence(field["description"]), value=self._value(field),
            choices=choices, example=example if len(example) <= _LONGEST_EXAMPLE else "",
            part=_in_words(target) if is_record else "",
        )

    def _choices(self, schema: Schema) -> tuple[tuple[str, str], ...]:
        schema = self.defs.get(_target(schema), schema)
        if "enum" not in schema or schema.get("type") == ["boolean", "string"]:
            return ()
        return tuple(zip(schema["enum"], schema.get("enumDescriptions", [""] * len(schema["enum"])), strict=True))

    def _value(self, schema: Schema) -> str:
        """What may stand there, in a few words."""
        name = _target(schema)
        if name:
            if not self.is_record(name):
                return "one of these words"
            return "a plain value, or fields" if "anyOf" in self.defs[name] else "fields"
        if "oneOf" in schema:
            return "fields; which ones depends on the kind"
        if "items" in schema:
            inner = schema["items"]
            return "a list of " + {"one of these words": "these words", "fields": "entries with fields"}.get(
                self._value(inner), f"entries, each {self._value(inner)}"
            )
        if "patternProperties" in schema:
            below = next(iter(schema["patternProperties"].values()))
            return f"names of your own, each with {self._value(below)}"
        return _scalar_words(schema)

    def example(self, schema: Schema, above: tuple[str, ...]) -> Any:
        """A value that is right, made of the examples of the fields."""
        if "examples" in schema:
            return schema["examples"][0]
        if name := _target(schema):
            return self.example(self.defs[name], (*above, name))
        if "enum" in schema:
            return schema["enum"][0]
        if "const" in schema:
            return schema["const"]
        if "anyOf" in schema or "oneOf" in schema:
            return self.example((schema.get("anyOf") or schema["oneOf"])[0], above)
        if "items" in schema:
            return [self.example(schema["items"], above)]
        if "properties" in schema:
            return self.record(schema, above)
        return "words"

    def record(self, schema: Schema, above: tuple[str, ...] = ()) -> dict[str, Any]:
        """The fields of a record: those that are needed, and those that have something of their own to show."""
        left_out = _NOT_TOGETHER.get(self.kind.name, ()) if not above else ()
        made = {}
        for name, field in schema["properties"].items():
            wanted = name in schema.get("required", ()) or (not above and self._has_fields(field)) or (
                "examples" in field
            )
            if wanted and name not in left_out:
                made[name] = self.example(field, above)
        return made

    def _has_fields(self, schema: Schema) -> bool:
        target = _target(schema.get("items", schema))
        return bool(target) and self.is_record(target)


def _in_words(name: str) -> str:
    """`BudgetPerHead` as words."""
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name).strip().capitalize()


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?")) else ".")


def _scalar_words(schema: Schema) -> str:
    kinds = schema.get("type", "string")
    if kinds == ["boolean", "string"]:
        return "true or false"
    if "enum" in schema:
        return "one of these words"
    if "const" in schema:
        return f"the word {schema['const']}"
    if "integer" in kinds:
        low, high = schema.get("minimum"), schema.get("maximum")
        bounded = low is not None and high is not None and high < _LARGE
        return f"a whole number from {low} to {high}" if bounded else "a whole number"
    if schema.get("pattern", "").startswith("^[+-]?("):
        return "a number"
    if schema.get("format") == "date":
        return "a day, as year-month-day"
    return "text"


def parts_of(kind: FileKind) -> tuple[RecordPart, ...]:
    """The fields of a kind of file, those inside others apart."""
    return tuple(_Describer(kind).parts())


def example_of(kind: FileKind) -> dict[str, Any]:
    """The fields of an example of a kind of file, as values."""
    describer = _Describer(kind)
    made = describer.record(describer.schema)
    return made | ({"demonstration": True} if kind.name in _INVENTED else {})


def _example_file(kind_name: str) -> str:
    """The whole example as it would stand in its file."""
    kind = KINDS[kind_name]
    made = example_of(kind)
    if kind.form == "table":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        source = {f"source_{name}": value for name, value in made.get("source", {}).items()}
        writer.writerows([COLUMNS, [(made | source).get(name, "") for name in COLUMNS]])
        return out.getvalue()
    text = _yaml(_as_written(made))
    return f"---\n{text}---\n{kind.text}\n" if kind.form == "page" else text


def _as_written(value: Any) -> Any:
    """Numbers and truth as the words that stand in a file."""
    if isinstance(value, dict):
        return {str(key): _as_written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_written(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _references() -> Iterator[FileReference]:
    for kind in KINDS.values():
        yield FileReference(
            kind.name, kind.title, kind.words, kind.path, kind.text, schema=kind.form != "table", describe=_described
        )


@cache
def _described(kind_name: str) -> tuple[tuple[RecordPart, ...], str]:
    return made_once(f"description.{kind_name}", lambda: (parts_of(KINDS[kind_name]), _example_file(kind_name)))


@cache
def file_references() -> tuple[FileReference, ...]:
    """Every kind of file, in the order in which people meet them."""
    return tuple(_references())


def form_references() -> tuple[FormReference, ...]:
    """Every form that can be filled in."""
    return tuple(FormReference(form.name, form.title, form.words, len(form.fields)) for form in FORMS.values())
