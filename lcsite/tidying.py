"""When memory is looked through, and when it is given back: the one not while what comes into being is there to stay,
the other before a copy is made and in long work.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["give_back", "put_off"]


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
            # What has come is taken for old at once: else all of it would be looked through as soon as this is over.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
