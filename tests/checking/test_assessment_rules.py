from __future__ import annotations

from typing import Any

import pytest

from lcsite.model.assessment import Assessment
from lcsite.model.framework import Framework
from tests.builders import assessment as assessment_of
from tests.builders import criterion, framework, indicator, node, place, portfolio
from tests.checking.spots import found

ANSWERS = {
    "id": "yes-no", "title": "Yes or no", "kind": "answers", "because": "chosen",
    "steps": [{"value": "yes", "worth": "1"}, {"value": "in plan", "worth": "0.25", "role": "in-plan"},
              {"value": "no", "worth": "0"}],
}
BANDS = {"id": "bands", "title": "Bands", "kind": "bands", "count": "10"}
GOLF = {"id": "one-best", "title": "One is best", "kind": "ordinal", "best": "1",
        "steps": [{"value": str(n)} for n in (1, 2, 3, 4)]}
NUMBER = {"id": "number", "title": "A number", "kind": "number"}
STEPS = {"id": "steps", "title": "Steps", "kind": "ordinal", "best": "4",
         "steps": [{"value": str(n), "label": f"step {n}"} for n in range(5)]}

RULES = framework("rules", [
    criterion(
        "a", indicator("a-1"), indicator("a-2", may_not_apply="false"), indicator("a-3", subject="organisation"),
        indicator("a-4", subject="person"), node("a-5", "group", indicator("a-5.1"), indicator("a-5.2")),
        indicator("plan", scale="yes-no", construct="plan"),
        indicator("then", asked_when={"indicator": "plan", "answers": ["yes", "in plan"]}),
        indicator("band", scale="bands"), indicator("golf", scale="one-best"),
        indicator("fewer", scale="number", measure={"unit": "days", "direction": "lower-is-better"}),
    ),
], scales=[STEPS, ANSWERS, BANDS, GOLF, NUMBER])


def assessed(answers: dict[str, Any], *, rules: Framework = RULES, year: int = 2026, **more: Any) -> list[str]:
    made = assessment_of("alder", answers, framework_id="rules", year=year, **more)
    return found(portfolio(frameworks=[rules], places=[place("alder")], assessments=[made]))


def test_answers_of_every_kind_are_fine() -> None:
    assert assessed({
        "a-1": "3", "a-2": "2 to 3", "a-5.1": {"value": "at least 2", "year": "2020"},
        "a-5.2": {"not applicable": "no school"},
        "plan": "in plan", "then": "4", "band": "7", "golf": "don't know", "fewer": "12.5",
    }) == []


def test_an_answer_off_its_scale_is_refused_at_its_value() -> None:
    assert assessed({"a-1": "9", "plan": "perhaps", "band": "11"}) == [
        'assessment alder/2026-rules answers a-1 value: 9 is not on the scale "steps" (0 to 4) | 4 means "step 4"',
        'assessment alder/2026-rules answers band value: 11 is not on the scale "bands" (1 to 10)',
        'assessment alder/2026-rules answers plan value: perhaps is not on the scale "yes-no" (yes, in plan or no)',
    ]


def test_a_long_answer_is_not_repeated() -> None:
    (line,) = assessed({"a-1": "x" * 5_000})
    assert len(line) < 200


def test_an_answer_needs_a_question() -> None:
    lines = assessed({"a-11": "3", "z": "3"})
    assert lines == [
        'assessment alder/2026-rules answers a-11 (name): rules has no question "a-11" | did you mean "a-1"?',
        ('assessment alder/2026-rules answers z (name): rules has no question "z" | '
        "the questions of rules stand in its framework.yml"),
    ]


def test_a_group_is_not_answered_itself() -> None:
    assert assessed({"a-5": "3"}) == [
        ('assessment alder/2026-rules answers a-5 (name): "a-5" is a group and is not answered itself | '
        "answer what stands below it: a-5.1, a-5.2")
    ]


def test_questions_about_others_say_nothing_about_a_place() -> None:
    lines = assessed({"a-3": "3", "a-4": "3"})
    assert [line.partition(": ")[2].partition(" | ")[0] for line in lines] == [
        '"a-3" is a question about an organisation', '"a-4" is a question about a person',
    ]


def test_what_always_applies_cannot_be_not_applicable() -> None:
    assert assessed({"a-2": {"not applicable": "never"}}) == [
        ('assessment alder/2026-rules answers a-2 (name): "a-2" applies to every place | '
        "answer it, or write: don't know")
    ]


def test_an_answer_does_not_look_ahead() -> None:
    assert [line.partition(" | ")[0] for line in assessed({"a-1": {"value": "3", "year": "2027"}})] == [
        ("assessment alder/2026-rules answers a-1 year: "
        "an answer of 2027 is later than the assessment, which is of 2026-06-30")
    ]


def test_an_answer_to_a_question_that_is_not_asked_is_warned_of() -> None:
    assert [line.partition(" | ")[0] for line in assessed({"plan": "no", "then": "3"})] == [
        'assessment alder/2026-rules answers then (name): "then" is not asked here, because "plan" is answered "no"'
    ]
    assert assessed({"plan": "don't know", "then": "3"}) == []
    assert assessed({"plan": "no", "then": "don't know"}) == []


def test_the_framework_and_its_version_are_there() -> None:
    other = assessment_of("alder", {}, framework_id="rule")
    older = assessment_of("alder", {}, framework_id="rules", year=2025, framework="rules@2025.1")
    lines = found(portfolio(frameworks=[RULES], places=[place("alder")], assessments=[other, older]))
    assert lines == [
        ("assessment alder/2025-rules framework: version 2025.1 of rules is not kept here; there is 2026.1 | "
        "write rules@2026.1 once the answers fit it, or put the older version into its versions"),
        'assessment alder/2026-rule framework: this site shows no framework "rule" | did you mean "rules"?',
    ]


def test_the_file_name_tells_the_truth() -> None:
    made = assessment_of("alder", {}, framework_id="rules")
    wrong = made.model_copy(update={"file_id": "2025-rules"})
    second = made.model_copy(update={"file_id": "2026-rules-second-look"})
    lines = found(portfolio(frameworks=[RULES], places=[place("alder")], assessments=[wrong]))
    assert lines == [
        ('assessment alder/2025-rules: the file is named "2025-rules.yml" and holds 2026-rules | '
        "rename it to 2026-rules.yml, or mend framework or as_of")
    ]
    assert found(portfolio(frameworks=[RULES], places=[place("alder")], assessments=[second])) == []


def test_a_place_has_one_assessment_for_a_framework_and_a_date() -> None:
    first = assessment_of("alder", {}, framework_id="rules")
    second = first.model_copy(update={"file_id": "2026-rules-again"})
    lines = found(portfolio(frameworks=[RULES], places=[place("alder")], assessments=[first, second]))
    assert [line.partition(" | ")[0] for line in lines] == [
        ("assessment alder/2026-rules-again as_of: "
        "2026-rules.yml is an assessment with the same framework and the same date")
    ]


def test_no_assessment_is_later_than_the_site() -> None:
    assert [line.partition(" | ")[0] for line in assessed({}, year=2027)] == [
        "assessment alder/2027-rules as_of: this assessment is of 2027-06-30, and the site speaks up to 2026-11-22"
    ]


def test_examples_belong_to_an_entry_of_the_framework() -> None:
    lines = assessed({}, examples={"a": {"example": "x"}, "b": {"example": "y"}})
    assert [line.partition(" | ")[0] for line in lines] == [
        'assessment alder/2026-rules examples b (name): rules has no entry "b"'
    ]


# Levels of resources


def levels(question: str, start: str, within_reach: str, potential: str | None = None, *,
    rules: Framework = RULES) -> list[str]:
    pair = {"start": start, "within_reach": within_reach, "because": "one post"}
    if potential is not None:
        pair["potential"] = potential
    lines = assessed({question: {"value": "don't know", "resources": pair}}, rules=rules)
    return [line.partition(f" answers {question} resources ")[2].partition(" | ")[0] for line in lines]


@pytest.mark.parametrize(
    ("question", "start", "within_reach", "potential"),
    [
        ("a-1", "0", "2.5", "4"), ("a-1", "1", "3", None), ("a-1", "1", "3", "3"), ("a-1", "3", "3", "4"), ("a-1", "3",
            "3", "3"),
        ("golf", "4", "2", "1"), ("band", "2", "5", "10"), ("fewer", "12", "8", "6"),
    ],
)
def test_levels_rise_in_the_direction_of_the_scale(question: str, start: str, within_reach: str,
    potential: str | None) -> None:
    assert levels(question, start, within_reach, potential) == []


@pytest.mark.parametrize(
    ("question", "start", "within_reach", "potential", "words"),
    [
        ("a-1", "3", "2", None, "within_reach: from 3 the level 2 would be a step back on this scale"),
        ("golf", "2", "3", None, "within_reach: from 2 the level 3 would be a step back on this scale"),
        ("fewer", "8", "12", None, "within_reach: from 8 the level 12 would be a step back on this scale"),
        ("a-1", "2", "3", "1", "potential: 3 and 1 lie on different sides of start"),
        ("a-1", "1", "3", "2", "potential: potential (2) is nearer to start than within_reach (3)"),
        ("a-1", "1", "3", "1", "potential: potential (1) is nearer to start than within_reach (3)"),
        ("a-1", "3", "3", "2", "potential: from 3 the level 2 would be a step back on this scale"),
        ("a-1", "1", "2", "5", "potential: the level 5 is not on the scale, which goes from 0 to 4"),
        ("band", "0", "2", None, "start: the level 0 is not on the scale, which goes from 1 to 10"),
    ],
)
def test_levels_that_do_not_fit_together_are_refused(
    question: str, start: str, within_reach: str, potential: str | None, words: str
) -> None:
    assert levels(question, start, within_reach, potential) == [words]


def test_there_are_no_levels_without_numbers() -> None:
    (line,) = levels("plan", "0", "1")
    assert line.startswith('(name): "plan" is not answered with numbers')


def test_levels_are_warned_of_where_answers_are_relative_already() -> None:
    relative = RULES.model_copy(update={"resource_pairs": False})
    (line,) = levels("a-1", "3", "2", rules=relative)
    assert line == "(name): the answers of rules are already relative to the means of the place"


def test_an_assessment_of_an_unknown_framework_is_reported_once() -> None:
    made: Assessment = assessment_of("alder", {"a-1": "99"}, framework_id="other")
    assert len(found(portfolio(frameworks=[RULES], places=[place("alder")], assessments=[made]))) == 1
