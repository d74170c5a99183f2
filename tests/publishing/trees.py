"""Two tiny sites, to be published one after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

OLD = {"index.html": b"old", "a/index.html": b"old a", "a/deep/one.txt": b"1", "gone.html": b"gone"}
NEW = {"index.html": b"new", "a/index.html": b"new a", "b/index.html": b"new b"}


def write_tree(tree: dict[str, bytes]) -> Callable[[Path], None]:
    """A render function that writes these files."""

    def render(folder: Path) -> None:
        for name, content in tree.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with open(folder / name, "wb") as file:
                file.write(content)

    return render


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the marker."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != ".lcsite"}
