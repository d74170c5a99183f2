"""The pipe, from a folder of files to a planned site: read, check, score, link, plan. Data goes one way.

What plans a whole site is imported when one is planned: a build of a few texts does without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from lcsite import __version__
from lcsite.builtin_folder import BUILTIN
from lcsite.checked_site import ReadSite, read_and_check
from lcsite.linking import LinkGraph, link_portfolio
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.names import Names
from lcsite.pages.page import Page, Site
from lcsite.rendering.renderer import Renderer

if TYPE_CHECKING:
    from lcsite.pages.readings import Readings
    from lcsite.rendering.social_cards import Drawn

__all__ = ["BUILTIN", "Plan", "ReadSite", "plan_site", "planned_pages", "read_and_check", "renderer_of"]


@dataclass(frozen=True)
class Plan:
    """Everything that is known before a page is rendered."""

    portfolio: Portfolio
    site: Site
    renderer: Renderer

    @cached_property
    def links(self) -> LinkGraph:
        """What belongs to what."""
        return link_portfolio(self.portfolio)

    @cached_property
    def readings(self) -> Readings:
        """The scorecards."""
        from lcsite.pages.readings import Readings

        return Readings(self.portfolio, Names(self.portfolio))


def planned_pages(portfolio: Portfolio) -> tuple[Page, ...]:
    """Every page of a site, for whoever asks for no more than what pages there are."""
    from lcsite.pages.readings import Readings

    names = Names(portfolio)
    return _pages(portfolio, link_portfolio(portfolio), names, Readings(portfolio, names))


def _pages(portfolio: Portfolio, links: LinkGraph, names: Names, readings: Readings) -> tuple[Page, ...]:
    from lcsite.describing.reference import file_references, form_references
    from lcsite.exporting.downloads import DATA_FILES
    from lcsite.pages.site_plan import Reference, plan_pages
    from lcsite.problem_codes import CODES

    reference = Reference(DATA_FILES, CODES, file_references(), form_references())
    return plan_pages(portfolio, links, names, readings, reference)


def renderer_of(portfolio: Portfolio, targets: Mapping[str, str]) -> Renderer:
    """What renders the pages of a portfolio. `targets` are the addresses of authored files (see `source_targets`)."""
    return Renderer(
        language=portfolio.site.language,
        targets=targets,
        shared={
            "site": portfolio.site,
            "report": portfolio.site.report_url or addresses.contribute,
            "version": __version__,
        },
    )


def plan_site(portfolio: Portfolio, *, drawn: Drawn = lambda _: None) -> Plan:
    """Link and plan a portfolio that has no errors. `drawn` gives cards that were drawn before."""
    from lcsite.exporting.downloads import data_files, downloads_of
    from lcsite.exporting.lots import lots_of
    from lcsite.exporting.outward import outward_downloads
    from lcsite.exporting.portable_text import whole_address
    from lcsite.pages.readings import Readings
    from lcsite.pages.site_plan import source_targets
    from lcsite.rendering.social_cards import social_cards

    links = link_portfolio(portfolio)
    names = Names(portfolio)
    readings = Readings(portfolio, names)
    pages = _pages(portfolio, links, names, readings)
    targets = source_targets(portfolio, pages)
    files = data_files(portfolio, links, readings, partial(whole_address, portfolio.site, targets))
    renderer = renderer_of(portfolio, targets)
    downloads = (
        *downloads_of(portfolio, files),
        *social_cards(pages, portfolio.site, renderer, drawn),
        *outward_downloads(portfolio, readings, renderer),
    )
    return Plan(portfolio, Site(pages, downloads, lots_of(portfolio, files, downloads)), renderer)
