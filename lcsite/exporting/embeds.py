"""Badges and cards for other sites: a picture and a small page for each place and framework."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.embed_page import EmbedView, embed_view, embeddable
from lcsite.pages.names import Names
from lcsite.pages.no_ranking import guard_page
from lcsite.pages.page import Download, Later
from lcsite.pages.readings import Readings
from lcsite.rendering.renderer import Renderer

__all__ = ["embed_downloads"]


def embed_downloads(portfolio: Portfolio, readings: Readings, renderer: Renderer) -> Iterator[Download]:
    """A badge (SVG) and a card (HTML) for each assessed place and framework."""
    names = Names(portfolio)

    @lru_cache(maxsize=2)  # the badge and the card show the same
    def shown(place_id: str, framework_id: str) -> EmbedView:
        return embed_view(portfolio.places[place_id], framework_id, portfolio, names, readings)

    for place in portfolio.places.values():
        for framework_id in embeddable(place, portfolio, readings):
            view = Later(shown, place.id, framework_id)
            badge, card = addresses.badge(place.id, framework_id), addresses.card_to_embed(place.id, framework_id)
            yield Download(badge, Later(_file, "badge.svg", badge, view, renderer), place.name)
            yield Download(card, Later(_file, "card.html", card, view, renderer), place.name)


def _file(template: str, here: str, make: Callable[[], EmbedView], renderer: Renderer) -> bytes:
    view = make()
    guard_page(view, where=here)
    return renderer.render_file(template, here, view).encode()
