"""What a place answered, and the statistics about it: assessments, answers, evidence, observations.

Answers are kept as they were written; `lcsite.model.answering` says what they mean on a scale.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationError, field_validator, model_validator

from lcsite.model.words import Count, Day, Exact, Grade, NodeId, NodeRef, Record, Slug, Source, Text, Year

__all__ = [
    "DONT_KNOW",
    "NOT_ANSWERED",
    "Answer",
    "Assessment",
    "Assessors",
    "Evidence",
    "Example",
    "Observation",
    "ResourceLevels",
]

NOT_ANSWERED = "not answered yet"
"""In place of an answer: nobody has come to the question. It says the same as leaving the line out."""

DONT_KNOW = "don't know"
_DONT_KNOW_SPELLINGS = frozenset({"don't know", "dont know", "don’t know", "dont-know", "unknown", "?"})


class Evidence(Source):
    """A source that stands behind one answer, with its grade and what it shows."""

    grade: Grade = Field(Grade.SELF_REPORT, description="how much stands behind it")
    shows: Text | None = Field(
        None, description="what the source says, in a sentence", examples=["Two of five quarters have a shelf."]
    )
    date: Day | None = Field(None, description="the day of the source, where the year is not enough")

    @property
    def counted_grade(self) -> Grade:
        """The grade after the rule for dead sources (method, section 4)."""
        return min(self.grade, Grade.SELF_REPORT, key=lambda g: g.number) if self.dead else self.grade


class ResourceLevels(Record):
    """The pair of the resource reading: where it began, how far the available and the potential means reach."""

    start: Exact = Field(description="where it began, on the scale of the question", examples=[0])
    within_reach: Exact = Field(
        description="how far the means that are there would reach, on the same scale", examples=[2.5]
    )
    potential: Exact | None = Field(
        None, description="how far all the means that could be had would reach", examples=[4]
    )
    because: Text = Field(
        description="why it was read so", examples=["One part-time coordinator; the hall is shared with the parish."]
    )
    evidence: tuple[Evidence, ...] = Field((), description="what shows the means")


class Answer(Record):
    """One answer. Written as a plain value, or as a mapping with the reasons and evidence beside it."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["value"]}, {"required": ["not applicable"]}]}
    )

    value: Text | None = Field(
        None, description="as printed on the scale; 'at least 2', '2 to 3' or 'don't know' too", examples=[2]
    )
    not_applicable: Text | None = Field(
        None, alias="not applicable", description="the reason why the question does not apply",
        examples=["There is no upper secondary school in the village."],
    )
    year: Year | None = Field(None, description="only where it is not the year of the assessment")
    grade: Grade | None = Field(
        None, description="left out: the highest grade of its evidence, or else the usual one of the framework"
    )
    because: Text | None = Field(
        None, description="why this step and not another", examples=["Three of five quarters took part."]
    )
    note: Text | None = Field(None, description="anything to keep in mind", examples=["The fourth begins in autumn."])
    evidence: tuple[Evidence, ...] = Field((), description="what stands behind the answer")
    resources: ResourceLevels | None = Field(None, description="the answer in relation to means")

    @model_validator(mode="before")
    @classmethod
    def _plain_value(cls, raw: Any) -> Any:
        return {"value": raw} if isinstance(raw, str) else raw

    @field_validator("value")
    @classmethod
    def _one_spelling(cls, value: str | None) -> str | None:
        return DONT_KNOW if value is not None and value.casefold() in _DONT_KNOW_SPELLINGS else value

    @model_validator(mode="after")
    def _one_of_two(self) -> Answer:
        if (self.value is None) == (self.not_applicable is None):
            raise ValueError("an answer has either a value or a reason why it is not applicable")
        return self

    @property
    def is_unknown(self) -> bool:
        return self.value == DONT_KNOW


class Example(Record):
    """One example and the next actions for a criterion or indicator, as the workbook session asks for."""

    example: Text | None = Field(
        None, description="one thing that is really done", examples=["A budget evening with school classes"]
    )
    actions: tuple[Text, ...] = Field(
        (), description="what to do next", examples=[["Invite shift workers", "Publish what was not funded"]]
    )


class Assessors(Record):
    """Who made the assessment, and how."""

    kind: Literal["self", "peer-review", "expert-review", "desk-review"] = Field(
        description="self: the place itself; peer-review: people of another place; expert-review: somebody asked for "
        "it; desk-review: from public documents, without asking the place",
        examples=["self"],
    )
    who: Text = Field(
        description="who answered, and how, without names of people who have not agreed",
        examples=["Sampleby learning council, 14 people in two evenings"],
    )
    confirmed: bool = Field(True, description="false where the place itself has not confirmed the assessment")
    note: Text | None = Field(None, description="anything to keep in mind", examples=["Nobody from the school came."])


_LONGEST_SHARED = 40
_MOST_SHARED = 2_000
_SHARED: dict[str, Answer] = {}
"""Answers that are a value and nothing else. Most are, few differ, and in a large portal they were a third of it."""


def _shared(raw: str) -> Answer | str:
    """The answer that is written like this, one for all places; what is wrong, long or rare stays as it is written."""
    answer = _SHARED.get(raw)
    if answer is None and len(raw) <= _LONGEST_SHARED and len(_SHARED) < _MOST_SHARED:
        try:
            answer = _SHARED[raw] = Answer.model_validate(raw)
        except ValidationError:  # said where the assessment is read, with the name of the question
            return raw
    return raw if answer is None else answer


def _is_not_answered(raw: object) -> bool:
    return isinstance(raw, str) and raw.strip().casefold() == NOT_ANSWERED


class Assessment(Record):
    """One place's answers to one framework at one date. `place` and `file_id` come from the folder and file name."""

    place: Slug
    file_id: Slug
    framework: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*@[0-9]{4}\.[0-9]+$")] = Field(
        description="which framework, in which version", examples=["street-libraries@2026.1"]
    )
    as_of: Day = Field(description="the day up to which the answers speak")
    by: Assessors = Field(description="who made the assessment, and how")
    carried_from: Slug | None = Field(
        None, description="the name of the file with an older version from which these answers were carried over",
        examples=["2026-street-libraries"],
    )
    answers: dict[NodeId, Answer] = Field(
        description="the id of each question and its answer: a value as printed on the scale, 'don't know', "
        "'not answered yet', or fields with the reasons and the evidence",
        examples=[{"access-1": 2, "access-2": "don't know", "access-3": {"not applicable": "No shelves here."}}],
    )
    examples: dict[NodeId, Example] = Field(
        default_factory=dict, description="one example and the next actions, by the id of a criterion or question",
        examples=[{"access": {"example": "A shelf in the school yard", "actions": ["Open it on Sundays"]}}],
    )
    limits: tuple[Text, ...] = Field(
        (), description="what the assessors say that their own assessment cannot tell",
        examples=[["It does not say how the shelves are in winter."]],
    )
    conflicts: tuple[Text, ...] = Field(
        (), description="where sources disagree", examples=[["The council counts nine shelves, the library eleven."]]
    )

    @field_validator("answers", mode="before")
    @classmethod
    def _only_answered(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        return {
            key: _shared(value) if type(value) is str else value for key, value in raw.items()
            if not _is_not_answered(value)
        }

    @property
    def framework_id(self) -> str:
        return self.framework.partition("@")[0]

    @property
    def framework_version(self) -> str:
        return self.framework.partition("@")[2]


class Observation(Record):
    """A published figure for one indicator of one place: a row of `observations.csv`, with its true period."""

    indicator: NodeRef = Field(description="which indicator, as FRAMEWORK/ID", examples=["street-libraries/access-2"])
    value: Exact | None = Field(None, description="the number, with a point and no spaces", examples=[97])
    low: Exact | None = Field(
        None, description="instead of a value: the lower end of a band; empty where it is open", examples=[90]
    )
    high: Exact | None = Field(
        None, description="instead of a value: the higher end of a band; empty where it is open", examples=[95]
    )
    unit: Text | None = Field(None, description="as in the framework", examples=["percent"])
    period: Annotated[str, Field(pattern=r"^[0-9]{4}([/-][0-9]{2,4})?$")] | None = Field(
        None, description="the year that the figure is about: 2022, or 2022/23; empty where the source does not say",
        examples=["2022/23"],
    )
    scope: Text | None = Field(
        None, description="what the figure covers where that is not the place itself", examples=["the whole county"]
    )
    n: Annotated[Count, Field(ge=1)] | None = Field(None, description="how many people were asked", examples=[400])
    k: Count | None = Field(None, description="instead of a value: how many of them said so", examples=[248])
    grade: Grade | None = Field(None, description="how much stands behind it; empty for the usual one of the framework")
    derived: Text | None = Field(
        None, description="how it was worked out, where it is not printed like this",
        examples=["Shelves divided by streets"],
    )
    note: Text | None = Field(None, description="anything to keep in mind", examples=["Counted in summer."])
    check: Text | None = Field(
        None, description="what a second reader found; empty means not looked up again", examples=["Confirmed, page 7"]
    )
    source: Source = Field(description="where it is published; the title is needed")

    @model_validator(mode="after")
    def _shape(self) -> Observation:
        has_band = self.low is not None or self.high is not None
        has_count = self.k is not None
        if (self.value is not None) + has_band + has_count != 1:
            raise ValueError("give exactly one of value, a band (low, high) or a count (k of n)")
        if has_count and self.n is None:
            raise ValueError("a count k needs the number of people asked, n")
        if self.k is not None and self.n is not None and self.k > self.n:
            raise ValueError("k counts people out of n and cannot be larger")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low is larger than high")
        return self

    @property
    def framework_id(self) -> str:
        return self.indicator.partition("/")[0]

    @property
    def indicator_id(self) -> str:
        return self.indicator.partition("/")[2]

    @property
    def reference_year(self) -> int | None:
        """The last year of the period (2022/23 -> 2023); None where the figure is undated."""
        if self.period is None:
            return None
        first, _, last = self.period.replace("-", "/").partition("/")
        if not last:
            return int(first)
        return int(last) if len(last) == 4 else int(first[: 4 - len(last)] + last)
