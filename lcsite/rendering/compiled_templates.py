"""Compiled templates, kept as Python keeps the byte code of modules: in `__pycache__` beside the templates.

What was compiled once need not be compiled again: by nobody in this process, nor in any later one while template,
language and program stay the same. Where the program's folder cannot be written, the memory that the command lends
keeps them. Nothing here can fail a build: what is missing, damaged or of another program is compiled anew.
"""

from __future__ import annotations

import marshal
import sys
from functools import cache
from hashlib import blake2b
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType

import babel
import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

import lcsite
from lcsite.kept_beside import keep, place_beside, recall
from lcsite.pages import addresses
from lcsite.rendering.code_memory import code_memory

__all__ = ["CompiledTemplates"]

_TEMPLATES = Path(__file__).parent / "templates"


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
            kept = recall(self._path(bucket.key), key)
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
        if not keep(self._path(bucket.key), key, code) and memory is not None:
            memory.keep(key, code)

    def _key(self, bucket: Bucket) -> bytes:
        about = f"{self._language} {bucket.key} {bucket.checksum}"
        return blake2b(_compiler() + self._made_by + about.encode(), digest_size=16).digest()

    def _path(self, name: str) -> Path | None:
        return place_beside(self._folder, f"{name.replace('/', '.')}.{self._language}")


@cache
def _compiler() -> bytes:
    """What the code of a template depends on besides its text and language: whatever turns words into code."""
    digest = blake2b(MAGIC_NUMBER, digest_size=16)
    digest.update(f"{lcsite.__version__} {jinja2.__version__} {babel.__version__} {sys.flags.optimize}".encode())
    for path in (*sorted(Path(__file__).parent.glob("*.py")), Path(addresses.__file__)):
        digest.update(path.read_bytes())
    return digest.digest()
