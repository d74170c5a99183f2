"""The decorator `dataclass`, made light: a command opens two hundred rooms, and making their classes took a tenth of a
second; objects whose fields are guarded while the program runs take three times as long to make.

Nobody writes to a field of a frozen class all the same: for mypy this is the decorator of the library, and it refuses.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, *, eq: bool = True, frozen: bool = False, **others: bool) -> Any:
        """A dataclass that compares, hashes and prints as the library's do, by functions that are compiled already."""
        if cls is None:
            return partial(dataclass, eq=eq, frozen=frozen, **others)
        if cls.__doc__ is None:
            cls.__doc__ = cls.__name__  # else the library works out a line with all types
        made = dataclasses.dataclass(cls, eq=False, repr=False, **others)
        if "__repr__" not in made.__dict__:
            made.__repr__ = _in_words
        if eq:
            values = attrgetter(*names) if (names := _compared(made)) else _nothing
            made.__eq__ = lambda one, other: (
                values(one) == values(other) if other.__class__ is one.__class__ else NotImplemented
            )
            made.__hash__ = (lambda one: hash(values(one))) if frozen else None
        return made


def _compared(made: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(made) if field.compare]


def _nothing(_: object) -> tuple[()]:
    return ()


def _in_words(one: Any) -> str:
    fields = (f"{field.name}={getattr(one, field.name)!r}" for field in dataclasses.fields(one) if field.repr)
    return f"{type(one).__qualname__}({', '.join(fields)})"
