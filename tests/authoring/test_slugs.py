"""File names from titles: what can be done without guessing, and what cannot."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.authoring.slugs import LONGEST_SLUG, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Learning vouchers that nobody used", "learning-vouchers-that-nobody-used"),
        ("Città 3000", "citta-3000"),
        ("São Tomé & Príncipe", "sao-tome-principe"),
        ("Łódź, Ærø and Straße", "lodz-aero-and-strasse"),
        ("The city’s own day", "the-citys-own-day"),
        ("  -- ", None),
        ("岡山市", None),
        ("Okayama 岡山", None),
        ("Αθήνα", None),
    ],
)
def test_a_title_becomes_small_letters_digits_and_hyphens(title: str, slug: str | None) -> None:
    assert slug_of(title) == slug


def test_a_long_title_is_cut_between_words() -> None:
    slug = slug_of("word " * 40)
    assert slug == "-".join(["word"] * 12)
    assert len(slug) <= LONGEST_SLUG


@given(st.text())
def test_every_slug_is_an_id_that_files_may_have(title: str) -> None:
    slug = slug_of(title)
    assert slug is None or (re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug) and len(slug) <= LONGEST_SLUG)
