"""Files of the published site that stay as they are: known by what the system says of them, and taken over unread.

A new site takes them over under a second name for the same bytes on the disk, so that nothing is copied. Whoever writes
a file anew must therefore write a new one, and never into one that is there.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

__all__ = [
    "Signature", "Touched", "all_but_names_alike", "files_below", "is_intact", "make_alike", "make_folder", "put_anew",
    "put_new", "signature", "signature_of", "signatures", "take_over",
]

Signature = tuple[int, ...]
"""Size, when it was written to, when anything about it was changed last, and its number on the disk."""

_NUMBER = 3
_CHANGED_BY_NAMES = 2
"""The place in a signature of the one thing that a second name changes, given or taken away."""

_NO_SECOND_NAME = frozenset({errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS, errno.EINVAL})
"""The answers of file systems on which a file has one name only."""


class Touched(Exception):
    """Somebody has written to the published site since it was looked at."""


def files_below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The path below `folder` of everything that is not a folder, with what the system says of it."""
    return ((path, entry.stat(follow_symlinks=False)) for path, entry in _below(folder) if not path.endswith("/"))


def _below(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder by its path, which for a folder ends in a slash; a folder before what is in it."""
    waiting = [(os.fspath(folder), "")]
    while waiting:
        path, below = waiting.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{below}{entry.name}/"))
                    yield f"{below}{entry.name}/", entry
                else:
                    yield below + entry.name, entry


def signatures(folder: Path) -> dict[str, Signature]:
    """What the system says of each file below `folder`. It changes with every act of writing."""
    return {path: signature_of(found) for path, found in files_below(folder)}


def signature(path: Path) -> Signature:
    """What the system says of one file."""
    return signature_of(os.lstat(path))


def is_intact(folder: Path, known: Mapping[str, Signature]) -> bool:
    """Whether the same files stand below `folder`, and nobody has written to any of them."""
    try:
        return signatures(folder) == known
    except OSError:
        return False


def all_but_names_alike(found: Mapping[str, Signature], known: Mapping[str, Signature], paths: Iterable[str]) -> bool:
    """Whether nothing has happened to the files at `paths` but that they got a second name, or lost it."""
    return all(path in found and _without_names(found[path]) == _without_names(known[path]) for path in paths)


def _without_names(signature: Signature) -> Signature:
    return signature[:_CHANGED_BY_NAMES] + signature[_CHANGED_BY_NAMES + 1 :]


def make_alike(published: Path, site: Path, *, known: Mapping[str, Signature]) -> tuple[set[str], set[str]]:
    """Make a folder hold the files of the published site that are `known`, and no others.

    Most stand there already where the folder is a site that was published before. Returns the paths of all that were
    put there now, and those of them that are copies and not the very files of the published site. Raises Touched where
    that is not what is known of it.
    """
    if not is_intact(published, known):
        raise Touched(os.fspath(published))
    folders = _folders_of(known)
    same_disk = os.stat(published).st_dev == os.stat(site).st_dev
    there: set[str] = set()
    needless: list[str] = []
    for path, entry in _below(site):
        if path.endswith("/"):
            if path[:-1] not in folders:
                needless.append(path)
        elif path not in known:
            os.unlink(entry.path)
        # Of a file there is one on a disk with its number, and of the published one it was asked just now.
        elif same_disk and entry.inode() == known[path][_NUMBER]:
            there.add(path)
    for path in reversed(needless):
        os.rmdir(site / path)
    missing = known.keys() - there
    return missing, missing - take_over(published, sorted(missing), site, known=known, looked_at=True)


def _folders_of(paths: Iterable[str]) -> set[str]:
    """All folders in which these files stand, and those above."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def take_over(
    published: Path, paths: Iterable[str], site: Path, *, known: Mapping[str, Signature], looked_at: bool = False
) -> set[str]:
    """Give the files at `paths` of the published site to the one made beside it.

    What stands there already under the same number on the disk is the same file; another one makes way. Returns the
    paths of those that have two names now; others were copied. Raises Touched where one is not what is `known` of it,
    as when another build has published meanwhile; `looked_at`: that was made sure of a moment ago.
    """
    made: set[str] = set()
    second: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in made:
            make_folder(f"{site}/{folder}")
            made.add(folder)
        source, target = f"{published}/{path}", f"{site}/{path}"
        try:
            if not looked_at and signature_of(os.lstat(source)) != known[path]:
                raise Touched(path)
            try:
                os.link(source, target, follow_symlinks=False)
            except FileExistsError:
                if os.lstat(target).st_ino != known[path][_NUMBER]:
                    os.unlink(target)
                    os.link(source, target, follow_symlinks=False)
            second.add(path)
        except FileNotFoundError as error:
            raise Touched(path) from error
        except OSError as error:
            if error.errno not in _NO_SECOND_NAME:
                raise
            shutil.copyfile(source, target, follow_symlinks=False)
    return second


def make_folder(path: str) -> None:
    """Make a folder, most often below one that is there."""
    try:
        os.mkdir(path)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)


def put_new(pieces: Iterable[bytes], target: str) -> None:
    """Write a file to where no other site has one. This asks the system half of what opening in the usual way asks."""
    file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:  # a system may take a part only
                rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def put_anew(content: bytes, target: str) -> None:
    """Write a file to where another may stand. That one may have a second name elsewhere, so it is not written to."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with suppress(FileNotFoundError):
        os.unlink(target)
    with open(target, "wb") as file:
        file.write(content)


def signature_of(found: os.stat_result) -> Signature:
    """What the system says of a file, as far as it tells whether somebody has written to it."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_mode
