"""A node of a framework's tree: a dimension, criterion, group or indicator, with all that can be said about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from lcsite.model.scale import Goalposts, Measure
from lcsite.model.words import Choice, Exact, NodeId, Record, Slug, Text

__all__ = ["Branch", "Construct", "Facet", "Level", "Node", "Subject", "Weight"]


class Construct(Choice):
    """What an indicator speaks of. Only practice and outcome feed a scorecard, each as a reading of its own."""

    BELIEF = "belief", "what people hold to be true"
    PRIORITY = "priority", "what people find important"
    PLAN = "plan", "what is intended"
    PRACTICE = "practice", "what is done; scored"
    OUTCOME = "outcome", "what has come of it; scored apart from what is done"
    KNOWLEDGE = "knowledge", "what people know"


class Level(Choice):
    """The height of a node: a criterion has a page of its own, a dimension gathers criteria, a group sits below one."""

    DIMENSION = "dimension", "gathers criteria"
    CRITERION = "criterion", "has a page of its own"
    GROUP = "group", "gathers indicators below a criterion"
    INDICATOR = "indicator", "is answered"


class Subject(Choice):
    """Whom a question is about. Only questions about a place enter a place's assessment."""

    PLACE = "place", "the place"
    ORGANISATION = "organisation", "a single organisation"
    PERSON = "person", "a single person"


class Facet(Choice):
    """The classification that the criteria below a dimension serve, if any."""

    THEME = "theme", "its criteria sort practices"
    TOOL_KIND = "tool-kind", "its criteria sort tools"


class Weight(Record):
    """A weight other than 1, with the reason that is drawn on the page."""

    value: Annotated[Exact, Field(gt=0)] = Field(
        description="how often it counts; what has no weight counts once", examples=[2]
    )
    because: Text = Field(description="why", examples=["An untidy shelf is soon no shelf."])


class Branch(Record):
    """A node that is asked only after certain answers to another indicator."""

    indicator: NodeId = Field(description="the indicator whose answer decides", examples=["access-1"])
    answers: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="the answers to it after which this is asked", examples=[["done", "in plan"]]
    )
    if_unknown: Literal["unknown", "not-applicable"] = Field(
        "not-applicable", description="what becomes of the indicators here when the deciding answer is not known",
        examples=["unknown"],
    )


class Node(Record):
    """A dimension, criterion, group or indicator. Fields marked *inherited* hold for all that stands below."""

    id: NodeId = Field(description="a short name that is never changed again", examples=["access"])
    level: Level = Field(description="how high it stands in the tree")
    title: Text = Field(
        description="the short name; for an indicator, the statement or question that is answered", examples=["Access"]
    )
    label: Text | None = Field(None, description="the number or letter that the source prints", examples=["1.2"])
    gist: Text | None = Field(
        None, description="one or two sentences: what this is about",
        examples=["People reach a shelf on foot, at any hour."],
    )
    weight: Weight | None = Field(None, description="a weight other than 1, with its reason")
    facet: Facet | None = Field(None, description="on a dimension: its criteria sort practices or tools")
    # inherited by what stands below
    construct_: Annotated[
        Construct | None, Field(alias="construct", description="what it speaks of; holds for all that stands below")
    ] = None
    scale: Annotated[
        Slug | None,
        Field(description="the id of the scale on which to answer; holds for all that stands below", examples=["care"]),
    ] = None
    subject: Annotated[Subject | None, Field(description="whom it is about; holds for all that stands below")] = None
    tolerance: Annotated[
        int | None,
        Field(
            ge=0, le=50, description="for how many years a figure stays usable; holds for all that stands below",
            examples=[3],
        ),
    ] = None
    meaning_version: Annotated[
        int | None,
        Field(ge=1, description="raised when the meaning changes; holds for all that stands below", examples=[2]),
    ] = None
    may_not_apply: Annotated[
        bool | None, Field(description="whether 'not applicable' is allowed; holds for all that stands below")
    ] = None
    why_not_applicable: tuple[Text, ...] = Field(
        (), description="standard reasons for 'not applicable'", examples=[["There are no streets in this place."]]
    )
    # a branch, and lines that are left open
    asked_when: Branch | None = Field(None, description="asked only after certain answers to another indicator")
    open_line: bool = Field(False, description="an 'others, to be named' line: left empty it does not apply")
    # indicators with numbers
    measure: Measure | None = Field(None, description="for figures: what is counted, and which way is better")
    goalposts: Goalposts | None = Field(None, description="the ends between which a figure is scored")
    default_grade: (
        Literal["assertion", "self-report", "public-document", "official-statistic", "outside-check"] | None
    ) = Field(
        None, description="the grade of answers that name none; holds for all that stands below",
        examples=["official-statistic"],
    )
    linked_to: tuple[NodeId, ...] = Field(
        (), description="practice indicators that a belief or priority speaks of", examples=[["care-taken-1"]]
    )
    # what is known about the node itself
    origin: Text | None = Field(
        None, description="who worded it, where that is not the framework's source", examples=["The editors"]
    )
    sureness: Text | None = Field(
        None, description="how sure we are that this agrees with the source", examples=["Read in a summary only"]
    )
    unverified: bool = Field(False, description="not checked against the official document; shown on every page")
    note: Text | None = Field(None, description="anything to keep in mind", examples=["Asked once in two years."])
    actions: tuple[Text, ...] = Field(
        (), description="action points that the framework suggests", examples=[["Put a shelf at every stop"]]
    )
    shift_from: Text | None = Field(
        None, description="the older practice that the criterion wants to leave behind", examples=["Books under lock"]
    )
    shift_to: Text | None = Field(None, description="the newer practice", examples=["Books within reach"])
    children: tuple[Node, ...] = Field((), description="what stands below; an indicator has none")

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
