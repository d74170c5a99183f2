"""A quick reading of pages in the plain form in which templates write them, tag by tag, without a tree.

It judges by the same rules as `page_facts` and only what any reader of HTML would read in the same way: small letters,
values in double quotes, one document with one head and one body, nothing in it that hides other markup. Whatever else
it meets, and whatever might be wrong, it leaves to the parser, which alone says what is at fault and in which line.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from lcsite.publishing.page_facts import Link, PageFacts, look_at_element
from lcsite.publishing.plain_tags import KNOWN, Mark, Said, read_tag

__all__ = ["START", "TAGS", "TEXT", "TITLE", "PlainReading", "has_controls", "has_language", "read_plainly"]

# No group is possessive here, for the reason that stands in `plain_tags`.
_SPACE = r"[ \n\t]*+"
_TEXT_ELEMENT = r"<(?:title|script|style)(?: [^<>]*+)?>[^<]*+</(?:title|script|style)>"
START = re.compile(
    rf"<!doctype html>{_SPACE}<(html [^<>]*+)>{_SPACE}<head>"
    rf"{_SPACE}(?:(?:<(?:meta|link) [^<>]*+>|{_TEXT_ELEMENT}){_SPACE})*</head>{_SPACE}<body[ >]"
)
"""A head in which nothing stands that would end it, so that its title is that of the page. Group: the first tag."""
TITLE = re.compile(r"<title>[ \n\t]*+[^<&\s]")
TAGS = re.compile(r"<([^>]*+)>")
_ENDS = ""
for _ in range(4):  # one within another is found in two thirds of the time that any number takes
    _ENDS = rf"(?:[^<]*+</[a-z][a-z0-9-]*+>{_ENDS}|)"
_TAGS = re.compile(rf"<([^>]*+)>{_ENDS}")
"""The same without up to four ends of elements behind another tag: of ends nothing follows, and they are half of all
tags.
"""
TEXT = re.compile(r"<((title|script|style)(?: [^<>]*+)?)>([^<]*+)</\2>")
_TEXTS_BEGIN = ("<title", "<script", "<style")
_CONTROLS = bytes([*range(9), 11, 12, 13, *range(14, 32), 127])


class PlainReading:
    """What was read of a page so far, stretch by stretch; none of them ends within a tag."""

    __slots__ = ("ids", "links", "marks", "texts")

    def __init__(self, before: PlainReading | None = None) -> None:
        self.ids: list[str] = before.ids.copy() if before else []
        self.links: list[Link] = before.links.copy() if before else []
        self.marks: list[int] = before.marks.copy() if before else [0] * len(Mark)
        self.texts: list[tuple[str, str, str]] = before.texts.copy() if before else []

    def take(self, text: str, begin: int = 0) -> bool:
        """Read a stretch from `begin` on; False where not every < of it begins a tag that ends in it."""
        if text.rfind("<", begin) > text.rfind(">", begin):
            return False
        before = self.marks[Mark.TEXT]
        self.add(map(KNOWN.__getitem__, _TAGS.findall(text, begin)))  # one that holds another < is odd
        if self.marks[Mark.TEXT] != before:
            self.texts += _texts(text, begin)
        return True

    def add(self, said: Iterable[Said | None]) -> None:
        """Add what tags say."""
        for ids, links, mark in filter(None, said):
            self.links += links
            if ids:
                self.ids += ids
            if mark:
                self.marks[mark] += 1

    def facts(self, *, scripts: Container[str] = (), styles: Container[str] = ()) -> PageFacts | None:
        """What the whole page says; None where something is odd, missing or might be wrong."""
        marks = self.marks
        facts = PageFacts(set(self.ids), self.links, has_lines=False)
        if (
            marks[Mark.ODD] or len(facts.ids) != len(self.ids) or marks[Mark.FRAME] != 3
            or marks[Mark.TEXT] != len(self.texts) or not marks[Mark.HEADING]
        ):
            return None
        for tag, name, inside in self.texts:
            if name != "title":
                element = read_tag(tag)
                assert element is not None  # it was looked at before
                element.text = inside
                look_at_element(element, facts, scripts=scripts, styles=styles)
        return None if facts.faults else facts


def read_plainly(
    html: bytes, *, text: str = "", scripts: Container[str] = (), styles: Container[str] = ()
) -> PageFacts | None:
    """The same as `read_page` for a plain page without faults, links without their lines; None for any other.

    `text`: the page decoded, where that is at hand.
    """
    try:
        text = text or html.decode()
    except UnicodeDecodeError:
        return None
    start = START.match(text)
    if start is None or not TITLE.search(text, 0, start.end()) or has_controls(html) or not has_language(start[1]):
        return None
    reading = PlainReading()
    # The document type is no tag.
    return reading.facts(scripts=scripts, styles=styles) if reading.take(text, start.start(1) - 1) else None


def has_language(tag: str) -> bool:
    """Whether the first tag of a page says which language the page is in."""
    element = read_tag(tag)
    return element is not None and bool(element.attributes.get("lang", "").strip())


def has_controls(html: bytes) -> bool:
    """Whether signs stand in a page that no text has."""
    return len(html.translate(None, _CONTROLS)) != len(html)


def _texts(text: str, begin: int) -> Iterator[tuple[str, str, str]]:
    """Elements that hold only text: tag, name, and what stands inside."""
    for beginning in _TEXTS_BEGIN:  # there are few, so each is looked for by itself, and not at every tag
        at = text.find(beginning, begin)
        while at >= 0:
            if found := TEXT.match(text, at):
                yield found[1], found[2], found[3]
            at = text.find(beginning, found.end() if found else at + 1)
