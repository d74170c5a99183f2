from __future__ import annotations

import io
import re
import runpy
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn

from lcsite.exporting.sheets import markdown_sheet, sheet_downloads, word_sheet
from lcsite.exporting.word_document import BLANK_SHEET, LISTS, NEXT_NUMBER, ROOM
from lcsite.reading.portfolio_reader import read_portfolio
from tests.builders import portfolio, site, tool
from tests.exporting.exported import ROOT

SHEET = """\
## Who we are

Name: ____________ of **the group**, *in short*: `GRP`, see [the guide](https://example.org/guide)
and go on in the next line
after it, or{spaces}
after a break.

- [ ] We have read this
- [x] We agree
- a plain point
    - a point below it

1. First
2. Second

### Later

1. First again

| Question | Answer |
|---|---|
| Where **do** we meet? |  |
| When? | on Monday |

Rules & regulations: a < b, &amp; so on, ____ to ____

<b onclick="x">no tag</b>

> Said by a neighbour.

---
""".format(spaces="  ")


NAME = (
    "Name: ____________ of the group, in short: GRP, see the guide (https://example.org/guide) "
    "and go on in the next line after it, or\nafter a break."
)


def sheet(template: str = SHEET, **more: Any) -> Document:
    made = word_sheet(tool("map-sheet", template=template), site(**more))
    return docx.Document(io.BytesIO(made))


def lines(document: Document) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in document.paragraphs if p.text and p.style is not None]


def test_a_sheet_becomes_headings_lists_boxes_and_paragraphs() -> None:
    assert lines(sheet()) == [
        ("Title", "Map sheet"),
        ("Heading 1", "Who we are"),
        ("Normal", NAME),
        ("Normal", "☐ We have read this"),
        ("Normal", "☑ We agree"),
        ("List Bullet", "a plain point"),
        ("List Bullet 2", "a point below it"),
        ("List Number", "First"),
        ("List Number", "Second"),
        ("Heading 2", "Later"),
        ("List Number", "First again"),
        ("Normal", "Rules & regulations: a < b, & so on, ____ to ____"),
        ("Normal", '<b onclick="x">no tag</b>'),
        ("Normal", "Said by a neighbour."),
    ]


def test_bold_and_italic_words_stay_bold_and_italic() -> None:
    (named,) = (p for p in sheet().paragraphs if p.text.startswith("Name"))
    assert [run.text for run in named.runs if run.bold] == ["the group"]
    assert [run.text for run in named.runs if run.italic] == ["in short"]


def test_each_numbered_list_begins_anew() -> None:
    numbers = [
        p._p.pPr.numPr.numId.val for p in sheet().paragraphs if p.style is not None and p.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_table_has_borders_a_head_on_each_page_and_room_to_write() -> None:
    (table,) = sheet().tables
    assert table.style is not None
    assert table.style.name == "Table Grid"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Question", "Answer"], ["Where do we meet?", ""], ["When?", "on Monday"],
    ]
    head, empty, full = table.rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert empty.height is not None
    assert (round(empty.height.mm), empty.height_rule) == (10, WD_ROW_HEIGHT_RULE.AT_LEAST)
    assert full.height is None


def test_a_statement_has_more_of_the_page_than_the_boxes_beside_it() -> None:
    statement = "Every employee knows the part of the strategy that belongs to the authority and acts on it."
    boxes = "True | Partly | In plan | False | Don't know"
    rows = f"| No. | Statement | {boxes} |\n|---|---|---|---|---|---|---|\n| 1 | {statement} | | | | | |\n"
    (table,) = sheet(rows).tables
    widths = [round(column.width.mm) for column in table.columns]
    assert sum(widths) in range(169, 172)  # A4 without its margins
    assert widths[1] > 2 * max(widths[2:])
    assert widths[0] == min(widths)
    assert all(cell.width == column.width for column in table.columns for cell in column.cells)


def test_the_document_with_blanks_is_the_empty_one_of_the_library_set_up_for_sheets() -> None:
    made = runpy.run_path(str(ROOT / "scripts" / "make_blank_sheet.py"))["parts"]()
    with zipfile.ZipFile(BLANK_SHEET) as packed:
        assert {name: packed.read(name).decode() for name in packed.namelist()} == made
    document = sheet()
    section, numbering = document.sections[0], document.part.numbering_part.element
    assert section.page_width - section.left_margin - section.right_margin == ROOM  # type: ignore[operator]
    kinds = {}
    for style in ("List Number", "List Number 2", "List Number 3"):
        number = document.styles[style].element.pPr.numPr.numId.val
        kinds[style.replace(" ", "")] = numbering.num_having_numId(number).abstractNumId.val
    assert kinds == LISTS
    numbers = [int(number) for number in numbering.xpath("./w:num/@w:numId")]
    assert numbers == [*range(1, NEXT_NUMBER), NEXT_NUMBER, NEXT_NUMBER + 1]  # the sheet has two lists of its own


def test_lists_within_lists_terms_and_code_keep_their_depth_and_their_signs() -> None:
    source = (
        "4. four\n    1. deep\n        - [ ] box\n\n## Terms\n\nTerm\n:   what it is\n\n"
        "## Code\n\n    a & <c>  \n    two\n\n| a | b |\n|--|--|\n| c |\n"
    )
    made = sheet(source)
    assert lines(made)[1:] == [
        ("List Number", "four"), ("List Number 2", "deep"), ("Normal", "☐ box"), ("Heading 1", "Terms"),
        ("Normal", "Term"), ("Normal", "what it is"), ("Heading 1", "Code"), ("No Spacing", "a & <c>"),
        ("No Spacing", "two"),
    ]
    box, what = (next(p for p in made.paragraphs if p.text == text) for text in ("☐ box", "what it is"))
    assert [round(each.paragraph_format.left_indent.mm) for each in (box, what)] == [21, 7]
    starts = made.part.numbering_part.element.xpath("//w:startOverride/@w:val")
    assert starts == ["4", "1"]
    assert made.tables[0].rows[1].height is not None


def test_signs_of_the_format_in_words_about_a_sheet_stay_words() -> None:
    made = word_sheet(tool("map-sheet", title="A & B <c>", template="## D\n"), site(publisher="P & <Q>"))
    document = docx.Document(io.BytesIO(made))
    assert (document.paragraphs[0].text, document.core_properties.title) == ("A & B <c>", "A & B <c>")
    assert document.core_properties.author == "P & <Q>"
    assert document.sections[0].footer.paragraphs[0].text.startswith("Sample Portal: A & B <c>.")


def test_a_sheet_is_a4_and_says_where_it_comes_from() -> None:
    document = sheet(language="de")
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    about = "Sample Portal: Map sheet. CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    assert page.footer.paragraphs[0].text == about
    properties = document.core_properties
    assert (properties.title, properties.author, properties.language) == ("Map sheet", "The testers", "de")
    assert properties.created == datetime(2026, 11, 22, tzinfo=UTC)


def test_a_sheet_of_a_site_written_from_right_to_left_runs_from_right_to_left() -> None:
    document = sheet(language="ar")
    assert document.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None
    assert document.tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert sheet().styles["Normal"].element.pPr.find(qn("w:bidi")) is None


def test_a_document_has_the_same_bytes_every_time_and_no_compression_that_could_differ() -> None:
    made = [word_sheet(tool("map-sheet", template=SHEET), site()) for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as package:
        entries = package.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    assert {entry.date_time for entry in entries} == {(2026, 11, 22, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert len(made[0]) < 130_000


def test_the_markdown_of_a_sheet_has_its_title_above_and_its_origin_below() -> None:
    text = markdown_sheet(tool("map-sheet", template="## Draw\n\nHere: ____\n"), site()).decode()
    assert text.startswith("# Map sheet\n\n## Draw\n\nHere: ____\n\n---\n\nSample Portal: Map sheet.")


def test_only_tools_with_a_sheet_have_files() -> None:
    of = portfolio(tools=[tool("map-sheet", template=SHEET), tool("way-guide")])
    assert [file.address for file in sheet_downloads(of)] == [
        "toolbox/tools/map-sheet/map-sheet.docx", "toolbox/tools/map-sheet/map-sheet.md",
    ]


@pytest.mark.slow
def test_every_sheet_of_this_portal_keeps_every_blank_box_and_table() -> None:
    of, _, problems = read_portfolio(ROOT)
    assert of is not None, problems
    for found in of.tools.values():
        document = docx.Document(io.BytesIO(word_sheet(found, of.site)))
        texts = [p.text for p in document.paragraphs]
        texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        assert sum(text.count("_") for text in texts) == found.template.count("_"), found.id
        assert sum(text.startswith("☐") for text in texts) == found.template.count("- [ ]"), found.id
        assert len(document.tables) == len(re.findall(r"(?m)^\|(?: ?:?-+:? ?\|)+$", found.template)), found.id
