"""When memory is looked through, and when it is given back: the one not while what comes into being is there to stay,
and seldom where hardly anything is left lying in circles; the other before another process begins.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

__all__ = ["close_gaps", "give_back", "put_off", "seldom"]

_MANY = 500_000
"""Objects that may come into being, and stay, before anything is looked for."""


def give_back() -> None:
    """Give the system what texts that are gone have left, where its C library does so when asked.

    Else it stays with the process, in gaps that are filled one by one, in each of its copies anew.
    """
    import ctypes  # only where there is something to give back: most commands do without

    with suppress(AttributeError, OSError, TypeError):  # TypeError: a system without a library to ask
        ctypes.CDLL(None).malloc_trim(0)


_SIZES = tuple(round(2 ** (eighths / 8)) for eighths in range(128, 88, -1))
"""Those by which gaps are filled, from 64 KiB, for which the C library never goes elsewhere, to 2 KiB."""


def close_gaps() -> Callable[[], None]:
    """Let nothing come into gaps of which the room was given back, until somebody calls what this returns.

    Texts that come and go would wander from gap to gap, and soon all that room would be taken again, in each process.
    So we ask for it and never touch it, which costs nothing, and they find theirs behind all that is there.
    """
    import ctypes

    closed: list[int] = []
    with suppress(AttributeError, OSError, TypeError):  # where nothing is given back there is nothing to close
        library = ctypes.CDLL(None)
        claim, free, end_of_room = library.malloc, library.free, library.sbrk
        claim.argtypes, claim.restype, free.argtypes = (ctypes.c_size_t,), ctypes.c_void_p, (ctypes.c_void_p,)
        end_of_room.argtypes, end_of_room.restype = (ctypes.c_ssize_t,), ctypes.c_void_p
        end = end_of_room(0) if hasattr(library, "malloc_trim") else 0
        for size in _SIZES:
            while (room := claim(size)) and room < end:
                closed.append(room)
            free(room)  # the first that is no gap

    def open_again() -> None:
        while closed:
            free(closed.pop())

    return open_again


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
