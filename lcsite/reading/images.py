"""What an image file really is, by its first bytes, and how large a picture it holds. Nothing is decoded."""

from __future__ import annotations

import struct

from lcsite.light_classes import dataclass
from lcsite.reading.plain_text import KIB

__all__ = ["LARGEST_IMAGE", "MOST_PIXELS", "Picture", "is_whole", "look_at"]

LARGEST_IMAGE = 4 * 1024 * KIB
MOST_PIXELS = 24_000_000

_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Picture:
    """`kind` is png, jpeg or webp; width and height in pixels."""

    kind: str
    width: int
    height: int


def look_at(raw: bytes) -> Picture | None:
    """The kind and size of a picture, or None where the bytes are no PNG, JPEG or WebP."""
    try:
        if raw.startswith(b"\x89PNG\r\n\x1a\n") and raw[12:16] == b"IHDR":
            return Picture("png", *struct.unpack(">II", raw[16:24]))
        if raw.startswith(b"\xff\xd8\xff"):
            return _jpeg(raw)
        if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
            return _webp(raw)
    except (struct.error, IndexError):
        return None
    return None


def is_whole(raw: bytes, kind: str) -> bool:
    """Whether the picture goes on to its own end. A file that was cut off shows half a picture, or none."""
    if kind == "png":
        return raw.find(b"IDAT") > 0 and raw.endswith(b"IEND\xaeB`\x82")
    if kind == "jpeg":
        return raw.endswith(b"\xff\xd9")
    return len(raw) >= 8 + int.from_bytes(raw[4:8], "little")


def _jpeg(raw: bytes) -> Picture | None:
    position = 2
    while position < len(raw):
        if raw[position] != 0xFF:
            return None
        marker = raw[position + 1]
        if marker == 0xFF:
            position += 1
        elif marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", raw[position + 5 : position + 9])
            return Picture("jpeg", width, height)
        elif marker == 0x01 or 0xD0 <= marker <= 0xD7:
            position += 2
        else:
            position += 2 + struct.unpack(">H", raw[position + 2 : position + 4])[0]
    return None


def _webp(raw: bytes) -> Picture | None:
    kind = raw[12:16]
    if kind == b"VP8X":
        return Picture("webp", 1 + int.from_bytes(raw[24:27], "little"), 1 + int.from_bytes(raw[27:30], "little"))
    if kind == b"VP8L" and raw[20] == 0x2F:
        bits = int.from_bytes(raw[21:25], "little")
        return Picture("webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if kind == b"VP8 " and raw[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", raw[26:30])
        return Picture("webp", width & 0x3FFF, height & 0x3FFF)
    return None
