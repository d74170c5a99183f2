"""Which year's figure counts (method, section 5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.scoring.years import Chosen, Dated, is_stale, latest_usable
from tests.scoring.trees import LAW


def chosen(*years: int | None, tolerance: int = 3) -> Chosen[str] | None:
    return latest_usable([Dated(year, f"figure of {year}") for year in years], as_of=2026, tolerance=tolerance)


def test_a_figure_within_its_tolerance_is_used_and_one_year_more_is_stale() -> None:
    assert chosen(2023) == Chosen(2023, "figure of 2023", stale=False)
    assert chosen(2022) == Chosen(2022, "figure of 2022", stale=True)


def test_the_latest_figure_not_later_than_the_assessment_is_used() -> None:
    assert chosen(2023, 2025, 2027) == Chosen(2025, "figure of 2025", stale=False)


def test_a_tolerance_of_nothing_means_the_same_year_only() -> None:
    assert chosen(2026, tolerance=0) == Chosen(2026, "figure of 2026", stale=False)
    assert chosen(2025, tolerance=0) == Chosen(2025, "figure of 2025", stale=True)


def test_a_later_figure_waits_and_an_undated_one_is_shown_without_a_year() -> None:
    assert chosen(2027) is None
    assert chosen() is None
    assert chosen(None) == Chosen(None, "figure of None", stale=False)
    assert chosen(None, 2019) == Chosen(2019, "figure of 2019", stale=True)


def test_two_figures_of_one_year_are_refused() -> None:
    with pytest.raises(ValueError, match="two figures for one year: 2024"):
        chosen(2024, 2023, 2024)


def test_nothing_looks_ahead() -> None:
    with pytest.raises(ValueError, match="later than the assessment"):
        is_stale(2027, as_of=2026, tolerance=3)


@LAW
@given(st.sets(st.integers(2000, 2040), min_size=1), st.integers(0, 10))
def test_a_later_row_changes_nothing(years: set[int], tolerance: int) -> None:
    assert chosen(*years, tolerance=tolerance) == chosen(*(y for y in years if y <= 2026), tolerance=tolerance)
