"""How a file of the open data stands in the two lists of all files: that of the index and that of the whole site.

Both lists name thousands of files and can only be put together in the end, so what the index says of a file is written
where the file is made, by whichever process makes it. The list of the site says the same with fewer words.
"""

from __future__ import annotations

import re
from typing import Annotated

from lcsite.exporting.writing import json_word
from lcsite.light_classes import dataclass
from lcsite.pages import addresses

__all__ = ["FileEntry", "ListedFile", "listed", "of_site", "size_and_sha256"]


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


def listed(entry: FileEntry) -> bytes:
    """An entry as it is laid out in a list. With a fingerprint it is too long for a line, so it has its lines here."""
    rows = "" if entry.rows is None else f'"rows": {entry.rows},\n   '
    return (
        f'  {{\n   "name": {json_word(entry.name)},\n   "title": {json_word(entry.title)},\n'
        f'   "media_type": "{entry.media_type}",\n   {rows}"size": {entry.size},\n   "sha256": "{entry.sha256}"\n  }}'
    ).encode()


def size_and_sha256(entry: bytes) -> tuple[int, str]:
    """What such an entry says of the bytes of its file."""
    facts = _FACTS.search(entry)
    assert facts is not None  # `listed` wrote it
    return int(facts[1]), facts[2].decode()


def of_site(entries: bytes) -> bytes:
    """Such entries, one after another, as the list of the whole site has them: a `ListedFile` for each `FileEntry`."""
    return _SAID_MORE.sub(_SAID_OF_SITE, entries)


_FACTS = re.compile(rb'   "size": ([0-9]+),\n   "sha256": "([0-9a-f]{64})"')
_SAID_MORE = re.compile(rb'   "name": "(.*),\n   "title": .*\n(   "media_type": .*\n)(?:   "rows": .*\n)?')
_SAID_OF_SITE = b'   "name": "%b\\1,\n\\2' % addresses.data_file("").encode()
