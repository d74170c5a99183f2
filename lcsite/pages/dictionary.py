"""The shape of a published file, as the data dictionary shows it. Which files there are is decided elsewhere."""

from __future__ import annotations

from lcsite.light_classes import dataclass

__all__ = ["Column", "DataFile"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, or one key of an object."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file below `data/v1/`, or with `address` elsewhere; `rows` says what one row is."""

    name: str
    title: str
    rows: str
    columns: tuple[Column, ...]
    address: str = ""
