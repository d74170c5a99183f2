"""What one finished HTML page links to, loads, carries and lacks.

Reads markup and nothing else: whether an address leads anywhere is for `output_check` to say.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol

if TYPE_CHECKING:
    from lxml import etree

__all__ = [
    "ATTRIBUTES", "ELEMENTS", "Element", "Fault", "Link", "PageFacts", "look_at_attributes", "look_at_element",
    "read_page", "source_hash",
]


class Fault(NamedTuple):
    """Something that no finished page may have: a code of `output_check.CODES`, the line, what was found."""

    code: str
    line: int
    message: str


class Link(NamedTuple):
    """An address on a page; `loads`: the browser fetches it by itself; `may_be_absolute`: canonical and the like.

    `leads_out`: an address of the web as somebody wrote it, wherever it leads; templates mark it with `noopener`.
    """

    address: str
    line: int
    loads: bool
    may_be_absolute: bool = False
    leads_out: bool = False


@dataclass(slots=True)
class PageFacts:
    """What was found on one page."""

    ids: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    leading: list[str] = field(default_factory=list)
    """Addresses of links that say nothing else, where they are not among `links` (`plain_pages`)."""
    has_lines: bool = True
    """False where the lines of links were not looked up (`plain_pages`); such a page has no faults."""


def source_hash(text: str) -> str:
    """Name a script or style by its content, in the form of a Content-Security-Policy: `sha256-...`."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _parser() -> etree.HTMLParser:
    """The parser. Its library is large, and opened for the first page that a quick reading leaves to it."""
    from lxml import etree

    # huge_tree: without it the parser leaves out, silently, what is nested deeper than 256 elements.
    return etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)


_QUIET_RELATIONS = frozenset(
    "alternate author bookmark canonical help license me next prev privacy-policy search".split()
)
"""Kinds of `<link>` that a browser does not fetch."""

_DATA_SCRIPTS = frozenset({"application/ld+json", "application/json"})


# Browsers read what stands in these elements as text, except inside <svg> and <math>, where it is markup. The parser
# below knows no exception, so nothing may hide there: https://html.spec.whatwg.org/#parsing-main-inforeign
_TEXT_ONLY = re.compile(
    rb"<(title|textarea|iframe|xmp|noembed|noframes|plaintext)\b[^>]*>[^<]*<(?!/\1\s*>)", re.IGNORECASE
)


def read_page(html: bytes, *, scripts: Container[str] = (), styles: Container[str] = ()) -> PageFacts:
    """Read a page; `scripts` and `styles` are the hashes of the inline ones that may stand in it."""
    facts = PageFacts()
    try:
        html.decode("utf-8")
    except UnicodeDecodeError as error:
        facts.faults.append(Fault("output-bad-encoding", html.count(b"\n", 0, error.start) + 1, "this is not UTF-8"))
        return facts
    if not html.strip():
        facts.faults.append(Fault("output-empty-page", 1, "the page is empty"))
        return facts
    for hidden in _TEXT_ONLY.finditer(html):
        line = html.count(b"\n", 0, hidden.start()) + 1
        facts.faults.append(Fault("output-hidden-markup", line, f"markup inside <{hidden[1].decode()}>"))
    from lxml import etree

    root = etree.fromstring(html, _parser())
    for element in root.iter(*ELEMENTS):
        look_at_element(element, facts, scripts=scripts, styles=styles)
    for element in root.iter("*"):  # many thousands on a page, so only their names are looked at
        look_at_attributes(element, element.keys(), facts)
    _check_frame(root, facts)
    return facts


class Element(Protocol):
    """What is looked at: an element of the parser, or one that was read from its tag alone."""

    @property
    def tag(self) -> Any: ...
    @property
    def text(self) -> str | None: ...
    @property
    def sourceline(self) -> int: ...
    def get(self, name: str, /) -> str | None: ...


def look_at_element(
    element: Element, facts: PageFacts, *, scripts: Container[str] = (), styles: Container[str] = ()
) -> None:
    """Add what is wrong with an element as a whole."""
    rule = ELEMENTS.get(element.tag)
    if rule is not None:
        rule(element, facts, scripts if element.tag == "script" else styles)


def look_at_attributes(element: Element, names: Iterable[str], facts: PageFacts) -> None:
    """Add what the attributes of an element say: parts of the page, addresses, and what may not be there."""
    for name in names:
        if name in ATTRIBUTES:
            ATTRIBUTES[name](element, element.get(name) or "", facts)
        elif name[:2] == "on":
            facts.faults.append(Fault("output-event-attribute", element.sourceline, f"{name} on <{element.tag}>"))


def _check_frame(root: etree._Element, facts: PageFacts) -> None:
    if not (root.get("lang") or "").strip():
        facts.faults.append(Fault("output-no-language", 1, "<html> has no lang"))
    if not (root.findtext("head/title") or "").strip():
        facts.faults.append(Fault("output-no-title", 1, "there is no <title>, or it is empty"))
    if next(root.iter("h1"), None) is None:
        facts.faults.append(Fault("output-no-heading", 1, "there is no <h1>"))


# --- elements -------------------------------------------------------------------------------------------------------


def _script(element: Element, facts: PageFacts, allowed: Container[str]) -> None:
    text = element.text or ""
    line = element.sourceline
    if (element.get("type") or "").strip().lower() in _DATA_SCRIPTS:
        try:
            _JSON.decode(text)
        except (ValueError, RecursionError) as error:
            facts.faults.append(Fault("output-bad-json", line, f"the data in <script> cannot be read: {error}"))
    elif element.get("src") is None and source_hash(text) not in allowed:
        facts.faults.append(Fault("output-unknown-script", line, f"inline script {source_hash(text)}"))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_JSON = json.JSONDecoder(parse_constant=_refuse_constant)


def _style(element: Element, facts: PageFacts, allowed: Container[str]) -> None:
    digest = source_hash(element.text or "")
    if digest not in allowed:
        facts.faults.append(Fault("output-unknown-style", element.sourceline, f"<style> element {digest}"))


def _img(element: Element, facts: PageFacts, _: Container[str]) -> None:
    if element.get("alt") is None and element.get("role") != "presentation":
        facts.faults.append(Fault("output-no-alt-text", element.sourceline, f"<img src={element.get('src')!r}>"))


def _base(element: Element, facts: PageFacts, _: Container[str]) -> None:
    facts.faults.append(Fault("output-base-element", element.sourceline, "<base> changes where every link leads"))


def _meta(element: Element, facts: PageFacts, _: Container[str]) -> None:
    if (element.get("http-equiv") or "").strip().lower() == "refresh":
        facts.faults.append(Fault("output-page-refresh", element.sourceline, "<meta http-equiv=refresh>"))


ELEMENTS: dict[str, Callable[[Element, PageFacts, Container[str]], None]] = {
    "base": _base,
    "img": _img,
    "meta": _meta,
    "script": _script,
    "style": _style,
}


# --- attributes -----------------------------------------------------------------------------------------------------


def _id(element: Element, value: str, facts: PageFacts) -> None:
    if value in facts.ids:
        facts.faults.append(Fault("output-duplicate-id", element.sourceline, f'id "{value}" stands there twice'))
    facts.ids.add(value)


def _name(element: Element, value: str, facts: PageFacts) -> None:
    if element.tag == "a":
        facts.ids.add(value)


def _inline_style(element: Element, _: str, facts: PageFacts) -> None:
    facts.faults.append(Fault("output-style-attribute", element.sourceline, f"style on <{element.tag}>"))


def _href(element: Element, value: str, facts: PageFacts) -> None:
    if element.tag in ("a", "area"):
        leads_out = "noopener" in (element.get("rel") or "")
        facts.links.append(Link(value, element.sourceline, False, leads_out=leads_out))
    elif element.tag == "link":
        relations = set((element.get("rel") or "").lower().split())
        quiet = bool(relations) and relations <= _QUIET_RELATIONS
        facts.links.append(Link(value, element.sourceline, not quiet, quiet))
    elif element.tag != "base":
        facts.links.append(Link(value, element.sourceline, True))


def _loaded(element: Element, value: str, facts: PageFacts) -> None:
    facts.links.append(Link(value, element.sourceline, True))


def _loaded_set(element: Element, value: str, facts: PageFacts) -> None:
    for candidate in value.split(","):
        if address := candidate.split(maxsplit=1)[:1]:
            facts.links.append(Link(address[0], element.sourceline, True))


def _followed(element: Element, value: str, facts: PageFacts) -> None:
    facts.links.append(Link(value, element.sourceline, False))


ATTRIBUTES: dict[str, Callable[[Element, str, PageFacts], None]] = {
    "action": _followed,
    "background": _loaded,
    "formaction": _followed,
    "href": _href,
    "id": _id,
    "imagesrcset": _loaded_set,
    "name": _name,
    "ping": _loaded,
    "poster": _loaded,
    "src": _loaded,
    "srcset": _loaded_set,
    "style": _inline_style,
    "xlink:href": _href,
}
