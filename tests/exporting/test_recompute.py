"""Every published score can be worked out again from the published files alone, by a script that knows us not."""

from __future__ import annotations

import ast
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from lcsite.model.portfolio import Portfolio
from lcsite.reading.portfolio_reader import read_portfolio
from tests import recompute_scores
from tests.exporting.exported import ROOT, written
from tests.exporting.random_portals import portals
from tests.pages.gardens import gardens

SCRIPT = Path(recompute_scores.__file__)
NEEDED = ("frameworks.json", "answers.csv", "scorecards.csv")


def test_the_script_imports_nothing_of_ours_and_nothing_that_has_to_be_installed() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imports |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imports
    assert {name.split(".")[0] for name in imports} <= sys.stdlib_module_names


def test_every_score_of_this_portal_is_recomputed_without_a_difference(tmp_path: Path) -> None:
    of, _, problems = read_portfolio(ROOT)
    assert of is not None, problems
    folder = written(of, tmp_path, *NEEDED)
    done = subprocess.run([sys.executable, "-I", SCRIPT, folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    compared, _, rest = done.stdout.partition(" ")
    assert int(compared) > 2000
    assert rest == "scores compared, 0 differences\n"


@given(portals())
@settings(max_examples=40, derandomize=True)
def test_every_score_of_a_random_portal_is_recomputed_without_a_difference(of: Portfolio) -> None:
    with tempfile.TemporaryDirectory() as folder:
        compared, differences = recompute_scores.compare(written(of, Path(folder), *NEEDED))
    assert differences == []
    assert compared > 10


ALDER = {"place": "alder", "as_of": "2026-06-30"}
BED, CEDAR = {**ALDER, "indicator": "gardens-1"}, {"indicator": "1.1.1", "place": "cedar"}


@pytest.mark.parametrize(
    ("file", "row", "column", "value", "told"),
    [
        ("answers.csv", BED, "worth", "1/2", "it is worth 1/2 1/4 1/4, recomputed 1/4 1/4"),
        ("answers.csv", BED, "written", "2", "it is worth 1/4 1/4 1/4, recomputed 1/2 1/2"),
        ("answers.csv", BED, "state", "unscored", "its state is not what the framework"),
        ("answers.csv", CEDAR, "year", "2019", "it counts, and no figure"),
        ("answers.csv", {**ALDER, "indicator": "paths-1"}, "state", "unknown", "it does not count, and a figure"),
        ("answers.csv", BED, "grade_number", "1", "evidence_share is 1/2, recomputed 0"),
        ("scorecards.csv", {**ALDER, "node": "gardens"}, "known", "1/7", "gardens: known is 1/7, recomputed 1/8"),
        ("scorecards.csv", {**ALDER, "node": "gardens"}, "shown_point", "14", "shown_point is 14, recomputed 13"),
        ("scorecards.csv", {**ALDER, "node": "outside"}, "high", "", "outside: high is empty, recomputed 1/2"),
        ("scorecards.csv", {**ALDER, "node": "paths"}, "node", "walks", "walks: a score is published, and none can be"),
        ("scorecards.csv", {**ALDER, "node": "paths"}, "node", "walks", "practice paths: the score is missing"),
    ],
)
def test_the_script_finds_a_planted_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, row: dict[str, str], column: str, value: str,
    told: str,
) -> None:
    folder = written(gardens(), tmp_path, *NEEDED)
    assert recompute_scores.main(folder) == 0
    with (folder / file).open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    (chosen,) = (found for found in rows if row.items() <= found.items())
    chosen[column] = value
    with (folder / file).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    capsys.readouterr()
    assert recompute_scores.main(folder) == 1
    assert told in capsys.readouterr().out


def test_the_script_finds_a_changed_weight(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(gardens(), tmp_path, *NEEDED)
    file = folder / "frameworks.json"
    file.write_text(file.read_text("utf-8").replace('"weight": 1', '"weight": 2', 4), "utf-8")
    assert recompute_scores.main(folder) == 1
    assert "recomputed" in capsys.readouterr().out
