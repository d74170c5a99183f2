"""What a rule needs to know about where things were written. Reading provides it; nothing here opens a file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from lcsite.model.framework import Framework, Node
from lcsite.problems import Location

__all__ = ["Path", "Whereabouts", "few", "nearest", "nodes_with_paths"]

Path = tuple[str | int, ...]


class Whereabouts(Protocol):
    """The origin of every record and value; see `lcsite.reading.origins`."""

    def at(self, kind: str, record_id: str, path: Path = ()) -> Location: ...

    def key(self, kind: str, record_id: str, path: Path) -> Location: ...

    def in_body(self, kind: str, record_id: str, offset: int) -> Location: ...

    def is_broken(self, kind: str, record_id: str = "") -> bool: ...

    def names_nobody(self, kind: str, record_id: str) -> bool: ...


def nearest(word: str, options: Iterable[str], *, otherwise: str = "") -> str:
    """A hint that names the option most like the word, or all options where they are few."""
    known = sorted(set(options))
    if near := difflib.get_close_matches(word.lower(), known, n=1):
        return f'did you mean "{near[0]}"?'
    if otherwise:
        return otherwise
    return f"there are: {', '.join(known)}" if 0 < len(known) <= 12 else ""


def few(ids: Sequence[str]) -> str:
    """The first six of a list, in words."""
    return ", ".join(ids[:6]) + (", …" if len(ids) > 6 else "")


def nodes_with_paths(framework: Framework) -> Iterator[tuple[Node, tuple[Node, ...], Path]]:
    """Every node in order, with the nodes above it (nearest last) and its path in `framework.yml`."""

    def descend(
        nodes: tuple[Node, ...], above: tuple[Node, ...], path: Path
    ) -> Iterator[tuple[Node, tuple[Node, ...], Path]]:
        for position, node in enumerate(nodes):
            here = (*path, position)
            yield node, above, here
            yield from descend(node.children, (*above, node), (*here, "children"))

    yield from descend(framework.tree, (), ("tree",))
