"""SECURITY.md names, for each attack, the tests that keep it away: they are there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_row_names_tests_that_are_there() -> None:
    rows = [line for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    for row in rows:
        named = re.findall(r"`([\w/]+\.py)`", row.split("|")[-2])
        assert named, row
        assert [path for path in named if not (ROOT / "tests" / path).is_file()] == []
