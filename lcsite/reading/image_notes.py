"""What an image file carries beside its picture: notes of the camera, places, names, or a second file behind the end.

Pictures are published byte for byte, so what must not be published is refused, and nothing is taken out in secret.
Colour profiles stay. Nothing is decoded; a damaged file is looked at as far as it can be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["notes_in"]

_CAMERA = "notes of a camera or a program (EXIF), which can say where and when it was taken"
_XMP = "notes of a program (XMP), which can hold names and places"
_WORDS = "words that nobody sees (a comment or a caption)"
_UNKNOWN = "a part that is no part of a still picture"
_BEHIND = "something else behind the end of the picture"

_PNG = {b"eXIf": _CAMERA, b"iTXt": _WORDS, b"tEXt": _WORDS, b"zTXt": _WORDS}
_OF_THE_PICTURE = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT cICP mDCV cLLI".split()
)
"""https://www.w3.org/TR/png-3/#11Chunks; the time of the last change and moving pictures are left out."""
_WEBP = {b"EXIF": _CAMERA, b"XMP ": _XMP}
_NEXT_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_JPEG_COMMENT = 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_PLAIN_APPLICATIONS = {0xE0: b"JF", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}


def notes_in(raw: bytes, kind: str) -> str | None:
    """What a picture of a kind (png, jpeg, webp) carries and must not, in words; None where it is only a picture."""
    return next(_READERS[kind](raw), None)


def _png(raw: bytes) -> Iterator[str]:
    position = 8
    while position + 8 <= len(raw):
        name = raw[position + 4 : position + 8]
        if name in _PNG:
            yield _PNG[name]
        elif name not in _OF_THE_PICTURE:
            yield _UNKNOWN
        position += 12 + int.from_bytes(raw[position : position + 4], "big")
        if name == b"IEND" and position < len(raw):
            yield _BEHIND
            return


def _jpeg(raw: bytes) -> Iterator[str]:
    position = 2
    while (found := _NEXT_MARKER.search(raw, position)) is not None:
        marker, start = found[1][0], found.end()
        if marker == 0xD9:
            if start < len(raw):
                yield _BEHIND
            return
        size = int.from_bytes(raw[start : start + 2], "big")
        inside = raw[start + 2 : start + 31]
        if marker == _JPEG_COMMENT:
            yield _WORDS
        elif marker in _APPLICATIONS and not (
            marker in _PLAIN_APPLICATIONS and inside.startswith(_PLAIN_APPLICATIONS[marker])
        ):
            yield _XMP if inside.startswith(b"http://ns.adobe.com/x") else _CAMERA
        position = start + max(size, 2)


def _webp(raw: bytes) -> Iterator[str]:
    position = 12
    while position + 8 <= len(raw):
        name = raw[position : position + 4]
        if name in _WEBP:
            yield _WEBP[name]
        size = int.from_bytes(raw[position + 4 : position + 8], "little")
        position += 8 + size + size % 2
    end = 8 + int.from_bytes(raw[4:8], "little")
    if 12 < end < len(raw) - 1:
        yield _BEHIND


_READERS = {"jpeg": _jpeg, "png": _png, "webp": _webp}
