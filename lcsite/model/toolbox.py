"""The toolbox: practices (what was tried, and how it went) and tools (what can be used as it stands)."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

from lcsite.model.late_text import text_field
from lcsite.model.place import Country
from lcsite.model.words import Choice, Day, NodeRef, Record, Slug, Source, Text

__all__ = ["EvidenceQuality", "Outcome", "OutcomeEvidence", "Practice", "Tool", "Years"]

_YEARS = re.compile(r"^(about |before )?([0-9]{4})(s|-[0-9]{4}|-)?$")

Years = Annotated[str, Field(pattern=_YEARS.pattern, examples=["2022-2024"])]
"""`2016`, `2016-2019`, `2016-` (goes on, or end not known), `2010s`; `about ` or `before ` may stand before."""


class Outcome(Choice):
    """How a practice went."""

    WORKED = "worked", "something that was aimed at can be seen to have happened"
    MIXED = "mixed", "some of it did and some did not, or it worked and then ended"
    DID_NOT_WORK = "did-not-work", "the aim was missed, or harm was done"
    UNKNOWN = "unknown", "nobody has looked, or nothing was found"


class EvidenceQuality(Choice):
    """Who says how it went."""

    OFFICIAL_AUDIT = "official-audit", "an audit or inquiry by a public body that was not in charge"
    INDEPENDENT_STUDY = "independent-study", "research by people outside the project"
    INSIDER_STUDY = "insider-study", "a study written or steered by people of the project"
    PUBLIC_RECORD = "public-record", "minutes, statistics, press reports"
    AWARD_JURY = "award-jury", "a jury that knew the application"
    SELF_REPORTED = "self-reported", "those who did it report what happened"
    SELF_PRAISE_ONLY = "self-praise-only", "those who did it say that it went well, and only they do"

    @property
    def is_from_outside(self) -> bool:
        """True where somebody who did not do it has looked: drawn in ink, the rest in pencil (design note)."""
        return self in (
            EvidenceQuality.OFFICIAL_AUDIT,
            EvidenceQuality.INDEPENDENT_STUDY,
            EvidenceQuality.PUBLIC_RECORD,
        )


class OutcomeEvidence(Record):
    """What stands behind the outcome."""

    text: Text = Field(
        description="what is known about the result, with numbers if there are any",
        examples=["31 of 900 vouchers were cashed in."],
    )
    quality: EvidenceQuality = Field(description="who says so")
    check: Text | None = Field(
        None, description="what a second reader found; left out means not looked up again",
        examples=["The audit was read again; the numbers stand on page 4."],
    )
    source: Source | None = Field(None, description="one source for this in particular, if there is one")


class Practice(Record):
    """A case study. `id` is its file name; `body` is Markdown."""

    id: Slug
    title: Text = Field(description="what it was, without praise", examples=["Learning vouchers that nobody used"])
    summary: Text = Field(
        description="one sentence that a neighbour understands",
        examples=["Every adult got a voucher for a course; hardly anyone cashed it in."],
    )
    kind: Text = Field(
        description="in two or three words: festival, library bus, law, fund", examples=["learning voucher"]
    )
    places: tuple[Slug, ...] = Field(
        (), description="ids of places on this site; left out where the place has no page here",
        examples=[["sampleby"]],
    )
    countries: Annotated[tuple[Country, ...], Field(min_length=1)] = Field(
        description="two capital letters each (ISO 3166-1), such as JP; EU for the European Union", examples=[["GB"]]
    )
    years: Years = Field(
        description="2016, 2016-2019, 2016- (goes on, or end not known) or 2010s; about or before may stand in front"
    )
    outcome: Outcome = Field(description="how it went; choose unknown freely", examples=["did-not-work"])
    evidence: OutcomeEvidence = Field(description="what stands behind the outcome")
    supports: tuple[NodeRef, ...] = Field(
        (), description="the criteria that it serves, each as FRAMEWORK/ID", examples=[["street-libraries/access"]]
    )
    themes: tuple[Slug, ...] = Field((), description="themes that it belongs to", examples=[["youth-engagement"]])
    tools: tuple[Slug, ...] = Field(
        (), description="ids of tools that were used, or that would help others to do the same",
        examples=[["learner-survey"]],
    )
    resources: Text = Field(
        description='what it took: money, hours, rooms, people; "not reported" if nobody says',
        examples=["EUR 18,000 and a quarter of a post"],
    )
    sources: tuple[Source, ...] = Field((), description="where somebody else can read about it")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = Field(
        "en", description="the language of the text, where it is not the site's", examples=["en"]
    )
    added: Day | None = Field(
        None, description="the day on which it came onto the site; feeds name it by that day, and leave it out without",
        examples=["2026-11-22"],
    )
    demonstration: bool = Field(False, description="true: the practice is invented, and its page says so")
    body: str = ""

    @property
    def first_year(self) -> int:
        match = _YEARS.match(self.years)
        assert match is not None  # the pattern of `years` guarantees it
        return int(match.group(2))


class Tool(Record):
    """A tool of the toolbox. `id` is its folder; `body` explains it, `template` is the sheet to fill in."""

    id: Slug
    title: Text = Field(description="what the tool is called", examples=["Learner survey"])
    kind: Slug = Field(
        description="what sort of tool: a criterion of the framework that sorts tools", examples=["planning-tool"]
    )
    summary: Text = Field(
        description="one sentence that a neighbour understands", examples=["Ask learners what they need."]
    )
    audience: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="for whom it is made", examples=[["city administrators", "education leaders"]]
    )
    time: Text = Field(
        description="how long it takes", examples=["Half a day to prepare, ten minutes to answer"]
    )
    group: Text | None = Field(None, description="for how many people", examples=["30 people or more"])
    needs: tuple[Text, ...] = Field(
        (), description="what has to be there", examples=[["paper or a form", "someone to count"]]
    )
    supports: tuple[NodeRef, ...] = Field(
        (), description="the criteria that it serves, each as FRAMEWORK/ID", examples=[["street-libraries/access"]]
    )
    themes: tuple[Slug, ...] = Field((), description="themes that it belongs to", examples=[["youth-engagement"]])
    draws_on: tuple[Slug, ...] = Field(
        (), description="ids of practices that used it or are near it", examples=[["vouchers-nobody-used"]]
    )
    sources: tuple[Source, ...] = Field((), description="where it comes from")
    order: int = Field(100, description="where it stands on lists; smaller first", examples=[10])
    body: str = ""
    template: str = ""


text_field(Practice, "body")
text_field(Tool, "body")
