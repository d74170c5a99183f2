"""A place: community, village, town, city, region or partnership, with what is published about it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from lcsite.model.words import Count, Exact, Figure, Record, Slug, Source, Text, Year

__all__ = [
    "Award",
    "BudgetPerHead",
    "Coordinates",
    "Country",
    "Membership",
    "Place",
    "PlaceKind",
    "Population",
    "WorldRegion",
]

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2 (or EU for the European Union)."""


class PlaceKind(StrEnum):
    COMMUNITY = "community"
    VILLAGE = "village"
    TOWN = "town"
    CITY = "city"
    REGION = "region"
    PARTNERSHIP = "partnership"


class WorldRegion(StrEnum):
    """The regions in which UNESCO groups its member states."""

    AFRICA = "africa"
    ARAB_STATES = "arab-states"
    ASIA_AND_THE_PACIFIC = "asia-and-the-pacific"
    EUROPE_AND_NORTH_AMERICA = "europe-and-north-america"
    LATIN_AMERICA_AND_THE_CARIBBEAN = "latin-america-and-the-caribbean"


class Coordinates(Record):
    """Where the pin stands, in decimal degrees."""

    lat: Annotated[Exact, Field(ge=-90, le=90)]
    lon: Annotated[Exact, Field(ge=-180, le=180)]
    note: Text | None = None


class Population(Record):
    """How many people live in the place (or in `scope`)."""

    value: Annotated[Count, Field(ge=1)]
    year: Year | None = None
    scope: Text | None = None
    note: Text | None = None
    check: Text | None = None
    source: Source


class BudgetPerHead(Record):
    """The public budget of the place for each person, in units of `currency` (ISO 4217) a year."""

    value: Annotated[Exact, Field(gt=0)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    year: Year
    note: Text | None = None
    source: Source


class Award(Record):
    """An award: it shows that a jury liked an application, not that something worked."""

    name: Text
    year: Year


class Membership(Record):
    """A network that the place belongs to."""

    name: Text
    joined: Year | None = None
    awards: tuple[Award, ...] = ()
    check: Text | None = None
    sources: tuple[Source, ...] = ()


class Place(Record):
    """One place. `id` is the name of its folder; `profile` is the body of its index page, still Markdown."""

    id: Slug
    name: Text
    names: dict[Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")], Text] = Field(default_factory=dict)
    kind: PlaceKind
    country: Country
    world_region: WorldRegion
    part_of: Slug | None = None
    demonstration: bool = False
    coordinates: Coordinates | None = None
    population: Population | None = None
    budget_per_head: BudgetPerHead | None = None
    networks: tuple[Membership, ...] = ()
    context: tuple[Figure, ...] = ()
    stakeholders: tuple[Text, ...] = ()
    sources: tuple[Source, ...] = ()
    gaps: Text | None = None
    contact: Text | None = Field(None, description="a public contact; the one field where a mail address is expected")
    profile: str = ""
