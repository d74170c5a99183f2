"""`lcsite pin`: which program builds a site, written down with a fingerprint of every part of it.

A build server then installs exactly that, or nothing. The libraries and their fingerprints are those with which this
version of the program was tested; they travel with it.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from email.parser import BytesHeaderParser
from pathlib import Path

from lcsite import __version__
from lcsite.authoring.draft import ChangedFile, Draft, NewFile, Refused
from lcsite.authoring.writing import tidy_up

__all__ = ["LOCK", "PINNED", "draft_pin"]

PINNED = "program/requirements.txt"
"""Where the list stands, below the site's folder."""

_LARGEST = 64 * 1024 * 1024
_NAME = re.compile(r"[A-Za-z0-9._+-]+\.whl")


def _lock() -> Path | None:
    """The libraries with which this version was tested: beside the package, in a checkout among the requirements."""
    package = Path(__file__).parents[1]
    for path in (package / "requirements.txt", package.parent / "requirements" / "run.txt"):
        if path.is_file():
            return path
    return None


LOCK = _lock()


def draft_pin(folder: Path, wheel: Path) -> Draft:
    """The list for a wheel that lies below the site's folder. Raises Refused for what is no wheel of this program."""
    tidy_up(folder)
    path = _below(folder, wheel)
    raw = _bytes(wheel)
    if LOCK is None:
        raise Refused("this program was installed without the list of its libraries; install it from its wheel")
    libraries = "".join(
        line for line in LOCK.read_text("utf-8").splitlines(keepends=True) if not line.startswith("#")
    )
    text = (
        "# What builds this site: the program and its libraries, each with its fingerprint. Written by lcsite pin;\n"
        "# give that command again when a newer program lies in this folder.\n"
        f"./{path} \\\n    --hash=sha256:{hashlib.sha256(raw).hexdigest()}\n{libraries}"
    )
    target = folder / PINNED
    before = target.read_bytes() if target.is_file() else None
    file = NewFile(PINNED, text) if before is None else ChangedFile(PINNED, before, text)
    return Draft(
        files=() if before == file.content else (file,), missing=(),
        steps=(f"put {path} and {PINNED} under version control, beside the site's own files",),
    )


def _below(folder: Path, wheel: Path) -> str:
    if not wheel.is_file():
        raise Refused(f"{wheel} is not there")
    inside = os.path.relpath(wheel.resolve(), folder.resolve()).replace(os.sep, "/")
    if inside.startswith("..") or inside.rpartition("/")[0] != "program" or not _NAME.fullmatch(wheel.name):
        raise Refused(f"put {wheel.name} into the folder program of the site first: build servers look for it there")
    return inside


def _bytes(wheel: Path) -> bytes:
    """The wheel, if it holds this program in this version: the list of libraries belongs to it."""
    if wheel.stat().st_size > _LARGEST:
        raise Refused(f"{wheel.name} is too large to be this program")
    try:
        with zipfile.ZipFile(wheel) as inside:
            (name,) = [name for name in inside.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
            if inside.getinfo(name).file_size > 1024 * 1024:
                raise ValueError
            found = BytesHeaderParser().parsebytes(inside.read(name))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        raise Refused(f"{wheel.name} is not a wheel, the kind of file in which Python programs travel") from None
    if found.get("Name") != "lcsite":
        raise Refused(f"{wheel.name} is another program")
    if found.get("Version") != __version__:
        raise Refused(
            f"{wheel.name} holds version {found.get('Version')}, and this is version {__version__}: "
            "install it first, so that its own list of libraries is taken"
        )
    return wheel.read_bytes()
