"""Two towns with sites of their own and a county's portal that gathers them, built by the real commands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lcsite.cli import run
from tests.builders import SiteFolder, as_yaml
from tests.builds import once

LICENCE = "CC BY 4.0"


def _town(root: Path, id_: str, name: str, *, demonstration: bool = False, **more: object) -> SiteFolder:
    made = SiteFolder(root, title=f"{name} learns", publisher=f"{name} council", **more)
    made.framework("garden-rules")
    mark = {"demonstration": True} if demonstration else {}
    profile = f"# About\n\n{name} lies by a river. See [the rules](../../content/criteria/index.md).\n"
    made.place(id_, name, profile, **mark)
    made.page("criteria/index", "Criteria", "All of them.\n")
    answers = {"gardens-1": "4", "gardens-2": {"value": "1", "note": "Two of five."}, "paths-1": "don't know"}
    made.assessment(id_, "garden-rules", answers)
    made.practice(f"{id_}-swap", f"Seed swap in {name}", places=[id_], supports=["garden-rules/gardens"], **mark)
    return made


def make_towns(folder: Path) -> None:
    """Elder is real; Fiction is invented and calls its only place by an id that the county has too."""
    elder = _town(folder / "elder", "elder", "Elder", url="https://elder.example/learn/")
    elder.framework("waters")
    elder.assessment("elder", "waters", {"gardens-1": "3"})
    _town(folder / "fiction", "alder", "Fiction", demonstration=True)
    for town in ("elder", "fiction"):
        output = str(folder / f"{town}-site")
        assert run(["build", str(folder / town), "--output", output, "--no-search", "--quiet"]) == 0


@pytest.fixture(scope="session")
def towns_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "towns-on-their-own", make_towns)


class County:
    """The portal, with the two towns beside it in folders that a test may spoil."""

    def __init__(self, root: Path, towns: Path) -> None:
        self.root = root / "county"
        for town in ("elder", "fiction"):
            shutil.copytree(towns / f"{town}-site", root / town)
        self.elder, self.fiction = root / "elder", root / "fiction"
        self.site = SiteFolder(self.root, title="The county learns", publisher="The county")
        self.site.framework("garden-rules")
        self.site.place("county", "The County", kind="region")
        self.site.place("alder", "Alder", part_of="county")
        self.site.place("alder-mills", "Alder Mills", kind="community", part_of="alder")
        self.site.assessment("alder", "garden-rules", {"gardens-1": "1", "gardens-2": "1"})
        self.name(self.a_site("elder", part_of="county"), self.a_site("fiction", rename={"alder": "fiction"}))

    @staticmethod
    def a_site(id_: str, **more: object) -> dict[str, object]:
        return {"id": id_, "from": f"../{id_}", "licence": LICENCE, **more}

    def name(self, *sites: dict[str, object]) -> None:
        self.site.write("content/network.yml", as_yaml({"sites": list(sites)}))

    def gather(self, *options: str) -> int:
        return run(["gather", str(self.root), *options])

    def copy(self, site: str) -> dict[str, bytes]:
        """Every file of a copy, by its path."""
        folder = self.root / "gathered" / site
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def county(tmp_path: Path, towns_built: Path) -> County:
    return County(tmp_path, towns_built)
