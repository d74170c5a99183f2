"""How places nest, and that what is invented stays apart from what is real."""

from __future__ import annotations

from collections.abc import Iterator

from lcsite.checking.whereabouts import Whereabouts, nearest
from lcsite.model.portfolio import Portfolio
from lcsite.problems import Problem, quoted

__all__ = ["RULES"]


def places_are_part_of_places(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for place in portfolio.places.values():
        if place.part_of and place.part_of not in portfolio.places and not origins.is_broken("place", place.part_of):
            where = origins.at("place", place.id, ("part_of",))
            hint = nearest(place.part_of, portfolio.places)
            yield Problem("unknown-reference", where, f"there is no place {quoted(place.part_of)}", hint)


def no_place_contains_itself(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for place in portfolio.places.values():
        way = [place.id]
        while (above := portfolio.places.get(way[-1])) is not None and above.part_of:
            way.append(above.part_of)
            if above.part_of == place.id:
                where = origins.at("place", place.id, ("part_of",))
                message = f"this place would be part of itself: {' -> '.join(way)}"
                yield Problem("part-of-itself", where, message, "leave part_of out at the largest of them")
                break
            if above.part_of in way[:-1]:  # a circle further up, reported there
                break


def invented_places_stay_among_themselves(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for place in portfolio.places.values():
        above = portfolio.places.get(place.part_of or "")
        if above is not None and above.demonstration is not place.demonstration:
            where = origins.at("place", place.id, ("part_of",))
            real, invented = (above, place) if place.demonstration else (place, above)
            message = f'"{invented.id}" is invented and "{real.id}" is real; neither can be part of the other'
            yield Problem("demonstration", where, message, "mark both with demonstration: true, or leave part_of out")


def practices_of_invented_places_are_marked(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for practice in portfolio.practices.values():
        for position, place_id in enumerate(practice.places):
            place = portfolio.places.get(place_id)
            if place is None or place.demonstration is practice.demonstration:
                continue
            where = origins.at("practice", practice.id, ("places", position))
            if place.demonstration:
                message = f'the place "{place_id}" is invented, and this practice is not marked so'
                yield Problem("demonstration", where, message, "add demonstration: true")
            else:
                message = f'this practice is invented, and the place "{place_id}" is real'
                hint = "leave the place out; nothing is invented about real places"
                yield Problem("demonstration", where, message, hint)


RULES = (
    places_are_part_of_places,
    no_place_contains_itself,
    invented_places_stay_among_themselves,
    practices_of_invented_places_are_marked,
)
