"""What is kept of a language says the same as all that the library knows of it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Literal

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from lcsite.rendering import languages
from lcsite.rendering.languages import manner_of

_LENGTHS: tuple[Literal["short", "medium", "long", "full"], ...] = ("short", "medium", "long", "full")


@pytest.mark.parametrize("tag", ["en", "en-GB", "de", "ar", "zh-Hant", "pt-BR"])
def test_numbers_dates_and_names_are_those_of_the_whole_language(tag: str) -> None:
    kept, whole = manner_of(tag), Locale.parse(tag, sep="-")
    number = Decimal("1234567.25")
    assert format_decimal(number, locale=kept) == format_decimal(number, locale=whole)
    for month in range(1, 13):
        day = datetime.date(2026, month, 2)
        for length in _LENGTHS:
            assert format_date(day, length, locale=kept) == format_date(day, length, locale=whole)
    assert dict(kept.territories) == dict(whole.territories)
    assert dict(kept.languages) == dict(whole.languages)


def test_a_plugin_that_asks_the_library_for_more_still_finds_it() -> None:
    manner_of("en-GB")
    assert Locale.parse("en-GB", sep="-").currencies["EUR"] == "Euro"


def test_a_library_that_keeps_its_words_in_another_place_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "localedata", SimpleNamespace())
    manner_of.cache_clear()
    assert manner_of("de").currencies["EUR"] == "Euro"
    manner_of.cache_clear()
