"""Whole numbers over one denominator give what fractions give."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lcsite.scoring.exact import ONE, ZERO, difference, mean, over_one, total, total_of_products
from tests.scoring.trees import LAW

values = st.fractions(min_value=-1, max_value=1, max_denominator=60)
weights = st.fractions(min_value=Fraction(1, 9), max_value=5, max_denominator=9)


def test_a_mean_of_what_weighs_alike_is_the_sum_over_the_count() -> None:
    assert mean([Fraction(1, 4), Fraction(1, 3), ZERO], [ONE] * 3) == Fraction(7, 36)


def test_a_mean_of_the_same_is_that_itself() -> None:
    half = Fraction(1, 2)
    assert mean([half, half], [ONE, Fraction(3)]) is half


@LAW
@given(st.lists(st.tuples(weights, values), min_size=1, max_size=6))
def test_a_mean_is_the_sum_of_products_over_the_sum_of_weights(pairs: list[tuple[Fraction, Fraction]]) -> None:
    expected = sum(weight * value for weight, value in pairs) / sum(weight for weight, _ in pairs)
    assert mean([value for _, value in pairs], [weight for weight, _ in pairs]) == expected
    assert total_of_products(pairs) == sum(weight * value for weight, value in pairs)
    assert total([value for _, value in pairs]) == sum(value for _, value in pairs)


@LAW
@given(values, values)
def test_a_difference_is_that_of_fractions_and_nothing_of_the_same(a: Fraction, b: Fraction) -> None:
    assert difference(a, b) == a - b
    assert difference(a, a) is ZERO


@LAW
@given(st.lists(values, min_size=1, max_size=4))
def test_what_stands_over_one_denominator_is_worth_the_same(several: list[Fraction]) -> None:
    over, above = over_one(*several)
    assert [Fraction(number, over) for number in above] == several
