"""How a file of the open data stands in the two lists of all files: that of the index and that of the whole site.

Both lists name thousands of files and can only be put together in the end, so a file's entries are written where the
file is made, by whichever process makes it.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

from lcsite.exporting.writing import json_word
from lcsite.light_classes import dataclass
from lcsite.pages import addresses

__all__ = ["FileEntry", "Listed", "ListedFile", "listed"]


@dataclass(frozen=True, slots=True)
class FileEntry:
    name: Annotated[str, "The address of the file, from this folder."]
    title: Annotated[str, "What it holds."]
    media_type: Annotated[str, "text/csv, application/json, text/markdown or application/yaml."]
    rows: Annotated[int | None, "How many rows it has, the header aside."]
    size: Annotated[int, "Its size in bytes."]
    sha256: Annotated[str, "Its fingerprint."]


@dataclass(frozen=True, slots=True)
class ListedFile:
    name: Annotated[str, "The address of the file, from the root of the site."]
    media_type: Annotated[str, "What kind of file it is."]
    size: Annotated[int, "Its size in bytes."]
    sha256: Annotated[str, "Its fingerprint."]


class Listed(NamedTuple):
    """What others say of a file: its size, its fingerprint, and its entries in both lists."""

    size: int
    sha256: str
    in_index: bytes
    """As a `FileEntry` is laid out in a list."""
    of_site: bytes
    """As a `ListedFile` is."""


def listed(entry: FileEntry) -> Listed:
    """What others say of a file. With a fingerprint an entry is too long for a line, so it has its lines here."""
    name, size = json_word(entry.name), entry.size
    media_type = f'"media_type": "{entry.media_type}"'
    rows = "" if entry.rows is None else f'"rows": {entry.rows},\n   '
    facts = f'"size": {size},\n   "sha256": "{entry.sha256}"\n  }}'
    in_index = f'  {{\n   "name": {name},\n   "title": {json_word(entry.title)},\n   {media_type},\n   {rows}{facts}'
    of_site = f'  {{\n   "name": "{_BELOW}{name[1:]},\n   {media_type},\n   {facts}'
    return Listed(size, entry.sha256, in_index.encode(), of_site.encode())


_BELOW = addresses.data_file("")
