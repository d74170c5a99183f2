from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.reading.plain_text import decode, location_at
from tests.reading.sources import spots


def test_text_in_any_script_is_taken_as_it_is() -> None:
    words = "Nzérékoré, 岡山市, القاهرة, नमस्ते, \U0001f469\u200d\U0001f33e, a\u200db, \u200fشهر\n\ttab\n"
    assert decode(words.encode(), "a.md") == (words, [])


def test_line_ends_of_other_systems_become_line_feeds() -> None:
    assert decode(b"a\r\nb\r\n", "a.md") == ("a\nb\n", [])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"caf\xe9\n", ["1:4 not-utf8"]),
        (b"a\nb\xff", ["2:2 not-utf8"]),
        ("é\n".encode("utf-16"), ["1:1 not-utf8"]),
        (b"\xed\xa0\x80", ["1:1 not-utf8"]),
        (b"\xc0\xaf", ["1:1 not-utf8"]),
        (b"\xef\xbb\xbfa", ["1:1 byte-order-mark"]),
        (b"a\x00b", ["1:2 forbidden-character"]),
        (b"a\rb", ["1:2 forbidden-character"]),
        (b"\x1b[31m", ["1:1 forbidden-character"]),
        (b"a\x7f", ["1:2 forbidden-character"]),
        ("a\u202eb\n\u2066".encode(), ["1:2 forbidden-character", "2:1 forbidden-character"]),
        ("a\u2028b".encode(), ["1:2 forbidden-character"]),
        ("a\x85b".encode(), ["1:2 forbidden-character"]),
        ("a\ufeffb".encode(), ["1:2 forbidden-character"]),
        ("a\uffff".encode(), ["1:2 forbidden-character"]),
        ("a\U000e0041".encode(), ["1:2 forbidden-character"]),
        ("cafe\u0301\n".encode(), ["1:4 not-normalised"]),
        ("a\ncafe\u0301\n".encode(), ["2:4 not-normalised"]),
    ],
)
def test_what_cannot_be_seen_or_read_is_refused_where_it_stands(raw: bytes, expected: list[str]) -> None:
    text, problems = decode(raw, "a.md")
    assert text is None
    assert spots(problems) == expected


def test_the_flag_of_scotland_is_spelt_with_invisible_letters_and_passes() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    assert decode(flag.encode(), "a.md")[1] == []


def test_only_the_first_few_of_many_are_reported() -> None:
    assert len(decode(b"\x00" * 10_000, "a.md")[1]) == 5


@pytest.mark.parametrize(("offset", "spot"), [(0, "a:3:1"), (1, "a:3:2"), (2, "a:4:1"), (4, "a:4:3")])
def test_lines_and_columns_are_counted_from_one(offset: int, spot: str) -> None:
    assert str(location_at("x\nyé", offset, "a", first_line=3)) == spot


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_end_in_text_or_in_problems(raw: bytes) -> None:
    text, problems = decode(raw, "a.md")
    assert (text is None) == bool(problems)
