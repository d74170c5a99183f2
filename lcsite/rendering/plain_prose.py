"""Markdown of the plain kind, written as HTML without the long way: paragraphs, headings, simple lists, quotes, stress
and links.

Most of what authors write is of this kind, and Python-Markdown takes ten times as long for it. Whatever is not plainly
of this kind is not touched here; what is comes out as Python-Markdown writes it, byte for byte, and is sanitised like
everything else. It never decides what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markdown.extensions.toc import unique

__all__ = ["plain_prose"]

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
_NEXT_BULLET = re.compile(r"\n- (?=\S)").split
_NEXT_NUMBER = re.compile(r"\n\d{1,9}\. (?=\S)").split
_LINK = re.compile(r"\[([^\[\]*_\s](?:[^\[\]*_]*[^\[\]*_\s])?)\]\(([A-Za-z0-9./:#?=%+,;@_-]+)\)")
_NOT_IN_AN_ADDRESS = re.compile(r'["<>&]').search
_STRESS = re.compile(r"\*\*(?![\s*])([^*]*[^*\s])\*\*(?!\*)|\*(?![\s*])([^*]*[^*\s])\*(?!\*)")
_PUT_ASIDE = re.compile("\x02(\\d+)\x03")
_MOST_ADDRESSES = 4_000


class _Otherwise(Exception):
    """This is not plain after all."""


class _Opened(dict[str, str]):
    """How a link begins, by its address on the page. Texts of the same folder lead to the same pages."""

    def __missing__(self, address: str) -> str:
        if _NOT_IN_AN_ADDRESS(address):
            raise _Otherwise
        if len(self) >= _MOST_ADDRESSES:
            self.clear()
        outside = ' rel="noopener"' if "://" in address else ""
        found = self[address] = f'<a href="{address}"{outside}>'
        return found


_OPENED = _Opened()


def plain_prose(
    source: str, *, resolve: Callable[[str], str], heading_id: Callable[[str], str], shift: int = 0
) -> str | None:
    """Plain Markdown as Python-Markdown with our extensions writes it, not sanitised yet; None for any other Markdown.

    `resolve` turns a link as written into the address on the page, `heading_id`, one and the same for many texts, words
    into an id; `shift` lowers headings by so many levels.
    """
    text = source.strip("\n")
    if not text or _has_other_signs(text):
        return None
    if "!" in text and "![" in text:  # a picture; other brackets are found when links are taken out of a text
        return None
    written: list[str] = []
    ids: set[str] = set()
    before, quoted = "", 0
    try:
        for block in text.split("\n\n"):
            block = block.lstrip("\n")
            if not block:
                continue
            first, runs_on = block[0], "\n" in block
            if first == " " or block[-1] == " " or (runs_on and (" \n" in block or "\n    " in block)):
                return None  # code, or what belongs to a list, or a line that is to end there
            kind = "" if first.isalpha() else _kind(block)
            if kind and kind == before:  # two lists, or two quotes, are one with room inside
                return None
            before = kind
            if kind == "list":
                written.append(_list(block, resolve))
            elif kind == "quote":
                said = _without_signs(block)
                quoted += said.count("\n") + 1
                written.append(f"<blockquote>\n<p>{_inline(said, resolve)}</p>\n</blockquote>")
            elif first == "#" and (found := _heading(block, heading_id)):
                level, id_, words = found
                level = min(level + shift, 6)
                written.append(f'<h{level} id="{unique(id_, ids)}">{words}</h{level}>')
            elif runs_on and "\n " in block:
                return None
            else:
                written.append(f"<p>{_inline(block, resolve)}</p>")
    except _Otherwise:
        return None
    if text.count(">") != quoted:  # a sign of a quotation inside
        return None
    return "\n".join(written)


def _has_other_signs(text: str) -> bool:
    raw = text.encode("utf-8", "surrogatepass")  # bytes are left out ten times as fast as signs are looked for
    others = raw.translate(None, _PLAIN)
    return bool(others) and _NOT_PLAIN(others.decode("utf-8", "surrogatepass")) is not None


@lru_cache(maxsize=4_000)  # many texts have the same headings
def _heading(block: str, heading_id: Callable[[str], str]) -> tuple[int, str, str] | None:
    """The level below the heading of the page, the id and the words of a heading; None where it is none."""
    found = _HEADING(block)
    if found is None:
        return None
    signs, words = found.groups()
    if "  " in words:
        raise _Otherwise
    return max(len(signs), 2), heading_id(words), words


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
    tag, entries = ("ol", _NEXT_NUMBER(block[3:])) if numbered else ("ul", _NEXT_BULLET(block[2:]))
    return "\n".join((f"<{tag}>", *[f"<li>{_inline(entry, resolve)}</li>" for entry in entries], f"</{tag}>"))


def _inline(text: str, resolve: Callable[[str], str]) -> str:
    """The text of a paragraph or entry. Raises _Otherwise where a line of it may mean more than words."""
    if not text[0].isalpha() and _LINE_WITH_A_MEANING(text):
        raise _Otherwise
    if "\n" in text and any(map(_LINE_WITH_A_MEANING, text.split("\n"))):
        raise _Otherwise
    if "[" not in text and "]" not in text and "_" not in text:
        return _stressed(text) if "*" in text else text
    # What stands between the links, then words and address of a link, and so on.
    parts = _LINK.split(text)
    between = "".join(parts[::3])
    if "[" in between or "]" in between or "_" in between:
        raise _Otherwise
    links = [f"{_OPENED[resolve(written)]}{words}</a>" for words, written in zip(parts[1::3], parts[2::3], strict=True)]
    none = [""] * len(links)
    if "*" not in between:
        parts[1::3], parts[2::3] = links, none
        return "".join(parts)
    # Stress may hold a link.
    parts[1::3], parts[2::3] = [f"\x02{nth}\x03" for nth in range(len(links))], none
    return _PUT_ASIDE.sub(lambda found: links[int(found[1])], _stressed("".join(parts)))


def _stressed(text: str) -> str:
    text = _STRESS.sub(lambda found: f"<strong>{found[1]}</strong>" if found[1] else f"<em>{found[2]}</em>", text)
    if "*" in text:
        raise _Otherwise
    return text
