"""The driver builds, counts and writes down what it found."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.measuring import Failed, measure, written


def test_lcsite_is_built_and_its_figures_are_written_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--pages", "30", "--rounds", "1", "--engines", "lcsite", "--folder", str(tmp_path),
          "--json", str(tmp_path / "figures.json")])  # fmt: skip
    report = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    found = report["builds"][0]["engines"]["lcsite"]
    assert found["wall_of_lcsite_in_this"] == 1
    assert found["html_pages"] > 30
    assert found["cpu_seconds"] > 0
    assert found["memory_bytes"] > 20_000_000
    assert report["versions"]["lcsite"]
    assert report["date"]
    assert "| lcsite |" in capsys.readouterr().out


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
    assert written(tmp_path) == (7, 2, 1)
