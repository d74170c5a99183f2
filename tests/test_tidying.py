"""Memory is looked through less often while a block runs, and as often as before afterwards; gaps in it stay empty."""

from __future__ import annotations

import ctypes
import gc
import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from lcsite.tidying import close_gaps, give_back, put_off, seldom

Block = Callable[[], AbstractContextManager[None]]


class Ring:
    """Refers to itself, so that only a look through memory finds that it is gone."""

    def __init__(self) -> None:
        self.next = self


def looks_while(rings: int) -> int:
    before = looks()
    for _ in range(rings):
        Ring()
    return looks() - before


def looks() -> int:
    return sum(int(generation["collections"]) for generation in gc.get_stats())


@pytest.mark.parametrize("block", [put_off, seldom])
def test_nothing_is_looked_for_in_a_block_and_as_often_as_before_after_it(
    block: Block,
) -> None:
    usual = gc.get_threshold()
    gc.set_threshold(1_000, 10, 10)
    try:
        with block():
            assert looks_while(10_000) == 0
        assert gc.isenabled()
        assert gc.get_threshold() == (1_000, 10, 10)
        assert looks_while(10_000) > 0
    finally:
        gc.set_threshold(*usual)


@pytest.mark.parametrize("block", [put_off, seldom])
def test_what_is_left_in_circles_is_found_later(block: Block) -> None:
    with block():
        gone = weakref.ref(Ring())
    gc.collect()
    assert gone() is None


def test_where_circles_are_many_they_are_looked_for_all_the_same() -> None:
    with seldom():
        assert looks_while(600_000) > 0


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="this system takes nothing back")
def test_no_text_comes_into_a_gap_until_gaps_are_open_again() -> None:
    texts = [bytes(8_000) for _ in range(400)]
    gone = set(map(id, texts[::2]))
    del texts[::2]

    give_back()
    open_again = close_gaps()
    assert gone.isdisjoint([id(text) for text in [bytes(8_000) for _ in range(200)]])

    open_again()
    assert len(gone.intersection([id(text) for text in [bytes(8_000) for _ in range(200)]])) > 100
