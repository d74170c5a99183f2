"""When a number is shown, and how it is rounded (method, section 3)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.scoring.results import Counts, Numbers
from lcsite.scoring.showing import (
    NoReading,
    NotEnoughKnown,
    Shown,
    ShownPoint,
    ShownRange,
    WhyEmpty,
    points_with_one_decimal,
    show,
    signed_points,
    whole_points,
)
from lcsite.scoring.tree import Branch, evaluate
from tests.scoring.trees import (
    LAW,
    NOT_APPLICABLE,
    UNSCORED,
    WORKED_A,
    WORKED_B,
    WORKED_D,
    leaf,
    lines,
    node,
    trees,
)


def shown(tree: Branch) -> Shown:
    top = evaluate(tree)
    return show(top.numbers, top.counts)


def test_the_worked_examples_are_shown_as_the_method_says() -> None:
    assert shown(WORKED_A) == ShownPoint(66, 52, 73)
    assert shown(WORKED_B) == ShownPoint(59, 52, 64)
    assert shown(WORKED_D) == ShownPoint(50, 40, 59)


def test_the_profile_of_worked_d() -> None:
    profile = [show(child.numbers, child.counts) for child in evaluate(WORKED_D).children]
    assert profile == [
        ShownPoint(55, 50, 60), ShownPoint(35, 30, 40), ShownRange(20, 75), ShownPoint(65, 60, 70),
        ShownPoint(20, 15, 25), ShownPoint(75, 70, 80),
    ]


def test_a_border_belongs_to_the_higher_class() -> None:
    assert shown(lines("x", "TPD")) == ShownPoint(75, 50, 84)
    assert shown(lines("x", "TDD")) == ShownRange(33, 100)
    assert shown(lines("x", "TDDD")) == NotEnoughKnown()


def test_a_node_without_a_reading_says_why() -> None:
    assert shown(node("x", leaf("a", NOT_APPLICABLE))) == NoReading(WhyEmpty.NOT_APPLICABLE)
    assert shown(node("x", leaf("a", UNSCORED))) == NoReading(WhyEmpty.UNSCORED)
    assert shown(node("x", leaf("a", UNSCORED), leaf("b", NOT_APPLICABLE))) == NoReading(WhyEmpty.BOTH)
    assert show(None, Counts()) == NoReading(WhyEmpty.NO_ITEMS)


@pytest.mark.parametrize(("value", "points"), [
    ("0.65625", 66), ("0.525", 53), ("0.535", 54), ("0.995", 100), ("0.004999", 0), ("0.005", 1),
])
def test_a_point_is_rounded_half_up(value: str, points: int) -> None:
    assert whole_points(Fraction(value)) == points


@pytest.mark.parametrize("points", [29, 58, 7])
def test_a_bound_on_a_whole_point_stays_there(points: int) -> None:
    bound = Fraction(points, 100)
    assert show(Numbers(bound, bound, bound, Fraction(1)), Counts(1)) == ShownPoint(points, points, points)


@pytest.mark.parametrize(("value", "text"), [
    ("1/12", "+8.3"), ("-1/12", "-8.3"), ("0.5625", "+56.3"), ("0.0005", "+0.1"), ("-0.0005", "-0.1"), ("0", "0.0"),
    ("0.00049", "0.0"), ("-0.00049", "0.0"), ("1", "+100.0"), ("0.25", "+25.0"),
])
def test_a_change_has_one_decimal_and_a_sign(value: str, text: str) -> None:
    assert signed_points(Fraction(value)) == text
    assert points_with_one_decimal(Fraction(value)) == Decimal(text)


@LAW
@given(trees)
def test_the_rounded_point_never_leaves_the_rounded_range(tree: Branch) -> None:
    seen = shown(tree)
    if isinstance(seen, ShownPoint):
        assert 0 <= seen.low <= seen.point <= seen.high <= 100
    if isinstance(seen, ShownRange):
        assert 0 <= seen.low <= seen.high <= 100


@LAW
@given(st.fractions(-1, 1, max_denominator=5000))
def test_a_change_and_its_opposite_round_alike(value: Fraction) -> None:
    assert points_with_one_decimal(value) == -points_with_one_decimal(-value)
    assert abs(Fraction(points_with_one_decimal(value)) - value * 100) <= Fraction(1, 20)
