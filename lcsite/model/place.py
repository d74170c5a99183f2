"""A place: community, village, town, city, region or partnership, with what is published about it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lcsite.model.late_text import text_field
from lcsite.model.words import Choice, Count, Exact, Figure, Record, Slug, Source, Text, Year

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

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["JP"])]
"""ISO 3166-1 alpha-2 (or EU for the European Union)."""


class PlaceKind(Choice):
    """What sort of place it is."""

    COMMUNITY = "community", "people who share a neighbourhood, a purpose or a way of life"
    VILLAGE = "village", "a small place in the country"
    TOWN = "town", "between a village and a city, as people there say"
    CITY = "city", "a city, whatever its size"
    REGION = "region", "a district, county, province or country with several places in it"
    PARTNERSHIP = "partnership", "organisations or places that work together"


class WorldRegion(Choice):
    """The regions in which UNESCO groups its member states."""

    AFRICA = "africa", "Africa"
    ARAB_STATES = "arab-states", "Arab States"
    ASIA_AND_THE_PACIFIC = "asia-and-the-pacific", "Asia and the Pacific"
    EUROPE_AND_NORTH_AMERICA = "europe-and-north-america", "Europe and North America"
    LATIN_AMERICA_AND_THE_CARIBBEAN = "latin-america-and-the-caribbean", "Latin America and the Caribbean"


class Coordinates(Record):
    """Where the pin stands, in decimal degrees."""

    lat: Annotated[Exact, Field(ge=-90, le=90)] = Field(
        description="degrees north of the equator, south with a minus", examples=[51.9]
    )
    lon: Annotated[Exact, Field(ge=-180, le=180)] = Field(
        description="degrees east of Greenwich, west with a minus", examples=[-3.2]
    )
    note: Text | None = Field(None, description="where exactly the pin stands", examples=["The town hall"])


class Population(Record):
    """How many people live in the place (or in `scope`)."""

    value: Annotated[Count, Field(ge=1)] = Field(description="how many people", examples=[18400])
    year: Year | None = Field(None, description="the year in which they were counted")
    scope: Text | None = Field(
        None, description="what the number covers where that is not the place itself", examples=["with its suburbs"]
    )
    note: Text | None = Field(None, description="anything to keep in mind", examples=["Students are counted at home."])
    check: Text | None = Field(
        None, description="what a second reader found; left out means not looked up again",
        examples=["Confirmed in the register"],
    )
    source: Source = Field(description="where the number is published")


class BudgetPerHead(Record):
    """The public budget of the place for each person, in units of `currency` (ISO 4217) a year."""

    value: Annotated[Exact, Field(gt=0)] = Field(description="money for each person in a year", examples=[1350])
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = Field(
        description="three capital letters (ISO 4217)", examples=["EUR"]
    )
    year: Year = Field(description="the year of the budget")
    note: Text | None = Field(None, description="what is in it and what is not", examples=["Without schools"])
    source: Source = Field(description="where the budget is published")


class Award(Record):
    """An award: it shows that a jury liked an application, not that something worked."""

    name: Text = Field(description="what the award is called", examples=["UNESCO Learning City Award"])
    year: Year = Field(description="the year of the award")


class Membership(Record):
    """A network that the place belongs to."""

    name: Text = Field(description="what the network is called", examples=["UNESCO Global Network of Learning Cities"])
    joined: Year | None = Field(None, description="the year in which the place joined", examples=[2021])
    awards: tuple[Award, ...] = Field((), description="awards of this network; they raise no score")
    check: Text | None = Field(
        None, description="what a second reader found; left out means not looked up again",
        examples=["Confirmed in the list of members"],
    )
    sources: tuple[Source, ...] = Field((), description="where the membership can be looked up")


class Place(Record):
    """One place. `id` is the name of its folder; `profile` is the body of its index page, still Markdown."""

    id: Slug
    name: Text = Field(description="the name of the place, as its people write it", examples=["Sampleby"])
    names: dict[Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")], Text] = Field(
        default_factory=dict, description="the name in other languages, by language code, where you are sure",
        examples=[{"cy": "Tre Sampl"}],
    )
    kind: PlaceKind = Field(description="what it is", examples=["town"])
    country: Country = Field(
        description="two capital letters (ISO 3166-1); EU for the European Union", examples=["GB"]
    )
    world_region: WorldRegion = Field(description="where it lies", examples=["europe-and-north-america"])
    part_of: Slug | None = Field(
        None, description="the id of the place around it, if that place is on the site", examples=["sample-county"]
    )
    demonstration: bool = Field(False, description="true: the place is invented, and every page about it says so")
    coordinates: Coordinates | None = Field(None, description="where the pin stands on the map")
    population: Population | None = Field(None, description="how many people live there")
    budget_per_head: BudgetPerHead | None = Field(
        None, description="the public budget for each person; resource readings rest on it"
    )
    networks: tuple[Membership, ...] = Field((), description="networks that the place belongs to")
    context: tuple[Figure, ...] = Field((), description="published figures beside the scorecards")
    stakeholders: tuple[Text, ...] = Field(
        (), description="who takes part, by the name of the organisation, never of a person",
        examples=[["Sampleby council", "Adult college"]],
    )
    sources: tuple[Source, ...] = Field((), description="what the profile rests on")
    gaps: Text | None = Field(
        None, description="what was looked for and not found", examples=["Nobody counts who takes part in courses."]
    )
    contact: Text | None = Field(
        None, description="a public contact; the one field where a mail address is expected",
        examples=["learning@example.org"],
    )
    profile: str = ""


text_field(Place, "profile")
