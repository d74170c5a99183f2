"""Remembers what the check of a whole site found, so that a site in which nothing has changed is not read at all."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lcsite.cache.fingerprints import look_at, taken_together, texts_changed
from lcsite.cache.store import Store
from lcsite.light_classes import dataclass
from lcsite.problems import Problem, Problems

__all__ = ["KeptOutcomes", "Outcome"]

_KIND = "outcome"
_LAST = "last-check"
_WHOLE = b"whole"
_MOST_TEXTS = 40
"""More texts than that are rather read with everything else, by two processes."""
_READ = ("cities", "content", "gathered")
"""What a check reads, by its name in the site's folder."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check has to say, whichever way it is printed."""

    problems: tuple[Problem, ...]
    read: tuple[tuple[int, str], ...] | None
    """Numbers of what was read, each with its noun; None where there was no site to speak of."""


@dataclass(frozen=True, slots=True)
class _Last:
    """The last check of the whole site: what stood there, what else it rests on, and what it had to say."""

    site: dict[str, bytes]
    package: list[dict[str, bytes]]
    beside: Any
    outcome: Outcome


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

    def recall_beside(self, quiet: Callable[[Any, list[str]], bool]) -> Outcome | None:
        """What the last whole check found, where nothing but texts has changed since and nothing is to be said of them.

        `quiet` says so of some files, by what was kept `beside` that outcome.
        """
        kept = self._store.get(_LAST, _WHOLE) if self._seen else None
        last = pickle.loads(kept) if kept is not None else None  # noqa: S301 - see `open_store`: nobody else wrote it
        if self._seen is None or not isinstance(last, _Last) or last.package != [now for now, _ in self._seen[1:]]:
            return None
        texts = texts_changed(last.site, self._seen[0][0])
        return last.outcome if texts and len(texts) <= _MOST_TEXTS and quiet(last.beside, texts) else None

    def keep(self, outcome: Outcome, *, beside: Any = None) -> bool:
        """Remember the outcome, unless something was changed, perhaps even changed back, while the check read it.

        `beside`: what texts are judged by, where the whole site was checked.
        """
        fit = self.key is not None and not Problems(outcome.problems).out_of_reach and self._look() == self._seen
        if fit and self.key is not None and self._seen is not None:
            self._store.put(_KIND, self.key, pickle.dumps(outcome, protocol=5))
            if beside is not None:
                site, *package = (found for found, _ in self._seen)
                self._store.put(_LAST, _WHOLE, pickle.dumps(_Last(site, package, beside, outcome), protocol=5))
        return fit

    def _look(self) -> list[tuple[dict[str, bytes], int]] | None:
        looks = [look_at(self._root, _READ)]
        if self._package is not None:
            looks.append(look_at(self._package.parent, (self._package.name,)))
        seen = [look for look in looks if look is not None]
        return seen if len(seen) == len(looks) else None
