"""The same input gives the same bytes, whatever the machine, place, moment and Python, the search index included."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lcsite import __version__
from tests.hostile.sites import small_site
from tests.hostile.test_fields import everywhere

SHUFFLED = """\
import os, random, sys
chance = random.Random(int(sys.argv.pop(1)))
scan, walk, names = os.scandir, os.walk, os.listdir

class Shuffled:
    def __init__(self, *arguments):
        with scan(*arguments) as found:
            self.entries = list(found)
        chance.shuffle(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def __iter__(self):
        return self
    def __next__(self):
        if not self.entries:
            raise StopIteration
        return self.entries.pop()
    def close(self):
        pass

def walked(top, topdown=True, onerror=None, followlinks=False):
    for folder, folders, files in walk(top, topdown, onerror, followlinks):
        chance.shuffle(folders)
        chance.shuffle(files)
        yield folder, folders, files

def listed(*arguments):
    found = names(*arguments)
    chance.shuffle(found)
    return found

os.scandir, os.walk, os.listdir = Shuffled, walked, listed
from lcsite.cli import main
main(["build", *sys.argv[1:], "--quiet"])
"""
"""The command, with folders that list their files in any order."""

MACHINES: dict[str, dict[str, str]] = {
    "plain": {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0"},
    "turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "1"},
    "german": {"LC_ALL": "de_DE.ISO-8859-1", "LANGUAGE": "de", "TZ": "America/St_Johns", "PYTHONHASHSEED": "2"},
    "posix": {"LC_ALL": "POSIX", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "3", "PYTHONUTF8": "0"},
    "past": {"LC_ALL": "C", "SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "4", "TZ": "Etc/GMT+12", "COLUMNS": "20"},
}


def digests(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*")) if file.is_file()
    }  # fmt: skip


NEEDED = "babel, cbor2, click, jinja2, lxml, markdown, material, mkdocs, nh3, pagefind, pydantic, pymdownx, resvg_py"
VERSIONS = (11, 12, 13, 14)


def other_pythons() -> dict[str, str]:
    """Interpreters of other versions that have what a build needs: those on the path, and those in LCSITE_PYTHONS."""
    named = os.environ.get("LCSITE_PYTHONS", "").split(os.pathsep)
    found = {}
    for path in filter(None, [*named, *(shutil.which(f"python3.{minor}") for minor in VERSIONS)]):
        ask = [path, "-c", f"import sys, {NEEDED}; print('%d.%d' % sys.version_info[:2])"]
        said = subprocess.run(ask, capture_output=True, text=True, check=False, timeout=60)
        if said.returncode == 0 and said.stdout.strip() != "{}.{}".format(*sys.version_info):
            found.setdefault(said.stdout.strip(), path)
    return found


def introduced(folder: Path) -> Path:
    """A folder that makes an interpreter know the plugin from the source, without anything being installed."""
    about = folder / f"lcsite-{__version__}.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: lcsite\nVersion: {__version__}\n", "utf-8")
    words = "[mkdocs.plugins]\nlcsite = lcsite.mkdocs_plugin:LcsitePlugin\n"
    (about / "entry_points.txt").write_text(words, "utf-8")
    return folder


def built(
    original: Path, folder: Path, number: int, machine: dict[str, str], *, python: str = sys.executable, more: str = ""
) -> dict[str, str]:
    shutil.copytree(original, folder)
    for file in folder.rglob("*"):
        os.utime(file, (number * 400_000_000, number * 400_000_000))
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
    done = subprocess.run(
        [python, "-c", SHUFFLED, str(number), str(folder)], capture_output=True, text=True, check=False,
        timeout=120, cwd=folder.parent, encoding="utf-8", errors="replace",
        env={**kept, "PYTHONPATH": str(Path(__file__).parents[2]) + more, "NO_MKDOCS_2_WARNING": "1", **machine},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return digests(folder / "site")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("original") / "site"
    made_site = small_site(folder)
    everywhere(made_site, "Łódź & İstanbul <İ>")
    made_site.practice(
        "everything", "Everything", countries=["GB", "JP", "IE", "FR", "AD"], places=["cedar", "alder", "birch"],
        themes=["rivers", "youth"], tools=["map-sheet"],
        supports=["areas/1.1", "garden-rules/paths", "garden-rules/gardens", "areas/2.1", "garden-rules/kitchens"],
    )  # fmt: skip
    return folder


def assert_same(found: dict[str, dict[str, str]]) -> None:
    first = next(iter(found.values()))
    assert len(first) > 50
    assert any(path.startswith("pagefind/filter/") for path in first)
    for name, other in found.items():
        assert [*other] == [*first], name
        assert [path for path in other if other[path] != first[path]] == [], name


@pytest.mark.slow
def test_the_same_site_has_the_same_bytes_on_every_machine(original: Path, tmp_path: Path) -> None:
    folders = [tmp_path / ("x" * (1 + 7 * number)) / f"Ort {number}" for number in range(len(MACHINES))]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda n: built(original, folders[n], n, [*MACHINES.values()][n]), range(len(MACHINES))))
    assert_same(dict(zip(MACHINES, made, strict=True)))


@pytest.mark.slow
def test_the_same_site_has_the_same_bytes_with_every_python(original: Path, tmp_path: Path) -> None:
    others = other_pythons()
    if not others:
        pytest.skip("no Python of another version here has the packages; name some in LCSITE_PYTHONS")
    plugin = os.pathsep + str(introduced(tmp_path / "plugin"))
    machine = MACHINES["plain"]
    found = {"this one": built(original, tmp_path / "this" / "site", 0, machine)}
    for version, path in others.items():
        found[version] = built(original, tmp_path / version / "site", 0, machine, python=path, more=plugin)
    assert_same(found)
