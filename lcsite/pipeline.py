"""The pipe, from a folder of files to a planned site: read, check, score, link, plan. Data goes one way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lcsite import __version__
from lcsite.checking import check_portfolio
from lcsite.exporting import DATA_FILES, downloads_of
from lcsite.linking import LinkGraph, link_portfolio
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.names import Names
from lcsite.pages.page import Site
from lcsite.pages.readings import Readings
from lcsite.pages.site_plan import Reference, plan_pages, source_targets
from lcsite.problem_codes import CODES
from lcsite.problems import Problems
from lcsite.reading.origins import Origins
from lcsite.reading.portfolio_reader import read_portfolio
from lcsite.rendering.renderer import Renderer

__all__ = ["BUILTIN", "Plan", "ReadSite", "plan_site", "read_and_check"]

BUILTIN = Path(__file__).parent / "builtin"
"""Frameworks and tools that travel in the package; in a checkout they stand in `content/` instead."""


@dataclass(frozen=True, slots=True)
class ReadSite:
    """What reading and checking found. `portfolio` is None where it could not be put together at all."""

    portfolio: Portfolio | None
    origins: Origins
    problems: Problems


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is known before a page is rendered."""

    portfolio: Portfolio
    readings: Readings
    links: LinkGraph
    site: Site
    renderer: Renderer


def read_and_check(root: Path) -> ReadSite:
    """Read every authored file below `root` and check it, reporting every problem at once."""
    portfolio, origins, problems = read_portfolio(root, builtin=BUILTIN if BUILTIN.is_dir() else None)
    if portfolio is not None:
        problems.extend(check_portfolio(portfolio, origins))
    return ReadSite(portfolio, origins, problems)


def plan_site(portfolio: Portfolio, origins: Origins | None = None) -> Plan:
    """Score, link and plan a portfolio that has no errors."""
    links = link_portfolio(portfolio)
    names = Names(portfolio)
    readings = Readings(portfolio, names)
    pages = plan_pages(portfolio, links, names, readings, Reference(DATA_FILES, CODES))
    downloads = downloads_of(portfolio, links, readings)
    renderer = Renderer(
        language=portfolio.site.language,
        targets=source_targets(portfolio, pages),
        shared={
            "site": portfolio.site,
            "report": portfolio.site.report_url or addresses.contribute,
            "version": __version__,
        },
    )
    return Plan(portfolio, readings, links, Site(pages, downloads), renderer)
