"""Spares the engine long lists: of the authors' files, which have been read, and of what comes with its own theme, ten
thousand icons above all, of which our sites publish nothing. Templates are found as ever.
"""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig

__all__ = ["list_only"]


def list_only(folders: Sequence[str], config: MkDocsConfig) -> None:
    """Have the engine find no file besides those in these folders of the theme.

    Only for a build in which nobody else looks at its files, and which drops all others.
    """
    config.docs_dir = f"{folders[-1]}/nothing-to-list"
    theme = config.theme
    with_long_list = theme.get_env

    def with_short_list() -> Environment:
        environment = with_long_list()
        environment.loader = _ShortList(theme.dirs, folders)
        return environment

    theme.get_env = with_short_list  # type: ignore[method-assign]


class _ShortList(FileSystemLoader):
    """Loads from all folders, and lists what is in some of them."""

    def __init__(self, folders: Sequence[str], listed: Sequence[str]) -> None:
        super().__init__(folders)
        self._listed = FileSystemLoader(listed)

    def list_templates(self) -> list[str]:
        return self._listed.list_templates()
