"""Where pages live that every plan of a portfolio holds, told without planning: not all of them, but those in menus."""

from __future__ import annotations

from lcsite.model.own_pages import PAGES_OF_EVERY_SITE
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses

__all__ = ["certain_addresses"]


def certain_addresses(portfolio: Portfolio) -> frozenset[str]:
    """Addresses of pages that are there for certain; what is missing here may be there as well."""
    return frozenset({
        addresses.cities, addresses.criteria, addresses.find, addresses.practices, addresses.tools,
        *(addresses.prose(file.removeprefix("content/").removesuffix(".md")) for file in PAGES_OF_EVERY_SITE),
        *map(addresses.prose, portfolio.prose),
        *map(addresses.place, portfolio.places),
        *map(addresses.practice, portfolio.practices),
        *map(addresses.tool, portfolio.tools),
        *map(addresses.framework, portfolio.frameworks),
    })
