"""Workbooks that would be laid out as something vast, or on which the library for workbooks breaks down."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from lcsite.importing.spreadsheets import read_sheet
from lcsite.importing.workbook_limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from tests.importing.books import sheet_xml, workbook

FAR_AWAY = '<row r="{0}"><c r="ZZ{0}"><v>1</v></c></row>'
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>'
)
"""Style 1 is a day, style 2 a span of time."""
REPEATED = '<table:table-row table:number-rows-repeated="9000"><table:table-cell table:number-columns-repeated="9000"/>'


def sheet(rows: str) -> str:
    return sheet_xml([]).replace("</sheetData>", f"{rows}</sheetData>")


def book(rows: str, **more: str) -> bytes:
    return workbook({"S": sheet(rows)}, more={f"xl/{name}.xml": text.encode() for name, text in more.items()})


def styled(value: str, style: int) -> bytes:
    related = "<Relationship Id=\"r9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\""
    made = book(f'<row><c s="{style}"><v>{value}</v></c></row>', styles=STYLES)
    return changed(made, "xl/_rels/workbook.xml.rels", "</Relationships>",
                   f'{related} Target="styles.xml"/></Relationships>')  # fmt: skip


def changed(raw: bytes, part: str, old: str, new: str, *, name: str = "") -> bytes:
    """A workbook with other words in a part, or with another name for it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for each in before.namelist():
            text = before.read(each).decode()
            if each == part:
                assert old in text
                text = text.replace(old, new)
            after.writestr(name if each == part and name else each, text)
    return made.getvalue()


def elsewhere(name: str) -> bytes:
    """A vast sheet in a part that is called something else."""
    made = book(FAR_AWAY.format(1) + FAR_AWAY.format(900_000))
    made = changed(made, "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", name)
    return changed(made, "xl/worksheets/sheet1.xml", "", "", name=f"xl/{name}")


def other_kind() -> bytes:
    """A workbook of an open document, where one cell may stand for many."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", REPEATED)
    return made.getvalue()


def pointing(text: str, cells: int) -> bytes:
    """Many cells that all point to one shared text."""
    line = '<c t="s"><v>0</v></c>' * 100
    shared = f"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>{text}</t></si></sst>"
    return book(f"<row>{line}</row>" * (cells // 100), sharedStrings=shared)


VAST: dict[str, tuple[Callable[[], bytes], str]] = {
    "noughts before the row": (lambda: book(FAR_AWAY.format("0" * 13 + "900000")), "cells beyond row"),
    "a part by another ending": (lambda: elsewhere("worksheets/sheet1.txt"), "cannot be read"),
    "a part by a capital ending": (lambda: elsewhere("worksheets/sheet1.XML"), "cells beyond row"),
    "cells one after another": (
        lambda: book("<row>" + "<c><v>1</v></c>" * (MOST_COLUMNS + 1) + "</row>"), "cells beyond row"),
    "rows one after another": (lambda: book("<row><c><v>1</v></c></row>" * (MOST_ROWS + 1)), "cells beyond row"),
    "an open document": (other_kind, "damaged, or no workbook"),
    "one long text": (lambda: pointing("x" * (LONGEST_CELL + 1), 100), "a text of more than 5000 signs"),
    "one text in many cells": (lambda: pointing("x" * LONGEST_CELL, 20_000), "repeat long texts too often"),
    "a day before all days": (lambda: styled("-1e300", 1), "a number below -100,000,000,000"),
    "a span before all spans": (lambda: styled("-1e300", 2), "a number below -100,000,000,000"),
    "a span without end": (lambda: styled("1e18", 2), "damaged, or no workbook"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "said"), VAST.values(), ids=VAST)
def test_what_would_be_laid_out_as_something_vast_is_refused_at_once(make: Callable[[], bytes], said: str) -> None:
    raw = make()
    started = time.process_time()
    found, problems = read_sheet(raw, "sent.xlsx")
    assert time.process_time() - started < 2
    assert found is None
    assert said in problems[0].message


def test_texts_that_cells_share_and_days_are_read() -> None:
    found, problems = read_sheet(pointing("Paths", 200), "sent.xlsx")
    assert problems == []
    assert found is not None
    assert found.rows == (("Paths",) * 100,) * 2
    found, problems = read_sheet(styled("43831", 1), "sent.xlsx")
    assert problems == []
    assert found is not None
    assert found.rows == (("2020-01-01",),)
