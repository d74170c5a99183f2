"""The resource pair (method, section 6)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.scoring.resources import NoPart, ResourceFlag, ResourcePair, resource_pair
from tests.scoring.trees import LAW

F = Fraction


def pair(b: str, x: str | None, a: str, p: str | None) -> ResourcePair:
    return resource_pair(
        None if x is None else F(x), start=F(b), within_reach=F(a), potential=None if p is None else F(p)
    )


def test_a_poor_and_a_rich_city_change_places_against_the_absolute_reading() -> None:
    assert pair("2", "3.2", "3.5", "5") == ResourcePair(F("0.8"), F("0.4"))
    assert pair("6", "6.4", "8", "10") == ResourcePair(F("0.2"), F("0.1"))


def test_lower_is_better_with_the_same_formula() -> None:
    assert pair("12", "9", "8", "6") == ResourcePair(F("0.75"), F("0.5"))
    assert pair("12", "13", "8", "6") == ResourcePair(F(0), F(0), (ResourceFlag.BELOW_START,))


def test_beyond_what_the_means_allow_is_1_and_said() -> None:
    assert pair("2", "7", "4", "6") == ResourcePair(
        F(1), F(1), (ResourceFlag.BEYOND_AVAILABLE, ResourceFlag.BEYOND_POTENTIAL)
    )
    assert pair("2", "4", "4", "6") == ResourcePair(F(1), F("0.5"))
    assert pair("2", "5", "4", "6") == ResourcePair(F(1), F("0.75"), (ResourceFlag.BEYOND_AVAILABLE,))


def test_nothing_within_reach_makes_that_half_not_applicable() -> None:
    assert pair("3", "4", "3", "5") == ResourcePair(NoPart.NOT_APPLICABLE, F("0.5"))
    assert pair("3", "2", "3", "5") == ResourcePair(NoPart.NOT_APPLICABLE, F(0), (ResourceFlag.BELOW_START,))
    assert pair("3", "4", "3", "3") == ResourcePair(NoPart.NOT_APPLICABLE, NoPart.NOT_APPLICABLE)


def test_what_is_not_stated_or_not_known_is_said() -> None:
    assert pair("2", "3", "4", None) == ResourcePair(F("0.5"), NoPart.NOT_STATED)
    assert pair("2", None, "4", "6") == ResourcePair(NoPart.UNKNOWN, NoPart.UNKNOWN)
    assert pair("2", None, "4", None) == ResourcePair(NoPart.UNKNOWN, NoPart.NOT_STATED)


@pytest.mark.parametrize(("b", "a", "p"), [("2", "4", "1"), ("2", "4", "3"), ("5", "3", "4"), ("2", "4", "2")])
def test_means_on_different_sides_or_potential_nearer_than_reach_are_refused(b: str, a: str, p: str) -> None:
    with pytest.raises(ValueError, match="same side"):
        pair(b, "3", a, p)


@LAW
@given(
    st.integers(-50, 50), st.integers(0, 50), st.integers(0, 50), st.integers(-200, 200), st.booleans(),
    st.fractions(F(1, 50), 50, max_denominator=50), st.integers(-9, 9),
)
def test_potential_is_never_above_available_and_units_do_not_matter(
    b: int, reach: int, more: int, x: int, lower: bool, factor: Fraction, shift: int
) -> None:
    sign = -1 if lower else 1
    a, p = b + sign * reach, b + sign * (reach + more)
    found = resource_pair(F(x), start=F(b), within_reach=F(a), potential=F(p))
    if isinstance(found.available, Fraction) and isinstance(found.potential, Fraction):
        assert 0 <= found.potential <= found.available <= 1
    start, within, most, now = (each * factor + shift for each in (b, a, p, x))
    assert resource_pair(now, start=start, within_reach=within, potential=most) == found
