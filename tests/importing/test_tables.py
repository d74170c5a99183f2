"""Tables that people send: figures and answers are added, nothing is lost, and every mistake has its row and column."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from lcsite.cli import run
from lcsite.importing.spreadsheets import LONGEST_TABLE, cell_name, read_sheet
from lcsite.pipeline import read_and_check
from lcsite.problems import Problems, as_text
from tests import builders
from tests.importing.books import sheet_xml, table, workbook

COUNTS = """\
title: Counts
version: 2026.1
summary: What can be counted.
source: [{title: Our notes}]
sureness: Invented.
limits: [It counts and nothing else.]
history: [{version: 2026.1, date: 2026-06-30, changes: [First version]}]
construct: outcome
scale: figure
scales: [{id: figure, title: A figure, kind: number}]
tree:
  - id: paths
    level: dimension
    title: Paths
    children:
      - id: length
        level: criterion
        title: Length
        children:
          - {id: length-1, level: indicator, title: Length, measure: {unit: metres, direction: none}}
"""
INDICATOR = "counts/length-1"
HEADER = ["indicator", "value", "period", "source_title"]


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    made = builders.garden_site(tmp_path / "site")
    made.write("content/criteria/counts/framework.yml", COUNTS)
    made.page("criteria/counts/length", "Length", "How long the paths are.\n")
    return tmp_path / "site"


def sent(garden: Path, raw: bytes, *options: str, name: str = "table.csv") -> int:
    file = garden.parent / name
    file.write_bytes(raw)
    return run(["import", "table", str(file), "--folder", str(garden), *options])


def csv_of(*rows: list[object]) -> bytes:
    return "".join(",".join(map(str, row)) + "\n" for row in rows).encode()


FIGURES = ("--as", "observations", "--place", "cedar")
ANSWERS = ("--as", "answers", "--place", "alder")


def figures_file(garden: Path) -> Path:
    return garden / "cities/cedar/observations.csv"


def assessment(garden: Path) -> Path:
    (found,) = (garden / "cities/alder/assessments").glob("*garden-rules.yml")
    return found


def errors(garden: Path) -> str:
    found = read_and_check(garden)
    return as_text(found.problems) if found.problems.errors else ""


def test_figures_of_a_table_are_added_below_what_is_there(garden: Path) -> None:
    before = figures_file(garden).read_bytes() if figures_file(garden).exists() else b""
    assert sent(garden, csv_of(HEADER, [INDICATOR, 12.5, 2019, "Census"]), *FIGURES) == 0
    after = figures_file(garden).read_bytes()
    assert after.startswith(before)
    assert after.endswith(f"{INDICATOR},12.5,,,,2019,,,,,,,,Census,,,\n".encode())
    assert errors(garden) == ""


def test_a_workbook_is_read_like_a_table_with_its_numbers_as_they_are(garden: Path) -> None:
    rows = [["Figures of 2019"], [], ["Code", "Result", "Year"], [INDICATOR, 12.0, 2019.0], [None, None, None]]
    assert sent(
        garden, workbook({"Notes": sheet_xml([["hello"]]), "Data": sheet_xml(rows)}), *FIGURES, "--sheet", "Data",
        "--header", "3", "--column", "indicator=code", "--column", "value=Result", "--column", "period=Year",
        "--same", "source_title=Census, part 2", name="figures.xlsx",
    ) == 0  # fmt: skip
    assert f'{INDICATOR},12,,,,2019,,,,,,,,"Census, part 2",,,\n' in figures_file(garden).read_text("utf-8")


def test_a_mapping_file_says_the_same_as_options(garden: Path) -> None:
    mapping = garden.parent / "mapping.yml"
    mapping.write_text(
        "place: cedar\ncolumns: {indicator: Question, value: Result}\nsame: {source_title: Census, period: 2019}\n"
        f'words: {{indicator: {{"Paths, in metres": {INDICATOR}}}}}\n', "utf-8",
    )
    raw = b'Question;Result\n"Paths, in metres";7\n'
    assert sent(garden, raw, "--as", "observations", "--mapping", str(mapping)) == 0
    assert f"{INDICATOR},7,,,,2019," in figures_file(garden).read_text("utf-8")


def test_a_mistake_in_a_mapping_file_has_its_line(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = garden.parent / "mapping.yml"
    mapping.write_text("place: cedar\ncolums: {value: Result}\n", "utf-8")
    assert sent(garden, csv_of(HEADER), "--as", "observations", "--mapping", str(mapping)) == 1
    assert 'mapping.yml:2:1: error: "colums" is not a field' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["INDICATOR", "ninety", 2019, "Census"], 'table.csv:3:2: error: row 3, column B: "value": "ninety"'),
        (["garden-rules/nothing", 9, 2019, "Census"], "table.csv:3:1: error: row 3, column A: "),
        (["INDICATOR", 9, "lately", "Census"], 'table.csv:3:3: error: row 3, column C: "period"'),
        (["INDICATOR", 9, 2019, "=1+1"], "table.csv:3:4: error: row 3, column D: source_title begins with"),
        (["INDICATOR", 9, 2019, ""], "table.csv:3:4: error: row 3, column D: \"title\" is missing"),
    ],
)
def test_every_mistake_has_its_row_and_column_and_then_nothing_is_written(
    row: list[object], said: str, garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = figures_file(garden).read_bytes() if figures_file(garden).exists() else None
    good = [INDICATOR, 1, 2018, "Census"]
    bad = [INDICATOR if cell == "INDICATOR" else cell for cell in row]
    assert sent(garden, csv_of(HEADER, good, bad), *FIGURES) == 1
    assert said in capsys.readouterr().err
    assert (figures_file(garden).read_bytes() if figures_file(garden).exists() else None) == before


def test_a_mistake_in_a_workbook_names_its_sheet(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = table([HEADER, [INDICATOR, "ninety", 2019, "Census"]])
    assert sent(garden, raw, *FIGURES, name="figures.xlsx") == 1
    assert 'figures.xlsx:2:2: error: sheet "Figures", row 2, column B: ' in capsys.readouterr().err


def test_a_figure_that_is_there_is_never_written_over_unless_asked(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sent(garden, csv_of(HEADER, [INDICATOR, 12, 2019, "Census"]), *FIGURES) == 0
    before = figures_file(garden).read_bytes()
    assert sent(garden, csv_of(HEADER, [INDICATOR, 12, 2019, "Census"]), *FIGURES) == 0
    assert "there already" in capsys.readouterr().out
    newer = csv_of(HEADER, [INDICATOR, 13, 2019, "Census"], [INDICATOR, 14, 2020, "Census"])
    assert sent(garden, newer, *FIGURES) == 1
    assert "the file says 12; take it over with --replace" in capsys.readouterr().err
    assert figures_file(garden).read_bytes() == before
    assert sent(garden, newer, *FIGURES, "--replace") == 0
    after = figures_file(garden).read_text("utf-8")
    assert after.count(f"{INDICATOR},12,") == 0
    assert after.index(f"{INDICATOR},13,") < after.index(f"{INDICATOR},14,")


def test_two_rows_of_a_table_that_disagree_are_told(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = csv_of(HEADER, [INDICATOR, 12, 2019, "Census"], [INDICATOR, 13, 2019, "Census"])
    assert sent(garden, raw, *FIGURES, "--replace") == 1
    assert "table.csv:3:2" in (said := capsys.readouterr().err)
    assert "row 2 gives another figure for the same" in said


def test_answers_are_put_where_nobody_has_answered_and_all_else_stays(garden: Path) -> None:
    file = assessment(garden)
    text = file.read_text("utf-8").replace("gardens-1: '1'", "gardens-1: not answered yet # in May")
    assert "not answered yet" in text
    file.write_text(f"# Ours.\n{text}", "utf-8")
    raw = csv_of(["indicator", "value", "note", "source_title"], ["gardens-1", 1, "Two: of five", "Walk"])
    assert sent(garden, raw, *ANSWERS) == 0
    expected = (
        'gardens-1: # in May\n    value: 1\n    note: "Two: of five"\n    evidence:\n      - title: Walk\n'
    )
    assert file.read_text("utf-8") == f"# Ours.\n{text}".replace("gardens-1: not answered yet # in May\n", expected)
    assert errors(garden) == ""


def test_an_answer_that_is_there_stays_and_one_with_reasons_stays_even_when_asked(
    garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = assessment(garden)
    before = file.read_bytes()
    old = read_and_check(garden).portfolio
    assert old is not None
    answer = old.assessments_of("alder", "garden-rules")[-1].answers["paths-2"].value
    other = "2" if answer != "2" else "1"
    raw = csv_of(["indicator", "value"], ["garden-rules/paths-2", other])
    assert sent(garden, raw, *ANSWERS) == 1
    assert '"paths-2" is answered already at cities/alder/assessments/' in capsys.readouterr().err
    assert file.read_bytes() == before
    assert sent(garden, raw, *ANSWERS, "--replace") == 0
    assert errors(garden) == ""
    text = file.read_text("utf-8")
    assert text != before.decode()
    with_reasons = csv_of(["indicator", "value", "because"], ["paths-2", answer, "We walked."])
    assert sent(garden, with_reasons, *ANSWERS, "--replace") == 0
    kept = file.read_bytes()
    assert sent(garden, raw, *ANSWERS, "--replace") == 1
    assert "change it by hand" in capsys.readouterr().err
    assert file.read_bytes() == kept


def test_an_answer_off_the_scale_is_told_at_its_cell(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raw = csv_of(["note", "indicator", "value"], ["", "paths-1", 99])
    assert sent(garden, raw, *ANSWERS, "--replace") == 1
    assert "table.csv:2:3: error: row 2, column C: 99 is not on the scale" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--as", "observations"), "say the place with --place"),
        (("--as", "observations", "--place", "nowhere"), "there is no place nowhere"),
        (("--as", "answers", "--place", "cedar", "--assessment", "2020-x"), "say which assessment"),
        ((*FIGURES, "--column", "value"), "--column takes OURS=THEIRS"),
    ],
)
def test_what_has_to_be_said_is_asked_for(
    options: tuple[str, ...], said: str, garden: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sent(garden, csv_of(HEADER, ["a", 1, 2019, "b"]), *options) == 2
    assert said in capsys.readouterr().err


def test_columns_that_are_missing_are_named(garden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sent(garden, csv_of(["Code", "Result"], ["a", 1]), *FIGURES, "--column", "value=Score") == 1
    said = capsys.readouterr().err
    assert 'there is no column "Score"' in said
    assert 'there are: "Code", "Result"' in said
    assert 'no column is "indicator"' in said


def test_a_formula_is_never_run_and_its_stored_value_is_taken() -> None:
    sheet, problems = read_sheet(table([["a"], ["=SUM(1,2)"]]), "a.xlsx")
    assert problems == []
    assert sheet is not None
    assert sheet.rows == (("a",), ("42",))


def far_cell() -> bytes:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    text = sheet_xml([["a"]]).replace("</sheetData>", far)
    return workbook({"S": text})


def entities() -> bytes:
    text = sheet_xml([["a"]]).replace('<?xml version="1.0"?>', '<!DOCTYPE x [<!ENTITY a "aaaa">]>')
    return workbook({"S": text})


def lying() -> bytes:
    """An archive that says that a large part is small."""
    raw = bytearray(workbook({"S": sheet_xml([["a"]])}, more={"xl/big.bin": b"\0" * 40_000_000}))
    size = (40_000_000).to_bytes(4, "little")
    return bytes(raw.replace(size, (10).to_bytes(4, "little")))


def twins() -> bytes:
    made = io.BytesIO(table([["a"]]))
    with zipfile.ZipFile(made, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("xl/workbook.xml", "<x/>")
    return made.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: workbook({"S": sheet_xml([["a"]])}, more={"xl/big.bin": b"\0" * 40_000_000}), "grows beyond 32 MiB"),
        (lying, "damaged"),
        (far_cell, "cells beyond row"),
        (entities, "definitions that no workbook needs"),
        (twins, "two of its parts have one name"),
        (lambda: workbook({"S": sheet_xml([["a"]])}, more={f"x{n}": b"" for n in range(600)}), "more than 500 parts"),
        (lambda: b"PK\x03\x04 nonsense", "damaged"),
        (lambda: workbook({"S": "<worksheet"}), "damaged"),
        (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "save it as .xlsx"),
        (lambda: b"a" * (LONGEST_TABLE + 1), "more than 4 MiB"),
        (lambda: b'a,b\n"x,y\n' * 3, "the quotation marks do not match"),
        (lambda: b"a\xffb", "not UTF-8"),
        (lambda: b"a," * 300, "or 200 columns"),
    ],
)  # fmt: skip
def test_a_table_that_means_harm_is_refused_before_it_costs_anything(make, said: str) -> None:  # type: ignore[no-untyped-def]
    sheet, problems = read_sheet(make(), "table.xlsx")
    assert sheet is None
    assert said in as_text(Problems(problems))


def test_columns_are_named_as_a_spreadsheet_names_them() -> None:
    assert [cell_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
