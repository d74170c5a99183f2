"""The tables as data tools see them: frictionless reads every row by the types that the package promises."""

from __future__ import annotations

import json
from pathlib import Path

from frictionless import Package

from lcsite.exporting.catalogue import TABLES
from tests.exporting.exported import written
from tests.exporting.test_files import sampleby
from tests.pages.gardens import gardens


def checked(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert {task.name for task in report.tasks} == {table.name for table in TABLES if table.csv}


def test_frictionless_finds_every_row_as_the_package_says(tmp_path: Path) -> None:
    checked(written(gardens(), tmp_path))


def test_figures_fractions_and_empty_cells_fit_their_types(tmp_path: Path) -> None:
    folder = written(sampleby(visits="don't know"), tmp_path)
    checked(folder)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    answers = next(each for each in package["resources"] if each["name"] == "answers")
    kinds = {field["name"]: field["type"] for field in answers["schema"]["fields"]}
    assert {kinds[name] for name in ("worth", "worth_decimal", "year", "demonstration", "as_of")} == {
        "string", "number", "integer", "boolean", "date",
    }
    assert (answers["bytes"], package["licenses"][0]["title"]) == ((folder / "answers.csv").stat().st_size, "CC BY 4.0")


def test_a_changed_table_is_noticed(tmp_path: Path) -> None:
    folder = written(gardens(), tmp_path)
    table = folder / "places.csv"
    table.write_bytes(table.read_bytes().replace(b"Alder", b"Birch", 1))
    assert not Package(str(folder / "datapackage.json")).validate().valid
