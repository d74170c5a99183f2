"""Small workbooks, made by hand: as a spreadsheet saves them, and as nobody who means well would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape

NUMBER = (int, float)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def cell_xml(reference: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, NUMBER):
        return f'<c r="{reference}"><v>{value}</v></c>'
    if str(value).startswith("="):
        return f'<c r="{reference}"><f>{escape(str(value)[1:])}</f><v>42</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet_xml(rows: Sequence[Sequence[object]]) -> str:
    lines = "".join(
        f'<row r="{n}">' + "".join(cell_xml(f"{chr(65 + i)}{n}", value) for i, value in enumerate(row)) + "</row>"
        for n, row in enumerate(rows, 1)
    )
    return f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def workbook(sheets: dict[str, str], *, more: dict[str, bytes] | None = None) -> bytes:
    """A workbook of sheets by name, each given as its XML."""
    names = list(sheets)
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="r{i}"/>' for i, n in enumerate(names, 1))
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(names) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **{f"xl/worksheets/sheet{i}.xml": sheets[name] for i, name in enumerate(names, 1)},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in {**parts, **(more or {})}.items():
            packed.writestr(name, text)
    return made.getvalue()


def table(rows: Sequence[Sequence[object]], name: str = "Figures") -> bytes:
    return workbook({name: sheet_xml(rows)})
