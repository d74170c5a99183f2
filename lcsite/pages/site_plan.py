"""Which pages a site has. Every page is planned before the first is rendered; bodies are made when needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lcsite.light_classes import dataclass
from lcsite.linking import LinkGraph
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.compare_page import compare_pages
from lcsite.pages.component_page import component_pages
from lcsite.pages.criteria_pages import criteria_pages
from lcsite.pages.data_pages import data_pages
from lcsite.pages.dictionary import DataFile
from lcsite.pages.embed_page import embed_pages
from lcsite.pages.file_reference import FileReference, FormReference
from lcsite.pages.find_page import find_page
from lcsite.pages.home_page import home_page
from lcsite.pages.message_page import message_pages
from lcsite.pages.method_page import method_pages
from lcsite.pages.names import Names
from lcsite.pages.page import Page
from lcsite.pages.place_lists import place_list_pages
from lcsite.pages.place_pages import place_pages
from lcsite.pages.prose_pages import prose_pages
from lcsite.pages.readings import Readings
from lcsite.pages.reference_pages import reference_pages
from lcsite.pages.toolbox_pages import toolbox_pages

__all__ = ["Reference", "plan_pages", "source_targets"]


@dataclass(frozen=True, slots=True)
class Reference:
    """What other rooms define and pages document: the published files, the codes, and what authors may write."""

    data_files: tuple[DataFile, ...] = ()
    codes: Mapping[str, tuple[str, str]] | None = None
    """Code -> (title, explanation)."""
    files: tuple[FileReference, ...] = ()
    forms: tuple[FormReference, ...] = ()


def plan_pages(
    portfolio: Portfolio, links: LinkGraph, names: Names, readings: Readings, reference: Reference
) -> tuple[Page, ...]:
    """Every page of the site, in a fixed order."""
    pages = tuple(_pages(portfolio, links, names, readings, reference))
    return (*pages, find_page(pages, portfolio, names))


def _pages(
    portfolio: Portfolio, links: LinkGraph, names: Names, readings: Readings, reference: Reference
) -> Iterator[Page]:
    yield from home_page(portfolio, names)
    yield from place_list_pages(portfolio, names)
    yield from place_pages(portfolio, links, names, readings)
    yield from embed_pages(portfolio, names, readings)
    yield from criteria_pages(portfolio, links, names, readings)
    yield from compare_pages(portfolio, names, readings)
    yield from toolbox_pages(portfolio, links, names)
    yield from prose_pages(portfolio, names)
    yield from method_pages(portfolio, names)
    yield from data_pages(portfolio, reference.data_files)
    yield from message_pages(portfolio, reference.codes or {})
    yield from reference_pages(portfolio, names, reference.files, reference.forms)
    yield from component_pages()


def source_targets(portfolio: Portfolio, pages: Iterable[Page]) -> dict[str, str]:
    """Authored file -> address of the page that shows it, so that authors link to files and readers reach pages."""
    targets = {page.source: page.address for page in pages if page.source}
    for path in portfolio.prose:
        targets.setdefault(f"content/{path}.md", addresses.prose(path))
    for tool in portfolio.tools:
        targets[f"content/toolbox/tools/{tool}/template.md"] = addresses.tool(tool) + "#sheet"
    for address, file in portfolio.media.items():
        targets[file] = address
    return targets
