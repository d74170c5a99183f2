"""The typed scales on which indicators are answered. Which answer is worth what is declared here, as data."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from lcsite.model.words import Choice, Exact, Record, Slug, Source, Text

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


class Direction(Choice):
    """Which way is better; *none* means that a figure is shown and never scored."""

    HIGHER = "higher-is-better", "more is better"
    LOWER = "lower-is-better", "less is better"
    TARGET = "target", "a value in between is aimed at"
    NONE = "none", "neither; the figure is shown and never scored"


class Step(Record):
    """One answer that can be chosen."""

    value: Text = Field(description="what is written as the answer", examples=[2])
    label: Text | None = Field(None, description="what the answer means, in words", examples=["Every week"])
    worth: Fraction01 | None = Field(
        None, description="0 to 1; left out on an ordinal scale, where the position counts", examples=[0.5]
    )
    role: Literal["in-plan", "partly", "unknown"] | None = Field(
        None, description="in-plan and partly are varied in the sensitivity reading; unknown counts as no answer",
        examples=["in-plan"],
    )
    note: Text | None = Field(None, description="anything to keep in mind", examples=["Chosen by most who began."])


class _ScaleRecord(Record):
    id: Slug = Field(description="a short name by which indicators call the scale", examples=["care"])
    title: Text = Field(description="what the scale is called", examples=["How well it is looked after"])
    note: Text | None = Field(None, description="anything to keep in mind", examples=["Worded for shelves."])
    origin: Text | None = Field(
        None, description="who worded it, where that is not the framework's source", examples=["The editors"]
    )


class _SteppedRecord(_ScaleRecord):
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]

    @cached_property
    def positions(self) -> dict[str, int]:
        """The position of each step by its printed value, capitals aside; of two alike the first."""
        return {step.value.casefold(): place for place, step in reversed([*enumerate(self.steps)])}


class OrdinalScale(_SteppedRecord):
    """Steps in order, told apart by position. With `worth` on every step the declared values hold instead."""

    kind: Literal["ordinal"] = Field(description="steps in order")
    steps: Annotated[tuple[Step, ...], Field(min_length=2)] = Field(
        description="the answers, from one end to the other", examples=[[{"value": 0}, {"value": 1}, {"value": 2}]]
    )
    best: Text = Field(description="the value at the high end", examples=[2])
    because: Text | None = Field(
        None, description="the reason for declared values", examples=["The last step is the hardest."]
    )

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


class AnswersScale(_SteppedRecord):
    """Answers such as yes, no and in plan, each with a declared worth: a value choice, made openly."""

    kind: Literal["answers"] = Field(description="answers, each with a declared worth")
    steps: Annotated[tuple[Step, ...], Field(min_length=2)] = Field(
        description="the answers, each with its worth",
        examples=[[{"value": "done", "worth": 1}, {"value": "not done", "worth": 0}]],
    )
    because: Text = Field(
        description="why these answers have this worth", examples=["A plan is a first step, so it counts a quarter."]
    )

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

    kind: Literal["bands"] = Field(description="bands of equal width")
    count: Annotated[int, Field(ge=2, le=100)] = Field(description="how many bands", examples=[10])
    labels: tuple[Text, ...] = Field((), description="words for each band, or none at all")

    @model_validator(mode="after")
    def _labels(self) -> BandsScale:
        if self.labels and len(self.labels) != self.count:
            raise ValueError(f"there are {self.count} bands and {len(self.labels)} labels")
        return self


class NumberScale(_ScaleRecord):
    """A figure with a unit; it is scored only where its indicator has goalposts with a source."""

    kind: Literal["number"] = Field(description="a figure with a unit; its ends stand at the indicator")


class ShareScale(_ScaleRecord):
    """A share of people asked, k of n, read with a 95 % Wilson interval."""

    kind: Literal["share"] = Field(description="a share of people asked")


class TextScale(_ScaleRecord):
    """Words that are shown and never scored."""

    kind: Literal["text"] = Field(description="words")


Scale = Annotated[
    OrdinalScale | AnswersScale | BandsScale | NumberScale | ShareScale | TextScale, Field(discriminator="kind")
]


class Measure(Record):
    """What a number counts."""

    unit: Text = Field(description="in what it is counted", examples=["percent"])
    direction: Direction = Field(description="which way is better")
    collected_by: Literal["statistic", "survey", "expert-review"] | None = Field(
        None, description="how such a number comes about", examples=["statistic"]
    )
    definition: Text | None = Field(
        None, description="what exactly is counted", examples=["People within 500 metres of a shelf, of all people"]
    )
    open_definition: Text | None = Field(
        None, description="what the source leaves open, so that rounds may not compare",
        examples=["It does not say how distance is measured."],
    )


class Goalposts(Record):
    """The ends between which a number is read, with their source. They belong to the version of the framework."""

    low: Exact = Field(description="the lower end", examples=[0])
    high: Exact = Field(description="the higher end", examples=[100])
    aim: Exact | None = Field(
        None, description="the value aimed at, between the ends, where the direction is target", examples=[30]
    )
    curve: Literal["linear", "logarithm"] = Field(
        "linear", description="logarithm for figures such as income", examples=["linear"]
    )
    because: Text = Field(description="why these ends", examples=["Both ends can really occur."])
    source: Source = Field(description="who says so")

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
