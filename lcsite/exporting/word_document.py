"""The sheets of tools as documents for a word processor.

One document is made once, with blanks (`blank_sheet/parts.zip`, by `scripts/make_blank_sheet.py`); what a sheet says is
written into these as text. A document has the same bytes every time: fixed dates, fixed order, nothing compressed
(compression differs between systems). What a sheet says is decided by its author alone.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType

from lcsite.exporting.sheet_body import Page, body_of, run_text
from lcsite.model.site import Site
from lcsite.model.toolbox import Tool

__all__ = ["BLANK_SHEET", "LISTS", "NEXT_NUMBER", "ROOM", "Blank", "word_document"]

BLANK_SHEET = Path(__file__).parent / "blank_sheet" / "parts.zip"
ROOM = 6_120_130
"""How wide the words are between the margins of the blank sheet, in English metric units."""
LISTS: Mapping[str, int] = MappingProxyType({"ListNumber": 7, "ListNumber2": 3, "ListNumber3": 2})
"""Style of a numbered list -> the kind of numbering that it has in the blank sheet."""
NEXT_NUMBER = 10
"""The first number of a list that nothing has there yet."""

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_LONGEST_ON_CARD = 255
_EARLIEST = 1980  # a zip file cannot say an earlier year


class Blank(StrEnum):
    """What is filled in: a sign that stands in no text."""

    TITLE = "\ue000"
    SUBJECT = "\ue001"
    NOTE = "\ue002"
    PUBLISHER = "\ue003"
    LANGUAGE = "\ue004"
    DAY = "\ue005"
    TURNED = "\ue006"
    """What makes paragraphs run from right to left."""
    BODY = "\ue007"
    NUMBERINGS = "\ue008"
    FOOT = "\ue009"


_BLANKS = re.compile(f"([{''.join(Blank)}])")


def word_document(tool: Tool, site: Site, note: str) -> bytes:
    """A sheet (Office Open XML): A4, headings, lists, boxes to tick, tables with room to write; `note` at its foot."""
    right_to_left = site.language.partition("-")[0] in _RIGHT_TO_LEFT
    body = body_of(tool.title, tool.template, Page(ROOM, LISTS, NEXT_NUMBER, right_to_left))
    said: dict[str, str] = {
        Blank.TITLE: _card(tool.title), Blank.SUBJECT: _card(tool.summary), Blank.NOTE: _card(note),
        Blank.PUBLISHER: _card(site.publisher), Blank.LANGUAGE: escape(site.language),
        Blank.DAY: site.as_of.isoformat(), Blank.TURNED: "<w:bidi/>" if right_to_left else "",
        Blank.BODY: body.text, Blank.NUMBERINGS: body.numberings, Blank.FOOT: run_text(note),
    }
    return _packed({name: "".join([said.get(p, p) for p in parts]) for name, parts in _parts().items()}, site.as_of)


@cache
def _parts() -> Mapping[str, tuple[str, ...]]:
    """What stands in the blank sheet, by name: words and blanks by turns."""
    with zipfile.ZipFile(BLANK_SHEET) as packed:
        return {name: tuple(_BLANKS.split(packed.read(name).decode())) for name in packed.namelist()}


def _card(words: str) -> str:
    """Words as the card of a document takes them: 255 characters at most."""
    short = words if len(words) <= _LONGEST_ON_CARD else words[: _LONGEST_ON_CARD - 1].rstrip() + "…"
    return escape(short, quote=False)


def _packed(entries: Mapping[str, str], day: datetime.date) -> bytes:
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
