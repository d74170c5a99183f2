"""Authored Markdown becomes HTML that is safe to show. Refuses nothing that reading has let pass, and lets nothing
else through: if the sanitiser had to take something away, reading has a hole and the build stops.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from lcsite.rendering.plain_prose import plain_prose

__all__ = ["SanitiserRemoved", "make_ready", "render_prose"]

_TAGS = frozenset(
    "a abbr blockquote br caption code dd del dl dt em h2 h3 h4 h5 h6 hr img li ol p pre s strong sub sup "
    "table tbody td tfoot th thead tr ul div span".split()
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "class"},
    "a": {"href", "title", "role", "aria-label", "rel"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
    "th": {"scope", "align"},
    "td": {"align"},
    "pre": {"tabindex"},
    "div": {"role", "tabindex", "aria-label"},
    "abbr": {"title"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_SANITISER = nh3.Cleaner(
    tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None, strip_comments=False
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TASK = re.compile(r"\[([ xX])\](?=\s)")
_START_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s=>\"'/<]+(?:=\"[^\"]*\")?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"([^\s=>\"'/<]+)(?:=\"[^\"]*\")?")
_OURS = re.compile(
    r"(?:main|around|belongs|compare|demonstrations|invented|list|places|q|read|real|result|sheet)$"
    r"|(?:about|compare|d|example|f|kind|lc|letter|n|s|scale|sheet|x)-"
)
"""Ids that templates use on pages with prose: no heading of an author may take one (a test compares them)."""


class SanitiserRemoved(Exception):
    """The sanitiser took something away that the source check had let pass: a fault of ours, not of the author."""


class _Mend(Treeprocessor):
    """Resolves links, gives headings their place below the page's h1, and lets wide tables scroll by themselves."""

    resolve: Callable[[str], str] = staticmethod(lambda target: target)
    shift: int = 0

    def run(self, root: Element) -> None:
        tables = 0
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag == "table":
                    tables += 1
                    self._scroll(parent, index, child, tables)
        self._leave_unused_notes_without_a_way_back(root)
        for element in root.iter():
            if element.tag in _HEADINGS:  # the page has its own h1
                element.tag = f"h{min(max(int(element.tag[1]), 2) + self.shift, 6)}"
            if element.tag == "a" and (target := element.get("href")):
                element.set("href", found := self.resolve(target))
                if "://" in found:
                    element.set("rel", "noopener")
            elif element.tag == "img":
                element.set("src", self.resolve(element.get("src") or ""))
                element.set("loading", "lazy")
            elif element.tag == "li":
                self._box(element)
            elif element.tag in ("td", "th"):
                style = element.attrib.pop("style", "")
                if "right" in style:
                    element.set("class", "lc-end")
                elif "center" in style:
                    element.set("class", "lc-centre")

    @staticmethod
    def _leave_unused_notes_without_a_way_back(root: Element) -> None:
        """A note that the text never refers to is shown, but there is nothing to go back to."""
        ids: set[str] | None = None
        for parent in root.iter("p"):
            for link in [child for child in parent if child.get("class") == "footnote-backref"]:
                ids = {element.get("id", "") for element in root.iter()} if ids is None else ids
                if link.get("href", "").removeprefix("#") not in ids:
                    parent.remove(link)

    @staticmethod
    def _box(item: Element) -> None:
        """A task of a list is a box to tick on paper: a sign, not a form field that nothing listens to."""
        holder = item if (item.text or "").strip() or not len(item) else item[0]
        if found := _TASK.match(holder.text or ""):
            holder.text = ("☐" if found[1] == " " else "☑") + (holder.text or "")[found.end() :]
            item.set("class", "lc-task")

    @staticmethod
    def _scroll(parent: Element, index: int, table: Element, number: int) -> None:
        # A region needs a name of its own; the words of the first row are the author's, so they need no translation.
        words = ", ".join(filter(None, ("".join(cell.itertext()).strip() for cell in table.iter("th"))))
        name = f"{words[:80]} ({number})"
        box = Element("div", {"class": "lc-scroll", "role": "region", "tabindex": "0", "aria-label": name})
        parent.remove(table)
        box.append(table)
        box.tail, table.tail = table.tail, None
        parent.insert(index, box)


def _heading_id(prefix: str, words: str, separator: str = "-") -> str:
    found = slugify(words, separator)
    return prefix + found if prefix or not _OURS.match(found) else f"h-{found}"


_ids_with = cache(partial(partial, _heading_id))
"""Ids of headings with a prefix: one and the same function for all texts with the same."""


def _no_attributes(_: object) -> tuple[str, list[str], dict[str, str]]:
    """What a fence of code may choose by writing `{#id .class}` behind it: nothing."""
    return "", [], {}


@cache
def _converter(prefix: str, crosses_out: bool) -> tuple[markdown.Markdown, _Mend]:
    # Most texts are plain, and where all are, none of this has to be opened.
    from markdown.extensions.abbr import AbbrExtension
    from markdown.extensions.def_list import DefListExtension
    from markdown.extensions.fenced_code import FencedCodeExtension
    from markdown.extensions.footnotes import FootnoteExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension
    from markdown.extensions.toc import TocExtension

    # Opening this one opens what fetches from the web. Without its sign it does nothing.
    tilde = None
    if crosses_out:
        from pymdownx.tilde import DeleteSubExtension

        tilde = DeleteSubExtension(subscript=False)
    # The extensions themselves: by their names the library looks for them among all that is installed.
    converter = markdown.Markdown(
        extensions=[
            TableExtension(),
            FootnoteExtension(BACKLINK_TEXT="↩", UNIQUE_IDS=False, SEPARATOR=f":{prefix}"),
            DefListExtension(),
            AbbrExtension(),
            SaneListExtension(),
            TocExtension(marker="", permalink=False, toc_depth="2-3", slugify=_ids_with(prefix)),
            FencedCodeExtension(),
            *filter(None, [tilde]),
        ],
        output_format="html",
    )
    # Raw HTML is refused when it is read; should any come this far, it is shown as text.
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    converter.preprocessors["fenced_code_block"].handle_attrs = _no_attributes  # type: ignore[attr-defined]
    mend = _Mend(converter)
    converter.treeprocessors.register(mend, "lcsite-mend", 0)
    return converter, mend


def make_ready() -> None:
    """Make the parser for what is not plain, for the first text that needs it."""
    _converter("", False)


def render_prose(source: str, *, resolve: Callable[[str], str], id_prefix: str = "", shift: int = 0) -> Markup:
    """Markdown as a safe HTML fragment.

    `resolve` turns a link as written into the address as it is written on the page. `id_prefix` keeps the ids of two
    pieces of prose on one page apart; `shift` lowers its headings by so many levels. Raises SanitiserRemoved where the
    sanitiser would have changed the result.
    """
    html = plain_prose(source, resolve=resolve, heading_id=_ids_with(id_prefix), shift=shift)
    if html is None:
        converter, mend = _converter(id_prefix, "~" in source)
        mend.resolve = resolve
        mend.shift = shift
        converter.reset()
        html = converter.convert(source).replace("<pre>", '<pre tabindex="0">')
    return Markup(sanitise(html))  # noqa: S704 - sanitised on the spot


def sanitise(html: str) -> str:
    """`html` as the sanitiser writes it. Raises SanitiserRemoved if that takes away an element or attribute."""
    clean = _SANITISER.clean(html)
    if clean == html:
        return clean
    before, after = _start_tags(html), _start_tags(clean)
    if before != after:
        lost = next((b for b, a in zip(before, [*after, ("", frozenset())], strict=False) if b != a), before[-1:])
        raise SanitiserRemoved(f"the sanitiser would have changed {str(lost)[:80]}")
    return clean


def _start_tags(html: str) -> list[tuple[str, frozenset[str]]]:
    return [
        (tag.lower(), frozenset(name.lower() for name in _ATTRIBUTE.findall(rest)))
        for tag, rest in _START_TAG.findall(html)
    ]
