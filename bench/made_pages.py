"""The HTML pages of a built site: what kind of page each is, what it says, and how many words that is.

Only what stands in the main part counts, without what leads there: every engine has a menu of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

__all__ = ["MadePage", "addresses", "pages_of_lcsite", "words", "words_on"]

_MISSING = "404.html"
"""The page that a server shows where there is none; every engine makes one of its own."""
_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)
_MAIN = "(.//article[contains(@class, 'md-content__inner')] | .//main[not(.//*[contains(@class, 'md-content')])])[1]"
_UNSAID = (
    ".//svg | .//script | .//template | .//button | .//select | .//input | .//*[@hidden or @aria-hidden]"
    " | .//nav[@class='lc-crumbs'] | .//ul[starts-with(@class, 'lc-jump')] | .//a[@class='headerlink']"
)
"""Drawings, what only works with a script, and ways within a page."""
_WORD = re.compile(r"\w[\w’'.,-]*")


@dataclass(frozen=True, slots=True)
class MadePage:
    """`address` is relative to the site; `main` is the main part without what is not said on it."""

    address: str
    kind: str
    title: str
    main: etree._Element


def addresses(site: Path) -> list[str]:
    """The address of every page of a site, in a fixed order, without the one for pages that are missing."""
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return [file.removesuffix("index.html") for file in files if file != _MISSING]


def pages_of_lcsite(site: Path) -> Iterator[MadePage]:
    """Every page of a site that lcsite made, by address, one after the other."""
    for address in addresses(site):
        path = site / address
        page = etree.fromstring((path / "index.html" if path.is_dir() else path).read_bytes(), _PARSER)
        kind = str(page.xpath("string(.//body/@class)")).removeprefix("is-") or "card"
        title = str(page.xpath("string(.//head/title)")).partition(" · ")[0]  # what follows is the name of the site
        yield MadePage(address, kind, title, _said(page))


def _said(page: etree._Element) -> etree._Element:
    """The main part of a page of any of the engines, without what is not said on it."""
    (main,) = page.xpath(_MAIN)
    for part in main.xpath(_UNSAID):
        _take_out(part)
    return main


def _take_out(part: etree._Element) -> None:
    """Remove an element, but not the words after it, which are no part of it."""
    parent, before = part.getparent(), part.getprevious()
    if parent is None:  # it stood in something that has been taken out
        return
    if before is None:
        parent.text = (parent.text or "") + (part.tail or "")
    else:
        before.tail = (before.tail or "") + (part.tail or "")
    parent.remove(part)


def words(main: etree._Element) -> int:
    return len(_WORD.findall(" ".join(main.itertext())))


def words_on(page: Path) -> int:
    """The words in the main part of a page of any of the engines."""
    return words(_said(etree.fromstring(page.read_bytes(), _PARSER)))
