"""One copy after another: fetch beside the old one, judge with the eyes of `lcsite check`, exchange whole.

A site that is gone, broken, changed on the way or under another licence is named, and its last good copy stays.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

from lcsite.gathering.fetching import AddressSource, FolderSource, NotAsItShould, Source, Unreachable
from lcsite.light_classes import dataclass
from lcsite.model.network import ListedFile, Manifest, Network, NetworkSite
from lcsite.model.portfolio import Portfolio
from lcsite.pipeline import ReadSite, read_and_check
from lcsite.problems import Location, Problem, Problems, Severity, quoted
from lcsite.publishing.errors import Refused, naming_environment_trouble
from lcsite.publishing.lock import only_build
from lcsite.publishing.swap import put_in_place, recover, remove
from lcsite.publishing.target import Target
from lcsite.reading.copies import ACCOUNT, COPIES, NOTE
from lcsite.reading.manifest import LARGEST_MANIFEST, SOURCE, read_manifest, wanted_files

__all__ = ["Outcome", "gather"]

LARGEST_FILE = 4 * 1024 * 1024
LARGEST_COPY = 50 * 1024 * 1024
MOST_FILES = 5_000

State = Literal["new", "changed", "unchanged", "kept"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one site. `kept`: the last good copy stays, if there is one, and `problems` say why."""

    site: str
    state: State
    problems: Problems
    unreachable: bool = False
    places: int = 0
    practices: int = 0
    as_of: datetime.date | None = None
    gone: tuple[str, ...] = ()
    """Places of the copy before that the site does not have any more, by id."""


class _Stopped(Exception):
    """This site cannot be gathered now."""

    def __init__(self, *problems: Problem, unreachable: bool = False) -> None:
        super().__init__()
        self.problems = problems
        self.unreachable = unreachable


def gather(
    root: Path, *, today: datetime.date, only: Collection[str] = (), write: bool = True
) -> tuple[ReadSite, tuple[Outcome, ...]]:
    """Gather every site of `content/network.yml`, or `only` some; without `write` nothing is kept.

    Gives what the site was before, whose problems say why there is nothing to gather, and what came of each site.
    Raises PublishError where the disk or another command is in the way.
    """
    before = read_and_check(root)
    network = before.portfolio.network if before.portfolio else Network()
    outcomes = []
    with naming_environment_trouble(f"the copies in {COPIES} could not be written"):
        for position, entry in enumerate(network.sites):
            if entry.join == "copy" and (not only or entry.id in only):
                where = before.origins.at("network", "network", ("sites", position))
                outcomes.append(_gather_one(root, entry, where, before, today, write))
    return before, tuple(outcomes)


def _gather_one(
    root: Path, entry: NetworkSite, where: Location, before: ReadSite, today: datetime.date, write: bool
) -> Outcome:
    folder = root / COPIES
    made = not folder.exists()
    if folder.is_symlink() or (not made and not folder.is_dir()):
        raise Refused(f'"{folder}" is not a folder of its own; nothing was gathered')
    folder.mkdir(exist_ok=True)
    target = Target(Path(os.path.realpath(folder), entry.id))
    try:
        with only_build(target.lock):
            recover(target)
            try:
                _refuse_strange_files(target.folder, where)
                _fetch(_source(root, entry, where), entry, where, target.new, today)
                after = _judge(root, entry, where, before, target.new)
                assert after.portfolio is not None  # it was judged to be good
                return _keep(target, after.portfolio, before.portfolio, entry, write=write)
            except _Stopped as stopped:
                return Outcome(entry.id, "kept", Problems(stopped.problems), unreachable=stopped.unreachable)
            finally:
                with suppress(OSError, Refused):
                    remove(target.new)
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()  # only where nothing came into it


def _source(root: Path, entry: NetworkSite, where: Location) -> Source:
    if not entry.is_address:
        return FolderSource(root / entry.source)
    try:
        return AddressSource(entry.source)
    except (NotAsItShould, ValueError) as error:
        raise _Stopped(Problem("copy-refused", where, f"{quoted(entry.id)}: {error}", "use https://")) from error


def _refuse_strange_files(folder: Path, where: Location) -> None:
    """A copy is replaced whole, so nothing that a person has put among it may get lost."""
    for name in sorted(os.listdir(folder)) if folder.is_dir() else ():
        if name not in (ACCOUNT, NOTE, "cities", "content"):
            message = f"{COPIES}/{folder.name}/{name} was not put there by lcsite"
            raise _Stopped(Problem("copy-changed", where, message, "move it somewhere else; copies are replaced whole"))


def _fetch(source: Source, entry: NetworkSite, where: Location, folder: Path, today: datetime.date) -> None:
    """Everything that is wanted, each file compared with its fingerprint, in a folder of its own."""
    raw = _get(source, ACCOUNT, LARGEST_MANIFEST, entry, where)
    manifest, problems = read_manifest(raw, f"{COPIES}/{entry.id}/{ACCOUNT}")
    if manifest is None:
        raise _Stopped(*problems)
    wanted, wrong = wanted_files(manifest, entry, where)
    problems += wrong
    problems += _what_is_wrong_with(manifest, wanted, entry, where)
    if problems:
        raise _Stopped(*problems)
    folder.mkdir()
    (folder / ACCOUNT).write_bytes(raw)
    note = f"from: {json.dumps(entry.source, ensure_ascii=False)}\non: {today.isoformat()}\n"
    (folder / NOTE).write_text(note, encoding="utf-8")
    for path, listed in wanted.items():
        content = _get(source, SOURCE + path, listed.size, entry, where)
        if len(content) != listed.size or hashlib.sha256(content).hexdigest() != listed.sha256:
            message = f"{quoted(entry.id)}: {path} is not the file whose fingerprint the site gives"
            hint = "somebody changed it on the way, or the site was being built just now; try again later"
            raise _Stopped(Problem("copy-changed", where, message, hint))
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _get(source: Source, name: str, most: int, entry: NetworkSite, where: Location) -> bytes:
    try:
        return source.get(name, most)
    except Unreachable as error:
        hint = "look at the address in a browser, and try again later"
        problem = Problem("copy-unreachable", where, f"{quoted(entry.id)}: {error}", hint)
        raise _Stopped(problem, unreachable=True) from error
    except NotAsItShould as error:
        hint = "if the site has moved, write its new address here"
        raise _Stopped(Problem("copy-refused", where, f"{quoted(entry.id)}: {error}", hint)) from error


def _what_is_wrong_with(
    manifest: Manifest, wanted: dict[str, ListedFile], entry: NetworkSite, where: Location
) -> Iterator[Problem]:
    if manifest.licence != entry.licence:
        message = f"{quoted(entry.id)} publishes under {quoted(manifest.licence)}, not {quoted(entry.licence or '')}"
        yield Problem("copy-licence", where, message, "if you may still take its files, write the new licence here")
    if entry.is_address and manifest.url and manifest.url.rstrip("/") != entry.source.rstrip("/"):
        message = f"{quoted(entry.id)} says that it is at home at {manifest.url}"
        yield Problem("copy-account", where, message, "write that address here, if it is the right one")
    if len(wanted) > MOST_FILES or sum(file.size for file in wanted.values()) > LARGEST_COPY:
        message = f"{quoted(entry.id)} wants to give more than {MOST_FILES} files or {LARGEST_COPY >> 20} MiB"
        yield Problem("copy-refused", where, message, "choose with places what you take")
    for path, file in wanted.items():
        if file.size > LARGEST_FILE:
            message = f"{quoted(entry.id)}: {path} has {file.size} bytes, more than any such file may have"
            yield Problem("copy-refused", where, message, "tell its publisher")


def _judge(root: Path, entry: NetworkSite, where: Location, before: ReadSite, folder: Path) -> ReadSite:
    """The site as it would be with the new copy. What is wrong in the copy, or because of it, stops it."""
    after = read_and_check(root, copies={entry.id: folder})
    known = {problem for problem in before.problems if not problem.location.file.startswith(f"{COPIES}/{entry.id}/")}
    found = [p for p in after.problems if p not in known and p.severity is Severity.ERROR]
    if after.portfolio is None or entry.id not in after.portfolio.gathered:
        found += [p for p in after.problems if p.location == where and p not in found]
        raise _Stopped(*found)
    if found:
        raise _Stopped(*found)
    return after


def _keep(
    target: Target, after: Portfolio, before: Portfolio | None, entry: NetworkSite, *, write: bool
) -> Outcome:
    site = after.gathered[entry.id]
    had = before.gathered.get(entry.id) if before else None
    new, old = _fingerprint(target.new), _fingerprint(target.folder)
    state: State = "unchanged" if had and new == old else "changed" if old else "new"
    if write and state != "unchanged":
        put_in_place(target)
        for leftover in (target.new, target.old):
            with suppress(OSError, Refused):
                remove(leftover)
    kinds = [kind for kind, _ in site.files]
    gone = {id_ for kind, id_ in had.files if kind == "place"} - {id_ for _, id_ in site.files} if had else set()
    return Outcome(
        entry.id, state, Problems(), False, kinds.count("place"), kinds.count("practice"), site.as_of,
        tuple(sorted(gone)),
    )


def _fingerprint(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Every file of a copy; of its note only the line that says where it came from, and not on which day."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple((path.relative_to(folder).as_posix(), _without_day(path)) for path in files)


def _without_day(path: Path) -> bytes:
    content = path.read_bytes()
    return content.partition(b"\n")[0] if path.name == NOTE else hashlib.sha256(content).digest()
