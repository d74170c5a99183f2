from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.reading.image_notes import notes_in

GPS = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0"
"""A directory with one entry: where the directory about the place stands."""


def chunk(name: bytes, inside: bytes = b"") -> bytes:
    return struct.pack(">I", len(inside)) + name + inside + struct.pack(">I", zlib.crc32(name + inside))


def png(*between: bytes, behind: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(between) + data + chunk(b"IEND") + behind


def segment(marker: int, inside: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(inside) + 2) + inside


def jpeg(*between: bytes, scans: bytes = b"\x12\xff\x00\x34\xff\xd0\x56", behind: bytes = b"") -> bytes:
    frame = segment(0xC0, struct.pack(">BHHB", 8, 1, 1, 1) + b"\x01\x11\0")
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + scans
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0" + bytes(9)) + b"".join(between) + frame + scan + b"\xff\xd9" + behind


def webp(*chunks: tuple[bytes, bytes], behind: bytes = b"") -> bytes:
    inside = b"WEBP" + b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(inside)) + inside + behind


VP8L = (b"VP8L", b"\x2f\0\0\0\0")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (png(), "png"), (png(chunk(b"gAMA", b"\0\0\0\1"), chunk(b"iCCP", b"x\0\0")), "png"), (jpeg(), "jpeg"),
        (jpeg(segment(0xE2, b"ICC_PROFILE\0\1\1"), segment(0xEE, b"Adobe\0d\0\0\0\0\0")), "jpeg"),
        (jpeg(scans=b"\x12" + segment(0xC4, b"\0") + segment(0xDA, b"\x01") + b"\x34"), "jpeg"),
        (webp(VP8L), "webp"), (webp((b"VP8X", bytes(10)), (b"ICCP", b"x"), VP8L), "webp"),
    ],
)  # fmt: skip
def test_a_picture_with_its_colours_is_only_a_picture(raw: bytes, kind: str) -> None:
    assert notes_in(raw, kind) is None


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        (jpeg(segment(0xE1, GPS)), "jpeg", "EXIF"),
        (jpeg(segment(0xE2, b"ICC_PROFILE\0\1\1"), segment(0xE1, GPS)), "jpeg", "EXIF"),
        (jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>")), "jpeg", "XMP"),
        (jpeg(segment(0xED, b"Photoshop 3.0\0")), "jpeg", "EXIF"),
        (jpeg(segment(0xE2, b"MPF\0")), "jpeg", "EXIF"),
        (jpeg(segment(0xFE, b"my name")), "jpeg", "comment"),
        (jpeg(scans=b"\x12" + segment(0xE1, GPS) + segment(0xDA, b"\x01") + b"\x34"), "jpeg", "EXIF"),
        (jpeg(behind=b"PK\3\4"), "jpeg", "behind"),
        (png(chunk(b"eXIf", GPS)), "png", "EXIF"),
        (png(chunk(b"tEXt", b"Author\0me")), "png", "words"),
        (png(chunk(b"iTXt", b"XML:com.adobe.xmp\0")), "png", "words"),
        (png(chunk(b"zTXt", b"x\0\0")), "png", "words"),
        (png(chunk(b"prVt", b"<script>")), "png", "no part of a still picture"),
        (png(chunk(b"acTL", b"\0\x0f\0\0\0\0\0\0")), "png", "no part of a still picture"),
        (png(behind=b"<script>"), "png", "behind"),
        (webp((b"VP8X", bytes(10)), VP8L, (b"EXIF", GPS)), "webp", "EXIF"),
        (webp((b"VP8X", bytes(10)), VP8L, (b"XMP ", b"<x/>")), "webp", "XMP"),
        (webp(VP8L, behind=b"<script>"), "webp", "behind"),
    ],
)  # fmt: skip
def test_what_a_picture_carries_beside_itself_is_named(raw: bytes, kind: str, words: str) -> None:
    assert words in (notes_in(raw, kind) or "")


@given(st.sampled_from(["png", "jpeg", "webp"]), st.sampled_from([png(), jpeg(), webp(VP8L)]), st.binary(max_size=80),
    st.integers(0, 60))  # fmt: skip
def test_damaged_pictures_do_no_harm(kind: str, raw: bytes, noise: bytes, at: int) -> None:
    notes_in(raw[:at] + noise + raw[at:], kind)
