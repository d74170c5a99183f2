"""Opens the rooms of a whole build: imports what makes pages and files, at a moment that somebody else chooses."""

from __future__ import annotations

from importlib import import_module

__all__ = ["open_rooms"]

_ROOMS = (
    "lcsite.exporting.downloads", "lcsite.exporting.lots", "lcsite.exporting.outward", "lcsite.mkdocs_plugin.engine",
    "lcsite.pages.site_plan", "lcsite.rendering.social_cards",
)


def open_rooms() -> None:
    """Import them; whatever is imported already costs nothing."""
    for room in _ROOMS:
        import_module(room)
