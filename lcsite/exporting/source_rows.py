"""Sources and evidence as they stand in every published file, in full in JSON and as a line of words in tables."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Annotated

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Evidence
from lcsite.model.words import Grade, Source

__all__ = ["EvidenceRow", "SourceRow", "evidence_rows", "source_rows"]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where something was said."""

    title: Annotated[str, "The title of the source."]
    publisher: Annotated[str | None, "Who published it."]
    year: Annotated[int | None, "The year of publication."]
    url: Annotated[str | None, "Its address."]
    dead: Annotated[bool | None, "true where a link check found the address dead and there is no archived copy."]

    @classmethod
    def of(cls, source: Source) -> SourceRow:
        return cls(source.title, source.publisher, source.year, source.url, source.dead or None)

    def in_words(self) -> str:
        """`Title. Publisher, 2024. https://...`"""
        return _line(self.title, self.publisher, self.year, self.url)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A source that stands behind one answer."""

    title: Annotated[str, "The title of the source."]
    publisher: Annotated[str | None, "Who published it."]
    year: Annotated[int | None, "The year of publication."]
    date: Annotated[datetime.date | None, "Its day."]
    url: Annotated[str | None, "Its address."]
    grade: Annotated[Grade | None, "How much it carries, before the rule for dead sources."]
    shows: Annotated[str | None, "What it says."]
    dead: Annotated[bool | None, "true where a link check found the address dead and there is no archived copy."]

    @classmethod
    def of(cls, source: Source) -> EvidenceRow:
        found = source if isinstance(source, Evidence) else None
        return cls(
            source.title, source.publisher, source.year, found.date if found else None, source.url,
            found.grade if found else None, found.shows if found else None, source.dead or None,
        )

    def in_words(self) -> str:
        """`Title. Publisher, 2024. https://...`"""
        return _line(self.title, self.publisher, self.year, self.url)


def source_rows(sources: Iterable[Source]) -> tuple[SourceRow, ...]:
    """Sources in the order in which they were written."""
    return tuple(map(SourceRow.of, sources))


def evidence_rows(sources: Iterable[Source]) -> tuple[EvidenceRow, ...]:
    """Sources behind an answer or figure, in the order in which they were written."""
    return tuple(map(EvidenceRow.of, sources))


def _line(title: str, publisher: str | None, year: int | None, url: str | None) -> str:
    told = ", ".join(str(part) for part in (publisher, year) if part is not None)
    return ". ".join(part for part in (title, told, url or "") if part)
