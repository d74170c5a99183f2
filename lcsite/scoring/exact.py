"""Sums and products of fractions as whole numbers over one denominator: the same exact results, several times faster.

A framework weighs nearly everything alike, so most weights are one of so many and most denominators are the same.
Nothing here rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm

__all__ = ["ONE", "ZERO", "ends", "one_of", "product", "quotient", "total", "total_of_products"]

ZERO, ONE = Fraction(0), Fraction(1)


@lru_cache(maxsize=65536)
def one_of(count: int) -> Fraction:
    """The share of each of so many, which are at least one."""
    return Fraction(1, count) if count > 1 else ONE


def product(a: Fraction, b: Fraction) -> Fraction:
    """a times b; both are nearly always a weight, an answer of nothing, or one of everything."""
    if a is ONE:
        return b
    if b is ONE:
        return a
    if a.numerator == 1 == b.numerator:
        return one_of(a.denominator * b.denominator)
    return a * b


def quotient(part: Fraction, whole: Fraction) -> Fraction:
    """Part over whole."""
    return part if whole is ONE else part / whole


def total(values: Sequence[Fraction]) -> Fraction:
    """The sum; 0 of nothing."""
    return _over([value.numerator for value in values], [value.denominator for value in values])


def ends(values: Iterable[Fraction]) -> tuple[Fraction, Fraction]:
    """The least and the greatest of one value or more."""
    low = high = None
    for value in values:
        if low is None or high is None:
            low = high = value
        elif value is not low and value is not high:
            above, below = value.numerator, value.denominator
            if above * low.denominator < low.numerator * below:
                low = value
            elif above * high.denominator > high.numerator * below:
                high = value
    if low is None or high is None:
        raise ValueError("nothing has no ends")
    return low, high


def total_of_products(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """The sum of the products of each two; 0 of nothing."""
    pairs = list(pairs)
    if len(pairs) == 1:  # an item stands right below
        return product(*pairs[0])
    above, below = [], []
    for a, b in pairs:
        if number := a.numerator * b.numerator:
            above.append(number)
            below.append(a.denominator * b.denominator)
    return _over(above, below)


def _over(above: list[int], below: list[int]) -> Fraction:
    if not above:
        return ZERO
    first = below[0]
    if below.count(first) == len(below):
        found = sum(above)
        return ONE if found == first else Fraction(found, first)
    over = lcm(*below)
    return Fraction(sum(number * (over // part) for number, part in zip(above, below, strict=True)), over)
