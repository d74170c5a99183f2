"""A criteria framework: its tree of dimensions, criteria and indicators, its scales and its own limits.

Everything that makes one framework differ from another is a value in here; no other room knows a framework by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from lcsite.model.scale import Goalposts, Measure, Scale
from lcsite.model.words import Day, Exact, NodeId, NodeRef, Record, Slug, Source, Text

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
]


class Construct(StrEnum):
    """What an indicator speaks of. Only practice and outcome feed a scorecard, each as a reading of its own."""

    BELIEF = "belief"
    PRIORITY = "priority"
    PLAN = "plan"
    PRACTICE = "practice"
    OUTCOME = "outcome"
    KNOWLEDGE = "knowledge"


class Level(StrEnum):
    """The height of a node: a criterion has a page of its own, a dimension gathers criteria, a group sits below one."""

    DIMENSION = "dimension"
    CRITERION = "criterion"
    GROUP = "group"
    INDICATOR = "indicator"


class Subject(StrEnum):
    """Whom a question is about. Only questions about a place enter a place's assessment."""

    PLACE = "place"
    ORGANISATION = "organisation"
    PERSON = "person"


class Facet(StrEnum):
    """The classification that the criteria below a dimension serve, if any."""

    THEME = "theme"
    TOOL_KIND = "tool-kind"


class Weight(Record):
    """A weight other than 1, with the reason that is drawn on the page."""

    value: Annotated[Exact, Field(gt=0)]
    because: Text


class Branch(Record):
    """A node that is asked only after certain answers to another indicator."""

    indicator: NodeId
    answers: Annotated[tuple[Text, ...], Field(min_length=1)]
    if_unknown: Literal["unknown", "not-applicable"] = "not-applicable"
    """What becomes of the indicators below when the deciding answer is not known."""


class Node(Record):
    """A dimension, criterion, group or indicator. Fields marked *inherited* hold for all that stands below."""

    id: NodeId
    level: Level
    title: Text
    """The short name; for an indicator, the statement or question that is answered."""
    label: Text | None = Field(None, description="the number or letter that the source prints")
    gist: Text | None = Field(None, description="one or two sentences: what this is about")
    weight: Weight | None = None
    facet: Facet | None = None
    # inherited by what stands below
    construct_: Annotated[Construct | None, Field(alias="construct", description="inherited")] = None
    scale: Annotated[Slug | None, Field(description="inherited; the id of a scale")] = None
    subject: Annotated[Subject | None, Field(description="inherited")] = None
    tolerance: Annotated[int | None, Field(ge=0, le=50, description="inherited; years that a figure stays usable")] = (
        None
    )
    meaning_version: Annotated[int | None, Field(ge=1, description="inherited; raised when the meaning changes")] = None
    may_not_apply: Annotated[bool | None, Field(description="inherited; whether 'not applicable' is allowed")] = None
    why_not_applicable: tuple[Text, ...] = Field((), description="standard reasons for 'not applicable'")
    # a branch, and lines that are left open
    asked_when: Branch | None = None
    open_line: bool = Field(False, description="an 'others, to be named' line: left empty it does not apply")
    # indicators with numbers
    measure: Measure | None = None
    goalposts: Goalposts | None = None
    default_grade: (
        Literal["assertion", "self-report", "public-document", "official-statistic", "outside-check"] | None
    ) = None
    linked_to: tuple[NodeId, ...] = Field((), description="practice indicators that a belief or priority speaks of")
    # what is known about the node itself
    origin: Text | None = Field(None, description="who worded it, where that is not the framework's source")
    sureness: Text | None = Field(None, description="how sure we are that this agrees with the source")
    unverified: bool = Field(False, description="not checked against the official document; shown on every page")
    note: Text | None = None
    actions: tuple[Text, ...] = Field((), description="action points that the framework suggests")
    shift_from: Text | None = Field(None, description="the older practice that the criterion wants to leave behind")
    shift_to: Text | None = None
    children: tuple[Node, ...] = ()

    @model_validator(mode="after")
    def _shape(self) -> Node:
        if self.level is Level.INDICATOR and self.children:
            raise ValueError("an indicator is answered itself and has no children")
        if self.facet is not None and self.level is not Level.DIMENSION:
            raise ValueError("only a dimension may name a facet")
        return self

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in the framework's order."""
        yield self
        for child in self.children:
            yield from child.walk()


class VersionNote(Record):
    """What changed with one version of the framework."""

    version: Text
    date: Day
    changes: Annotated[tuple[Text, ...], Field(min_length=1)]


class Stage(Record):
    """A stage of a monitoring dialogue."""

    id: Slug
    title: Text
    origin: Text | None = None
    note: Text | None = None


class DialogueQuestion(Record):
    """An open question for talking, never scored."""

    id: NodeId
    text: Text
    stage: Slug | None = Field(None, description="left out: a question for every stage")
    criteria: tuple[NodeId, ...] = ()
    origin: Text | None = None


class Framework(Record):
    """One framework in one version. `id` is the name of its folder."""

    id: Slug
    title: Text
    short_title: Text | None = None
    version: Annotated[str, Field(pattern=r"^[0-9]{4}\.[0-9]+$")]
    order: int = Field(100, description="where it stands among the frameworks on lists; smaller first")
    summary: Text
    source: Annotated[tuple[Source, ...], Field(min_length=1)]
    sureness: Text
    values: tuple[Text, ...] = ()
    limits: Annotated[tuple[Text, ...], Field(min_length=1)]
    ground_rules: tuple[Text, ...] = ()
    not_applicable_reasons: tuple[Text, ...] = ()
    history: Annotated[tuple[VersionNote, ...], Field(min_length=1)]
    publish_total: Weight | None = Field(None, description="only with a reason may one number for the whole be shown")
    resource_pairs: bool = Field(True, description="false where the answers are already relative to means")
    scales: tuple[Scale, ...] = ()
    # defaults that every node inherits unless it or a node above says otherwise
    construct_: Annotated[Construct | None, Field(alias="construct")] = None
    scale: Slug | None = None
    subject: Subject = Subject.PLACE
    tolerance: Annotated[int, Field(ge=0, le=50)] = 3
    meaning_version: Annotated[int, Field(ge=1)] = 1
    may_not_apply: bool = True
    default_grade: Literal["assertion", "self-report", "public-document", "official-statistic", "outside-check"] = (
        "self-report"
    )
    stages: tuple[Stage, ...] = ()
    questions: tuple[DialogueQuestion, ...] = ()
    tree: Annotated[tuple[Node, ...], Field(min_length=1)]

    @property
    def reference(self) -> str:
        """`<id>@<version>`, as an assessment names it."""
        return f"{self.id}@{self.version}"

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

    @property
    def criteria(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes() if node.level is Level.CRITERION)

    @property
    def indicators(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes() if node.level is Level.INDICATOR)

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
        return next((n.asked_when for n in self._lineage(node_id) if n.asked_when), None)

    def is_unverified(self, node_id: str) -> bool:
        return any(n.unverified for n in self._lineage(node_id))


class Relation(Record):
    """How two entries of different frameworks stand to each other."""

    id: Slug
    title: Text


class CrosswalkLink(Record):
    """One link from an entry of one framework to an entry of another. It carries practices, never scores."""

    from_: Annotated[NodeRef, Field(alias="from")]
    to: NodeRef
    relation: Slug
    reason: Text


class Crosswalk(Record):
    """The links between frameworks, with what to keep in mind when reading them."""

    title: Text
    status: Text
    source: Source
    cautions: tuple[Text, ...] = ()
    relations: Annotated[tuple[Relation, ...], Field(min_length=1)]
    links: tuple[CrosswalkLink, ...] = ()
