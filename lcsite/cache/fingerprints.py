"""What stands in a site's folder, file by file, by fingerprints of the bytes: the key of whatever follows from it all.

Times and sizes are not believed, because an edit can keep both. Nothing is parsed, and no link is followed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from lcsite.looking import DIGEST, DIVIDED, changed_at, look

__all__ = ["look_at", "taken_together", "texts_changed"]

_MOST_ENTRIES = 100_000
_LARGEST = 8 * 1024 * 1024
"""Bytes. No file of a site may be larger, and the check has words for that."""
_DIVIDED = tuple(f"{folder}/" for folder in DIVIDED)


def look_at(root: Path, parts: Iterable[str]) -> tuple[dict[str, bytes], int] | None:
    """A fingerprint of each file below `parts` by its path from `root`, folders with a slash at their end; and the
    latest moment (in ns) at which any of that was changed in any way, its names included.

    A fingerprint is 16 bytes for the whole file, of a page 16 more for its fields. Two equal looks mean that nothing
    has changed between them, and has not been changed back either. None where that does not say it all: where a link, a
    pipe, something unreadable or something huge stands there.
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
            file = look(entry.path, most=_LARGEST, divided=path.startswith(_DIVIDED))
            if file is None:
                return None
            found[path] = file.content + file.head
            latest = max(latest, changed_at(file.signature))
    except OSError:
        return None
    return found, latest


def texts_changed(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> list[str] | None:
    """The pages whose text alone has changed, if that is all that has changed; None where there is more."""
    if before.keys() != now.keys():
        return None
    changed = [path for path, fingerprint in now.items() if fingerprint != before[path]]
    heads = ((now[path][DIGEST:], before[path][DIGEST:]) for path in changed)
    return changed if all(head and head == known for head, known in heads) else None


def taken_together(*all_found: Mapping[str, bytes]) -> bytes:
    """One fingerprint (16 bytes) of several sets of them."""
    digest = hashlib.blake2b(digest_size=DIGEST)
    for found in all_found:
        digest.update(b"%d;" % len(found))
        for path, fingerprint in sorted(found.items()):
            name = os.fsencode(path)
            digest.update(b"%d %d;%b%b" % (len(name), len(fingerprint), name, fingerprint))
    return digest.digest()
