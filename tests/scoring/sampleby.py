"""An invented framework with every kind of scale, and short ways to answer it for the invented place Sampleby."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from lcsite.model.assessment import Assessment, Observation
from lcsite.model.framework import Framework
from lcsite.scoring import Scorecard, score_assessment

SOURCE = {"title": "A yearbook", "publisher": "Sampleby council", "year": "2025"}
YES_NO = {
    "kind": "answers", "id": "yes-no", "title": "Yes, in plan or no", "because": "A plan is a promise.",
    "steps": [
        {"value": "yes", "worth": "1"}, {"value": "in plan", "worth": "0.25", "role": "in-plan"},
        {"value": "no", "worth": "0"},
    ],
}
STEPS = {
    "kind": "ordinal", "id": "steps", "title": "0 to 4", "best": "4", "steps": [{"value": n} for n in "01234"],
}
MATTERS = {
    "kind": "ordinal", "id": "matters", "title": "1 to 5", "best": "1", "steps": [{"value": n} for n in "12345"],
}


def framework(**changes: Any) -> Framework:
    """Areas: doors (practice and outcome), talk (plan, belief, priority), people (numbers and shares)."""
    record: dict[str, Any] = {
        "id": "open-doors", "title": "Open doors", "version": "2026.1", "summary": "Invented.", "sureness": "Invented.",
        "source": [SOURCE], "limits": ["Invented."],
        "history": [{"version": "2026.1", "date": "2026-01-01", "changes": ["First."]}],
        "construct": "practice", "scale": "steps",
        "scales": [
            STEPS, YES_NO, MATTERS, {"kind": "number", "id": "number", "title": "A number"},
            {"kind": "share", "id": "share", "title": "A share"}, {"kind": "text", "id": "words", "title": "Words"},
            {"kind": "bands", "id": "bands", "title": "Ten bands", "count": 10},
        ],
        "tree": [
            {"id": "doors", "level": "dimension", "title": "Doors", "children": [
                {"id": "open", "level": "criterion", "title": "Open", "children": [
                    {"id": "open-1", "level": "indicator", "title": "Evening hours?"},
                    {"id": "open-2", "level": "indicator", "title": "Weekend hours?",
                     "weight": {"value": "3", "because": "Most people are free then."}},
                    {"id": "open-3", "level": "indicator", "title": "Others, to be named", "open_line": True},
                ]},
                {"id": "used", "level": "criterion", "title": "Used", "children": [
                    {"id": "used-1", "level": "indicator", "title": "How far?", "scale": "bands"},
                    {"id": "visits", "level": "indicator", "title": "Visits", "scale": "number", "construct": "outcome",
                     "default_grade": "official-statistic",
                     "measure": {"unit": "visits", "direction": "higher-is-better"},
                     "goalposts": {"low": "0", "high": "100", "because": "Invented.", "source": SOURCE}},
                    {"id": "pleased", "level": "indicator", "title": "Pleased", "scale": "share",
                     "construct": "outcome", "tolerance": "1",
                     "measure": {"unit": "percent", "direction": "higher-is-better"}},
                    {"id": "cost", "level": "indicator", "title": "Cost", "scale": "number", "construct": "outcome",
                     "measure": {"unit": "EUR", "direction": "none"}},
                ]},
            ]},
            {"id": "talk", "level": "dimension", "title": "Talk", "children": [
                {"id": "strategy", "level": "indicator", "title": "A strategy?", "scale": "yes-no",
                 "construct": "plan"},
                {"id": "who", "level": "group", "title": "Who wrote it?", "scale": "yes-no", "construct": "plan",
                 "asked_when": {"indicator": "strategy", "answers": ["yes"], "if_unknown": "unknown"}, "children": [
                     {"id": "who-1", "level": "indicator", "title": "Learners"},
                     {"id": "who-2", "level": "indicator", "title": "Teachers", "may_not_apply": "false"},
                 ]},
                {"id": "who-should", "level": "group", "title": "Who should?", "scale": "yes-no", "construct": "belief",
                 "asked_when": {"indicator": "strategy", "answers": ["no", "in plan"]}, "children": [
                     {"id": "should-1", "level": "indicator", "title": "Learners", "linked_to": ["open-1"]},
                 ]},
                {"id": "matters-1", "level": "indicator", "title": "Evenings matter", "scale": "matters",
                 "construct": "priority", "linked_to": ["open-1", "open-2", "visits"]},
                {"id": "hope", "level": "indicator", "title": "In your words", "scale": "words"},
                {"id": "you", "level": "indicator", "title": "Do you read?", "subject": "person"},
            ]},
        ],
        **changes,
    }
    return Framework.model_validate(record)


OPEN_DOORS = framework()


def assessment(answers: Mapping[str, Any], *, year: int = 2026, **changes: Any) -> Assessment:
    return Assessment.model_validate({
        "place": "sampleby", "file_id": f"{year}-open-doors", "framework": "open-doors@2026.1",
        "as_of": datetime.date(year, 6, 30), "by": {"kind": "self", "who": "Sampleby learning council"},
        "answers": dict(answers), **changes,
    })


def row(indicator: str, period: str | None = "2025", **figure: Any) -> Observation:
    return Observation.model_validate({
        "indicator": f"open-doors/{indicator}", "period": period, "source": SOURCE, **figure
    })


def scored(
    answers: Mapping[str, Any], *, year: int = 2026, rows: Sequence[Observation] = (), using: Framework = OPEN_DOORS
) -> Scorecard:
    return score_assessment(
        using, assessment(answers, year=year), as_of=datetime.date(2026, 12, 31), observations=rows
    )
