"""Plain `mkdocs build` and `properdocs build` make the site, and only the site."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import shutil
import signal
import time
from pathlib import Path

import mkdocs.plugins
import mkdocs.structure
import mkdocs.structure.pages
import pytest

import lcsite
from lcsite.mkdocs_plugin.engine import render_site
from lcsite.pages.page import Page
from lcsite.pipeline import plan_site, read_and_check
from lcsite.publishing.errors import EnvironmentTrouble
from lcsite.publishing.output_check import inspect_output
from lcsite.rendering.renderer import Fragment, Renderer
from tests.builders import garden_site
from tests.builds import build, files_of, run_engine

PLUGIN = Path(lcsite.__file__).parent / "mkdocs_plugin"


def test_every_planned_page_and_file_is_written_and_nothing_else(garden: Path) -> None:
    read = read_and_check(garden)
    assert read.portfolio is not None
    planned = plan_site(read.portfolio).site
    expected = {f"{page.address}index.html" for page in planned.pages} | {d.address for d in planned.downloads}
    found = set(files_of(garden / "site"))
    assert expected <= found
    assert "pagefind/pagefind.js" in found
    assert {path for path in found - expected if not path.startswith(("assets/lcsite/", "pagefind/"))} == {"404.html"}


def test_a_page_holds_what_the_pipe_made_in_the_frame_of_the_theme(garden: Path) -> None:
    page = (garden / "site/cities/alder/index.html").read_text(encoding="utf-8")
    assert "<title>Alder · Sample Portal</title>" in page
    assert "<h1><bdi>Alder</bdi></h1>" in page
    assert '<link rel="stylesheet" href="../../assets/lcsite/lcsite.css">' in page
    assert "13" in page  # gardens: (1/4 + 0/4) / 2, rounded half up


def test_the_themes_own_scripts_styles_and_search_are_not_published(garden: Path) -> None:
    site = garden / "site"
    assert {folder.name for folder in (site / "assets").iterdir()} == {"lcsite"}
    assert not (site / "search").exists()
    for path in files_of(site):
        assert "/material" not in path
        assert "javascripts" not in path
        assert "stylesheets" not in path


def test_no_source_file_is_published_but_the_sheets_that_are_offered(garden: Path) -> None:
    site = garden / "site"
    listed = json.loads((site / "data/v1/index.json").read_text("utf-8"))["files"]
    to_gather = {f"data/v1/{entry['name']}" for entry in listed if entry["name"].startswith("source/")}
    assert to_gather == {path for path in files_of(site) if path.startswith("data/v1/source/")}
    assert {Path(path).suffix for path in to_gather} == {".md", ".yml"}
    own = {path for path in files_of(site) if not path.startswith("pagefind/")} - to_gather - {"CITATION.cff"}
    assert {Path(path).suffix for path in own} <= {
        ".html", ".css", ".js", ".svg", ".json", ".csv", ".docx", ".md", ".xml", ".txt", ".png", ".ico",
    }  # fmt: skip
    assert {path for path in own if path.endswith(".md")} == {
        "toolbox/tools/map-sheet/map-sheet.md",
        *(f"contribute/forms/{name}.md" for name in ("case-study", "correction", "objection", "place")),
    }


def test_the_finished_site_passes_the_last_inspection(garden: Path) -> None:
    assert list(inspect_output(garden / "site")) == []


@pytest.mark.slow
def test_the_same_site_builds_with_properdocs_to_the_same_bytes(garden: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(garden, copy, ignore=shutil.ignore_patterns("site"))
    other = build(copy, engine="properdocs")
    site = garden / "site"
    assert list(files_of(other)) == list(files_of(site))
    different = [path for path in files_of(site) if (other / path).read_bytes() != (site / path).read_bytes()]
    assert different == []


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_a_mistake_stops_the_build_with_its_place_and_leaves_the_old_site(tmp_path: Path, engine: str) -> None:
    made = garden_site(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("the old site")
    made.assessment("cedar", "garden-rules", {"gardens-1": "9"})
    done = run_engine(engine, tmp_path)
    assert done.returncode != 0
    assert "cities/cedar/assessments/2026-garden-rules.yml:7:14: error: " in done.stdout + done.stderr
    assert "[answer-off-scale]" in done.stdout + done.stderr
    assert (tmp_path / "site" / "index.html").read_text() == "the old site"
    assert len(list((tmp_path / "site").iterdir())) == 1


def test_the_plugin_uses_only_public_names_of_the_engine() -> None:
    found = []
    for module in sorted(PLUGIN.glob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
                if not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")):
                    found.append(f"{module.name}:{node.lineno}: {ast.unparse(node)}")
            elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "mkdocs":
                names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
                found += [f"{module.name}:{node.lineno}: {name}" for name in names if name.startswith("_")]
    assert found == []


def own_private_names(source: str) -> set[str]:
    return set(re.findall(r"\bself\.(_[a-z]\w*)", source)) | set(re.findall(r"\bdef (_[a-z]\w*)\(self", source))


def test_no_private_name_of_ours_takes_the_place_of_one_of_the_engine() -> None:
    engine = "".join(inspect.getsource(module) for module in (mkdocs.plugins, mkdocs.structure, mkdocs.structure.pages))
    ours = "".join(module.read_text(encoding="utf-8") for module in PLUGIN.glob("*.py"))
    assert own_private_names(ours) & own_private_names(engine) == set()


def test_two_processes_write_the_same_bytes_as_one(garden: Path, tmp_path: Path) -> None:
    read = read_and_check(garden)
    assert read.portfolio is not None
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        folder.mkdir()
        render_site(plan_site(read.portfolio), garden / "mkdocs.yml", folder, processes=processes)
    assert [*files_of(tmp_path / "1")] == [*files_of(tmp_path / "2")]
    for path in files_of(tmp_path / "1"):
        assert (tmp_path / "1" / path).read_bytes() == (tmp_path / "2" / path).read_bytes(), path


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is one process only")
def test_a_build_whose_second_process_is_killed_says_what_to_do(
    garden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, render, fork, begun = os.getpid(), Renderer.render, os.fork, tmp_path / "begun"
    copies = []

    def copied() -> int:
        copies.append(fork())
        return copies[-1]

    def killed_elsewhere(renderer: Renderer, page: Page) -> Fragment:
        if not copies:
            return render(renderer, page)
        if os.getpid() != here:
            begun.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        for _ in range(1000):  # or all would be done before the other one has begun
            if begun.exists():
                return render(renderer, page)
            time.sleep(0.01)
        raise AssertionError("there is no other process")

    monkeypatch.setattr("lcsite.working_apart.threading.active_count", lambda: 1)  # whoever else is busy here
    monkeypatch.setattr("lcsite.working_apart.os.fork", copied)
    monkeypatch.setattr(Renderer, "render", killed_elsewhere)
    read = read_and_check(garden)
    assert read.portfolio is not None
    with pytest.raises(EnvironmentTrouble, match=r"ended from outside.*--jobs 1"):
        render_site(plan_site(read.portfolio), garden / "mkdocs.yml", tmp_path / "site", processes=2)
