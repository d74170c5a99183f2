"""Two rounds of one place (method, section 8)."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcsite.model.framework import Construct
from lcsite.scoring import FirstRound, Rounds, Scorecard, compare_rounds, score_assessment
from lcsite.scoring.progress import Change
from tests.scoring.sampleby import OPEN_DOORS, assessment, framework, row, scored
from tests.scoring.trees import LAW

F = Fraction


def compared(earlier: Scorecard, later: Scorecard) -> Rounds:
    found = compare_rounds(earlier, later)
    assert isinstance(found, Rounds)
    return found


def change(first: dict[str, Any], second: dict[str, Any], node: str = "open", **more: Any) -> Change:
    found = compared(scored(first, year=2024, **more), scored(second, year=2026, **more))
    return found.nodes[Construct.PRACTICE][node]


def test_a_place_without_an_earlier_round_has_a_first_reading() -> None:
    assert compare_rounds(None, scored({"open-1": "1"})) == FirstRound(datetime.date(2026, 6, 30))


def test_each_node_has_its_change_under_the_weights_of_the_later_round() -> None:
    found = change({"open-1": "0", "open-2": "2"}, {"open-1": "4", "open-2": "2"})
    assert found.like_for_like == F(1, 4)
    assert found.headline == F(1, 4)
    assert found.coverage_effect == 0
    assert found.headline_shown


def test_practice_outcome_and_plans_are_compared_apart() -> None:
    rows = [row("visits", "2024", value="20"), row("visits", "2026", value="30")]
    found = compared(scored({"strategy": "no"}, year=2024, rows=rows), scored({"strategy": "yes"}, rows=rows))
    assert found.nodes[Construct.OUTCOME]["visits"].like_for_like == F(1, 10)
    assert found.nodes[Construct.PLAN]["strategy"].like_for_like == 1
    assert found.nodes[Construct.PRACTICE]["open"].like_for_like is None
    assert found.totals == {}


def test_a_total_is_compared_only_where_the_framework_publishes_one() -> None:
    using = framework(publish_total={"value": "1", "because": "The council asked for it."})
    found = compared(scored({"open-1": "0"}, year=2024, using=using), scored({"open-1": "4"}, using=using))
    assert found.totals[Construct.PRACTICE].like_for_like == 1


def test_a_figure_of_the_same_year_is_named_as_not_renewed() -> None:
    rows = [row("visits", "2024", value="20")]
    found = compared(scored({}, year=2024, rows=rows), scored({}, year=2026, rows=rows))
    visits = found.nodes[Construct.OUTCOME]["used"]
    assert visits.not_renewed == ("visits",)
    assert visits.like_for_like == 0


def test_an_old_answer_read_again_is_no_change_in_the_place() -> None:
    found = change({"open-1": {"value": "2", "year": 2024}}, {"open-1": {"value": "3", "year": 2024}})
    assert found.not_renewed == ("open-1",)
    assert found.like_for_like == 0


def test_two_answers_within_one_year_are_two_answers() -> None:
    early = assessment({"open-1": "1"}, as_of=datetime.date(2026, 1, 31))
    first = score_assessment(OPEN_DOORS, early, as_of=datetime.date(2026, 12, 31))
    found = compared(first, scored({"open-1": "3"})).nodes[Construct.PRACTICE]["open-1"]
    assert (found.like_for_like, found.not_renewed) == (F(1, 2), ())


def test_one_row_in_two_rounds_of_one_year_is_not_renewed() -> None:
    rows = [row("visits", "2025", value="20")]
    january = assessment({}, as_of=datetime.date(2026, 1, 31))
    early = score_assessment(OPEN_DOORS, january, as_of=datetime.date(2026, 12, 31), observations=rows)
    found = compared(early, scored({}, rows=rows)).nodes[Construct.OUTCOME]["visits"]
    assert found.not_renewed == ("visits",)


def test_a_new_meaning_version_is_not_compared() -> None:
    reworded = framework(meaning_version="2")
    found = compared(scored({"open-1": "0"}, year=2024), scored({"open-1": "4"}, using=reworded))
    assert found.nodes[Construct.PRACTICE]["open"].like_for_like is None


def test_rounds_of_two_places_or_in_the_wrong_order_are_refused() -> None:
    card = scored({"open-1": "0"}, year=2024)
    with pytest.raises(ValueError, match="earlier round is the later"):
        compare_rounds(scored({}), card)
    elsewhere = score_assessment(
        OPEN_DOORS, assessment({}, place="elsewhere"), as_of=datetime.date(2026, 12, 31)
    )
    with pytest.raises(ValueError, match="one place"):
        compare_rounds(card, elsewhere)


# The laws themselves are tried on random trees in test_progress; here, that whole scorecards keep them.
SCORECARDS = settings(LAW, max_examples=150)

_answers = st.dictionaries(
    st.sampled_from(["open-1", "open-2", "open-3"]),
    st.sampled_from(["0", "1", "2", "3", "4", "at least 2", "don't know", {"not applicable": "No building."}]),
)


@SCORECARDS
@given(_answers)
def test_the_same_round_twice_is_nothing_new(answers: dict[str, Any]) -> None:
    card = scored(answers)
    for node in compared(card, card).nodes[Construct.PRACTICE].values():
        assert node.like_for_like in (None, 0)
        assert node.headline in (None, 0)
        assert node.coverage_effect in (None, 0)


@SCORECARDS
@given(_answers, _answers)
def test_the_parts_add_up_on_every_node(first: dict[str, Any], second: dict[str, Any]) -> None:
    found = compared(scored(first, year=2024), scored(second)).nodes[Construct.PRACTICE]
    for node in found.values():
        if node.headline is not None and node.coverage_effect is not None:
            assert (node.like_for_like or 0) + node.coverage_effect == node.headline
