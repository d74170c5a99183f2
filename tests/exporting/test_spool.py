"""What was put down is found again, in any order, however much there is."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.exporting.spool import Span, Spool
from lcsite.working_apart import Meanwhile

LARGE = 700_000


@given(st.lists(st.binary(max_size=40) | st.integers(0, 255).map(lambda sign: bytes([sign]) * LARGE), max_size=6))
def test_what_was_put_down_is_found_again_in_any_order(contents: list[bytes]) -> None:
    spool = Spool()
    spans = [(span, content) for content in contents for span in spool.put(content)]
    spans += zip(spool.put(*contents), contents, strict=True)
    random.Random(len(contents)).shuffle(spans)
    for span, content in spans:
        assert span.content == content


def test_putting_down_goes_on_after_something_was_taken_up() -> None:
    spool = Spool()
    (first,) = spool.put(b"alder")
    assert first.content == b"alder"
    (second,) = spool.put(b"birch")
    assert (first.content, second.content) == (b"alder", b"birch")


def test_two_processes_put_down_at_once_and_each_reads_what_the_other_one_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # whatever other tests have left
    spool = Spool()
    (first,) = spool.put(b"alder")

    def in_a_copy() -> tuple[bytes, Sequence[Span]]:
        return first.content, [*spool.put(b"CEDAR", b"DUCKWEED"), *spool.put(b"ELDER")]

    with Meanwhile(in_a_copy, processes=2) as meanwhile:
        assert meanwhile.begun
        (second,) = spool.put(b"birch")
        seen, others = meanwhile.result()
    (third,) = spool.put(b"dogwood")
    assert seen == b"alder"
    assert [span.content for span in others] == [b"CEDAR", b"DUCKWEED", b"ELDER"]
    assert [span.content for span in (first, second, third)] == [b"alder", b"birch", b"dogwood"]


def test_another_copy_goes_on_behind_what_the_first_one_put_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    spool = Spool()
    spans: list[Span] = []
    for content in (b"alder", b"birch"):
        with Meanwhile(partial(spool.put, content), processes=2) as meanwhile:
            spans += meanwhile.result()
    assert [span.content for span in spans] == [b"alder", b"birch"]
