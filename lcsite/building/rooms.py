"""Opens the rooms of a whole build: imports what reads, and what makes pages and files, at moments that somebody else
chooses.
"""

from __future__ import annotations

from importlib import import_module

__all__ = ["open_reading_rooms", "open_rooms"]

_ROOMS = (
    "lcsite.pipeline", "lcsite.exporting.downloads", "lcsite.exporting.lots", "lcsite.exporting.outward",
    "lcsite.mkdocs_plugin.engine", "lcsite.pages.site_plan", "lcsite.publishing.output_check",
    "lcsite.publishing.publish", "lcsite.rendering.social_cards",
)


def open_reading_rooms() -> None:
    """Import what reads. What judges comes later: a second process can parse as soon as this one knows how to."""
    import_module("lcsite.checked_site")


def open_rooms() -> None:
    """Import what makes pages and files, and have the parser of texts ready, which imports a lot when it is made."""
    for room in _ROOMS:
        import_module(room)
    import_module("lcsite.rendering.prose").make_ready()
