"""Puts off looking for what memory could be given back, while what comes into being is there to stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["put_off"]


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
