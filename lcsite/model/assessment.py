"""What a place answered, and the statistics about it: assessments, answers, evidence, observations.

Answers are kept as they were written; `lcsite.model.answering` says what they mean on a scale.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

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

    grade: Grade = Grade.SELF_REPORT
    shows: Text | None = Field(None, description="what the source says, in a sentence")
    date: Day | None = None

    @property
    def counted_grade(self) -> Grade:
        """The grade after the rule for dead sources (method, section 4)."""
        return min(self.grade, Grade.SELF_REPORT, key=lambda g: g.number) if self.dead else self.grade


class ResourceLevels(Record):
    """The pair of the resource reading: where it began, how far the available and the potential means reach."""

    start: Exact
    within_reach: Exact
    potential: Exact | None = None
    because: Text
    evidence: tuple[Evidence, ...] = ()


class Answer(Record):
    """One answer. Written as a plain value, or as a mapping with the reasons and evidence beside it."""

    value: Text | None = Field(None, description="as printed on the scale; 'at least 2', '2 to 3' or 'don't know' too")
    not_applicable: Text | None = Field(
        None, alias="not applicable", description="the reason why the question does not apply"
    )
    year: Year | None = Field(None, description="only where it is not the year of the assessment")
    grade: Grade | None = None
    because: Text | None = Field(None, description="why this step and not another")
    note: Text | None = None
    evidence: tuple[Evidence, ...] = ()
    resources: ResourceLevels | None = None

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

    example: Text | None = None
    actions: tuple[Text, ...] = ()


class Assessors(Record):
    """Who made the assessment, and how."""

    kind: Literal["self", "peer-review", "expert-review", "desk-review"]
    who: Text
    confirmed: bool = Field(True, description="false where the place itself has not confirmed the assessment")
    note: Text | None = None


def _is_not_answered(raw: object) -> bool:
    return isinstance(raw, str) and raw.strip().casefold() == NOT_ANSWERED


class Assessment(Record):
    """One place's answers to one framework at one date. `place` and `file_id` come from the folder and file name."""

    place: Slug
    file_id: Slug
    framework: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*@[0-9]{4}\.[0-9]+$")]
    as_of: Day
    by: Assessors
    answers: dict[NodeId, Answer]
    examples: dict[NodeId, Example] = Field(default_factory=dict)
    limits: tuple[Text, ...] = ()
    conflicts: tuple[Text, ...] = ()

    @field_validator("answers", mode="before")
    @classmethod
    def _only_answered(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        return {key: value for key, value in raw.items() if not _is_not_answered(value)}

    @property
    def framework_id(self) -> str:
        return self.framework.partition("@")[0]

    @property
    def framework_version(self) -> str:
        return self.framework.partition("@")[2]


class Observation(Record):
    """A published figure for one indicator of one place: a row of `observations.csv`, with its true period."""

    indicator: NodeRef
    value: Exact | None = None
    low: Exact | None = None
    high: Exact | None = None
    unit: Text | None = None
    period: Annotated[str, Field(pattern=r"^[0-9]{4}([/-][0-9]{2,4})?$")] | None = None
    scope: Text | None = Field(None, description="what the figure covers where that is not the place itself")
    n: Annotated[Count, Field(ge=1)] | None = None
    k: Count | None = None
    grade: Grade | None = None
    derived: Text | None = None
    note: Text | None = None
    check: Text | None = None
    source: Source

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
