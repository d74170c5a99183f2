"""The last look at a finished site, before anybody else can see it.

Reads the output folder as a browser would, under any address that it may be served from, and says what is broken,
unsafe or missing. It changes nothing and asks no other host.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Container, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from lcsite.problems import Location, Problem, quoted
from lcsite.publishing.errors import EnvironmentTrouble
from lcsite.publishing.page_facts import Link, PageFacts, read_page
from lcsite.publishing.plain_pages import read_plainly
from lcsite.working_apart import Ahead, CopyLost

__all__ = ["BROKEN_PART", "CODES", "inspect_output", "no_such_part"]

BROKEN_PART: Final = "output-broken-anchor"

CODES: Final[Mapping[str, str]] = {
    "output-absolute-link": "links inside the site are relative, so that it works under any address",
    "output-bad-encoding": "every page is UTF-8",
    "output-bad-json": "data in a page, such as JSON-LD, is valid JSON",
    "output-base-element": "no page holds a <base> element",
    "output-broken-anchor": "the part of a page that a link names exists on that page",
    "output-broken-link": "the page or file that a link names is part of the site",
    "output-duplicate-id": "an id stands only once on a page",
    "output-empty-page": "every page has content",
    "output-event-attribute": "no element carries code in an attribute such as onclick",
    "output-folder-link": "in a copy that is opened from files, a link names the file of a page, not its folder",
    "output-foreign-request": "pages and styles load nothing from other hosts",
    "output-hidden-markup": "nothing but text stands in elements that hold only text, such as <title>",
    "output-no-alt-text": "every image says in words what it shows (alt), or that it only decorates (an empty alt)",
    "output-no-heading": "every page has a main heading",
    "output-no-language": "every page says which language it is in",
    "output-no-title": "every page has a title",
    "output-odd-file": "the site holds only plain files and folders",
    "output-page-refresh": "no page sends its reader away by itself",
    "output-style-attribute": "no element carries a style attribute; the security policy would ignore it",
    "output-unknown-script": "inline scripts are those of the templates, known by their hash",
    "output-unknown-style": "<style> elements are those of the templates, known by their hash",
    "output-unsafe-address": "an address starts with http, https, mailto or tel, or leads to the site itself",
}
"""Each code that the inspection can give, with the rule behind it."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_IGNORED_IN_ADDRESSES = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]")
"""What a browser drops from an address before it reads the scheme: https://url.spec.whatwg.org/#concept-basic-url-parser"""
_PLAIN = re.compile(r"((?:\.\./)*+)((?:\w[\w.-]*+/)*+(?:\w[\w.-]*+)?)(?:#([\w.-]++))?", re.ASCII)
"""An address as nearly all are: up some folders, down some others, perhaps to a part of the page there."""


class _Leads(NamedTuple):
    """Where an address leads: a file of the site with a fragment, nowhere of ours, or a fault."""

    path: str = ""
    fragment: str = ""
    outside: bool = False
    code: str = ""
    cause: str = ""


_ELSEWHERE = _Leads(outside=True)


def inspect_output(
    root: Path,
    *,
    site_url: str | None = None,
    scripts: Container[str] = frozenset(),
    styles: Container[str] = frozenset(),
    absolute_pages: Container[str] = frozenset({"404.html"}),
    as_files: bool = False,
    processes: int = 1,
    only: Collection[str] | None = None,
    parts: dict[str, set[str]] | None = None,
) -> Iterator[Problem]:
    """Inspect every page and style sheet below `root` and yield what is wrong, one problem for each place.

    `site_url` is the public address, if it is known. `scripts` and `styles` hold the allowed hashes of inline ones
    (`source_hash`). `absolute_pages` are shown under any address, so their links start at the root of the host.
    `as_files`: the site is opened from files, where a folder shows no page. Up to two `processes` read pages.
    `only`: the pages that are new, where all others have passed before. `parts`: for a page the parts of it to which
    other pages lead; what is found is added. A problem's file is the path below `root`.
    """
    parts = {} if parts is None else parts
    files: set[str] = set()
    for path, plain in _walk(root):
        if plain:
            files.add(path)
        else:
            yield _problem("output-odd-file", path, 1, "this is a link, a pipe or something else that is not a file")
    ids: dict[str, set[str]] = {}
    wanted: dict[tuple[str, str], list[tuple[str, int]]] = {}
    known: dict[str, _Leads] = {}
    pages = sorted(path for path in files if path.endswith(".html") and (only is None or path in only))

    def with_lines(path: str) -> PageFacts:
        return read_page((root / path).read_bytes(), scripts=scripts, styles=styles)

    def read(path: str) -> PageFacts:
        return read_plainly((root / path).read_bytes(), scripts=scripts, styles=styles) or with_lines(path)

    def finder_for(path: str) -> _Finder:
        return _Finder(path, files, site_url, path in absolute_pages, as_files, known=known)

    with Ahead(lambda number: read(pages[number]), len(pages), processes=processes) as ahead:
        for number, path in enumerate(pages):
            try:
                facts = ahead.result(number)
            except CopyLost as error:
                raise EnvironmentTrouble(f"{error}; build again, or with --jobs 1") from error
            ids[path] = facts.ids
            followed = _follow_all(facts, finder_for(path))
            if not facts.has_lines and any(leads.code for _, leads in followed):
                facts = with_lines(path)
                followed = _follow_all(facts, finder_for(path))
            yield from _inspect_page(path, facts, followed, wanted)
    for path in sorted(path for path in files if path.endswith(".css")):
        text = (root / path).read_text("utf-8", errors="replace")
        yield from _inspect_styles(path, text, _Finder(path, files, site_url, False))
    for path in pages if only is not None else ():
        for fragment in sorted(parts.get(path, set()) - ids[path]):
            yield _problem(BROKEN_PART, path, 1, f'another page leads to "#{fragment}", which is gone')
    for (path, fragment), places in wanted.items():
        if path not in ids and path.endswith(".html"):
            ids[path] = read(path).ids
        parts.setdefault(path, set()).add(fragment)
        if path in ids and fragment not in ids[path]:
            for page, line in dict.fromkeys(places):
                lines = [line] if line else [
                    link.line for link, leads in _follow_all(with_lines(page), finder_for(page))
                    if (leads.path, leads.fragment) == (path, fragment)
                ]
                for each in lines:
                    yield _problem(BROKEN_PART, page, each, no_such_part(path, fragment))


def no_such_part(path: str, fragment: str) -> str:
    """What is said of a link to a part that the page `path` does not have."""
    return f'"{path}" has no part "#{fragment}"'


def _walk(root: Path, below: str = "") -> Iterator[tuple[str, bool]]:
    with os.scandir(root / below) as entries:
        for entry in sorted(entries, key=lambda found: found.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(root, f"{below}{entry.name}/")
            else:
                yield below + entry.name, entry.is_file(follow_symlinks=False)


def _follow_all(facts: PageFacts, finder: _Finder) -> list[tuple[Link, _Leads]]:
    """Where the links of a page lead, each address once."""
    first: dict[tuple[str, bool, bool], Link] = {}
    for link in facts.links:
        first.setdefault((link.address, link.loads, link.may_be_absolute), link)
    return [(link, finder.follow(link)) for link in first.values()]


def _inspect_page(
    path: str, facts: PageFacts, followed: list[tuple[Link, _Leads]],
    wanted: dict[tuple[str, str], list[tuple[str, int]]],
) -> Iterator[Problem]:
    for fault in facts.faults:
        yield _problem(fault.code, path, fault.line, fault.message)
    for link, leads in followed:
        if leads.code:
            yield _problem(leads.code, path, link.line, leads.cause)
        elif leads.fragment:
            wanted.setdefault((leads.path, leads.fragment), []).append((path, link.line))


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_STYLE_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)


def _inspect_styles(path: str, text: str, finder: _Finder) -> Iterator[Problem]:
    # A comment is blanked rather than removed, so that lines keep their numbers.
    text = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    for found in _STYLE_ADDRESS.finditer(text):
        address = next(group for group in found.groups(default=None) if group is not None)
        if address.startswith(("data:", "#")):
            continue
        line = text.count("\n", 0, found.start()) + 1
        leads = finder.follow(Link(address, line, True))
        if leads.code:
            yield _problem(leads.code, path, line, leads.cause)


class _Finder:
    """Follows the addresses of one file of the site."""

    __slots__ = ("_absolute", "_as_files", "_files", "_folders", "_known", "_page", "_site")

    def __init__(
        self,
        page: str,
        files: Container[str],
        site_url: str | None,
        absolute: bool,
        as_files: bool = False,
        *,
        known: dict[str, _Leads] | None = None,
    ) -> None:
        self._as_files = as_files
        self._known = {} if known is None else known
        self._page = page
        self._files = files
        self._site = urlsplit(site_url or "")
        self._absolute = absolute
        folders = page.split("/")[:-1]
        # The folder of the page, its parent, ... up to the root, each with its slash.
        self._folders = ["".join(f"{name}/" for name in folders[:depth]) for depth in range(len(folders), -1, -1)]

    def follow(self, link: Link) -> _Leads:
        """Say where an address leads."""
        address = link.address
        if (plain := _PLAIN.fullmatch(address)) is not None and (leads := self._follow_plain(plain)) is not None:
            return leads
        if not address.isprintable() or address != address.strip(" "):
            address = _IGNORED_IN_ADDRESSES.sub("", address)
        if address.startswith("//") or _SCHEME.match(address):
            return self._follow_full(address, link)
        path, _, fragment = address.partition("#")
        path = path.partition("?")[0]
        if not path:
            return self._arrive(self._page, fragment, address)
        if "\\" in path:
            return _Leads(code="output-unsafe-address", cause=f"the address {quoted(address)} holds a backslash")
        if self._as_files and path.rpartition("/")[2] in ("", ".", ".."):
            return _Leads(code="output-folder-link", cause=f'the address "{address}" names a folder')
        if path[0] != "/":
            return self._arrive(self._join(path), fragment, address)
        if not self._absolute:
            return _Leads(code="output-absolute-link", cause=f'the address "{address}" starts at the root of the host')
        return self._arrive(self._below_site(path), fragment, address)

    def _follow_plain(self, plain: re.Match[str]) -> _Leads | None:
        """Where a plain address leads that another page has named already; None where a closer look is needed."""
        ups, rest, fragment = plain.groups()
        if not rest or self._as_files or len(ups) // 3 >= len(self._folders):
            return None
        path = self._folders[len(ups) // 3] + rest
        leads = self._known.get(path)
        if leads is None:
            leads = self._known[path] = self._arrive(path, "", plain.group())
        if leads.code:
            return None
        return leads if fragment is None else _Leads(leads.path, "" if fragment.lower() == "top" else fragment)

    def _follow_full(self, address: str, link: Link) -> _Leads:
        try:
            parts = urlsplit(address)
        except ValueError:
            return _Leads(code="output-unsafe-address", cause=f"{quoted(address)} is not an address")
        scheme = parts.scheme or "https"
        if scheme not in ("http", "https"):
            if scheme in ("mailto", "tel") and not link.loads:
                return _ELSEWHERE
            return _Leads(code="output-unsafe-address", cause=f'the scheme of {quoted(address)} is "{scheme}"')
        if link.leads_out:
            return _ELSEWHERE
        ours = bool(self._site.netloc) and parts.netloc.lower() == self._site.netloc.lower()
        below = self._below_site(parts.path or "/") if ours else None
        if ours and (link.may_be_absolute or (self._absolute and below is not None)):
            return self._arrive(below, parts.fragment, address)
        if below is not None and (link.loads or not self._arrive(below, "", address).code):
            return _Leads(code="output-absolute-link", cause=f'the address "{address}" names this site\'s own host')
        if link.loads:
            return _Leads(code="output-foreign-request", cause=f'"{address}" would be loaded from another host')
        return _ELSEWHERE

    def _below_site(self, path: str) -> str | None:
        base = self._site.path if self._site.path.endswith("/") else self._site.path + "/"
        return _without_dots(path[len(base) :]) if path.startswith(base) else None

    def _join(self, path: str) -> str | None:
        """Join a relative path to the page's folder; `None` if it leaves the site."""
        start = 0
        while path.startswith("../", start):
            start += 3
        ups, rest = start // 3, path[start:]
        if rest[:1] == "." or "/." in rest:
            return _without_dots(self._folders[0] + path)
        return self._folders[ups] + rest if ups < len(self._folders) else None

    def _arrive(self, path: str | None, fragment: str, address: str) -> _Leads:
        if path is None:
            return _Leads(code="output-broken-link", cause=f'the address "{address}" leads out of the site')
        if "%" in path:
            path = unquote(path)
        if not path or path[-1] == "/":
            path += "index.html"
        if path not in self._files:
            cause = f'the address "{address}" leads to "{path}", which is not there'
            if f"{path}/index.html" in self._files:
                cause += f'; the folder "{path}/" is, with a slash at the end'
            return _Leads(code="output-broken-link", cause=cause)
        # "#top" and text fragments need no id: https://html.spec.whatwg.org/#scroll-to-the-fragment-identifier
        fragment = unquote(fragment.partition(":~:")[0])
        return _Leads(path, "" if fragment.lower() == "top" else fragment)


def _without_dots(path: str) -> str | None:
    """Resolve `.` and `..` in a path below the root; `None` if it leads above the root."""
    kept: list[str] = []
    *folders, last = path.split("/")
    if last in (".", ".."):
        folders.append(last)
        last = ""
    for name in folders:
        if name == "..":
            if not kept:
                return None
            kept.pop()
        elif name != ".":
            kept.append(name)
    return "".join(f"{name}/" for name in kept) + last


def _problem(code: str, path: str, line: int, message: str) -> Problem:
    return Problem(code, Location(path, line), message, hint=CODES[code])
