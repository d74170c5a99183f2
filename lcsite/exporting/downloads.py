"""Every file that a site publishes beside its pages, gathered from the modules that make them."""

from __future__ import annotations

from functools import partial

from lcsite.exporting.catalogue import DATA_FILES as FILES_BELOW_DATA
from lcsite.exporting.files import DataFiles
from lcsite.exporting.forms_and_schemas import desk_downloads, form_downloads, schema_downloads
from lcsite.exporting.host_files import host_files
from lcsite.exporting.sheets import sheet_downloads
from lcsite.exporting.site_manifest import MANIFEST_FILE, manifest_bytes
from lcsite.exporting.source_files import Resolve
from lcsite.exporting.tables import Tables
from lcsite.linking import LinkGraph
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.page import Download
from lcsite.pages.readings import Readings

__all__ = ["DATA_FILES", "data_files", "downloads_of"]


DATA_FILES = (MANIFEST_FILE, *FILES_BELOW_DATA)
"""Every kind of file that the data dictionary explains."""


def _nowhere(file: str, written: str) -> str:
    return ""


def data_files(
    portfolio: Portfolio, links: LinkGraph, readings: Readings, resolve: Resolve = _nowhere
) -> DataFiles:
    """The open data of a portfolio, of which nothing is made yet.

    `resolve` gives the whole address for a link as an author wrote it; without one, links become words.
    """
    return DataFiles(Tables(portfolio, links, readings), resolve)


def downloads_of(portfolio: Portfolio, files: DataFiles) -> tuple[Download, ...]:
    """Every file that the site publishes beside its pages, in a fixed order. Contents are made when asked for."""
    return (
        *files.downloads(),
        Download(addresses.manifest, partial(manifest_bytes, files), MANIFEST_FILE.title),
        *sheet_downloads(portfolio),
        *form_downloads(portfolio.site),
        *schema_downloads(),
        *desk_downloads(portfolio.site),
        *host_files(portfolio.site, [site.source for site in portfolio.network.searched]),
    )
