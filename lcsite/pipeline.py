"""The pipe, from a folder of files to a planned site: read, check, score, link, plan. Data goes one way."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from lcsite import __version__
from lcsite.builtin_folder import BUILTIN
from lcsite.checking import check_portfolio
from lcsite.describing.reference import file_references, form_references
from lcsite.exporting import DATA_FILES, FileEntry, downloads_of
from lcsite.exporting.outward import outward_downloads
from lcsite.exporting.portable_text import whole_address
from lcsite.linking import LinkGraph, link_portfolio
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.names import Names
from lcsite.pages.page import Site
from lcsite.pages.readings import Readings
from lcsite.pages.site_plan import Reference, plan_pages, source_targets
from lcsite.problem_codes import CODES
from lcsite.problems import Problem, Problems, quoted
from lcsite.reading.memory import Memory
from lcsite.reading.origins import Origins
from lcsite.reading.portfolio_reader import read_portfolio
from lcsite.rendering.renderer import Renderer, knows_language
from lcsite.rendering.social_cards import social_cards

__all__ = ["BUILTIN", "Plan", "ReadSite", "plan_site", "read_and_check"]


@dataclass(frozen=True, slots=True)
class ReadSite:
    """What reading and checking found. `portfolio` is None where there is nothing, or a file cannot be read."""

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


def read_and_check(
    root: Path, *, memory: Memory | None = None, proposed: Mapping[str, bytes] = MappingProxyType({}),
    copies: Mapping[str, Path] = MappingProxyType({}),
) -> ReadSite:
    """Read every authored file below `root` and check it, reporting every problem at once.

    `proposed` are files, by their path, and `copies` folders, by the site that they come from, that are judged as if
    they were there; `memory` spares what was read before.
    """
    portfolio, origins, problems = read_portfolio(
        root, builtin=BUILTIN, memory=memory, proposed=proposed, copies=copies
    )
    if out_of_reach := problems.out_of_reach:  # what follows from files that nobody saw would be guesses
        return ReadSite(None, origins, out_of_reach)
    if portfolio is not None:
        problems.extend(check_portfolio(portfolio, origins))
        problems.extend(_languages_without_words(portfolio, origins))
        if not problems.errors:
            problems.extend(_entries_that_lead_nowhere(portfolio, origins))
    return ReadSite(portfolio, origins, problems)


def _languages_without_words(portfolio: Portfolio, origins: Origins) -> Iterator[Problem]:
    """Numbers and dates are written in the manner of a language, so it has to be one that is known."""
    if not knows_language(portfolio.site.language):
        where = origins.at("site", "site", ("language",))
        message = f"nothing is known about the language {quoted(portfolio.site.language)}"
        yield Problem("wrong-value", where, message, "write its code, such as en, pt-BR or zh-Hant")


def _entries_that_lead_nowhere(portfolio: Portfolio, origins: Origins) -> Iterator[Problem]:
    """Menu, footer and news name pages by their addresses, and what those are shows only in the plan."""
    site = portfolio.site
    entries = [("menu", n, entry.page) for n, entry in enumerate(site.menu)]
    entries += [("footer", n, entry.page) for n, entry in enumerate(site.footer)]
    entries += [("news", n, entry.page) for n, entry in enumerate(site.news) if entry.page is not None]
    if not entries:
        return
    names = Names(portfolio)
    pages = plan_pages(
        portfolio, link_portfolio(portfolio), names, Readings(portfolio, names), _reference()
    )
    known = {page.address for page in pages}
    for field, position, page in entries:
        if page not in known:
            where = origins.at("site", "site", (field, position, "page"))
            near = difflib.get_close_matches(page, sorted(known), n=1)
            hint = f'did you mean "{near[0]}"?' if near else "write it from the root with a slash at its end"
            yield Problem("broken-link", where, f"there is no page {quoted(page)}", hint)


def _reference() -> Reference:
    return Reference(DATA_FILES, CODES, file_references(), form_references())


def plan_site(portfolio: Portfolio, *, known: Iterable[FileEntry] = ()) -> Plan:
    """Score, link and plan a portfolio that has no errors. `known`: data files that stand already, as they would be."""
    links = link_portfolio(portfolio)
    names = Names(portfolio)
    readings = Readings(portfolio, names)
    pages = plan_pages(portfolio, links, names, readings, _reference())
    targets = source_targets(portfolio, pages)
    downloads = downloads_of(portfolio, links, readings, partial(whole_address, portfolio.site, targets), known)
    renderer = Renderer(
        language=portfolio.site.language,
        targets=targets,
        shared={
            "site": portfolio.site,
            "report": portfolio.site.report_url or addresses.contribute,
            "version": __version__,
        },
    )
    downloads += (*social_cards(pages, portfolio.site, renderer), *outward_downloads(portfolio, readings, renderer))
    return Plan(portfolio, readings, links, Site(pages, downloads), renderer)
