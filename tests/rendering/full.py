"""A portfolio in which every text that people may write is there, and the same with hostile markup in each of them."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any, get_args, get_origin

from lcsite.model import assessment as assessments
from lcsite.model import framework as frameworks
from lcsite.model import place as places
from lcsite.model import scale as scales
from lcsite.model import site as sites
from lcsite.model import toolbox, words
from lcsite.model.portfolio import Portfolio
from lcsite.model.words import Record, Text
from tests.builders import (
    KINDS,
    assessment,
    criterion,
    framework,
    indicator,
    node,
    observation,
    place,
    portfolio,
    practice,
    prose_page,
    tool,
)

SOURCE = {"title": "Report", "publisher": "Council", "year": 2024, "url": "https://example.org/report"}
SHARE_OF_PEOPLE = {"unit": "%", "direction": "higher-is-better", "collected_by": "survey"}

SCALES = [
    {
        "id": "declared",
        "title": "Declared",
        "note": "A note",
        "origin": "Ours",
        "kind": "ordinal",
        "best": "yes",
        "because": "Words earn nothing",
        "steps": [
            {"value": "no", "label": "No", "worth": "0", "note": "Nothing"},
            {"value": "yes", "label": "Yes", "worth": "1"},
        ],
    },
    {
        "id": "map",
        "title": "Map",
        "note": "A note",
        "origin": "Ours",
        "kind": "answers",
        "because": "A choice",
        "steps": [
            {"value": "y", "label": "Yes", "worth": "1", "note": "All"},
            {"value": "n", "label": "No", "worth": "0"},
            {"value": "?", "label": "Ask", "role": "unknown"},
        ],
    },
    {
        "id": "bands",
        "title": "Bands",
        "note": "A note",
        "origin": "Ours",
        "kind": "bands",
        "count": 2,
        "labels": ["Few", "Many"],
    },
    {"id": "number", "title": "Number", "note": "A note", "origin": "Ours", "kind": "number"},
    {"id": "share", "title": "Share", "note": "A note", "origin": "Ours", "kind": "share"},
    {"id": "text", "title": "Words", "note": "A note", "origin": "Ours", "kind": "text"},
]

TREE = (
    node(
        "area",
        "dimension",
        criterion(
            "full",
            indicator(
                "full-1",
                label="1",
                gist="Gist",
                weight={"value": "2", "because": "It matters"},
                note="Note",
                origin="Ours",
                sureness="Sure",
                scale="declared",
                unverified=True,
            ),
            node(
                "full-g",
                "group",
                indicator(
                    "full-2",
                    scale="number",
                    construct="outcome",
                    goalposts={
                        "low": "0",
                        "high": "10",
                        "because": "From nothing to all",
                        "source": SOURCE,
                    },
                    measure={
                        "unit": "books",
                        "direction": "higher-is-better",
                        "definition": "Borrowed",
                        "open_definition": "Where",
                    },
                ),
                label="G",
                gist="Gist",
                note="Note",
                origin="Ours",
                sureness="Sure",
            ),
            indicator("full-3", scale="map", why_not_applicable=["No river"]),
            indicator("full-4", scale="bands"),
            indicator("full-5", scale="share", construct="outcome", measure=SHARE_OF_PEOPLE),
            indicator("full-6", scale="text"),
            indicator("full-7", scale="declared", construct="belief"),
            indicator("full-8", scale="number"),
            label="F",
            gist="Gist",
            note="Note",
            origin="Ours",
            sureness="Sure",
            actions=["Act"],
            shift_from="Old",
            shift_to="New",
            weight={"value": "2", "because": "It matters"},
            why_not_applicable=["No river"],
        ),
        criterion("next", indicator("next-1", scale="declared")),
        label="A",
        gist="Gist",
        note="Note",
        origin="Ours",
        sureness="Sure",
    ),
)

FULL_FRAMEWORK: dict[str, Any] = {
    "title": "Full framework",
    "short_title": "Full",
    "values": ["Value"],
    "ground_rules": ["Rule"],
    "not_applicable_reasons": ["Reason"],
    "scales": SCALES,
    "scale": "declared",
    "order": 1,
    "publish_total": {"value": "1", "because": "A total"},
    "source": [{"title": "Paper", "publisher": "Press", "year": 2020}],
    "history": [
        {
            "version": "2026.1",
            "date": "2026-01-31",
            "changes": ["First version."],
            "renamed": {"full-old": "full-1"},
            "dropped": {"full-0": "Nobody could answer it"},
        }
    ],
    "stages": [{"id": "first", "title": "First", "origin": "Ours", "note": "Note"}],
    "questions": [
        {"id": "q1", "text": "Who?", "stage": "first", "criteria": ["full"], "origin": "Ours"},
        {"id": "q2", "text": "Why?", "origin": "Ours"},
    ],
}

CROSSWALK = {
    "title": "Crosswalk",
    "status": "Draft",
    "source": SOURCE,
    "cautions": ["Take care"],
    "relations": [{"id": "same", "title": "Alike"}],
    "links": [{"from": "full-frame/full", "to": "kinds/youth", "relation": "same", "reason": "They touch"}],
}

PLACE: dict[str, Any] = {
    "names": {"ja": "村"},
    "coordinates": {"lat": "50", "lon": "10", "note": "The square"},
    "contact": "The hall",
    "population": {"value": 900, "year": 2024, "scope": "Valley", "note": "Counted", "check": "Read", "source": SOURCE},
    "budget_per_head": {"value": "900", "currency": "EUR", "year": 2024, "note": "Planned", "source": SOURCE},
    "networks": [
        {
            "name": "Net",
            "joined": 2015,
            "awards": [{"name": "Prize", "year": 2017}],
            "check": "Read",
            "sources": [SOURCE],
        }
    ],
    "context": [
        {
            "label": f"Figure {n}",
            "value": "3",
            "unit": "halls",
            "year": 2024,
            "scope": "Valley",
            "derived": "Summed",
            "note": "Note",
            "check": "Read",
            "source": SOURCE,
        }
        for n in range(6)
    ],
    "stakeholders": ["Choir"],
    "sources": [SOURCE],
    "gaps": "Books",
}

FREE_WORDS = 'Free <script>alert(1)</script> words " onmouseover="alert(1)'
EVIDENCE = {**SOURCE, "grade": "public-document", "shows": "Much", "date": "2024-05-01"}
ANSWERS: dict[str, Any] = {
    "full-1": {"value": "yes", "because": "Seen", "note": "Note", "evidence": [EVIDENCE]},
    "full-2": {
        "value": "7",
        "resources": {"start": "1", "within_reach": "8", "potential": "9", "because": "A hall", "evidence": [EVIDENCE]},
    },
    "full-3": {"not applicable": "No river"},
    "full-4": "2",
    "full-6": FREE_WORDS,
    "full-7": "yes",
    "full-8": "don't know",
}
ROUND: dict[str, Any] = {
    "by": {"kind": "desk-review", "who": "A reader", "confirmed": False, "note": "From afar"},
    "limits": ["A limit"],
    "conflicts": ["Two say otherwise"],
    "examples": {"full": {"example": "A fair", "actions": ["Go on"]}},
}
FIGURE = {"unit": "books", "scope": "Valley", "derived": "Summed", "note": "Note", "check": "Read", "period": "2024"}


@cache
def full() -> Portfolio:
    """Every field that holds text is filled (a test checks that none was forgotten)."""
    return portfolio(
        title="Portal",
        contact="The hall",
        licence="CC BY 4.0",
        menu=[{"title": "Places", "page": "cities/"}],
        footer=[{"title": "Data", "page": "data/"}],
        news=[{"date": "2026-11-01", "text": "News", "page": "learn/all/"}],
        frameworks=[framework("full-frame", TREE, **FULL_FRAMEWORK), framework("kinds", KINDS, order=9)],
        places=[
            place("alder", part_of="valley", demonstration=True, **PLACE),
            place("valley", kind="region", **PLACE),
            place("birch", demonstration=True, population={"value": 950, "source": SOURCE}),
            place("cedar", **PLACE),
        ],
        assessments=[
            assessment("alder", {**ANSWERS, "full-1": "no"}, framework_id="full-frame", year=2024, **ROUND),
            assessment("alder", ANSWERS, framework_id="full-frame", **ROUND),
            assessment("birch", {"full-1": "yes"}, framework_id="full-frame"),
        ],
        observations={
            "alder": (observation("full-frame/full-5", k=30, n=40, **FIGURE),),
            "cedar": (observation("full-frame/full-8", value="5", **FIGURE), observation("full-frame/full-2", low="4")),
        },
        practices=[
            practice(
                "fair",
                places=["alder"],
                demonstration=True,
                supports=["full-frame/full"],
                themes=["youth"],
                tools=["sheet-one"],
                sources=[SOURCE],
                body="## What was done\n\nMuch.\n",
                evidence={"text": "They came", "quality": "official-audit", "check": "Read", "source": SOURCE},
            ),
            practice(
                "walk",
                places=["cedar"],
                supports=["full-frame/full-1"],
                outcome="did-not-work",
                years="2019-2021",
                sources=[SOURCE],
                evidence={"text": "None came", "quality": "self-reported", "check": "Read", "source": SOURCE},
            ),
            practice("sing", supports=["kinds/rivers"], themes=["rivers"], outcome="mixed", years="2019-"),
        ],
        tools=[
            tool(
                "sheet-one",
                group="Six",
                needs=["Pens"],
                sources=[SOURCE],
                supports=["full-frame/full"],
                template="## Names\n",
                draws_on=["fair"],
                body="## Names\n\nDo.\n",
            )
        ],
        prose=[
            prose_page("index", "Portal"),
            prose_page("learn/index", "Learn", label="L"),
            prose_page(
                "learn/all",
                "All",
                label="1",
                sources=[SOURCE],
                criteria=["full-frame/full"],
                tools=["sheet-one"],
                practices=["fair"],
                order=1,
            ),
            prose_page("learn/rest", "Rest", label="2", order=2),
            *(prose_page(f"{part}/index", part.title()) for part in ("toolbox", "method", "data", "criteria")),
            prose_page("criteria/full-frame/index", "Full", body="About."),
        ],
        criterion_pages={("full-frame", "full"): prose_page("criteria/full-frame/full", "Full", body="Words.")},
        links=frameworks.Crosswalk.model_validate(CROSSWALK),
    )


# --- hostile words ---------------------------------------------------------------------------------------------------

ROOMS = (assessments, frameworks, places, scales, sites, toolbox, words)
MEANT_AS_KEYS = {
    ("Answer", "value"),
    ("Step", "value"),
    ("OrdinalScale", "best"),
    ("Branch", "answers"),
}
"""Texts that must agree with one another or with a scale; they are tested with a scale of words."""


def hostile(words_: str) -> str:
    """Words that try to leave every kind of quotation that there is."""
    return (
        f'{words_}<script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="alert(1)" x=\'\' `{{{{7*191}}}}` '
        "{% raw %} %(x)s %s {n} {0} &lt;b&gt; </title></textarea></svg>--> javascript:alert(1)"
    )


def texts_of(model: type[Record]) -> Iterator[str]:
    """The fields of a record that hold text of people."""
    for name, hint in typing.get_type_hints(model, include_extras=True).items():
        if name in model.model_fields and _holds_text(hint):
            yield name


def _holds_text(hint: Any) -> bool:
    return hint == Text or any(_holds_text(part) for part in get_args(hint) if get_origin(hint) is not typing.Literal)


def text_fields() -> set[tuple[str, str]]:
    """(record, field) for every text that people may write."""
    models = {m for room in ROOMS for m in vars(room).values() if isinstance(m, type) and issubclass(m, Record)}
    return {(m.__name__, f) for m in models if not m.__name__.startswith("_") for f in texts_of(m)} - MEANT_AS_KEYS


class Spoiler:
    """Puts hostile words into every text of a portfolio, each with a mark that tells which text it was."""

    def __init__(self) -> None:
        self.marks: dict[tuple[str, str], str] = {}

    def portfolio(self, of: Portfolio) -> Portfolio:
        return replace(of, **{field.name: self._value(getattr(of, field.name)) for field in fields(of)})

    def _value(self, value: Any) -> Any:
        if isinstance(value, Record):
            return self._record(value)
        if isinstance(value, Mapping):
            return {key: self._value(entry) for key, entry in value.items()}
        if isinstance(value, tuple):
            return tuple(map(self._value, value))
        return value

    def _record(self, record: Record) -> Record:
        model, update = type(record), {}
        spoilt = set(texts_of(model))
        for name in model.model_fields:
            value = getattr(record, name)
            key = (model.__name__, name)
            if name in spoilt and key not in MEANT_AS_KEYS and value not in (None, (), {}):
                update[name] = self._text(value, key)
            else:
                update[name] = self._value(value)
        copy = record.model_copy(update=update)
        # What the original has worked out from its fields (a framework its criteria) is copied with it, unspoilt.
        for name in set(vars(copy)) - set(model.model_fields):
            del vars(copy)[name]
        return copy

    def _text(self, value: Any, key: tuple[str, str]) -> Any:
        if isinstance(value, tuple):
            return tuple(self._text(entry, key) for entry in value)
        if isinstance(value, Mapping):
            return {language: self._text(entry, key) for language, entry in value.items()}
        mark = self.marks.setdefault(key, f"Mark{len(self.marks)}of")
        return hostile(f"{value} {mark} ")


@cache
def spoilt() -> tuple[Portfolio, Mapping[tuple[str, str], str]]:
    """The full portfolio with hostile words in every text, and the mark of each field."""
    spoiler = Spoiler()
    return spoiler.portfolio(full()), spoiler.marks
