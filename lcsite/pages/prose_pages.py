"""Pages that people wrote as a whole: learning pages, contribute, about, and the folders that gather them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lcsite.light_classes import dataclass
from lcsite.model.portfolio import Portfolio
from lcsite.model.site import ProsePage
from lcsite.model.words import Source
from lcsite.pages import addresses
from lcsite.pages.found_as import FoundAs
from lcsite.pages.names import Names, NodeName, PageName, PracticeName, ToolName
from lcsite.pages.page import Crumb, Page, Prose, Words

__all__ = ["COMPUTED", "ProseBody", "prose_pages"]

COMPUTED = frozenset({"index", "toolbox/index", "method/index", "data/index", "criteria/index"})
"""Authored pages that stand inside a computed page, which takes them up itself."""


@dataclass(frozen=True, slots=True)
class ProseBody:
    page: ProsePage
    prose: Prose
    criteria: tuple[NodeName, ...]
    tools: tuple[ToolName, ...]
    practices: tuple[PracticeName, ...]
    sources: tuple[Source, ...]
    children: tuple[PageName, ...]
    """The pages of the folder, where this page is its index."""
    before: PageName | None
    after: PageName | None


def prose_pages(portfolio: Portfolio, names: Names) -> Iterator[Page]:
    """A page for every authored page that stands by itself."""
    found_as = FoundAs(portfolio, names)
    for page in portfolio.prose.values():
        if page.path in COMPUTED or page.path.startswith("criteria/"):
            continue
        yield Page(
            address=addresses.prose(page.path),
            kind="prose",
            title=page.title,
            description=page.summary,
            body=partial(_body, page, portfolio, names),
            crumbs=crumbs_of(page, portfolio),
            section=page.path.partition("/")[0] + "/",
            source=f"content/{page.path}.md",
            find=partial(found_as.page, page.path, page.summary, page.criteria),
        )


def crumbs_of(page: ProsePage, portfolio: Portfolio) -> tuple[Crumb, ...]:
    """Home, then the index page of each folder above the page."""
    crumbs = [Crumb(Words("Home"), addresses.home)]
    folders = page.path.split("/")[:-1]
    for depth in range(1, len(folders) + 1):
        index = "/".join(folders[:depth]) + "/index"
        if index in portfolio.prose and index != page.path:
            crumbs.append(Crumb(portfolio.prose[index].title, addresses.prose(index)))
    return tuple(crumbs)


def _body(page: ProsePage, portfolio: Portfolio, names: Names) -> ProseBody:
    folder, _, name = page.path.rpartition("/")
    children = names.pages(_children(folder, portfolio)) if name == "index" else ()
    siblings = names.pages(p for p in _children(folder, portfolio)) if name != "index" else ()
    here = next((i for i, s in enumerate(siblings) if s.address == addresses.prose(page.path)), None)
    return ProseBody(
        page=page,
        prose=Prose(page.body, f"content/{page.path}.md"),
        criteria=names.nodes(page.criteria),
        tools=names.tools(page.tools),
        practices=names.practices(page.practices),
        sources=page.sources,
        children=children,
        before=siblings[here - 1] if here else None,
        after=siblings[here + 1] if here is not None and here + 1 < len(siblings) else None,
    )


def _children(folder: str, portfolio: Portfolio) -> list[str]:
    """The pages directly in a folder, and the index pages of the folders in it."""
    prefix = f"{folder}/" if folder else ""
    found = []
    for path in portfolio.prose:
        rest = path.removeprefix(prefix)
        if not path.startswith(prefix) or rest == "index":
            continue
        if "/" not in rest or (rest.count("/") == 1 and rest.endswith("/index")):
            found.append(path)
    return found
