"""Change between two rounds, like for like (method, section 8), and the pace towards a target."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.model.scale import Direction
from lcsite.scoring.pace import (
    Band,
    FirstReading,
    Keep,
    OnTheWay,
    Pace,
    TargetAchieved,
    TargetMissed,
    pace,
)
from lcsite.scoring.progress import Change, compare_nodes
from lcsite.scoring.results import Answered
from lcsite.scoring.showing import signed_points
from lcsite.scoring.tree import Branch, evaluate
from tests.scoring.trees import LAW, NOT_APPLICABLE, UNKNOWN, grown, leaf, node, trees

F = Fraction


def flat(*values: str | None) -> Branch:
    return node("r", *(
        leaf(f"i{nth}", UNKNOWN if value is None else NOT_APPLICABLE if value == "n/a" else value)
        for nth, value in enumerate(values)
    ))


def compared(first: Branch, second: Branch) -> Change:
    return compare_nodes(evaluate(first), evaluate(second))


def parts(change: Change) -> list[str]:
    return [
        "none" if each is None else signed_points(each)
        for each in (change.headline, change.like_for_like, change.coverage_effect)
    ]


def test_a_new_answer_is_coverage_and_not_progress() -> None:
    change = compared(flat("0.5", "0.25", "0", None), flat("0.5", "0.5", "0", "1"))
    assert parts(change) == ["+25.0", "+8.3", "+16.7"]
    assert change.like_for_like == F(1, 12)
    assert change.compared == ("i0", "i1", "i2")
    assert change.share == F(3, 4)
    assert change.headline_shown


def test_going_silent_earns_nothing() -> None:
    first, second = flat("1", "0.5", "0", "0"), flat("1", "0.5", None, None)
    change = compared(first, second)
    assert parts(change) == ["+37.5", "0.0", "+37.5"]
    assert not change.headline_shown
    ends = [evaluate(each).numbers for each in (first, second)]
    assert [n.low for n in ends if n] == [F("0.375"), F("0.375")]


def test_calling_a_gap_not_applicable_earns_nothing() -> None:
    assert parts(compared(flat("1", "0"), flat("1", "n/a"))) == ["+50.0", "0.0", "+50.0"]


def test_the_weights_of_the_later_tree_count() -> None:
    first = node("r", node("a", leaf("a1", 0)), node("b", leaf("b1", 1), leaf("b2", UNKNOWN)))
    second = node("r", node("a", leaf("a1", "0.5")), node("b", leaf("b1", 0), leaf("b2", 1)))
    change = compared(first, second)
    assert change.share == F(1, 2) + F(1, 4)
    assert parts(change) == ["+16.7", "0.0", "+16.7"]
    assert change.headline == F(1, 6)


def test_without_a_common_answer_nothing_can_be_compared() -> None:
    change = compared(flat("0.5", None), flat(None, "1"))
    assert change.like_for_like is None
    assert change.compared == ()
    assert change.share == 0


def test_a_new_node_has_no_headline() -> None:
    change = compare_nodes(None, evaluate(flat("0.5")))
    assert (change.headline, change.coverage_effect, change.like_for_like) == (None, None, None)
    assert not change.headline_shown


def test_an_item_with_another_meaning_is_not_compared() -> None:
    change = compare_nodes(evaluate(flat("0", "0")), evaluate(flat("1", "1")), before={"i0": Answered.exactly(F(0))})
    assert change.compared == ("i0",)
    assert change.share == F(1, 2)


def test_a_figure_of_the_same_year_is_counted_without_change_and_named() -> None:
    change = compare_nodes(evaluate(flat("0", "0.5")), evaluate(flat("1", "0.5")), not_renewed={"i1"})
    assert change.not_renewed == ("i1",)
    assert change.like_for_like == F(1, 2)
    assert change.share == 1


@LAW
@given(trees)
def test_the_same_round_twice_is_no_change(tree: Branch) -> None:
    change = compared(tree, tree)
    assert change.like_for_like in (0, None)
    assert change.headline in (0, None)
    assert change.coverage_effect in (0, None)


def two_rounds(first: bytes, changes: bytes) -> tuple[Branch, Branch]:
    """Two rounds with the same items, a few of them answered otherwise; sometimes with another tree."""
    second = bytearray(first)
    for place, byte in zip(changes[::2], changes[1::2], strict=False):
        second[place % len(first)] = byte
    return grown(first), grown(bytes(second))


rounds = st.builds(two_rounds, st.binary(min_size=3, max_size=21), st.binary(max_size=12))


@LAW
@given(rounds)
def test_the_parts_add_up_and_reversing_keeps_the_items_compared(two: tuple[Branch, Branch]) -> None:
    forward, back = compared(*two), compared(two[1], two[0])
    assert set(forward.compared) == set(back.compared)
    for change in (forward, back):
        if change.headline is not None:
            assert change.coverage_effect is not None
            assert (change.like_for_like or 0) + change.coverage_effect == change.headline
        assert 0 <= change.share <= 1
        assert change.like_for_like is None or -1 <= change.like_for_like <= 1
    if forward.headline is not None:
        assert back.headline == -forward.headline


# Pace


def going(first: str, now: str, aim: str, *, years: tuple[int, int, int], lower: bool = False) -> Pace:
    start, latest, target = years
    return pace(
        (start, F(first)), (latest, F(now)), target=(target, F(aim)),
        direction=Direction.LOWER if lower else Direction.HIGHER,
    )


@pytest.mark.parametrize(("now", "ratio", "band"), [
    ("57", "0.95", Band.SUBSTANTIAL), ("36", "0.6", Band.MODERATE), ("35.9", "0.59833", Band.LIMITED),
    ("0", "0", Band.LIMITED), ("-1", "-0.01667", Band.DETERIORATION),
])
def test_the_bands_of_pace(now: str, ratio: str, band: Band) -> None:
    found = going("0", now, "100", years=(2020, 2026, 2030))
    assert isinstance(found, OnTheWay)
    assert found.band is band
    assert abs(found.ratio - F(ratio)) < F(1, 100000)
    assert found.share == F(now) / 100


def test_a_start_beyond_the_target_is_to_be_kept() -> None:
    assert going("50", "45", "40", years=(2020, 2026, 2030)) == Keep(kept=True)
    assert going("50", "35", "40", years=(2020, 2026, 2030)) == Keep(kept=False)


def test_a_target_of_zero_misleads_nobody() -> None:
    slow = going("12", "9", "0", years=(2015, 2024, 2030), lower=True)
    assert isinstance(slow, OnTheWay)
    assert slow.ratio == F(5, 12)
    assert slow.band is Band.LIMITED
    fast = going("12", "1", "0", years=(2015, 2024, 2030), lower=True)
    assert isinstance(fast, OnTheWay)
    assert fast.ratio == F(55, 36)
    assert fast.band is Band.SUBSTANTIAL
    assert abs(fast.share - F("0.9167")) < F(1, 10000)


def test_a_rise_half_way_to_its_target() -> None:
    found = going("40", "52", "70", years=(2015, 2024, 2030))
    assert isinstance(found, OnTheWay)
    assert found.ratio == F(2, 3)


def test_first_reading_achieved_and_missed() -> None:
    assert going("0", "0", "100", years=(2020, 2020, 2030)) == FirstReading()
    assert going("0", "100", "100", years=(2020, 2026, 2030)) == TargetAchieved()
    assert going("0", "100", "100", years=(2020, 2031, 2030)) == TargetAchieved()
    assert going("0", "80", "100", years=(2020, 2030, 2030)) == TargetMissed(F("0.8"))
    assert going("10", "12", "0", years=(2020, 2030, 2030), lower=True) == TargetMissed(F("-0.2"))


def test_a_pace_needs_a_direction_and_time_that_runs_forwards() -> None:
    with pytest.raises(ValueError, match="higher or lower"):
        pace((2020, F(0)), (2021, F(1)), target=(2030, F(2)), direction=Direction.TARGET)
    with pytest.raises(ValueError, match="earlier than the start"):
        going("0", "1", "2", years=(2020, 2019, 2030))


@LAW
@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 50), st.integers(1, 15), st.integers(1, 15))
def test_pace_is_the_same_upside_down(first: int, now: int, way: int, gone: int, left: int) -> None:
    years = (2010, 2010 + gone, 2010 + gone + left)
    up = going(str(first), str(now), str(first + way), years=years)
    down = going(str(-first), str(-now), str(-first - way), years=years, lower=True)
    assert up == down
