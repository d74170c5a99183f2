"""A quick reading of pages in the plain form in which templates write them, tag by tag, without a tree.

It judges by the same rules as `page_facts` and only what any reader of HTML would read in the same way: small letters,
values in double quotes, one document with one head and one body, nothing in it that hides other markup. Whatever else
it meets, and whatever might be wrong, it leaves to the parser, which alone says what is at fault and in which line.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from lcsite.publishing.page_facts import ATTRIBUTES, ELEMENTS, Link, PageFacts, look_at_attributes, look_at_element

__all__ = ["read_plainly"]

# Python 3.11 up to 3.11.4 goes on from the wrong place behind a group that is possessive, such as (?:ab?c)*+, so that
# only single signs are here: https://github.com/python/cpython/issues/106052
_SPACE = r"[ \n\t]*+"
_TEXT_ELEMENT = r"<(?:title|script|style)(?: [^<>]*+)?>[^<]*+</(?:title|script|style)>"
_START = re.compile(
    rf"<!doctype html>{_SPACE}<html [^<>]*+>{_SPACE}<head>"
    rf"{_SPACE}(?:(?:<(?:meta|link) [^<>]*+>|{_TEXT_ELEMENT}){_SPACE})*</head>{_SPACE}<body[ >]"
)
"""A head in which nothing stands that would end it, so that its title is the title of the page."""
_TITLE = re.compile(r"<title>[ \n\t]*+[^<&\s]")
_TAGS = re.compile(r"<([^>]*+)>")
_TEXT = re.compile(r"<((title|script|style)(?: [^<>]*+)?)>([^<]*+)</\2>")
_TEXTS_BEGIN = ("<title", "<script", "<style")
_CONTROLS = bytes([*range(9), 11, 12, 13, *range(14, 32), 127])

_TAG = re.compile(r'([a-z][a-z0-9-]*+)((?: [a-zA-Z][a-zA-Z0-9:_-]*+(?:="[^"]*+")?)*) ?/?')
_ATTRIBUTE = re.compile(r' ([^ ="]++)(?:="([^"]*+)")?')
_ENTITIES: Final = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'"}
_ENTITY = re.compile(r"&(?:[a-zA-Z0-9#]++;?+)?")

_HIDING = frozenset("base frame frameset iframe listing noembed noframes plaintext textarea xmp".split())
"""Elements in which, or after which, markup means something else: not for a quick reading."""


class _Mark(IntEnum):
    """What a page has a number of, besides parts and links."""

    NONE = 0
    FRAME = 1
    """`html`, `head` or `body`."""
    TEXT = 2
    """An element that holds only text."""
    HEADING = 3
    ODD = 4
    """Anything that is for the parser to judge."""


_MARKS: Final = {
    "html": _Mark.FRAME, "head": _Mark.FRAME, "body": _Mark.FRAME, "title": _Mark.TEXT, "script": _Mark.TEXT,
    "style": _Mark.TEXT, "h1": _Mark.HEADING,
}

_LOUD = "|".join(sorted({*_MARKS, *_HIDING, *ELEMENTS}))
_TELLING = "|".join(map(re.escape, ATTRIBUTES))
_DULL = re.compile(
    rf'/[a-z][a-z0-9-]*+|(?!(?:{_LOUD})(?![a-z0-9-]))[a-z][a-z0-9-]*+'
    rf'(?: (?!(?i:on|(?:{_TELLING})(?![a-zA-Z0-9:_-])))[a-zA-Z][a-zA-Z0-9:_-]*+(?:="[^"]*+")?)* ?/?'
)
"""Tags of which nothing follows: ends, and beginnings without a name that a rule looks at. Nearly all tags are."""


class _Seen(NamedTuple):
    """What a tag says, whichever page it stands on."""

    ids: tuple[str, ...]
    links: tuple[Link, ...]
    mark: _Mark


@dataclass(slots=True)
class _Tag:
    """An element as its tag shows it."""

    tag: str
    attributes: dict[str, str]
    text: str | None = None
    sourceline: int = 0

    def get(self, name: str, /) -> str | None:
        return self.attributes.get(name)


_ODD = _Seen((), (), _Mark.ODD)


_MOST_TAGS = 20_000


class _Tags(dict[str, "_Seen | None"]):
    """What the tags say that were met so far, None where it is nothing.

    A site has thousands of different tags and writes them millions of times.
    """

    def __missing__(self, tag: str) -> _Seen | None:
        if len(self) >= _MOST_TAGS:
            self.clear()
        self[tag] = seen = _look_at(tag)
        return seen


_KNOWN = _Tags()


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
    start = _START.match(text)
    tags = _TAGS.findall(text)
    if (
        start is None or not _TITLE.search(text, 0, start.end()) or len(tags) != text.count("<")
        or len(html.translate(None, _CONTROLS)) != len(html)
    ):
        return None
    del tags[0]  # the document type
    ids: list[str] = []
    links: list[Link] = []
    marks = [0] * len(_Mark)
    for parts, leading, mark in filter(None, map(_KNOWN.__getitem__, tags)):
        ids += parts
        links += leading
        marks[mark] += 1
    texts = list(_texts(text))
    facts = PageFacts(set(ids), links, has_lines=False)
    if (
        marks[_Mark.ODD] or len(facts.ids) != len(ids) or marks[_Mark.FRAME] != 3 or marks[_Mark.TEXT] != len(texts)
        or not marks[_Mark.HEADING] or not (_read(tags[0]) or _NOBODY).attributes.get("lang", "").strip()
    ):
        return None
    for tag, name, inside in texts:
        if name != "title":
            element = _read(tag)
            assert element is not None  # it was looked at before
            element.text = inside
            look_at_element(element, facts, scripts=scripts, styles=styles)
    return None if facts.faults else facts


def _texts(text: str) -> Iterator[tuple[str, str, str]]:
    """Elements that hold only text: tag, name, and what stands inside."""
    for beginning in _TEXTS_BEGIN:  # there are few, so each is looked for by itself, and not at every tag
        at = text.find(beginning)
        while at >= 0:
            if found := _TEXT.match(text, at):
                yield found[1], found[2], found[3]
            at = text.find(beginning, found.end() if found else at + 1)


_NOBODY = _Tag("", {})


def _look_at(tag: str) -> _Seen | None:
    if _DULL.fullmatch(tag):
        return None
    element = _read(tag)
    if element is None:
        return _ODD
    facts = PageFacts()
    if element.tag not in ("script", "style"):
        look_at_element(element, facts)
    look_at_attributes(element, element.attributes, facts)
    mark = _MARKS.get(element.tag, _Mark.NONE)
    if facts.faults or (element.tag == "a" and "name" in element.attributes) or (mark and tag.endswith("/")):
        return _ODD
    return _Seen(tuple(facts.ids), tuple(facts.links), mark) if facts.ids or facts.links or mark else None


def _read(tag: str) -> _Tag | None:
    """A tag in plain form, without its brackets; None for any other."""
    found = _TAG.fullmatch(tag)
    if found is None or found[1] in _HIDING:
        return None
    attributes: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(found[2]):
        name = name.lower()
        if name in attributes or not value.isprintable():
            return None
        if "&" in value:
            if not _ENTITIES.keys() >= set(_ENTITY.findall(value)):
                return None
            value = _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], value)
        attributes[name] = value
    return _Tag(found[1], attributes)
