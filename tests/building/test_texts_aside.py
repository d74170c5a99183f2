"""Long texts wait in a file, and say what they said."""

from __future__ import annotations

import datetime
import os
from types import MappingProxyType

import pytest

from lcsite.building.texts_aside import put_texts_aside
from lcsite.model.late_text import LateText
from lcsite.model.portfolio import Portfolio
from lcsite.model.site import Site
from lcsite.model.toolbox import Practice

LONG = "Es fing an mit einem Bus, 図書館バス, und ging weiter. " * 20


def portfolio(*bodies: str) -> Portfolio:
    nothing: MappingProxyType[str, object] = MappingProxyType({})
    practices = {
        f"bus-{n}": Practice.model_validate({
            "id": f"bus-{n}", "title": "Bus", "summary": "A bus with books.", "kind": "library bus",
            "countries": ["GB"], "years": "2022", "outcome": "worked", "resources": "not reported", "body": body,
            "evidence": {"text": "It still runs.", "quality": "public-record"},
        })
        for n, body in enumerate(bodies)
    }
    site = Site(title="T", tagline="T", description="T", publisher="T", as_of=datetime.date(2026, 6, 30))
    return Portfolio(
        site, nothing, nothing, nothing, (), nothing, practices, nothing, nothing  # type: ignore[arg-type]
    )


def test_long_texts_are_what_they_were_and_only_short_ones_stay_in_memory() -> None:
    texts = (LONG, "Short.", LONG.upper())
    found = portfolio(*texts)
    put_texts_aside(found)
    assert [record.body for record in found.practices.values()] == list(texts)
    kept = [type(record.__dict__["body"]) for record in found.practices.values()]
    assert kept == [LateText, str, LateText]


def test_what_many_case_studies_say_in_the_same_words_is_there_once() -> None:
    found = portfolio("Short.", "Short too.")
    put_texts_aside(found)
    one, other = found.practices.values()
    assert one.countries is other.countries
    assert one.countries == ("GB",)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="two processes need fork")
def test_two_processes_read_at_once() -> None:
    texts = [f"{n} {LONG}" for n in range(200)]
    found = portfolio(*texts)
    put_texts_aside(found)
    copy = os.fork()
    as_written = all([record.body for record in found.practices.values()] == texts for _ in range(20))
    if not copy:
        os._exit(0 if as_written else 1)
    assert as_written
    assert os.waitpid(copy, 0)[1] == 0
