"""Remembers the last build of a site into a folder, so that the next one makes only what has changed."""

from __future__ import annotations

import hashlib
import os
import pickle
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lcsite.cache.reading_memory import KeptReadings
from lcsite.cache.store import Store

if TYPE_CHECKING:  # a check asks for a memory of its own, and opens no room for it that it does not need
    from lcsite.building.built import Built
    from lcsite.building.ground import Ground
    from lcsite.building.order import Order

__all__ = ["KeptBuild"]

_KIND = "build"
_GROUND = "ground"
_REST = "rest-of-ground"
"""A kind of its own: what is seldom asked for would be forgotten beside what often is."""


class KeptBuild:
    """A memory for `build`. The store is this person's own, so it is believed."""

    def __init__(self, store: Store, order: Order, readings: KeptReadings) -> None:
        self._store = store
        self._readings = readings
        way = (os.path.realpath(order.target), order.offline, order.search)
        self._key = hashlib.blake2b(repr(way).encode("utf-8", "surrogateescape"), digest_size=16).digest()

    @property
    def spare(self) -> Path:
        """Where the site that a build replaces may wait, to be made into the next."""
        return self._store.beside(f"{self._key.hex()}.spare")

    def recall(self) -> Built | None:
        """The last build, or None."""
        from lcsite.building.built import Built

        kept = self._store.get(_KIND, self._key)
        found = pickle.loads(kept) if kept else None  # noqa: S301 - see `open_store`: nobody else can have written it
        return found if isinstance(found, Built) else None

    def keep(self, built: Built | None) -> None:
        """Remember a build, or that there is none to rest on."""
        self._store.put(_KIND, self._key, pickle.dumps(built, protocol=5) if built is not None else b"")

    def ground(self, key: bytes) -> Ground | None:
        """The ground that was kept under a key, if it is still there."""
        from lcsite.building.ground import Ground

        kept = self._store.get(_GROUND, key)
        return Ground.unpacked(kept, partial(self._store.get, _REST, key)) if kept else None

    def put_down(self, key: bytes, ground: Ground) -> None:
        """Remember a ground, at once. A copy of this process may do so, whose memory ends with it."""
        self.keep_ground(key, ground)
        self._store.write_down()

    def forget_what_was_read(self) -> None:
        """Let go of what was read, which a copy of this process puts down."""
        self._readings.forget()

    def keep_ground(self, key: bytes, ground: Ground) -> None:
        """Remember a ground, and what was read for it."""
        self._readings.put_away()
        first, rest = ground.packed()
        self._store.put(_GROUND, key, first)
        self._store.put(_REST, key, rest)
