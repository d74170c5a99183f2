"""A picture of how the entries of two frameworks meet: both in their own order, a line for each link between them.

What a list cannot show is seen at once here: which entries have many neighbours, and which have none. It draws nothing;
it says where things stand, in the units of the drawing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lcsite.light_classes import dataclass
from lcsite.model.framework import Crosswalk, Level
from lcsite.model.portfolio import Portfolio
from lcsite.pages.names import Names, NodeName

__all__ = ["LinkMap", "MapEntry", "MapLine", "crosswalk_maps", "link_map"]

_ROW = 26
_TOP = 44


@dataclass(frozen=True, slots=True)
class MapEntry:
    """One entry of a framework; `y` is the middle of its line, `linked` says whether anything leads to it."""

    title: str
    address: str
    y: int
    linked: bool


@dataclass(frozen=True, slots=True)
class MapLine:
    """A link from the height of one entry to that of another; `kind` is the place of its relation in the crosswalk."""

    from_y: int
    to_y: int
    kind: int


@dataclass(frozen=True, slots=True)
class LinkMap:
    """Two frameworks beside each other. The shorter one is spread over the height of the longer."""

    framework: str
    other: str
    entries: tuple[MapEntry, ...]
    others: tuple[MapEntry, ...]
    lines: tuple[MapLine, ...]
    height: int

    @property
    def alone(self) -> int:
        """How many entries of either framework have no link to the other."""
        return sum(not entry.linked for entry in (*self.entries, *self.others))


def crosswalk_maps(crosswalk: Crosswalk, portfolio: Portfolio, names: Names) -> Iterator[LinkMap]:
    """A map for each two frameworks that the crosswalk joins. What lies below a criterion is drawn at the criterion."""
    closeness = {relation.id: n for n, relation in enumerate(crosswalk.relations)}
    pairs: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for link in crosswalk.links:
        one, other = _criterion_of(link.from_, portfolio), _criterion_of(link.to, portfolio)
        both = (one.partition("/")[0], other.partition("/")[0])
        pairs.setdefault(both, []).append((one, other, closeness[link.relation]))
    for both, found in pairs.items():
        ends = {ref for one, other, _ in found for ref in (one, other)}
        here, there = (tuple(_entries(id_, ends, portfolio, names)) for id_ in both)
        yield link_map(here, there, found)


def _entries(framework_id: str, ends: set[str], portfolio: Portfolio, names: Names) -> Iterator[NodeName]:
    """The criteria of a framework, and whatever stands above them that a link leads to, in the framework's order."""
    for node in portfolio.frameworks[framework_id].nodes():
        ref = f"{framework_id}/{node.id}"
        if node.level is Level.CRITERION or ref in ends:
            yield names.node(ref)


def _criterion_of(ref: str, portfolio: Portfolio) -> str:
    framework_id, _, id_ = ref.partition("/")
    framework = portfolio.frameworks[framework_id]
    chain = (framework.by_id[id_], *framework.ancestors[id_])
    return next((f"{framework_id}/{node.id}" for node in chain if node.level is Level.CRITERION), ref)


def link_map(
    entries: Sequence[NodeName], others: Sequence[NodeName], links: Iterable[tuple[str, str, int]]
) -> LinkMap:
    """Set out two frameworks. `links` are (ref of an entry, ref of another, place of the relation), loosest last.

    Where several links join the same two entries, the closest of them is drawn.
    """
    closest: dict[tuple[str, str], int] = {}
    for one, other, kind in links:
        closest[one, other] = min(kind, closest.get((one, other), kind))
    rows = max(len(entries), len(others))
    here = _spread(entries, rows, {one for one, _ in closest})
    there = _spread(others, rows, {other for _, other in closest})
    return LinkMap(
        framework=entries[0].framework if entries else "",
        other=others[0].framework if others else "",
        entries=tuple(here.values()),
        others=tuple(there.values()),
        lines=tuple(
            MapLine(here[one].y, there[other].y, kind)
            for (one, other), kind in sorted(closest.items(), key=lambda found: (-found[1], found[0]))
        ),
        height=_TOP + rows * _ROW,
    )


def _spread(entries: Sequence[NodeName], rows: int, linked: set[str]) -> dict[str, MapEntry]:
    step = rows * _ROW / max(len(entries), 1)
    return {
        entry.ref: MapEntry(entry.title, entry.address, round(_TOP + (n + 0.5) * step), entry.ref in linked)
        for n, entry in enumerate(entries)
    }
