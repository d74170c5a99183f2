"""What a reader remembers of files, so that one that has not changed is not read again."""

from __future__ import annotations

import hashlib
from typing import Protocol

from lcsite.reading.authored_files import FileContent

__all__ = ["Memory", "ShortMemory", "key_of"]


class Memory(Protocol):
    """Contents of files by a key that stands for the path and every byte. Problems are part of the content, so they
    come back each time."""

    def is_empty(self) -> bool:
        """Whether nothing was remembered when the reader began, so that nobody need ask."""

    def recall(self, key: bytes) -> FileContent | None:
        """What a file with this key held, or None."""

    def keep(self, key: bytes, content: FileContent) -> None:
        """Remember what a file with this key holds."""


class ShortMemory:
    """Remembers for as long as the program runs."""

    def __init__(self) -> None:
        self._kept: dict[bytes, FileContent] = {}

    def is_empty(self) -> bool:
        return not self._kept

    def recall(self, key: bytes) -> FileContent | None:
        return self._kept.get(key)

    def keep(self, key: bytes, content: FileContent) -> None:
        self._kept[key] = content


def key_of(path: str, raw: bytes) -> bytes:
    """Stands for a path and the bytes of its file. Processors have a command for this digest."""
    return hashlib.sha256(path.encode() + b"\0" + raw).digest()[:16]
