from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.reading.images import Picture, is_whole, look_at

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", 640, 480) + b"\x08\x02\0\0\0"
PNG += b"\0\0\0\0" + b"\0\0\0\0IDAT\0\0\0\0" + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = (
    b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
    b"\xff\xc0" + struct.pack(">HBHH", 17, 8, 480, 640) + b"\0" * 10
)
WEBP_SIMPLE = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 640, 480)
WEBP_LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f" + (639 | 479 << 14).to_bytes(4, "little")
WEBP_LONG = (
    b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0" + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [(PNG, "png"), (JPEG, "jpeg"), (WEBP_SIMPLE, "webp"), (WEBP_LOSSLESS, "webp"), (WEBP_LONG, "webp")],
)
def test_pictures_are_told_by_their_first_bytes(raw: bytes, kind: str) -> None:
    assert look_at(raw) == Picture(kind, 640, 480)


@pytest.mark.parametrize("raw", [b"", b"<svg/>", b"GIF89a", b"\xff\xd8\xff", PNG[:20], b"RIFFxxxxWEBP", b"%PDF",
    b"\0" * 50])
def test_anything_else_is_no_picture(raw: bytes) -> None:
    assert look_at(raw) is None


@pytest.mark.parametrize(("raw", "kind"), [(PNG, "png"), (JPEG + b"\xff\xd9", "jpeg"), (WEBP_SIMPLE, "webp")])
def test_a_picture_that_was_cut_off_is_not_whole(raw: bytes, kind: str) -> None:
    assert is_whole(raw, kind)
    assert not is_whole(raw[:-1] if kind != "webp" else b"RIFF\xff" + raw[5:], kind)


def test_a_picture_without_a_picture_in_it_is_not_whole() -> None:
    assert not is_whole(PNG.replace(b"IDAT", b"bKGD"), "png")


@given(st.sampled_from([PNG, JPEG, WEBP_SIMPLE, WEBP_LONG]), st.binary(max_size=60), st.integers(0, 40))
def test_damaged_pictures_do_no_harm(raw: bytes, noise: bytes, at: int) -> None:
    look_at(raw[:at] + noise + raw[at:])
    look_at(raw[:at] + noise)
