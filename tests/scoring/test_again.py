"""What was worked out for things is found again for the same things, and never for others."""

from __future__ import annotations

from fractions import Fraction

from lcsite.scoring.again import found_again


def test_what_was_worked_out_for_things_is_found_again_for_these_alone() -> None:
    asked: list[tuple[Fraction, Fraction]] = []

    @found_again(most=10)
    def total(a: Fraction, b: Fraction) -> Fraction:
        asked.append((a, b))
        return a + b

    half, third = Fraction(1, 2), Fraction(1, 3)
    assert total(half, third) is total(half, third)
    assert total(third, half) == total(half, third) == Fraction(5, 6)
    assert asked == [(half, third), (third, half)]


def test_nothing_is_mistaken_for_what_has_been_forgotten() -> None:
    @found_again(most=3)
    def doubled(a: Fraction) -> Fraction:
        return a * 2

    # Each of these is given up at once, so that the next may come to lie in the same place.
    assert [doubled(Fraction(n, 7)) for n in range(100)] == [Fraction(2 * n, 7) for n in range(100)]
