"""Prepares the folders of a size and builds them with every engine in turn.

In each round every engine builds once, so that a machine that slows down slows all of them.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from bench.authored import write_portal
from bench.engines import Engine
from bench.measuring import Taken, measure
from bench.peers import Written, write_peers
from bench.portal import Portal

__all__ = ["WAYS", "build_in_turn", "prepare"]

WAYS = ("cold", "warm", "edited", "edited-again")
"""From nothing; again with nothing changed; the first and a later build after a change of one practice each."""


def prepare(size: int, engines: list[Engine], folder: Path, environment: dict[str, str]) -> list[Written]:
    """Write the portal and, where another engine is to build, the same pages for it; which these are. Raises Failed."""
    portal = Portal(size)
    write_portal(portal, folder / "portal")
    if all(engine.folder == "portal" for engine in engines):
        return []
    made = folder / "made"
    _put_aside(made)
    command = [sys.executable, "-m", "lcsite", "build", "portal", "--quiet", "--no-search", "--no-cache"]
    measure([*command, "--output", str(made)], folder=folder, log=folder / "log.txt", environment=environment)
    pages = write_peers(portal, made, folder / "peers")
    _put_aside(made)
    return pages


def build_in_turn(
    size: int, way: str, engines: list[Engine], rounds: int, folder: Path, environment: dict[str, str]
) -> dict[str, list[Taken]]:
    """What each engine took in each round; builds that only prepare another do not count. Raises Failed."""

    def build(engine: Engine) -> Taken:
        place, own = folder / engine.folder, environment | {"LCSITE_CACHE": engine.memory}
        return measure(list(engine.command), folder=place, log=folder / "log.txt", environment=own)

    taken: dict[str, list[Taken]] = {engine.name: [] for engine in engines}
    for nth in range(rounds if way in ("cold", "edited") else rounds + 1):
        for engine in engines:
            place = folder / engine.folder
            # An engine that remembers nothing needs no build before the edit.
            first_edit = engine.remembers and (way == "edited" or (way == "edited-again" and not nth))
            print(f"{size} pages, {way}, round {nth + 1}: {engine.name} ...", file=sys.stderr, flush=True)
            if way == "cold" or first_edit:
                for leftover in (engine.output, *engine.caches):
                    _put_aside(place / leftover)
            if first_edit:
                build(engine)
            if way.startswith("edited"):
                _edit(next(place.glob(engine.edited)))
            done = build(engine)
            if nth or way in ("cold", "edited"):
                taken[engine.name].append(done)
    return taken


def _put_aside(leftover: Path) -> None:
    """Take a folder or file away without removing it. For minutes after many files were removed, a disk with ext4 makes
    new ones more slowly, and would charge that to whoever builds next.
    """
    with suppress(FileNotFoundError):
        leftover.rename(tempfile.mkdtemp(prefix="aside-", dir=leftover.parent) + f"/{leftover.name}")


def _edit(page: Path) -> None:
    with page.open("a", encoding="utf-8") as text:
        text.write(f"\nA sentence that was not there before; the page had {text.tell()} bytes.\n")
