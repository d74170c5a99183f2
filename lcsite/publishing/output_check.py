"""The last look at a finished site, before anybody else can see it.

Reads the output folder as a browser would, under any address that it may be served from, and says what is broken,
unsafe or missing. It changes nothing and asks no other host.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Collection, Container, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from lcsite.problems import Location, Problem
from lcsite.publishing.errors import EnvironmentTrouble
from lcsite.publishing.first_look import Looks
from lcsite.publishing.following import Finder, Leads, follow_all
from lcsite.publishing.kept import Signature, files_below, signature_of
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
    there: Collection[str] | None = None,
    parts: dict[str, set[str]] | None = None,
    looks: Looks | None = None,
    found: dict[str, Signature] | None = None,
) -> Iterator[Problem]:
    """Inspect every page and style sheet below `root` and yield what is wrong, one problem for each place.

    `site_url` is the public address, if it is known. `scripts` and `styles` hold the allowed hashes of inline ones
    (`source_hash`). `absolute_pages` are shown under any address, so their links start at the root of the host.
    `as_files`: the site is opened from files, where a folder shows no page. Up to two `processes` read pages.
    `only`: the pages that are new, where all others have passed before; `there`: every file of the site, where that is
    known. `parts`: for a page the parts of it to which other pages lead; what is found is added. `looks`: what was seen
    of pages while they were written; these are read again only if not all is well, to say what is not. `found`: what
    the system says of each file is added, unless every file is known. A problem's file is the path below `root`.
    """
    parts = {} if parts is None else parts
    found = {} if found is None else found
    inspect = partial(
        _inspect, root, site_url=site_url, scripts=scripts, styles=styles, absolute_pages=absolute_pages,
        as_files=as_files, processes=processes, only=only, there=there, parts=parts, found=found,
    )
    if looks is None or not looks.well or next(inspect(looks), None) is not None:
        yield from inspect(Looks())


def _inspect(
    root: Path,
    looks: Looks,
    *,
    site_url: str | None,
    scripts: Container[str],
    styles: Container[str],
    absolute_pages: Container[str],
    as_files: bool,
    processes: int,
    only: Collection[str] | None,
    there: Collection[str] | None,
    parts: dict[str, set[str]],
    found: dict[str, Signature],
) -> Iterator[Problem]:
    """Problems of all pages that nobody has looked at yet; at least one where what was seen of others does not hold."""
    files, odd = set(there or ()), []
    for path, status in files_below(root) if there is None else ():
        if stat.S_ISREG(status.st_mode):
            files.add(path)
            found[path] = signature_of(status)
        else:
            odd.append(path)
    for path in sorted(odd):
        yield _problem("output-odd-file", path, 1, "this is a link, a pipe or something else that is not a file")
    ids: dict[str, set[str]] = {}
    wanted: dict[tuple[str, str], list[tuple[str, int]]] = {}
    known: dict[str, Leads] = {}
    pages = sorted(
        path for path in (files if only is None else files.intersection(only))
        if path.endswith(".html") and path not in looks.ids
    )

    def with_lines(path: str) -> PageFacts:
        return read_page((root / path).read_bytes(), scripts=scripts, styles=styles)

    def read(path: str) -> PageFacts:
        return read_plainly((root / path).read_bytes(), scripts=scripts, styles=styles) or with_lines(path)

    def finder_for(path: str) -> Finder:
        return Finder(path, files, site_url, path in absolute_pages, as_files, known=known)

    with Ahead(lambda number: read(pages[number]), len(pages), processes=processes) as ahead:
        for number, path in enumerate(pages):
            try:
                facts = ahead.result(number)
            except CopyLost as error:
                raise EnvironmentTrouble(f"{error}; build again, or with --jobs 1") from error
            ids[path] = facts.ids
            followed = follow_all(facts, finder_for(path))
            if not facts.has_lines and any(leads.code for _, leads in followed):
                facts = with_lines(path)
                followed = follow_all(facts, finder_for(path))
            yield from _inspect_page(path, facts, followed, wanted)
    for path in sorted(path for path in files if path.endswith(".css")):
        text = (root / path).read_text("utf-8", errors="replace")
        yield from _inspect_styles(path, text, Finder(path, files, site_url, False))
    for path in pages if only is not None else ():
        for fragment in sorted(parts.get(path, set()) - ids[path]):
            yield _problem(BROKEN_PART, path, 1, f'another page leads to "#{fragment}", which is gone')
    for path in sorted((looks.files | looks.ids.keys()) - files):
        yield _problem("output-broken-link", path, 1, "this is not there")
    for path, fragment in looks.parts:
        wanted.setdefault((path, fragment), [])
    for (path, fragment), places in wanted.items():
        if path not in ids and path.endswith(".html"):
            ids[path] = looks.ids_of(path) if path in looks.ids else read(path).ids
        if not places or any(page != path for page, _ in places):
            parts.setdefault(path, set()).add(fragment)
        if not places and path in ids and fragment not in ids[path]:
            yield _problem(BROKEN_PART, path, 1, no_such_part(path, fragment))
        if path in ids and fragment not in ids[path]:
            for page, line in dict.fromkeys(places):
                lines = [line] if line else [
                    link.line for link, leads in follow_all(with_lines(page), finder_for(page))
                    if (leads.path, leads.fragment) == (path, fragment)
                ]
                for each in lines:
                    yield _problem(BROKEN_PART, page, each, no_such_part(path, fragment))


def no_such_part(path: str, fragment: str) -> str:
    """What is said of a link to a part that the page `path` does not have."""
    return f'"{path}" has no part "#{fragment}"'


def _inspect_page(
    path: str, facts: PageFacts, followed: list[tuple[Link, Leads]],
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


def _inspect_styles(path: str, text: str, finder: Finder) -> Iterator[Problem]:
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


def _problem(code: str, path: str, line: int, message: str) -> Problem:
    return Problem(code, Location(path, line), message, hint=CODES[code])
