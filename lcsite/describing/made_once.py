"""What is worked out from the models alone, once for all runs of the same program: it takes longer than many pages."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import pydantic
import yaml
from pydantic_core import __version__ as core_version

import lcsite
from lcsite.kept_beside import keep, place_beside, recall

__all__ = ["made_once"]

Made = TypeVar("Made")

_HERE = Path(__file__).parent
_PACKAGE = _HERE.parent
_FOLDERS = ("describing", "model")
_FILES = ("light_classes.py", "pages/file_reference.py", "reading/csv_rows.py", "reading/layout.py")


def made_once(name: str, make: Callable[[], Made]) -> Made:
    """What `make` makes, or what it made in an earlier run; `name` says what that is. It survives pickling."""
    place = place_beside(_HERE, f"made.{name}")
    key = blake2b(_program() + name.encode(), digest_size=16).digest()
    kept = recall(place, key)
    if kept is not None:
        return pickle.loads(kept)  # type: ignore[no-any-return]  # noqa: S301 - the program's own, like its byte code
    made = make()
    keep(place, key, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


@cache
def _program() -> bytes:
    """What the results depend on: models, whatever describes them, and the libraries that both use."""
    versions = f"{lcsite.__version__} {sys.version} {pydantic.VERSION} {core_version} {yaml.__version__}"
    digest = blake2b(versions.encode(), digest_size=16)
    below = (path for folder in _FOLDERS for path in sorted((_PACKAGE / folder).glob("*.py")))
    for path in (*below, *(_PACKAGE / name for name in _FILES)):
        digest.update(path.read_bytes())
    return digest.digest()
