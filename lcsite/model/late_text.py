"""A long text of a record that waits elsewhere until somebody asks for it.

Whoever reads the field of a record finds the text, wherever it is; so does whoever compares, packs or prints the
record. Where texts wait, this room does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel

__all__ = ["LateText", "let_wait", "text_field"]

_AT_ONCE = 200
"""Texts that are put elsewhere together: a few hundred kilobytes."""


class LateText:
    """A text by where it lies, which is what `read` is given; two that read alike are equal."""

    __slots__ = ("_read", "_where")

    def __init__(self, read: Callable[..., str], *where: int) -> None:
        self._read = read
        self._where = where

    def __str__(self) -> str:
        return self._read(*self._where)

    def __repr__(self) -> str:
        return repr(str(self))

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, str | LateText) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


class _TextField:
    """Gives the text of one field, wherever it is. The values of a record stand in its own dictionary."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, record: BaseModel | None, owner: type[BaseModel]) -> str:
        if record is None:
            raise AttributeError(self._name)  # as for every other field
        found: str | LateText = record.__dict__[self._name]
        return found if type(found) is str else str(found)

    def __set__(self, record: BaseModel, text: str) -> None:
        record.__dict__[self._name] = text  # a record is frozen by itself: only who makes one comes here


def text_field(record: type[BaseModel], name: str) -> None:
    """Let the texts of this field wait elsewhere. To be said of a record once it is declared: pydantic asks that."""
    type.__setattr__(record, name, _TextField(name))


def let_wait(
    records: Iterable[BaseModel], name: str, put: Callable[[list[str]], Iterable[LateText]], *, from_length: int
) -> None:
    """Put the texts of a field elsewhere, those that are so long, some at once; the records say the same as before."""
    held: list[dict[str, Any]] = [record.__dict__ for record in records]
    long = [values for values in held if type(text := values[name]) is str and len(text) >= from_length]
    for first in range(0, len(long), _AT_ONCE):
        some = long[first : first + _AT_ONCE]
        for values, late in zip(some, put([values[name] for values in some]), strict=True):
            values[name] = late
