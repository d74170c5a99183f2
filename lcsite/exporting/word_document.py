"""The sheets of tools as documents for a word processor.

A document has the same bytes every time: fixed dates, fixed order, nothing compressed (compression differs between
systems). What a sheet says is decided by its author alone.
"""

from __future__ import annotations

import datetime
import errno
import io
import zipfile
from collections.abc import Mapping
from functools import cache

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.oxml import CT_Types, serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from lcsite.exporting.sheet_body import write_body
from lcsite.model.site import Site
from lcsite.model.toolbox import Tool

__all__ = ["word_document"]

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_LONGEST_ON_CARD = 255
_EARLIEST = 1980  # a zip file cannot say an earlier year
_TABLE_STYLES = ("TableNormal", "TableGrid")
_NOT_NEEDED = ("stylesWithEffects", "customXml", "thumbnail", "webSettings")
"""Parts of the library's empty document that a sheet has no use for."""


def _empty_document() -> DocumentFile:
    return Document(io.BytesIO(_light_template()))


@cache
def _light_template() -> bytes:
    """The library's empty document without what sheets have no use for, so that most of it is read only once."""
    try:
        document = Document()
    except PackageNotFoundError as error:  # the library takes a disk that fails for a template that is not there
        raise OSError(errno.EIO, "the library for sheets cannot read its own files") from error
    _lighten(document)
    return _packed(_entries(document), datetime.date(_EARLIEST, 1, 1))


def word_document(tool: Tool, site: Site, note: str) -> bytes:
    """A sheet (Office Open XML): A4, headings, lists, boxes to tick, tables with room to write; `note` at its foot."""
    document = _empty_document()
    _set_up(document, tool, site, note)
    document.add_heading(tool.title, level=0)
    write_body(document, tool.template)
    if site.language.partition("-")[0] in _RIGHT_TO_LEFT:
        _turn_round(document)
    return _packed(_entries(document), site.as_of)


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


def _set_up(document: DocumentFile, tool: Tool, site: Site, note: str) -> None:
    day = datetime.datetime(site.as_of.year, site.as_of.month, site.as_of.day, tzinfo=datetime.UTC)
    about = document.core_properties
    about.title, about.subject = _card(tool.title), _card(tool.summary)
    about.language = site.language
    about.author = about.last_modified_by = _card(site.publisher)
    about.comments = _card(note)
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
    for language in normal.element.get_or_add_rPr().findall(qn("w:lang")):
        normal.element.rPr.remove(language)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), site.language)
    language.set(qn("w:bidi"), site.language)
    normal.element.rPr.append(language)
    footer = page.footer.paragraphs[0]
    footer.text = note
    footer.runs[0].font.size = Pt(8)


def _turn_round(document: DocumentFile) -> None:
    """Paragraphs and tables from right to left."""
    # The format wants the parts of these properties in an order of its own.
    properties = document.styles["Normal"].element.get_or_add_pPr()
    after = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
    properties.insert_element_before(OxmlElement("w:bidi"), *after)
    for table in document.tables:
        table._tbl.tblPr.insert(1, OxmlElement("w:bidiVisual"))


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
