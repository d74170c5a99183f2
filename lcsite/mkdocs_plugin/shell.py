"""A page of ours as the engine sees it: a thin shell whose content and table of contents come from our pipe."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as EnginePage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from lcsite.pages.page import Download, Page
from lcsite.rendering.frame import page_frame
from lcsite.rendering.renderer import Fragment, Heading, Renderer

__all__ = ["ShellPage", "download_file", "media_file", "page_file"]


class ShellPage(EnginePage):
    """Reads no file and parses no Markdown: what it shows is rendered from a page model.

    A page that is `late` is empty until it is written, and empty again afterwards, so that a large portal is never
    held in memory whole.
    """

    def __init__(self, ours: Page, *, late: bool, renderer: Renderer, file: File, config: MkDocsConfig) -> None:
        super().__init__(None, file, config)
        self.update_date = config.extra["lc"]["as_of"]  # the engine would read the clock
        self._ours = ours
        self._late = late
        self._renderer = renderer

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        self.meta = {"title": self._renderer.say(self._ours.title)}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content = ""
        if not self._late:
            self._fill(config)

    def before_writing(self, config: MkDocsConfig) -> None:
        """What a late page shows is made now."""
        if self._late:
            self._fill(config)

    def after_writing(self) -> None:
        """Nobody asks for the content again."""
        self.content = ""
        self.meta = {}

    def _fill(self, config: MkDocsConfig) -> None:
        fragment = self._renderer.render(self._ours)
        self.show(fragment, page_frame(
            self._ours, fragment, site=config.extra["lc_site"], renderer=self._renderer, base=config.site_url or ""
        ))

    def show(self, fragment: Fragment, values: dict[str, Any]) -> None:
        """Take up what was rendered of the page, and the values of its frame."""
        self.content = fragment.html
        headings = fragment.headings
        self.toc = _table_of_contents(headings)
        self.meta = {"title": fragment.title, "description": fragment.description, "lc": values}
        self.present_anchor_ids = {heading.id for heading in headings}


class DownloadFile(File):
    """A file whose content is made when it is written, and not kept."""

    make: Callable[[], bytes]

    @property
    def content_bytes(self) -> bytes:
        return self.make()

    @content_bytes.setter
    def content_bytes(self, value: bytes) -> None:
        self.make = lambda: value

    @property
    def content_string(self) -> str:
        return self.make().decode()

    @content_string.setter
    def content_string(self, value: str) -> None:
        self.make = value.encode

    def copy_file(self, dirty: bool = False) -> None:
        utils.write_file(self.make(), self.abs_dest_path)


def page_file(page: Page, renderer: Renderer, config: MkDocsConfig, *, late: bool) -> File:
    """The engine's file for a page, with the page already in it."""
    source = page.address.removesuffix("/")
    file = File.generated(config, posixpath.join(source, "index.md"), content="", inclusion=InclusionLevel.NOT_IN_NAV)
    ShellPage(page, late=late, renderer=renderer, file=file, config=config)
    return file


def download_file(download: Download, config: MkDocsConfig) -> File:
    """The engine's file for a download. It is copied as it stands, also where the engine would make a page of it."""
    file = DownloadFile.generated(
        config, f"{download.address}.file", content="", inclusion=InclusionLevel.NOT_IN_NAV
    )
    assert isinstance(file, DownloadFile)
    file.make = download.content
    file.dest_uri = download.address
    return file


def media_file(address: str, path: Path, config: MkDocsConfig) -> File:
    """The engine's file for an image that stands in the site's folder."""
    return File.generated(config, address, abs_src_path=str(path), inclusion=InclusionLevel.NOT_IN_NAV)


def _table_of_contents(headings: tuple[Heading, ...]) -> TableOfContents:
    entries: list[AnchorLink] = []
    for heading in headings:
        entry = AnchorLink(heading.title, heading.id, heading.level)
        if heading.level > 2 and entries:
            entries[-1].children.append(entry)
        else:
            entries.append(entry)
    return TableOfContents(entries)
