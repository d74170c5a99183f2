"""What was put down is found again, in any order, however much there is."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from lcsite.exporting.spool import Spool

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
