"""The pages of some authored files, planned without all the others.

Only for files whose pages rest on little: practices, and pages that stand by themselves. Each is planned by the same
room that plans it among all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from lcsite.linking import LinkGraph
from lcsite.model.portfolio import Portfolio
from lcsite.pages.names import Names
from lcsite.pages.page import Page

__all__ = ["pages_of_files"]

_PRACTICES = "content/toolbox/practices/"


def pages_of_files(
    files: Collection[str], portfolio: Portfolio, links: Callable[[], LinkGraph], names: Names
) -> Iterator[Page]:
    """The pages of those of the files for which that is possible; `links` are asked for only where they are needed.

    Each room is opened when it is needed too.
    """
    practices = {file.removeprefix(_PRACTICES).removesuffix(".md") for file in files if file.startswith(_PRACTICES)}
    if found := [portfolio.practices[id_] for id_ in sorted(practices) if id_ in portfolio.practices]:
        from lcsite.pages.toolbox_pages import practice_pages

        yield from practice_pages(found, portfolio, links(), names)
    if len(practices) < len(files):
        from lcsite.pages.prose_pages import prose_pages

        yield from (page for page in prose_pages(portfolio, names) if page.source in files)
