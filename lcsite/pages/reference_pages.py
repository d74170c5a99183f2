"""The pages for authors about every kind of file and every form: written by the program, so never out of date."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lcsite.light_classes import dataclass
from lcsite.model import own_pages
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.file_reference import FileReference, FormReference
from lcsite.pages.found_as import FoundAs
from lcsite.pages.names import Names
from lcsite.pages.page import Crumb, Page, Words

__all__ = ["FileKindBody", "FilesBody", "reference_pages"]


@dataclass(frozen=True, slots=True)
class FilesBody:
    files: tuple[tuple[FileReference, str], ...]
    """(kind of file, address of the page about it)."""
    forms: tuple[FormReference, ...]


@dataclass(frozen=True, slots=True)
class FileKindBody:
    file: FileReference
    schema: str
    """The address of its schema; empty where there is none."""


def reference_pages(
    portfolio: Portfolio, names: Names, files: tuple[FileReference, ...], forms: tuple[FormReference, ...]
) -> Iterator[Page]:
    """A page with all kinds of files and all forms, and one about each kind."""
    if not files:
        return
    contribute = portfolio.prose.get("contribute/index")
    crumbs = (
        Crumb(Words("Home"), addresses.home),
        Crumb(contribute.title if contribute else Words("Contribute"), addresses.contribute),
    )
    title = Words("Files and forms")
    yield Page(
        address=addresses.file_kinds, kind="files", title=title,
        description=Words("Every kind of file that people write, and the forms for those who would rather not."),
        body=lambda: FilesBody(tuple((file, addresses.file_kind(file.name)) for file in files), forms),
        crumbs=crumbs, section=addresses.contribute, source=own_pages.FILES,
    )
    found_as = FoundAs(portfolio, names)
    for file in files:
        path = f"contribute/files/{file.name}"
        yield Page(
            address=addresses.file_kind(file.name), kind="file-kind", title=file.title, description=file.words,
            body=partial(FileKindBody, file, addresses.schema(file.name) if file.schema else ""),
            crumbs=(*crumbs, Crumb(title, addresses.file_kinds)), section=addresses.contribute,
            source=f"content/{path}.md",
            find=partial(found_as.page, path, file.words),
        )
