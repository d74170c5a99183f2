"""Badges and cards for other sites: a picture and a small page for each place and framework."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lcsite.model.portfolio import Portfolio
from lcsite.pages.embed_page import EmbedView, embed_views
from lcsite.pages.names import Names
from lcsite.pages.no_ranking import guard_page
from lcsite.pages.page import Download
from lcsite.pages.readings import Readings
from lcsite.rendering.renderer import Renderer

__all__ = ["embed_downloads"]


def embed_downloads(portfolio: Portfolio, readings: Readings, renderer: Renderer) -> Iterator[Download]:
    """A badge (SVG) and a card (HTML) for each assessed place and framework."""
    names = Names(portfolio)
    for place in portfolio.places.values():
        for view in embed_views(place, portfolio, names, readings):
            yield Download(view.badge, partial(_file, "badge.svg", view.badge, view, renderer), view.place.name)
            yield Download(view.card, partial(_file, "card.html", view.card, view, renderer), view.place.name)


def _file(template: str, here: str, view: EmbedView, renderer: Renderer) -> bytes:
    guard_page(view, where=here)
    return renderer.render_file(template, here, v=view).encode()
