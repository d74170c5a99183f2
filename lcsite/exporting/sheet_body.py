"""Markdown of a sheet as the body of a word-processor document: the same headings, lists, boxes, tables and blanks.

The elements are written as text, in the form in which the library writes them; what they mean is said in the standard
(ECMA-376, WordprocessingML). Links keep their words; an address follows in brackets, because a sheet is printed.
Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from html import escape, unescape
from math import sqrt
from xml.etree.ElementTree import Element

import markdown
from markdown.util import AMP_SUBSTITUTE

from lcsite.light_classes import dataclass

__all__ = ["Body", "Page", "body_of", "run_text"]

_EMU_A_TWIP = 635
_INDENT = 252_000
"""Seven millimetres. Lengths are in English metric units, of which a twip, in which they are written, has 635."""
_ROOM_TO_WRITE = 567
"""The least height of a row with an empty cell, in twips: ten millimetres, enough for a hand."""

_BOX = re.compile(r"^\[([ xX])\]\s+")
_DEEPEST_LIST = 3
_BLOCKS = frozenset("p ul ol table blockquote pre hr dl h1 h2 h3 h4 h5 h6 div".split())
_HEADING = re.compile(r"h([1-6])")
_MARKS = re.compile(r"([\t\r\n])")


@dataclass(frozen=True, slots=True)
class Page:
    """What a body has to know of the document around it."""

    room: int
    """How wide the words may be."""
    lists: Mapping[str, int]
    """Style of a numbered list -> the kind of numbering that it has."""
    next_number: int
    """The first number of a list that nothing has yet."""
    right_to_left: bool


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a document, and the numberings of its lists."""

    text: str
    numberings: str


def body_of(title: str, source: str, page: Page) -> Body:
    """A sheet with its title, from its Markdown."""
    writer = _Writer(page)
    writer.add(_properties(_style("Title")), f"<w:r>{run_text(title)}</w:r>")
    for block in _parsed(source):
        writer.block(block)
    return Body("".join(writer.parts), "".join(writer.numberings))


def run_text(text: str) -> str:
    """Words within a run: tabs and line breaks are elements of their own."""
    if _MARKS.search(text) is None:
        return _text(text)
    return "".join([
        _text(part) if part not in ("\t", "\r", "\n") else "<w:tab/>" if part == "\t" else "<w:br/>"
        for part in _MARKS.split(text)
    ])


def _text(text: str) -> str:
    if not text:
        return ""
    keep = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<w:t{keep}>{escape(text, quote=False)}</w:t>"


@cache
def _reader() -> markdown.Markdown:
    """Reads Markdown; raw HTML stays the text that it was."""
    reader = markdown.Markdown(extensions=["tables", "sane_lists", "def_list"])
    reader.preprocessors.deregister("html_block")
    for pattern in ("html", "entity"):
        reader.inlinePatterns.deregister(pattern)
    return reader


def _parsed(source: str) -> Element:
    """The tree of the Markdown."""
    reader = _reader().reset()
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
    """Writes blocks one after another."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._next_number = page.next_number
        self.parts: list[str] = []
        self.numberings: list[str] = []

    def add(self, properties: str, words: str) -> None:
        """A paragraph."""
        self.parts.append(_paragraph(properties, words))

    def block(self, element: Element, depth: int = 0) -> None:
        tag = element.tag
        if heading := _HEADING.fullmatch(tag):
            # The title of the tool is the first heading of the document; sheets begin with the second level.
            style = _style(f"Heading{max(1, int(heading[1]) - 1)}")
            self.add(_properties(style), _words_of(_pieces(element)).text)
        elif tag in ("ul", "ol"):
            self._list(element, depth)
        elif tag == "table":
            self._table(element)
        elif tag == "hr":
            self.add(_properties(_LINE_BELOW), "")
        elif tag == "pre":
            for line in "".join(element.itertext()).rstrip("\n").split("\n"):
                self.add(_properties(_style("NoSpacing")), _words_of([_Piece(unescape(line), code=True)]).text)
        elif tag in ("blockquote", "div", "dl"):
            for child in element:
                self.block(child, depth)
        else:
            properties = _properties(f'<w:ind w:left="{_twips(_INDENT)}"/>') if tag == "dd" else ""
            self.add(properties, _words_of(_pieces(element, _Piece("", bold=tag == "dt"))).text)

    def _list(self, element: Element, depth: int) -> None:
        level = min(depth + 1, _DEEPEST_LIST)
        style = f"List{'Number' if element.tag == 'ol' else 'Bullet'}{'' if level == 1 else level}"
        properties = _style(style)
        if element.tag == "ol":
            number = self._new_numbering(style, int(element.get("start") or 1))
            properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        for item in element:
            # In a loose list the words stand in paragraphs of their own; the first of them carries the mark.
            paragraphs = [child for child in item if child.tag == "p"]
            loose = bool(paragraphs) and not (item.text or "").strip()
            pieces = list(_pieces(paragraphs[0] if loose else item))
            box = _BOX.match(pieces[0].text) if pieces else None
            if box:
                pieces[0] = replace(pieces[0], text=pieces[0].text[box.end():])
                pieces.insert(0, _Piece(("☐" if box[1] == " " else "☑") + " "))
                left, hanging = _twips(_INDENT * (depth + 1)), _twips(_INDENT)
                self.add(_properties(f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'), _words_of(pieces).text)
            else:
                self.add(_properties(properties), _words_of(pieces).text)
            for child in item:
                if child.tag in _BLOCKS and not (loose and child is paragraphs[0]):
                    self.block(child, depth + 1)

    def _new_numbering(self, style: str, start: int) -> int:
        """A numbering of its own for a list, so that each begins anew."""
        number, self._next_number = self._next_number, self._next_number + 1
        self.numberings.append(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{self._page.lists[style]}"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
        return number

    def _table(self, element: Element) -> None:
        rows = [_row_of(row) for row in element.iter("tr")]
        width = max((len(row.cells) for row in rows), default=0)
        if not width:
            return
        asked = [
            _asked_width([row.cells[column].plain if column < len(row.cells) else "" for row in rows])
            for column in range(width)
        ]
        columns = [_twips(int(self._page.room * share / sum(asked))) for share in asked]
        turned = "<w:bidiVisual/>" if self._page.right_to_left else ""
        grid = "".join([f'<w:gridCol w:w="{column}"/>' for column in columns])
        self.parts += [_TABLE.format(turned=turned, grid=grid), *(row.written(columns) for row in rows), "</w:tbl>"]
        self.add("", "")  # so that two tables do not grow into one


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a paragraph as they are written, and as they read."""

    text: str
    plain: str


def _words_of(pieces: Iterable[_Piece]) -> _Words:
    kept = [piece for piece in pieces if piece.text or piece.line_break]
    runs, plain = [], []
    for nth, piece in enumerate(kept):
        begins = nth == 0 or kept[nth - 1].line_break
        text = piece.text.lstrip() if begins else piece.text
        text = text.rstrip() if nth == len(kept) - 1 else text
        look = f'{_COURIER if piece.code else ""}{"<w:b/>" if piece.bold else ""}{"<w:i/>" if piece.italic else ""}'
        look = f"<w:rPr>{look}</w:rPr>" if look else "<w:rPr/>"
        runs.append(f"<w:r>{look}{run_text(text)}{'<w:br/>' if piece.line_break else ''}</w:r>")
        plain.append(f"{text}\n" if piece.line_break else text)
    return _Words("".join(runs), "".join(plain))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table."""

    cells: list[_Words]
    is_head: bool
    room_to_write: bool

    def written(self, columns: list[int]) -> str:
        """The row in so many columns; one that is too short has room to write."""
        more = _REPEATED if self.is_head else _HIGH if self.room_to_write or len(self.cells) < len(columns) else ""
        cells = [_paragraph(_CELL, cell.text) for cell in self.cells] + ["<w:p/>"] * (len(columns) - len(self.cells))
        return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>" + "".join([
            f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(columns, cells, strict=True)
        ]) + "</w:tr>"


def _row_of(row: Element) -> _Row:
    found = [[*_pieces(cell, _Piece("", bold=cell.tag == "th"))] for cell in row]
    empty = any(not "".join([piece.text for piece in pieces]).strip() for pieces in found)
    return _Row([_words_of(pieces) for pieces in found], all(cell.tag == "th" for cell in row), empty)


def _asked_width(texts: list[str]) -> float:
    """How wide a column wants to be beside others: its longest word at least, and the side of its longest text.

    A box of letters is about twice as high as it is wide, so the square root of a text's length, a little stretched, is
    the width at which it looks like a paragraph and not like a ladder.
    """
    word = max((len(word) for text in texts for word in text.split()), default=0)
    return max(word + 4, 2.4 * sqrt(max(map(len, texts), default=0)))


def _twips(length: int) -> int:
    return round(length / _EMU_A_TWIP)


def _paragraph(properties: str, words: str) -> str:
    return f"<w:p>{properties}{words}</w:p>" if properties or words else "<w:p/>"


def _properties(inside: str) -> str:
    return f"<w:pPr>{inside}</w:pPr>"


def _style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


_LINE_BELOW = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
_COURIER = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>'
_CELL = _properties('<w:spacing w:after="0"/>')
_REPEATED = "<w:tblHeader/>"
"""On each page on which the table goes on."""
_HIGH = f'<w:trHeight w:val="{_ROOM_TO_WRITE}" w:hRule="atLeast"/>'
_LOOK = " ".join(
    f'w:{name}="{value}"' for name, value in
    (("firstColumn", 1), ("firstRow", 1), ("lastColumn", 0), ("lastRow", 0), ("noHBand", 0), ("noVBand", 1))
)
_TABLE = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{turned}<w:tblW w:type="auto" w:w="0"/>'
    '<w:tblLayout w:type="fixed"/>'
    f'<w:tblLook {_LOOK} w:val="04A0"/></w:tblPr>'
    "<w:tblGrid>{grid}</w:tblGrid>"
)
