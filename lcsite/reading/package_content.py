"""What a site takes over from the package: frameworks, tools, learning pages and the method, where it asks for them.

Such a page was written for every site. Where it speaks of a place, practice, framework or page that this site does not
have, the words stay and the link goes. A site's own files are never touched.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

from lcsite.light_classes import dataclass
from lcsite.model.framework import Facet, Framework
from lcsite.model.own_pages import PAGES_OF_EVERY_SITE
from lcsite.model.site import ProsePage
from lcsite.model.toolbox import Tool
from lcsite.reading.layout import AuthoredFile, Kind, find_files
from lcsite.reading.quoted_code import without_code

__all__ = ["PACKAGE_FOLDER", "Fitting", "package_files", "renamed", "themes_of"]

PACKAGE_FOLDER = "builtin/"
"""How problems speak of a file of the package, in the place of `content/`."""

_PART_OF_PACKAGE = re.compile(r"content/(?:criteria/.+/|criteria/crosswalk|learn/|method/|toolbox/tools/.+/)")
_LINK = re.compile(r"(?<![!\\])\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*([^()\s]+)(?:\s+\"[^\"]*\")?\s*\)")


def package_files(folder: Path | None) -> Mapping[str, list[AuthoredFile]]:
    """The files of the package by the word that a site asks for: `learn`, `method`, `tools`, a framework's id, or
    `crosswalk`. Raises OSError where the folder is named and cannot be listed."""
    found: dict[str, list[AuthoredFile]] = {}
    if folder is None:
        return found
    for file in find_files(folder, roots=("criteria", "learn", "method", "toolbox"), inside="content/")[0]:
        if file.kind is not Kind.IMAGE and _PART_OF_PACKAGE.match(file.path):
            found.setdefault(_section(file), []).append(file)
    return found


def _section(file: AuthoredFile) -> str:
    parts = file.path.removeprefix("content/").split("/")
    if parts[0] == "criteria":
        return "crosswalk" if file.kind is Kind.CROSSWALK else parts[1]
    return parts[1] if parts[0] == "toolbox" else parts[0]


def renamed(file: AuthoredFile) -> AuthoredFile:
    """The file under the name by which problems speak of it: `builtin/criteria/…`."""
    return AuthoredFile(file.kind, file.id, PACKAGE_FOLDER + file.path.removeprefix("content/"), file.on_disk)


@dataclass(frozen=True, slots=True)
class Fitting:
    """What this site has; a page or tool of the package is cut down to it."""

    frameworks: Mapping[str, Framework]
    tools: Collection[str]
    practices: Collection[str]
    themes: Collection[str]
    own_files: Collection[str]
    """Paths of the site's own pages, such as `content/about/index.md`."""
    package_files: Collection[str]
    """Paths of the pages that were taken from the package, as if they stood in `content/`."""

    def page(self, page: ProsePage) -> ProsePage:
        return page.model_copy(update={
            "criteria": self._nodes(page.criteria), "tools": _among(page.tools, self.tools),
            "practices": _among(page.practices, self.practices),
            "body": self.text(page.body, f"content/{page.path}.md"),
        })

    def tool(self, tool: Tool) -> Tool:
        folder = f"content/toolbox/tools/{tool.id}"
        return tool.model_copy(update={
            "supports": self._nodes(tool.supports), "themes": _among(tool.themes, self.themes),
            "draws_on": _among(tool.draws_on, self.practices), "body": self.text(tool.body, f"{folder}/index.md"),
        })

    def _nodes(self, references: Iterable[str]) -> tuple[str, ...]:
        return tuple(
            reference for reference in references
            if (framework := self.frameworks.get(reference.partition("/")[0])) is not None
            and reference.partition("/")[2] in framework.by_id
        )

    def text(self, body: str, file: str) -> str:
        """A Markdown text without links to pages that are not there."""
        if "](" not in body:
            return body
        parts: list[str] = []
        done = 0
        for found in _LINK.finditer(without_code(body)):
            target = self._target(found.group(2), file)
            if target == found.group(2):
                continue
            start, end = found.span()
            words = body[found.start(1) : found.end(1)]
            parts += (body[done:start], f"[{words}]({target})" if target else words)
            done = end
        return "".join([*parts, body[done:]])

    def _target(self, written: str, file: str) -> str:
        """The link as it may stand; empty where it would lead nowhere."""
        path, hash_, _ = written.partition("#")
        if not path or ":" in path or path.startswith("//"):
            return written
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(path)))
        if wanted in self.package_files:
            return written
        if wanted in self.own_files or wanted in PAGES_OF_EVERY_SITE:
            return path if hash_ else written  # which headings such a page has, the package cannot know
        return ""


def themes_of(frameworks: Iterable[Framework]) -> frozenset[str]:
    """The ids by which practices and tools are sorted, in the frameworks of a site."""
    return frozenset(
        node.id for framework in frameworks for above in framework.nodes() if above.facet is Facet.THEME
        for node in above.children
    )


def _among(ids: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in ids if each in known)
