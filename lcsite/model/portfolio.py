"""Everything that people wrote, resolved by id. The result of reading, frozen; no scores, no addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from lcsite.model.assessment import Answer, Assessment, Observation
from lcsite.model.framework import Crosswalk, Facet, Framework, Node
from lcsite.model.network import GatheredSite, Network
from lcsite.model.place import Place
from lcsite.model.site import ProsePage, Site
from lcsite.model.toolbox import Practice, Tool

__all__ = ["Portfolio"]

_VALUE_ALONE = {"value"}


@dataclass(frozen=True)
class Portfolio:
    """All records of a site. Mappings are ordered: frameworks by their `order`, the rest by id."""

    site: Site
    frameworks: Mapping[str, Framework]
    criterion_pages: Mapping[tuple[str, str], ProsePage]
    """(framework id, criterion id) -> the prose about it."""
    places: Mapping[str, Place]
    assessments: tuple[Assessment, ...]
    """Sorted by place, framework, date."""
    observations: Mapping[str, tuple[Observation, ...]]
    """Place id -> its rows, in the order of the file."""
    practices: Mapping[str, Practice]
    tools: Mapping[str, Tool]
    prose: Mapping[str, ProsePage]
    """Path below `content/` -> page; criterion pages, practices and tools stand apart."""
    crosswalk: Crosswalk | None = None
    older: Mapping[tuple[str, str], Framework] = field(default_factory=lambda: MappingProxyType({}))
    """(framework id, version) -> a version before the one that is shown; an assessment may still name it."""
    network: Network = field(default_factory=Network)
    gathered: Mapping[str, GatheredSite] = field(default_factory=lambda: MappingProxyType({}))
    """Sites of which copies are kept, by the id that `content/network.yml` gives them."""
    media: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Path in the site -> path of the image below the site's folder."""

    def home_of(self, kind: str, id_: str) -> GatheredSite | None:
        """The site at which a `place` or `practice` is at home, if this one has only a copy of it."""
        for site in self.gathered.values():
            if (kind, id_) in site.files:
                return site
        return None

    def assessments_of(self, place_id: str, framework_id: str | None = None) -> tuple[Assessment, ...]:
        """A place's assessments, oldest first."""
        return tuple(
            a
            for a in self._assessments_by_place.get(place_id, ())
            if framework_id is None or a.framework_id == framework_id
        )

    @cached_property
    def _assessments_by_place(self) -> Mapping[str, tuple[Assessment, ...]]:
        found: dict[str, list[Assessment]] = {}
        for assessment in self.assessments:
            found.setdefault(assessment.place, []).append(assessment)
        return {place: tuple(assessments) for place, assessments in found.items()}

    @cached_property
    def fuller_answers(self) -> tuple[tuple[Assessment, str, Answer], ...]:
        """With its assessment and the id of its question, each answer that is more than a value. Most are not."""
        return tuple(
            (assessment, node_id, answer)
            for assessment in self.assessments for node_id, answer in assessment.answers.items()
            if answer.model_fields_set != _VALUE_ALONE
        )

    def forget_fuller_answers(self) -> None:
        """Let go of these until somebody asks again: only a check does, and there are tens of thousands."""
        self.__dict__.pop("fuller_answers", None)

    def framework(self, framework_id: str, version: str) -> Framework | None:
        """A framework in the version that is shown, or in an older one that is kept."""
        shown = self.frameworks.get(framework_id)
        return shown if shown and shown.version == version else self.older.get((framework_id, version))

    def framework_of(self, assessment: Assessment) -> Framework | None:
        """The framework in the version that an assessment names; None where that is not kept."""
        return self.framework(assessment.framework_id, assessment.framework_version)

    def versions_of(self, framework_id: str) -> tuple[Framework, ...]:
        """The versions of a framework that are kept, the shown one first, then the newest of the rest."""
        older = [framework for (id_, _), framework in self.older.items() if id_ == framework_id]
        shown = self.frameworks.get(framework_id)
        rest = sorted(older, key=lambda framework: framework.version_number, reverse=True)
        return (*([shown] if shown else []), *rest)

    @cached_property
    def superseded(self) -> frozenset[tuple[str, str]]:
        """(place, file id) of assessments whose answers were carried over to a newer version: kept, and not read."""
        return frozenset((a.place, a.carried_from) for a in self.assessments if a.carried_from is not None)

    def facet_nodes(self, facet: Facet) -> Mapping[str, tuple[Framework, Node]]:
        """The criteria that serve as values of a facet: id -> (framework, criterion), in framework order."""
        return {
            node.id: (framework, node)
            for framework in self.frameworks.values()
            for dimension in framework.nodes()
            if dimension.facet is facet
            for node in dimension.children
        }

    def members_of(self, place_id: str) -> tuple[Place, ...]:
        """The places that are directly part of a place, by id."""
        return self._members.get(place_id, ())

    @cached_property
    def _members(self) -> Mapping[str, tuple[Place, ...]]:
        found: dict[str, list[Place]] = {}
        for place in self.places.values():
            if place.part_of:
                found.setdefault(place.part_of, []).append(place)
        return {above: tuple(places) for above, places in found.items()}

    def node(self, reference: str) -> tuple[Framework, Node] | None:
        """The framework and node that `<framework>/<node>` names, or None."""
        framework_id, _, node_id = reference.partition("/")
        framework = self.frameworks.get(framework_id)
        node = framework.by_id.get(node_id) if framework else None
        return (framework, node) if framework and node else None
