"""The site itself: its name, address, date of record and what it shows. One small file, `content/site.yml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lcsite.model.words import Address, Day, NodeRef, Record, Slug, Source, Text

__all__ = ["Colour", "Desk", "Language", "MenuEntry", "NewsItem", "ProsePage", "Site"]


Colour = Annotated[str, Field(pattern=r"^#?[0-9a-fA-F]{6}$", examples=["#12436d"])]
"""Red, green and blue, two hexadecimal digits each; the # may be left out, because in YAML it begins a comment."""

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", examples=["en-GB"])]


def _without_query(address: str) -> str:
    if "?" in address or "#" in address:
        raise ValueError("the address of the site ends before ? and #, such as https://example.org/portal/")
    return address


class MenuEntry(Record):
    """One entry of the main menu or footer: words and the address of a page, relative to the site's root."""

    title: Text = Field(description="the words of the entry", examples=["Toolbox"])
    page: Annotated[str, Field(pattern=r"^([a-z0-9-]+/)*$")] = Field(
        description="the address of the page, from the root of the site, with a slash at its end", examples=["toolbox/"]
    )


class NewsItem(Record):
    """A line of *new and changed* on the home page."""

    date: Day = Field(description="the day of the news")
    text: Text = Field(description="one line", examples=["Our first answers are out."])
    page: Annotated[str, Field(pattern=r"^([a-z0-9.-]+/)*$")] | None = Field(
        None, description="the page that it leads to, with a slash at the end of its address",
        examples=["cities/sampleby/"],
    )


class Desk(Record):
    """The editing desk at /admin/: the service in which the files of the site are kept."""

    service: Literal["github", "gitlab"] = Field(description="which service", examples=["github"])
    repository: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$")] = Field(
        description="the repository, as OWNER/NAME", examples=["sampleby/learns"]
    )
    branch: Annotated[str, Field(pattern=r"^[A-Za-z0-9_./-]+$")] = Field(
        "main", description="the branch from which the site is published", examples=["main"]
    )
    server: Annotated[str, Field(pattern=r"^https://[a-z0-9.-]+(:[0-9]{1,5})?$")] | None = Field(
        None, description="the address of a GitLab of your own, without a slash at its end",
        examples=["https://gitlab.example.org"],
    )


class Site(Record):
    """What a site says about itself."""

    title: Text = Field(description="the name of the site", examples=["Sampleby learns"])
    tagline: Text = Field(
        description="one line below the name", examples=["What we know about learning here, and what we do not."]
    )
    description: Text = Field(
        description="what the site is, in a sentence or two, for search engines and the home page",
        examples=["What our place does so that people of every age can learn."],
    )
    as_of: Day = Field(
        description="the day up to which the site speaks; ages are counted from it, never from a clock"
    )
    url: Annotated[Address, AfterValidator(_without_query)] | None = Field(
        None, description="where the site will be published; needed for feeds, sitemap and cards only",
        examples=["https://learning.example.org/"],
    )
    language: Language = Field("en", description="the language of the site")
    publisher: Text = Field(description="who answers for the site", examples=["Sampleby learning council"])
    licence: Text = Field("CC BY 4.0", description="the licence of texts and data", examples=["CC BY 4.0"])
    licence_url: Address = Field(
        "https://creativecommons.org/licenses/by/4.0/", description="where the licence can be read",
        examples=["https://creativecommons.org/licenses/by/4.0/"],
    )
    contact: Text | None = Field(
        None, description="how readers can reach the publisher, in words or as a mail address",
        examples=["learning@example.org"],
    )
    report_url: Address | None = Field(
        None, description="where 'this is wrong, I know more' leads; left out: the contribute page",
        examples=["https://learning.example.org/tell-us"],
    )
    source_url: Address | None = Field(
        None, description="where the source files can be read, without a slash at the end",
        examples=["https://example.org/our-files"],
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
    admin: Desk | None = Field(
        None, description="an editing desk in the browser at admin/; left out: there is none"
    )
    menu: tuple[MenuEntry, ...] = Field((), description="the entries of the main menu")
    footer: tuple[MenuEntry, ...] = Field((), description="links at the foot of every page")
    news: tuple[NewsItem, ...] = Field((), description="lines of new and changed on the home page, newest first")


class ProsePage(Record):
    """A page that people wrote. `path` is its file below `content/` without `.md`; `body` is Markdown."""

    path: Annotated[str, Field(pattern=r"^([a-z0-9.-]+/)*[a-z0-9.-]+$")]
    title: Text = Field(description="the heading of the page", examples=["What is a reading hour?"])
    summary: Text = Field(
        description="one plain sentence", examples=["An hour in which one person reads aloud and others listen."]
    )
    order: int = Field(100, description="pages of a folder stand in this order; smaller first", examples=[40])
    label: Text | None = Field(None, description="a printed number that belongs to the page", examples=["Step 2"])
    criteria: tuple[NodeRef, ...] = Field(
        (), description="criteria that the page is about, each as FRAMEWORK/ID", examples=[["street-libraries/access"]]
    )
    tools: tuple[Slug, ...] = Field((), description="ids of tools to go on with", examples=[["learner-survey"]])
    practices: tuple[Slug, ...] = Field(
        (), description="ids of practices that show it", examples=[["vouchers-nobody-used"]]
    )
    sources: tuple[Source, ...] = Field((), description="what the page rests on")
    body: str = ""
