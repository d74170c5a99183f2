"""Help with writing: the folder `schemas` of a site, the line in a file that names its schema, and the forms.

The folder lies in the site, so that it works without a network and says what this version of the program takes. It is
made anew by `lcsite export schemas`. Only files that the program made itself are ever renewed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lcsite.authoring.draft import ChangedFile, Draft, NewFile, Refused
from lcsite.authoring.writing import tidy_up, write_files
from lcsite.describing.form_files import MADE_BY_LCSITE, form_files
from lcsite.describing.kinds import kind_of_path
from lcsite.describing.schemas import MADE_BY, written_schemas

__all__ = ["SCHEMAS", "for_editors", "schema_files", "write_forms", "write_schemas"]

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
    return _renew(folder, {name: content.decode("utf-8") for name, content in written_schemas()})


def write_forms(folder: Path) -> int:
    """Write the forms for GitHub and GitLab into a site's folder. Raises Refused as `write_schemas`."""
    return _renew(folder, dict(form_files()))


def _renew(folder: Path, texts: Mapping[str, str]) -> int:
    """Write what is missing or was made by an older version; how many files there are now."""
    files: list[NewFile | ChangedFile] = []
    if folder.is_dir():
        tidy_up(folder)
    for name, text in texts.items():
        path = folder / name
        if not path.exists():
            files.append(NewFile(name, text))
        elif (before := path.read_bytes()) != text.encode("utf-8"):
            if not any(mark.encode("utf-8") in before for mark in (MADE_BY, MADE_BY_LCSITE)):
                raise Refused(f"{path} was not made by lcsite; nothing was written")
            files.append(ChangedFile(name, before, text))
    if files:
        write_files(folder, files)
    return len(texts)
