"""Remembers what the check of a whole site found, so that a site in which nothing has changed is not read at all."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

from lcsite.cache.fingerprints import look_at, taken_together
from lcsite.cache.store import Store
from lcsite.problems import Problem, Problems

__all__ = ["KeptOutcomes", "Outcome"]

_KIND = "outcome"
_READ = ("cities", "content", "gathered")
"""What a check reads, by its name in the site's folder."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check has to say, whichever way it is printed."""

    problems: tuple[Problem, ...]
    read: tuple[tuple[int, str], ...] | None
    """Numbers of what was read, each with its noun; None where there was no site to speak of."""


class KeptOutcomes:
    """The outcomes of checks of the site in `root`, by all that a check reads. What it knows stands for one moment.

    `package` is the folder of what comes with the program, where its version does not speak for that already.
    """

    def __init__(self, store: Store, root: Path, *, package: Path | None = None) -> None:
        self._store = store
        self._root = root
        self._package = package
        self._seen = self._look()

    @property
    def key(self) -> bytes | None:
        """Stands for every byte that a check of the site reads, as it was found; None where that cannot be said."""
        return taken_together(*(found for found, _ in self._seen)) if self._seen else None

    def recall(self) -> Outcome | None:
        """What a check of the very same site found."""
        kept = self._store.get(_KIND, self.key) if self.key else None
        found = pickle.loads(kept) if kept is not None else None  # noqa: S301 - see `open_store`: nobody else wrote it
        return found if isinstance(found, Outcome) else None

    def keep(self, outcome: Outcome) -> bool:
        """Remember the outcome, unless something was changed, perhaps even changed back, while the check read it."""
        fit = self.key is not None and not Problems(outcome.problems).out_of_reach and self._look() == self._seen
        if fit and self.key is not None:
            self._store.put(_KIND, self.key, pickle.dumps(outcome, protocol=5))
        return fit

    def _look(self) -> list[tuple[dict[str, bytes], int]] | None:
        looks = [look_at(self._root, _READ)]
        if self._package is not None:
            looks.append(look_at(self._package.parent, (self._package.name,)))
        seen = [look for look in looks if look is not None]
        return seen if len(seen) == len(looks) else None
