"""Several voices, and the gap between saying and doing (method, section 9)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.scoring.showing import signed_points
from lcsite.scoring.voices import GapWording, Voices, VoicesWithheld, perception_gap, read_voices, say_do_gap
from tests.scoring.trees import LAW

F = Fraction
BEST_FIRST = [F(1), F(3, 4), F(1, 2), F(1, 4), F(0)]


def voices(*counts: int, dont_know: int = 0) -> Voices:
    steps = len(counts) - 1
    found = read_voices(counts, worths=[F(steps - place, steps) for place in range(steps + 1)], dont_know=dont_know)
    assert isinstance(found, Voices)
    return found


@pytest.mark.parametrize(("counts", "consensus"), [
    ([0, 8, 0, 0, 0], "1"), ([8, 0, 0, 0, 0], "1"), ([4, 0, 0, 0, 4], "0"), ([1, 2, 1, 0, 1], "0.464"),
    ([0, 3, 3, 0, 0], "0.8074"),
])
def test_consensus(counts: list[int], consensus: str) -> None:
    places = len(consensus.partition(".")[2])
    found = voices(*counts).consensus
    assert abs(found - F(consensus)) <= (F(1, 2 * 10**places) if places else 0)


def test_an_even_number_of_people_meets_between_two_steps() -> None:
    assert voices(0, 3, 3, 0, 0).median == F("0.625")
    assert voices(1, 2, 2, 0, 0).median == F("0.75")


def test_dont_knows_are_counted_apart() -> None:
    found = voices(0, 5, 0, 0, 0, dont_know=7)
    assert (found.n, found.dont_know, found.median) == (5, 7, F(3, 4))


def test_fewer_than_five_people_are_not_published() -> None:
    assert read_voices([4, 0, 0, 0, 0], worths=BEST_FIRST, dont_know=9) == VoicesWithheld()


def test_counts_that_do_not_fit_the_scale_are_refused() -> None:
    for counts in ([5], [5, 0], [-1, 9, 0, 0, 0]):
        with pytest.raises(ValueError, match="counts of 0 or more"):
            read_voices(counts, worths=BEST_FIRST)


def test_a_perception_gap_needs_both_groups() -> None:
    officials, citizens = voices(5, 0, 0, 0, 0), voices(0, 0, 5, 0, 0)
    assert perception_gap(officials, citizens) == F(1, 2)
    assert perception_gap(officials, VoicesWithheld()) is None


def test_more_is_announced_than_is_in_place() -> None:
    said = [F(1), F(3, 4), F(3, 4), F(1)]
    done = [F(1, 2), F(0), F(1, 2), F(1, 4)]
    gap = say_do_gap([((f"p{n}", a), (f"d{n}", b)) for n, (a, b) in enumerate(zip(said, done, strict=True))])
    assert gap is not None
    assert (gap.announced, gap.in_place, gap.gap) == (F("0.875"), F("0.3125"), F("0.5625"))
    assert signed_points(gap.gap) == "+56.3"
    assert gap.wording is GapWording.MORE_ANNOUNCED
    assert gap.pairs == (("p0", "d0"), ("p1", "d1"), ("p2", "d2"), ("p3", "d3"))


def test_the_gap_the_other_way_level_and_none() -> None:
    more = say_do_gap([(("p", F(0)), ("d", F(1)))])
    level = say_do_gap([(("p", F(1)), ("d", F(1)))])
    assert more is not None
    assert level is not None
    assert more.wording is GapWording.MORE_IN_PLACE
    assert level.wording is GapWording.LEVEL
    assert say_do_gap([]) is None


@LAW
@given(st.lists(st.integers(0, 9), min_size=2, max_size=7).filter(lambda counts: sum(counts) >= 5), st.integers(1, 9))
def test_consensus_lies_between_0_and_1_and_is_the_same_mirrored_or_multiplied(counts: list[int], times: int) -> None:
    found = voices(*counts).consensus
    assert 0 <= found <= 1
    assert voices(*counts[::-1]).consensus == found
    assert voices(*(count * times for count in counts)).consensus == found
    assert (found == 1) == (sum(1 for count in counts if count) == 1)
