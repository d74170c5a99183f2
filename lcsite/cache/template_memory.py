"""Remembers compiled templates where the folder of the program, in which they are kept, cannot be written."""

from __future__ import annotations

import marshal

from lcsite.cache.store import Store

__all__ = ["KeptTemplates"]

_KIND = "templates"
_KEY = b"all"
"""They lie together: what a run does not ask for, because it makes a single page, would be forgotten otherwise."""


class KeptTemplates:
    """A memory for the rendering room. The store is this person's own, and of this program, so its code is run.

    `put_away` hands what is new to the store, and has to be called before the store is closed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[bytes, bytes] | None = None
        self._new: dict[bytes, bytes] = {}

    def recall(self, key: bytes) -> bytes | None:
        """The code of a template, if it is known."""
        return self._new.get(key) or self._before().get(key)

    def keep(self, key: bytes, code: bytes) -> None:
        """Remember the code of a template."""
        self._new[key] = code

    def put_away(self) -> None:
        """Hand over what is new, with what was there."""
        if self._new:
            self._store.put(_KIND, _KEY, marshal.dumps({**self._before(), **self._new}))
            self._known = None
            self._new = {}

    def _before(self) -> dict[bytes, bytes]:
        if self._known is None:
            kept = self._store.get(_KIND, _KEY)
            self._known = {} if kept is None else dict(marshal.loads(kept))  # noqa: S302 - this person's own, checked
        return self._known
