"""What could help a place: practices and tools from elsewhere for criteria where it is low, unknown or unassessed.

The choice is plain and the same for everybody: criteria in the framework's order; for each, practices of places of the
same kind, then by title. Nobody's score decides what comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

from lcsite.light_classes import dataclass
from lcsite.linking import Kind, LinkGraph
from lcsite.model.place import Place, PlaceKind, WorldRegion
from lcsite.model.portfolio import Portfolio
from lcsite.pages.names import Names, NodeName, PracticeName, ToolName
from lcsite.pages.readings import Readings
from lcsite.scoring.scorecard import NodeReading, Scorecard
from lcsite.scoring.showing import ShownPoint

__all__ = ["LOW_BELOW", "Help", "HelpLine", "Helping"]

LOW_BELOW = Fraction(1, 2)
"""An estimate below one half counts as low; said on the page."""
PRACTICES_EACH, TOOLS_EACH, LINES_AT_MOST = 2, 1, 8


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One criterion, why it is here, and what others did for it, whatever came of it."""

    criterion: NodeName
    reason: str
    """`low`, `unknown` or `unassessed`."""
    point: int | None
    practices: tuple[tuple[PracticeName, str], ...]
    """(practice, the entry of another framework by which a crosswalk brought it, or empty)."""
    tools: tuple[ToolName, ...]


@dataclass(frozen=True, slots=True)
class Help:
    lines: tuple[HelpLine, ...]
    more: int
    """How many further criteria are low, unknown or unassessed."""


class _Offer(NamedTuple):
    """A practice, and what decides how near it is: kinds and regions of its places, and where its title stands."""

    practice: str
    by_way_of: str
    """The entry by which a crosswalk brings it, or empty."""
    by_title: int
    kinds: frozenset[PlaceKind]
    regions: frozenset[WorldRegion]


_BY_TITLE = attrgetter("by_title")


class _Offers:
    """Practices for one criterion, by title."""

    def __init__(self, offers: Iterable[_Offer]) -> None:
        self._all = sorted(offers, key=_BY_TITLE)
        self._of_kind: dict[PlaceKind, list[_Offer]] = {}
        for offer in self._all:
            for kind in offer.kinds:
                self._of_kind.setdefault(kind, []).append(offer)

    def nearest_first(self, place: Place) -> Iterator[_Offer]:
        """Practices of places of the same kind first, then of the same world region; else by title. Some come again.

        Nearly always the first few will do, so the rest is not put in order.
        """
        region, of_kind = place.world_region, self._of_kind.get(place.kind, [])
        for offers, anywhere in ((of_kind, False), (of_kind, True), (self._all, False), (self._all, True)):
            for offer in offers:
                if anywhere or region in offer.regions:
                    yield offer


class Helping:
    """What could help each of the places of one portfolio."""

    def __init__(self, portfolio: Portfolio, links: LinkGraph, names: Names, readings: Readings) -> None:
        self._portfolio = portfolio
        self._links = links
        self._names = names
        self._readings = readings
        self._direct: dict[str, _Offers] = {}
        self._carried: dict[str, _Offers] = {}
        self._tools: dict[str, tuple[ToolName, ...]] = {}

    def what_could_help(self, place: Place) -> Help:
        """Practices and tools for the criteria of the place's frameworks, or of the first one where it has none."""
        lines = [
            line
            for framework_id in self._readings.frameworks_of(place.id) or _first_framework(self._portfolio)
            for line in self._lines(framework_id, place)
            if line.practices or line.tools
        ]
        # A short list that touches many practices is of more use than many lines with the same few.
        seen: set[str] = set()
        kept: list[HelpLine] = []
        for line in lines:
            fresh = tuple(p for p in line.practices if p[0].id not in seen)
            if len(kept) < LINES_AT_MOST and (fresh or not line.practices):
                seen.update(p.id for p, _ in fresh)
                kept.append(HelpLine(line.criterion, line.reason, line.point, fresh, line.tools))
        return Help(tuple(kept), len(lines) - len(kept))

    def _lines(self, framework_id: str, place: Place) -> Iterator[HelpLine]:
        names, readings = self._names, self._readings
        latest = readings.latest(place.id, framework_id)
        card = latest[1] if latest and latest[0] is not None else None
        shown = self._portfolio.frameworks[framework_id]
        before = {}
        if card is not None and card.framework_version != shown.version:
            then = readings.framework_of(card)
            before = {shown.became(n.id, since=card.framework_version): n.id for n in then.criteria}
        for criterion in shown.criteria:
            ref = f"{framework_id}/{criterion.id}"
            found = _why(card, before.get(criterion.id, criterion.id))
            if found is None:
                continue
            reason, point = found
            yield HelpLine(
                names.node(ref),
                reason,
                point,
                tuple(
                    (names.practice(id_), names.node(by_way_of).title if by_way_of else "")
                    for id_, by_way_of in islice(self._for(ref, place), PRACTICES_EACH)
                ),
                self._tools_for(ref),
            )

    def _tools_for(self, ref: str) -> tuple[ToolName, ...]:
        if ref not in self._tools:
            self._tools[ref] = self._names.tools(self._links.supporting(ref, Kind.TOOL))[:TOOLS_EACH]
        return self._tools[ref]

    def _for(self, ref: str, place: Place) -> Iterator[tuple[str, str]]:
        """Practices from elsewhere, each once, with the entry by way of which a crosswalk brings it, if one does."""
        practices = self._portfolio.practices
        met: set[str] = set()
        for find in (self._supporting, self._carried_to):
            for id_, by_way_of, *_ in find(ref).nearest_first(place):
                if id_ not in met:
                    met.add(id_)
                    practice = practices[id_]
                    # What was invented to show the method is no help to a place that exists.
                    if place.id not in practice.places and (place.demonstration or not practice.demonstration):
                        yield id_, by_way_of

    def _supporting(self, ref: str) -> _Offers:
        """Practices that support a criterion directly."""
        if ref not in self._direct:
            self._direct[ref] = _Offers(map(self._by_itself.__getitem__, self._links.supporting(ref, Kind.PRACTICE)))
        return self._direct[ref]

    def _carried_to(self, ref: str) -> _Offers:
        """Those that a crosswalk brings."""
        if ref not in self._carried:
            by_itself = self._by_itself
            self._carried[ref] = _Offers(
                by_itself[carried.end.id]._replace(by_way_of=carried.supports)
                for carried in self._links.carried_to(ref) if carried.end.kind is Kind.PRACTICE
            )
        return self._carried[ref]

    @cached_property
    def _by_itself(self) -> dict[str, _Offer]:
        """Practice -> the same offer for all criteria that it supports directly."""
        places = self._portfolio.places
        known: dict[frozenset[str], frozenset[Any]] = {}  # few are unlike, and each practice has two

        def once(values: Iterable[str]) -> frozenset[Any]:
            found = frozenset(values)
            return known.setdefault(found, found)

        return {
            practice.id: _Offer(
                practice.id,
                "",
                position,
                once(places[place.id].kind for place in practice.places),
                once(places[place.id].world_region for place in practice.places),
            )
            for position, practice in enumerate(self._names.practices(self._portfolio.practices))
        }


def _first_framework(portfolio: Portfolio) -> tuple[str, ...]:
    asked = [f.id for f in portfolio.frameworks.values() if f.indicators]
    return tuple(asked[:1])


def _why(card: Scorecard | None, criterion_id: str) -> tuple[str, int | None] | None:
    """Why a criterion calls for help; None where the place has a point of one half or more, or nothing is asked."""
    if card is None:
        return "unassessed", None
    nodes: list[NodeReading] = [r.nodes[criterion_id] for r in card.readings if criterion_id in r.nodes]
    if not nodes:
        return None
    for node in nodes:
        shown = node.shown
        if isinstance(shown, ShownPoint) and node.estimate is not None and node.estimate < LOW_BELOW:
            return "low", shown.point
    if any(node.numbers is not None and not isinstance(node.shown, ShownPoint) for node in nodes):
        return "unknown", None
    return None
