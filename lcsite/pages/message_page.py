"""How to take part, where the site has no page of its own for it, and what every message of the check means.

Both are written by the program, so that no link to them is ever dead and no code goes unexplained.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lcsite.light_classes import dataclass
from lcsite.model import own_pages
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.page import Crumb, Page, Words

__all__ = ["ContributeBody", "MessageBody", "message_pages"]


@dataclass(frozen=True, slots=True)
class ContributeBody:
    """Whom to tell, as far as the site says so."""

    publisher: str
    contact: str
    source_url: str
    messages: str
    """The address of the page about messages."""


@dataclass(frozen=True, slots=True)
class MessageBody:
    """(code, title, explanation) in the order of codes."""

    messages: tuple[tuple[str, str, str], ...]


def message_pages(portfolio: Portfolio, codes: Mapping[str, tuple[str, str]]) -> Iterator[Page]:
    """The page that explains the codes (code -> title, explanation), and one about taking part if nobody wrote it."""
    site, index = portfolio.site, portfolio.prose.get("contribute/index")
    home = Crumb(Words("Home"), addresses.home)
    title = index.title if index else Words("Contribute")
    if index is None:
        yield Page(
            address=addresses.contribute,
            kind="contribute",
            title=title,
            description=Words("How to add something to this site, or to say that something is wrong."),
            body=lambda: ContributeBody(
                site.publisher, site.contact or "", site.source_url or "", addresses.problem_codes
            ),
            crumbs=(home,),
            section=addresses.contribute,
            source=own_pages.CONTRIBUTE,
        )
    yield Page(
        address=addresses.problem_codes,
        kind="messages",
        title=Words("What the messages mean"),
        description=Words("Every message of the check, with what it means and how to mend it."),
        body=lambda: MessageBody(tuple((code, *codes[code]) for code in sorted(codes))),
        crumbs=(home, Crumb(title, addresses.contribute)),
        section=addresses.contribute,
        source=own_pages.PROBLEM_CODES,
    )
