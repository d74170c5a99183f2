"""Everything that a site holds out to the world beside its pages and data: feeds, badges, notes for programs.

They need words in the reader's language, so they come after the renderer; the open data does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from lcsite.exporting.embeds import embed_downloads
from lcsite.exporting.feeds import feed_downloads
from lcsite.exporting.notes_for_programs import notes_for_programs
from lcsite.model.portfolio import Portfolio
from lcsite.pages.page import Download
from lcsite.pages.readings import Readings
from lcsite.rendering.renderer import Renderer

__all__ = ["outward_downloads"]


def outward_downloads(portfolio: Portfolio, readings: Readings, renderer: Renderer) -> Iterator[Download]:
    """The files, in a fixed order. Contents are made when asked for."""
    yield from feed_downloads(portfolio, renderer)
    yield from embed_downloads(portfolio, readings, renderer)
    yield from notes_for_programs(portfolio.site)
