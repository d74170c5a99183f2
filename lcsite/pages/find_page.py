"""The page on which everything is found: a field, a box for each facet, and the lists that do the job without a script.

The boxes hold exactly the values that the pages of the site are found by, and count them. Values stand in an order of
their own (of the framework, the alphabet, the calendar), never in that of their counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from lcsite.light_classes import dataclass
from lcsite.model.place import WorldRegion
from lcsite.model.portfolio import Portfolio
from lcsite.model.toolbox import Outcome
from lcsite.pages import addresses
from lcsite.pages.found_as import FACETS, THINGS
from lcsite.pages.names import FrameworkName, Names
from lcsite.pages.no_ranking import name_key
from lcsite.pages.page import Crumb, Page, Trait, Words

__all__ = ["FindBody", "FindBox", "FindChoice", "ListCounts", "find_page"]

SHOWN_AT_MOST = 100
"""A box with more values than this is filled from the index when it is opened, so that the page stays light."""

OPEN_BOXES = ("thing", "outcome")


@dataclass(frozen=True, slots=True)
class FindChoice:
    """A value to tick, and how many pages it leads to."""

    trait: Trait
    count: int


@dataclass(frozen=True, slots=True)
class FindBox:
    """A facet with its values in groups: (framework, values) for criteria, one group without a name for the rest."""

    facet: str
    groups: tuple[tuple[str, tuple[FindChoice, ...]], ...]
    values: int
    open: bool
    by_words: bool
    """Whether the values stand in the order of their words, which only rendering knows."""


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many there are of each thing that has a list page."""

    places: int
    practices: int
    tools: int
    criteria: int


@dataclass(frozen=True, slots=True)
class FindBody:
    boxes: tuple[FindBox, ...]
    lists: ListCounts
    outcomes: tuple[tuple[Trait, int, str], ...]
    """(outcome, practices, address of their list), for the lists that need no script."""
    frameworks: tuple[FrameworkName, ...]
    reading: tuple[tuple[str, str], ...]
    """(title, address) of the parts of the site with pages to read."""
    things: tuple[str, ...]
    kinds_of_outcome: tuple[str, ...]
    total: int
    joined: tuple[tuple[str, str], ...]
    """(address, name) of other sites in which the search looks too."""


def find_page(pages: Sequence[Page], portfolio: Portfolio, names: Names) -> Page:
    """The page for `find/`, made from the pages that it finds."""
    joined = ("assets/lcsite/find-joined.js",) if portfolio.network.searched else ()
    return Page(
        address=addresses.find,
        kind="find",
        title=Words("Find places, practices and tools"),
        description=Words(
            "Places, practices, tools, criteria and pages to read, found by words and by ticks, or list by list."
        ),
        body=partial(_body, tuple(pages), portfolio, names),
        crumbs=(Crumb(Words("Home"), addresses.home),),
        section=addresses.find,
        scripts=(*joined, "assets/lcsite/find.js"),
    )


def _body(pages: Sequence[Page], portfolio: Portfolio, names: Names) -> FindBody:
    counted = _count(pages)
    outcomes = (counted.get("outcome", {}).get(outcome.value) for outcome in Outcome)
    return FindBody(
        boxes=tuple(
            _box(facet, counted[facet], portfolio, names) for facet in FACETS if len(counted.get(facet, {})) > 1
        ),
        lists=ListCounts(
            places=len(portfolio.places),
            practices=len(portfolio.practices),
            tools=len(portfolio.tools),
            criteria=sum(len(framework.criteria) for framework in portfolio.frameworks.values()),
        ),
        outcomes=tuple((c.trait, c.count, addresses.practices_by("outcome", c.trait.id)) for c in outcomes if c),
        frameworks=tuple(names.frameworks.values()),
        reading=tuple(
            (page.title, addresses.prose(path))
            for path, page in portfolio.prose.items()
            if path.endswith("/index") and path.count("/") == 1 and not path.startswith(_HAS_A_LIST)
        ),
        things=THINGS,
        kinds_of_outcome=tuple(outcome.value for outcome in Outcome),
        total=sum(page.find is not None for page in pages),
        joined=tuple((site.home, site.title or site.id) for site in portfolio.network.searched),
    )


_HAS_A_LIST = ("criteria/", "toolbox/", "data/")


def _count(pages: Iterable[Page]) -> Mapping[str, dict[str, FindChoice]]:
    found: defaultdict[str, list[Trait]] = defaultdict(list)
    for page in pages:
        for facet, traits in found_as.traits.items() if (found_as := page.found) else ():
            found[facet] += traits
    counts = {facet: Counter([trait.id for trait in traits]) for facet, traits in found.items()}
    return {
        facet: {trait.id: FindChoice(trait, counts[facet][trait.id]) for trait in {t.id: t for t in traits}.values()}
        for facet, traits in found.items()
    }


def _box(facet: str, values: Mapping[str, FindChoice], portfolio: Portfolio, names: Names) -> FindBox:
    order = _orders(portfolio, names).get(facet)
    choices = sorted(values.values(), key=lambda choice: order(choice.trait)) if order else list(values.values())
    groups: dict[str, list[FindChoice]] = {}
    for choice in choices if len(choices) <= SHOWN_AT_MOST else ():
        groups.setdefault(choice.trait.group, []).append(choice)
    return FindBox(
        facet=facet,
        groups=tuple((group, tuple(inside)) for group, inside in groups.items()),
        values=len(choices),
        open=facet in OPEN_BOXES,
        by_words=order is None,
    )


def _orders(portfolio: Portfolio, names: Names) -> Mapping[str, Callable[[Trait], Any]]:
    """How the values of a facet stand; those of the other facets stand in the order of their words."""

    def as_in(ids: Iterable[str]) -> Callable[[Trait], Any]:
        positions = {id_: position for position, id_ in enumerate(ids)}
        return lambda trait: positions[trait.id]

    return {
        "thing": as_in(THINGS),
        "outcome": as_in(outcome.value for outcome in Outcome),
        "criterion": as_in(f"{f.id}/{node.id}" for f in portfolio.frameworks.values() for node in f.nodes()),
        "framework": as_in(portfolio.frameworks),
        "theme": as_in(name.ref for name in names.themes.values()),
        "region": as_in(region.value for region in WorldRegion),
        "place": lambda trait: (name_key(str(trait.words)), trait.id),
        "year": lambda trait: -int(trait.id),
    }
