"""Open data and sheets: everything that a reader may take away, as files with the same bytes every time.

The files are the only proof that the pages need: from them every score can be worked out again. No file puts places in
the order of a score.
"""

from __future__ import annotations

from lcsite.exporting.catalogue import DATA_FILES
from lcsite.exporting.files import data_downloads
from lcsite.exporting.host_files import host_files
from lcsite.exporting.sheets import sheet_downloads
from lcsite.exporting.tables import Tables
from lcsite.linking import LinkGraph
from lcsite.model.portfolio import Portfolio
from lcsite.pages.page import Download
from lcsite.pages.readings import Readings

__all__ = ["DATA_FILES", "downloads_of"]


def downloads_of(portfolio: Portfolio, links: LinkGraph, readings: Readings) -> tuple[Download, ...]:
    """Every file that the site publishes beside its pages, in a fixed order. Contents are made when asked for."""
    tables = Tables(portfolio, links, readings)
    return (*data_downloads(tables), *sheet_downloads(portfolio), *host_files(portfolio.site))
