"""Where a figure lies on its scale is drawn as the method reads it, also past the end or where it no longer counts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.pages.drawing import ItemBar, item_bar
from lcsite.scoring.results import Answered, Flag, Unknown, UnknownReason, Unscored, UnscoredReason

SHARES = st.fractions(min_value=0, max_value=1, max_denominator=400)


def test_a_figure_is_drawn_in_ink_up_to_what_is_sure_and_in_pencil_over_its_range() -> None:
    assert item_bar(Answered.exactly(Fraction(13, 20))) == ItemBar("known", "65", "0", "65")
    band = Answered(Fraction(1, 4), Fraction(3, 16), Fraction(5, 16))
    assert item_bar(band) == ItemBar("range", "18.75", "12.5", "25")


def test_a_figure_that_is_known_to_be_nought_keeps_its_pin() -> None:
    assert item_bar(Answered.exactly(Fraction(0))) == ItemBar("nought", "0", "0", "0")


@pytest.mark.parametrize(("worth", "end"), [(1, "end"), (0, "start")])
def test_a_figure_past_its_scale_points_past_the_end_at_which_it_lies(worth: int, end: str) -> None:
    drawn = item_bar(Answered.exactly(Fraction(worth)), [Flag.OLDER_YEAR, Flag.BEYOND_GOALPOST])
    assert drawn is not None
    assert (drawn.state, drawn.beyond) == ("beyond", end)


@given(SHARES, st.sampled_from([UnknownReason.STALE, UnknownReason.UNDATED, UnknownReason.OTHER_SCOPE]))
def test_a_figure_that_no_longer_counts_keeps_its_place_and_fills_nothing(once: Fraction, why: UnknownReason) -> None:
    drawn = item_bar(Unknown(why, once=Answered.exactly(once)), [Flag.STALE])
    assert drawn is not None
    assert (drawn.state, drawn.ink, drawn.pencil) == ("stale", "0", "0")
    assert abs(float(drawn.pin) - 100 * float(once)) <= 0.0051


def test_nothing_is_drawn_where_nothing_is_known_or_scored() -> None:
    assert item_bar(Unknown(UnknownReason.DONT_KNOW)) is None
    assert item_bar(Unscored(UnscoredReason.NO_GOALPOSTS)) is None
