"""The toolbox: practices (what was tried, and how it went) and tools (what can be used as it stands)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from lcsite.model.place import Country
from lcsite.model.words import NodeRef, Record, Slug, Source, Text

__all__ = ["EvidenceQuality", "Outcome", "OutcomeEvidence", "Practice", "Tool", "Years"]

_YEARS = re.compile(r"^(about |before )?([0-9]{4})(s|-[0-9]{4}|-)?$")

Years = Annotated[str, Field(pattern=_YEARS.pattern)]
"""`2016`, `2016-2019`, `2016-` (goes on, or end not known), `2010s`; `about ` or `before ` may stand before."""


class Outcome(StrEnum):
    """How a practice went."""

    WORKED = "worked"
    MIXED = "mixed"
    DID_NOT_WORK = "did-not-work"
    UNKNOWN = "unknown"


class EvidenceQuality(StrEnum):
    """Who says how it went."""

    OFFICIAL_AUDIT = "official-audit"
    INDEPENDENT_STUDY = "independent-study"
    INSIDER_STUDY = "insider-study"
    PUBLIC_RECORD = "public-record"
    AWARD_JURY = "award-jury"
    SELF_REPORTED = "self-reported"
    SELF_PRAISE_ONLY = "self-praise-only"

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

    text: Text
    quality: EvidenceQuality
    check: Text | None = Field(None, description="what a second reader found; left out means not looked up again")
    source: Source | None = None


class Practice(Record):
    """A case study. `id` is its file name; `body` is Markdown."""

    id: Slug
    title: Text
    summary: Text
    kind: Text
    places: tuple[Slug, ...] = ()
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    years: Years
    outcome: Outcome
    evidence: OutcomeEvidence
    supports: tuple[NodeRef, ...] = ()
    themes: tuple[Slug, ...] = ()
    tools: tuple[Slug, ...] = ()
    resources: Text
    sources: tuple[Source, ...] = ()
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    demonstration: bool = False
    body: str = ""

    @property
    def first_year(self) -> int:
        match = _YEARS.match(self.years)
        assert match is not None  # the pattern of `years` guarantees it
        return int(match.group(2))


class Tool(Record):
    """A tool of the toolbox. `id` is its folder; `body` explains it, `template` is the sheet to fill in."""

    id: Slug
    title: Text
    kind: Slug
    summary: Text
    audience: Annotated[tuple[Text, ...], Field(min_length=1)]
    time: Text
    group: Text | None = None
    needs: tuple[Text, ...] = ()
    supports: tuple[NodeRef, ...] = ()
    themes: tuple[Slug, ...] = ()
    draws_on: tuple[Slug, ...] = ()
    sources: tuple[Source, ...] = ()
    order: int = 100
    body: str = ""
    template: str = ""
