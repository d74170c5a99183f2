"""What other sites may show of a place: a badge and a card for each framework, and the page that says how.

They show the range of each criterion in the order of the framework, as the place's own page does, and no total; there
is nothing on them by which places could be put in an order.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from lcsite.light_classes import dataclass
from lcsite.model.place import Place
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.homes import home_of
from lcsite.pages.names import FrameworkName, Names
from lcsite.pages.page import Crumb, Later, Page, PlaceName, Words
from lcsite.pages.readings import Readings
from lcsite.pages.scorecard_views import ProfileReading, profile_readings
from lcsite.scoring.scorecard import is_scored

__all__ = ["EmbedBody", "EmbedView", "embed_pages", "embed_view", "embeddable"]


@dataclass(frozen=True, slots=True)
class EmbedView:
    """One place by one framework, as a badge and a card show it."""

    place: PlaceName
    framework: FrameworkName
    reading: ProfileReading
    """What is done, or where nobody was asked about that, what has come of it."""
    day: datetime.date
    publisher: str
    scorecard: str
    badge: str
    card: str

    @property
    def words(self) -> Words:
        """The picture in a sentence, for those who do not see it."""
        found = self.reading
        return Words(
            "{place} by {framework}, {year}: {clearly} of {criteria} criteria clearly known, {partly} partly known, "
            "{rest} not known enough.",
            place=self.place.name, framework=self.framework.short_title, year=str(self.day.year),
            clearly=found.clearly, criteria=found.criteria, partly=found.partly, rest=found.not_enough,
        )


@dataclass(frozen=True, slots=True)
class EmbedBody:
    place: PlaceName
    views: tuple[EmbedView, ...]
    base: str
    """The address of the site, without a slash at the end; empty where it is not known."""


def embeddable(place: Place, portfolio: Portfolio, readings: Readings) -> tuple[str, ...]:
    """The frameworks by which somebody has read the place: there is something to show. Known without scoring."""
    return tuple(
        framework_id
        for framework_id in readings.frameworks_of(place.id)
        if (made := readings.latest_assessment(place.id, framework_id)) is not None
        and is_scored(portfolio.framework_of(made) or portfolio.frameworks[framework_id])
    )


def embed_view(place: Place, framework_id: str, portfolio: Portfolio, names: Names, readings: Readings) -> EmbedView:
    """One of the `embeddable` frameworks of a place."""
    assessment, card = readings.latest_numbers(place.id, framework_id)
    assert assessment is not None  # the framework is one by which somebody has read the place
    framework = portfolio.framework_of(assessment) or portfolio.frameworks[framework_id]
    home = portfolio.home_of("place", place.id)
    return EmbedView(
        names.place(place.id), names.frameworks[framework_id], profile_readings(framework, card, None)[0],
        assessment.as_of, home.publisher if home else portfolio.site.publisher,
        addresses.scorecard(place.id, framework_id), addresses.badge(place.id, framework_id),
        addresses.card_to_embed(place.id, framework_id),
    )


def embed_pages(portfolio: Portfolio, names: Names, readings: Readings) -> Iterator[Page]:
    """A page for each place of which there is something to show elsewhere."""
    crumbs = (Crumb(Words("Home"), addresses.home), Crumb(Words("Places"), addresses.cities))
    for place in portfolio.places.values():
        if embeddable(place, portfolio, readings):
            yield Page(
                address=addresses.embed(place.id),
                kind="embed",
                section=addresses.cities,
                title=Words("{place} on your own site", place=place.name),
                description=Words("A badge and a card about {place} for your own site.", place=place.name),
                body=Later(_body, place, portfolio, names, readings),
                crumbs=(*crumbs, Crumb(place.name, addresses.place(place.id))),
                demonstration=place.demonstration,
                home=home_of(portfolio, "place", place.id),
            )


def _body(place: Place, portfolio: Portfolio, names: Names, readings: Readings) -> EmbedBody:
    views = tuple(
        embed_view(place, framework_id, portfolio, names, readings)
        for framework_id in embeddable(place, portfolio, readings)
    )
    return EmbedBody(names.place(place.id), views, (portfolio.site.url or "").rstrip("/"))
