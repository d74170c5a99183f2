"""Remembers what was read from files: a file that has not changed is not parsed again.

The contents lie together in a few parcels, by their paths, because one by one they would take nearly as long to take
out as to read.
"""

from __future__ import annotations

import pickle
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

from lcsite.cache.store import Store
from lcsite.tidying import put_off

if TYPE_CHECKING:  # a run that finds the outcome of a check remembered does without the reading room
    from lcsite.reading.authored_files import FileContent

    Parcel = dict[bytes, FileContent]

__all__ = ["KeptReadings"]

_KIND = "readings"
_PARCELS = 16
_SPARE = 4
"""A parcel is packed anew when this part of it, a fourth, was not asked for; what is left of an edit that is taken back
soon is still there."""


class KeptReadings:
    """A memory for `read_portfolio` that outlives the run. The store is this person's own, so it is believed.

    `put_away` hands what is new to the store, and has to be called before the store writes down.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._parcels: list[Parcel] | None = None
        self._known: Parcel = {}
        self._asked: set[bytes] = set()
        self._new: Parcel = {}

    def is_empty(self) -> bool:
        """Whether no earlier run has left anything."""
        if self._parcels is None:
            self._parcels = [self._unpacked(number) for number in range(_PARCELS)]
            for parcel in self._parcels:
                self._known.update(parcel)
        return not self._known

    def recall(self, key: bytes) -> FileContent | None:
        """What a file with this key held."""
        if self.is_empty():
            return None
        found = self._known.get(key)
        if found is not None:
            self._asked.add(key)
        return found

    def keep(self, key: bytes, content: FileContent) -> None:
        """Remember what a file with this key holds."""
        self._new[key] = content
        self._asked.add(key)

    def forget(self) -> None:
        """Let go of what is at hand, known or new, without putting it away."""
        self._parcels, self._known, self._asked, self._new = None, {}, set(), {}

    def put_away(self) -> None:
        """Pack each parcel anew to which something has come, or of which much is no longer asked for."""
        if self._parcels is None and not self._new:
            return
        new: list[Parcel] = [{} for _ in range(_PARCELS)]
        for key, content in self._new.items():
            new[_number(content.origin.file)][key] = content
        for number, (before, added) in enumerate(zip(self._parcels or new, new, strict=True)):
            unasked = len(before.keys() - self._asked)
            if added or unasked * _SPARE > len(before):
                few = unasked * _SPARE <= len(before)
                kept = before if few else {key: before[key] for key in before if key in self._asked}
                self._store.put(_KIND, _name(number), partial(pickle.dumps, {**kept, **added}, protocol=5))
        self._known.update(self._new)
        self._new.clear()

    def _unpacked(self, number: int) -> Parcel:
        kept = self._store.get(_KIND, _name(number))
        if kept is None:
            return {}
        with put_off():
            found = pickle.loads(kept)  # noqa: S301 - see `open_store`: nobody else can have written it
        return found if isinstance(found, dict) else {}


def _name(number: int) -> bytes:
    return b"%d" % number


def _number(path: str) -> int:
    return blake2b(path.encode("utf-8", "surrogateescape"), digest_size=1).digest()[0] % _PARCELS
