"""What a page tells the search about itself, as words: its values for each facet, its card, its place in an order.

Whoever indexes the finished site finds these words in the page; nothing here is shown on it.
"""

from __future__ import annotations

import re
from typing import Any

from lcsite.pages.no_ranking import name_key
from lcsite.pages.page import Page
from lcsite.rendering.renderer import Fragment, Renderer

__all__ = ["EVERY_PAGE", "search_marks"]

EVERY_PAGE = "ꙮ"
"""A word that stands on every page and that nobody types. Without a word the search would fetch its whole index."""

_BEFORE_THE_FIRST_LETTER = re.compile(r"^\W+")


def search_marks(page: Page, fragment: Fragment, renderer: Renderer) -> dict[str, Any] | None:
    """Filters (facet, value), card (key, words) and orders (name, sort key); None for a page that is not searched."""
    found = page.found
    if found is None:
        return None
    groups = (", ".join(renderer.say(words) for words in group) for group in found.note)
    card = {
        "thing": found.thing,
        "summary": renderer.say(found.summary),
        "note": " · ".join(groups),
        "outcome": found.outcome,
        "quality": renderer.label(found.quality, "quality") if found.quality else "",
        "outside": "yes" if found.from_outside else "",
        "invented": "yes" if page.demonstration else "",
        "every": EVERY_PAGE,
        "language": fragment.language if fragment.language != renderer.language else "",
    }
    return {
        "filters": [(facet, renderer.trait(trait)) for facet, traits in found.traits.items() for trait in traits],
        "card": [(key, words) for key, words in card.items() if words],
        "orders": _orders(fragment.title, found.year),
    }


def _orders(title: str, year: int | None) -> list[tuple[str, str]]:
    """Sort keys, both read upwards. The newest year comes first; within a year, and without one, titles decide."""
    plain = _BEFORE_THE_FIRST_LETTER.sub("", name_key(title)[0]) or title
    return [("title", plain), ("newest", f"{9999 - year if year else 9999:04d} {plain}")]
