"""The engine's short list of files is whole, or there is no site."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from lcsite.mkdocs_plugin.short_lists import ShortList


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    """A site of the engine's own theme, to which `theme/assets` was added with two files, and a template."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "theme/assets").mkdir(parents=True)
    for name in ("assets/look.css", "assets/page.js", "extra.html"):
        (tmp_path / "theme" / name).write_text("")
    (tmp_path / "mkdocs.yml").write_text("site_name: A garden\nplugins: []\n")
    made = load_config(config_file=str(tmp_path / "mkdocs.yml"))
    made.theme.dirs.insert(0, str(tmp_path / "theme"))
    return made


def found_by_the_engine(config: MkDocsConfig) -> Files:
    files = Files([])
    files.add_files_from_theme(config.theme.get_env(), config)
    return files


def test_the_engine_finds_the_files_of_the_folders_that_are_listed_and_no_others(
    tmp_path: Path, config: MkDocsConfig
) -> None:
    listed = ShortList([str(tmp_path / "theme")], config)
    files = found_by_the_engine(config)
    listed.check(files)
    assert set(files.src_uris) == {"assets/look.css", "assets/page.js"}


def test_a_folder_that_cannot_be_listed_is_no_empty_folder(
    tmp_path: Path, config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    ShortList([str(tmp_path / "theme")], config)
    scan = os.scandir

    def broken(path: str) -> object:
        if str(path).endswith("assets"):
            raise OSError(5, "Input/output error", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", broken)
    with pytest.raises(OSError, match="Input/output error"):
        found_by_the_engine(config)


def test_a_file_that_the_engine_passes_over_is_missed(
    tmp_path: Path, config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = ShortList([str(tmp_path / "theme")], config)
    with monkeypatch.context() as once:
        is_file = os.path.isfile
        once.setattr(os.path, "isfile", lambda path: not path.endswith("page.js") and is_file(path))
        files = found_by_the_engine(config)
    with pytest.raises(OSError, match=r"assets/page\.js"):
        listed.check(files)


def test_a_link_that_leads_nowhere_is_no_file_that_is_missed(tmp_path: Path, config: MkDocsConfig) -> None:
    (tmp_path / "theme/assets/gone.css").symlink_to("nowhere")
    listed = ShortList([str(tmp_path / "theme")], config)
    files = found_by_the_engine(config)
    listed.check(files)
    assert "assets/gone.css" not in files.src_uris
