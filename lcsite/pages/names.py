"""How the things of a portal are named on pages that are not their own: short records with an address.

Built once for a portfolio and shared by all pages, so that a name looks the same wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from lcsite.light_classes import dataclass
from lcsite.model.framework import Facet, Framework, Level, Node
from lcsite.model.place import Place
from lcsite.model.portfolio import Portfolio
from lcsite.model.toolbox import Practice, Tool
from lcsite.pages import addresses
from lcsite.pages.no_ranking import by_name
from lcsite.pages.page import PlaceName

__all__ = ["FrameworkName", "Names", "NodeName", "PageName", "PracticeName", "ToolName"]


@dataclass(frozen=True, slots=True)
class FrameworkName:
    id: str
    title: str
    short_title: str
    address: str
    summary: str
    version: str
    criteria: int
    indicators: int


@dataclass(frozen=True, slots=True)
class NodeName:
    """A criterion, group or indicator, with the framework that it belongs to."""

    ref: str
    title: str
    label: str
    address: str
    framework: str
    """The short title of the framework."""
    gist: str
    level: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class PracticeName:
    """A practice as a card or a row shows it. Its outcome always stands beside its title."""

    id: str
    title: str
    address: str
    summary: str
    kind: str
    outcome: str
    from_outside: bool
    quality: str
    years: str
    countries: tuple[str, ...]
    places: tuple[PlaceName, ...]
    demonstration: bool


@dataclass(frozen=True, slots=True)
class ToolName:
    id: str
    title: str
    address: str
    summary: str
    kind: NodeName | None
    time: str


@dataclass(frozen=True, slots=True)
class PageName:
    title: str
    address: str
    summary: str
    label: str = ""


class Names:
    """Every name of a portfolio, made when first asked for."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio

    @cached_property
    def _places(self) -> dict[str, PlaceName]:
        return {place.id: _place_name(place) for place in self._portfolio.places.values()}

    @cached_property
    def _nodes(self) -> dict[str, NodeName]:
        return {
            f"{framework.id}/{node.id}": _node_name(framework, node)
            for framework in self._portfolio.frameworks.values()
            for node in framework.nodes()
        }

    @cached_property
    def frameworks(self) -> dict[str, FrameworkName]:
        return {f.id: _framework_name(f) for f in self._portfolio.frameworks.values()}

    @cached_property
    def _practices(self) -> dict[str, PracticeName]:
        return {p.id: self._practice_name(p) for p in self._portfolio.practices.values()}

    @cached_property
    def tool_kinds(self) -> dict[str, NodeName]:
        return {
            id_: self._nodes[f"{f.id}/{id_}"] for id_, (f, _) in self._portfolio.facet_nodes(Facet.TOOL_KIND).items()
        }

    @cached_property
    def themes(self) -> dict[str, NodeName]:
        return {id_: self._nodes[f"{f.id}/{id_}"] for id_, (f, _) in self._portfolio.facet_nodes(Facet.THEME).items()}

    @cached_property
    def _tools(self) -> dict[str, ToolName]:
        return {t.id: self._tool_name(t) for t in self._portfolio.tools.values()}

    def place(self, place_id: str) -> PlaceName:
        return self._places[place_id]

    def places(self, ids: Iterable[str]) -> tuple[PlaceName, ...]:
        """In the order of names."""
        return by_name(map(self._places.__getitem__, ids))

    def node(self, ref: str) -> NodeName:
        return self._nodes[ref]

    def nodes(self, refs: Iterable[str]) -> tuple[NodeName, ...]:
        """In the order of frameworks and, within one, in its own order."""
        positions = self._positions
        known = sorted([positions[ref] for ref in {*refs} if ref in positions])
        return tuple(map(self._in_order.__getitem__, known))

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {ref: position for position, ref in enumerate(self._nodes)}

    @cached_property
    def _in_order(self) -> tuple[NodeName, ...]:
        return tuple(self._nodes.values())

    def practice(self, practice_id: str) -> PracticeName:
        return self._practices[practice_id]

    def practices(self, ids: Iterable[str]) -> tuple[PracticeName, ...]:
        """In the order of titles."""
        return self.practices_at(self.positions_by_title(ids))

    def positions_by_title(self, ids: Iterable[str]) -> list[int]:
        """Where practices stand in the order of the titles of all, from the first of them on."""
        return sorted(map(self._positions_by_title.__getitem__, ids))

    def practices_at(self, positions: Iterable[int]) -> tuple[PracticeName, ...]:
        """The practices that stand there in the order of titles."""
        return tuple(map(self._practices_by_title.__getitem__, positions))

    @cached_property
    def _practices_by_title(self) -> tuple[PracticeName, ...]:
        return tuple(sorted(self._practices.values(), key=lambda p: (p.title.casefold(), p.id)))

    @cached_property
    def _positions_by_title(self) -> dict[str, int]:
        return {practice.id: position for position, practice in enumerate(self._practices_by_title)}

    def tool(self, tool_id: str) -> ToolName:
        return self._tools[tool_id]

    def tools(self, ids: Iterable[str]) -> tuple[ToolName, ...]:
        """In the order in which the toolbox shows them."""
        wanted = set(ids)
        return tuple([self._tools[id_] for id_ in self._order_of_tools if id_ in wanted]) if wanted else ()

    @cached_property
    def _order_of_tools(self) -> tuple[str, ...]:
        order = sorted(self._portfolio.tools.values(), key=lambda t: (t.order, t.title.casefold()))
        return tuple(tool.id for tool in order)

    def pages(self, paths: Iterable[str]) -> tuple[PageName, ...]:
        """Authored pages in the order that they give themselves."""
        found = sorted(
            (self._portfolio.prose[path] for path in set(paths)), key=lambda p: (p.order, p.title.casefold(), p.path)
        )
        return tuple(PageName(p.title, addresses.prose(p.path), p.summary, p.label or "") for p in found)

    def _practice_name(self, practice: Practice) -> PracticeName:
        return PracticeName(
            id=practice.id,
            title=practice.title,
            address=addresses.practice(practice.id),
            summary=practice.summary,
            kind=practice.kind,
            outcome=practice.outcome.value,
            from_outside=practice.evidence.quality.is_from_outside,
            quality=practice.evidence.quality.value,
            years=practice.years,
            countries=practice.countries,
            places=self.places(practice.places),
            demonstration=practice.demonstration,
        )

    def _tool_name(self, tool: Tool) -> ToolName:
        return ToolName(
            id=tool.id,
            title=tool.title,
            address=addresses.tool(tool.id),
            summary=tool.summary,
            kind=self.tool_kinds.get(tool.kind),
            time=tool.time,
        )


def _place_name(place: Place) -> PlaceName:
    pin = place.coordinates
    return PlaceName(
        id=place.id,
        name=place.name,
        address=addresses.place(place.id),
        kind=place.kind.value,
        country=place.country,
        demonstration=place.demonstration,
        lat=float(pin.lat) if pin else None,
        lon=float(pin.lon) if pin else None,
        population=place.population.value if place.population else None,
        world_region=place.world_region.value,
    )


def _framework_name(framework: Framework) -> FrameworkName:
    return FrameworkName(
        id=framework.id,
        title=framework.title,
        short_title=framework.short_title or framework.title,
        address=addresses.framework(framework.id),
        summary=framework.summary,
        version=framework.version,
        criteria=len(framework.criteria),
        indicators=len(framework.indicators),
    )


def _node_name(framework: Framework, node: Node) -> NodeName:
    criterion = framework.criterion_of(node.id)
    address = (
        addresses.criterion(framework.id, criterion.id, node=node.id)
        if criterion
        else addresses.framework(framework.id) + f"#{addresses.anchor(node.id)}"
    )
    return NodeName(
        ref=f"{framework.id}/{node.id}",
        title=node.title,
        label=node.label or "",
        address=address,
        framework=framework.short_title or framework.title,
        gist=node.gist or "",
        level=node.level.value,
        unverified=framework.is_unverified(node.id) and node.level in (Level.GROUP, Level.INDICATOR),
    )
