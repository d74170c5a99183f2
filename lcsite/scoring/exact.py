"""Sums and products of fractions as whole numbers over one denominator: the same exact results, several times faster.

A framework weighs nearly everything alike, so most weights are one of so many and most denominators are the same.
Nothing here rounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm

__all__ = [
    "ONE", "ZERO", "difference", "ends", "mean", "one_of", "over_one", "product", "quotient", "total",
    "total_of_products",
]

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


def over_one(*values: Fraction) -> tuple[int, list[int]]:
    """The least denominator that is one for all of these, and what stands above it."""
    over = lcm(*[value.denominator for value in values])
    return over, [value.numerator * (over // value.denominator) for value in values]


def difference(a: Fraction, b: Fraction) -> Fraction:
    """a less b."""
    if a is b:
        return ZERO
    (above, below), (part, whole) = a.as_integer_ratio(), b.as_integer_ratio()
    return _made(above * whole - part * below, below * whole)


def total(values: Sequence[Fraction]) -> Fraction:
    """The sum; 0 of nothing."""
    return _made(*_sum([value.as_integer_ratio() for value in values]))


def mean(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    """The weighted mean of one value or more; every weight is above 0."""
    first, weight = values[0], weights[0]
    if not [value for value in values if value is not first]:
        return first
    if weights.count(weight) < len(weights):
        return total_of_products(zip(weights, values, strict=True)) / total(weights)
    above, below = _sum([value.as_integer_ratio() for value in values])
    return _made(above, below * len(values))


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
    products = []
    for a, b in pairs:
        (above, below), (part, whole) = a.as_integer_ratio(), b.as_integer_ratio()
        if number := above * part:
            products.append((number, below * whole))
    return _made(*_sum(products))


def _sum(ratios: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """The sum of ratios, over the least denominator that is one for all; 0 over 1 of nothing."""
    above, below = 0, 1
    for part, whole in ratios:
        if whole == below:
            above += part
        else:
            over = lcm(below, whole)
            above, below = above * (over // below) + part * (over // whole), over
    return above, below


def _made(above: int, below: int) -> Fraction:
    return Fraction(above, below) if 0 != above != below else ONE if above else ZERO
