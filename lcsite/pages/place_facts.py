"""What programs are told about a place and a scorecard besides title and description: facts that the page shows too."""

from __future__ import annotations

from typing import Any

from lcsite.model.place import Place
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.readings import Readings

__all__ = ["facts_of_place", "facts_of_scorecard"]


def facts_of_place(place: Place, portfolio: Portfolio) -> dict[str, Any]:
    """Kind, country and pin, its names in other languages, the larger place that it is part of."""
    found: dict[str, Any] = {"kind": place.kind.value, "country": place.country}
    if place.names:
        found["names"] = list(place.names.values())
    if place.coordinates:
        found |= {"lat": place.coordinates.lat, "lon": place.coordinates.lon}
    if place.part_of:
        found["part_of"] = portfolio.places[place.part_of].name
    return found


def facts_of_scorecard(place: Place, framework_id: str, readings: Readings) -> dict[str, Any]:
    """The place, the day of the latest assessment, and the files that hold the answers and scores."""
    latest = readings.latest_assessment(place.id, framework_id)
    day = {"day": latest.as_of.isoformat()} if latest else {}
    files = (("answers.csv", "text/csv"), ("scorecards.json", "application/json"))
    return {
        "place": place.name, **day,
        "files": tuple((addresses.place_file(place.id, name), media) for name, media in files),
    }
