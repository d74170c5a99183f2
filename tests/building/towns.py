"""A small site with something of each kind, built with a memory and without one, into two folders that are compared."""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from tests.builders import MKDOCS, SiteFolder, garden_site
from tests.hostile.sites import Done, lcsite

INTRODUCED = (
    "about/index", "contribute/index", "criteria/index", "data/index", "learn/index", "method/index", "toolbox/index",
)
"""Pages of their own, and texts at the head of pages that the program makes."""

PROSE = (
    *(f"content/{path}.md" for path in INTRODUCED),
    "content/index.md",
    "content/about/us.md",
    "content/learn/first.md",
    "content/criteria/garden-rules/index.md",
    "content/criteria/garden-rules/gardens.md",
    "content/criteria/kinds/youth.md",
)
"""One file of each kind whose text is shown on one page and in no file of the open data."""


def picture(shade: int) -> bytes:
    """A picture of one grey point."""

    def chunk(name: bytes, inside: bytes) -> bytes:
        return struct.pack(">I", len(inside)) + name + inside + struct.pack(">I", zlib.crc32(name + inside))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    point = chunk(b"IDAT", zlib.compress(bytes((0, shade))))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + point + chunk(b"IEND", b"")


def complete_site(root: Path) -> SiteFolder:
    """The garden site with two rounds of answers, texts of every kind, a picture, and a skin of its own."""
    made = garden_site(root, url="https://example.org/towns/")
    made.assessment("alder", "garden-rules", {"gardens-1": "0", "paths-1": "2"}, year=2024)
    for path in INTRODUCED:
        made.page(path, path.partition("/")[0].title(), "## Beginning\n\nWords.\n")
    made.page("about/us", "Us", "Who we are.\n\n## Our aims\n\n![A point](media/point.png)\n")
    made.page("learn/first", "First steps", "See [our aims](../about/us.md#our-aims).\n")
    (root / "content/about/media").mkdir()
    (root / "content/about/media/point.png").write_bytes(picture(200))
    made.write("mkdocs.yml", MKDOCS.replace("  font: false", "  custom_dir: overrides\n  font: false"))
    made.write("overrides/main.html", SKIN.format("Hello."))
    made.write("overrides/assets/own.css", "p { margin: 0 }\n")
    return made


SKIN = '{{% extends "base.html" %}}\n{{% block announce %}}<p>{}</p>{{% endblock %}}\n'


@dataclass(frozen=True)
class Town:
    """A site in `made`, and the folders of its two builds."""

    made: SiteFolder
    warm: Path
    clean: Path

    def build(self, *options: str) -> Done:
        """Build with the memory."""
        return told(lcsite("build", self.made.root, "--output", self.warm, *options), self.warm)

    def build_without_memory(self, *options: str) -> Done:
        built = lcsite("build", self.made.root, "--output", self.clean, "--no-cache", "--jobs", "1", *options)
        return told(built, self.clean)

    def agrees(self, *options: str) -> Done:
        """Build in both ways, and find the same words, exit code and bytes; where both refuse, what stood before."""
        before = digests(self.warm)
        warm, clean = self.build(*options), self.build_without_memory(*options)
        assert (warm.code, warm.out, warm.err) == (clean.code, clean.out, clean.err)
        assert warm.code in (0, 1, 2, 3), warm.err
        if warm.code:
            assert digests(self.warm) == before
        else:
            assert differing(self.warm, self.clean) == []
        return warm

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.made.root / path
        text = file.read_text("utf-8")
        assert old in text, f"{path} does not hold {old!r}"
        file.write_text(text.replace(old, new), "utf-8")

    def append(self, path: str, text: str) -> None:
        with (self.made.root / path).open("a", encoding="utf-8") as file:
            file.write(text)


def town(folder: Path) -> Town:
    return Town(complete_site(folder / "source"), folder / "warm", folder / "clean")


def told(done: Done, folder: Path) -> Done:
    """What a build said, with the folder's name taken out."""
    return Done(done.code, done.out.replace(str(folder), "FOLDER"), done.err.replace(str(folder), "FOLDER"), 0)


def digests(folder: Path) -> dict[str, str]:
    """A fingerprint of each file below a folder, by its path."""
    return {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in inodes(folder)}


def differing(one: Path, other: Path) -> list[str]:
    """The files that two folders do not both have with the same bytes."""
    first, second = digests(one), digests(other)
    return sorted(path for path in {*first, *second} if first.get(path) != second.get(path))


def inodes(folder: Path) -> dict[str, tuple[int, int]]:
    """For each file below a folder its number on the disk, and when it was written to."""
    found: dict[str, tuple[int, int]] = {}
    for above, _, names in os.walk(folder):
        for name in names:
            path = Path(above, name)
            status = path.lstat()
            found[path.relative_to(folder).as_posix()] = (status.st_ino, status.st_mtime_ns)
    return found


def made_anew(before: dict[str, tuple[int, int]], folder: Path) -> set[str]:
    """The files that were not there before, or are others now."""
    return {path for path, status in inodes(folder).items() if before.get(path) != status}
