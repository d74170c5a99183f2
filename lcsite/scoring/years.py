"""Which year's figure an assessment may use (method, section 5). Only looking back, and only within the tolerance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from lcsite.light_classes import dataclass

__all__ = ["Chosen", "Dated", "is_stale", "latest_usable"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """Anything with its reference year (the last year of its period), or None where it is undated."""

    year: int | None
    what: T


@dataclass(frozen=True, slots=True)
class Chosen(Generic[T]):
    """The figure that an assessment looks at; a stale or undated one is shown and not counted."""

    year: int | None
    what: T
    stale: bool


def is_stale(year: int, *, as_of: int, tolerance: int) -> bool:
    """Whether a figure is older than its tolerance in years (0: the same year only).

    Raises ValueError for a figure later than `as_of`: nothing looks ahead.
    """
    if year > as_of:
        raise ValueError(f"a figure of {year} is later than the assessment, {as_of}")
    return as_of - year > tolerance


def latest_usable(figures: Iterable[Dated[T]], *, as_of: int, tolerance: int) -> Chosen[T] | None:
    """The latest figure not later than `as_of`; without one the first undated; None where neither exists.

    A later figure waits for a later assessment. Raises ValueError for two figures of one year.
    """
    found = list(figures)
    years = [figure.year for figure in found if figure.year is not None]
    if len(set(years)) != len(years):
        raise ValueError(f"two figures for one year: {sorted(year for year in years if years.count(year) > 1)[0]}")
    past = [(figure.year, figure.what) for figure in found if figure.year is not None and figure.year <= as_of]
    if past:
        year, what = max(past, key=lambda dated: dated[0])
        return Chosen(year, what, is_stale(year, as_of=as_of, tolerance=tolerance))
    return next((Chosen(None, figure.what, False) for figure in found if figure.year is None), None)
