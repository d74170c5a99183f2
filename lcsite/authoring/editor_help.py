"""Help from the editor while writing: the folder `schemas` of a site, and the line in a file that names its schema.

The folder lies in the site, so that it works without a network and says what this version of the program takes. It is
made anew by `lcsite export schemas`. Only files that the program made itself are ever renewed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lcsite.authoring.draft import ChangedFile, Draft, NewFile, Refused
from lcsite.authoring.writing import write_files
from lcsite.describing.kinds import kind_of_path
from lcsite.describing.schemas import MADE_BY, written_schemas

__all__ = ["SCHEMAS", "for_editors", "schema_files", "write_schemas"]

SCHEMAS = "schemas"
"""The folder, beside `content` and `cities`; it is never published."""


def schema_files() -> tuple[NewFile, ...]:
    """The schemas as files of a new site."""
    return tuple(NewFile(f"{SCHEMAS}/{name}", content.decode("utf-8")) for name, content in written_schemas())


def for_editors(draft: Draft, folder: Path) -> Draft:
    """The draft with a line in each new file that tells editors of its schema, where the site has schemas.

    The line is a comment. It is left out where there is nothing to point at.
    """
    has_schemas = (folder / SCHEMAS).is_dir() or any(file.path.startswith(f"{SCHEMAS}/") for file in draft.files)
    if not has_schemas:
        return draft
    return replace(draft, files=tuple(_with_line(f) if isinstance(f, NewFile) else f for f in draft.files))


def _with_line(file: NewFile) -> NewFile:
    kind = kind_of_path(file.path)
    if kind is None or kind.form == "table":
        return file
    way = "../" * file.path.count("/")
    line = f"# yaml-language-server: $schema={way}{SCHEMAS}/{kind.name}.json\n"
    fields = "---\n" if kind.form == "page" else ""
    return NewFile(file.path, fields + line + file.text.removeprefix(fields))


def write_schemas(folder: Path) -> int:
    """Write the schemas into a folder; how many there are. Raises Refused where a file there is somebody else's."""
    files: list[NewFile | ChangedFile] = []
    written = list(written_schemas())
    for name, content in written:
        path = folder / name
        if not path.exists():
            files.append(NewFile(name, content.decode("utf-8")))
        elif (before := path.read_bytes()) != content:
            if MADE_BY.encode("utf-8") not in before:
                raise Refused(f"{path} was not made by lcsite; nothing was written")
            files.append(ChangedFile(name, before, content.decode("utf-8")))
    if files:
        write_files(folder, files)
    return len(written)
