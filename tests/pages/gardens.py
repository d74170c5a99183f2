"""A small portfolio whose numbers can be worked out by hand, and its pages by address.

Alder answers gardens with 1 and 0 of 4, paths with 4 and 3, kitchens not at all. Birch answers gardens with 4 and 4 and
does not know about one of its paths. Of Cedar one figure is published: 37 on a road from 20 to 80. Nothing is known of
The Valley, of which Alder is a part. Elm is invented.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from lcsite.linking import LinkGraph, link_portfolio
from lcsite.model.portfolio import Portfolio
from lcsite.pages.dictionary import Column, DataFile
from lcsite.pages.names import Names
from lcsite.pages.page import Page
from lcsite.pages.readings import Readings
from lcsite.pages.site_plan import Reference, plan_pages
from tests.builders import (
    GARDENS,
    KINDS,
    SOURCE,
    STEPS,
    assessment,
    criterion,
    crosswalk,
    framework,
    indicator,
    node,
    observation,
    place,
    population,
    portfolio,
    practice,
    prose_page,
    tool,
)

AUDIT = {"title": "Audit", "grade": "public-document", "url": "https://example.org/audit"}
FIGURE = {"id": "figure", "title": "A figure", "kind": "number"}
AREAS_WITH_A_FIGURE = (
    node(
        "people",
        "dimension",
        criterion(
            "1",
            node(
                "1.1",
                "group",
                indicator(
                    "1.1.1",
                    scale="figure",
                    construct="outcome",
                    measure={"unit": "%", "direction": "higher-is-better"},
                    goalposts={"low": "20", "high": "80", "because": "From few to most.", "source": SOURCE},
                ),
            ),
            node("1.2", "group"),
        ),
        criterion("2", node("2.1", "group")),
    ),
)
FILES = (DataFile("places.csv", "Places", "a place", (Column("place", "text", "The id."),)),)
QUESTIONS = [{"id": "q1", "text": "Who digs?", "stage": "first", "criteria": ["gardens"]}, {"id": "q2", "text": "Why?"}]


@cache
def gardens() -> Portfolio:
    """The portfolio of this module's docstring."""
    stages = [{"id": "first", "title": "First meeting"}]
    return portfolio(
        frameworks=[
            framework(
                "garden-rules",
                GARDENS,
                order=10,
                title="Rules for gardens",
                short_title="Gardens",
                stages=stages,
                questions=QUESTIONS,
            ),
            framework("areas", AREAS_WITH_A_FIGURE, order=20, scales=[STEPS, FIGURE]),
            framework("kinds", KINDS, order=30),
        ],
        places=[
            place("alder", population=population(10_000), part_of="valley"),
            place("birch", population=population(12_000)),
            place("cedar", "Čedar", population=population(40_000), country="CZ"),
            place("elm", demonstration=True, population=population(11_000)),
            place("valley", "The Valley", kind="region"),
        ],
        assessments=[
            assessment("alder", {"gardens-1": "0", "gardens-2": "0", "paths-1": "4"}, year=2024),
            assessment(
                "alder",
                {
                    "gardens-1": {"value": "1", "evidence": [AUDIT], "note": "One bed."},
                    "gardens-2": "0",
                    "paths-1": "4",
                    "paths-2": "3",
                },
            ),
            assessment("birch", {"gardens-1": "4", "gardens-2": "4", "paths-1": "don't know"}),
            assessment("elm", {"kitchens-1": {"not applicable": "Nobody cooks."}, "gardens-1": "2"}),
        ],
        observations={"cedar": (observation("areas/1.1.1", value="37", period="2024"),)},
        practices=[
            practice(
                "seed-swap", places=["birch"], supports=["garden-rules/gardens"], themes=["youth"], tools=["map-sheet"]
            ),
            practice(
                "path-day",
                places=["alder"],
                supports=["garden-rules/paths-1"],
                outcome="did-not-work",
                evidence={"text": "Nobody came.", "quality": "official-audit"},
                sources=[SOURCE],
            ),
            practice("talks", supports=["areas/1.1"], themes=["rivers"], countries=["CZ"], years="2019-2021"),
            practice(
                "moon-picnic", places=["elm"], supports=["garden-rules/kitchens"], demonstration=True, outcome="mixed"
            ),
        ],
        tools=[
            tool("map-sheet", supports=["garden-rules/paths"], draws_on=["path-day"], template="## Draw\n", order=1),
            tool("way-guide", kind="guide", supports=["garden-rules/gardens"], order=2),
        ],
        prose=[
            prose_page("index", "Sample Portal", body="Welcome."),
            prose_page("learn/index", "Learn", body="All of it."),
            prose_page("learn/soil", "Soil", order=1, criteria=["garden-rules/gardens"], tools=["map-sheet"]),
            prose_page("learn/water", "Water", order=2, practices=["talks"]),
            prose_page("criteria/garden-rules/index", "Rules for gardens", body="About these rules."),
        ],
        criterion_pages={("garden-rules", "gardens"): prose_page("criteria/garden-rules/gardens", body="Dig.")},
        links=crosswalk(("garden-rules/gardens", "areas/1")),
    )


def plan(of: Portfolio) -> tuple[Page, ...]:
    names = Names(of)
    reference = Reference(FILES, {"too-long": ("Too long", "Make it shorter.")})
    return plan_pages(of, link_portfolio(of), names, Readings(of, names), reference)


@cache
def pages() -> dict[str, Page]:
    """Every page of the portfolio by its address."""
    return {page.address: page for page in plan(gardens())}


def body(address: str) -> Any:
    return pages()[address].body()


def body_in(of: Portfolio, address: str) -> Any:
    return next(page for page in plan(of) if page.address == address).body()


def graph() -> LinkGraph:
    return link_portfolio(gardens())


def changed(**parts: Any) -> Portfolio:
    return replace(gardens(), **parts)


def ids(found: Any) -> list[str]:
    return [entry.id for entry in found]
