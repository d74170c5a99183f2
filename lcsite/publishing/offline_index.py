"""What the search of an offline copy knows of each page: its words and marks, read from the finished pages.

The marks are those that Pagefind reads too (`theme/partials/search_marks.html`), so that both find the same. Browsers
fetch nothing for a page that was opened from a file, so the words are written as a script.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

__all__ = ["page_for_search", "script_of"]

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, no_network=True, huge_tree=True)

_SILENT = frozenset({"script", "style", "svg", "template", "nav", "form", "label", "noscript", "button", "select"})
"""Elements whose words are not words of the page."""


def page_for_search(html: bytes, address: str) -> dict[str, Any] | None:
    """What is known of a page at `address` below the site's root; None for a page that is not searched."""
    root = etree.fromstring(html, _PARSER)
    body = next(iter(root.xpath("//*[@data-pagefind-body]")), None)
    if body is None:
        return None
    headings = body.xpath(".//h1")
    title = _tidy(" ".join(headings[0].itertext())) if headings else ""
    filters: dict[str, list[str]] = {}
    for facet, value in _marks(body, "filter"):
        filters.setdefault(facet, []).append(value)
    return {
        "url": address,
        "meta": {"title": title, **dict(_marks(body, "meta"))},
        "filters": filters,
        "orders": dict(_marks(body, "sort")),
        "text": _tidy(" ".join(_words(body))),
    }


def script_of(name: str, value: object) -> bytes:
    """A script that hands a value to the page under a name."""
    return f"window.{name}={json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _marks(body: etree._Element, kind: str) -> Iterator[tuple[str, str]]:
    for element in body.iterfind(f".//*[@data-pagefind-{kind}]"):
        name, _, value = (element.get(f"data-pagefind-{kind}") or "").partition(":")
        yield name, value


def _words(element: etree._Element) -> Iterator[str]:
    if element.tag not in _SILENT and element.get("data-pagefind-ignore") is None:
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""


def _tidy(text: str) -> str:
    return " ".join(text.split())
