"""Links from one authored file to another: each must lead to a file of this site, or to a page made without one.

Whether the part of a page behind # is there shows only on the finished page, and the last inspection looks at it.
"""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from lcsite.model.framework import Framework
from lcsite.model.own_pages import PAGES_OF_EVERY_SITE
from lcsite.problems import Problem, quoted
from lcsite.reading.layout import Kind
from lcsite.reading.link_targets import linked_file
from lcsite.reading.origins import Origin
from lcsite.reading.package_content import PACKAGE_FOLDER
from lcsite.reading.plain_text import location_at

__all__ = ["Links", "broken_links", "link_targets"]

Links = tuple[tuple[int, str], ...]
"""Offset in the body and address as written of each link to a file."""

_WITHOUT_PAGE = frozenset({Kind.SITE, Kind.NETWORK, Kind.ASSESSMENT, Kind.OBSERVATIONS})
_MOST_REPORTS = 50
_MOST_GUESSES = 200
"""What was meant is looked for among all files of the site, so it is not looked for without end."""
_HOW = "a link names the file of its page, counted from this file, such as ../method/index.md"


def broken_links(
    texts: Iterable[tuple[Origin, Links]],
    origins: Mapping[tuple[str, str], Origin],
    broken: AbstractSet[tuple[str, str]],
    frameworks: Mapping[str, Framework],
) -> Iterator[Problem]:
    """A problem for each link that leads nowhere, at its address, with the file that comes nearest.

    `frameworks` are those that the site shows; the others have no pages. Files that are `broken` count as there.
    """
    targets = link_targets(origins, broken, frameworks)
    guesses = _MOST_GUESSES
    right: dict[str, set[str]] = {}  # texts of a folder link to the same few pages
    for origin, links in texts:
        if origin.file.startswith(PACKAGE_FOLDER):
            continue  # written for every site, and cut down to what this one has
        known = right.setdefault(posixpath.dirname(origin.file), set())
        unknown = [link for link in links if link[1] not in known]
        found = [(offset, path) for offset, path in unknown if linked_file(path, origin.file) not in targets]
        if not found:
            known.update(path for _, path in unknown)
        for _, (offset, path) in zip(range(_MOST_REPORTS), found, strict=False):
            where = location_at(origin.body, offset, origin.file, first_line=origin.body_line)
            message = f"there is no file {quoted(path)} to which a link could lead"
            yield Problem("broken-link", where, message, _hint(path, origin.file, targets) if guesses > 0 else _HOW)
            guesses -= 1


def link_targets(
    origins: Mapping[tuple[str, str], Origin],
    broken: AbstractSet[tuple[str, str]],
    frameworks: Mapping[str, Framework],
) -> set[str]:
    """Every path, relative to the site's folder, that has a page or is an image."""
    targets = set(PAGES_OF_EVERY_SITE)
    for (kind, id_), origin in origins.items():
        if kind in _WITHOUT_PAGE:
            continue
        owner = id_ if kind == Kind.FRAMEWORK else ""
        of_framework = kind == Kind.CRITERION_PAGE or (kind == Kind.PROSE and id_.count("/") == 2)
        if of_framework and origin.file.split("/")[1:2] == ["criteria"]:
            owner = id_.removeprefix("criteria/").partition("/")[0]
        if not owner or owner in frameworks or (Kind.FRAMEWORK, owner) in broken:
            targets.add(origin.file.replace(PACKAGE_FOLDER, "content/", 1))
    for framework in frameworks.values():
        targets.update(f"content/criteria/{framework.id}/{criterion.id}.md" for criterion in framework.criteria)
    return targets


def _hint(path: str, file: str, targets: set[str]) -> str:
    """The address of the file that was most likely meant, as it would be written in this file."""
    inside = linked_file(path, file)
    wanted = inside or f"content/{posixpath.normpath(path).lstrip('./')}"
    wanted = wanted.partition("?")[0]
    if not wanted.endswith(".md"):
        stem = wanted.removesuffix(".html")
        wanted = next((each for each in (f"{stem}.md", f"{stem}/index.md") if each in targets), wanted)
    same_name = [each for each in targets if posixpath.basename(each) == posixpath.basename(wanted) != "index.md"]
    candidates = sorted([wanted] if wanted in targets else same_name or targets)
    likeness = 1.0 if inside is None else 0.3 if same_name else 0.6
    if near := difflib.get_close_matches(wanted, candidates, n=1, cutoff=likeness):
        return f"did you mean {posixpath.relpath(near[0], posixpath.dirname(file))}?"
    return _HOW
