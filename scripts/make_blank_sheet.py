"""Make the document in which the sheets of tools are written: `python scripts/make_blank_sheet.py`. Needs python-docx.

Done once; the result is committed as `lcsite/exporting/blank_sheet/parts.zip`. It is the empty document of that library
(its licence lies beside it), without what sheets have no use for, set up for them, and with a sign for each blank that
`lcsite/exporting/word_document.py` fills in.
"""

from __future__ import annotations

import datetime
import io
import zipfile

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE
from docx.opc.oxml import CT_Types, serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from lcsite.exporting.word_document import BLANK_SHEET, Blank

_TABLE_STYLES = ("TableNormal", "TableGrid")
_NOT_NEEDED = ("stylesWithEffects", "customXml", "thumbnail", "webSettings")
"""Parts of the library's empty document that a sheet has no use for."""
_SOME_DAY = datetime.datetime(1999, 1, 1, tzinfo=datetime.UTC)
_BLANKS = (
    ("docProps/core.xml", _SOME_DAY.date().isoformat(), Blank.DAY),
    ("word/document.xml", "<w:body>", f"<w:body>{Blank.BODY}"),
    ("word/footer1.xml", f"<w:t>{Blank.FOOT}</w:t>", Blank.FOOT),
    ("word/numbering.xml", "</w:numbering>", f"{Blank.NUMBERINGS}</w:numbering>"),
    ("word/styles.xml", "<w:bidi/>", Blank.TURNED),
)
"""Part, what stands in it, and the blank for it."""


def parts() -> dict[str, str]:
    """What stands in the file, by name."""
    document = Document()
    _lighten(document)
    _set_up(document)
    _turn_round(document)
    found = _entries(document)
    for name, whole, blank in _BLANKS:
        if whole not in found[name]:
            raise ValueError(f"{name} has no {whole}")
        found[name] = found[name].replace(whole, blank)
    return found


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


def _set_up(document: DocumentFile) -> None:
    about = document.core_properties
    about.title, about.subject, about.comments = Blank.TITLE, Blank.SUBJECT, Blank.NOTE
    about.language = Blank.LANGUAGE
    about.author = about.last_modified_by = Blank.PUBLISHER
    about.keywords = about.category = ""
    about.created = about.modified = _SOME_DAY
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
    spoken.set(qn("w:val"), Blank.LANGUAGE)
    spoken.set(qn("w:bidi"), Blank.LANGUAGE)
    normal.element.rPr.append(spoken)
    footer = page.footer.paragraphs[0]
    footer.text = Blank.FOOT
    footer.runs[0].font.size = Pt(8)


def _turn_round(document: DocumentFile) -> None:
    """Paragraphs from right to left; a blank is made of it."""
    # The format wants the parts of these properties in an order of its own.
    properties = document.styles["Normal"].element.get_or_add_pPr()
    after = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
    properties.insert_element_before(OxmlElement("w:bidi"), *after)


def _entries(document: DocumentFile) -> dict[str, str]:
    """The parts as they are written; the library's own way of saving asks the clock."""
    package = document.part.package
    types = CT_Types.new()
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
    return {name: content if isinstance(content, str) else content.decode() for name, content in found.items()}


def main() -> None:
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(parts().items()):
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    BLANK_SHEET.write_bytes(done.getvalue())
    print(f"{BLANK_SHEET}: {len(done.getvalue())} bytes")


if __name__ == "__main__":
    main()
