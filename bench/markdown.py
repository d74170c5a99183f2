"""What a page says, as Markdown such as somebody would write by hand: headings, paragraphs, lists, tables, no HTML.

Entries of lists and cells of tables are single lines. Links go where the caller says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

__all__ = ["as_markdown"]

_SPECIAL = re.compile(r"[\\`*_{}\[\]|]")
_SIGN = re.compile(r"^(\d*)(?=[#+>-]|(?<=\d)[.)]\s)")
"""What would make a line a heading, a quotation or an entry of a list."""
_BAR = re.compile(r"(?<!\\)\|")
_STRESS = {"b": "**", "strong": "**", "em": "*", "i": "*", "cite": "*"}
_HEADINGS = {f"h{level}": "#" * level for level in range(2, 7)}
_IN_A_LINE = frozenset({"a", "bdi", "code", "img", "label", "small", "span", "sup", "time", *_STRESS})


def as_markdown(main: etree._Element, to: Callable[[str], str]) -> str:
    """The main part of a page without its first heading, which is its title. `to` gives the target for an `href`."""
    return "\n\n".join(_Writer(to).blocks(main)) + "\n"


class _Writer:
    def __init__(self, to: Callable[[str], str]) -> None:
        self._to = to

    def blocks(self, whole: etree._Element) -> Iterator[str]:
        """What stands in an element, block by block; words beside blocks are paragraphs too."""
        loose = _escaped(whole.text)
        for part in whole:
            if part.tag in _IN_A_LINE:
                loose += self._piece(part)
            else:
                yield from _paragraph(loose)
                yield from self._block(part)
                loose = ""
            loose += _escaped(part.tail)
        yield from _paragraph(loose)

    def _block(self, part: etree._Element) -> Iterator[str]:
        if part.tag == "h1":
            return
        if part.tag in _HEADINGS:
            yield f"{_HEADINGS[part.tag]} {self.line(part)}"
        elif part.tag == "p":
            yield from _paragraph(self.line(part))
        elif part.tag == "summary":
            yield f"**{self.line(part)}**"
        elif part.tag in ("ul", "ol"):
            yield from filter(None, ["\n".join(self._entries(part))])
        elif part.tag == "dl":
            yield "\n".join(self._terms(part))
        elif part.tag == "table":
            yield from self._table(part)
        elif part.tag == "blockquote":
            yield "\n".join(f"> {line}".rstrip() for line in "\n\n".join(self.blocks(part)).split("\n"))
        elif part.tag == "pre":
            yield f"```\n{''.join(part.itertext()).strip()}\n```"
        else:
            yield from self.blocks(part)

    def _entries(self, part: etree._Element) -> Iterator[str]:
        for number, entry in enumerate(part.iterchildren("li"), 1):
            below = list(entry.iterchildren("ul", "ol"))
            sign = f"{number}." if part.tag == "ol" else "-"
            yield f"{sign} {_at_the_start(self.line(entry, leaving=below))}"
            for inner in below:
                yield from (f"    {line}" for line in self._entries(inner))

    def _terms(self, part: etree._Element) -> Iterator[str]:
        term = ""
        for entry in part.iter("dt", "dd"):
            if entry.tag == "dt":
                term = self.line(entry)
            else:
                yield f"- **{term}:** {self.line(entry)}"

    def _table(self, part: etree._Element) -> Iterator[str]:
        for caption in part.iterchildren("caption"):
            yield from _paragraph(self.line(caption))
        rows = [[_BAR.sub(r"\|", self.line(cell)) for cell in row.iterchildren("th", "td")] for row in part.iter("tr")]
        width = max(map(len, rows))
        lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
        yield "\n".join((lines[0], "|---" * width + "|", *lines[1:]))

    def line(self, whole: etree._Element, *, leaving: Sequence[etree._Element] = ()) -> str:
        """Everything in an element on one line, apart from what is `leaving`."""
        return " ".join(self._run(whole, leaving).split())

    def _run(self, whole: etree._Element, leaving: Sequence[etree._Element] = ()) -> str:
        found = _escaped(whole.text)
        for part in whole:
            found += ("" if part in leaving else self._piece(part)) + _escaped(part.tail)
        return found

    def _piece(self, part: etree._Element) -> str:
        if part.tag == "img":
            return f"![{_escaped(part.get('alt'))}]({self._to(part.get('src'))})"
        if part.tag == "code":
            return f"`{''.join(part.itertext())}`"
        address = part.get("href", "#")
        if part.tag == "a" and not address.startswith("#"):
            return f"[{self.line(part)}]({self._to(address)})"
        if part.tag in _STRESS and (inner := self.line(part)):
            return f"{_STRESS[part.tag]}{inner}{_STRESS[part.tag]}"
        return self._run(part) if part.tag in _IN_A_LINE else f" {self._run(part)} "


def _escaped(text: str | None) -> str:
    plain = (text or "").replace("&", "&amp;").replace("<", "&lt;")
    return _SPECIAL.sub(r"\\\g<0>", plain)


def _at_the_start(line: str) -> str:
    return _SIGN.sub(r"\1\\", line)


def _paragraph(line: str) -> Iterator[str]:
    line = " ".join(line.split())
    if line:
        yield _at_the_start(line)
