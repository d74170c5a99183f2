"""Lends a command the memory of earlier runs, where there is one to lend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from lcsite.reading.memory import Memory

__all__ = ["remembering"]


@contextmanager
def remembering(folder: Path, *, wanted: bool = True, verbose: bool = False) -> Iterator[Memory | None]:
    """The memory of a site while the block runs; None where it is not wanted, or where there is no place for one."""
    from lcsite.cache import KeptReadings, NoCache, open_store

    if not wanted:
        yield None
        return
    try:
        store = open_store(folder)
    except NoCache as none:
        if verbose:
            click.echo(f"lcsite: {none}", err=True)
        yield None
        return
    try:
        yield KeptReadings(store)
    finally:
        store.close()
