"""What belongs to what: practice, tool, place, criterion and page, each link known from both of its ends.

Works on ids only. It knows no score, no text and no address. A crosswalk carries a practice from one framework to
another and the link says so; it never carries a figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, cached_property, partial
from itertools import chain
from typing import NamedTuple, cast

from lcsite.light_classes import dataclass
from lcsite.model.framework import CrosswalkLink, Framework
from lcsite.model.portfolio import Portfolio

__all__ = ["Carried", "End", "Kind", "Link", "LinkGraph", "Relation", "link_portfolio"]


class Kind(StrEnum):
    """What stands at an end of a link."""

    __hash__ = str.__hash__

    PRACTICE = "practice"
    TOOL = "tool"
    PLACE = "place"
    NODE = "node"
    PAGE = "page"


class Relation(StrEnum):
    """What a link means, read from its first end to its second."""

    __hash__ = str.__hash__

    SUPPORTS = "supports"
    """practice or tool -> criterion, group or indicator that it supports"""
    THEME = "theme"
    """practice or tool -> theme"""
    TAKES_PLACE_IN = "takes-place-in"
    """practice -> place"""
    USES = "uses"
    """practice -> tool"""
    DRAWS_ON = "draws-on"
    """tool -> practice"""
    ASSESSED_ON = "assessed-on"
    """place -> criterion of a framework that it has an assessment for"""
    PART_OF = "part-of"
    """place -> the place that it belongs to"""
    CROSSWALK = "crosswalk"
    """node -> node of another framework"""
    SPEAKS_OF = "speaks-of"
    """page -> criterion, tool or practice"""


class End(NamedTuple):
    """One end of a link: what it is, and its id (`<framework>/<node>` for a node)."""

    kind: Kind
    id: str


class Link(NamedTuple):
    """A link as it was written down once; both ends find it."""

    first: End
    relation: Relation
    second: End

    def other(self, end: End) -> End:
        """The end that is not `end`."""
        return self.second if end == self.first else self.first


@dataclass(frozen=True, slots=True)
class Carried:
    """A practice or tool that a crosswalk link brings to a criterion from one of another framework."""

    end: End
    supports: str
    """The node that it was written to support."""
    link: CrosswalkLink


_LedTo = tuple[str, tuple[tuple[tuple[str, str, str], CrosswalkLink], ...]]
"""A criterion, or a node above criteria, and the links that lead to it or below it, each after what puts it in order:
the node at its end, then where the link begins and ends as it was written."""


class LinkGraph:
    """All links of a portfolio, each findable from both ends. Built once, then only read."""

    def __init__(
        self, links: Iterable[Link], crosswalk: Iterable[CrosswalkLink], frameworks: Mapping[str, Framework]
    ) -> None:
        self._written = tuple(links)
        self._by_end: defaultdict[End, list[Link]] = defaultdict(list)
        """As they were written: in any order, and as often."""
        for link in self._written:
            first, _, second = link
            self._by_end[first].append(link)
            self._by_end[second].append(link)
        self._frameworks = frameworks
        self._crosswalk = tuple(crosswalk)
        self._crossed: dict[str, list[tuple[str, CrosswalkLink]]] = defaultdict(list)
        """Node -> the nodes from which crosswalk links lead to it."""
        for crossing in self._crosswalk:
            self._crossed[crossing.to].append((crossing.from_, crossing))
            self._crossed[crossing.from_].append((crossing.to, crossing))
        # Asked for again and again, by pages about places; there are as many answers as nodes.
        self._supporting: dict[tuple[str, Kind], tuple[str, ...]] = {}
        self._led_to: dict[str, tuple[_LedTo, ...]] = {}
        self._lineage = cache(self._find_lineage)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link once, in a fixed order. No page asks for all of them, only their table does."""
        return _in_order(self._written)

    def of(self, end: End) -> tuple[Link, ...]:
        """Every link that has `end` at one of its ends, once, in a fixed order."""
        return _in_order(self._at(end))

    def _at(self, end: End) -> Iterable[Link]:
        return self._by_end.get(end, ())

    def neighbours(self, end: End, relation: Relation, *, kind: Kind | None = None) -> tuple[str, ...]:
        """The ids at the other ends of `end`'s links of one relation, sorted, without repeats."""
        found = {link.other(end) for link in self._at(end) if link.relation is relation}
        return tuple(sorted(other.id for other in found if kind is None or other.kind is kind))

    def supporting(self, reference: str, kind: Kind) -> tuple[str, ...]:
        """The practices or tools that support a node or anything below it, by id."""
        known = self._supporting.get((reference, kind))
        if known is None:
            known = self._supporting[reference, kind] = self._find_supporting(reference, kind)
        return known

    def _find_supporting(self, reference: str, kind: Kind) -> tuple[str, ...]:
        return tuple(sorted({
            link.first.id for node in self._below(reference) for link in self._at(End(Kind.NODE, node))
            if link.first.kind is kind and (link.relation is Relation.SUPPORTS or link.relation is Relation.THEME)
        }))

    def carried_to(self, reference: str) -> tuple[Carried, ...]:
        """What crosswalk links bring to a node or anything below it and what does not support it directly."""
        direct = {(kind, id_) for kind in (Kind.PRACTICE, Kind.TOOL) for id_ in self.supporting(reference, kind)}
        found: dict[tuple[End, str, str], Carried] = {}
        for node in self._below(reference):
            for end, supports, crossing in self._carried(node):
                if end not in direct:  # an end is such a pair
                    found[(end, crossing.from_, crossing.to)] = Carried(end, supports, crossing)
        return tuple(found[key] for key in sorted(found))

    def carried_from(self, end: End) -> tuple[tuple[str, CrosswalkLink], ...]:
        """Where crosswalk links bring a practice or tool, the same links seen from its side: (node, link).

        Left out where it supports the criterion of that node already.
        """
        nodes = {
            link.second.id
            for link in self._at(end)
            if link.first == end and (link.relation is Relation.SUPPORTS or link.relation is Relation.THEME)
        }
        about = {above for node in nodes for above in self._lineage(node)}
        found = {
            key: link for node in nodes for there, links in self._leads_to(node) if there not in about
            for key, link in links
        }
        return tuple([(key[0], found[key]) for key in sorted(found)])

    def _leads_to(self, node: str) -> tuple[_LedTo, ...]:
        """Where crosswalk links bring what supports a node, looked for once: many practices support the same."""
        known = self._led_to.get(node)
        if known is None:
            about: dict[str, list[tuple[tuple[str, str, str], CrosswalkLink]]] = defaultdict(list)
            for to, link in self.crossings(node):
                about[self.criterion_of(to) or to].append(((to, link.from_, link.to), link))
            known = self._led_to[node] = tuple((name, tuple(links)) for name, links in about.items())
        return known

    def crossings(self, reference: str) -> tuple[tuple[str, CrosswalkLink], ...]:
        """Where crosswalk links lead from a node or from what stands above it: (node at the other end, link)."""
        here = self._lineage(reference)
        return tuple(
            (link.to if link.from_ in here else link.from_, link)
            for link in self._crosswalk
            if link.from_ in here or link.to in here
        )

    def _find_lineage(self, reference: str) -> frozenset[str]:
        """A node and what stands above it; nothing for an unknown one."""
        framework_id, _, node_id = reference.partition("/")
        framework = self._frameworks.get(framework_id)
        if framework is None or node_id not in framework.by_id:
            return frozenset()
        lineage = (*framework.ancestors[node_id], framework.by_id[node_id])
        return frozenset(f"{framework_id}/{node.id}" for node in lineage)

    def criterion_of(self, reference: str) -> str | None:
        """The criterion that a node is or stands below, as a reference; None for a dimension or an unknown node."""
        framework_id, _, node_id = reference.partition("/")
        framework = self._frameworks.get(framework_id)
        criterion = framework.criterion_of(node_id) if framework and node_id in framework.by_id else None
        return f"{framework_id}/{criterion.id}" if criterion else None

    def _below(self, reference: str) -> Iterator[str]:
        framework_id, _, node_id = reference.partition("/")
        framework = self._frameworks.get(framework_id)
        if framework and node_id in framework.by_id:
            for node in framework.by_id[node_id].walk():
                yield f"{framework_id}/{node.id}"

    def _carried(self, node: str) -> Iterator[tuple[End, str, CrosswalkLink]]:
        # A link to a node stands for all that lies below it (the crosswalk says so), but not the other way round:
        # what supports a whole criterion is not thereby about each of its parts.
        for there, crossing in self._crossed.get(node, ()):
            for below in self._below(there):
                for link in self._at(End(Kind.NODE, below)):
                    if link.relation in (Relation.SUPPORTS, Relation.THEME):
                        yield link.first, below, crossing


def _in_order(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(set(links)))


def link_portfolio(portfolio: Portfolio, *, assessed: bool = True) -> LinkGraph:
    """The link graph of a whole portfolio.

    `assessed`: with the links from places to criteria, which no page shows; without them no assessment is asked for.
    """
    crosswalk = portfolio.crosswalk.links if portfolio.crosswalk else ()
    links: list[Link] = []
    to = {kind: _Ends(kind) for kind in Kind}
    for kind, id_, ways in chain(_written(portfolio), _of_assessments(portfolio) if assessed else ()):
        end = to[kind][id_]
        for relation, there, ids in ways:
            links += [_link((end, relation, other)) for other in map(to[there].__getitem__, ids)]
    return LinkGraph(links, crosswalk, portfolio.frameworks)


class _Ends(dict[str, End]):
    """The ends of one kind by id: many links lead to the same."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind

    def __missing__(self, id_: str) -> End:
        found = self[id_] = End(self._kind, id_)
        return found


_link = cast(Callable[[tuple[End, Relation, End]], Link], partial(tuple.__new__, Link))
"""There are ten thousand, and the type itself, called with its parts, takes twice as long."""

_Written = tuple[Kind, str, tuple[tuple[Relation, Kind, Iterable[str]], ...]]
"""What something leads to, by its kind and id: by which relation, to which kind, and the ids there."""


def _of_assessments(portfolio: Portfolio) -> Iterator[_Written]:
    criteria = {
        framework.id: [f"{framework.id}/{node.id}" for node in framework.criteria]
        for framework in portfolio.frameworks.values()
    }
    for place in portfolio.places:
        read_by = {assessment.framework_id for assessment in portfolio.assessments_of(place)}
        yield Kind.PLACE, place, tuple(
            (Relation.ASSESSED_ON, Kind.NODE, criteria[id_]) for id_ in read_by if id_ in criteria
        )


def _written(portfolio: Portfolio) -> Iterator[_Written]:
    themes = {
        node.id: f"{framework.id}/{node.id}"
        for framework in portfolio.frameworks.values()
        for dimension in framework.nodes()
        if dimension.facet is not None
        for node in dimension.children
    }
    for practice in portfolio.practices.values():
        yield Kind.PRACTICE, practice.id, (
            (Relation.SUPPORTS, Kind.NODE, practice.supports),
            (Relation.THEME, Kind.NODE, [themes[theme] for theme in practice.themes if theme in themes]),
            (Relation.TAKES_PLACE_IN, Kind.PLACE, practice.places),
            (Relation.USES, Kind.TOOL, practice.tools),
        )
    for tool in portfolio.tools.values():
        yield Kind.TOOL, tool.id, (
            (Relation.SUPPORTS, Kind.NODE, tool.supports),
            (Relation.THEME, Kind.NODE, [themes[theme] for theme in (*tool.themes, tool.kind) if theme in themes]),
            (Relation.DRAWS_ON, Kind.PRACTICE, tool.draws_on),
        )
    for place in portfolio.places.values():
        if place.part_of:
            yield Kind.PLACE, place.id, ((Relation.PART_OF, Kind.PLACE, (place.part_of,)),)
    for page in portfolio.prose.values():
        yield Kind.PAGE, page.path, (
            (Relation.SPEAKS_OF, Kind.NODE, page.criteria),
            (Relation.SPEAKS_OF, Kind.TOOL, page.tools),
            (Relation.SPEAKS_OF, Kind.PRACTICE, page.practices),
        )
    for crossing in portfolio.crosswalk.links if portfolio.crosswalk else ():
        yield Kind.NODE, crossing.from_, ((Relation.CROSSWALK, Kind.NODE, (crossing.to,)),)
