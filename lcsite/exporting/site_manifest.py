"""`lcsite.json`: what a program has to know of a site that it has never seen. Who speaks, under which licence, in which
versions, about which places, and which files there are, each with its fingerprint.

A network's site reads this file when it gathers others. It holds no score.
"""

from __future__ import annotations

from typing import Annotated

from lcsite import __version__
from lcsite.exporting.catalogue import SCHEMA_VERSION, FrameworkVersion
from lcsite.exporting.files import DataFiles
from lcsite.exporting.listed import ListedFile, of_site
from lcsite.exporting.shape import columns_of
from lcsite.exporting.writing import json_bytes, with_list
from lcsite.light_classes import dataclass
from lcsite.model.network import MANIFEST_VERSION
from lcsite.model.place import PlaceKind
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.dictionary import Column, DataFile

__all__ = ["MANIFEST_FILE", "account_of_site", "manifest_bytes"]

_SOURCE = "source/"


@dataclass(frozen=True, slots=True)
class ListedPlace:
    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    name: Annotated[str, "Its name."]
    kind: Annotated[PlaceKind, "What kind of place it is."]
    country: Annotated[str, "ISO 3166-1 alpha-2."]
    page: Annotated[str, "The address of its page, from the root of the site."]
    gathered_from: Annotated[str | None, "Where the site gathered it: its home, which has the files."]
    files: Annotated[tuple[str, ...], "Its files in the form in which they are written, from the root of the site."]


@dataclass(frozen=True, slots=True)
class ListedPractice:
    practice: Annotated[str, "The id of the practice."]
    demonstration: Annotated[bool, "true: the practice is invented."]
    title: Annotated[str, "Its title."]
    places: Annotated[tuple[str, ...], "The ids of its places."]
    page: Annotated[str, "The address of its page, from the root of the site."]
    gathered_from: Annotated[str | None, "Where the site gathered it: its home, which has the file."]
    file: Annotated[str | None, "Its file in the form in which it is written, from the root of the site."]


@dataclass(frozen=True, slots=True)
class SiteManifest:
    """What a site says of itself to programs."""

    manifest_version: Annotated[str, "The version of the shape of this file; within one, no key is renamed or dropped."]
    data_version: Annotated[str, "The version of the shape of the open data, as schema_version in index.json."]
    lcsite_version: Annotated[str, "The program that made the site."]
    title: Annotated[str, "The title of the site."]
    publisher: Annotated[str, "Who publishes it."]
    url: Annotated[str | None, "Where it is published."]
    contact: Annotated[str | None, "How the publisher can be reached."]
    language: Annotated[str, "The language of the site."]
    as_of: Annotated[str, "The day up to which the site speaks."]
    licence: Annotated[str, "The licence of text and data."]
    licence_url: Annotated[str, "Its address."]
    frameworks: Annotated[tuple[FrameworkVersion, ...], "The frameworks and their versions."]
    places: Annotated[tuple[ListedPlace, ...], "The places, by id."]
    practices: Annotated[tuple[ListedPractice, ...], "The practices, by id."]
    files: Annotated[tuple[ListedFile, ...], "Every file of the open data, by name."]


def _home(portfolio: Portfolio, kind: str, id_: str) -> str | None:
    site = portfolio.home_of(kind, id_)
    return (site.home or site.title) if site else None


def manifest_bytes(files: DataFiles) -> bytes:
    """The file `lcsite.json`, with the same bytes every time."""
    return with_list(files.account or account_of_site(files), "files", of_site(files.listed))


def account_of_site(files: DataFiles) -> bytes:
    """The same without its list of files, so that it can be put together before there are any."""
    portfolio = files.tables.portfolio
    site = portfolio.site
    sources = {name.removeprefix(_SOURCE) for name in files.by_name if name.startswith(_SOURCE)}

    def published(path: str) -> str:
        return addresses.data_file(_SOURCE + path)

    by_place: dict[str, list[str]] = {}
    for path in sorted(sources):
        if path.startswith("cities/"):
            by_place.setdefault(path.split("/")[1], []).append(published(path))

    manifest = SiteManifest(
        manifest_version=MANIFEST_VERSION, data_version=SCHEMA_VERSION, lcsite_version=__version__,
        title=site.title, publisher=site.publisher, url=site.url, contact=site.contact, language=site.language,
        as_of=site.as_of.isoformat(), licence=site.licence, licence_url=site.licence_url,
        frameworks=tuple(FrameworkVersion(each.id, each.version) for each in files.tables.frameworks),
        places=tuple(
            ListedPlace(
                place.id, place.demonstration, place.name, place.kind, place.country, addresses.place(place.id),
                _home(portfolio, "place", place.id),
                tuple(by_place.get(place.id, ())),
            )
            for _, place in sorted(portfolio.places.items())
        ),
        practices=tuple(
            ListedPractice(
                practice.id, practice.demonstration, practice.title, practice.places, addresses.practice(practice.id),
                _home(portfolio, "practice", practice.id),
                published(path) if (path := f"content/toolbox/practices/{practice.id}.md") in sources else None,
            )
            for _, practice in sorted(portfolio.practices.items())
        ),
        files=(),
    )
    return json_bytes(manifest, where=addresses.manifest)


MANIFEST_FILE = DataFile(
    addresses.manifest, "What programs have to know of this site: who, licence, versions, places, files",
    "the whole file", tuple(Column(c.name, c.type, c.description) for c in columns_of(SiteManifest)),
    address=addresses.manifest,
)
