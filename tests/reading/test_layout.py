"""Which files a site has, found by looking or taken from whoever has just looked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lcsite.building.inputs import look_at, sizes
from lcsite.reading.layout import find_files
from tests.builders import garden_site


def a_link_in_place_of_the_folder(root: Path) -> None:
    (root / "content").rename(root / "elsewhere")
    (root / "content").symlink_to(root / "elsewhere")


def a_file_in_place_of_the_folder(root: Path) -> None:
    (root / "cities").rename(root / "elsewhere")
    (root / "cities").write_text("nothing\n")


def litter(root: Path) -> None:
    (root / "content" / ".gitkeep").touch()
    (root / "content" / "desktop.ini").mkdir()
    (root / "content" / "desktop.ini" / "page.md").touch()


def folders_that_lie_deep(root: Path) -> None:
    (root / "content/a/b/c/d/e/f/g/h").mkdir(parents=True)


def names_that_cannot_be_used(root: Path) -> None:
    for name in ("con.md", "a page.md", "no ending", "find.md", "Upper.md", "same.md", "same/index.md"):
        path = root / "content" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("---\ntitle: A\n---\n")


def a_file_that_is_too_large(root: Path) -> None:
    (root / "content" / "site.yml").write_text("# a\n" * 20_000)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: None, a_link_in_place_of_the_folder, a_file_in_place_of_the_folder, litter, folders_that_lie_deep,
        names_that_cannot_be_used, a_file_that_is_too_large,
    ],
)  # fmt: skip
def test_what_somebody_has_seen_is_what_looking_finds(tmp_path: Path, change: Callable[[Path], None]) -> None:
    root = garden_site(tmp_path / "site").root
    change(root)
    inputs = look_at(root)
    assert inputs is not None
    files, problems = find_files(root)
    found, told = find_files(root, seen=sizes(inputs))
    assert found == files
    assert files
    assert sorted(map(str, told)) == sorted(map(str, problems))


def test_where_nothing_is_odd_nobody_looks_again(tmp_path: Path) -> None:
    root = garden_site(tmp_path / "site").root
    inputs = look_at(root)
    assert inputs is not None
    seen = sizes(inputs)
    (root / "content" / "new.md").touch()
    assert all(file.path != "content/new.md" for file in find_files(root, seen=seen)[0])
