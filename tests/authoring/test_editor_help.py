"""Schemas in a site, for the editor: new files name theirs, an upgrade renews them, nobody else's file is touched."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from lcsite.authoring.editor_help import write_schemas
from lcsite.cli import run
from lcsite.describing.kinds import KINDS, kind_of_path
from lcsite.describing.schemas import written_schemas
from tests.describing.readings import fields_of

LINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)
SITE = ["new", "site", "--title", "Sampleby learns", "--place", "Sampleby", "--kind", "town", "--country", "GB",
        "--world-region", "europe-and-north-america", "--publisher", "Council"]  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    assert run([*SITE, str(tmp_path / "site")]) == 0
    return tmp_path / "site"


def test_every_file_of_a_new_site_names_a_schema_that_is_there_and_fits_it(site: Path) -> None:
    assert run(["new", "assessment", "sampleby", "common-criteria", "--who", "Council", "--folder", str(site)]) == 0
    seen = set()
    for path in sorted([*site.rglob("*.md"), *site.rglob("*.yml")]):
        relative = path.relative_to(site).as_posix()
        kind = kind_of_path(relative)
        if kind is None:
            continue
        text = path.read_text("utf-8")
        named = LINE.search(text)
        assert named is not None, relative
        schema = json.loads((path.parent / named[1]).read_text("utf-8"))
        for _, value in fields_of(kind, text, relative):
            assert [*Draft202012Validator(schema).iter_errors(value)] == [], relative
        seen.add(kind.name)
    assert seen == {"site", "place", "page", "assessment"}


def test_where_a_site_has_no_schemas_nothing_points_at_them(site: Path) -> None:
    for path in (site / "schemas").iterdir():
        path.unlink()
    (site / "schemas").rmdir()
    assert run(["new", "city", "Dogwood", "--kind", "village", "--country", "GB", "--world-region",
                "europe-and-north-america", "--folder", str(site)]) == 0  # fmt: skip
    assert not LINE.search((site / "cities" / "dogwood" / "index.md").read_text("utf-8"))


def test_exporting_renews_what_an_older_version_made_and_leaves_the_rest(site: Path) -> None:
    schema, note = site / "schemas" / "place.json", site / "schemas" / "notes.txt"
    schema.write_text(schema.read_text("utf-8").replace("the name of the place", "older words"), "utf-8")
    note.write_text("mine", "utf-8")
    assert run(["export", "schemas", "--folder", str(site)]) == 0
    assert schema.read_bytes() == dict(written_schemas())["place.json"]
    assert note.read_text("utf-8") == "mine"


def test_a_file_that_lcsite_did_not_make_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tool.json").write_text('{"mine": true}', "utf-8")
    assert run(["export", "schemas", str(tmp_path)]) == 2
    assert "was not made by lcsite; nothing was written" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tool.json"]


def test_into_a_new_folder_all_schemas_are_written(tmp_path: Path) -> None:
    assert write_schemas(tmp_path / "new") == len([*written_schemas()])
    assert {path.name for path in (tmp_path / "new").iterdir()} == {name for name, _ in written_schemas()}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("content/site.yml", "site"), ("cities/a/index.md", "place"), ("cities/index.md", None),
        ("cities/a/assessments/2026-b.yml", "assessment"), ("content/criteria/a/framework.yml", "framework"),
        ("content/toolbox/tools/a/index.md", "tool"), ("content/toolbox/tools/a/template.md", None),
        ("content/learn/a/b.md", "page"), ("content/toolbox/practices/a.md", "practice"), ("README.md", None),
        ("content/index.md", "page"),
    ],
)  # fmt: skip
def test_the_kind_of_a_file_shows_in_its_path(path: str, name: str | None) -> None:
    kind = kind_of_path(path)
    assert (kind.name if kind else None) == name
    assert name is None or name in KINDS
