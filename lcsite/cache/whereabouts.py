"""Where a site's memory lies: with the person who runs the program, never in the site's folder.

What is remembered is trusted when it is read again. A contribution can change any file of a site; it cannot reach here.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from lcsite import __version__
from lcsite.cache.store import Store

__all__ = ["NoCache", "cache_folder", "open_store"]

_LIBRARIES = frozenset({
    "babel", "cbor2", "click", "jinja2", "lxml", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "nh3",
    "pagefind", "pagefind-bin", "pydantic", "pydantic-core", "pygments", "pymdown-extensions", "python-calamine",
    "pyyaml", "resvg-py",
})  # fmt: skip
"""Whose other version may give other bytes."""


class NoCache(Exception):
    """Nothing can be remembered here; the message is one line that says why."""


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of all memories: `LCSITE_CACHE`, or `lcsite` in the caches of the person who runs the program.

    Raises NoCache where `LCSITE_CACHE` is set and empty, RuntimeError where nobody has a home.
    """
    own = environment.get("LCSITE_CACHE")
    if own == "":
        raise NoCache("LCSITE_CACHE is empty, so nothing is remembered")
    if own is not None:
        return Path(own)
    caches = environment.get("XDG_CACHE_HOME", "")
    return (Path(caches) if os.path.isabs(caches) else Path.home() / ".cache") / "lcsite"


def open_store(root: Path, *, folder: Path | None = None) -> Store:
    """The memory of the site in `root`. Raises NoCache where there is no folder that only this person can write."""
    try:
        folder = folder or cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = os.lstat(folder)
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
            raise NoCache(f"{folder} can be written by others, so nothing is remembered there")
        real = os.fsencode(root.resolve(strict=True))
        where = folder.resolve()
    except (OSError, RuntimeError) as error:
        raise NoCache(f"nothing is remembered: {getattr(error, 'strerror', None) or error}") from error
    if where.is_relative_to(root.resolve()):
        raise NoCache(f"{folder} is inside the site, where contributions can reach it, so nothing is remembered there")
    return Store(where / f"{hashlib.blake2b(real, digest_size=12).hexdigest()}.sqlite", version=_program())


@cache
def _program() -> bytes:
    """A digest of this program, of Python and of the libraries: of everything that is not the site."""
    digest = hashlib.sha256()  # which processors have a command for: every build and check begins with 5 MB of it
    digest.update(f"{__version__} {sys.version} {sys.byteorder} {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for below, path in sorted(_files(os.fspath(Path(__file__).parent.parent))):
        with open(path, "rb", buffering=0) as file:
            digest.update(b"\0%b\0" % os.fsencode(below))
            digest.update(file.read())
    for name in _installed():
        digest.update(b"\0%b" % os.fsencode(name))
    return digest.digest()


def _installed() -> Iterator[str]:
    """The libraries, each with its version, by the folders that speak of them: to read what stands there takes long."""
    for folder in sys.path:
        with suppress(OSError):
            for name in sorted(os.listdir(folder or ".")):
                library, _, kind = name.rpartition(".")
                if kind in ("dist-info", "egg-info"):
                    library, _, version = library.partition("-")
                    if library.lower().replace("_", "-") in _LIBRARIES:
                        yield name if version else f"{name} {os.stat(f'{folder}/{name}').st_mtime_ns}"


def _files(folder: str, below: str = "") -> Iterator[tuple[str, str]]:
    """Everything below the folder of the program that is not made from the rest, by its path from there and its own."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path, f"{below}{entry.name}/")
            elif not entry.name.endswith(".pyc") and entry.is_file():
                yield f"{below}{entry.name}", entry.path
