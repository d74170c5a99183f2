"""A text as it can travel to another site: links inside this site become whole addresses or plain words, images words.

It takes nothing else away and adds nothing. What it gives passes the check of texts at the other end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lcsite.model.site import Site
from lcsite.reading.link_targets import file_part, linked_file
from lcsite.reading.prose_check import check_prose
from lcsite.reading.quoted_code import without_code

__all__ = ["portable_text", "whole_address"]

_IMAGE = re.compile(r"!\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\[\]\n]*\])?")
_WORDS = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*\Z")
_REST = re.compile(r"[^\s()<>]*(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)")
_ADDRESS = re.compile(r"[^\s()<>]*")
_PLAIN_LINK = re.compile(r"\[([^\[\]\\\n]*)\]\(([^\[\]\\()<>\s]{0,2000})\)")
"""Words in square brackets and an address in round ones, with nothing within each other."""
_NOWHERE = "#"
"""Where a link leads whose words cannot be told from its address: to the top of the page that holds it."""


def portable_text(body: str, file: str, resolve: Callable[[str, str], str]) -> str:
    """A text of the file `file`. `resolve(file, written)` gives the whole address for a link, or nothing."""
    if "](" not in body and "]:" not in body and "![" not in body:
        return body
    if (text := _with_plain_links(body, file, resolve)) is not None:
        return text
    prose = check_prose(body, file)
    for offset, _ in sorted(prose.images, reverse=True):
        if (image := _IMAGE.match(body, offset)) is not None:
            body = body[:offset] + image.group(1) + body[image.end() :]
    if prose.images:
        prose = check_prose(body, file)
    for offset, _ in sorted(set(prose.links), reverse=True):
        written = _ADDRESS.match(body, offset)
        assert written is not None  # it matches everywhere
        address = resolve(file, written.group())
        if not address and (words := _WORDS.search(body, 0, offset)) and (rest := _REST.match(body, offset)):
            body = body[: words.start()] + words.group(1) + body[rest.end() :]
        else:
            body = body[:offset] + (address or _NOWHERE) + body[written.end() :]
    return body


def _with_plain_links(body: str, file: str, resolve: Callable[[str, str], str]) -> str | None:
    """The same in one look, where every square bracket belongs to a link as plain as can be; else None."""
    if "![" in body or "]:" in body or without_code(body) is not body:
        return None

    pieces = _PLAIN_LINK.split(body)  # what stands before a link, its words, its address, and so on
    beside = "".join(pieces[::3])
    if "[" in beside or "]" in beside:
        return None
    for at in range(1, len(pieces), 3):
        words, written = pieces[at], pieces[at + 1]
        address = written if file_part(written) is None else resolve(file, written)
        pieces[at] = f"[{words}]({address})" if address or not written else words
        pieces[at + 1] = ""
    return "".join(pieces)


def whole_address(site: Site, targets: Mapping[str, str], file: str, written: str) -> str:
    """Where a link in `file` leads, seen from anywhere. Empty where the site does not know its own address.

    `targets` are the addresses of authored files, as `source_targets` gives them.
    """
    path, hash_, part = written.partition("#")
    address = targets.get(linked_file(path, file) or "")
    return f"{site.url.rstrip('/')}/{address}{hash_}{part}" if site.url and address is not None else ""
