"""A look at pages while they are written, when what they hold is at hand, so that nobody need read them again.

It judges by the rules of the inspection whatever one page shows by itself, and notes which files and parts of other
pages have to be there. Whether they are turns out when all is written. It says only that all is well: what is at fault,
and where, is left to the inspection of the whole site.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from lcsite.publishing.following import Finder, Leads
from lcsite.publishing.form_look import FormLook
from lcsite.publishing.page_facts import Link, PageFacts, read_page
from lcsite.publishing.plain_pages import DrawnTags, read_plainly
from lcsite.publishing.plain_tags import KNOWN
from lcsite.rendering.blank_frame import BlankFrame, Filled

__all__ = ["FirstLook", "Looks", "Seen"]


_MOST_FORMS = 500
"""Of a kilobyte or two each; a site has some dozens."""
_MOST_OUTSIDE = 500
"""The first ones are those that stand on all pages, such as the licence; others seldom come again."""
_MEANT_AS_WRITTEN = re.compile(r"[\w.-]+").fullmatch
"""The name of a part in which nothing stands for anything else."""


class Seen(NamedTuple):
    """What one page says of itself and asks of others."""

    path: str
    ids: str
    """The names of its parts, a line each."""
    files: tuple[str, ...]
    """Files that have to be there, as far as this process has not named them before."""
    parts: tuple[tuple[str, str], ...]
    """Pages and parts of them that have to be there, likewise."""
    well: bool
    """False where anything may be wrong."""


class _Asked(set[str]):
    """Files of which one was asked whether they are there: for now, all of them are."""

    def __contains__(self, path: object) -> bool:
        assert isinstance(path, str)
        self.add(path)
        return True


class FirstLook:
    """Looks at one page after another of a site that will stand at `site_url`, if that is known.

    `pieces`: what stands in the place of marks in what was drawn.
    """

    def __init__(self, site_url: str | None, pieces: Mapping[bytes, bytes] | None = None) -> None:
        self._site_url = site_url
        self._tags = KNOWN if pieces is None else DrawnTags(pieces)
        self._known: dict[str, Leads] = {}
        self._asked = _Asked()
        self._files: set[str] = set()
        self._parts: set[tuple[str, str]] = set()
        self._from_root: dict[str, set[str]] = {}
        """Way up to the root -> the addresses with it that were followed: they lead alike from all pages as deep."""
        self._beside: tuple[str, set[str]] = "", set()
        """The folder around that of the last page, and the addresses that were followed beginning with the way up to
        it: they lead alike from all pages right inside it."""
        self._outside: set[Link] = set()
        """Links that lead out of the site, from whichever page."""
        self._forms: dict[BlankFrame, FormLook] = {}

    def at(self, path: str, html: bytes, text: str = "") -> Seen:
        """Look at the page that is to stand at `path`. `text`: the same before it was encoded."""
        return self._say(path, read_plainly(html, text=text) or read_page(html))

    def at_form(self, path: str, form: BlankFrame, filled: Filled) -> Seen:
        """Look at a page that was written into a form: the same, with less effort."""
        look = self._forms.get(form)
        if look is None:
            if len(self._forms) >= _MOST_FORMS:
                self._forms.clear()
            look = self._forms[form] = FormLook(form, self._tags)
        facts = look.read(filled)
        return self.at(path, filled.html) if facts is None else self._say(path, facts)

    def _say(self, path: str, facts: PageFacts) -> Seen:
        up = "../" * path.count("/")
        followed = self._from_root.setdefault(up, set())
        around = path[: path.rfind("/", 0, path.rfind("/")) + 1]
        if around != self._beside[0]:
            self._beside = around, set()
        beside = self._beside[1]
        ids, named = "\n".join(facts.ids), facts.ids
        well = not facts.faults and ids.count("\n") < max(1, len(named))  # each of them stands in one line
        self._asked.clear()
        parts = []
        outside = self._outside
        finder = Finder(path, self._asked, self._site_url, False, known=self._known)
        leading = [Link(address, 0, False) for address in set(facts.leading) - followed - beside]
        for link in chain(facts.links, leading):
            address = link.address
            if address in followed or address in beside:
                continue
            if not finder.knows(address):
                if address[:1] == "#" and address[1:] in named and _MEANT_AS_WRITTEN(address, 1):
                    continue
                if "//" in address and link in outside:
                    continue
                there, fragment, leads_out, code, _ = finder.follow(link)
                if leads_out and len(outside) < _MOST_OUTSIDE:
                    outside.add(link)
                if code or (there == path and fragment and fragment not in named):
                    well = False
                if not there or there == path:
                    continue
                if fragment and (part := (there, fragment)) not in self._parts:
                    self._parts.add(part)
                    parts.append(part)
            if up and address.startswith(up) and not address.startswith("../", len(up)):
                followed.add(address)
            elif address.startswith("../"):
                beside.add(address)
        files = tuple(self._asked - self._files)
        self._files.update(files)
        return Seen(path, ids, files, tuple(parts), well)


@dataclass(slots=True)
class Looks:
    """What was seen of the pages of a site, whoever looked."""

    ids: dict[str, str] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    parts: set[tuple[str, str]] = field(default_factory=set)
    well: bool = True

    def add(self, seen: Seen) -> None:
        self.ids[seen.path] = seen.ids
        self.files.update(seen.files)
        self.parts.update(seen.parts)
        self.well = self.well and seen.well

    def ids_of(self, path: str) -> set[str]:
        return set(self.ids[path].split("\n"))
