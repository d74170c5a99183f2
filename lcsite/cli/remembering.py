"""Lends a command the memory of earlier runs, where there is one to lend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lcsite.cache import Outcome, Store
    from lcsite.checked_site import ReadSite
    from lcsite.reading.memory import Memory

__all__ = ["outcome_of_check", "remembering", "store_of"]


@contextmanager
def remembering(folder: Path, *, wanted: bool = True, verbose: bool = False) -> Iterator[Memory | None]:
    """The memory of a site while the block runs; None where it is not wanted, or where there is no place for one."""
    from lcsite.cache import KeptReadings

    with store_of(folder, wanted=wanted, verbose=verbose) as store:
        if store is None:
            yield None
            return
        readings = KeptReadings(store)
        yield readings
        readings.put_away()  # not where something stopped the run: it has not asked for all that it knows


def outcome_of_check(folder: Path, *, wanted: bool = True, verbose: bool = False) -> Outcome:
    """What a check of the site in `folder` finds, remembered or found now.

    The rooms that read and judge are not even opened where every byte is as it was.
    """
    from lcsite.builtin_folder import BUILTIN, PACKAGE
    from lcsite.cache import KeptOutcomes, KeptReadings

    with store_of(folder, wanted=wanted, verbose=verbose) as store:
        if store is None:
            return _outcome(_read(folder, None))
        speaks_for_itself = BUILTIN is None or BUILTIN.is_relative_to(PACKAGE)
        outcomes = KeptOutcomes(store, folder, package=None if speaks_for_itself else BUILTIN)
        known: Outcome | None = outcomes.recall()
        if known is None and (known := outcomes.recall_beside(partial(_is_quiet, folder))) is not None:
            outcomes.keep(known)
        if known is None:
            readings = KeptReadings(store)
            read = _read(folder, readings)
            known = _outcome(read)
            outcomes.keep(known, beside=_beside(read))
            readings.put_away()
        return known


def _beside(read: ReadSite) -> tuple[Any, ...] | None:
    """What texts are judged by, in values that are unpacked without opening a room."""
    from lcsite.checked_text import Beside

    if read.portfolio is None:
        return None
    beside = Beside.of(read.portfolio, read.origins)
    return beside.targets, beside.images, frozenset(problem.location.file for problem in read.problems)


def _is_quiet(folder: Path, beside: tuple[Any, ...], texts: list[str]) -> bool:
    """Whether a check has nothing to say of these files, and had nothing to say of them before."""
    targets, images, spoken_of = beside
    if not spoken_of.isdisjoint(texts):
        return False
    from lcsite.tidying import put_off

    with put_off():
        from lcsite.checked_text import Beside, read_quietly

        return all(read_quietly(folder, text, Beside(targets, images)) is not None for text in texts)


def _read(folder: Path, memory: Memory | None) -> ReadSite:
    from lcsite.checked_site import read_and_check

    return read_and_check(folder, memory=memory)


def _outcome(read: ReadSite) -> Outcome:
    from lcsite.cache import Outcome

    p = read.portfolio
    numbers = None if p is None else (
        (len(p.frameworks), "frameworks"), (len(p.places), "places"), (len(p.assessments), "assessments"),
        (len(p.practices), "practices"), (len(p.tools), "tools"), (len(p.prose), "pages"),
    )  # fmt: skip
    return Outcome(tuple(read.problems), numbers)


@contextmanager
def store_of(folder: Path, *, wanted: bool, verbose: bool = False) -> Iterator[Store | None]:
    """The store of a site while the block runs; None where it is not wanted, or where there is no place for one."""
    from lcsite.cache import NoCache, open_store

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
        yield store
    finally:
        store.close()
