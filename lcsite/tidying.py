"""When memory is looked through, and when it is given back: the one not while what comes into being is there to stay,
and seldom where hardly anything is left lying in circles; the other before another process begins.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["give_back", "put_off", "seldom"]

_MANY = 500_000
"""Objects that may come into being, and stay, before anything is looked for."""


def give_back() -> None:
    """Give the system what texts that are gone have left, where its C library does so when asked.

    Else it stays with the process, in holes that are filled one by one, in each of its copies anew.
    """
    import ctypes  # only where there is something to give back: most commands do without

    with suppress(AttributeError, OSError, TypeError):  # TypeError: a system without a library to ask
        ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def put_off() -> Iterator[None]:
    """Nothing is looked for while the block runs. Only for what takes little room: unpacking, a few pages."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            _take_for_old()
            gc.enable()


@contextmanager
def seldom() -> Iterator[None]:
    """Circles are looked for seldom while the block runs: for long work that leaves next to none, yet might."""
    before = gc.get_threshold()
    gc.set_threshold(_MANY, *before[1:])
    try:
        yield
    finally:
        _take_for_old()
        gc.set_threshold(*before)


def _take_for_old() -> None:
    """What has come is taken for old at once: else all of it would be looked through as soon as a block is over."""
    gc.freeze()
    gc.unfreeze()
