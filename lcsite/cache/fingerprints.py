"""What stands in a site's folder, file by file, by fingerprints of the bytes: the key of whatever follows from it all.

Times and sizes are not believed, because an edit can keep both. Nothing is parsed, and no link is followed.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

__all__ = ["look_at", "taken_together"]

_SIZE = 16
_MOST_ENTRIES = 100_000
_LARGEST = 8 * 1024 * 1024
"""Bytes. No file of a site may be larger, and the check has words for that."""
_OPENED = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def look_at(root: Path, parts: Iterable[str]) -> tuple[dict[str, bytes], int] | None:
    """A fingerprint (16 bytes of BLAKE2b) of each file below `parts` by its path from `root`, folders with a slash at
    their end; and the latest moment (in ns) at which any of that was changed in any way, its names included.

    Two equal looks mean that nothing has changed between them, and has not been changed back either. None where that
    does not say it all: where a link, a pipe, something unreadable or something huge stands there.
    """
    found: dict[str, bytes] = {}
    latest = 0
    try:
        with os.scandir(root) as entries:
            wanted = frozenset(parts)
            waiting = [(entry.name, entry) for entry in entries if entry.name in wanted]
        while waiting:
            path, entry = waiting.pop()
            if len(found) == _MOST_ENTRIES or entry.is_symlink():
                return None
            if entry.is_dir(follow_symlinks=False):
                latest = max(latest, entry.stat(follow_symlinks=False).st_ctime_ns)
                found[f"{path}/"] = b""
                with os.scandir(entry.path) as inner:
                    waiting += [(f"{path}/{below.name}", below) for below in inner]
                continue
            file = _file(entry.path)
            if file is None:
                return None
            found[path] = file[0]
            latest = max(latest, file[1])
    except OSError:
        return None
    return found, latest


def _file(path: str) -> tuple[bytes, int] | None:
    """The fingerprint of a file and when it was changed; None where it is no plain file, or is being changed now."""
    handle = os.open(path, _OPENED)
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
            return None
        raw = os.read(handle, about.st_size + 1)
    finally:
        os.close(handle)
    return (hashlib.blake2b(raw, digest_size=_SIZE).digest(), about.st_ctime_ns) if len(raw) == about.st_size else None


def taken_together(*all_found: Mapping[str, bytes]) -> bytes:
    """One fingerprint (16 bytes) of several sets of them."""
    digest = hashlib.blake2b(digest_size=_SIZE)
    for found in all_found:
        digest.update(b"%d;" % len(found))
        for path, fingerprint in sorted(found.items()):
            name = os.fsencode(path)
            digest.update(b"%d %d;%b%b" % (len(name), len(fingerprint), name, fingerprint))
    return digest.digest()
