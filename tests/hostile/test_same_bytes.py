"""The same input gives the same bytes, whatever the machine, place and moment. The search index stands apart."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

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
        for file in sorted(site.rglob("*")) if file.is_file() and file.relative_to(site).parts[0] != "pagefind"
    }  # fmt: skip


def built(original: Path, folder: Path, number: int, machine: dict[str, str]) -> dict[str, str]:
    shutil.copytree(original, folder)
    for file in folder.rglob("*"):
        os.utime(file, (number * 400_000_000, number * 400_000_000))
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", SHUFFLED, str(number), str(folder)], capture_output=True, text=True, check=False,
        timeout=120, cwd=folder.parent, encoding="utf-8", errors="replace",
        env={**kept, "PYTHONPATH": str(Path(__file__).parents[2]), "NO_MKDOCS_2_WARNING": "1", **machine},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return digests(folder / "site")


@pytest.mark.slow
def test_the_same_site_has_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    original = tmp_path / "original"
    made_site = small_site(original)
    everywhere(made_site, "Łódź & İstanbul <İ>")
    made_site.practice(
        "everything", "Everything", countries=["GB", "JP", "IE", "FR", "AD"], places=["cedar", "alder", "birch"],
        themes=["rivers", "youth"], tools=["map-sheet"],
        supports=["areas/1.1", "garden-rules/paths", "garden-rules/gardens", "areas/2.1", "garden-rules/kitchens"],
    )  # fmt: skip
    folders = [tmp_path / ("x" * (1 + 7 * number)) / f"Ort {number}" for number in range(len(MACHINES))]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda n: built(original, folders[n], n, [*MACHINES.values()][n]), range(len(MACHINES))))
    assert len(made[0]) > 50
    for name, other in zip(MACHINES, made, strict=True):
        assert [*other] == [*made[0]], name
        assert [path for path in other if other[path] != made[0][path]] == [], name
