"""Spares the engine long lists: of the authors' files, which have been read, and of what comes with its own theme, ten
thousand icons above all, of which our sites publish nothing. Templates are found as ever.

It also sees to it that the short list is whole. The engine passes over what a disk fails to tell of a file or folder,
and a site would be published without it.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

__all__ = ["ShortList"]


class ShortList:
    """Has the engine find no file besides those in these folders of the theme.

    Only for a build in which nobody else looks at its files, and which drops all others.
    """

    def __init__(self, folders: Sequence[str], config: MkDocsConfig) -> None:
        self._folders = folders
        self._wanted: list[str] = []
        """What the engine is to publish of them."""
        config.docs_dir = f"{folders[-1]}/nothing-to-list"
        theme = config.theme
        with_long_list = theme.get_env

        def with_short_list() -> Environment:
            environment = with_long_list()
            environment.loader = _Loader(theme.dirs, self._folders)
            environment.list_templates = self._noting(environment.list_templates)  # type: ignore[method-assign]
            return environment

        theme.get_env = with_short_list  # type: ignore[method-assign]

    def check(self, found: Files) -> None:
        """Raise OSError where the engine has found fewer files than there are."""
        for path in self._wanted:
            if path not in found.src_uris and any(_is_file(f"{folder}/{path}") for folder in self._folders):
                raise OSError(errno.EIO, os.strerror(errno.EIO), path)

    def _noting(self, listing: Callable[..., list[str]]) -> Callable[..., list[str]]:
        def listed(*of: Any, **by: Any) -> list[str]:
            self._wanted = listing(*of, **by)
            return self._wanted

        return listed


class _Loader(FileSystemLoader):
    """Loads from all folders, and lists what is in some of them."""

    def __init__(self, folders: Sequence[str], listed: Sequence[str]) -> None:
        super().__init__(folders)
        self._listed = listed

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self._listed:
            for path, _, names in os.walk(folder, onerror=_fail):
                below = os.path.relpath(path, folder).replace(os.sep, "/")
                found.update(names if below == "." else (f"{below}/{name}" for name in names))
        return sorted(found)


def _is_file(path: str) -> bool:
    """Whether a file is there. Raises OSError where the disk does not tell."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _fail(error: OSError) -> None:
    raise error
