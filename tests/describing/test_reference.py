"""The pages about each kind of file: every field described, every example right, nothing left out."""

from __future__ import annotations

from typing import Any

import pytest

from lcsite.describing import KINDS, FileKind
from lcsite.describing.reference import example_of, file_references, form_references, parts_of
from lcsite.describing.schemas import schema_of
from lcsite.model import own_pages
from lcsite.reading.front_matter import split_page
from lcsite.reading.strict_yaml import YamlMarks, YamlText, read_yaml
from lcsite.reading.validation import validate
from tests.describing.test_schemas import complaints

KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
FROM_ELSEWHERE: dict[str, dict[str, object]] = {
    "place": {"id": "a", "profile": ""}, "assessment": {"place": "a", "file_id": "b"},
    "practice": {"id": "a", "body": ""}, "tool": {"id": "a", "body": "", "template": ""},
    "page": {"path": "a", "body": ""}, "framework": {"id": "a"},
}  # fmt: skip


def everything_about(kind: FileKind) -> dict[str, set[str]]:
    return {part.name: {row.name for row in part.rows} for part in parts_of(kind)}


@KIND
def test_every_field_has_a_row_that_says_what_it_is_for_and_what_may_stand_there(kind: FileKind) -> None:
    schema = schema_of(kind)
    assert everything_about(kind)[""] == set(schema["properties"])
    records = [name for name, part in schema.get("$defs", {}).items() if "enum" not in part]
    assert len(parts_of(kind)) == 1 + len(records)
    names = {part.name for part in parts_of(kind)}
    for part in parts_of(kind):
        for row in part.rows:
            assert row.words.endswith((".", "?")), (part.name, row.name)
            assert row.words[0] == row.words[0].upper()
            assert row.value
            assert not row.part or row.part in names
            assert all(word and (meaning or len(row.choices)) for word, meaning in row.choices)


@KIND
def test_every_field_has_an_example_or_a_part_of_its_own(kind: FileKind) -> None:
    without = [
        f"{part.name}.{row.name}" for part in parts_of(kind) for row in part.rows
        if not (row.example or row.part) and row.value != "fields; which ones depends on the kind"
    ]
    long = {f".{name}" for name, field in schema_of(kind)["properties"].items() if "examples" in field}
    assert set(without) <= long | {"Answers scale.steps", "Ordinal scale.steps"}, without


@KIND
def test_the_example_is_right_as_an_editor_sees_it(kind: FileKind) -> None:
    assert complaints(kind, example_of(kind)) == []


@KIND
def test_the_example_is_right_as_it_stands_in_its_file(kind: FileKind) -> None:
    reference = next(each for each in file_references() if each.name == kind.name)
    if kind.form == "table":
        from lcsite.reading.csv_rows import CsvText, read_observations

        rows, problems = read_observations(CsvText(reference.example, "a.csv"))
        assert (len(rows), problems) == (1, [])
        return
    source = YamlText(reference.example, "a.yml")
    if kind.form == "page":
        page, problems = split_page(reference.example, "a.md")
        assert page is not None
        source = page.fields
    tree, problems = read_yaml(source)
    assert tree is not None
    _, found = validate(kind.record, tree, marks=lambda: YamlMarks(source), given=FROM_ELSEWHERE.get(kind.name))
    assert problems + found == []


@KIND
def test_each_example_of_a_field_is_one_that_the_field_takes(kind: FileKind) -> None:
    whole = schema_of(kind)

    def look(schema: Any) -> None:
        if isinstance(schema, dict):
            for key, field in (schema.get("properties") or {}).items():
                for example in field.get("examples", ()):
                    from jsonschema import Draft202012Validator

                    errors = [*Draft202012Validator({**field, "$defs": whole.get("$defs", {})}).iter_errors(example)]
                    assert errors == [], (key, example)
            for below in schema.values():
                look(below)
        elif isinstance(schema, list):
            for below in schema:
                look(below)

    look(whole)


def test_authors_can_link_to_the_page_of_every_kind() -> None:
    assert {f"content/contribute/files/{name}.md" for name in KINDS} <= own_pages.PAGES_OF_EVERY_SITE


def test_every_form_is_offered() -> None:
    assert [form.name for form in form_references()] == ["case-study", "correction", "place", "objection"]
