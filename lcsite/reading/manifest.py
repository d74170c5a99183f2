"""Reads `lcsite.json`, what another site says of itself, and works out which files of it are wanted.

Every byte comes from strangers: the file is short, plain text, plain JSON, and every value in it fits its field.
Nothing is fetched here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from lcsite.model.network import MANIFEST_VERSION, ListedFile, Manifest, NetworkSite
from lcsite.problems import Location, Problem, quoted
from lcsite.reading.layout import Kind, kind_of
from lcsite.reading.plain_text import KIB, decode

__all__ = ["COPIED_KINDS", "LARGEST_MANIFEST", "SOURCE", "marks_of_invention", "read_manifest", "wanted_files"]

LARGEST_MANIFEST = 4096 * KIB
SOURCE = "data/v1/source/"
"""Where a site publishes files in the form in which they are written; behind it stands the path in a site's folder."""

COPIED_KINDS = frozenset({Kind.PLACE, Kind.ASSESSMENT, Kind.OBSERVATIONS, Kind.PRACTICE})
_MOST_REPORTS = 5
_A_VERSION = re.compile(r"[0-9]{1,4}")


def read_manifest(raw: bytes, file: str) -> tuple[Manifest | None, list[Problem]]:
    """The account in `raw`, or None and why it cannot be read. `file` is how problems speak of it."""
    where = Location(file)
    if len(raw) > LARGEST_MANIFEST:
        return None, [_unreadable(where, f"it is larger than {LARGEST_MANIFEST // KIB} KiB")]
    text, problems = decode(raw, file)
    if text is None:
        return None, problems
    try:
        tree = json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_refuse, parse_float=_refuse)
    except json.JSONDecodeError as error:
        return None, [_unreadable(Location(file, error.lineno, error.colno), f"it is no JSON: {error.msg}")]
    except (ValueError, RecursionError) as error:
        return None, [_unreadable(where, f"it is not plain JSON: {str(error)[:80]}")]
    version = tree.get("manifest_version") if isinstance(tree, dict) else None
    if isinstance(version, str) and version != MANIFEST_VERSION and _A_VERSION.fullmatch(version):
        message = f"it is written in shape {version}, and this program reads shape {MANIFEST_VERSION}"
        return None, [_unreadable(where, message)]
    try:
        return Manifest.model_validate(tree), []
    except ValidationError as error:
        return None, [
            _unreadable(where, f"{quoted('.'.join(map(str, found['loc'])))}: {found['msg'].lower()}")
            for found in error.errors(include_url=False, include_input=False)[:_MOST_REPORTS]
        ]


def _unreadable(where: Location, why: str) -> Problem:
    hint = "tell its publisher; lcsite writes this file with every build"
    return Problem("copy-account", where, f"what the site says of itself cannot be used: {why}", hint)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _refuse(value: str) -> Any:
    raise ValueError(f"{quoted(value)} is no value of this file")


def wanted_files(
    manifest: Manifest, entry: NetworkSite, where: Location
) -> tuple[dict[str, ListedFile], list[Problem]]:
    """The files to copy, by their path in a site's folder, and what is wrong with the list.

    The practices of the chosen places come with them.
    """
    listed = {file.name: file for file in manifest.files}
    own = {place.place: place for place in manifest.places if place.gathered_from is None}
    chosen = [id_ for id_ in (entry.places or own) if id_ in own]
    problems = [
        Problem("copy-account", where, f"the site {quoted(entry.id)} has no place {quoted(id_)} of its own",
                f"it has: {', '.join(sorted(own)[:12]) or 'none'}")
        for id_ in entry.places if id_ not in own
    ]
    names: list[tuple[str, str]] = [(name, f"cities/{id_}/") for id_ in chosen for name in own[id_].files]
    for practice in manifest.practices:
        near = set(chosen).intersection(practice.places) or not (practice.places or entry.places)
        if near and practice.file is not None and practice.gathered_from is None:
            names.append((practice.file, f"content/toolbox/practices/{practice.practice}.md"))
    found: dict[str, ListedFile] = {}
    for name, below in names:
        path = name.removeprefix(SOURCE)
        if name not in listed or path == name or not path.startswith(below) or kind_of(path)[0] not in COPIED_KINDS:
            hint = "tell its publisher; nothing was taken over"
            message = f"the site {quoted(entry.id)} lists a file that does not belong there: {quoted(name)}"
            problems.append(Problem("copy-account", where, message, hint))
        else:
            found[path] = listed[name]
    problems += (_without_page(id_, entry, where) for id_ in chosen if f"cities/{id_}/index.md" not in found)
    return dict(sorted(found.items())), problems


def _without_page(place: str, entry: NetworkSite, where: Location) -> Problem:
    message = f"the site {quoted(entry.id)} lists no index.md for the place {quoted(place)}"
    return Problem("copy-account", where, message, "tell its publisher; nothing was taken over")


def marks_of_invention(manifest: Manifest) -> Iterator[tuple[tuple[str, str], bool]]:
    """(`place` or `practice`, id) and whether the account says that it is invented."""
    yield from (((Kind.PLACE.value, place.place), place.demonstration) for place in manifest.places)
    yield from (((Kind.PRACTICE.value, case.practice), case.demonstration) for case in manifest.practices)
