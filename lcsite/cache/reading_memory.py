"""Remembers what was read from files: a file that has not changed is not parsed again."""

from __future__ import annotations

import pickle

from lcsite.cache.store import Store
from lcsite.reading.authored_files import FileContent

__all__ = ["KeptReadings"]

_KIND = "reading"


class KeptReadings:
    """A memory for `read_portfolio` that outlives the run. The store is this person's own, so it is believed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def recall(self, key: bytes) -> FileContent | None:
        """What a file with this key held."""
        kept = self._store.get(_KIND, key)
        if kept is None:
            return None
        found = pickle.loads(kept)  # noqa: S301 - see `open_store`: nobody else can have written it
        return found if isinstance(found, FileContent) else None

    def keep(self, key: bytes, content: FileContent) -> None:
        """Remember what a file with this key holds."""
        self._store.put(_KIND, key, pickle.dumps(content, protocol=5))
