"""Compiled templates, kept as Python keeps the byte code of modules: in `__pycache__` beside the templates.

What was compiled once need not be compiled again: by nobody in this process, nor in any later one while template,
language and program stay the same. Where the program's folder cannot be written, the memory that the command lends
keeps them. Nothing here can fail a build: what is missing, damaged or of another program is compiled anew.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType

import babel
import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

import lcsite
from lcsite.pages import addresses
from lcsite.rendering.code_memory import code_memory

__all__ = ["CompiledTemplates"]

_TEMPLATES = Path(__file__).parent / "templates"
_CHECK = 16
"""Bytes before the code, made from it and all that it depends on: code that a fault has changed is not run."""


class CompiledTemplates(BytecodeCache):
    """The templates in one language: what a filter makes of fixed words, and every sentence, is part of their code.

    `folder`: where they stand; others are not kept. `made_by` stands for what their code depends on besides this room.
    """

    def __init__(self, language: str, *, folder: Path = _TEMPLATES, made_by: bytes = b"") -> None:
        self._language = language
        self._folder = folder
        self._made_by = made_by
        self._known: dict[bytes, CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A template is known by its name alone, wherever the program lies; one of another folder by none."""
        return name if filename in (None, f"{self._folder}/{name}") else ""

    def load_bytecode(self, bucket: Bucket) -> None:
        if not bucket.key:
            return
        key = self._key(bucket)
        if key not in self._known:
            memory = code_memory()
            kept = _read(self._path(bucket.key), key)
            if kept is None and memory is not None:
                kept = memory.recall(key)
            if kept is None:
                return
            self._known[key] = marshal.loads(kept)  # noqa: S302 - the program's own, or this person's; both checked
        bucket.code = self._known[key]

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not bucket.key:
            return
        assert bucket.code is not None  # it has just been compiled
        key = self._key(bucket)
        self._known[key] = bucket.code
        code = marshal.dumps(bucket.code)
        memory = code_memory()
        if not _write(self._path(bucket.key), key, code) and memory is not None:
            memory.keep(key, code)

    def _key(self, bucket: Bucket) -> bytes:
        about = f"{self._language} {bucket.key} {bucket.checksum}"
        return blake2b(_compiler() + self._made_by + about.encode(), digest_size=16).digest()

    def _path(self, name: str) -> Path | None:
        """Where the code of a template is kept; None where this Python keeps none."""
        try:
            return Path(cache_from_source(str(self._folder / f"{name.replace('/', '.')}.{self._language}.py")))
        except NotImplementedError:
            return None


@cache
def _compiler() -> bytes:
    """What the code of a template depends on besides its text and language: whatever turns words into code."""
    digest = blake2b(MAGIC_NUMBER, digest_size=16)
    digest.update(f"{lcsite.__version__} {jinja2.__version__} {babel.__version__} {sys.flags.optimize}".encode())
    for path in (*sorted(Path(__file__).parent.glob("*.py")), Path(addresses.__file__)):
        digest.update(path.read_bytes())
    return digest.digest()


def _check(key: bytes, code: bytes) -> bytes:
    return blake2b(code, key=key, digest_size=_CHECK).digest()


def _read(path: Path | None, key: bytes) -> bytes | None:
    """The code with this key; None where there is none, or another, or a broken one."""
    found = b""
    with suppress(OSError):
        found = path.read_bytes() if path is not None else b""
    code = found[_CHECK:]
    return code if code and found[:_CHECK] == _check(key, code) else None


def _write(path: Path | None, key: bytes, code: bytes) -> bool:
    """Keep the code, all of it or nothing. False where that is not wanted or not possible."""
    if path is None or sys.dont_write_bytecode:
        return False
    beside = path.with_suffix(f".{os.getpid()}.pyc")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as file:
            file.write(_check(key, code) + code)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        return False
    return True
