"""Where a place or practice is at home that this site shows from a copy, and which authored file is behind its page."""

from __future__ import annotations

from lcsite.model.portfolio import Portfolio
from lcsite.pages.page import Home

__all__ = ["file_of", "home_of"]


def home_of(portfolio: Portfolio, kind: str, id_: str) -> Home | None:
    """What a page says about its origin; `kind` is `place` or `practice`. None for what this site itself has."""
    site = portfolio.home_of(kind, id_)
    if site is None:
        return None
    return Home(
        site.title, site.publisher, site.page(kind, id_), site.licence, site.licence_url, site.as_of, site.copied_on
    )


def file_of(portfolio: Portfolio, kind: str, id_: str) -> str:
    """The file in which a place or practice is written, from the folder of the site."""
    if (site := portfolio.home_of(kind, id_)) is not None:
        return site.files[kind, id_]
    return f"cities/{id_}/index.md" if kind == "place" else f"content/toolbox/practices/{id_}.md"
