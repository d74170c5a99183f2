"""The author's loop keeps what was read at hand: after a save, only the text that has changed is read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from lcsite.building import loop
from tests.building.towns import complete_site

PROJECT = Path(__file__).parents[2]
PRACTICE = "content/toolbox/practices/talks.md"


def save_once(site: Path) -> None:
    """Write as an author who saves once and goes home; fails where that does not show or all is read again."""
    shown: list[str] = []

    def show(folder: Path, *, again: Callable[[], None], **_: Any) -> None:
        with (site / PRACTICE).open("a", encoding="utf-8") as file:
            file.write("\nPlums were added.\n")
        with mock.patch.object(loop, "read_and_check", side_effect=AssertionError("the whole site was read again")):
            again()
        shown.append((folder / "toolbox/practices/talks/index.html").read_text("utf-8"))

    with (
        mock.patch.object(loop, "show", show), mock.patch.object(loop, "index_site"),
        mock.patch.object(loop, "processes_at_hand", return_value=2),
    ):
        loop.write_and_see(site, host="127.0.0.1", port=0, say=lambda _: None)
    assert ["Plums were added." in page for page in shown] == [True]


def test_the_first_save_is_shown_without_reading_the_site_again(tmp_path: Path) -> None:
    """In a process of its own: only where nothing else runs could a copy of it lose what it lays."""
    site = complete_site(tmp_path / "town").root
    saying = f"from pathlib import Path; from {__name__} import save_once; save_once(Path({str(site)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", saying], cwd=PROJECT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
