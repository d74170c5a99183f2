"""Builds made-up portals with every engine in turn and says what each build took, as a table and as JSON.

    python -m bench --pages 300,3000 --rounds 3

In each round every engine builds once, so that a machine that slows down slows all of them. Ratios are taken within a
round; what is shown is the median.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.engines import EDITED, ENGINES, MEMORY, Engine, versions
from bench.loop import seconds_from_save_to_page
from bench.measuring import Failed, Taken, measure, written
from bench.peers import write_peers
from bench.portal import Portal, write_portal

Figures = dict[str, Any]
_WAYS = ("cold", "warm", "edited")
"""From nothing; again with nothing changed; again after a change of one practice."""
_MEGABYTE = 1_000_000
_ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(Path(__file__).parents[1]), "LCSITE_CACHE": MEMORY,
}


def main(arguments: list[str] | None = None) -> None:
    """Build as asked on the command line; leave with a message where an engine fails."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--pages", default="300,3000", help="sizes, with commas between")
    parser.add_argument("--engines", default="lcsite,lcsite-search,material,material-search,zensical,hugo")
    parser.add_argument("--ways", default="cold", help=f"some of {','.join(_WAYS)}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--loop", action="store_true", help="also time the author's loop, from a save to the page")
    parser.add_argument("--folder", type=Path, help="where to build; left out: a folder that is removed at the end")
    parser.add_argument("--json", type=Path, help="a file for all figures")
    given = parser.parse_args(arguments)
    engines = [ENGINES[name] for name in given.engines.split(",")]
    ways = [way for way in _WAYS if way in given.ways.split(",")]
    sizes = [int(size) for size in given.pages.split(",")]
    with tempfile.TemporaryDirectory() as scratch:
        found = [
            {"pages": size, "way": way, "engines": _build_in_turn(size, way, engines, given.rounds, folder)}
            for size in sizes
            for folder in (_portals(size, engines, (given.folder or Path(scratch)) / str(size)),)
            for way in ways
        ]
        folder = given.folder or Path(scratch)
        loops = {
            size: seconds_from_save_to_page(
                folder / f"{size}/portal", EDITED, rounds=given.rounds, environment=_ENVIRONMENT
            )
            for size in (sizes if given.loop else ())
        }
    print("\n\n".join(map(_table, found)))
    growth = _growth(found)
    if growth:
        print("\n" + "\n".join(f"{name}: processor time grows with pages to the power of {exponent:.2f}"
                               for name, exponent in growth.items()))
    for size, taken in loops.items():
        print(f"\n{size} pages, the author's loop: {statistics.median(taken):.2f} s from a save to the page")
    if given.json:
        report = {
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "machine": {"system": platform.platform(), "cores": len(os.sched_getaffinity(0))},
            "versions": versions(), "rounds": given.rounds, "growth": growth, "loops": loops,
            "builds": found,
        }
        given.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def _portals(size: int, engines: list[Engine], folder: Path) -> Path:
    portal = Portal(size)
    write_portal(portal, folder / "portal")
    if any(engine.folder != "portal" for engine in engines):
        write_peers(portal, folder / "peers")
    return folder


def _build_in_turn(size: int, way: str, engines: list[Engine], rounds: int, folder: Path) -> dict[str, Figures]:
    taken: dict[str, list[Taken]] = {engine.name: [] for engine in engines}
    # A build from nothing needs no preparation; the others need one that came before, which is not counted.
    for nth in range(rounds if way == "cold" else rounds + 1):
        for engine in engines:
            place = folder / engine.folder
            if way == "cold":
                for leftover in (engine.output, *engine.caches):
                    shutil.rmtree(place / leftover, ignore_errors=True)
            elif way == "edited" and nth:
                _edit(next(place.glob(engine.edited)), nth)
            print(f"{size} pages, {way}, round {nth + 1}: {engine.name} ...", file=sys.stderr, flush=True)
            try:
                done = measure(list(engine.command), folder=place, log=folder / "log.txt", environment=_ENVIRONMENT)
            except Failed as failed:
                sys.exit(str(failed))
            if way == "cold" or nth:
                taken[engine.name].append(done)
    return {engine.name: _figures(engine, taken, folder) for engine in engines}


def _edit(page: Path, nth: int) -> None:
    with page.open("a", encoding="utf-8") as text:
        text.write(f"\nA sentence that was not there in round {nth}.\n")


def _figures(engine: Engine, taken: dict[str, list[Taken]], folder: Path) -> Figures:
    own = taken[engine.name]
    size, files, pages = written(folder / engine.folder / engine.output)
    return {
        "wall_seconds": _median(each.wall for each in own),
        "cpu_seconds": _median(each.cpu for each in own),
        "memory_bytes": max(each.memory for each in own),
        "bytes_written": size, "files_written": files, "html_pages": pages,
        "wall_of_lcsite_in_this": _median(
            ours.wall / theirs.wall for ours, theirs in zip(taken.get("lcsite", ()), own, strict=False)
        ),
        "rounds": [[each.wall, each.cpu, each.memory] for each in own],
    }


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(statistics.median(found), 3) if found else None


def _table(build: dict[str, Any]) -> str:
    lines = [
        f"{build['pages']} pages, {build['way']}\n",
        "| engine | wall s | CPU s | peak MB | pages | files | MB written | lcsite's wall in this |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, f in build["engines"].items():
        ratio = "" if f["wall_of_lcsite_in_this"] is None else f"{f['wall_of_lcsite_in_this']:.2f}"
        lines.append(
            f"| {name} | {f['wall_seconds']:.1f} | {f['cpu_seconds']:.1f} | {f['memory_bytes'] / _MEGABYTE:.0f} | "
            f"{f['html_pages']} | {f['files_written']} | {f['bytes_written'] / _MEGABYTE:.1f} | {ratio} |"
        )
    return "\n".join(lines)


def _growth(builds: list[dict[str, Any]]) -> dict[str, float]:
    """For each engine the exponent between the smallest and the largest cold build, by the pages that it wrote."""
    cold = [build for build in builds if build["way"] == "cold"]
    if len(cold) < 2:
        return {}
    small, large = cold[0]["engines"], cold[-1]["engines"]
    return {
        name: round(
            math.log(large[name]["cpu_seconds"] / small[name]["cpu_seconds"])
            / math.log(large[name]["html_pages"] / small[name]["html_pages"]), 3,
        )
        for name in large
    }


if __name__ == "__main__":
    main()
