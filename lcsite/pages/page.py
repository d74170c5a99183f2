"""What every page has: where it lives, what it is called, where it stands, and a body that is made when it is needed.

Pages say what is shown, as values; they choose no markup and read no file. Sentences of the program are `Words`, which
rendering puts into the reader's language; sentences of authors are plain text or Markdown (`Prose`).
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from lcsite.light_classes import dataclass

__all__ = [
    "Crumb", "Download", "Found", "Home", "Key", "Later", "Lot", "Page", "PlaceName", "Prose", "Shown", "Site", "Trait",
    "Words",
]


Made = TypeVar("Made")


class Later(Generic[Made]):
    """Something that is made of some things when it is asked for.

    `functools.partial` does the same and takes twice the room, and there are some for each page and file of a plan.
    """

    __slots__ = ("_make", "_of")

    def __init__(self, make: Callable[..., Made], *of: object) -> None:
        self._make = make
        self._of = of

    def __call__(self) -> Made:
        return self._make(*self._of)


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence of the program, translated when it is rendered: `Words("{n} place", many="{n} places", n=3)`.

    With `many` the value `n` decides between the two.
    """

    text: str
    many: str
    values: Mapping[str, object]

    def __init__(self, text: str, *, many: str = "", **values: object) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "many", many)
        object.__setattr__(self, "values", MappingProxyType(values))


@dataclass(frozen=True, slots=True)
class Key:
    """A value that rendering finds the word for: an outcome, a country, a kind of place."""

    kind: str
    value: str


Shown = str | Words
"""Text of an author as it stands, or a sentence of the program."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """The name of a place on another page: a list of these stands in the order of names, always (`no_ranking`)."""

    id: str
    name: str
    address: str
    kind: str
    country: str
    demonstration: bool
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    world_region: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    title: Shown
    address: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Authored Markdown, with the file that it came from (for the links in it)."""

    markdown: str
    source: str


@dataclass(frozen=True, slots=True)
class Trait:
    """A value of a facet: one thing by which pages can be narrowed down. `group`: the framework of a criterion.

    `invented` marks a place that was made up to show the method.
    """

    id: str
    words: Shown | Key
    group: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """How the search knows a page: what it can be narrowed down by, and what its card says beside the title."""

    traits: Mapping[str, tuple[Trait, ...]]
    """Facet -> values. The facet `thing` says what the page is and is always there."""
    summary: Shown = ""
    note: tuple[tuple[Shown | Key, ...], ...] = ()
    """The small line: groups of words, such as where and when, then which kind."""
    outcome: str = ""
    quality: str = ""
    from_outside: bool = False
    """Of a practice: how it went, who says so, and whether somebody outside has looked."""
    year: int | None = None

    @property
    def thing(self) -> str:
        return self.traits["thing"][0].id


@dataclass(frozen=True, slots=True)
class Home:
    """The site that a page was copied from; `address` is the whole address of the page there, or empty."""

    title: str
    publisher: str
    address: str
    licence: str
    licence_url: str
    as_of: datetime.date
    copied_on: datetime.date


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. `body` is called once, when the page is rendered, and gives a frozen dataclass."""

    address: str
    kind: str
    """Names the template and the kind of structured data: `place`, `practice`, `criterion` ..."""
    title: Shown
    description: Shown
    body: Callable[[], object]
    crumbs: tuple[Crumb, ...] = ()
    section: str = ""
    """The address of the entry of the main menu under which the page stands."""
    demonstration: bool = False
    language: str | None = None
    """The language of the page where it is not the site's."""
    find: Callable[[], Found] | None = None
    """Says how the search finds and shows the page; None: a list or a tool of the site, which it leaves out."""
    scripts: tuple[str, ...] = ()
    """Scripts of the theme that this page alone needs, as addresses."""
    source: str = ""
    """The authored file behind the page, if there is one."""
    home: Home | None = None
    """Where the page is at home, if this site shows a copy."""
    feed: str = ""
    """The address of the feed about what the page shows."""
    facts: Callable[[], Mapping[str, Any]] = dict
    """Says what programs are told besides title and description; which facts depends on the kind of page."""

    @property
    def found(self) -> Found | None:
        """How the search finds and shows the page, worked out each time; None for what it leaves out."""
        return None if self.find is None else self.find()


@dataclass(frozen=True, slots=True)
class Download:
    """A file that the site publishes beside its pages."""

    address: str
    content: Callable[[], bytes]
    title: Shown = ""
    pieces: Callable[[], Iterable[bytes]] | None = None
    """The same bytes piece by piece, where a file is too large to be held as a whole."""


def _nothing(told: None = None) -> None:
    """What there is to know of most downloads, once they are made."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Downloads that are best made together, by whichever process has time: what one takes serves the others."""

    downloads: tuple[Download, ...]
    tell: Callable[[], Any] = _nothing
    """After they were made: what the first process has to know of it. It survives pickling."""
    learn: Callable[[Any], None] = _nothing
    """Takes up what `tell` gave, in the first process: once for each lot, in any order."""
    beside: str = ""
    """The address of a page that works out the same things: whoever draws it makes the lot with less effort."""
    gathers: bool = False
    """It is put together from what all those lots tell that lie beside a page, so the first process makes it then."""


@dataclass(frozen=True, slots=True)
class Site:
    """Every page and every download, each at an address of its own, in a fixed order."""

    pages: tuple[Page, ...]
    downloads: tuple[Download, ...] = ()
    lots: tuple[Lot, ...] = ()
    """Some of the downloads, in heaps that may be made before the others, in any order, and in any process unless they
    gather.
    """

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for address in (*(page.address for page in self.pages), *(d.address for d in self.downloads)):
            # The file that will be written: some disks tell neither capitals nor kinds of accent apart.
            file = address if address and not address.endswith("/") else f"{address}index.html"
            file = unicodedata.normalize("NFC", unicodedata.normalize("NFC", file).casefold())
            if file in seen:
                raise ValueError(f"two pages or files have the address {address!r}")
            seen.add(file)
