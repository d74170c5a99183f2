"""A city on its own: from the installed package, outside any checkout, to a site without a word of this portal."""

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

from lcsite.authoring.new_site import STARTER
from lcsite.cli import run
from lcsite.pipeline import read_and_check
from lcsite.problems import as_text

ROOT = Path(__file__).parents[1]
ANSWERS = [
    "--title", "Sampleby: we learn", "--place", "Sampleby", "--kind", "town", "--country", "GB", "--world-region",
    "europe-and-north-america", "--publisher", "Sampleby learning council",
]  # fmt: skip


def own_site(folder: Path, *more: str) -> Path:
    assert run(["new", "site", str(folder), *ANSWERS, *more]) == 0
    return folder


def words_of_the_portal() -> tuple[str, ...]:
    portal = read_and_check(ROOT).portfolio
    assert portal is not None
    return (portal.site.title, portal.site.publisher, portal.site.tagline, portal.site.description)


# The starter, and what becomes of it


def test_the_starter_is_a_site_that_has_no_mistake_as_it_stands() -> None:
    assert as_text(read_and_check(STARTER).problems) == ""


def test_a_new_site_is_right_at_once_and_holds_everything_that_comes_with_the_program(tmp_path: Path) -> None:
    found = read_and_check(own_site(tmp_path / "own"))
    assert as_text(found.problems) == ""
    assert found.portfolio is not None
    own, portal = found.portfolio, read_and_check(ROOT).portfolio
    assert portal is not None
    assert own.frameworks.keys() == portal.frameworks.keys()
    assert own.tools.keys() == portal.tools.keys()
    assert {path for path in portal.prose if path.startswith("learn/")} <= own.prose.keys()
    assert list(own.places) == ["sampleby"]
    assert dict(own.practices) == {}


def test_a_new_site_says_what_was_typed_and_nothing_of_the_example(tmp_path: Path) -> None:
    folder = own_site(tmp_path / "own", "--id", "our-town", "--colour", "#123456", "--as-of", "2026-05-04")
    found = read_and_check(folder).portfolio
    assert found is not None
    assert (found.site.title, found.site.publisher) == ("Sampleby: we learn", "Sampleby learning council")
    assert (found.site.colour, found.site.as_of.isoformat()) == ("#123456", "2026-05-04")
    assert found.places["our-town"].demonstration is False
    assert found.site.menu[0].page == "cities/our-town/"
    own = [path for part in ("content", "cities", "README.md") for path in (folder / part, *(folder / part).rglob("*"))]
    assert not [path for path in own if path.is_file() and "cities/sampleby" in path.read_text("utf-8")]


def test_a_new_site_goes_only_where_nothing_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    own_site(tmp_path / "empty")
    own_site(tmp_path / "folder" / "within" / "folders")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("Mine.")
    assert run(["new", "site", str(tmp_path / "taken"), *ANSWERS]) == 2
    assert "not an empty folder" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "taken").iterdir()] == ["mine.txt"]


def test_a_dry_run_makes_no_folder(tmp_path: Path) -> None:
    assert run(["new", "site", str(tmp_path / "own"), *ANSWERS, "--dry-run"]) == 0
    assert list(tmp_path.iterdir()) == []


def test_the_three_commands_of_the_readme_are_commands(capsys: pytest.CaptureFixture[str]) -> None:
    commands = set(re.findall(r"^lcsite ([a-z]+)", (STARTER / "README.md").read_text("utf-8"), re.MULTILINE))
    assert commands == {"serve", "check", "build"}
    for command in commands:
        assert run([command, "--help"]) == 0


# The whole way, from the wheel


@pytest.fixture(scope="module")
def lcsite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command as it is installed from the wheel, with the libraries that are installed here and nothing of ours."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *build], check=True, timeout=120)
    (wheel,) = folder.glob("lcsite-*.whl")
    place = folder / "venv"
    venv.EnvBuilder(with_pip=False, symlinks=True).create(place)
    install = ["--python", str(place / "bin" / "python"), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([*pip, *install], check=True, timeout=120)
    (packages,) = place.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "bin" / "lcsite"


def call(lcsite: Path, *arguments: str, cwd: Path) -> str:
    """What the installed command prints, run with no terminal, no PYTHONPATH and no home of ours."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR")}
    done = subprocess.run(
        [str(lcsite), *arguments], cwd=cwd, env={**environment, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True,
        text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_from_the_wheel_to_a_whole_site_without_a_word_of_this_portal(lcsite: Path, tmp_path: Path) -> None:
    where = "import lcsite, lcsite.pipeline as p; print(lcsite.__file__); print(p.BUILTIN)"
    python = lcsite.with_name("python")
    known = subprocess.run([str(python), "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert str(ROOT) not in known

    call(lcsite, "new", "site", "own", *ANSWERS, cwd=tmp_path)
    own = tmp_path / "own"
    call(lcsite, "check", cwd=own)
    framework = sorted(path.name for path in (ROOT / "content" / "criteria").iterdir() if path.is_dir())[0]
    call(lcsite, "new", "assessment", "sampleby", framework, "--who", "Nine people", cwd=own)
    call(lcsite, "todo", "sampleby", cwd=own)
    call(lcsite, "build", cwd=own)

    site = own / "site"
    for part in ("criteria", "learn", "toolbox/tools"):
        wanted = {p.name.removesuffix(".md") for p in (ROOT / "content" / part).iterdir()} - {"index", "crosswalk.yml"}
        assert wanted <= {path.name for path in (site / part).iterdir()}
    assert (site / "cities" / "sampleby" / framework / "index.html").is_file()
    assert {path.name for path in (site / "cities").iterdir()} <= {"by", "index.html", "sampleby"}
    portal = words_of_the_portal()
    for path in site.rglob("*"):
        if path.suffix in (".html", ".json", ".csv", ".xml", ".txt", ".css", ".js", ".md"):
            text = path.read_text("utf-8")
            assert not [words for words in portal if words in text], path
            assert str(ROOT) not in text


@pytest.mark.slow
def test_a_new_version_of_the_program_touches_no_file_of_the_city(lcsite: Path, tmp_path: Path) -> None:
    """What comes with the program is read where it is installed, so nothing of it lies among the city's files."""
    call(lcsite, "new", "site", "own", *ANSWERS, cwd=tmp_path)
    own = tmp_path / "own"
    names = {path.relative_to(own).parts[0] for path in own.rglob("*") if path.is_file()}
    assert names == {".github", ".gitignore", ".gitlab", "README.md", "cities", "content", "mkdocs.yml", "schemas"}
    assert {path.name for path in (own / "content").iterdir()} == {"about", "contribute", "index.md", "site.yml"}
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    call(lcsite, "build", "--no-search", cwd=own)
    shutil.rmtree(own / "site")
    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == before
