"""Practices, tools and the links between everything, as they are published."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator
from typing import Annotated

from lcsite.exporting.shape import JSON_ONLY
from lcsite.exporting.source_rows import SourceRow, source_rows
from lcsite.light_classes import dataclass
from lcsite.linking import End, Kind, Link, LinkGraph, Relation
from lcsite.model.portfolio import Portfolio
from lcsite.model.toolbox import EvidenceQuality, Outcome, Practice, Tool
from lcsite.pages import addresses

__all__ = [
    "LinkRow", "PracticeRow", "ToolRow", "carried_rows", "invented_ends", "link_rows", "practice_row", "tool_row",
    "tool_rows",
]


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One case study, whatever came of it."""

    practice: Annotated[str, "The id of the practice."]
    demonstration: Annotated[bool, "true: the practice, or a place of it, is invented."]
    title: Annotated[str, "Its title."]
    summary: Annotated[str, "What it was, in a sentence."]
    kind: Annotated[str, "What kind of thing it was."]
    places: Annotated[tuple[str, ...], "The ids of its places on this site, sorted."]
    countries: Annotated[tuple[str, ...], "ISO 3166-1 alpha-2."]
    years: Annotated[str, "2016, 2016-2019, 2016- (goes on, or the end is not known), 2010s, about 2016, before 2016-."]
    first_year: Annotated[int, "The first year named in years."]
    outcome: Annotated[Outcome, "How it went."]
    evidence: Annotated[str, "What stands behind the outcome."]
    evidence_quality: Annotated[EvidenceQuality, "Who says so."]
    evidence_check: Annotated[str | None, "What a second reader found; empty: nobody looked again."]
    evidence_source: Annotated[SourceRow | None, "Where it is said."]
    supports: Annotated[tuple[str, ...], "The criteria, groups or indicators that it supports: framework/node."]
    themes: Annotated[tuple[str, ...], "The ids of its themes."]
    tools: Annotated[tuple[str, ...], "The ids of the tools that it used."]
    resources: Annotated[str, "What it took."]
    sources: Annotated[tuple[SourceRow, ...], "Where it is described."]
    language: Annotated[str, "The language of the text."]
    added: Annotated[datetime.date | None, "The day on which it came onto the site."]
    page: Annotated[str, "The address of its page, from the root of the site."]
    text: Annotated[str | None, "What was done, what happened, what was learned, in Markdown.", JSON_ONLY]


@dataclass(frozen=True, slots=True)
class ToolRow:
    """One tool that can be used as it stands."""

    tool: Annotated[str, "The id of the tool."]
    title: Annotated[str, "Its title."]
    kind: Annotated[str, "The id of its kind."]
    summary: Annotated[str, "What it is for, in a sentence."]
    audience: Annotated[tuple[str, ...], "Who uses it."]
    time: Annotated[str, "How long it takes."]
    group: Annotated[str | None, "With how many people."]
    needs: Annotated[tuple[str, ...], "What is needed."]
    supports: Annotated[tuple[str, ...], "The criteria that it serves: framework/node."]
    themes: Annotated[tuple[str, ...], "The ids of its themes."]
    draws_on: Annotated[tuple[str, ...], "The ids of practices that used it or are near it."]
    sources: Annotated[tuple[SourceRow, ...], "Where it comes from."]
    page: Annotated[str, "The address of its page, from the root of the site."]
    sheets: Annotated[tuple[str, ...], "The addresses of the sheet to fill in, as files that can be edited."]
    text: Annotated[str | None, "How to use it, in Markdown.", JSON_ONLY]
    sheet: Annotated[str | None, "The sheet to fill in, in Markdown.", JSON_ONLY]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link, as it was written down once; read it from either end."""

    first_kind: Annotated[Kind, "What stands at the first end."]
    first: Annotated[str, "Its id; framework/node for a node, the path for a page."]
    relation: Annotated[Relation, "What the link means, read from the first end to the second."]
    second_kind: Annotated[Kind, "What stands at the second end."]
    second: Annotated[str, "Its id."]
    demonstration: Annotated[bool, "true: one of the ends is invented."]
    carried: Annotated[bool, "true: nobody wrote this link; the crosswalk brings it from another framework."]
    carried_from: Annotated[str | None, "The node that the practice or tool was written to support."]
    carried_relation: Annotated[str | None, "How the two nodes stand to each other."]
    carried_because: Annotated[str | None, "Why the crosswalk joins them."]


def tool_rows(portfolio: Portfolio) -> Iterator[ToolRow]:
    """All tools, by id."""
    return (tool_row(portfolio.tools[id_]) for id_ in sorted(portfolio.tools))


def link_rows(links: Iterable[Link], invented: Container[End]) -> Iterator[LinkRow]:
    """Some links as they were written."""
    for first, relation, second in links:
        demonstration = first in invented or second in invented
        yield LinkRow(*first, relation, *second, demonstration, False, None, None, None)


def carried_rows(portfolio: Portfolio, links: LinkGraph, invented: Container[End]) -> Iterator[LinkRow]:
    """Every link that the crosswalk carries, in a fixed order."""
    crossings = portfolio.crosswalk.links if portfolio.crosswalk else ()
    for node in sorted({end for crossing in crossings for end in (crossing.from_, crossing.to)}):
        for carried in links.carried_to(node):
            # What is carried to a node further down is told there.
            if node in (carried.link.from_, carried.link.to):
                yield LinkRow(
                    *carried.end, Relation.SUPPORTS, Kind.NODE, node, carried.end in invented, True, carried.supports,
                    carried.link.relation, carried.link.reason,
                )


def invented_ends(portfolio: Portfolio) -> frozenset[End]:
    """What is invented of all that a link can lead to."""
    places = (End(Kind.PLACE, id_) for id_, place in portfolio.places.items() if place.demonstration)
    practices = (End(Kind.PRACTICE, id_) for id_, each in portfolio.practices.items() if _is_invented(portfolio, each))
    return frozenset((*places, *practices))


def _is_invented(portfolio: Portfolio, practice: Practice) -> bool:
    places = (portfolio.places.get(place) for place in practice.places)
    return practice.demonstration or any(place is not None and place.demonstration for place in places)


def practice_row(portfolio: Portfolio, practice: Practice) -> PracticeRow:
    """One practice as it is published."""
    evidence = practice.evidence
    return PracticeRow(
        practice=practice.id, demonstration=_is_invented(portfolio, practice), title=practice.title,
        summary=practice.summary, kind=practice.kind, places=tuple(sorted(practice.places)),
        countries=practice.countries, years=practice.years, first_year=practice.first_year, outcome=practice.outcome,
        evidence=evidence.text, evidence_quality=evidence.quality, evidence_check=evidence.check,
        evidence_source=SourceRow.of(evidence.source) if evidence.source else None, supports=practice.supports,
        themes=practice.themes, tools=practice.tools, resources=practice.resources,
        sources=source_rows(practice.sources), language=practice.language, added=practice.added,
        page=addresses.practice(practice.id),
        text=practice.body.strip() or None,
    )


def tool_row(tool: Tool) -> ToolRow:
    """One tool as it is published."""
    return ToolRow(
        tool=tool.id, title=tool.title, kind=tool.kind, summary=tool.summary, audience=tool.audience, time=tool.time,
        group=tool.group, needs=tool.needs, supports=tool.supports, themes=tool.themes, draws_on=tool.draws_on,
        sources=source_rows(tool.sources), page=addresses.tool(tool.id),
        sheets=tuple(addresses.tool_template(tool.id, suffix) for suffix in ("docx", "md")) if tool.template else (),
        text=tool.body.strip() or None, sheet=tool.template.strip() or None,
    )
