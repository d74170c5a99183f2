"""The home page: what this is, how a bar is read, where to go, what was tried, what is new."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from lcsite.light_classes import dataclass
from lcsite.model.portfolio import Portfolio
from lcsite.model.site import NewsItem
from lcsite.pages import addresses
from lcsite.pages.drawing import Bar, per_cent
from lcsite.pages.method_page import ten_answers
from lcsite.pages.names import FrameworkName, Names, PracticeName
from lcsite.pages.page import Page, PlaceName, Prose
from lcsite.pages.place_lists import PlaceFacet, place_facets

__all__ = ["HomeBody", "OutcomeShare", "home_page", "outcome_shares"]

_GAP = Fraction(1, 200)
"""Between the parts of the strip of outcomes: half a hundredth of its length."""
_PARTS = (
    ("worked", True), ("worked", False), ("mixed", True), ("mixed", False), ("did-not-work", True), ("unknown", True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutcomeShare:
    """How many practices went one way; where the part begins in the strip and how wide it is, in per cent."""

    kind: str
    from_outside: bool
    """Whether somebody outside has looked."""
    count: int
    at: str
    width: str


@dataclass(frozen=True, slots=True)
class HomeBody:
    only: PlaceName | None
    """The place of a site that has no other."""
    example: Bar
    """The first worked example of the method, by which the home page shows how to read a bar."""
    intro: Prose | None
    pins: tuple[PlaceName, ...]
    regions: tuple[PlaceFacet, ...]
    demonstrations: tuple[PlaceName, ...]
    full_example: PlaceName | None
    """The invented place with the most assessments to look at."""
    real_places: int
    countries: int
    practices: int
    """Real ones; where there are none, those that are invented."""
    did_not_work: int
    outcomes: tuple[OutcomeShare, ...]
    tools: int
    criteria: int
    frameworks: tuple[FrameworkName, ...]
    news: tuple[NewsItem, ...]
    shown_practices: tuple[PracticeName, ...]
    """A few practices, one of each outcome, by title."""


def home_page(portfolio: Portfolio, names: Names) -> Iterator[Page]:
    """The first page of a site."""
    yield Page(
        address=addresses.home,
        kind="home",
        title=portfolio.site.title,
        description=portfolio.site.description,
        body=partial(_home, portfolio, names),
        feed=addresses.feed,
        source="content/index.md",
    )


def _home(portfolio: Portfolio, names: Names) -> HomeBody:
    intro = portfolio.prose.get("index")
    places = names.places(portfolio.places)
    practices = names.practices(portfolio.practices)
    tried = tuple(practice for practice in practices if not practice.demonstration) or practices
    real = tuple(place for place in places if not place.demonstration)
    by_outcome = {p.outcome: p for p in reversed(tried)}
    return HomeBody(
        only=places[0] if len(places) == 1 else None,
        example=ten_answers(),
        intro=Prose(intro.body, "content/index.md") if intro else None,
        pins=tuple(place for place in real if place.lat is not None),
        regions=dict(place_facets(portfolio, names)).get("region", ()),
        demonstrations=tuple(place for place in places if place.demonstration),
        full_example=max(
            (place for place in places if place.demonstration),
            key=lambda place: sum(made.place == place.id for made in portfolio.assessments),
            default=None,
        ),
        real_places=len(real),
        countries=len({place.country for place in real}),
        practices=len(tried),
        did_not_work=sum(p.outcome == "did-not-work" for p in tried),
        outcomes=outcome_shares(tried),
        tools=len(portfolio.tools),
        criteria=sum(f.criteria for f in names.frameworks.values()),
        frameworks=tuple(names.frameworks.values()),
        news=tuple(sorted(portfolio.site.news, key=lambda n: n.date, reverse=True)),
        shown_practices=tuple(p for p in tried if by_outcome[p.outcome] == p),
    )


def outcome_shares(practices: tuple[PracticeName, ...]) -> tuple[OutcomeShare, ...]:
    """How the practices went, as parts of one strip with small gaps between them. What worked or was mixed is told
    apart by whether somebody outside has looked."""
    counts = []
    for kind, outside in _PARTS:
        told_apart = kind in ("worked", "mixed")
        number = sum(p.outcome == kind and (not told_apart or p.from_outside is outside) for p in practices)
        if number:
            counts.append((kind, outside, number))
    shares = []
    at, drawn = Fraction(0), 1 - _GAP * (len(counts) - 1)
    for kind, outside, number in counts:
        width = drawn * number / len(practices)
        shares.append(OutcomeShare(kind, outside, number, per_cent(at), per_cent(width)))
        at += width + _GAP
    return tuple(shares)
