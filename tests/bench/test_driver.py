"""The driver builds, counts and writes down what it found."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.building import build_in_turn
from bench.engines import Engine
from bench.measuring import Failed, Output, measure, written
from bench.report import growth, unequal

PAGES = 200


def test_lcsite_is_built_and_its_figures_are_written_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--pages", str(PAGES), "--rounds", "1", "--engines", "lcsite", "--folder", str(tmp_path),
          "--json", str(tmp_path / "figures.json")])  # fmt: skip
    report = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    found = report["builds"][0]["engines"]["lcsite"]
    assert found["wall_of_lcsite_in_this"] == 1
    assert found["output"]["pages"] == PAGES
    assert found["output"]["others"] > PAGES
    assert found["cpu_seconds"] > 0
    assert found["memory_bytes"] > 20_000_000
    assert report["versions"]["lcsite"]
    assert report["date"]
    assert "every engine builds the same pages" in report["definition"]
    assert "| lcsite |" in capsys.readouterr().out


@pytest.mark.parametrize(("way", "edits"), [("warm", [0, 0, 0]), ("edited", [2, 2]), ("edited-again", [2, 2, 2])])
def test_a_round_edits_before_it_measures_where_it_should(tmp_path: Path, way: str, edits: list[int]) -> None:
    (tmp_path / "page.md").write_text("", "utf-8")
    engine = Engine("plain", ("sh", "-c", "wc -l < page.md >> said.txt"), ".", "out", "page.md")
    taken = build_in_turn(9, way, [engine], 2, tmp_path, dict(os.environ))
    lengths = [int(line) for line in (tmp_path / "said.txt").read_text("utf-8").split()]
    added = [after - before for before, after in zip([0, *lengths], lengths, strict=False)]
    assert added == edits
    assert len(taken["plain"]) == 2


def test_an_engine_that_remembers_is_built_from_nothing_before_each_first_edit(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("", "utf-8")
    script = "mkdir -p memory; ls memory | wc -l >> said.txt; touch memory/$(wc -l < page.md)"
    engine = Engine("it", ("sh", "-c", script), ".", "out", "page.md", ("memory",), remembers=True)
    for way in ("edited", "edited-again"):
        taken = build_in_turn(9, way, [engine], 2, tmp_path, dict(os.environ))
        assert len(taken["it"]) == 2
    remembered = [int(line) for line in (tmp_path / "said.txt").read_text("utf-8").split()]
    assert remembered == [0, 1] * 2 + [0, 1, 2, 3]


def test_engines_that_make_other_pages_are_named() -> None:
    def made(pages: int) -> dict[str, object]:
        return {"output": {"pages": pages}}

    build = {"pages": 300, "engines": {"a": made(303), "b": made(296), "check": made(0)}}
    assert unequal(build) == ["300 pages were asked for, b made 296"]


def test_growth_is_the_power_of_pages_to_which_time_grows() -> None:
    def build(pages: int, seconds: float) -> dict[str, object]:
        return {"way": "cold", "engines": {"a": {"cpu_seconds": seconds, "output": {"pages": pages}}}}

    assert growth([build(100, 1.0), build(1000, 100.0)]) == {"a": 2}


def test_time_and_memory_of_children_count_too(tmp_path: Path) -> None:
    busy = "b = bytearray(50_000_000)\nimport time\nt = time.process_time()\nwhile time.process_time() < t + .5: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}], check=True)"
    taken = measure([sys.executable, "-c", parent], folder=tmp_path, log=tmp_path / "log")
    assert taken.cpu >= 0.5
    assert taken.wall >= 0.5
    assert taken.memory > 50_000_000


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="ended with 3: no such luck"):
        measure([sys.executable, "-c", "print('no such luck'); exit(3)"], folder=tmp_path, log=tmp_path / "log")


def test_what_was_written_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"12345")
    (tmp_path / "b.txt").write_bytes(b"12")
    assert written(tmp_path) == Output(pages=1, page_bytes=5, others=1, other_bytes=2)
