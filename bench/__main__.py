"""Builds made-up portals with every engine in turn and says what each build took, as a table and as JSON.

    python -m bench --pages 300,3000 --rounds 3
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.building import WAYS, build_in_turn, prepare
from bench.engines import EDITED, ENGINES, versions
from bench.loop import seconds_from_save_to_page
from bench.measuring import Failed
from bench.report import figures, growth, table, unequal, words_by_kind, words_table

_ENVIRONMENT = {
    "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONPATH": str(Path(__file__).parents[1]),
}  # fmt: skip
_DEFINITION = (
    "pages are the HTML pages that lcsite makes of a portal; every engine builds the same pages, written as Markdown "
    "for the others; other files are data, badges and the like, which lcsite makes in the same time"
)


def main(arguments: list[str] | None = None) -> None:
    """Build as asked on the command line; leave with a message where an engine fails or makes other pages."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", default="300,3000", help="sizes, with commas between")
    parser.add_argument("--engines", default="lcsite,lcsite-search,material,material-search,zensical,hugo")
    parser.add_argument("--ways", default="cold", help=f"some of {','.join(WAYS)}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--loop", action="store_true", help="also time the author's loop, from a save to the page")
    parser.add_argument("--words", action="store_true", help="also count the words that each engine wrote")
    parser.add_argument("--folder", type=Path, help="where to build; left out: a folder that is removed at the end")
    parser.add_argument("--json", type=Path, help="a file for all figures")
    given = parser.parse_args(arguments)
    report: dict[str, Any] = {
        "definition": _DEFINITION,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": {"system": platform.platform(), "cores": len(os.sched_getaffinity(0))},
        "versions": versions(), "rounds": given.rounds, "growth": {}, "loops": {}, "words": {}, "builds": [],
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        for size in map(int, given.pages.split(",")):
            try:
                _measure(size, given, (given.folder or Path(scratch)).resolve() / str(size), report)
            except Failed as failed:
                sys.exit(str(failed))
    report["growth"] = growth(report["builds"])
    for name, exponent in report["growth"].items():
        print(f"{name}: processor time grows with pages to the power of {exponent:.2f}")
    if given.json:
        given.json.write_text(json.dumps(report, indent=1) + "\n", "utf-8")


def _measure(size: int, given: argparse.Namespace, folder: Path, report: dict[str, Any]) -> None:
    """Put into the report, and print, everything that was asked for about one size."""
    engines = [ENGINES[name] for name in given.engines.split(",")]
    pages = prepare(size, engines, folder, _ENVIRONMENT)
    for way in (way for way in WAYS if way in given.ways.split(",")):
        taken = build_in_turn(size, way, engines, given.rounds, folder, _ENVIRONMENT)
        build = {"pages": size, "way": way, "engines": {each.name: figures(each, taken, folder) for each in engines}}
        report["builds"].append(build)
        print(f"{table(build)}\n")
        if wrong := unequal(build):
            sys.exit("; ".join(wrong))
    if given.words and pages:
        report["words"][size] = words_by_kind(pages, engines, folder)
        print(f"{words_table(size, report['words'][size])}\n")
    if given.loop:
        seconds = seconds_from_save_to_page(
            folder / "portal", EDITED, rounds=given.rounds, environment=_ENVIRONMENT
        )
        report["loops"][size] = seconds
        print(f"{size} pages, the author's loop: {statistics.median(seconds):.2f} s from a save to the page\n")


if __name__ == "__main__":
    main()
