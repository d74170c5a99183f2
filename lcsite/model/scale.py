"""The typed scales on which indicators are answered. Which answer is worth what is declared here, as data."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from lcsite.model.words import Exact, Record, Slug, Source, Text

__all__ = [
    "AnswersScale",
    "BandsScale",
    "Direction",
    "Goalposts",
    "Measure",
    "NumberScale",
    "OrdinalScale",
    "Scale",
    "ShareScale",
    "Step",
    "TextScale",
]

Fraction01 = Annotated[Exact, Field(ge=0, le=1)]


class Direction(StrEnum):
    """Which way is better; *none* means that a figure is shown and never scored."""

    HIGHER = "higher-is-better"
    LOWER = "lower-is-better"
    TARGET = "target"
    NONE = "none"


class Step(Record):
    """One answer that can be chosen."""

    value: Text
    label: Text | None = None
    worth: Fraction01 | None = Field(
        None, description="0 to 1; left out on an ordinal scale, where the position counts"
    )
    role: Literal["in-plan", "partly", "unknown"] | None = Field(
        None, description="in-plan and partly are varied in the sensitivity reading; unknown counts as no answer"
    )
    note: Text | None = None


class _ScaleRecord(Record):
    id: Slug
    title: Text
    note: Text | None = None
    origin: Text | None = None


class OrdinalScale(_ScaleRecord):
    """Steps in order, told apart by position. With `worth` on every step the declared values hold instead."""

    kind: Literal["ordinal"]
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]
    best: Text
    because: Text | None = Field(None, description="the reason for declared values")

    @model_validator(mode="after")
    def _ends(self) -> OrdinalScale:
        values = [step.value for step in self.steps]
        if len(set(values)) != len(values):
            raise ValueError("two steps have the same value")
        if self.best not in (values[0], values[-1]):
            raise ValueError(f"best names one end of the scale, {values[0]} or {values[-1]}")
        declared = [step.worth for step in self.steps]
        if any(worth is not None for worth in declared):
            if any(worth is None for worth in declared) or self.because is None:
                raise ValueError("declared values stand on every step and need a reason (because)")
            rising = declared if self.best == values[-1] else declared[::-1]
            if any(a > b for a, b in pairwise(rising)):  # type: ignore[operator]
                raise ValueError("declared values may not fall towards the best step")
        return self


class AnswersScale(_ScaleRecord):
    """Answers such as yes, no and in plan, each with a declared worth: a value choice, made openly."""

    kind: Literal["answers"]
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]
    because: Text

    @model_validator(mode="after")
    def _map(self) -> AnswersScale:
        if any(step.worth is None and step.role != "unknown" for step in self.steps):
            raise ValueError("every answer declares its worth, apart from those that count as unknown")
        worth = {step.role: step.worth for step in self.steps if step.role in ("in-plan", "partly")}
        in_plan, partly = worth.get("in-plan"), worth.get("partly")
        if in_plan is not None and partly is not None and in_plan > partly:
            raise ValueError("in plan may not be worth more than partly")
        return self


class BandsScale(_ScaleRecord):
    """`count` bands of equal width, the highest best: band b covers (b-1)/count to b/count."""

    kind: Literal["bands"]
    count: Annotated[int, Field(ge=2, le=100)]
    labels: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _labels(self) -> BandsScale:
        if self.labels and len(self.labels) != self.count:
            raise ValueError(f"there are {self.count} bands and {len(self.labels)} labels")
        return self


class NumberScale(_ScaleRecord):
    """A figure with a unit; it is scored only where its indicator has goalposts with a source."""

    kind: Literal["number"]


class ShareScale(_ScaleRecord):
    """A share of people asked, k of n, read with a 95 % Wilson interval."""

    kind: Literal["share"]


class TextScale(_ScaleRecord):
    """Words that are shown and never scored."""

    kind: Literal["text"]


Scale = Annotated[
    OrdinalScale | AnswersScale | BandsScale | NumberScale | ShareScale | TextScale, Field(discriminator="kind")
]


class Measure(Record):
    """What a number counts."""

    unit: Text
    direction: Direction
    collected_by: Literal["statistic", "survey", "expert-review"] | None = None
    definition: Text | None = None
    open_definition: Text | None = Field(
        None, description="what the source leaves open, so that rounds may not compare"
    )


class Goalposts(Record):
    """The ends between which a number is read, with their source. They belong to the version of the framework."""

    low: Exact
    high: Exact
    aim: Exact | None = Field(None, description="the value aimed at, between the ends, where the direction is target")
    curve: Literal["linear", "logarithm"] = "linear"
    because: Text
    source: Source

    @model_validator(mode="after")
    def _order(self) -> Goalposts:
        if not self.low < self.high:
            raise ValueError("low must be smaller than high")
        if self.aim is not None and not self.low < self.aim < self.high:
            raise ValueError("aim lies between low and high")
        if self.curve == "logarithm" and self.low <= 0:
            raise ValueError("with a logarithm low must be greater than 0")
        if self.curve == "logarithm" and self.aim is not None:
            raise ValueError("a logarithm and an aim do not go together")
        return self
