"""The component sheet: every drawing and box of the site, live, for those who change its look; in no menu or index."""

from __future__ import annotations

from collections.abc import Iterator

from lcsite.light_classes import dataclass
from lcsite.pages import addresses
from lcsite.pages.page import Crumb, Page, Words

__all__ = ["ComponentsBody", "component_pages"]


@dataclass(frozen=True, slots=True)
class ComponentsBody:
    """All else on the sheet is an example and stands in its template."""

    land: str = "assets/lcsite/land.svg"
    """Where the outline of the world's land lives."""


def component_pages() -> Iterator[Page]:
    """The one page, in English: its readers are developers."""
    yield Page(
        address=addresses.components,
        kind="components",
        title=Words("Component sheet"),
        description=Words("Every component of this site, live, in every state: for those who change how it looks."),
        body=ComponentsBody,
        crumbs=(Crumb(Words("Home"), addresses.home),),
    )
