"""The scorecard of one assessment: readings side by side, the profile, and what each node says of itself."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from lcsite.model.framework import Construct
from lcsite.scoring import NodeReading, Reading, score_assessment, score_series
from lcsite.scoring.results import Counts, Numbers
from lcsite.scoring.sensitivity import Choice
from lcsite.scoring.showing import NoReading, NotEnoughKnown, ShownPoint, WhyEmpty
from tests.scoring.sampleby import OPEN_DOORS, assessment, framework, row, scored

F = Fraction
ANSWERS = {
    "open-1": "2", "open-2": "3", "used-1": "7", "strategy": "yes", "who-1": "in plan", "matters-1": "1",
    "hope": "Light.",
}
ROWS = [row("visits", "2025", value="35"), row("pleased", "2025", k="248", n="400")]


def practice() -> Reading:
    found = scored(ANSWERS, rows=ROWS).practice
    assert found is not None
    return found


def node(name: str) -> NodeReading:
    return practice().nodes[name]


def test_practice_and_outcome_are_two_readings_and_plans_stand_outside() -> None:
    card = scored(ANSWERS, rows=ROWS)
    assert [reading.construct for reading in card.readings] == [Construct.PRACTICE, Construct.OUTCOME]
    assert card.plans is not None
    assert card.reading(Construct.PLAN) is card.plans
    assert card.reading(Construct.BELIEF) is None
    assert list(card.plans.nodes) == ["talk", "strategy", "who", "who-1", "who-2"]


def test_items_of_another_construct_are_absent_and_not_unknown() -> None:
    assert list(practice().nodes) == ["doors", "open", "open-1", "open-2", "open-3", "used", "used-1", "talk", "hope"]
    outcome = scored(ANSWERS, rows=ROWS).outcome
    assert outcome is not None
    assert list(outcome.nodes) == ["doors", "used", "visits", "pleased", "cost"]


def test_a_framework_without_items_of_a_construct_has_no_such_reading() -> None:
    only = framework(tree=[{"id": "a", "level": "indicator", "title": "A", "construct": "belief"}])
    card = scored({"a": "3"}, using=only)
    assert (card.practice, card.outcome, card.plans) == (None, None, None)
    assert card.readings == ()
    assert card.items["a"].construct is Construct.BELIEF


def test_declared_weights_and_levels_make_the_numbers() -> None:
    # open: (1 * 1/2 + 3 * 3/4) / 4 = 11/16. used: band 7 = .65 in [.6, .7]. doors: the mean of both.
    assert node("open").numbers == Numbers(F(11, 16), F(11, 16), F(11, 16), F(1))
    assert node("used").numbers == Numbers(F("0.65"), F("0.6"), F("0.7"), F(1))
    assert node("doors").estimate == (F(11, 16) + F("0.65")) / 2
    assert node("doors").shown == ShownPoint(67, 64, 70)


def test_the_working_of_a_node_can_be_added_up_by_hand() -> None:
    lines = {line.id: (line.weight, line.product) for line in node("doors").working}
    assert lines == {
        "open-1": (F(1, 8), F(1, 16)), "open-2": (F(3, 8), F(9, 32)), "open-3": (None, None),
        "used-1": (F(1, 2), F("0.325")),
    }
    assert node("doors").weights == {"open-1": F(1, 8), "open-2": F(3, 8), "used-1": F(1, 2)}
    assert node("open").shares == {"open-1": F(1, 4), "open-2": F(3, 4), "open-3": None}
    assert node("doors").children == ("open", "used")


def test_counts_tell_the_four_states_apart() -> None:
    assert practice().counts == Counts(answered=3, unknown=0, not_applicable=1, unscored=1)
    outcome = scored(ANSWERS, rows=ROWS[:1]).outcome
    assert outcome is not None
    assert outcome.counts == Counts(answered=1, unknown=1, not_applicable=0, unscored=1)


def test_a_node_of_unscored_items_only_has_no_reading_and_says_why() -> None:
    assert node("talk").numbers is None
    assert node("talk").estimate is None
    assert node("talk").shown == NoReading(WhyEmpty.UNSCORED)
    assert node("talk").sensitivity is None
    assert node("talk").evidence_share == 0


def test_nothing_answered_is_not_enough_known_with_its_open_questions() -> None:
    card = scored({})
    assert card.practice is not None
    doors = card.practice.nodes["doors"]
    assert doors.shown == NotEnoughKnown()
    assert [(question.id, question.swing) for question in doors.open_questions] == [
        ("used-1", F(1, 2)), ("open-2", F(3, 8)), ("open-1", F(1, 8)),
    ]
    assert doors.geometric_mean is None
    assert doors.lowest == ()


def test_the_profile_is_the_top_and_a_total_has_to_be_chosen() -> None:
    assert [area.id for area in practice().profile] == ["doors", "talk"]
    assert practice().total is None
    chosen = scored(ANSWERS, using=framework(publish_total={"value": "1", "because": "The council asked for it."}))
    assert chosen.practice is not None
    assert chosen.practice.total is not None
    assert chosen.practice.total.estimate == node("doors").estimate


def test_evidence_stands_beside_the_number() -> None:
    evidence = [{"title": "Report", "grade": "public-document"}]
    card = scored({**ANSWERS, "open-2": {"value": "3", "evidence": evidence}})
    assert card.practice is not None
    assert card.practice.nodes["open"].evidence_share == F(3, 4)
    assert card.practice.nodes["doors"].evidence_share == F(3, 8)
    assert card.practice.nodes["doors"].numbers == node("doors").numbers


def test_a_node_names_its_lowest_child_and_the_stricter_mean() -> None:
    assert node("doors").lowest == ("used",)
    mean = node("doors").geometric_mean
    assert mean is not None
    assert abs(mean * mean - F(11, 16) * F("0.65")) < F(1, 10**28)


def test_a_node_shows_how_far_the_choices_move_it() -> None:
    found = node("doors").sensitivity
    assert found is not None
    assert found.of(Choice.BANDS).low == (F(11, 16) + F("0.6")) / 2
    plans = scored({"strategy": "in plan", "who-1": "yes"}).plans
    assert plans is not None
    talk = plans.nodes["talk"].sensitivity
    assert talk is not None
    assert (talk.of(Choice.IN_PLAN).low, talk.of(Choice.IN_PLAN).high) == (0, F(1, 2))


def test_the_say_do_gap_pairs_what_matters_with_what_is_in_place() -> None:
    gap = scored(ANSWERS, rows=ROWS).say_do
    assert gap is not None
    assert gap.pairs == (("matters-1", "open-1"), ("matters-1", "open-2"))
    assert gap.gap == 1 - F(5, 8)
    assert scored({"open-1": "2"}).say_do is None


def test_resource_pairs_are_listed_and_never_joined() -> None:
    levels = {"start": "0", "within_reach": "4", "because": "One coordinator."}
    card = scored({"open-1": {"value": "2", "resources": levels}})
    assert {name: pair.available for name, pair in card.resource_pairs.items()} == {"open-1": F(1, 2)}


def test_a_place_with_figures_and_no_assessment_has_a_scorecard_of_them() -> None:
    card = score_series(OPEN_DOORS, "sampleby", as_of=datetime.date(2026, 12, 31), observations=ROWS)
    assert (card.assessment, card.as_of) == (None, datetime.date(2026, 12, 31))
    assert card.outcome is not None
    assert card.outcome.counts.answered == 2


def test_an_assessment_of_another_framework_is_refused() -> None:
    wrong = assessment({}, framework="other@2026.1")
    with pytest.raises(ValueError, match="cannot be scored with open-doors"):
        score_assessment(OPEN_DOORS, wrong, as_of=datetime.date(2026, 12, 31))


def test_results_cannot_be_changed() -> None:
    card = scored(ANSWERS)
    for mapping in (card.items, practice().nodes, node("doors").weights):
        assert not hasattr(mapping, "__setitem__")
