"""The sheets of tools as files that can be edited: Markdown as it was written, and a document for a word processor.

What a sheet says is decided by its author alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lcsite.model.portfolio import Portfolio
from lcsite.model.site import Site
from lcsite.model.toolbox import Tool
from lcsite.pages import addresses
from lcsite.pages.page import Download

__all__ = ["markdown_sheet", "sheet_downloads", "word_sheet"]


def sheet_downloads(portfolio: Portfolio) -> Iterator[Download]:
    """The sheets of all tools that have one, by tool."""
    for id_ in sorted(portfolio.tools):
        tool = portfolio.tools[id_]
        if tool.template.strip():
            for suffix, write in (("docx", word_sheet), ("md", markdown_sheet)):
                yield Download(addresses.tool_template(id_, suffix), partial(write, tool, portfolio.site), tool.title)


def markdown_sheet(tool: Tool, site: Site) -> bytes:
    """The sheet as Markdown, with its title above and where it comes from below."""
    return f"# {tool.title}\n\n{tool.template.strip()}\n\n---\n\n{_footer(tool, site)}\n".encode()


def word_sheet(tool: Tool, site: Site) -> bytes:
    """The sheet as a document (Office Open XML)."""
    from lcsite.exporting.word_document import word_document  # the library behind it takes a while to read

    return word_document(tool, site, _footer(tool, site))


def _footer(tool: Tool, site: Site) -> str:
    return f"{site.title}: {tool.title}. {site.licence}, {site.licence_url}"
