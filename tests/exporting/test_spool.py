"""What was put down is found again, in any order, however much there is."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from lcsite.exporting.spool import Spool
from lcsite.working_apart import Meanwhile

LARGE = 700_000


@given(st.lists(st.binary(max_size=40) | st.integers(0, 255).map(lambda sign: bytes([sign]) * LARGE), max_size=6))
def test_what_was_put_down_is_found_again_in_any_order(contents: list[bytes]) -> None:
    spool = Spool()
    spans = [(spool.put(content), content) for content in contents]
    random.Random(len(contents)).shuffle(spans)
    for span, content in spans:
        assert spool.get(span) == content


def test_putting_down_goes_on_after_something_was_taken_up() -> None:
    spool = Spool()
    first = spool.put(b"alder")
    assert spool.get(first) == b"alder"
    second = spool.put(b"birch")
    assert (spool.get(first), spool.get(second)) == (b"alder", b"birch")


def test_a_copy_of_the_process_reads_what_was_there_and_disturbs_nothing() -> None:
    spool = Spool()
    first = spool.put(b"alder")

    def in_a_copy() -> bool:
        spans = [spool.put(b"CEDAR"), spool.put(b"DUCKWEED")]
        return [spool.get(span) for span in (*spans, first)] == [b"CEDAR", b"DUCKWEED", b"alder"]

    with Meanwhile(in_a_copy, processes=2) as meanwhile:
        second = spool.put(b"birch")
        assert meanwhile.result()
    assert [spool.get(span) for span in (first, second, spool.put(b"dogwood"))] == [b"alder", b"birch", b"dogwood"]
