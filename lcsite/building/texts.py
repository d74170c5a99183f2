"""The part of a site that shows some texts: their pages, and a few files of the open data.

Titles, summaries and whatever else stands in the fields of a page goes everywhere; its text goes nowhere else. A test
changes a text of each kind and compares with a whole build.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache, partial

from lcsite.building.built import OnlyWhole
from lcsite.linking import link_portfolio
from lcsite.model.portfolio import Portfolio
from lcsite.pages.names import Names
from lcsite.pages.page import Page, Site
from lcsite.pages.text_pages import pages_of_files
from lcsite.pipeline import Plan, renderer_of

__all__ = ["CannotBeDivided", "part_with_texts"]


class CannotBeDivided(OnlyWhole):
    """A text shows elsewhere too, or where it shows cannot be told."""


def part_with_texts(
    portfolio: Portfolio, files: Collection[str], targets: Mapping[str, str], published: Callable[[str], bytes]
) -> Plan:
    """What shows the texts of these authored files, planned as a site of its own.

    `targets`: the page of each authored file, by its address; `published` gives a file of the site as it was before.
    Raises CannotBeDivided where only a whole build will do.
    """
    pages = _pages(portfolio, files, {targets.get(file, "?") for file in files})
    if any(file.startswith(_OF_DATA) for file in files):
        from lcsite.exporting.changed_texts import NotAsExpected, downloads_with_texts
        from lcsite.exporting.portable_text import whole_address

        resolve = partial(whole_address, portfolio.site, targets)
        place_file = partial(_place_file, portfolio, resolve)
        try:
            downloads = downloads_with_texts(portfolio, files, resolve, published, place_file)
        except NotAsExpected as error:
            raise CannotBeDivided(str(error)) from error
    else:
        downloads = ()
    return Plan(portfolio, Site(pages, downloads), renderer_of(portfolio, targets))


_OF_DATA = ("cities/", "content/toolbox/")


def _pages(portfolio: Portfolio, files: Collection[str], wanted: set[str]) -> tuple[Page, ...]:
    """The pages at the addresses `wanted`, which show those files."""
    links = cache(partial(link_portfolio, portfolio, assessed=False))
    found = {page.address: page for page in pages_of_files(files, portfolio, links, Names(portfolio))}
    if found.keys() != wanted:
        from lcsite.pipeline import planned_pages

        found = {page.address: page for page in planned_pages(portfolio) if page.address in wanted}
    if len(found) < len(files):
        raise CannotBeDivided("one of the texts has no page of its own")
    return tuple(found.values())


def _place_file(portfolio: Portfolio, resolve: Callable[[str, str], str], place: str) -> bytes:
    from lcsite.exporting.downloads import data_files
    from lcsite.pages.readings import Readings

    files = data_files(portfolio, link_portfolio(portfolio), Readings(portfolio, Names(portfolio)), resolve)
    return files.content(f"places/{place}/place.json")
