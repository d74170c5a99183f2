"""What becomes of each indicator: own answers, rows of the series, years, grades, branches, open lines."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.model.assessment import Observation
from lcsite.model.words import Grade
from lcsite.scoring.items import FromAssessment, FromSeries, ItemReading
from lcsite.scoring.resources import NoPart, ResourceFlag
from lcsite.scoring.results import (
    Answered,
    Flag,
    NotApplicable,
    NotApplicableReason,
    Unknown,
    UnknownReason,
    Unscored,
    UnscoredReason,
)
from tests.scoring.sampleby import framework, row, scored
from tests.scoring.trees import LAW

F = Fraction


def item(name: str, answers: dict[str, Any] | None = None, *rows: Observation, year: int = 2026) -> ItemReading:
    return scored(answers or {}, rows=rows, year=year).items[name]


def why(reading: ItemReading) -> str:
    assert not isinstance(reading.state, Answered)
    return reading.state.reason.value


# The place's own answers


def test_a_plain_answer_carries_the_year_of_the_assessment_and_the_frameworks_grade() -> None:
    found = item("open-1", {"open-1": "3"})
    assert found.state == Answered.exactly(F(3, 4))
    assert (found.written, found.year, found.grade) == ("3", 2026, Grade.SELF_REPORT)
    assert found.origin == FromAssessment()
    assert found.flags == ()


def test_silence_has_its_reason() -> None:
    assert why(item("open-1")) == UnknownReason.NOT_ANSWERED
    assert why(item("open-1", {"open-1": "don't know"})) == UnknownReason.DONT_KNOW
    assert why(item("open-1", {"open-1": "withheld"})) == UnknownReason.WITHHELD


def test_not_applicable_keeps_the_assessors_reason() -> None:
    found = item("open-1", {"open-1": {"not applicable": "No building of its own."}})
    assert found.state == NotApplicable(NotApplicableReason.STATED, "No building of its own.")


def test_not_applicable_is_refused_where_the_framework_allows_none() -> None:
    with pytest.raises(ValueError, match="who-2 applies to every place"):
        scored({"strategy": "yes", "who-2": {"not applicable": "No teachers."}})


def test_an_answer_off_its_scale_is_refused_with_the_item() -> None:
    with pytest.raises(ValueError, match='open-1: 9 is not on the scale "steps"'):
        scored({"open-1": "9"})


def test_an_old_answer_is_stale_and_keeps_what_it_was_worth() -> None:
    found = item("open-1", {"open-1": {"value": "at least 2", "year": 2022}})
    assert found.state == Unknown(UnknownReason.STALE, once=Answered(F(1, 2), F(1, 2), F(1)))
    assert (found.written, found.year, found.grade) == ("at least 2", 2022, None)
    assert found.flags == (Flag.LEAST_SHOWN, Flag.STALE)


def test_an_answer_within_its_tolerance_is_used_and_labelled_with_its_year() -> None:
    found = item("open-1", {"open-1": {"value": "2", "year": 2023}})
    assert found.state == Answered.exactly(F(1, 2))
    assert (found.year, found.flags) == (2023, (Flag.OLDER_YEAR,))


def test_ages_count_from_the_assessment_and_not_from_the_build() -> None:
    assert isinstance(item("open-1", {"open-1": {"value": "2", "year": 2015}}, year=2017).state, Answered)


def test_an_answer_later_than_its_assessment_is_refused() -> None:
    with pytest.raises(ValueError, match="later than the assessment"):
        scored({"open-1": {"value": "2", "year": 2027}})


def test_the_grade_comes_from_the_evidence_and_falls_with_a_dead_source() -> None:
    report = {"title": "Outreach report", "grade": "public-document"}
    assert item("open-1", {"open-1": {"value": "2", "evidence": [report]}}).grade is Grade.PUBLIC_DOCUMENT
    dead = item("open-1", {"open-1": {"value": "2", "evidence": [{**report, "dead": True}]}})
    assert (dead.grade, dead.flags) == (Grade.SELF_REPORT, (Flag.DEAD_SOURCE,))


def test_answers_to_other_questions_are_passed_over() -> None:
    assert scored({"you": "3", "gone": "7", "open-1": "2"}).items == scored({"open-1": "2"}).items


def test_an_open_line_left_empty_does_not_apply() -> None:
    assert item("open-3").state == NotApplicable(NotApplicableReason.OPEN_LINE_EMPTY)
    assert item("open-3", {"open-3": "4"}).state == Answered.exactly(F(1))


# The place's series


def test_a_row_answers_where_the_assessment_says_nothing() -> None:
    found = item("visits", None, row("pleased", k="3", n="5"), row("visits", value="35"))
    assert found.state == Answered.exactly(F("0.35"))
    assert (found.origin, found.year, found.grade) == (FromSeries(1), 2025, Grade.OFFICIAL_STATISTIC)
    assert (found.written, found.flags) == (None, (Flag.OLDER_YEAR,))


def test_the_assessments_own_answer_goes_before_the_series() -> None:
    figure = row("visits", value="35")
    assert item("visits", {"visits": "40"}, figure).state == Answered.exactly(F("0.4"))
    assert why(item("visits", {"visits": "don't know"}, figure)) == UnknownReason.DONT_KNOW


def test_the_latest_row_not_later_than_the_assessment_is_used() -> None:
    rows = [row("visits", "2021", value="10"), row("visits", "2022/23", value="20"), row("visits", "2026", value="30")]
    used = item("visits", None, *rows, year=2024)
    assert (used.state, used.year) == (Answered.exactly(F("0.2")), 2023)
    assert item("visits", None, *rows).state == Answered.exactly(F("0.3"))
    assert why(item("visits", None, rows[2], year=2024)) == UnknownReason.NOT_ANSWERED


def test_a_stale_row_is_unknown_with_its_year() -> None:
    found = item("visits", None, row("visits", "2022", value="20"))
    assert found.state == Unknown(UnknownReason.STALE, once=Answered.exactly(F("0.2")))
    assert (found.year, found.origin) == (2022, FromSeries(0))
    assert why(item("pleased", None, row("pleased", "2024", value="62"))) == UnknownReason.STALE


def test_a_row_without_a_year_is_unknown() -> None:
    found = item("visits", None, row("visits", None, value="20"))
    assert found.state == Unknown(UnknownReason.UNDATED, once=Answered.exactly(F("0.2")))
    assert (found.year, found.flags) == (None, (Flag.UNDATED,))


def test_a_figure_for_another_area_is_context_only() -> None:
    county = row("visits", "2026", value="90", scope="the county")
    found = item("visits", None, county)
    assert found.state == Unknown(UnknownReason.OTHER_SCOPE, once=Answered.exactly(F("0.9")))
    assert found.flags == (Flag.OTHER_SCOPE,)
    assert item("visits", None, county, row("visits", "2024", value="20")).state == Answered.exactly(F("0.2"))


def test_two_rows_of_one_year_are_refused_and_of_two_areas_are_not() -> None:
    with pytest.raises(ValueError, match="two figures for one year"):
        scored({}, rows=[row("visits", value="1"), row("visits", value="2")])
    scored({}, rows=[row("visits", value="1"), row("visits", value="2", scope="the county")])


def test_a_row_later_than_the_site_is_refused() -> None:
    with pytest.raises(ValueError, match="later than the site"):
        scored({}, rows=[row("visits", "2027", value="1")])


def test_too_few_people_are_unknown_and_nothing_of_the_value_is_kept() -> None:
    found = item("pleased", None, row("pleased", k="3", n="4"))
    assert found.state == Unknown(UnknownReason.TOO_FEW)
    assert (found.written, found.parsed, found.grade, found.flags) == (None, None, None, ())
    assert item("pleased", {"pleased": "3 of 4"}).written is None


def test_a_share_without_n_is_flagged_and_a_public_document_at_most() -> None:
    found = item("pleased", None, row("pleased", value="62", grade="official-statistic"))
    assert found.state == Answered.exactly(F("0.62"))
    assert found.flags == (Flag.SAMPLE_SIZE_UNKNOWN, Flag.OLDER_YEAR)
    assert found.grade is Grade.PUBLIC_DOCUMENT
    with_n = item("pleased", None, row("pleased", value="62", n="400", grade="official-statistic"))
    assert with_n.grade is Grade.OFFICIAL_STATISTIC


def test_a_dead_source_of_a_row_caps_its_grade() -> None:
    dead = Observation.model_validate({
        "indicator": "open-doors/visits", "value": "35", "period": "2026", "source": {"title": "Gone", "dead": True}
    })
    found = item("visits", None, dead)
    assert (found.grade, found.flags) == (Grade.SELF_REPORT, (Flag.DEAD_SOURCE,))


def test_a_figure_beyond_its_goalposts_is_flagged() -> None:
    assert item("visits", None, row("visits", "2026", value="120")).flags == (Flag.BEYOND_GOALPOST,)


def test_rows_of_another_framework_are_left_alone() -> None:
    other = Observation.model_validate({
        "indicator": "other/visits", "value": "35", "period": "2025", "source": {"title": "A yearbook"}
    })
    assert why(item("visits", None, other)) == UnknownReason.NOT_ANSWERED


# What is never scored


def test_an_unscored_figure_is_never_unknown() -> None:
    assert item("cost").state == Unscored(UnscoredReason.NO_DIRECTION)
    shown = item("cost", None, row("cost", value="12"))
    assert shown.state == Unscored(UnscoredReason.NO_DIRECTION)
    assert (shown.year, shown.origin, shown.grade) == (2025, FromSeries(0), Grade.SELF_REPORT)
    assert item("cost", {"cost": "don't know"}).state == Unscored(UnscoredReason.NO_DIRECTION)
    assert item("hope", {"hope": "More light."}).state == Unscored(UnscoredReason.WORDS)


def test_questions_to_a_person_are_not_in_a_places_scorecard() -> None:
    assert "you" not in scored({}).items


# Questions that hang on another answer


def test_a_branch_not_taken_does_not_apply_whatever_was_answered() -> None:
    found = item("who-1", {"strategy": "no", "who-1": "yes"})
    assert found.state == NotApplicable(NotApplicableReason.BRANCH_NOT_TAKEN)
    assert item("should-1", {"strategy": "yes"}).state == NotApplicable(NotApplicableReason.BRANCH_NOT_TAKEN)


def test_a_branch_taken_is_read_as_usual() -> None:
    assert item("who-1", {"strategy": "Yes", "who-1": "yes"}).state == Answered.exactly(F(1))
    assert item("should-1", {"strategy": "in plan", "should-1": "yes"}).state == Answered.exactly(F(1))
    assert why(item("who-1", {"strategy": "yes"})) == UnknownReason.NOT_ANSWERED


@pytest.mark.parametrize("strategy", [None, "don't know", {"value": "yes", "year": 2015}])
def test_without_the_deciding_answer_the_framework_says_what_becomes_of_the_branch(strategy: Any) -> None:
    answers = {"who-1": "yes", **({} if strategy is None else {"strategy": strategy})}
    assert why(item("who-1", answers)) == UnknownReason.DECIDING_ANSWER
    assert item("should-1", answers).state == NotApplicable(NotApplicableReason.BRANCH_NOT_TAKEN)


def test_a_deciding_question_that_does_not_apply_closes_both_branches() -> None:
    answers = {"strategy": {"not applicable": "The region writes it."}}
    for name in ("who-1", "should-1"):
        assert item(name, answers).state == NotApplicable(NotApplicableReason.BRANCH_NOT_TAKEN)


def hanging(asked_when: dict[str, Any]) -> Any:
    return framework(tree=[
        {"id": "level", "level": "indicator", "title": "How far?"},
        {"id": "more", "level": "indicator", "title": "More", "asked_when": asked_when},
    ])


def test_a_range_decides_only_where_all_of_it_agrees() -> None:
    using = hanging({"indicator": "level", "answers": ["2", "3", "4"], "if_unknown": "unknown"})

    def more(level: str) -> ItemReading:
        return scored({"level": level, "more": "4"}, using=using).items["more"]

    assert more("at least 2").state == Answered.exactly(F(1))
    assert more("0 to 1").state == NotApplicable(NotApplicableReason.BRANCH_NOT_TAKEN)
    assert why(more("1 to 2")) == UnknownReason.DECIDING_ANSWER


def test_a_branch_may_be_asked_of_those_who_do_not_know() -> None:
    using = hanging({"indicator": "level", "answers": ["0", "don't know"]})
    assert scored({"more": "4"}, using=using).items["more"].state == Answered.exactly(F(1))


def test_words_decide_too_while_they_are_not_stale() -> None:
    using = framework(tree=[
        {"id": "why", "level": "indicator", "title": "Why?", "scale": "words"},
        {"id": "more", "level": "indicator", "title": "More",
         "asked_when": {"indicator": "why", "answers": ["Light"], "if_unknown": "unknown"}},
        {"id": "note", "level": "indicator", "title": "Note", "scale": "words",
         "asked_when": {"indicator": "why", "answers": ["Light"], "if_unknown": "unknown"}},
    ])
    fresh = scored({"why": "light", "more": "4"}, using=using).items
    assert fresh["more"].state == Answered.exactly(F(1))
    stale = scored({"why": {"value": "light", "year": 2015}, "more": "4"}, using=using).items
    assert why(stale["more"]) == UnknownReason.DECIDING_ANSWER
    assert stale["note"].state == Unscored(UnscoredReason.WORDS)


def test_questions_that_hang_on_each_other_are_refused() -> None:
    using = framework(tree=[
        {"id": "a", "level": "indicator", "title": "A", "asked_when": {"indicator": "b", "answers": ["1"]}},
        {"id": "b", "level": "indicator", "title": "B", "asked_when": {"indicator": "a", "answers": ["1"]}},
    ])
    with pytest.raises(ValueError, match="a -> b -> a"):
        scored({}, using=using)


def test_an_outer_branch_closes_what_an_inner_one_would_open() -> None:
    using = framework(tree=[
        {"id": "a", "level": "indicator", "title": "A"},
        {"id": "g", "level": "group", "title": "G", "asked_when": {"indicator": "a", "answers": ["4"]}, "children": [
            {"id": "b", "level": "indicator", "title": "B"},
            {"id": "c", "level": "indicator", "title": "C", "asked_when": {"indicator": "b", "answers": ["4"]}},
        ]},
    ])
    assert scored({"a": "0", "b": "4", "c": "4"}, using=using).items["c"].state.kind == "not-applicable"
    assert scored({"a": "4", "b": "4", "c": "4"}, using=using).items["c"].state.kind == "answered"


# Relative to resources


def with_means(value: str, name: str = "open-1", **more: Any) -> ItemReading:
    levels = {"start": "0", "within_reach": "2.5", "potential": "4", "because": "One coordinator."}
    return item(name, {name: {"value": value, "resources": {**levels, **more}}})


def test_the_resource_pair_stands_beside_the_mark() -> None:
    found = with_means("2")
    assert found.state == Answered.exactly(F(1, 2))
    assert found.resources is not None
    assert (found.resources.available, found.resources.potential) == (F("0.8"), F("0.5"))
    assert not found.resources.from_range


def test_the_pair_of_a_range_rests_on_its_least_step_and_says_so() -> None:
    found = with_means("at least 3").resources
    assert found is not None
    assert (found.available, found.potential, found.from_range) == (1, F(3, 4), True)
    assert found.flags == (ResourceFlag.BEYOND_AVAILABLE,)


def test_the_pair_of_an_unknown_answer_is_unknown() -> None:
    found = with_means("don't know").resources
    assert found is not None
    assert (found.available, found.potential) == (NoPart.UNKNOWN, NoPart.UNKNOWN)


def test_a_figure_has_a_pair_in_its_own_unit() -> None:
    found = with_means("40", "visits", start="0", within_reach="50", potential="80").resources
    assert found is not None
    assert (found.available, found.potential) == (F("0.8"), F("0.5"))
    banded = with_means("30 to 50", "visits", start="0", within_reach="50", potential="80").resources
    assert banded is not None
    assert (banded.available, banded.from_range) == (F("0.8"), True)


def test_a_framework_whose_answers_are_relative_already_has_no_pairs() -> None:
    levels = {"start": "0", "within_reach": "2", "because": "One coordinator."}
    answers = {"open-1": {"value": "2", "resources": levels}}
    assert scored(answers, using=framework(resource_pairs="false")).items["open-1"].resources is None


def test_words_have_no_resource_pair() -> None:
    with pytest.raises(ValueError, match="scale of numbers"):
        with_means("yes", "strategy")


# Laws


@LAW
@given(
    st.lists(st.tuples(st.integers(2010, 2026), st.integers(0, 130)), max_size=6, unique_by=lambda pair: pair[0]),
    st.integers(2012, 2026),
)
def test_figures_never_come_from_the_future_or_from_beyond_the_tolerance(
    figures: list[tuple[int, int]], year: int
) -> None:
    found = item("visits", None, *(row("visits", str(when), value=str(value)) for when, value in figures), year=year)
    past = {when: value for when, value in figures if when <= year}
    if not past:
        assert why(found) == UnknownReason.NOT_ANSWERED
        return
    latest = max(past)
    assert found.year == latest
    worth = min(F(past[latest], 100), F(1))
    if year - latest > 3:
        assert found.state == Unknown(UnknownReason.STALE, once=Answered.exactly(worth))
    else:
        assert found.state == Answered.exactly(worth)
