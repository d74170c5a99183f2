"""Which folder and which file name holds which kind of content, and what may not stand there at all.

The table below is the whole layout. Files are looked at without following links; nothing is read here.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import MappingProxyType

from lcsite.light_classes import dataclass
from lcsite.problems import Location, Problem, quoted
from lcsite.reading.csv_rows import LONGEST_CSV
from lcsite.reading.front_matter import LONGEST_BODY
from lcsite.reading.images import LARGEST_IMAGE
from lcsite.reading.plain_text import KIB
from lcsite.reading.strict_yaml import LONGEST

__all__ = ["AuthoredFile", "Kind", "find_files", "kind_of", "read_bytes"]


class Kind(StrEnum):
    """What a file holds."""

    SITE = "site"
    NETWORK = "network"
    CROSSWALK = "crosswalk"
    FRAMEWORK = "framework"
    FRAMEWORK_VERSION = "framework-version"
    CRITERION_PAGE = "criterion-page"
    PROSE = "prose"
    PRACTICE = "practice"
    TOOL = "tool"
    TOOL_TEMPLATE = "tool-template"
    PLACE = "place"
    ASSESSMENT = "assessment"
    OBSERVATIONS = "observations"
    IMAGE = "image"


_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_NODE = "[a-z0-9]+(?:[.-][a-z0-9]+)*"
_IMAGE = rf"{_NODE}\.(?:png|jpe?g|webp)"

_LAYOUT: tuple[tuple[Kind, str], ...] = (
    (Kind.SITE, r"content/(site)\.yml"),
    (Kind.NETWORK, r"content/(network)\.yml"),
    (Kind.CROSSWALK, r"content/criteria/(crosswalk)\.yml"),
    (Kind.FRAMEWORK, rf"content/criteria/({_ID})/framework\.yml"),
    (Kind.FRAMEWORK_VERSION, rf"content/criteria/({_ID})/versions/([0-9]{{4}}\.[0-9]+)\.yml"),
    (Kind.PROSE, rf"content/(criteria/(?:{_ID}/)?index)\.md"),
    (Kind.CRITERION_PAGE, rf"content/criteria/({_ID}/{_NODE})\.md"),
    (Kind.PROSE, r"content/(toolbox/(?:practices/|tools/)?index)\.md"),
    (Kind.PRACTICE, rf"content/toolbox/practices/({_ID})\.md"),
    (Kind.TOOL, rf"content/toolbox/tools/({_ID})/index\.md"),
    (Kind.TOOL_TEMPLATE, rf"content/toolbox/tools/({_ID})/template\.md"),
    (Kind.IMAGE, rf"content/(?:{_ID}/)*media/{_IMAGE}()"),
    (Kind.PROSE, r"content/(cities/index)\.md"),
    (Kind.PROSE, rf"content/((?!criteria/|toolbox/|cities/)(?:{_ID}/)*{_ID})\.md"),
    (Kind.PLACE, rf"cities/({_ID})/index\.md"),
    (Kind.ASSESSMENT, rf"cities/({_ID})/assessments/({_ID})\.yml"),
    (Kind.OBSERVATIONS, rf"cities/({_ID})/observations\.csv"),
    (Kind.IMAGE, rf"cities/{_ID}/media/{_IMAGE}()"),
)
"""Kind -> what its paths look like: the groups of a pattern are the id, and where one is empty the whole path is."""


def _in_one(folder: str) -> tuple[re.Pattern[str], dict[int, tuple[Kind, int]]]:
    """The patterns of a folder as one, tried in their order; and by the last group of each its kind, with the number of
    groups that stand before its own.
    """
    kinds: dict[int, tuple[Kind, int]] = {}
    patterns: list[str] = []
    groups = 0
    for kind, pattern in _LAYOUT:
        if pattern.startswith(folder):
            patterns.append(pattern.removeprefix(folder))
            before, groups = groups, groups + pattern.count("(") - pattern.count("(?")
            kinds[groups] = kind, before
    return re.compile(rf"{folder}(?:{'|'.join(patterns)})"), kinds


_PATTERNS = {folder: _in_one(folder) for folder in ("content/", "cities/")}

_LARGEST = {
    Kind.IMAGE: LARGEST_IMAGE,
    Kind.OBSERVATIONS: LONGEST_CSV,
    Kind.SITE: LONGEST,
    Kind.NETWORK: LONGEST,
    Kind.CROSSWALK: LONGEST,
    Kind.FRAMEWORK: LONGEST,
    Kind.FRAMEWORK_VERSION: LONGEST,
    Kind.ASSESSMENT: LONGEST,
}
_LARGEST_PAGE = LONGEST + LONGEST_BODY

_DEEPEST_FOLDER = 8
_LONGEST_PATH = 200
_MOST_FILES = 50_000
_PLAIN_NAME = re.compile(r"[a-z0-9.-]+")
_PLAIN_PATH = re.compile(r"[a-z0-9.-]+(?:/[a-z0-9.-]+)*")
_USUAL_PATH = re.compile(r"(?:[a-z0-9-]+/){1,8}(?:[a-z0-9][a-z0-9.-]*\.(?:md|yml|csv|png|jpe?g|webp))?")
"""Of what is no litter, nor in a folder that is, and does not lie too deep; a folder has a slash at its end."""
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", ".gitignore", ".directory"})
"""Left behind by computers and by version control, never read and never published."""
_BEING_WRITTEN = (".lcsite-new", ".lcsite-old")
"""What a command that writes several files keeps beside them until it has done; a killed one leaves it behind."""

_DEVICES = frozenset({"aux", "con", "nul", "prn", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_RESERVED = _DEVICES | {"404"}
_RESERVED_AT_TOP = frozenset(
    {"admin", "assets", "compare", "embed", "feeds", "find", "javascripts", "lcsite", "pagefind", "search",
     "stylesheets"}
)
_RESERVED_PAGES = frozenset({
    "about/components", "cities", "contribute/files", "contribute/forms", "contribute/problem-codes", "data/dictionary",
    "data/schemas", "data/v1", "toolbox/practices", "toolbox/tools",
})
_RESERVED_BELOW = ("contribute/files/", "contribute/forms/", "data/schemas/", "data/v1/")
_RESERVED_IDS: dict[Kind, frozenset[str]] = {
    Kind.PLACE: frozenset({"by", "index"}),
    Kind.PRACTICE: frozenset({"by", "index"}),
    Kind.TOOL: frozenset({"by", "index"}),
    Kind.FRAMEWORK: frozenset({"by", "crosswalk", "embed", "index", "media"}),
}
"""Names that pages of the site itself have."""


@dataclass(frozen=True, slots=True)
class AuthoredFile:
    """A file that the layout knows: its kind, its id, its path relative to the site's folder, its path on disk."""

    kind: Kind
    id: str
    path: str
    on_disk: str


_There = tuple[str, str, Callable[[], int]]
"""A file: its path, its path on disk, and who knows its size in bytes."""


def find_files(
    root: Path,
    *,
    roots: tuple[str, ...] = ("cities", "content"),
    inside: str = "",
    proposed: Mapping[str, bytes] = MappingProxyType({}),
    seen: Mapping[str, int] | None = None,
) -> tuple[list[AuthoredFile], list[Problem]]:
    """Every authored file below `root` in the order of the paths, and a problem for whatever else stands there.

    Only the folders `roots` are looked at. `inside` is put in front of every path: `content/` where `root` is itself a
    folder of content. `proposed` are files that are not there yet, or not like this, and are judged as if they were.
    `seen` are all files and folders (with a slash) that somebody has just found there, with their sizes: where nothing
    odd is among them, nobody looks again. Raises OSError where `root` cannot be listed.
    """
    files: list[AuthoredFile] = []
    problems: list[Problem] = []
    usual = seen is not None and _is_usual(root, roots, seen)
    there = _as_seen(root, seen) if seen is not None and usual else _walk(root, roots, inside, problems)
    for count, (path, on_disk, size_of) in enumerate(there):
        if count == _MOST_FILES:
            message = f"there are more than {_MOST_FILES} files"
            # Reading what there is would take long, and say nothing that helps.
            kept = [file for file in files if file.kind is Kind.SITE]
            return kept, [Problem("file-too-large", Location(_shown(path)), message, "split the site")]
        if path in proposed:
            continue
        file = _classify(path, on_disk, size_of, problems)
        if file is not None:
            files.append(file)
    for path, raw in proposed.items():
        file = _classify(path, f"{root}/{path}", partial(len, raw), problems)
        if file is not None:
            files.append(file)
    files.sort(key=lambda file: file.path)
    return _one_source_for_an_address(files, problems), problems


def _is_usual(root: Path, roots: tuple[str, ...], seen: Mapping[str, int]) -> bool:
    """Whether looking again would find the same, and nothing to be said of it."""
    folders = {f"{root}/{name}": f"{name}/" in seen for name in roots}
    are_there = all(os.path.lexists(path) == known for path, known in folders.items())
    return are_there and not any(map(os.path.islink, folders)) and all(map(_USUAL_PATH.fullmatch, seen))


def _as_seen(root: Path, seen: Mapping[str, int]) -> Iterator[_There]:
    for path, size in seen.items():
        if path[-1] != "/":
            yield path, f"{root}/{path}", partial(int, size)


def _walk(root: Path, roots: tuple[str, ...], inside: str, problems: list[Problem]) -> Iterator[_There]:
    """Every regular file below the folders, links and pipes refused; no recursion, so that depth cannot hurt."""
    with os.scandir(root) as entries:
        waiting = [(inside + entry.name, entry) for entry in entries if entry.name in roots]
    while waiting:
        path, entry = waiting.pop()
        if entry.name in _LITTER or entry.name.endswith(_BEING_WRITTEN):
            continue
        if entry.is_file(follow_symlinks=False):
            yield path, entry.path, partial(_size, entry)
        elif entry.is_symlink():
            problems.append(_refused("refused-file", path, "is a link to another place", "put the file itself here"))
        elif entry.is_dir(follow_symlinks=False):
            if path.count("/") >= _DEEPEST_FOLDER:
                hint = f"use at most {_DEEPEST_FOLDER} folders within each other"
                problems.append(_refused("refused-file", path, "lies too deep", hint))
                continue
            try:
                with os.scandir(entry.path) as inner:
                    waiting += [(f"{path}/{below.name}", below) for below in inner]
            except OSError as error:
                problems.append(_refused("unreadable-file", path, f"cannot be opened: {error.strerror}", ""))
        else:
            problems.append(_refused("refused-file", path, "is neither a file nor a folder", "remove it"))


def _refused(code: str, path: str, message: str, hint: str) -> Problem:
    name = quoted(path.rpartition("/")[2])
    return Problem(code, Location(_shown(path)), f"{name} {message}", hint)


def _shown(path: str) -> str:
    """A path that can be printed: bytes that are no UTF-8 become \\x…"""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _size(entry: os.DirEntry[str]) -> int:
    return entry.stat(follow_symlinks=False).st_size


def _classify(path: str, on_disk: str, size_of: Callable[[], int], problems: list[Problem]) -> AuthoredFile | None:
    if not _PLAIN_PATH.fullmatch(path):
        bad_name = next(part for part in path.split("/") if not _PLAIN_NAME.fullmatch(part))
        hint = "use small letters a to z, digits, hyphens and points"
        problems.append(_refused("refused-name", path, f"cannot be used: {quoted(bad_name)} is not a plain name", hint))
        return None
    if len(path) > _LONGEST_PATH:
        hint = f"folders and names together have at most {_LONGEST_PATH} signs"
        problems.append(_refused("refused-name", path, "cannot be used: its path is too long", hint))
        return None
    kind, file_id = kind_of(path)
    if kind is None:
        problems.append(_refused("unexpected-file", path, "does not belong here", _advice(path)))
        return None
    if reserved := _reserved(path, kind, file_id):
        hint = "choose another name"
        problems.append(_refused("reserved-name", path, f'cannot be used: "{reserved}" is a name that is taken', hint))
        return None
    try:
        size = size_of()
    except OSError as error:
        problems.append(_refused("unreadable-file", path, f"cannot be opened: {error.strerror}", ""))
        return None
    largest = _largest(kind)
    if size > largest:
        message = f"is larger than {largest // KIB} KiB"
        hint = "make the image smaller" if kind is Kind.IMAGE else "split it"
        problems.append(_refused("file-too-large", path, message, hint))
        return None
    return AuthoredFile(kind, file_id, path, on_disk)


def kind_of(path: str) -> tuple[Kind | None, str]:
    """Which kind of file has a path in a site's folder, with its id; None where nothing has it."""
    pattern, kinds = _PATTERNS.get(path[: path.find("/") + 1], (None, {}))
    if pattern is None or (found := pattern.fullmatch(path)) is None or found.lastindex is None:
        return None, ""
    kind, before = kinds[found.lastindex]
    return kind, "/".join(found.groups()[before : found.lastindex]) or path


def _advice(path: str) -> str:
    """Where the file may have been meant to go."""
    if path.endswith((".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg")):
        return "images are PNG, JPEG or WebP and stand in a folder named media beside the text"
    if path.endswith((".yaml", ".markdown")):
        return "the endings are .yml and .md"
    if path.startswith("cities/"):
        return (
            "a place has index.md, observations.csv, assessments/<year>-<framework>.yml and images in media, "
            "all in cities/<place>/"
        )
    if path.startswith("content/toolbox/"):
        return "practices are toolbox/practices/<id>.md, tools toolbox/tools/<id>/index.md with template.md beside it"
    if path.startswith("content/criteria/"):
        return (
            "a framework has framework.yml, index.md, one <criterion>.md each and versions/<version>.yml for older "
            "ones, all in content/criteria/<framework>/"
        )
    return "texts end in .md; no other files are published"


def _reserved(path: str, kind: Kind, file_id: str) -> str | None:
    if not _RESERVED.isdisjoint(path.replace(".", "/").split("/")):  # a quick look, for what nearly no path holds
        parts = [part.partition(".")[0] for part in path.split("/")]
        if found := next((part for part in parts if part in _RESERVED), None):
            return found
    if kind is Kind.PROSE and (first := file_id.partition("/")[0]) in _RESERVED_AT_TOP:
        return first
    page = file_id.removesuffix("/index")
    if kind is Kind.PROSE and (page in _RESERVED_PAGES or page.startswith(_RESERVED_BELOW)):
        return page
    return file_id if file_id in _RESERVED_IDS.get(kind, ()) else None


def _one_source_for_an_address(files: list[AuthoredFile], problems: list[Problem]) -> list[AuthoredFile]:
    """Two files that would be published at one address are refused, both named; the first one stays."""
    taken: dict[str, AuthoredFile] = {}
    kept: list[AuthoredFile] = []
    for file in files:
        other = taken.setdefault(_address(file), file)  # names are plain, so small letters stay what they are
        if other is file:
            kept.append(file)
        else:
            message = f"has the same address as {other.path}"
            problems.append(_refused("same-address", file.path, message, "remove or rename one of the two"))
    return kept


def _address(file: AuthoredFile) -> str:
    path = file.path.removesuffix(".md")
    return path.removesuffix("/index") if file.path.endswith(".md") else path


def _largest(kind: Kind) -> int:
    return _LARGEST.get(kind, _LARGEST_PAGE)


def read_bytes(file: AuthoredFile, *, most: int = 0) -> bytes:
    """The bytes of a file, `most` of them if it may have others than its kind.

    Raises OSError where it has become something else, or too large, since it was found.
    """
    most = most or _largest(file.kind)
    handle = os.open(file.on_disk, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise OSError("not a regular file")
        # One sign more than there should be, and not the most that there may be: room for that costs more than reading.
        raw = part = os.read(handle, min(about.st_size, most) + 1)
        while part and len(raw) <= most:
            part = os.read(handle, most + 1 - len(raw))
            raw += part
    finally:
        os.close(handle)
    if len(raw) > most:
        raise OSError("the file grew while it was read")
    return raw
