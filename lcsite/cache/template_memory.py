"""Remembers compiled templates: compiling them all takes longer than rendering a small site."""

from __future__ import annotations

from lcsite.cache.store import Store

__all__ = ["KeptTemplates"]

_KIND = "templates"


class KeptTemplates:
    """A memory for the rendering room. The store is this person's own, and of this program, so its code is run."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def recall(self, key: bytes) -> bytes | None:
        """The code of a template, if it is known."""
        return self._store.get(_KIND, key)

    def keep(self, key: bytes, code: bytes) -> None:
        """Remember the code of a template."""
        self._store.put(_KIND, key, code)
