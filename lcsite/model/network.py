"""Other sites: those that this one gathers or searches, what such a site says of itself, and what a copy came from.

It fetches nothing and knows no file.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from lcsite.light_classes import dataclass
from lcsite.model.place import Country, PlaceKind
from lcsite.model.words import Address, Count, Day, Record, Slug, Text

__all__ = [
    "MANIFEST_VERSION", "CopyNote", "GatheredSite", "Listed", "ListedFile", "ListedPlace", "ListedPractice", "Manifest",
    "Network", "NetworkSite",
]

MANIFEST_VERSION = "1"

FilePath = Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9.-]*/)*[a-z0-9][a-z0-9.-]*$", max_length=200)]
PagePath = Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9.-]*/)+$", max_length=200)]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class NetworkSite(Record):
    """One other site, as `content/network.yml` names it."""

    id: Slug = Field(
        description="your own short name for it; the folder of its copy has this name", examples=["sampleby"]
    )
    source: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)] = Field(
        alias="from", description="the address at which it is published, or a folder that holds its finished site",
        examples=["https://learning.example.org/"],
    )
    title: Text | None = Field(
        None, description="its name, beside what the search finds there", examples=["Sampleby learns"]
    )
    join: Literal["copy", "search"] = Field(
        "copy", description="copy: lcsite gather keeps a copy of its places; search: readers find its pages here",
        examples=["copy"],
    )
    licence: Text | None = Field(
        None, description="the licence under which you take its files; needed for a copy, and compared each time",
        examples=["CC BY 4.0"],
    )
    places: tuple[Slug, ...] = Field(
        (), description="which of its places to take; left out: all", examples=[["sampleby"]]
    )
    part_of: Slug | None = Field(
        None, description="the place of this site that its places belong to", examples=["sample-county"]
    )
    rename: dict[Slug, Slug] = Field(
        default_factory=dict, description="another id for a place or practice whose id is taken here",
        examples=[{"sampleby": "sampleby-in-wales"}],
    )

    @model_validator(mode="after")
    def _goes_together(self) -> NetworkSite:
        if self.join == "copy" and self.licence is None:
            raise ValueError("a copy needs licence, the licence under which you take the files")
        if self.join == "search" and not self.is_address:
            raise ValueError("the search joins sites by their address, which begins with https://")
        if self.join == "search" and (self.licence or self.places or self.part_of or self.rename):
            raise ValueError("licence, places, part_of and rename are for copies")
        return self

    @property
    def home(self) -> str:
        """Its address with a slash at the end."""
        return self.source.rstrip("/") + "/"

    @property
    def is_address(self) -> bool:
        return self.source.startswith(("https://", "http://"))


class Network(Record):
    """`content/network.yml`: the sites that this one shows, by their own account."""

    sites: tuple[NetworkSite, ...] = Field((), description="the other sites")

    @property
    def searched(self) -> tuple[NetworkSite, ...]:
        """The sites whose pages the search finds too."""
        return tuple(site for site in self.sites if site.join == "search")


class Listed(Record):
    """A part of a site's own account. Keys that are newer than this program are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ListedPlace(Listed):
    place: Slug
    demonstration: bool
    name: Text
    kind: PlaceKind
    country: Country
    page: PagePath
    gathered_from: Text | None = None
    files: tuple[FilePath, ...] = ()


class ListedPractice(Listed):
    practice: Slug
    demonstration: bool
    title: Text
    places: tuple[Slug, ...] = ()
    page: PagePath
    gathered_from: Text | None = None
    file: FilePath | None = None


class ListedFile(Listed):
    name: FilePath
    size: Count
    sha256: Fingerprint


class Manifest(Listed):
    """`lcsite.json` as another site publishes it."""

    manifest_version: Literal["1"]
    title: Text
    publisher: Text
    url: Address | None = None
    as_of: Day
    licence: Text
    licence_url: Address
    places: tuple[ListedPlace, ...] = ()
    practices: tuple[ListedPractice, ...] = ()
    files: tuple[ListedFile, ...] = ()


class CopyNote(Record):
    """`copied.yml` beside a copy: where it came from and when."""

    source: Text = Field(alias="from")
    on: Day


@dataclass(frozen=True, slots=True)
class GatheredSite:
    """Where a copied place or practice is at home."""

    id: str
    title: str
    publisher: str
    home: str
    """Its address with a slash at the end; empty where it is not known."""
    licence: str
    licence_url: str
    as_of: datetime.date
    copied_on: datetime.date
    pages: Mapping[tuple[str, str], str]
    """(`place` or `practice`, id here) -> the address of the page at home, from its root."""
    files: Mapping[tuple[str, str], str]
    """(`place` or `practice`, id here) -> the file of the copy, from the folder of this site."""

    def page(self, kind: str, id_: str) -> str:
        """The whole address of the page at home; empty where it is not known."""
        return self.home + self.pages[kind, id_] if self.home else ""
