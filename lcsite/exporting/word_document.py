"""The sheets of tools as documents for a word processor.

The library makes one document for a site, with blanks; what each sheet says is written into these as text. A document
has the same bytes every time: fixed dates, fixed order, nothing compressed (compression differs between systems). What
a sheet says is decided by its author alone.
"""

from __future__ import annotations

import datetime
import errno
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.oxml import CT_Types, serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from lcsite.exporting.sheet_body import Page, body_of, run_text
from lcsite.model.site import Site
from lcsite.model.toolbox import Tool

__all__ = ["word_document"]

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_LONGEST_ON_CARD = 255
_EARLIEST = 1980  # a zip file cannot say an earlier year
_TABLE_STYLES = ("TableNormal", "TableGrid")
_NOT_NEEDED = ("stylesWithEffects", "customXml", "thumbnail", "webSettings")
"""Parts of the library's empty document that a sheet has no use for."""
_NUMBERED_LISTS = ("List Number", "List Number 2", "List Number 3")
_DOCUMENT_PART, _FOOT_PART, _NUMBERING_PART = "word/document.xml", "word/footer1.xml", "word/numbering.xml"

# Blanks to be filled in each sheet: signs that stand in no text, each for what it is called.
_TITLE, _SUBJECT, _NOTE, _PUBLISHER, _BODY, _NUMBERINGS, _FOOT = map(chr, range(0xE000, 0xE007))
_BLANKS = re.compile(f"([{_TITLE}-{_FOOT}])")
_FOOT_TEXT = f"<w:t>{_FOOT}</w:t>"


@dataclass(frozen=True, slots=True)
class _Blank:
    """The document of a site without what each sheet says: in every part words and blanks by turns."""

    parts: Mapping[str, tuple[str, ...]]
    page: Page


def word_document(tool: Tool, site: Site, note: str) -> bytes:
    """A sheet (Office Open XML): A4, headings, lists, boxes to tick, tables with room to write; `note` at its foot."""
    blank = _blank(site.language, site.as_of)
    body = body_of(tool.title, tool.template, blank.page)
    said = {
        _TITLE: escape(_card(tool.title)), _SUBJECT: escape(_card(tool.summary)), _NOTE: escape(_card(note)),
        _PUBLISHER: escape(_card(site.publisher)), _BODY: body.text, _NUMBERINGS: body.numberings,
        _FOOT: run_text(note),
    }
    entries = {name: "".join([said.get(part, part) for part in parts]) for name, parts in blank.parts.items()}
    return _packed({name: content.encode() for name, content in entries.items()}, site.as_of)


@lru_cache(maxsize=2)
def _blank(language: str, as_of: datetime.date) -> _Blank:
    """The library's empty document, set up and cut at its blanks: all sheets of a site share it."""
    try:
        document = Document()
    except PackageNotFoundError as error:  # the library takes a disk that fails for a template that is not there
        raise OSError(errno.EIO, "the library for sheets cannot read its own files") from error
    _lighten(document)
    _set_up(document, language, as_of)
    right_to_left = language.partition("-")[0] in _RIGHT_TO_LEFT
    if right_to_left:
        _turn_round(document)
    parts = {name: content.decode() for name, content in _entries(document).items()}
    numberings = parts[_NUMBERING_PART]
    parts[_NUMBERING_PART] = numberings.replace("</w:numbering>", f"{_NUMBERINGS}</w:numbering>")
    for name, whole, blank in ((_DOCUMENT_PART, "<w:body>", "<w:body>" + _BODY), (_FOOT_PART, _FOOT_TEXT, _FOOT)):
        parts[name] = parts[name].replace(whole, blank)
    cut = {name: tuple(_BLANKS.split(content)) for name, content in parts.items()}
    return _Blank(cut, _page(document, right_to_left=right_to_left))


def _page(document: DocumentFile, *, right_to_left: bool) -> Page:
    section, numbering = document.sections[0], document.part.numbering_part.element
    kinds = {}
    for style in _NUMBERED_LISTS:
        number = document.styles[style].element.pPr.numPr.numId.val
        kinds[style.replace(" ", "")] = int(numbering.num_having_numId(number).abstractNumId.val)
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    return Page(int(room), kinds, int(numbering._next_numId), right_to_left)


def _lighten(document: DocumentFile) -> None:
    """Leave out what is heavier than the sheet by far: styles for tables that nobody draws."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in _TABLE_STYLES:
            styles.remove(style)
    for relations in (document.part.rels, document.part.package.rels):
        for id_, relation in list(relations.items()):
            if any(relation.reltype.endswith(f"/{name}") for name in _NOT_NEEDED):
                relations.pop(id_)


def _card(words: str) -> str:
    """Words as the card of a document takes them: 255 characters at most."""
    return words if len(words) <= _LONGEST_ON_CARD else words[: _LONGEST_ON_CARD - 1].rstrip() + "…"


def _set_up(document: DocumentFile, language: str, as_of: datetime.date) -> None:
    day = datetime.datetime(as_of.year, as_of.month, as_of.day, tzinfo=datetime.UTC)
    about = document.core_properties
    about.title, about.subject, about.comments = _TITLE, _SUBJECT, _NOTE
    about.language = language
    about.author = about.last_modified_by = _PUBLISHER
    about.keywords = about.category = ""
    about.created = about.modified = day
    about.revision = 1
    page = document.sections[0]
    page.orientation = WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(18)
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        document.styles[name].font.color.rgb = RGBColor(0x1B, 0x1B, 0x1B)
    for spoken in normal.element.get_or_add_rPr().findall(qn("w:lang")):
        normal.element.rPr.remove(spoken)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    spoken.set(qn("w:bidi"), language)
    normal.element.rPr.append(spoken)
    footer = page.footer.paragraphs[0]
    footer.text = _FOOT
    footer.runs[0].font.size = Pt(8)


def _turn_round(document: DocumentFile) -> None:
    """Paragraphs from right to left."""
    # The format wants the parts of these properties in an order of its own.
    properties = document.styles["Normal"].element.get_or_add_pPr()
    after = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
    properties.insert_element_before(OxmlElement("w:bidi"), *after)


def _entries(document: DocumentFile) -> dict[str, bytes]:
    """What stands in the file, by name. The library's own way of saving asks the clock, and fails where it is wrong."""
    package = document.part.package
    assert package is not None
    types = CT_Types.new()  # type: ignore[no-untyped-call]
    types.add_default("rels", CONTENT_TYPE.OPC_RELATIONSHIPS)
    types.add_default("xml", CONTENT_TYPE.XML)
    found = {"_rels/.rels": package.rels.xml}
    for part in sorted(package.parts, key=lambda part: part.partname):
        part.before_marshal()
        types.add_override(part.partname, part.content_type)
        found[part.partname.membername] = part.blob
        if part.rels:
            found[part.partname.rels_uri.membername] = part.rels.xml
    found["[Content_Types].xml"] = serialize_part_xml(types)
    return {name: content.encode() if isinstance(content, str) else content for name, content in found.items()}


def _packed(entries: Mapping[str, bytes], day: datetime.date) -> bytes:
    """A package with its entries in a fixed order and of one date."""
    done = io.BytesIO()
    stamp = (max(day.year, _EARLIEST), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(done, "w", zipfile.ZIP_STORED) as packed:
        # The list of types comes first, as readers of the format expect.
        for name in sorted(entries, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, entries[name])
    return done.getvalue()
