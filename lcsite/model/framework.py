"""A criteria framework: its tree of dimensions, criteria and indicators, its scales and its own limits.

Everything that makes one framework differ from another is a value in here; no other room knows a framework by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from lcsite.model.node import Branch, Construct, Facet, Level, Node, Subject, Weight
from lcsite.model.scale import Scale
from lcsite.model.words import Day, NodeId, NodeRef, Record, Slug, Source, Text

__all__ = [
    "Branch",
    "Construct",
    "Crosswalk",
    "CrosswalkLink",
    "DialogueQuestion",
    "Facet",
    "Framework",
    "Level",
    "Node",
    "Relation",
    "Stage",
    "Subject",
    "VersionNote",
    "Weight",
    "version_number",
]


class VersionNote(Record):
    """What changed with one version of the framework."""

    version: Annotated[str, Field(pattern=r"^[0-9]{4}\.[0-9]+$")] = Field(
        description="the version, as a year and a number", examples=["2026.1"]
    )
    date: Day = Field(description="the day on which it came out")
    changes: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="what is new, for people", examples=[["First version"]]
    )
    renamed: dict[NodeId, NodeId] = Field(
        default_factory=dict, description="the id until then: the id from this version on; the meaning stays the same",
        examples=[{"access-old": "access-1"}],
    )
    dropped: dict[NodeId, Text] = Field(
        default_factory=dict, description="an id that this version no longer has: the reason",
        examples=[{"access-3": "Nobody could answer it."}],
    )


def version_number(version: str) -> tuple[int, int]:
    """`2026.10` as (2026, 10): versions are told apart by their numbers, not by their letters."""
    year, _, number = version.partition(".")
    return int(year), int(number)


class Stage(Record):
    """A stage of a monitoring dialogue."""

    id: Slug = Field(description="a short name that is never changed again", examples=["early"])
    title: Text = Field(description="what the stage is called", examples=["Early stage"])
    origin: Text | None = Field(
        None, description="who worded it, where that is not the framework's source", examples=["The editors"]
    )
    note: Text | None = Field(None, description="anything to keep in mind", examples=["Before anything is counted."])


class DialogueQuestion(Record):
    """An open question for talking, never scored."""

    id: NodeId = Field(description="a short name that is never changed again", examples=["q-early-1"])
    text: Text = Field(description="the question", examples=["Who put up the first shelf?"])
    stage: Slug | None = Field(None, description="left out: a question for every stage", examples=["early"])
    criteria: tuple[NodeId, ...] = Field(
        (), description="ids of criteria of this framework that it is about", examples=[["access"]]
    )
    origin: Text | None = Field(
        None, description="who worded it, where that is not the framework's source", examples=["The editors"]
    )


class Framework(Record):
    """One framework in one version. `id` is the name of its folder."""

    id: Slug
    title: Text = Field(description="what the framework is called", examples=["Street libraries"])
    short_title: Text | None = Field(None, description="a short name for narrow places", examples=["Shelves"])
    version: Annotated[str, Field(pattern=r"^[0-9]{4}\.[0-9]+$")] = Field(
        description="a year and a number, raised with every change", examples=["2026.1"]
    )
    order: int = Field(
        100, description="where it stands among the frameworks on lists; smaller first", examples=[90]
    )
    summary: Text = Field(
        description="what it asks, in a sentence", examples=["Do people find a book within a short walk?"]
    )
    source: Annotated[tuple[Source, ...], Field(min_length=1)] = Field(description="where it comes from")
    sureness: Text = Field(
        description="how sure you are that this agrees with the source", examples=["Taken from our own notes"]
    )
    values: tuple[Text, ...] = Field(
        (), description="what it stands for", examples=[["Books should be near to everybody."]]
    )
    limits: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="what it cannot see", examples=[["It cannot see whether anybody reads."]]
    )
    ground_rules: tuple[Text, ...] = Field(
        (), description="how it is to be used", examples=[["A shelf belongs to its street."]]
    )
    not_applicable_reasons: tuple[Text, ...] = Field(
        (), description="standard reasons for 'not applicable'", examples=[["There are no streets in this place."]]
    )
    history: Annotated[tuple[VersionNote, ...], Field(min_length=1)] = Field(
        description="what changed with each version", examples=[[
            {"version": "2026.1", "date": "2026-06-30", "changes": ["First version"]}
        ]],
    )
    publish_total: Weight | None = Field(None, description="only with a reason may one number for the whole be shown")
    resource_pairs: bool = Field(True, description="false where the answers are already relative to means")
    scales: tuple[Scale, ...] = Field(
        (), description="the scales on which indicators are answered", examples=[[
            {"id": "care", "title": "How well it is looked after", "kind": "ordinal", "best": 2,
             "steps": [{"value": 0, "label": "Nobody"}, {"value": 1, "label": "Now and then"},
                       {"value": 2, "label": "Every week"}]},
        ]],
    )
    # defaults that every node inherits unless it or a node above says otherwise
    construct_: Annotated[
        Construct | None, Field(alias="construct", description="what indicators speak of that do not say it themselves")
    ] = None
    scale: Slug | None = Field(
        None, description="the id of the scale of indicators that name none", examples=["care"]
    )
    subject: Subject = Field(Subject.PLACE, description="whom questions are about that do not say it themselves")
    tolerance: Annotated[int, Field(ge=0, le=50)] = Field(
        3, description="for how many years a figure stays usable", examples=[3]
    )
    meaning_version: Annotated[int, Field(ge=1)] = Field(
        1, description="raised when the meaning of everything changes", examples=[1]
    )
    may_not_apply: bool = Field(True, description="whether 'not applicable' is allowed")
    default_grade: Literal["assertion", "self-report", "public-document", "official-statistic", "outside-check"] = (
        Field("self-report", description="the grade of answers that name none", examples=["self-report"])
    )
    stages: tuple[Stage, ...] = Field((), description="stages of a monitoring dialogue")
    questions: tuple[DialogueQuestion, ...] = Field((), description="open questions for talking, never scored")
    tree: Annotated[tuple[Node, ...], Field(min_length=1)] = Field(
        description="dimensions, criteria, groups and indicators", examples=[[
            {"id": "near", "level": "dimension", "title": "Near to people", "children": [
                {"id": "access", "level": "criterion", "title": "Access", "children": [
                    {"id": "access-1", "level": "indicator", "title": "Every quarter has a shelf that is cared for."},
                ]},
            ]},
        ]],
    )

    @property
    def reference(self) -> str:
        """`<id>@<version>`, as an assessment names it."""
        return f"{self.id}@{self.version}"

    @property
    def version_number(self) -> tuple[int, int]:
        """The version as numbers, so that 2026.10 comes after 2026.9."""
        return version_number(self.version)

    def became(self, node_id: str, *, since: str | None = None) -> str | None:
        """What this version calls the entry that an older one called `node_id`; None where it is gone or unknown.

        `since` is the older version; without it, what is no id here is looked for in every version that the history
        tells of.
        """
        if since is None and node_id in self.by_id:
            return node_id
        for note in sorted(self.history, key=lambda note: version_number(note.version)):
            if since is None or version_number(note.version) > version_number(since):
                if node_id in note.dropped:
                    return None
                node_id = note.renamed.get(node_id, node_id)
        return node_id if node_id in self.by_id else None

    def why_dropped(self, node_id: str, *, since: str | None = None) -> str | None:
        """The reason for which an entry of an older version is gone, as the history gives it."""
        for note in sorted(self.history, key=lambda note: version_number(note.version)):
            if since is None or version_number(note.version) > version_number(since):
                if node_id in note.dropped:
                    return note.dropped[node_id]
                node_id = note.renamed.get(node_id, node_id)
        return None

    def nodes(self) -> Iterator[Node]:
        """Every node in the framework's order, parents before children."""
        for node in self.tree:
            yield from node.walk()

    @cached_property
    def by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes()}

    @cached_property
    def ancestors(self) -> dict[str, tuple[Node, ...]]:
        """For each node id the nodes above it, nearest last."""
        found: dict[str, tuple[Node, ...]] = {}

        def descend(nodes: tuple[Node, ...], above: tuple[Node, ...]) -> None:
            for node in nodes:
                found[node.id] = above
                descend(node.children, (*above, node))

        descend(self.tree, ())
        return found

    def criterion_of(self, node_id: str) -> Node | None:
        """The criterion that a node is or stands below; None for a dimension."""
        for node in reversed((*self.ancestors[node_id], self.by_id[node_id])):
            if node.level is Level.CRITERION:
                return node
        return None

    @cached_property
    def criteria(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes() if node.level is Level.CRITERION)

    @cached_property
    def indicators(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes() if node.level is Level.INDICATOR)

    @cached_property
    def asked_of_a_place(self) -> frozenset[str]:
        """The ids of the indicators that an assessment of a place may answer."""
        return frozenset(node.id for node in self.indicators if self.subject_of(node.id) is Subject.PLACE)

    @cached_property
    def scale_by_id(self) -> dict[str, Scale]:
        return {scale.id: scale for scale in self.scales}

    # What a node inherits: its own word, else the nearest one above, else the framework's.

    def _lineage(self, node_id: str) -> tuple[Node, ...]:
        return (self.by_id[node_id], *reversed(self.ancestors[node_id]))

    def construct_of(self, node_id: str) -> Construct | None:
        return next((n.construct_ for n in self._lineage(node_id) if n.construct_), self.construct_)

    def scale_of(self, node_id: str) -> Scale | None:
        name = next((n.scale for n in self._lineage(node_id) if n.scale), self.scale)
        return self.scale_by_id.get(name) if name else None

    def subject_of(self, node_id: str) -> Subject:
        return next((n.subject for n in self._lineage(node_id) if n.subject), self.subject)

    def tolerance_of(self, node_id: str) -> int:
        return next((n.tolerance for n in self._lineage(node_id) if n.tolerance is not None), self.tolerance)

    def meaning_version_of(self, node_id: str) -> int:
        return next((n.meaning_version for n in self._lineage(node_id) if n.meaning_version), self.meaning_version)

    def may_not_apply_to(self, node_id: str) -> bool:
        return next(
            (n.may_not_apply for n in self._lineage(node_id) if n.may_not_apply is not None), self.may_not_apply
        )

    def default_grade_of(self, node_id: str) -> str:
        return next((n.default_grade for n in self._lineage(node_id) if n.default_grade), self.default_grade)

    def branch_of(self, node_id: str) -> Branch | None:
        return self._branches[node_id]

    @cached_property
    def has_branches(self) -> bool:
        """Whether anything is asked only after certain answers."""
        return any(self._branches.values())

    @cached_property
    def _branches(self) -> dict[str, Branch | None]:
        return {node: next((n.asked_when for n in self._lineage(node) if n.asked_when), None) for node in self.by_id}

    def is_unverified(self, node_id: str) -> bool:
        return node_id in self._unverified

    @cached_property
    def _unverified(self) -> frozenset[str]:
        return frozenset(node.id for node in self.nodes() if any(n.unverified for n in self._lineage(node.id)))


class Relation(Record):
    """How two entries of different frameworks stand to each other."""

    id: Slug = Field(description="a short name by which links call it", examples=["overlaps"])
    title: Text = Field(description="what it says, in words", examples=["overlaps with"])


class CrosswalkLink(Record):
    """One link from an entry of one framework to an entry of another. It carries practices, never scores."""

    from_: Annotated[NodeRef, Field(alias="from", description="an entry of one framework, as FRAMEWORK/ID")]
    to: NodeRef = Field(description="an entry of another framework, as FRAMEWORK/ID", examples=["reading-rooms/doors"])
    relation: Slug = Field(description="the id of the relation", examples=["overlaps"])
    reason: Text = Field(
        description="why somebody who reads one should read the other", examples=["Both ask how far people walk."]
    )


class Crosswalk(Record):
    """The links between frameworks, with what to keep in mind when reading them."""

    title: Text = Field(description="what the collection is called", examples=["Links between the frameworks"])
    status: Text = Field(description="how far one can rely on it", examples=["Drawn by the editors, not yet reviewed"])
    source: Source = Field(description="who drew the links")
    cautions: tuple[Text, ...] = Field(
        (), description="what to keep in mind when reading them", examples=[["A link is no equation."]]
    )
    relations: Annotated[tuple[Relation, ...], Field(min_length=1)] = Field(
        description="the ways in which entries stand to each other"
    )
    links: tuple[CrosswalkLink, ...] = Field((), description="the links")
