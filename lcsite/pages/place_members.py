"""The places within a place, by name, with what each shows on its own: nothing is added up and nothing ordered."""

from __future__ import annotations

from lcsite.light_classes import dataclass
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.names import Names
from lcsite.pages.page import PlaceName
from lcsite.pages.readings import Readings

__all__ = ["Member", "members_of"]


@dataclass(frozen=True, slots=True)
class Member:
    """A place within another."""

    place: PlaceName
    read_by: tuple[tuple[str, str], ...]
    """(framework, address of the scorecard): by which frameworks somebody has read it, not what came of it."""
    publisher: str
    """Who publishes it, where this site shows a copy."""
    members: tuple[PlaceName, ...]
    """The places within this one in turn."""


def members_of(place_id: str, portfolio: Portfolio, names: Names, readings: Readings) -> tuple[Member, ...]:
    """The places that are directly part of a place, in the order of names."""
    return tuple(
        Member(
            place=member,
            read_by=tuple(
                (names.frameworks[framework].short_title, addresses.scorecard(member.id, framework))
                for framework in readings.frameworks_of(member.id)
            ),
            publisher=home.publisher if (home := portfolio.home_of("place", member.id)) else "",
            members=names.places(inner.id for inner in portfolio.members_of(member.id)),
        )
        for member in names.places(found.id for found in portfolio.members_of(place_id))
    )
