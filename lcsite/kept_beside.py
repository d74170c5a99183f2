"""What the program has made of itself, kept as Python keeps the byte code of modules: in `__pycache__` beside a file.

Whatever depends on the program alone need not be made again by any later process while the program stays the same.
Nothing here can fail anything: what is missing, damaged or of another program is not found.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path

__all__ = ["keep", "place_beside", "recall"]

_CHECK = 16
"""Bytes before the content, made from it and all that it depends on: what a fault has changed is not used."""


def place_beside(folder: Path, name: str) -> Path | None:
    """Where something of that name is kept, for a file in `folder`; None where this Python keeps nothing."""
    try:
        return Path(cache_from_source(str(folder / f"{name}.py")))
    except NotImplementedError:
        return None


def recall(path: Path | None, key: bytes) -> bytes | None:
    """The content with this key; None where there is none, or another, or a broken one."""
    found = b""
    with suppress(OSError):
        found = path.read_bytes() if path is not None else b""
    content = found[_CHECK:]
    return content if content and found[:_CHECK] == _check(key, content) else None


def keep(path: Path | None, key: bytes, content: bytes) -> bool:
    """Keep the content, all of it or nothing. False where that is not wanted or not possible."""
    if path is None or sys.dont_write_bytecode:
        return False
    beside = path.with_suffix(f".{os.getpid()}.pyc")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as file:
            file.write(_check(key, content) + content)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True


def _check(key: bytes, content: bytes) -> bytes:
    return blake2b(content, key=key, digest_size=_CHECK).digest()
