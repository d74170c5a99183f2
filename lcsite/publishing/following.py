"""Where the addresses on a page lead: to files of the site, out of it, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from lcsite.problems import quoted
from lcsite.publishing.page_facts import Link, PageFacts

__all__ = ["Finder", "Leads", "follow_all"]

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_IGNORED_IN_ADDRESSES = re.compile(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]")
"""What a browser drops from an address before it reads the scheme: https://url.spec.whatwg.org/#concept-basic-url-parser"""
_PLAIN = re.compile(r"(?:\w[\w.-]*+/)*(?:\w[\w.-]*+)?", re.ASCII)
"""The path of a file or folder as nearly all are. Whatever makes up a part of it means nothing else in an address."""
_PART = re.compile(r"[\w.-]++", re.ASCII)
_OWN_ADDRESS = re.compile(r"https?://[a-z0-9.-]++(?::[0-9]++)?/(?:\w[\w.-]*+/)*", re.ASCII)
"""The address of a site as nearly all are."""


class Leads(NamedTuple):
    """Where an address leads: a file of the site with a fragment, nowhere of ours, or a fault."""

    path: str = ""
    fragment: str = ""
    outside: bool = False
    code: str = ""
    cause: str = ""


_ELSEWHERE = Leads(outside=True)


def follow_all(facts: PageFacts, finder: Finder) -> list[tuple[Link, Leads]]:
    """Where the links of a page lead, each address once."""
    first: dict[tuple[str, bool, bool], Link] = {}
    for link in facts.links:
        first.setdefault((link.address, link.loads, link.may_be_absolute), link)
    return [(link, finder.follow(link)) for link in first.values()]


class Finder:
    """Follows the addresses of one file of the site."""

    __slots__ = ("_absolute", "_as_files", "_files", "_folders", "_known", "_own", "_page", "_site")

    def __init__(
        self,
        page: str,
        files: Container[str],
        site_url: str | None,
        absolute: bool,
        as_files: bool = False,
        *,
        known: dict[str, Leads] | None = None,
    ) -> None:
        self._as_files = as_files
        self._known = {} if known is None else known
        self._page = page
        self._files = files
        self._site = urlsplit(site_url or "")
        self._own = _plainly(site_url or "")
        self._absolute = absolute
        folders = page.split("/")[:-1]
        # The folder of the page, its parent, ... up to the root, each with its slash.
        self._folders = ["".join(f"{name}/" for name in folders[:depth]) for depth in range(len(folders), -1, -1)]

    def knows(self, address: str) -> bool:
        """Whether a plain address leads to a file that is known, and to no part of it."""
        ups, folders = address.count("../"), self._folders
        return (
            ups < len(folders) and address.startswith("../" * ups) and folders[ups] + address[3 * ups :] in self._known
        )

    def follow(self, link: Link) -> Leads:
        """Say where an address leads."""
        address = link.address
        if (leads := self._follow_plain(address) or self._follow_own(link)) is not None:
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
            return Leads(code="output-unsafe-address", cause=f"the address {quoted(address)} holds a backslash")
        if self._as_files and path.rpartition("/")[2] in ("", ".", ".."):
            return Leads(code="output-folder-link", cause=f'the address "{address}" names a folder')
        if path[0] != "/":
            return self._arrive(self._join(path), fragment, address)
        if not self._absolute:
            return Leads(code="output-absolute-link", cause=f'the address "{address}" starts at the root of the host')
        return self._arrive(self._below_site(path), fragment, address)

    def _follow_plain(self, address: str) -> Leads | None:
        """Where a plain address leads: up some folders, down some others, perhaps to a part of the page there.

        None where a closer look is needed.
        """
        way, hash_, fragment = address.partition("#")
        ups = way.count("../")
        if not address or self._as_files or ups >= len(self._folders) or not way.startswith("../" * ups):
            return None
        path = self._folders[ups] + way[3 * ups :] if way else self._page
        leads = self._known.get(path)
        if leads is None and _PLAIN.fullmatch(path):
            leads = self._known[path] = self._arrive(path, "", address)
        if leads is None or leads.code or (hash_ and not _PART.fullmatch(fragment)):
            return None
        return Leads(leads.path, "" if fragment.lower() == "top" else fragment) if hash_ else leads

    def _follow_own(self, link: Link) -> Leads | None:
        """Where the plain address of a page leads that may be whole, such as by what name search engines know it."""
        address, own = link.address, self._own
        if own and link.may_be_absolute and address.startswith(own) and _PLAIN.fullmatch(address, len(own)):
            return self._arrive(address[len(own) :], "", address)
        return None

    def _follow_full(self, address: str, link: Link) -> Leads:
        try:
            parts = urlsplit(address)
        except ValueError:
            return Leads(code="output-unsafe-address", cause=f"{quoted(address)} is not an address")
        scheme = parts.scheme or "https"
        if scheme not in ("http", "https"):
            if scheme in ("mailto", "tel") and not link.loads:
                return _ELSEWHERE
            return Leads(code="output-unsafe-address", cause=f'the scheme of {quoted(address)} is "{scheme}"')
        if link.leads_out:
            return _ELSEWHERE
        ours = bool(self._site.netloc) and parts.netloc.lower() == self._site.netloc.lower()
        below = self._below_site(parts.path or "/") if ours else None
        if ours and (link.may_be_absolute or (self._absolute and below is not None)):
            return self._arrive(below, parts.fragment, address)
        if below is not None and (link.loads or not self._arrive(below, "", address).code):
            return Leads(code="output-absolute-link", cause=f'the address "{address}" names this site\'s own host')
        if link.loads:
            return Leads(code="output-foreign-request", cause=f'"{address}" would be loaded from another host')
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

    def _arrive(self, path: str | None, fragment: str, address: str) -> Leads:
        if path is None:
            return Leads(code="output-broken-link", cause=f'the address "{address}" leads out of the site')
        if "%" in path:
            path = unquote(path)
        if not path or path[-1] == "/":
            path += "index.html"
        if path not in self._files:
            cause = f'the address "{address}" leads to "{path}", which is not there'
            if f"{path}/index.html" in self._files:
                cause += f'; the folder "{path}/" is, with a slash at the end'
            return Leads(code="output-broken-link", cause=cause)
        # "#top" and text fragments need no id: https://html.spec.whatwg.org/#scroll-to-the-fragment-identifier
        fragment = unquote(fragment.partition(":~:")[0])
        return Leads(path, "" if fragment.lower() == "top" else fragment)


@cache
def _plainly(site_url: str) -> str:
    """The address of a site with a slash at its end, where it is plain; else nothing."""
    whole = site_url if site_url.endswith("/") else f"{site_url}/"
    return whole if _OWN_ADDRESS.fullmatch(whole) else ""


def _without_dots(path: str) -> str | None:
    """Resolve `.` and `..` in a path below the root; `None` if it leads above the root."""
    if path[:1] != "." and "/." not in path:
        return path
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
