"""Edits of a small site, good ones and bad ones, such as people, programs and accidents make."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

__all__ = ["EDITS", "Edit"]

Edit = Callable[[Path], None]

PLACE = "cities/alder/index.md"
PRACTICE = "content/toolbox/practices/seed-swap.md"
ASSESSMENT = "cities/birch/assessments"
SITE = "content/site.yml"
_FILES = (PLACE, "cities/cedar/index.md", PRACTICE, "content/toolbox/tools/map-sheet/index.md", SITE)
_LINES = (
    "More words.", "<b>bold</b>", "[a page](../../content/nowhere.md)", "![](media/none.png)", "a\u0301 é \u202e",
    "mail someone.real@town-hall.net", "+44 20 7946 0958", "{: .x }", "```", "[x][y]",
)
_WORDS = (
    ("kind: town", "kind: twon"), ("garden-rules", "gardenrules"), ("alder", "elder"), ("title:", "tilte:"),
    ("GB", "XX"), ("2026", "2031"), ("worked", "unknown"), ("places:", "places: []\nplaces:"), ("\n", "\r\n"),
)


def appended(file: str, line: str) -> Edit:
    def edit(root: Path) -> None:
        if (root / file).is_file():
            with (root / file).open("a", encoding="utf-8") as stream:
                stream.write(f"\n{line}\n")

    return edit


def exchanged(file: str, before: str, after: str) -> Edit:
    def edit(root: Path) -> None:
        path = root / file
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(before.encode(), after.encode(), 1))

    return edit


def same_size_and_time(root: Path) -> None:
    """What a program does that unpacks files, and what no look at times and sizes would notice."""
    path = root / PRACTICE
    if path.is_file():
        about = path.stat()
        raw = path.read_bytes()
        path.write_bytes(raw.replace(b"summary: ", b"sumnary: ") if b"summary: " in raw else raw.swapcase())
        os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def touched(root: Path) -> None:
    for path in root.rglob("*.md"):
        os.utime(path)


def renamed(root: Path) -> None:
    if (root / PRACTICE).is_file():
        (root / PRACTICE).rename((root / PRACTICE).with_name("another.md"))


def removed(file: str) -> Edit:
    return lambda root: (root / file).unlink(missing_ok=True)


def place_removed(root: Path) -> None:
    shutil.rmtree(root / "cities/birch", ignore_errors=True)


def put(file: str, raw: bytes) -> Edit:
    def edit(root: Path) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        if not (root / file).is_dir():
            (root / file).write_bytes(raw)

    return edit


def linked(root: Path) -> None:
    if not (root / "content/a-link.md").is_symlink():
        (root / "content/a-link.md").symlink_to("index.md")


def unlinked(root: Path) -> None:
    (root / "content/a-link.md").unlink(missing_ok=True)


def deep_folder(root: Path) -> None:
    (root / "content/1/2/3/4/5/6/7/8/9").mkdir(parents=True, exist_ok=True)


def strange_name(root: Path) -> None:
    Path(os.fsdecode(os.fsencode(root) + b"/content/\xff\xfe.md")).write_bytes(b"x")


_BYTES = (b"", b"\xff\xfe", b"---\ntitle: New\nsummary: A new page.\n---\nWords.\n", b"a: &x 1\n", b"{}")
_PLACES_FOR_BYTES = (
    PLACE, SITE, "content/media/x.png", "content/toolbox/tools/map-sheet/template.md", "gathered/other/lcsite.json",
    "gathered/.hidden", "content/.DS_Store", "content/Odd Name.md", "content/learn/new-page.md",
    "cities/alder/observations.csv", "content/network.yml",
)  # fmt: skip
_TWO_WORDS = st.sampled_from([*_WORDS, *((after, before) for before, after in _WORDS)])

EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(appended, st.sampled_from(_FILES), st.sampled_from(_LINES)),
    st.builds(lambda file, words: exchanged(file, *words), st.sampled_from(_FILES), _TWO_WORDS),
    st.builds(removed, st.sampled_from((*_FILES, "content/index.md", "content/criteria/crosswalk.yml"))),
    st.builds(put, st.sampled_from(_PLACES_FOR_BYTES), st.sampled_from(_BYTES)),
    st.sampled_from((same_size_and_time, touched, renamed, place_removed, linked, unlinked, deep_folder, strange_name)),
)
"""Each changes the files below a root; some change nothing, and some take another one back."""
