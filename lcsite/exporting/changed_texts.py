"""The data files that hold the texts of some pages, made from those that were published before.

A text of an author stands in the row of its record, in the file as it is written, and in the files that name the
fingerprints of others; one line of thousands is exchanged there, and nothing else is made again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from lcsite.exporting.place_rows import place_row
from lcsite.exporting.source_files import Resolve, Written, source_bytes
from lcsite.exporting.toolbox_rows import practice_row, tool_row
from lcsite.exporting.writing import encoded
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.page import Download

__all__ = ["NotAsExpected", "downloads_with_texts"]

_FACTS = re.compile(rb'"size": [0-9]+,\n( +)"sha256": "[0-9a-f]{64}"')
"""What is said last of a file, on lines of their own: with the fingerprint no entry fits on one."""


class NotAsExpected(Exception):
    """A published file does not hold what is to be exchanged in it."""


def downloads_with_texts(
    portfolio: Portfolio, files: Collection[str], resolve: Resolve, published: Callable[[str], bytes],
    place_file: Callable[[str], bytes],
) -> tuple[Download, ...]:
    """Every data file that holds the text of one of the authored `files`, as it has to be now.

    `published` gives a file of the site as it was before by its address, `place_file` what is told of a place; for
    `resolve` see `source_files`. Raises NotAsExpected where only a whole build will do.
    """
    made: dict[str, bytes] = {}
    for path, table, row, others in _records(portfolio, files, resolve, place_file):
        address = addresses.data_file(f"{table}.json")
        made[address] = _with_row(made.get(address) or published(address), row, where=path)
        made |= {addresses.data_file(name): content for name, content in others.items()}
    if made:
        below = addresses.data_file("")
        named = {address.removeprefix(below): content for address, content in made.items()}
        lists = {addresses.data_file("index.json"): named, addresses.manifest: dict(made)}  # neither names the other
        made |= {address: _with_facts(published(address), contents) for address, contents in lists.items()}
    return tuple(Download(address, partial(_self, content)) for address, content in made.items())


def _self(content: bytes) -> bytes:
    return content


def _records(
    portfolio: Portfolio, files: Collection[str], resolve: Resolve, place_file: Callable[[str], bytes]
) -> Iterator[tuple[str, str, Any, dict[str, bytes]]]:
    """For each file with a row: its path, table, row, and the other files of the open data with its text, by name."""
    for path in files:
        id_ = path.removesuffix("/index.md").removesuffix(".md").rpartition("/")[2]
        if path.startswith("content/toolbox/practices/") and id_ in portfolio.practices:
            practice = portfolio.practices[id_]
            own = portfolio.home_of("practice", id_) is None
            yield path, "practices", practice_row(portfolio, practice), _source(path, practice, resolve) if own else {}
        elif path == f"content/toolbox/tools/{id_}/index.md":
            yield path, "tools", tool_row(portfolio.tools[id_]), {}
        elif path == f"cities/{id_}/index.md":
            home = portfolio.home_of("place", id_)
            place = portfolio.places[id_]
            others = _source(path, place, resolve) if home is None else {}
            yield path, "places", place_row(place, home), others | {f"places/{id_}/place.json": place_file(id_)}


def _source(path: str, written: Written, resolve: Resolve) -> dict[str, bytes]:
    return {f"source/{path}": source_bytes(path, written, resolve)}


def _with_row(table: bytes, row: Any, *, where: str) -> bytes:
    """A file of rows with another row in the place of the one that begins with the same id."""
    line = b"\n" + encoded(type(row), [row], ("json",), where=where)["json"].lines
    start = _only(table, line[: line.index(b", ") + 2])
    end = table.index(b"\n", start + 1)
    comma = b"," if table[end - 1 : end] == b"," else b""
    return b"".join((table[:start], line, comma, table[end:]))


def _with_facts(listed: bytes, contents: dict[str, bytes]) -> bytes:
    """A list of files with other sizes and fingerprints for some of them."""
    for name, content in contents.items():
        start = _only(listed, b'"name": "%b",\n' % name.encode())
        facts = _FACTS.search(listed, start)
        if facts is None:
            raise NotAsExpected(name)
        digest = hashlib.sha256(content).hexdigest().encode()
        new = b'"size": %d,\n%b"sha256": "%b"' % (len(content), facts[1], digest)
        listed = listed[: facts.start()] + new + listed[facts.end() :]
    return listed


def _only(whole: bytes, part: bytes) -> int:
    """Where a part begins that stands there once."""
    start = whole.find(part)
    if start < 0 or whole.find(part, start + 1) >= 0:
        raise NotAsExpected(part.decode())
    return start
