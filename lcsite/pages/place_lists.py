"""Every list of places. Places stand in the order of their names, whatever is known about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from lcsite.light_classes import dataclass
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
    members = _members(portfolio)
    facets = _facets(portfolio, names, members)
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
                body=partial(_list, names, facets, value, members[value.facet, value.value]),
                crumbs=PLACES_CRUMBS,
            )


_KEYS = {"kind": "place-kind", "region": "world-region", "country": "country"}


def _members(portfolio: Portfolio) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """(facet, value) -> the places that share it, by id."""
    found: dict[tuple[str, str], list[str]] = {}
    read_by: dict[str, set[str]] = {}
    for assessment in portfolio.assessments:
        read_by.setdefault(assessment.place, set()).add(assessment.framework_id)
    for place_id, rows in portfolio.observations.items():  # a scorecard may rest on figures alone
        read_by.setdefault(place_id, set()).update({row.framework_id for row in rows})
    for place in portfolio.places.values():
        values = [("kind", place.kind.value), *(("framework", id_) for id_ in read_by.get(place.id, ()))]
        if not place.demonstration:
            values += [("region", place.world_region.value), ("country", place.country.lower())]
        for value in values:
            found.setdefault(value, []).append(place.id)
    return {value: tuple(ids) for value, ids in found.items()}


def place_facets(portfolio: Portfolio, names: Names) -> tuple[tuple[str, tuple[PlaceFacet, ...]], ...]:
    """By what places can be narrowed down: facet -> the values that they share, each with its count."""
    return _facets(portfolio, names, _members(portfolio))


def _facets(
    portfolio: Portfolio, names: Names, members: Mapping[tuple[str, str], tuple[str, ...]]
) -> tuple[tuple[str, tuple[PlaceFacet, ...]], ...]:
    def value(facet: str, id_: str, word: str) -> PlaceFacet:
        return PlaceFacet(facet, id_, word, len(members[facet, id_]), addresses.places_by(facet, id_))

    countries = sorted({place.country for place in portfolio.places.values() if not place.demonstration})
    groups = (
        ("kind", tuple(value("kind", k.value, k.value) for k in PlaceKind if ("kind", k.value) in members)),
        ("region", tuple(value("region", r.value, r.value) for r in WorldRegion if ("region", r.value) in members)),
        ("country", tuple(value("country", c.lower(), c) for c in countries)),
        (
            "framework",
            tuple(
                value("framework", f.id, f.short_title)
                for f in names.frameworks.values() if ("framework", f.id) in members
            ),
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
