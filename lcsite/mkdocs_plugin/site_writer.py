"""Writes the pages and files of a plan by up to two processes: each page framed by the engine's templates, looked at
while it is at hand, and forgotten.

The engine goes through all pages several times, in one process, and keeps objects for each. It does so where another
plugin wants to see the pages, and where a template looks at all of them or at the engine's menu; else they are written
here, from the same templates with the same values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig

from lcsite.mkdocs_plugin.all_pages import NOT_ALL
from lcsite.mkdocs_plugin.frames import PLAIN, Frames
from lcsite.mkdocs_plugin.shell import ShellPage, page_file
from lcsite.pages.page import Download, Lot, Page
from lcsite.pipeline import Plan
from lcsite.publishing.first_look import FirstLook, Looks, Seen
from lcsite.publishing.kept import make_folder, put_new
from lcsite.rendering.frame import page_frame
from lcsite.rendering.renderer import Fragment
from lcsite.tidying import seldom
from lcsite.working_apart import Ahead

__all__ = ["SiteWriter", "as_listed"]

_TEMPLATE = "main.html"


class _Heap(NamedTuple):
    """What one process draws at once."""

    pages: list[Page]
    lots: list[tuple[int, Lot]]


_PAGES_A_HEAP = 4
_MANY = 40
"""So many pages of a kind that both processes may come to draw some."""


def _heaps(pages: Sequence[Page], lots: Mapping[int, Lot]) -> list[_Heap]:
    """All pages and lots in heaps, in their order; a lot lies with the page that works out the same things, or last."""
    beside: dict[str, list[tuple[int, Lot]]] = {}
    for number, lot in lots.items():
        beside.setdefault(lot.beside, []).append((number, lot))
    heaps: list[_Heap] = []
    for page in pages:
        here = beside.pop(page.address, []) if page.address else []
        if here or not heaps or len(heaps[-1].pages) == _PAGES_A_HEAP:
            heaps.append(_Heap([page], here))
        else:
            heaps[-1].pages.append(page)
    return [*heaps, *(_Heap([], [each]) for rest in beside.values() for each in rest)]


_OF_THE_COPY = 1 / 4
"""The part of all places that a second process draws before anything else, so that the first one has done its share,
all other places and what asks for all of them, while there is still work that both can do.
"""


def _parted(heaps: Sequence[_Heap]) -> tuple[list[_Heap], int]:
    """The heaps in an order for two processes, and where the part of the second one begins.

    They part where the section begins in which the middle page stands, and so ask for different things: one for places
    and their scorecards, the other for practices. Each of them works out and holds less. What the second does before is
    of places too, but each of these by itself: criteria ask for all places.
    """
    sections = [heap.pages[0].section for heap in heaps if heap.pages]
    middle = sections.index(sections[len(sections) // 2]) if sections else 0
    alone = [number for number, heap in enumerate(heaps[:middle]) if heap.pages and heap.lots]
    others = set(alone[round(len(alone) * (1 - _OF_THE_COPY)) :])
    first = [heap for number, heap in enumerate(heaps[:middle]) if number not in others]
    return [*first, *(heaps[number] for number in sorted(others)), *heaps[middle:]], len(first)


def _file_of(page: Page) -> str:
    return f"{page.address}index.html"


class SiteWriter:
    """Writes a plan below the folder of the engine's configuration, with the engine's environment for templates."""

    def __init__(self, plan: Plan, config: MkDocsConfig, environment: Environment, *, theme: Path) -> None:
        self._plan = plan
        self._config = config
        self._template = environment.get_template(_TEMPLATE)
        self._frames = Frames(environment, config, theme=theme)
        self._root = config.site_dir
        self._made = {""}
        self._look = FirstLook(config.site_url, plan.renderer.pieces)
        self._seen: list[Seen] = []
        """Of pages among the downloads, such as cards that other sites show, what has not been told yet."""

    def write(self, pages: Sequence[Page], *, processes: int, once: Callable[[], bool]) -> Looks:
        """Write these pages and all downloads; what was seen of the pages. Raises NeedsAll, CopyLost, and OSError.

        A second process joins in as soon as `once` holds.
        """
        site, looks = self._plan.site, Looks()
        lots = {number: lot for number, lot in enumerate(site.lots) if not lot.gathers}
        gathering = [lot for lot in site.lots if lot.gathers]
        if processes > 1:  # what many pages need is there before the copy is made, so that both share it
            self._plan.renderer.make_ready()
            many = Counter(page.kind for page in pages)
            for page in {page.kind: page for page in pages if many[page.kind] >= _MANY}.values():
                looks.add(self._write_page(page))
                for number in [n for n, lot in lots.items() if lot.beside == page.address != ""]:
                    lot = lots.pop(number)
                    lot.learn(self._write_lot(lot))
        beside_pages = {number for number, lot in lots.items() if lot.beside}
        heaps, part = _parted(_heaps([page for page in pages if _file_of(page) not in looks.ids], lots))

        def write(number: int) -> tuple[list[Seen], dict[int, object]]:
            return self._write_heap(heaps[number])

        drawn = Ahead(write, len(heaps), processes=processes, jobs_a_ticket=1, part=part, once=once)
        with seldom(), drawn as ahead:
            for number in range(len(heaps)):
                seen, news = ahead.result(number)
                for look in seen:
                    looks.add(look)
                for number_of_lot, told in news.items():
                    lots[number_of_lot].learn(told)
                    beside_pages.discard(number_of_lot)
                if gathering and not beside_pages:  # the copy goes on with pages meanwhile
                    self._write_lot(gathering.pop())
        for lot in gathering:
            self._write_lot(lot)
        in_lots = {download.address for lot in site.lots for download in lot.downloads}
        for download in site.downloads:
            if download.address not in in_lots:
                self._write_file(download)
        return looks

    def _write_heap(self, heap: _Heap) -> tuple[list[Seen], dict[int, object]]:
        """What was seen of the pages, and what the lots tell, by their numbers."""
        pages = [self._write_page(page) for page in heap.pages]
        news = {number: self._write_lot(lot) for number, lot in heap.lots}
        seen, self._seen = self._seen, []
        return pages + seen, news

    def _write_page(self, page: Page) -> Seen:
        renderer = self._plan.renderer
        fragment = renderer.render(page)
        values = page_frame(
            page, fragment, site=self._plan.portfolio.site, renderer=renderer, base=self._config.site_url or ""
        )
        path = _file_of(page)
        if framed := self._frames.around(page.address, fragment.drawn, values):
            form, filled = framed
            self._put(path, (filled.html,))
            return self._look.at_form(path, form, filled)
        text = self._framed(page, fragment, values)
        html = text.encode("utf-8", errors="xmlcharrefreplace")
        self._put(path, (html,))
        return self._look.at(path, html, text)

    def _framed(self, page: Page, fragment: Fragment, values: dict[str, Any]) -> str:
        """What the engine would make of a page, by the same steps."""
        shell = page_file(page, self._plan.renderer, self._config, late=True).page
        assert isinstance(shell, ShellPage)
        shell.read_source(self._config)
        shell.show(fragment, values)
        shell.active = True
        return self._template.render(get_context(NOT_ALL, NOT_ALL, self._config, shell))

    def _write_lot(self, lot: Lot) -> object:
        for download in lot.downloads:
            self._write_file(download)
        return lot.tell()

    def _write_file(self, download: Download) -> None:
        if download.pieces is not None:
            self._put(download.address, download.pieces())
            return
        content = download.content()
        self._put(download.address, (content,))
        if download.address.endswith(".html"):
            self._seen.append(self._look.at(download.address, content))

    def _put(self, path: str, pieces: Iterable[bytes]) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            make_folder(f"{self._root}/{folder}")
            self._made.add(folder)
        put_new(pieces, f"{self._root}/{path}")


def as_listed(pages: Sequence[Page], config: MkDocsConfig) -> list[Any]:
    """All pages with what the engine's list of addresses for search machines wants to know of them, and no more."""
    base = f"{str(config.site_url).rstrip('/')}/"
    day, root, is_plain = config.extra["lc"]["as_of"], urlsplit(base).path, urljoin(base, ".") == base
    found = []
    for page in pages:
        if is_plain and PLAIN(page.address):
            whole, path = base + page.address, root + page.address
        else:
            whole = urljoin(base, quote(page.address))
            path = urlsplit(whole).path
        known = SimpleNamespace(is_link=False, canonical_url=whole, abs_url=path, update_date=day)
        found.append(SimpleNamespace(page=known))
    return found
