"""A quick reading of pages in the plain form in which templates write them, tag by tag, without a tree.

It judges by the same rules as `page_facts` and only what any reader of HTML would read in the same way: small letters,
values in double quotes, one document with one head and one body, nothing in it that hides other markup. Whatever else
it meets, and whatever might be wrong, it leaves to the parser, which alone says what is at fault and in which line.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping

from lcsite.publishing.page_facts import Link, PageFacts, look_at_element
from lcsite.publishing.plain_tags import KNOWN, ODD, Mark, Said, Tags, read_tag
from lcsite.rendering.drawn_pieces import SIGN

__all__ = [
    "BARE", "START", "TAGS", "TEXT", "TITLE", "DrawnTags", "PlainReading", "has_controls", "has_language",
    "read_plainly",
]

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
_ADDRESS = "[A-Za-z0-9_./#-]*+"
"""Signs that mean nothing in a tag."""
_LINKS = re.compile(rf'<a href="({_ADDRESS})">')
"""Links that say nothing but where they lead, as most do."""
BARE = "b|bdi|code|dd|div|dl|dt|em|h2|h3|h4|li|ol|p|small|span|strong|summary|tbody|td|th|thead|tr|ul"
"""Elements that often stand without any attribute: then nothing follows of them."""
_TAGS = re.compile(rf'<(?!(?:/[a-z][a-z0-9-]*+|a href="{_ADDRESS}"|{BARE})>)([^>]*+)>')
"""The same without such links, bare tags, and ends of elements: a quarter of all tags is left."""
TEXT = re.compile(r"<((title|script|style)(?: [^<>]*+)?)>([^<]*+)</\2>")
_TEXTS_BEGIN = ("<title", "<script", "<style")
_CONTROLS = bytes([*range(9), 11, 12, 13, *range(14, 32), 127])


class PlainReading:
    """What was read of a page so far, stretch by stretch; none of them ends within a tag."""

    __slots__ = ("_known", "ids", "leading", "links", "marks", "texts")

    def __init__(self, before: PlainReading | None = None, *, known: Tags = KNOWN) -> None:
        self._known: Tags = before._known if before else known
        self.ids: list[str] = before.ids.copy() if before else []
        self.links: list[Link] = before.links.copy() if before else []
        self.leading: list[str] = before.leading.copy() if before else []
        """The addresses of links that say nothing else; they are not among `links`."""
        self.marks: list[int] = before.marks.copy() if before else [0] * len(Mark)
        self.texts: list[tuple[str, str, str]] = before.texts.copy() if before else []

    def take(self, text: str, begin: int = 0) -> bool:
        """Read a stretch from `begin` on; False where not every < of it begins a tag that ends in it."""
        if text.rfind("<", begin) > text.rfind(">", begin):
            return False
        before = self.marks[Mark.TEXT]
        self.add(map(self._known.__getitem__, _TAGS.findall(text, begin)))  # one that holds another < is odd
        self.leading += _LINKS.findall(text, begin)
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
        facts = PageFacts(set(self.ids), self.links, leading=self.leading, has_lines=False)
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


class DrawnTags(Tags):
    """What tags say, and what pieces say of which marks stand in what was drawn."""

    def __init__(self, pieces: Mapping[bytes, bytes]) -> None:
        super().__init__()
        self._pieces = pieces

    def __missing__(self, tag: str) -> Said | None:
        if tag[:1] != SIGN:
            return super().__missing__(tag)
        # A mark that stands in another tag is odd there, so this piece begins and ends outside of tags, and all that
        # it says by itself it says on the page.
        reading = PlainReading(known=self)
        read = reading.take(f"<{self._pieces[tag.strip(SIGN).encode()].decode()}>")
        marks = reading.marks
        if not read or marks[Mark.FRAME] or marks[Mark.TEXT] or marks[Mark.ODD]:
            return ODD
        links = (*reading.links, *[Link(address, 0, False) for address in reading.leading])
        said = Said(tuple(reading.ids), links, Mark.HEADING if marks[Mark.HEADING] else Mark.NONE)
        self[tag] = found = said if any(said) else None
        return found


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
    if not reading.take(text, start.start(1) - 1):  # the document type is no tag
        return None
    facts = reading.facts(scripts=scripts, styles=styles)
    if facts is not None:
        facts.links += [Link(address, 0, False) for address in facts.leading]
        facts.leading = []
    return facts


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
