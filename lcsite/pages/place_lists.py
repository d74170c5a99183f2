"""Every list of places. Places stand in the order of their names, whatever is known about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from lcsite.model.place import PlaceKind, WorldRegion
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.names import Names
from lcsite.pages.no_ranking import name_key
from lcsite.pages.page import Crumb, Key, Page, PlaceName, Words

__all__ = ["LetterGroup", "PlaceFacet", "PlaceListBody", "place_facets", "place_list_pages"]

PLACES_CRUMBS = (Crumb(Words("Home"), addresses.home), Crumb(Words("Places"), addresses.cities))


@dataclass(frozen=True, slots=True)
class PlaceFacet:
    """A value that places share: `kind`, `region`, `country` or `framework`; `word` is a key or a title."""

    facet: str
    value: str
    word: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class LetterGroup:
    letter: str
    places: tuple[PlaceName, ...]


@dataclass(frozen=True, slots=True)
class PlaceListBody:
    groups: tuple[LetterGroup, ...]
    demonstrations: tuple[PlaceName, ...]
    pins: tuple[PlaceName, ...]
    facets: tuple[tuple[str, tuple[PlaceFacet, ...]], ...]
    chosen: PlaceFacet | None
    real: int


def place_list_pages(portfolio: Portfolio, names: Names) -> Iterator[Page]:
    """The list of places, and a list for each value that places share."""
    facets = place_facets(portfolio, names)
    everyone = tuple(portfolio.places)
    yield Page(
        address=addresses.cities,
        kind="place-list",
        title=Words("Places"),
        section=addresses.cities,
        description=Words("Cities, towns, villages and regions, by name, with what is known about each."),
        body=partial(_list, names, facets, None, everyone),
        crumbs=PLACES_CRUMBS[:1],
    )
    for _, values in facets:
        for value in values:
            word = value.word if value.facet == "framework" else Key(_KEYS[value.facet], value.word)
            yield Page(
                address=value.address,
                kind="place-list",
                title=Words("Places: {value}", value=word),
                description=Words("Places by name: {value}.", value=word),
                section=addresses.cities,
                body=partial(_list, names, facets, value, _members(portfolio, value)),
                crumbs=PLACES_CRUMBS,
            )


_KEYS = {"kind": "place-kind", "region": "world-region", "country": "country"}


def _members(portfolio: Portfolio, value: PlaceFacet) -> tuple[str, ...]:
    read = _read_by(portfolio).get(value.value, set()) if value.facet == "framework" else set()
    return tuple(
        place.id
        for place in portfolio.places.values()
        if value.value
        in (
            place.kind.value if value.facet == "kind" else None,
            place.world_region.value if value.facet == "region" and not place.demonstration else None,
            place.country.lower() if value.facet == "country" and not place.demonstration else None,
            value.value if place.id in read else None,
        )
    )


def _read_by(portfolio: Portfolio) -> dict[str, set[str]]:
    """Framework -> the places that have a scorecard by it, from answers or from figures alone."""
    found: dict[str, set[str]] = {}
    for assessment in portfolio.assessments:
        found.setdefault(assessment.framework_id, set()).add(assessment.place)
    for place, rows in portfolio.observations.items():
        for row in rows:
            found.setdefault(row.framework_id, set()).add(place)
    return found


def place_facets(portfolio: Portfolio, names: Names) -> tuple[tuple[str, tuple[PlaceFacet, ...]], ...]:
    """By what places can be narrowed down: facet -> the values that they share, each with its count."""
    places = tuple(portfolio.places.values())

    def value(facet: str, id_: str, word: str) -> PlaceFacet:
        found = PlaceFacet(facet, id_, word, 0, addresses.places_by(facet, id_))
        return PlaceFacet(facet, id_, word, len(_members(portfolio, found)), found.address)

    kinds = {place.kind for place in places}
    regions = {place.world_region for place in places if not place.demonstration}
    countries = sorted({place.country for place in places if not place.demonstration})
    frameworks = _read_by(portfolio)
    groups = (
        ("kind", tuple(value("kind", k.value, k.value) for k in PlaceKind if k in kinds)),
        ("region", tuple(value("region", r.value, r.value) for r in WorldRegion if r in regions)),
        ("country", tuple(value("country", c.lower(), c) for c in countries)),
        (
            "framework",
            tuple(value("framework", f.id, f.short_title) for f in names.frameworks.values() if f.id in frameworks),
        ),
    )
    return tuple((facet, values) for facet, values in groups if values)


def _list(
    names: Names,
    facets: tuple[tuple[str, tuple[PlaceFacet, ...]], ...],
    chosen: PlaceFacet | None,
    members: tuple[str, ...],
) -> PlaceListBody:
    places = names.places(members)
    real = tuple(place for place in places if not place.demonstration)
    letters: dict[str, list[PlaceName]] = {}
    for place in real:
        letters.setdefault(name_key(place.name)[0][:1].upper(), []).append(place)
    return PlaceListBody(
        groups=tuple(LetterGroup(letter, tuple(group)) for letter, group in letters.items()),
        demonstrations=tuple(place for place in places if place.demonstration),
        pins=tuple(place for place in real if place.lat is not None),
        facets=facets,
        chosen=chosen,
        real=len(real),
    )
