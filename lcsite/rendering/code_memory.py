"""A memory of compiled templates for programs in a folder that cannot be written, where the command lends one.

What it holds is run, so it has to be the own memory of whoever runs the program, and of this very program.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["CodeMemory", "code_memory", "lent"]


class CodeMemory(Protocol):
    """Code by a key that stands for a template, every byte of it and its language."""

    def recall(self, key: bytes) -> bytes | None:
        """The code with this key, or None."""

    def keep(self, key: bytes, code: bytes) -> None:
        """Remember the code with this key."""


_lent: list[CodeMemory] = []


@contextmanager
def lent(memory: CodeMemory) -> Iterator[None]:
    """Templates that are compiled in the block are kept in `memory`, and taken from it."""
    _lent.append(memory)
    try:
        yield
    finally:
        _lent.remove(memory)


def code_memory() -> CodeMemory | None:
    """The memory that is lent now."""
    return _lent[-1] if _lent else None
