"""What gets installed is what was pinned, and what was pinned is what the project asks for."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {
    "run": (*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["build"]),
    "dev": (*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["dev"]),
    "tools": (ROOT / "requirements" / "tools.in").read_text("utf-8").splitlines()[1:],
}


def plain(requirement: str) -> str:
    """The name of a requirement as indexes write it: https://packaging.python.org/en/latest/specifications/name-normalization/"""
    name = re.match(r"[\w.-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def pins(lock: str) -> dict[str, str]:
    """Each pinned line with what belongs to it, by name."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    lines = [line for line in text.replace("\\\n", " ").splitlines() if not line.startswith("#")]
    return {plain(line): line for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_that_the_project_asks_for_is_pinned(lock: str) -> None:
    assert {plain(wanted) for wanted in LOCKS[lock]} <= set(pins(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_one_version_with_its_hashes_and_names_no_host(lock: str) -> None:
    for name, line in pins(lock).items():
        assert re.match(r"[\w.-]+==[\w.]+ +(;[^\\]*? )? *--hash=sha256:[0-9a-f]{64}", line), name
        assert "://" not in line
        assert "--index" not in line


def test_what_asks_lighthouse_is_pinned_with_hashes_and_names_no_host() -> None:
    folder = ROOT / "requirements" / "lighthouse"
    wanted = json.loads((folder / "package.json").read_text("utf-8"))
    packages = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages.pop("")["dependencies"] == wanted["dependencies"]
    assert all(re.fullmatch(r"[\w.+-]+", package["version"]) for package in packages.values())
    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_what_builds_the_site_is_the_same_with_and_without_the_tools_for_testing() -> None:
    run, dev = pins("run"), pins("dev")
    assert {name: dev.get(name) for name in run} == run


def test_the_wheel_carries_what_is_authored_once_and_read_by_every_site() -> None:
    carried = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried == {
        "content/criteria": "lcsite/builtin/criteria",
        "content/learn": "lcsite/builtin/learn",
        "content/method": "lcsite/builtin/method",
        "content/toolbox/tools": "lcsite/builtin/toolbox/tools",
        "requirements/run.txt": "lcsite/requirements.txt",
        "schemas": "lcsite/schemas",
    }
    assert all((ROOT / path).exists() for path in carried)
