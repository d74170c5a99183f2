"""A text that waits elsewhere is, for everybody who asks, the text of its record."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator

import pytest

from lcsite.model.late_text import LateText, let_wait
from lcsite.model.site import ProsePage
from lcsite.model.toolbox import Practice

KEPT = "It began in a library bus. Ende gut: ä."


def practice(body: str = KEPT) -> Practice:
    return Practice.model_validate({
        "id": "bus", "title": "Bus", "summary": "A bus with books.", "kind": "library bus", "countries": ["GB"],
        "years": "2022", "outcome": "worked", "evidence": {"text": "It still runs.", "quality": "public-record"},
        "resources": "not reported", "body": body,
    })


def waiting(record: Practice) -> list[str]:
    """Put the body elsewhere; what is asked for there."""
    asked: list[str] = []
    place = bytearray(b"before it ")

    def read(start: int, length: int) -> str:
        asked.append(f"{start}+{length}")
        return place[start : start + length].decode()

    def put(texts: list[str]) -> Iterator[LateText]:
        for text in texts:
            content = text.encode()
            place.extend(content)
            yield LateText(read, len(place) - len(content), len(content))

    let_wait([record], "body", put, from_length=5)
    return asked


def test_whoever_reads_the_field_finds_the_text_each_time_anew() -> None:
    record = practice()
    asked = waiting(record)
    assert asked == []
    assert record.body == KEPT
    assert record.body == KEPT
    assert asked == [f"10+{len(KEPT.encode())}"] * 2


def test_the_record_is_equal_to_one_whose_text_is_at_hand_and_to_no_other() -> None:
    record = practice()
    waiting(record)
    assert record == practice()
    assert practice() == record
    assert hash(record) == hash(practice())
    assert record != practice("Another text altogether.")
    assert repr(record) == repr(practice())


def test_a_packed_record_brings_its_text_along() -> None:
    record = practice()
    waiting(record)
    unpacked = pickle.loads(pickle.dumps(record))
    assert type(unpacked.__dict__["body"]) is str
    assert unpacked == practice()


def test_a_copy_has_the_text_too_or_the_one_that_it_is_given() -> None:
    record = practice()
    waiting(record)
    assert record.model_copy(update={"title": "Boat"}).body == KEPT
    assert copy.copy(record).body == KEPT
    assert record.model_copy(update={"body": "New."}).body == "New."


def test_a_short_text_stays_where_it_is() -> None:
    record = practice("Bus.")
    waiting(record)
    assert record.__dict__["body"] == "Bus."


def test_a_record_is_still_frozen_and_its_field_still_described() -> None:
    record = practice()
    with pytest.raises((AttributeError, ValueError)):
        record.body = "Changed."  # type: ignore[misc]
    assert Practice.model_fields["body"].default == ""
    assert not hasattr(Practice, "body")
    assert not hasattr(ProsePage, "body")
