"""What single tags say, in the plain form in which templates write them; each different tag is looked at once.

Small letters, values in double quotes, no name twice. Whatever else a tag is, is for the parser to judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from lcsite.publishing.page_facts import ATTRIBUTES, ELEMENTS, Link, PageFacts, look_at_attributes, look_at_element

__all__ = [
    "KNOWN", "ODD", "Mark", "Said", "Tag", "Tags", "as_written", "has_plain_entities", "look_at_tag", "read_tag",
]

# Python 3.11 up to 3.11.4 goes on from the wrong place behind a group that is possessive, such as (?:ab?c)*+, so that
# only single signs are here: https://github.com/python/cpython/issues/106052
_TAG = re.compile(r'([a-z][a-z0-9-]*+)((?: [a-zA-Z][a-zA-Z0-9:_-]*+(?:="[^"<]*+")?)*) ?/?')
_ATTRIBUTE = re.compile(r' ([^ ="]++)(?:="([^"]*+)")?')
_ENTITIES: Final = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'"}
_ENTITY = re.compile(r"&(?:[a-zA-Z0-9#]++;?+)?")

_HIDING = frozenset("base frame frameset iframe listing noembed noframes plaintext textarea xmp".split())
"""Elements in which, or after which, markup means something else: not for a quick reading."""


class Mark(IntEnum):
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
    "html": Mark.FRAME, "head": Mark.FRAME, "body": Mark.FRAME, "title": Mark.TEXT, "script": Mark.TEXT,
    "style": Mark.TEXT, "h1": Mark.HEADING,
}

_LOUD = "|".join(sorted({*_MARKS, *_HIDING, *ELEMENTS}))
_TELLING = "|".join(map(re.escape, ATTRIBUTES))
_DULL = re.compile(
    rf'/[a-z][a-z0-9-]*+|(?!(?:{_LOUD})(?![a-z0-9-]))[a-z][a-z0-9-]*+'
    rf'(?: (?!(?i:on|(?:{_TELLING})(?![a-zA-Z0-9:_-])))[a-zA-Z][a-zA-Z0-9:_-]*+(?:="[^"<]*+")?)* ?/?'
)
"""Tags of which nothing follows: ends, and beginnings without a name that a rule looks at. Nearly all tags are."""


class Said(NamedTuple):
    """What a tag says, whichever page it stands on."""

    ids: tuple[str, ...]
    links: tuple[Link, ...]
    mark: Mark


@dataclass(slots=True)
class Tag:
    """An element as its tag shows it."""

    tag: str
    attributes: dict[str, str]
    text: str | None = None
    sourceline: int = 0

    def get(self, name: str, /) -> str | None:
        return self.attributes.get(name)


ODD = Said((), (), Mark.ODD)
_MOST_TAGS = 8_000
"""With the marks of pieces. A few thousand stand on most pages; more would save hardly a look and hold megabytes."""
_LONGEST_DULL = 100
"""Signs. Longer tags of which nothing follows hold words, such as those for a picture, and seldom come again."""


class Tags(dict[str, "Said | None"]):
    """What the tags say that were met so far, None where it is nothing.

    A site has thousands of different tags and writes them millions of times.
    """

    def __missing__(self, tag: str) -> Said | None:
        said = look_at_tag(tag)
        if said is not None or len(tag) <= _LONGEST_DULL:
            if len(self) >= _MOST_TAGS:
                self.clear()
            self[tag] = said
        return said


KNOWN = Tags()


class _Leading(dict[tuple[str, str], "Said | None"]):
    """What tags say that lead somewhere, from what stands before and behind the address; None for any that say more.

    The address in it stands for all that are plain.
    """

    def __missing__(self, around: tuple[str, str]) -> Said | None:
        if len(self) >= _MOST_TAGS:
            self.clear()
        here, there = (_look_closely(address.join(around)) for address in ("here", "there"))
        alike = (
            here is not None and there is not None and [link.address for link in here.links] == ["here"]
            and there == here._replace(links=(here.links[0]._replace(address="there"),))
        )
        self[around] = said = here if alike else None
        return said


_LEADING = _Leading()
_ADDRESS = ' href="'
_PLAIN_ADDRESS = re.compile(r'[A-Za-z0-9_./:#-]++(?=")')
"""Signs that mean nothing in a tag, wherever in it they stand."""


def look_at_tag(tag: str) -> Said | None:
    """What a tag says, given without its brackets; None where it is nothing."""
    begin = tag.find(_ADDRESS) + len(_ADDRESS)
    if begin >= len(_ADDRESS) and (address := _PLAIN_ADDRESS.match(tag, begin)):
        said = _LEADING[tag[:begin], tag[address.end() :]]
        if said is not None:
            ids, ((_, line, loads, may_be_absolute, leads_out),), mark = said
            return Said(ids, (Link(address[0], line, loads, may_be_absolute, leads_out),), mark)
    return _look_closely(tag)


def _look_closely(tag: str) -> Said | None:
    if _DULL.fullmatch(tag):
        return None
    element = read_tag(tag)
    if element is None:
        return ODD
    facts = PageFacts()
    if element.tag not in ("script", "style"):
        look_at_element(element, facts)
    look_at_attributes(element, element.attributes, facts)
    mark = _MARKS.get(element.tag, Mark.NONE)
    if facts.faults or (element.tag == "a" and "name" in element.attributes) or (mark and tag.endswith("/")):
        return ODD
    return Said(tuple(facts.ids), tuple(facts.links), mark) if facts.ids or facts.links or mark else None


def read_tag(tag: str) -> Tag | None:
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
            if not has_plain_entities(value):
                return None
            value = _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], value)
        attributes[name] = value
    return Tag(found[1], attributes)


def has_plain_entities(value: str) -> bool:
    """Whether each & begins one of the few names of signs that templates write."""
    return _ENTITIES.keys() >= set(_ENTITY.findall(value))


def as_written(tag: str) -> tuple[str, list[tuple[str, str]]]:
    """The name of a tag in plain form, its attributes and their values as they are written; nothing for any other."""
    found = _TAG.fullmatch(tag)
    return (found[1], _ATTRIBUTE.findall(found[2])) if found else ("", [])
