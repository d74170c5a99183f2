"""The pipe, from a folder of files to a planned site: read, check, score, link, plan. Data goes one way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from lcsite import __version__
from lcsite.builtin_folder import BUILTIN
from lcsite.checked_site import ReadSite, read_and_check
from lcsite.describing.reference import file_references, form_references
from lcsite.exporting import DATA_FILES, FileEntry, data_files, downloads_of
from lcsite.exporting.lots import lots_of
from lcsite.exporting.outward import outward_downloads
from lcsite.exporting.portable_text import whole_address
from lcsite.linking import LinkGraph, link_portfolio
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.names import Names
from lcsite.pages.page import Page, Site
from lcsite.pages.readings import Readings
from lcsite.pages.site_plan import Reference, plan_pages, source_targets
from lcsite.problem_codes import CODES
from lcsite.rendering.renderer import Renderer
from lcsite.rendering.social_cards import social_cards

__all__ = ["BUILTIN", "Plan", "ReadSite", "plan_site", "planned_pages", "read_and_check"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is known before a page is rendered."""

    portfolio: Portfolio
    readings: Readings
    links: LinkGraph
    site: Site
    renderer: Renderer


def planned_pages(portfolio: Portfolio) -> tuple[Page, ...]:
    """Every page of a site, for whoever asks for no more than what pages there are."""
    names = Names(portfolio)
    return plan_pages(portfolio, link_portfolio(portfolio), names, Readings(portfolio, names), _reference())


def _reference() -> Reference:
    return Reference(DATA_FILES, CODES, file_references(), form_references())


def plan_site(portfolio: Portfolio, *, known: Iterable[FileEntry] = ()) -> Plan:
    """Score, link and plan a portfolio that has no errors. `known`: data files that stand already, as they would be."""
    links = link_portfolio(portfolio)
    names = Names(portfolio)
    readings = Readings(portfolio, names)
    pages = plan_pages(portfolio, links, names, readings, _reference())
    targets = source_targets(portfolio, pages)
    files = data_files(portfolio, links, readings, partial(whole_address, portfolio.site, targets), known)
    renderer = Renderer(
        language=portfolio.site.language,
        targets=targets,
        shared={
            "site": portfolio.site,
            "report": portfolio.site.report_url or addresses.contribute,
            "version": __version__,
        },
    )
    downloads = (
        *downloads_of(portfolio, files),
        *social_cards(pages, portfolio.site, renderer),
        *outward_downloads(portfolio, readings, renderer),
    )
    site = Site(pages, downloads, lots_of(portfolio, files, downloads))
    return Plan(portfolio, readings, links, site, renderer)
