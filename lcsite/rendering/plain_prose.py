"""Markdown of the plain kind, written as HTML without the long way: paragraphs, headings, simple lists, quotes, stress
and links.

Most of what authors write is of this kind, and Python-Markdown takes ten times as long for it. Whatever is not plainly
of this kind is not touched here; what is comes out as Python-Markdown writes it, byte for byte, and is sanitised like
everything else. It never decides what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from markdown.extensions.toc import unique

from lcsite.light_classes import dataclass

__all__ = ["PlainHeading", "PlainProse", "plain_prose"]

_NOT_PLAIN = re.compile(
    r"[<&\\`|~^\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]"
).search
"""Signs that mean more than themselves, and blanks other than the usual one."""
_PLAIN = bytes({*b"\n", *range(0x20, 0x7F)} - {*b"<&\\`|~^"})
"""The plain signs of ASCII: without them little or nothing is left of a text to be looked at."""
_HEADING = re.compile(r"(#{1,6}) ([^\s#*\[\]_>](?:[^\n#*\[\]_>]*[^\s#*\[\]_>])?)").fullmatch
_LINE_WITH_A_MEANING = re.compile(r" {0,3}(?:[#=:+>-]|\d+[.)](?:\s|$)|\*(?:\s|$|\*\*))").match
_BULLET = re.compile(r"- (?=\S)").match
_NUMBER = re.compile(r"\d{1,9}\. (?=\S)").match
_LINK = re.compile(r"\[([^\[\]*_\s](?:[^\[\]*_]*[^\[\]*_\s])?)\]\(([A-Za-z0-9./:#?=%+,;@_-]+)\)")
_NOT_IN_AN_ADDRESS = re.compile(r'["<>&]').search
_STRESS = re.compile(r"\*\*(?![\s*])([^*]*[^*\s])\*\*(?!\*)|\*(?![\s*])([^*]*[^*\s])\*(?!\*)")
_PUT_ASIDE = re.compile("\x02(\\d+)\x03")
_OUTSIDE = ' rel="noopener"'


class PlainHeading(NamedTuple):
    """A heading with its level as written, 1 to 6."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class PlainProse:
    """HTML that is not sanitised yet, and all its headings."""

    html: str
    headings: tuple[PlainHeading, ...]


class _Otherwise(Exception):
    """This is not plain after all."""


def plain_prose(
    source: str, *, resolve: Callable[[str], str], heading_id: Callable[[str], str], shift: int = 0
) -> PlainProse | None:
    """Plain Markdown as Python-Markdown with our extensions writes it; None for any other Markdown.

    `resolve` turns a link as written into the address on the page, `heading_id` words into an id; `shift` lowers
    headings by so many levels.
    """
    text = source.strip("\n")
    if not text or text[0] == " " or text[-1] == " " or _NOT_PLAIN(_without_plain_signs(text)) or " \n" in text:
        return None
    if "\n " in text and ("\n    " in text or "\n\n " in text):  # code, or what belongs to a list
        return None
    if text.count(">") != text.count("\n>") + (text[0] == ">"):  # a sign of a quotation inside
        return None
    if "![" in text:  # a picture; brackets of anything else are found when links are taken out of a text
        return None
    written: list[str] = []
    headings: list[PlainHeading] = []
    ids: set[str] = set()
    before = ""
    try:
        for block in text.split("\n\n"):
            block = block.lstrip("\n")
            if not block:
                continue
            kind = _kind(block)
            if kind and kind == before:  # two lists, or two quotes, are one with room inside
                return None
            before = kind
            if kind == "list":
                written.append(_list(block, resolve))
            elif kind == "quote":
                written.append(f"<blockquote>\n<p>{_inline(_without_signs(block), resolve)}</p>\n</blockquote>")
            elif block[0] == "#" and (found := _HEADING(block)):
                if "  " in block:
                    return None
                signs, words = found.groups()
                level = min(max(len(signs), 2) + shift, 6)
                id_ = unique(heading_id(words), ids)
                headings.append(PlainHeading(len(signs), id_, words))
                written.append(f'<h{level} id="{id_}">{words}</h{level}>')
            elif "\n " in block:
                return None
            else:
                written.append(f"<p>{_inline(block, resolve)}</p>")
    except _Otherwise:
        return None
    return PlainProse("\n".join(written), tuple(headings))


def _without_plain_signs(text: str) -> str:
    raw = text.encode("utf-8", "surrogatepass")  # bytes are left out ten times as fast as signs are looked for
    return raw.translate(None, _PLAIN).decode("utf-8", "surrogatepass")


def _kind(block: str) -> str:
    """What a block begins as: a list, a quote, or nothing special."""
    first = block[0]
    if first == ">":
        return "quote"
    return "list" if (first == "-" and _BULLET(block)) or (first.isdecimal() and _NUMBER(block)) else ""


def _without_signs(block: str) -> str:
    """What a quotation says. Each of its lines begins with the sign and one blank."""
    lines = block.split("\n")
    if not all(line.startswith("> ") and line[2:3].strip() for line in lines):
        raise _Otherwise
    return "\n".join(line[2:] for line in lines)


def _list(block: str, resolve: Callable[[str], str]) -> str:
    """A list of entries without parts of their own; an entry may run over several lines."""
    numbered = block[0] != "-"
    if numbered and not block.startswith("1."):
        raise _Otherwise
    sign = _NUMBER if numbered else _BULLET
    entries: list[str] = []
    for line in block.split("\n"):
        if found := sign(line):
            entries.append(line[found.end() :])
        else:
            entries[-1] += f"\n{line}"
    tag = "ol" if numbered else "ul"
    return "\n".join((f"<{tag}>", *[f"<li>{_inline(entry, resolve)}</li>" for entry in entries], f"</{tag}>"))


def _inline(text: str, resolve: Callable[[str], str]) -> str:
    """The text of a paragraph or entry. Raises _Otherwise where a line of it may mean more than words."""
    if _LINE_WITH_A_MEANING(text) or ("\n" in text and any(map(_LINE_WITH_A_MEANING, text.split("\n")))):
        raise _Otherwise
    if "[" not in text and "]" not in text and "_" not in text:
        return _stressed(text) if "*" in text else text
    # What stands between the links, then words and address of a link, and so on.
    parts = _LINK.split(text)
    links: list[str] = []
    for words, written in zip(parts[1::3], parts[2::3], strict=True):
        address = resolve(written)
        if _NOT_IN_AN_ADDRESS(address):
            raise _Otherwise
        links.append(f'<a href="{address}"{_OUTSIDE if "://" in address else ""}>{words}</a>')
    between = parts[::3]
    text = "".join(between)
    if "[" in text or "]" in text or "_" in text:
        raise _Otherwise
    if "*" in text:  # stress may hold a link
        text = "".join([part + f"\x02{nth}\x03" for nth, part in enumerate(between[:-1])]) + between[-1]
        return _PUT_ASIDE.sub(lambda found: links[int(found[1])], _stressed(text))
    return "".join([part + link for part, link in zip(between, links, strict=False)]) + between[-1]


def _stressed(text: str) -> str:
    text = _STRESS.sub(lambda found: f"<strong>{found[1]}</strong>" if found[1] else f"<em>{found[2]}</em>", text)
    if "*" in text:
        raise _Otherwise
    return text
