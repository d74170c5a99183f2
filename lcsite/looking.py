"""One look at a file: what stands in it, told by digests, and by which the system tells that nobody has written to it.

A page of an author is its fields, which lists, scores and links are made of, and below them a text that is shown in few
places. The two have digests of their own, so that a change of nothing but texts shows.
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
from typing import NamedTuple

__all__ = ["DIGEST", "DIVIDED", "Input", "changed_at", "look", "signature_of", "size_in"]

DIGEST = 16
"""Bytes of a digest."""
DIVIDED = ("content", "cities")
"""Where pages are divided: copies of other sites are held to fingerprints of the whole file."""
_FENCE = b"---\n"
_OPENED = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class Input(NamedTuple):
    """One file as it was found, or a folder, which has no content."""

    content: bytes
    """A digest of all its bytes."""
    head: bytes
    """Of a page: a digest of what stands above its text, as the reader divides it; else empty."""
    signature: bytes
    """Size, when it was written to, when anything about it was changed last, and its number on the disk."""


def look(path: str, *, most: int, divided: bool) -> Input | None:
    """What stands in a file of up to `most` bytes, which is `divided` where it is a page of an author.

    None for what is no plain file, is larger, or is being written to. Raises OSError where it cannot be read.
    """
    handle = os.open(path, _OPENED)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > most:
            return None
        content = os.read(handle, status.st_size + 1)
    finally:
        os.close(handle)
    if len(content) != status.st_size:
        return None
    head = _head(content) if divided and path.endswith(".md") else b""
    return Input(_digest(content), head, signature_of(status))


_SIGNATURE = struct.Struct("=3qQ")  # a build holds one for each file until its end


def signature_of(status: os.stat_result) -> bytes:
    """What the system says of a file."""
    return _SIGNATURE.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def size_in(signature: bytes) -> int:
    """The bytes of a file."""
    return int(_SIGNATURE.unpack(signature)[0])


def changed_at(signature: bytes) -> int:
    """The moment at which anything about a file was changed last, its names included, in ns."""
    return int(_SIGNATURE.unpack(signature)[2])


def _head(content: bytes) -> bytes:
    # Only the plainest form is divided; whatever begins or ends its fields in another way counts as one piece.
    if content.startswith(_FENCE) and b"\r" not in content:
        end = content.find(b"\n" + _FENCE, len(_FENCE) - 1)
        if end > 0 and not _ends_before(content, end):
            return _digest(content[: end + 1 + len(_FENCE)])
    return b""


def _ends_before(content: bytes, end: int) -> bool:
    """Whether the reader, who lets blanks follow the three signs, would end the fields above `end`."""
    return any(line.rstrip(b" \t") == b"---" for line in content[len(_FENCE) : end].split(b"\n"))


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:DIGEST]  # which processors have a command for
