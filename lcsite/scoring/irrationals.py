"""Logarithms and roots as fractions, to thirty decimals, so that every later step stays exact and the same everywhere.

Nothing here uses binary floats, whose last digits differ between machines.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

__all__ = [
    "as_decimal", "log2", "log10", "log_position", "square_root", "to_thirty_decimals", "weighted_geometric_mean",
]

_CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_SCALE = 10**30


def as_decimal(value: Fraction) -> Decimal:
    """The fraction with sixty significant digits."""
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _as_fraction(value: Decimal) -> Fraction:
    return Fraction(int(_CONTEXT.multiply(value, Decimal(_SCALE)).to_integral_value(ROUND_HALF_EVEN)), _SCALE)


def to_thirty_decimals(value: Fraction) -> Fraction:
    """The nearest number of thirty decimals, so that sums of roots keep one small denominator."""
    return Fraction(round(value * _SCALE), _SCALE)


@lru_cache(maxsize=4096)
def _ln(value: Fraction) -> Decimal:
    return _CONTEXT.ln(as_decimal(value))


def log2(value: Fraction) -> Fraction:
    """The logarithm to base 2 of a number above 0, to thirty decimals."""
    return _as_fraction(_CONTEXT.divide(_ln(value), _ln(Fraction(2))))


@lru_cache(maxsize=65536)
def log10(value: Fraction) -> Fraction:
    """The logarithm to base 10 of a number above 0, to thirty decimals."""
    return _as_fraction(_CONTEXT.log10(as_decimal(value)))


def log_position(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """(ln value - ln low) / (ln high - ln low), for 0 < low < high and a value above 0."""
    span = _CONTEXT.subtract(_ln(high), _ln(low))
    return _as_fraction(_CONTEXT.divide(_CONTEXT.subtract(_ln(value), _ln(low)), span))


def square_root(value: Fraction) -> Fraction:
    """The root of a number of 0 or more, to thirty decimals."""
    return _as_fraction(_CONTEXT.sqrt(as_decimal(value)))


def weighted_geometric_mean(parts: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """The product of value ** (weight / sum of weights), to thirty decimals; values and weights above 0."""
    pairs = list(parts)
    over, every = (lcm(*[pair[nth].denominator for pair in pairs]) for nth in (1, 0))
    whole = [
        (value.numerator * (every // value.denominator), weight.numerator * (over // weight.denominator), value)
        for value, weight in pairs
    ]
    whole.sort()  # the same sum whatever the order of the parts
    total = Decimal(sum([weight for _, weight, _ in whole]))
    exponent = Decimal(0)
    for _, weight, value in whole:
        share = _CONTEXT.divide(Decimal(weight), total)
        exponent = _CONTEXT.add(exponent, _CONTEXT.multiply(share, _ln(value)))
    return _as_fraction(_CONTEXT.exp(exponent))
