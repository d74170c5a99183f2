"""Reads the copies of other sites that stand in `gathered/`, by the same readers and limits as a site's own files.

A copy is what its site published, byte for byte, beside that site's own account with the fingerprint of each file: a
copy that somebody has touched is refused. What speaks of frameworks, tools or themes that this site does not have is
cut down to what it has. Nothing is fetched and nothing is written here.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Assessment, Observation
from lcsite.model.framework import Framework
from lcsite.model.network import CopyNote, GatheredSite, Manifest, Network, NetworkSite
from lcsite.model.place import Place
from lcsite.model.toolbox import Practice
from lcsite.problems import Location, Problem, Problems, Severity, quoted
from lcsite.reading.authored_files import FileContent, read_file
from lcsite.reading.layout import AuthoredFile, Kind, find_files, read_bytes
from lcsite.reading.manifest import LARGEST_MANIFEST, marks_of_invention, read_manifest, wanted_files
from lcsite.reading.origins import Origin
from lcsite.reading.strict_yaml import YamlMarks, YamlText, read_yaml
from lcsite.reading.validation import validate

__all__ = ["ACCOUNT", "COPIES", "NOTE", "Copies", "Shows", "read_copies"]

COPIES = "gathered"
ACCOUNT = "lcsite.json"
NOTE = "copied.yml"
_LARGEST_NOTE = 4096
_AGAIN = "run lcsite gather, which takes a whole new copy or keeps this one"


@dataclass(frozen=True, slots=True)
class Shows:
    """What this site has, to which copies are cut down."""

    frameworks: Mapping[str, Framework]
    versions: Collection[tuple[str, str]]
    """(framework id, version) of every version that is kept."""
    tools: Collection[str]
    themes: Collection[str]
    taken: Mapping[tuple[str, str], str]
    """(kind, id) -> the file that has this id already."""


@dataclass(slots=True)
class Copies:
    """What was read from all copies."""

    contents: dict[tuple[Kind, str], FileContent] = field(default_factory=dict)
    sites: dict[str, GatheredSite] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


@dataclass(frozen=True, slots=True)
class _Copy:
    """One copy that is whole."""

    entry: NetworkSite
    manifest: Manifest
    note: CopyNote
    files: tuple[tuple[AuthoredFile, bytes], ...]


def read_copies(
    root: Path,
    network: Network,
    shows: Shows,
    at: Callable[[tuple[str | int, ...]], Location],
    folders: Mapping[str, Path] = MappingProxyType({}),
) -> Copies:
    """Every copy that `network` names. `at` says where a value of `content/network.yml` stands.

    `folders` are looked at in the place of `gathered/<site>`: copies that are to be judged before they are kept.
    """
    found = Copies()
    named = {entry.id for entry in network.sites if entry.join == "copy"}
    found.problems.extend(_strangers(root, named))
    taken = dict(shows.taken)
    seen: set[str] = set()
    for position, entry in enumerate(network.sites):
        where = at(("sites", position))
        if entry.id in seen:
            message = f"two sites have the id {quoted(entry.id)}"
            found.problems.add(Problem("copy-same-id", where, message, "give one of them another id"))
        elif entry.join == "copy":
            copy, problems = _open(entry, folders.get(entry.id, root / COPIES / entry.id), where)
            found.problems.extend(problems)
            if copy is not None:
                _take(copy, replace(shows, taken=taken), where, found)
                taken |= {key: content.origin.file for key, content in found.contents.items()}
        seen.add(entry.id)
    return found


def _strangers(root: Path, named: Collection[str]) -> Iterator[Problem]:
    try:
        entries = sorted(os.listdir(root / COPIES))
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in entries:
        if name not in named and not name.startswith("."):
            message = f"{quoted(name)} is the copy of a site that content/network.yml does not name"
            yield Problem("copy-unnamed", Location(f"{COPIES}/{name}"), message, "name the site there, or remove this")


def _open(entry: NetworkSite, folder: Path, where: Location) -> tuple[_Copy | None, list[Problem]]:
    """A copy with all its files, each compared with its fingerprint, or why there is none."""
    here = f"{COPIES}/{entry.id}"
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return None, [Problem("refused-file", Location(here), f"{here} is not a folder", "remove it")]
    if not folder.exists():
        message = f"nothing has been gathered yet from the site {quoted(entry.id)}"
        return None, [Problem("copy-missing", where, message, "run lcsite gather", severity=Severity.WARNING)]
    raw = _bytes(f"{folder}/{ACCOUNT}", LARGEST_MANIFEST)
    manifest, problems = read_manifest(raw, f"{here}/{ACCOUNT}")
    if manifest is None:
        return None, problems
    note, wrong = _note(_bytes(f"{folder}/{NOTE}", _LARGEST_NOTE), f"{here}/{NOTE}")
    problems += wrong
    wanted, wrong = wanted_files(manifest, entry, where)
    problems += wrong
    if manifest.licence != entry.licence:
        problems.append(_other_licence(manifest, entry, where))
    there, wrong = find_files(folder)
    problems += (replace(p, location=replace(p.location, file=f"{here}/{p.location.file}")) for p in wrong)
    files: list[tuple[AuthoredFile, bytes]] = []
    for file in there:
        listed = wanted.pop(file.path, None)
        content = _bytes(file.on_disk, listed.size + 1 if listed else 1)
        if listed is None or hashlib.sha256(content).hexdigest() != listed.sha256:
            problems.append(_changed(f"{here}/{file.path}", "is not what the site published"))
        files.append((file, content))
    problems += (_changed(f"{here}/{path}", "is missing from the copy") for path in wanted)
    if note is None or problems:
        return None, problems
    return _Copy(entry, manifest, note, tuple(files)), problems


def _bytes(path: str, most: int) -> bytes:
    """The beginning of a file, one byte more than `most` at the longest; nothing where it cannot be read."""
    try:
        return read_bytes(AuthoredFile(Kind.PLACE, "", "", path), most=most)
    except OSError:
        return b""


def _note(raw: bytes, file: str) -> tuple[CopyNote | None, list[Problem]]:
    source = YamlText(raw.decode("utf-8", "replace"), file)
    tree, problems = read_yaml(source)
    if tree is None:
        return None, problems
    return validate(CopyNote, tree, marks=lambda: YamlMarks(source))


def _other_licence(manifest: Manifest, entry: NetworkSite, where: Location) -> Problem:
    message = (
        f"the site {quoted(entry.id)} publishes under {quoted(manifest.licence)}, "
        f"and its files were taken over under {quoted(entry.licence or '')}"
    )
    return Problem("copy-licence", where, message, "if you may still take them, write the new licence here")


def _changed(file: str, what: str) -> Problem:
    return Problem("copy-changed", Location(file), f"{quoted(file.rpartition('/')[2])} {what}", _AGAIN)


def _take(copy: _Copy, shows: Shows, where: Location, found: Copies) -> None:
    """Read the files of a copy and put those records among the others that nothing speaks against."""
    entry, rename = copy.entry, copy.entry.rename
    contents: dict[tuple[Kind, str], FileContent] = {}
    for file, raw in copy.files:
        first, slash, rest = file.id.partition("/")
        id_ = rename.get(first, first) + slash + rest
        path = f"{COPIES}/{entry.id}/{file.path}"
        contents[file.kind, id_] = read_file(AuthoredFile(file.kind, id_, path, file.on_disk), raw)
    for (kind, id_), content in contents.items():
        found.problems.extend(content.problems)
        if kind in (Kind.PLACE, Kind.PRACTICE) and (other := shows.taken.get((kind, id_))):
            message = f'the {kind} "{id_}" of the site {quoted(entry.id)} has the id of {other}'
            hint = f"write rename: {{{id_}: another-id}}, or leave it out with places"
            found.problems.add(Problem("copy-same-id", where, message, hint))
            return
    cut = _Cut(copy, shows, {id_ for kind, id_ in contents if kind is Kind.PLACE}, found.problems)
    said = {(kind, rename.get(id_, id_)): mark for (kind, id_), mark in marks_of_invention(copy.manifest)}
    for (kind, id_), content in contents.items():
        record = content.record
        if isinstance(record, Place | Practice) and said.get((kind, id_)) is not record.demonstration:
            message = f'the site says of "{id_}" elsewhere that it is {"real" if record.demonstration else "invented"}'
            found.problems.add(Problem("copy-account", Location(content.origin.file), message, _AGAIN))
        fitted = cut.fitted(record, content.origin)
        if fitted is not None:
            found.contents[kind, id_] = replace(content, record=fitted[0], origin=fitted[1], problems=())
    found.sites[entry.id] = _site(copy, contents)


def _site(copy: _Copy, contents: Mapping[tuple[Kind, str], FileContent]) -> GatheredSite:
    manifest, entry, rename = copy.manifest, copy.entry, copy.entry.rename
    pages = {("place", rename.get(p.place, p.place)): p.page for p in manifest.places}
    pages |= {("practice", rename.get(p.practice, p.practice)): p.page for p in manifest.practices}
    kept = {(kind.value, id_): content.origin.file for (kind, id_), content in contents.items()}
    home = manifest.url or (entry.source if entry.is_address else "")
    return GatheredSite(
        id=entry.id, title=manifest.title, publisher=manifest.publisher, home=home.rstrip("/") + "/" if home else "",
        licence=manifest.licence, licence_url=manifest.licence_url, as_of=manifest.as_of, copied_on=copy.note.on,
        pages=MappingProxyType({key: page for key, page in pages.items() if key in kept}),
        files=MappingProxyType({key: file for key, file in kept.items() if key in pages}),
    )


class _Cut:
    """Cuts what a copy says down to what this site has, and says so where a reader would miss something."""

    def __init__(self, copy: _Copy, shows: Shows, places: Collection[str], problems: Problems) -> None:
        self._entry = copy.entry
        self._shows = shows
        self._places = places
        self._problems = problems

    def fitted(self, record: Any, origin: Origin) -> tuple[Any, Origin] | None:
        """The record as this site can show it, with its origin; None where it cannot."""
        match record:
            case Place():
                return record.model_copy(update={"part_of": self._above(record)}), origin
            case Practice():
                return record.model_copy(update=self._references(record)), origin
            case Assessment():
                return (record, origin) if self._knows(record, origin) else None
            case tuple():
                return self._rows(record, origin)
        return record, origin

    def _above(self, place: Place) -> str | None:
        """The larger place: of the same site, or the one that this site names. No copy joins a place by itself."""
        above = self._entry.rename.get(place.part_of or "", place.part_of)
        if above in self._places:
            return above
        return self._entry.part_of if self._entry.part_of != place.id else None

    def _references(self, practice: Practice) -> dict[str, Any]:
        rename = self._entry.rename
        return {
            "places": tuple(id_ for p in practice.places if (id_ := rename.get(p, p)) in self._places),
            "tools": tuple(id_ for id_ in practice.tools if id_ in self._shows.tools),
            "themes": tuple(id_ for id_ in practice.themes if id_ in self._shows.themes),
            "supports": tuple(reference for reference in practice.supports if self._has(reference)),
        }

    def _has(self, reference: str) -> bool:
        framework, _, node = reference.partition("/")
        found = self._shows.frameworks.get(framework)
        return found is not None and node in found.by_id

    def _knows(self, assessment: Assessment, origin: Origin) -> bool:
        if (assessment.framework_id, assessment.framework_version) in self._shows.versions:
            return True
        message = f"this site does not show {assessment.framework}, so the assessment is not shown here"
        hint = "show the framework in that version, or leave it at that"
        where = Location(origin.file)
        self._problems.add(Problem("copy-left-out", where, message, hint, severity=Severity.WARNING))
        return False

    def _rows(self, rows: tuple[Observation, ...], origin: Origin) -> tuple[Any, Origin]:
        kept = [n for n, row in enumerate(rows) if self._has(row.indicator)]
        if len(kept) < len(rows):
            message = f"{len(rows) - len(kept)} figures are for indicators that this site does not have"
            where = Location(origin.file)
            hint = "show their framework, or leave it at that"
            self._problems.add(Problem("copy-left-out", where, message, hint, severity=Severity.WARNING))
        positions = origin.rows or tuple(range(len(rows)))
        return tuple(rows[n] for n in kept), replace(origin, rows=tuple(positions[n] for n in kept))

