"""What the messages mean: a paragraph for every problem code, written by the program so that none can be missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.page import Crumb, Page, Words

__all__ = ["MessageBody", "message_pages"]


@dataclass(frozen=True, slots=True)
class MessageBody:
    """(code, title, explanation) in the order of codes."""

    messages: tuple[tuple[str, str, str], ...]


def message_pages(portfolio: Portfolio, codes: Mapping[str, tuple[str, str]]) -> Iterator[Page]:
    """The page that explains the codes: code -> (title, explanation)."""
    index = portfolio.prose.get("contribute/index")
    crumbs = [Crumb(Words("Home"), addresses.home)]
    if index:
        crumbs.append(Crumb(index.title, addresses.contribute))
    yield Page(
        address=addresses.problem_codes,
        kind="messages",
        title=Words("What the messages mean"),
        description=Words("Every message of the check, with what it means and how to mend it."),
        body=lambda: MessageBody(tuple((code, *codes[code]) for code in sorted(codes))),
        crumbs=tuple(crumbs),
        section=addresses.contribute,
        source="content/contribute/problem-codes.md",  # not a file: the name by which authors link to this page
    )
