"""The site itself: its name, address, date of record and what it shows. One small file, `content/site.yml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lcsite.model.words import Address, Day, NodeRef, Record, Slug, Source, Text

__all__ = ["Colour", "Language", "MenuEntry", "NewsItem", "ProsePage", "Site"]


Colour = Annotated[str, Field(pattern=r"^#?[0-9a-fA-F]{6}$")]
"""Red, green and blue, two hexadecimal digits each; the # may be left out, because in YAML it begins a comment."""

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


def _without_query(address: str) -> str:
    if "?" in address or "#" in address:
        raise ValueError("the address of the site ends before ? and #, such as https://example.org/portal/")
    return address


class MenuEntry(Record):
    """One entry of the main menu or footer: words and the address of a page, relative to the site's root."""

    title: Text
    page: Annotated[str, Field(pattern=r"^([a-z0-9-]+/)*$")]


class NewsItem(Record):
    """A line of *new and changed* on the home page."""

    date: Day
    text: Text
    page: Annotated[str, Field(pattern=r"^([a-z0-9.-]+/)*$")] | None = None


class Site(Record):
    """What a site says about itself."""

    title: Text
    tagline: Text
    description: Text
    as_of: Day = Field(
        description="the day up to which the site speaks; ages are counted from it, never from a clock"
    )
    url: Annotated[Address, AfterValidator(_without_query)] | None = Field(
        None, description="where the site will be published; needed for feeds, sitemap and cards only"
    )
    language: Language = "en"
    publisher: Text
    licence: Text = "CC BY 4.0"
    licence_url: Address = "https://creativecommons.org/licenses/by/4.0/"
    contact: Text | None = Field(None, description="how readers can reach the publisher, in words or as a mail address")
    report_url: Address | None = Field(
        None, description="where 'this is wrong, I know more' leads; left out: the contribute page"
    )
    source_url: Address | None = Field(
        None, description="where the source files can be read, without a slash at the end"
    )
    frameworks: tuple[Annotated[str, Field(pattern=r"^(builtin:)?[a-z0-9]+(-[a-z0-9]+)*$")], ...] = Field(
        (),
        description="which frameworks to show; `builtin:<id>` is one of the package; left out: all in content/criteria",
    )
    builtin: tuple[Literal["learn", "method", "tools"], ...] = Field(
        (),
        description="what else to take from the package: its learning pages, the page about the method, its tools; "
        "an own file with the same name goes before the one of the package",
    )
    colour: Colour | None = Field(
        None, description="the colour of the site; made darker or lighter as far as it has to be to be readable"
    )
    logo: Annotated[str, Field(pattern=r"^([a-z0-9-]+/)*media/[a-z0-9.-]+$")] | None = Field(
        None, description="an image below content/, PNG, JPEG or WebP, such as media/logo.png"
    )
    host_files: tuple[Literal["apache", "caddy", "github-pages", "netlify", "nginx"], ...] = Field(
        (), description="for which servers the build writes a file with the headers that protect readers"
    )
    menu: tuple[MenuEntry, ...] = ()
    footer: tuple[MenuEntry, ...] = ()
    news: tuple[NewsItem, ...] = ()


class ProsePage(Record):
    """A page that people wrote. `path` is its file below `content/` without `.md`; `body` is Markdown."""

    path: Annotated[str, Field(pattern=r"^([a-z0-9.-]+/)*[a-z0-9.-]+$")]
    title: Text
    summary: Text
    order: int = 100
    label: Text | None = None
    criteria: tuple[NodeRef, ...] = ()
    tools: tuple[Slug, ...] = ()
    practices: tuple[Slug, ...] = ()
    sources: tuple[Source, ...] = ()
    body: str = ""
