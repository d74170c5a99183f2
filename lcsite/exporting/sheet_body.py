"""Markdown of a sheet, written into a word-processor document: the same headings, lists, boxes, tables and blanks.

Links keep their words; an address follows in brackets, because a sheet is printed. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from math import sqrt
from xml.etree.ElementTree import Element

import markdown
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from markdown.util import AMP_SUBSTITUTE

__all__ = ["write_body"]

ROOM_TO_WRITE = Mm(10)
"""The least height of a row with an empty cell: enough for a hand."""

_BOX = re.compile(r"^\[([ xX])\]\s+")
_INDENT = Mm(7)
_DEEPEST_LIST = 3
_BLOCKS = frozenset("p ul ol table blockquote pre hr dl h1 h2 h3 h4 h5 h6 div".split())
_HEADING = re.compile(r"h([1-6])")


def write_body(document: Document, source: str) -> None:
    """Append the sheet's Markdown to a document."""
    writer = _Writer(document)
    for block in _parsed(source):
        writer.block(block)


def _parsed(source: str) -> Element:
    """The tree of the Markdown. Raw HTML stays the text that it was."""
    reader = markdown.Markdown(extensions=["tables", "sane_lists", "def_list"])
    reader.preprocessors.deregister("html_block")
    for pattern in ("html", "entity"):
        reader.inlinePatterns.deregister(pattern)
    lines = source.split("\n")
    for preprocessor in reader.preprocessors:
        lines = preprocessor.run(lines)
    root = reader.parser.parseDocument(lines).getroot()
    assert root is not None
    for treeprocessor in reader.treeprocessors:
        changed = treeprocessor.run(root)
        root = root if changed is None else changed
    return root


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words with one look."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    line_break: bool = False




def _pieces(element: Element, look: _Piece | None = None) -> Iterator[_Piece]:
    """The words of an element and of what stands inside it, blocks aside."""
    look = look or _Piece("")
    yield replace(look, text=_words(element.text))
    for child in element:
        if child.tag == "br":
            yield replace(look, text="", line_break=True)
        elif child.tag == "img":
            yield replace(look, text=child.get("alt") or "")
        elif child.tag not in _BLOCKS:
            yield from _pieces(child, replace(
                look, bold=look.bold or child.tag == "strong", italic=look.italic or child.tag == "em",
                code=look.code or child.tag == "code",
            ))
            address = child.get("href") or ""
            if child.tag == "a" and "://" in address and address != "".join(child.itertext()):
                yield replace(look, text=f" ({address})")
        yield replace(look, text=_words(child.tail))


def _words(text: str | None) -> str:
    return unescape((text or "").replace(AMP_SUBSTITUTE, "&")).replace("\n", " ")


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document = document

    def block(self, element: Element, depth: int = 0) -> None:
        tag = element.tag
        if heading := _HEADING.fullmatch(tag):
            # The title of the tool is the first heading of the document; sheets begin with the second level.
            self._fill(self._document.add_heading(level=max(1, int(heading[1]) - 1)), _pieces(element))
        elif tag in ("ul", "ol"):
            self._list(element, depth)
        elif tag == "table":
            self._table(element)
        elif tag == "hr":
            _draw_line_below(self._document.add_paragraph())
        elif tag == "pre":
            for line in "".join(element.itertext()).rstrip("\n").split("\n"):
                self._fill(self._document.add_paragraph(style="No Spacing"), [_Piece(unescape(line), code=True)])
        elif tag in ("blockquote", "div", "dl"):
            for child in element:
                self.block(child, depth)
        else:
            paragraph = self._document.add_paragraph()
            if tag == "dd":
                paragraph.paragraph_format.left_indent = _INDENT
            self._fill(paragraph, _pieces(element, _Piece("", bold=tag == "dt")))

    def _list(self, element: Element, depth: int) -> None:
        level = min(depth + 1, _DEEPEST_LIST)
        suffix = "" if level == 1 else f" {level}"
        style = f"List Number{suffix}" if element.tag == "ol" else f"List Bullet{suffix}"
        number = self._new_numbering(style, int(element.get("start") or 1)) if element.tag == "ol" else None
        for item in element:
            # In a loose list the words stand in paragraphs of their own; the first of them carries the mark.
            paragraphs = [child for child in item if child.tag == "p"]
            loose = bool(paragraphs) and not (item.text or "").strip()
            pieces = list(_pieces(paragraphs[0] if loose else item))
            box = _BOX.match(pieces[0].text) if pieces else None
            if box:
                pieces[0] = replace(pieces[0], text=pieces[0].text[box.end():])
                pieces.insert(0, _Piece(("☐" if box[1] == " " else "☑") + " "))
                paragraph = self._document.add_paragraph()
                paragraph.paragraph_format.left_indent = _INDENT * (depth + 1)
                paragraph.paragraph_format.first_line_indent = -_INDENT
            else:
                paragraph = self._document.add_paragraph(style=style)
                if number is not None:
                    _set_numbering(paragraph, number)
            self._fill(paragraph, pieces)
            for child in item:
                if child.tag in _BLOCKS and not (loose and child is paragraphs[0]):
                    self.block(child, depth + 1)

    def _table(self, element: Element) -> None:
        rows = list(element.iter("tr"))
        width = max((len(row) for row in rows), default=0)
        if not width:
            return
        table: Table = self._document.add_table(rows=0, cols=width, style="Table Grid")
        cells: list[tuple[_Cell, ...]] = []  # asked of the library once: it goes through the whole table each time
        for row in rows:
            added = table.add_row()  # type: ignore[no-untyped-call]
            _keep_together(added)
            empty = False
            cells.append(added.cells)
            for cell, source in zip(cells[-1], row, strict=False):
                pieces = list(_pieces(source, _Piece("", bold=source.tag == "th")))
                empty = empty or not "".join(piece.text for piece in pieces).strip()
                paragraph = cell.paragraphs[0]
                self._fill(paragraph, pieces)
                paragraph.paragraph_format.space_after = Mm(0)
            if all(cell.tag == "th" for cell in row):
                _repeat_on_each_page(added)
            elif empty or len(row) < width:
                added.height, added.height_rule = ROOM_TO_WRITE, WD_ROW_HEIGHT_RULE.AT_LEAST
        self._share_out_the_width(table, list(zip(*cells, strict=True)))
        self._document.add_paragraph()  # so that two tables do not grow into one

    def _share_out_the_width(self, table: Table, columns: list[tuple[_Cell, ...]]) -> None:
        """Columns as wide as their words ask for: a statement needs more than the box beside it."""
        page = self._document.sections[0]
        room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
        asked = [_asked_width([cell.text for cell in cells]) for cells in columns]
        table.autofit = False
        for column, cells, share in zip(table.columns, columns, asked, strict=True):
            column.width = int(room * share / sum(asked))
            width = column.width
            for cell in cells:
                cell.width = width

    def _fill(self, paragraph: Paragraph, pieces: Iterator[_Piece] | list[_Piece]) -> None:
        kept = [piece for piece in pieces if piece.text or piece.line_break]
        for nth, piece in enumerate(kept):
            begins = nth == 0 or kept[nth - 1].line_break
            text = piece.text.lstrip() if begins else piece.text
            run = paragraph.add_run(text.rstrip() if nth == len(kept) - 1 else text)
            run.bold, run.italic = piece.bold or None, piece.italic or None
            if piece.code:
                run.font.name = "Courier New"
            if piece.line_break:
                run.add_break()

    def _new_numbering(self, style: str, start: int) -> int:
        """A numbering of its own for a list, so that each begins anew."""
        found = self._document.styles[style].element.pPr.numPr.numId.val
        numbering = self._document.part.numbering_part.element
        abstract = numbering.num_having_numId(found).abstractNumId.val
        number = numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(number.numId)


def _asked_width(texts: list[str]) -> float:
    """How wide a column wants to be beside others: its longest word at least, and the side of its longest text.

    A box of letters is about twice as high as it is wide, so the square root of a text's length, a little stretched, is
    the width at which it looks like a paragraph and not like a ladder.
    """
    word = max((len(word) for text in texts for word in text.split()), default=0)
    return max(word + 4, 2.4 * sqrt(max(map(len, texts), default=0)))


def _set_numbering(paragraph: Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _keep_together(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat_on_each_page(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _draw_line_below(paragraph: Paragraph) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
