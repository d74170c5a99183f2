"""A city upgrades the program: a framework grows, none of the city's files is touched, and answers may carry over."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.builders import GARDENS, STEPS, SiteFolder, as_page, as_yaml, framework_data
from tests.versions import ANSWERS, FRAMEWORK, HISTORY, NEWER, OLDER, SHORT

ROOT = Path(__file__).parents[2]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def program(folder: Path, version: str) -> Path:
    """The source of the program, with one invented framework in the place of those that it has."""
    for name in ("lcsite", "requirements", "schemas", "content/learn", "content/method", "content/toolbox/tools"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT"):
        shutil.copyfile(ROOT / name, folder / name)
    init = folder / "lcsite" / "__init__.py"
    init.write_text(re.sub(r'__version__ = "[^"]*"', f'__version__ = "{version}"', init.read_text("utf-8")), "utf-8")
    return folder


def wheel(source: Path) -> Path:
    build = ("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(source / "dist"))
    subprocess.run([*PIP, *build, str(source)], check=True, timeout=120, capture_output=True)
    (found,) = (source / "dist").glob("*.whl")
    return found


def install(environment: Path, found: Path) -> None:
    told = ("--python", str(environment / "bin" / "python"), "install", "--no-deps", "--no-index", "--upgrade")
    subprocess.run([*PIP, *told, str(found)], check=True, timeout=120, capture_output=True)


def call(environment: Path, *arguments: str, cwd: Path) -> str:
    """What the installed command prints, with no PYTHONPATH and no home of ours."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR")}
    done = subprocess.run(
        [str(environment / "bin" / "lcsite"), *arguments], cwd=cwd, env={**kept, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.slow
def test_a_city_upgrades_and_carries_its_answers_over_when_it_wants_to(tmp_path: Path) -> None:
    first = program(tmp_path / "first", "7.1.0")
    SiteFolder(first).framework(FRAMEWORK, GARDENS)
    (first / "content" / "criteria" / FRAMEWORK / "framework.yml").write_text(as_yaml(OLDER), "utf-8")
    environment = tmp_path / "environment"
    venv.EnvBuilder(with_pip=False, symlinks=True).create(environment)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install(environment, wheel(first))

    city = tmp_path / "city"
    site = SiteFolder(city, as_of="2027-06-30", frameworks=[f"builtin:{FRAMEWORK}"])
    site.place("willow", "Willow")
    site.assessment("willow", FRAMEWORK, ANSWERS)
    site.practice("soup", "Soup", supports=[f"{FRAMEWORK}/kitchens"])
    assert "no problems" in call(environment, "check", cwd=city)
    before = {path: path.read_bytes() for path in city.rglob("*") if path.is_file()}

    second = program(tmp_path / "second", "7.2.0")
    SiteFolder(second).framework(FRAMEWORK, NEWER["tree"], version="2027.1", history=HISTORY, scales=[STEPS, SHORT])
    folder = second / "content" / "criteria" / FRAMEWORK
    (folder / "versions").mkdir()
    (folder / "versions" / "2026.1.yml").write_text(as_yaml(OLDER), "utf-8")
    install(environment, wheel(second))
    assert "7.2.0" in call(environment, "--version", cwd=city)

    told = call(environment, "check", cwd=city)
    assert "this is read by version 2026.1 of garden-rules; version 2027.1 is there too" in told
    assert 'is called "garden-rules/cooking" since a newer version' in told
    call(environment, "build", "--no-search", cwd=city)
    page = (city / "site" / "cities" / "willow" / FRAMEWORK / "index.html").read_text("utf-8")
    assert "An older version." in page
    assert "Title of paths-2" in page
    versions = (city / "site" / "criteria" / FRAMEWORK / "index.html").read_text("utf-8")
    assert "Shorter paths." in versions
    assert "garden-rules-2026.1.json" in versions
    shutil.rmtree(city / "site")
    assert {path: path.read_bytes() for path in city.rglob("*") if path.is_file()} == before

    assert "4 of 6 answers carry over" in call(environment, "migrate", "willow/2026-garden-rules", cwd=city)
    call(environment, "build", "--no-search", cwd=city)
    page = (city / "site" / "cities" / "willow" / FRAMEWORK / "index.html").read_text("utf-8")
    assert "An older version." not in page
    assert "Title of cooking-3" in page
    assert all(path.read_bytes() == text for path, text in before.items())


def test_an_own_site_may_keep_a_version_that_the_program_no_longer_has(tmp_path: Path) -> None:
    """An older version beside a framework of the program is read as if it had come with it."""
    from lcsite.reading.portfolio_reader import read_portfolio

    builtin = SiteFolder(tmp_path / "program")
    builtin.framework(FRAMEWORK, NEWER["tree"], version="2027.1", history=HISTORY, scales=[STEPS, SHORT])
    site = SiteFolder(tmp_path / "city", as_of="2027-06-30", frameworks=[f"builtin:{FRAMEWORK}"])
    site.write(f"content/criteria/{FRAMEWORK}/versions/2026.1.yml", as_yaml(framework_data(FRAMEWORK)))
    site.write("cities/willow/index.md", as_page(
        {"name": "Willow", "kind": "town", "country": "GB", "world_region": "europe-and-north-america"}, "A place.\n"
    ))  # fmt: skip
    site.assessment("willow", FRAMEWORK, ANSWERS)
    portfolio, _, problems = read_portfolio(site.root, tmp_path / "program" / "content")
    assert problems.errors == 0
    assert portfolio is not None
    assert [each.version for each in portfolio.versions_of(FRAMEWORK)] == ["2027.1", "2026.1"]
