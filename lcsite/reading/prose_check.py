"""Refuses, in the source of a text, what could harm a reader: HTML, dangerous links, images from elsewhere, attributes.

Nothing is rendered and nothing is changed here. What is quoted as code passes; in doubt a sign counts as text. The
renderer sanitises a second time and finds nothing left to remove.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lcsite.problems import Location, Problem, quoted
from lcsite.reading.link_targets import Refusal, file_part, image_file, refuse_image, refuse_link
from lcsite.reading.plain_text import forbidden_characters, location_at
from lcsite.reading.quoted_code import stretches, without_code
from lcsite.reading.tangled_text import tangles

__all__ = ["Prose", "check_prose", "links_with_parts"]

_MOST_REPORTS = 50
_NO_HTML = "write Markdown instead; code stands between backticks (`), and a sign for smaller needs a blank: a < b"

_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_TAG_AT_LINE_START = re.compile(r"^(?:[ \t]*+(?:>|[-*+]|[0-9]++[.)]))*+[ \t]*+<(?=[A-Za-z/!?])", re.MULTILINE)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*+:[^<>\s]*+)>")
_MAIL = re.compile(r"<(?:mailto:)?[\w.+-]++@[\w-]++(?:\.[\w-]++)+>")  # no possessive group: see `plain_tags`
_ENTITY = re.compile(r"&#(?:[xX]([0-9a-fA-F]++)|([0-9]++));?")
_LOGIN = re.compile(r"https?://[^\s/?#<>()\[\]\"'@]*+@", re.IGNORECASE)
_INCLUSION = re.compile(r"(?<!-)-++8<-")
_LABEL = re.compile(r"\s?\[([^\[\]]*)\]")
_DEFINITION = re.compile(
    r"^(?:[ \t>*+\-0-9.):]|\[\^[^\]\n]*+\]:)*\[([^\[\]\n]*+)\]:[ \t]*+(?:\n[ \t>:]*+)?(\S+)[ \t]*(?=$|[\"'(])",
    re.MULTILINE,
)
_WITH_TITLE = re.compile(r"\s*+((?:[^\s()]|\([^\s()]*+\))++)\s++(?:\"[^\"]*+\"|'[^']*+')\s*+\)")
_PLAIN_LINK = r"\[([^\[\]\\\n]*+)\]\(([^\[\]\\()\s]{0,2000})\)"
"""Words in square brackets and an address in round ones, on one line and with nothing within each other."""
_PLAIN_LINKS = re.compile(_PLAIN_LINK)
_BRACKET = re.compile(rf"{_PLAIN_LINK}|!\[|\[|\]|\\.|\n[ \t]*+(?=\n)", re.DOTALL)
"""Square brackets that count, and the ends of paragraphs."""
_DANGEROUS = re.compile(r"(?:javascript|data|vbscript|file|blob):")


@dataclass(slots=True)
class Prose:
    """A text as it stands in a file, and what was found in it."""

    body: str
    file: str
    first_line: int = 1
    problems: list[Problem] = field(default_factory=list)
    images: list[tuple[int, str]] = field(default_factory=list)
    """Offset and path, relative to the site's folder, of each image that the text shows."""
    links: list[tuple[int, str]] = field(default_factory=list)
    """Offset and address as written of each link that leads to another file, without the part of the page."""
    parts: list[tuple[int, str]] = field(default_factory=list)
    """Offset and address as written of each link inside the site that names a part of a page."""

    def location(self, offset: int) -> Location:
        return location_at(self.body, offset, self.file, first_line=self.first_line)

    def refuse(self, code: str, offset: int, message: str, hint: str) -> None:
        """Note a problem; after the first fifty of a text nobody learns more from another."""
        if len(self.problems) < _MOST_REPORTS:
            self.problems.append(Problem(code, self.location(offset), message, hint))


def check_prose(body: str, file: str, *, first_line: int = 1) -> Prose:
    """Everything in a Markdown text that is refused, the images that it shows and the files that it links to."""
    prose = Prose(body, file, first_line)
    for tangle in tangles(body):
        prose.refuse("too-tangled", *tangle)
    if prose.problems:
        return prose
    has_links = "]" in body
    if has_links or any(sign in body for sign in ("<", "{:", "&#", "@")):
        visible = without_code(body)
        if "<" in visible:
            _refuse_html(prose, visible)
            _refuse_inclusion(prose, visible)
        if "{:" in visible:
            _refuse_attributes(prose, visible)
        if "&#" in visible:
            _refuse_entities(prose, visible)
        if "@" in visible and "://" in visible:
            for found in _LOGIN.finditer(visible):
                message = "an address carries a user name or a password"
                prose.refuse("address-with-login", found.start(), message, "leave out what stands between // and @")
        if has_links and "[" in visible:
            _check_links(prose, visible)
    return prose


def _refuse_html(prose: Prose, visible: str) -> None:
    at_line_start = {found.end() - 1 for found in _TAG_AT_LINE_START.finditer(visible)}
    for chunk_start, chunk_end in stretches(visible):
        last_end = visible.rfind(">", chunk_start, chunk_end)
        for found in _TAG.finditer(visible, chunk_start, chunk_end):
            start = found.start()
            if _MAIL.match(visible, start):
                continue
            if (link := _AUTOLINK.match(visible, start)) is not None:
                _refuse(prose, start, refuse_link(link.group(1)))
                continue
            if start < last_end or start in at_line_start or visible.startswith("<!--", start):
                line = prose.body[start : start + 200].split("\n", 1)[0]
                shown = quoted(line[: line.find(">") + 1] or line)
                prose.refuse("raw-html", start, f"{shown} would be read as HTML, which is not used in texts", _NO_HTML)


def _refuse_inclusion(prose: Prose, visible: str) -> None:
    for found in _INCLUSION.finditer(visible):
        message = f"{quoted(found.group())} asks for another file to be put in here, which is not done"
        prose.refuse("file-inclusion", found.start(), message, "copy the words, or link to the page that holds them")


def _refuse_attributes(prose: Prose, visible: str) -> None:
    start = visible.find("{:")
    while start >= 0 and len(prose.problems) < _MOST_REPORTS:
        line = prose.body[start : start + 200].split("\n", 1)[0]
        message = f"{quoted(line)} looks like a list of attributes, which is not used"
        prose.refuse("attribute-list", start, message, "leave it out; how things look is not decided in texts")
        start = visible.find("{:", start + 2)


def _refuse_entities(prose: Prose, visible: str) -> None:
    for found in _ENTITY.finditer(visible):
        digits = (found[1] or found[2]).lstrip("0")[:8] or "0"
        number = int(digits, 16 if found[1] else 10)
        for _, name in forbidden_characters(chr(min(number, 0x10FFFF))):
            message = f"{name} is written here as {quoted(found.group())[1:-1]}"
            prose.refuse("forbidden-character", found.start(), message, "leave it out")


def _refuse(prose: Prose, offset: int, refusal: Refusal | None) -> bool:
    if refusal is not None:
        prose.refuse(refusal[0], offset, refusal[1], refusal[2])
    return refusal is not None


def _check_links(prose: Prose, visible: str) -> None:
    if (plain := _plain_links(visible)) is not None:  # nearly every text has no other brackets
        for offset, address in plain:
            if not _refuse(prose, offset, refuse_link(address)):
                _note_link(prose, offset, address)
        return
    definitions: dict[str, tuple[int, str]] = {}
    for found in _DEFINITION.finditer(visible) if "]:" in visible else ():
        label, address = found.group(1), found.group(2).removeprefix("<").removesuffix(">")
        if label.startswith("^"):  # a footnote: words, unless an engine without footnotes reads it as a link
            if _DANGEROUS.match(html.unescape(address).lower()):
                _refuse(prose, found.start(2), refuse_link(address))
        elif not _refuse(prose, found.start(2), refuse_link(address)):
            definitions[_label(label)] = (found.start(2), address)
            if visible[found.start(1) - 2 : found.start(1) - 1] != "*":  # a short form: words, not an address
                _note_link(prose, found.start(2), address)
    for use in _brackets(prose, visible):
        if use.target is not None:
            address, offset = use.target, use.target_offset
            if not use.is_image:
                if not _refuse(prose, offset, refuse_link(address)):
                    _note_link(prose, offset, address)
                continue
        elif use.is_image and _label(use.label) in definitions:
            offset, address = definitions[_label(use.label)]
        else:
            continue
        if not _refuse(prose, offset, refuse_image(address, prose.file)) and (path := image_file(address, prose.file)):
            prose.images.append((use.offset, path))
        if not prose.body[use.offset + 2 : use.end].strip():
            hint = "write between the square brackets what the image shows, for those who cannot see it"
            prose.refuse("image-without-words", use.offset, "this image has no words in its place", hint)


def _note_link(prose: Prose, offset: int, address: str) -> None:
    path = file_part(address)
    if path is not None:
        prose.links.append((offset, path))
    if "#" in address and (path is not None or address.startswith("#")):
        prose.parts.append((offset, address))


def links_with_parts(text: str, file: str) -> Iterator[tuple[int, str]]:
    """Offset and address of each link of a whole file that names a part of a page, as #part or ../page.md#part."""
    prose = Prose(text, file)
    _check_links(prose, without_code(text))
    yield from prose.parts


def _label(text: str) -> str:
    return " ".join(text.split()).lower()


class _Use(NamedTuple):
    """A pair of square brackets: its offset, its end, and what follows: an address in round brackets, or a label."""

    offset: int
    end: int
    is_image: bool
    label: str
    target: str | None
    target_offset: int


def _plain_links(visible: str) -> list[tuple[int, str]] | None:
    """Offset and address of each link, where no square bracket stands in any other way; else None."""
    if "\\" in visible:
        return None
    pieces = _PLAIN_LINKS.split(visible)
    beside = "".join(pieces[::3])
    if "[" in beside or "]" in beside or ("!" in beside and "![" in visible):
        return None
    found, at = [], 0
    for text, words, address in zip(pieces[0:-1:3], pieces[1::3], pieces[2::3], strict=True):
        at += len(text) + len(words) + len("[](")
        found.append((at, address))
        at += len(address) + len(")")
    return found


def _brackets(prose: Prose, visible: str) -> Iterator[_Use]:
    """Every pair of square brackets in the text."""
    opened: list[tuple[int, bool]] = []
    for found in _BRACKET.finditer(visible):
        sign = found.group()
        if found[2] is not None:
            yield _Use(found.start(), found.end(1), False, "", found[2], found.start(2))
        elif sign in ("[", "!["):
            opened.append((found.start(), sign == "!["))
        elif sign == "]":
            start, is_image = opened.pop() if opened else (found.start(), False)
            end = found.start()
            inside = prose.body[start + 1 + is_image : end]
            if visible.startswith("(", end + 1):
                target, offset = _inline_target(prose.body, end + 2)
                yield _Use(start, end, is_image, "", target, offset)
            else:
                label = _LABEL.match(visible, end + 1)
                yield _Use(start, end, is_image, (label.group(1) if label else "") or inside, None, end)
        elif sign[0] == "\n":
            opened.clear()


def _inline_target(body: str, start: int) -> tuple[str, int]:
    """The address between the round brackets that open before `start`, without its title, and its offset."""
    if (found := _WITH_TITLE.match(body, start)) is not None:
        return found.group(1), found.start(1)
    depth = 1
    end = start
    for end in range(start, min(len(body), start + 2_500)):
        sign = body[end]
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if depth == 0:
                break
    else:
        line_end = body.find("\n", start)
        end = line_end if line_end >= 0 else len(body)
    address = body[start:end]
    return address.strip(), start + len(address) - len(address.lstrip())
