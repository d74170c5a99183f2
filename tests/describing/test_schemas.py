"""The schemas for editors: fresh, valid, true of every file that is right, and of some use where one is wrong."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from lcsite.authoring.new_site import STARTER
from lcsite.describing import KINDS, FileKind
from lcsite.describing.schemas import schema_of, written_schemas
from lcsite.reading.layout import Kind
from tests.describing.readings import described_files, fields_of

ROOT = Path(__file__).parents[2]
WITHOUT_FIELDS = {Kind.IMAGE, Kind.TOOL_TEMPLATE}


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(KINDS[name]))


def complaints(kind: FileKind, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(kind.name).iter_errors(value)]


def test_every_kind_of_file_with_fields_is_described() -> None:
    described = {layout for kind in KINDS.values() for layout in kind.reads}
    assert set(Kind) - described == WITHOUT_FIELDS


def test_the_schemas_in_the_repository_are_those_of_the_models() -> None:
    """Renew them with `lcsite export schemas`."""
    stored = {path.name: path.read_bytes() for path in (ROOT / "schemas").glob("*.json")}
    assert stored == dict(written_schemas())


@pytest.mark.parametrize("name", [kind.name for kind in KINDS.values()])
def test_a_schema_is_one_in_the_draft_that_it_names_and_in_the_older_one_that_editors_know(name: str) -> None:
    schema = schema_of(KINDS[name])
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    Draft7Validator.check_schema({key: value for key, value in schema.items() if key != "$schema"})


@pytest.mark.parametrize("site", [ROOT, STARTER], ids=["this portal", "the starter"])
def test_every_file_that_is_right_fits_its_schema_however_it_is_read(site: Path) -> None:
    found = []
    seen = set()
    for kind, path, text in described_files(site):
        seen.add(kind.name)
        for way, value in fields_of(kind, text, path):
            found += [f"{path} ({way}): {complaint}" for complaint in complaints(kind, value)]
    assert found == []
    assert "place" in seen


PRACTICE = {
    "title": "Vouchers", "summary": "Nobody used them.", "kind": "voucher", "countries": ["GB"], "years": "2022-2024",
    "outcome": "did-not-work", "evidence": {"text": "31 of 900.", "quality": "official-audit"}, "resources": "A post",
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"titel": "x"}, "'titel' was unexpected"),
        ({"outcome": "did not work"}, "'did not work' is not one of"),
        ({"countries": ["Great Britain"]}, "does not match"),
        ({"countries": "GB"}, "is not of type 'array'"),
        ({"years": "last year"}, "does not match"),
        ({"sources": [{"title": "Note", "year": 24}]}, "24 is less than the minimum of 1800"),
        ({"sources": [{"title": "Note", "url": "example.org"}]}, "does not match '^https?://'"),
        ({"resources": None}, "None is not of type"),
        ({"id": "vouchers"}, "'id' was unexpected"),
    ],
)
def test_an_editor_that_knows_the_schema_sees_the_mistake(change: dict[str, Any], words: str) -> None:
    assert complaints(KINDS["practice"], PRACTICE) == []
    found = complaints(KINDS["practice"], PRACTICE | change)
    assert len(found) == 1
    assert words in found[0]


ASSESSMENT = {"framework": "rules@2026.1", "as_of": "2026-06-30", "by": {"kind": "self", "who": "Council"}}


@pytest.mark.parametrize("answer", [3, "3", 2.5, "2 to 3", "don't know", "not answered yet", {"value": 2, "year": 2024},
                                    {"not applicable": "There is no school."}])  # fmt: skip
def test_an_answer_is_a_plain_value_or_fields(answer: Any) -> None:
    assert complaints(KINDS["assessment"], {**ASSESSMENT, "answers": {"access-1": answer, "5.2": answer}}) == []


@pytest.mark.parametrize("answer", [None, [2], {}, {"value": 2, "not applicable": "Both."}, {"valeu": 2}])
def test_what_is_no_answer_is_seen(answer: Any) -> None:
    assert complaints(KINDS["assessment"], {**ASSESSMENT, "answers": {"access-1": answer}}) != []


def test_every_field_of_every_schema_says_what_it_is_for() -> None:
    found = []

    def look(schema: Any, where: str) -> None:
        if isinstance(schema, dict):
            for key, field in schema.get("properties", {}).items() if "properties" in schema else ():
                if not field.get("description"):
                    found.append(f"{where}.{key}")
            for key, below in schema.items():
                look(below, f"{where}.{key}")
        elif isinstance(schema, list):
            for below in schema:
                look(below, where)

    for kind in KINDS.values():
        look(schema_of(kind), kind.name)
    assert found == []


def test_each_word_of_a_choice_says_what_it_means() -> None:
    outcome = schema_of(KINDS["practice"])["$defs"]["Outcome"]
    assert dict(zip(outcome["enum"], outcome["enumDescriptions"], strict=True))["unknown"].startswith("nobody has")
    assert json.dumps(outcome)
