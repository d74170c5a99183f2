"""Building sites for tests: with the engine as a person would call it, and once only for all workers of a test run."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))},
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUTF8": "1",
}
NOT_REPRODUCIBLE = ("sitemap.xml",)
"""The one exception to *same input, same bytes* where the engine is run without us: its sitemap follows the clock."""


def run_engine(engine: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`mkdocs build` or `properdocs build`, as a person would type it in the folder of a site."""
    command = [sys.executable, "-m", engine, "build", *arguments]
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False
    )


def build(folder: Path, *, engine: str = "mkdocs", output: str = "site") -> Path:
    """Build a site, warnings counting as errors, and return the folder with the pages."""
    done = run_engine(engine, folder, "--strict", "--site-dir", output, "--config-file", "mkdocs.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / output


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker fills and all workers of a test run share."""
    root = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent
    folder, done = root / name, root / f"{name}.done"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            done.touch()
    return folder


def whole_portal(factory: pytest.TempPathFactory) -> Path:
    """The folder of this repository's own portal, with its search index."""

    def make(folder: Path) -> None:
        from lcsite.mkdocs_plugin.engine import render_site
        from lcsite.pipeline import plan_site, read_and_check
        from lcsite.publishing.search_index import index_site

        read = read_and_check(ROOT)
        assert read.portfolio is not None
        assert not read.problems.errors
        render_site(plan_site(read.portfolio), ROOT / "mkdocs.yml", folder)
        index_site(folder, language=read.portfolio.site.language)

    return once(factory, "portal", make)


def files_of(site: Path) -> Iterator[str]:
    """Every file of a built site but those that differ from build to build, as paths below it."""
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix()
        if file.is_file() and not path.startswith(NOT_REPRODUCIBLE):
            yield path
