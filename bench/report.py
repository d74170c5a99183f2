"""What was measured, as figures for programs and as tables for people."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.engines import Engine
from bench.made_pages import words_on
from bench.measuring import Taken, written
from bench.peers import Written

__all__ = ["figures", "growth", "table", "unequal", "words_by_kind", "words_table"]

Figures = dict[str, Any]
_MEGABYTE = 1_000_000
_AS_MANY = 0.01
"""By what share of the size the number of pages may differ."""


def figures(engine: Engine, taken: dict[str, list[Taken]], folder: Path) -> Figures:
    """The figures of one engine. Ratios are taken within a round; each figure is the median, memory the largest."""
    own = taken[engine.name]
    return {
        "wall_seconds": _median(each.wall for each in own),
        "cpu_seconds": _median(each.cpu for each in own),
        "memory_bytes": max(each.memory for each in own),
        "output": asdict(written(folder / engine.folder / engine.output)),
        "wall_of_lcsite_in_this": _median(
            ours.wall / theirs.wall for ours, theirs in zip(taken.get("lcsite", ()), own, strict=False)
        ),
        "rounds": [asdict(each) for each in own],
    }


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(statistics.median(found), 3) if found else None


def unequal(build: dict[str, Any]) -> list[str]:
    """What to say about engines that made more or fewer pages than were asked for, apart from those that make none."""
    return [
        f"{build['pages']} pages were asked for, {name} made {made}"
        for name, found in build["engines"].items()
        if (made := found["output"]["pages"]) and abs(made - build["pages"]) > _AS_MANY * build["pages"]
    ]


def table(build: dict[str, Any]) -> str:
    """One way of building at one size, engine by engine."""
    lines = [
        f"{build['pages']} pages, {build['way']}\n",
        "| engine | wall s | CPU s | peak MB | pages | MB of pages | other files | MB of them | lcsite in this |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, found in build["engines"].items():
        ratio = "" if found["wall_of_lcsite_in_this"] is None else f"{found['wall_of_lcsite_in_this']:.2f}"
        made = found["output"]
        lines.append(
            f"| {name} | {found['wall_seconds']:.1f} | {found['cpu_seconds']:.1f} | "
            f"{found['memory_bytes'] / _MEGABYTE:.0f} | {made['pages']} | {made['page_bytes'] / _MEGABYTE:.1f} | "
            f"{made['others']} | {made['other_bytes'] / _MEGABYTE:.1f} | {ratio} |"
        )
    return "\n".join(lines)


def growth(builds: list[dict[str, Any]]) -> dict[str, float]:
    """For each engine the exponent between the smallest and the largest cold build, by the pages that it wrote."""
    cold = [build for build in builds if build["way"] == "cold"]
    if len(cold) < 2:
        return {}
    small, large = cold[0]["engines"], cold[-1]["engines"]
    return {
        name: round(
            math.log(large[name]["cpu_seconds"] / small[name]["cpu_seconds"])
            / math.log(large[name]["output"]["pages"] / small[name]["output"]["pages"]), 3,
        )
        for name in large
        if large[name]["output"]["pages"]
    }


def words_by_kind(pages: list[Written], engines: list[Engine], folder: Path) -> dict[str, dict[str, int]]:
    """Kind of page -> `pages`, and for lcsite and each other engine the words on all pages of the kind together."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        found[page.kind] += Counter({"pages": 1, "lcsite": page.words})
        for engine in engines:
            if engine.folder != "portal":
                site = folder / engine.folder / engine.output
                found[page.kind][engine.name] += words_on(site / page.path.removesuffix("index") / "index.html")
    return {kind: dict(found[kind]) for kind in sorted(found)}


def words_table(size: int, words: dict[str, dict[str, int]]) -> str:
    """The words on a page of each kind."""
    names = [name for name in next(iter(words.values())) if name != "pages"]
    rule = "|---|" + "--:|" * (len(names) + 1)
    lines = [f"{size} pages, words on a page\n", f"| kind | pages | {' | '.join(names)} |", rule]
    for kind, found in words.items():
        cells = " | ".join(f"{found[name] / found['pages']:.0f}" for name in names)
        lines.append(f"| {kind} | {found['pages']} | {cells} |")
    return "\n".join(lines)
