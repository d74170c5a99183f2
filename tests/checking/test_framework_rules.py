from __future__ import annotations

from typing import Any

import pytest

from lcsite.model.framework import Framework
from tests.builders import SOURCE, criterion, framework, indicator, node, portfolio, prose_page
from tests.checking.spots import found

NUMBER = {"id": "number", "title": "A number", "kind": "number"}
SHARE = {"id": "share", "title": "A share", "kind": "share"}
GOALPOSTS = {"low": "0", "high": "50", "because": "agreed", "source": SOURCE}


def rules(*tree: Any, **more: Any) -> list[str]:
    return found(portfolio(frameworks=[framework("rules", tree, **more)]))


def test_ids_are_told_apart_within_a_framework() -> None:
    hint = "ids are told apart within a framework; the printed number can go into label"
    assert rules(criterion("a", indicator("a-1"), indicator("a-1")), criterion("a")) == [
        f'framework rules tree 0 children 1 id: another entry above has the id "a-1" too | {hint}',
        f'framework rules tree 1 id: another entry above has the id "a" too | {hint}',
    ]


def test_scales_stages_questions_and_versions_are_told_apart_too() -> None:
    stage = {"id": "start", "title": "Start"}
    question = {"id": "q-1", "text": "Why?"}
    note = {"version": "2026.1", "date": "2026-01-31", "changes": ["First."]}
    lines = rules(criterion("a"), stages=[stage, stage], questions=[question, question], history=[note, note],
                  scales=[NUMBER, NUMBER], scale="number")
    assert [line.partition(":")[0] for line in lines] == [
        "framework rules history 1 version", "framework rules questions 1 id", "framework rules scales 1 id",
        "framework rules stages 1 id",
    ]


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (indicator("a"), 'the indicator "a" has no criterion above it'),
        (node("a", "dimension", indicator("b")), 'the indicator "b" has no criterion above it'),
        (node("a", "group"), 'the group "a" has no criterion above it'),
        (criterion("a", criterion("b")), 'the criterion "b" stands within the criterion "a"'),
        (criterion("a", node("b", "group", criterion("c"))), 'the criterion "c" stands below the group "b"'),
        (criterion("a", node("b", "dimension")), 'the dimension "b" stands below the criterion "a"'),
    ],
)
def test_levels_stand_in_order(tree: dict[str, Any], words: str) -> None:
    assert [line.partition(": ")[2].partition(" | ")[0] for line in rules(tree)] == [words]


def test_dimensions_and_groups_may_nest() -> None:
    inner = criterion("c", node("d", "group", node("e", "group", indicator("f"))))
    assert rules(node("a", "dimension", node("b", "dimension", inner))) == []


def test_a_scale_that_is_named_is_there() -> None:
    assert rules(criterion("a", indicator("a-1", scale="step"))) == [
        'framework rules tree 0 children 0 scale: there is no scale "step" | did you mean "steps"?'
    ]
    assert rules(criterion("a"),
        scale="other") == ['framework rules scale: there is no scale "other" | there are: steps']


def test_an_indicator_with_a_scale_says_what_it_speaks_of() -> None:
    lines = rules(criterion("a", indicator("a-1"), indicator("a-2", construct="belief")), construct=None)
    assert [line.partition(" | ")[0] for line in lines] == [
        'framework rules tree 0 children 0: the indicator "a-1" has a scale, and nothing says what its answers speak of'
    ]


def test_a_number_has_a_unit_and_a_direction() -> None:
    lines = rules(criterion("a", indicator("a-1", scale="number"), indicator("a-2", scale="share")), scales=[NUMBER,
        SHARE],
                  scale=None)
    assert [line.partition(" | ")[2] for line in lines] == ["add measure with unit and direction"] * 2


def test_only_an_indicator_measures_something() -> None:
    measure = {"unit": "percent", "direction": "higher-is-better"}
    lines = rules(criterion("a", measure=measure))
    assert lines == [
        ('framework rules tree 0 measure (name): "a" is a criterion, and only an indicator measures something | '
        "move measure to the indicator that it belongs to")
    ]


@pytest.mark.parametrize(
    ("direction", "aim", "words"),
    [
        ("higher-is-better", None, ""),
        ("lower-is-better", None, ""),
        ("target", "25", ""),
        ("target", None, "the direction is target, and the goalposts name no aim"),
        ("higher-is-better", "25", "the goalposts name an aim, and the direction is not target"),
        ("none", None, "a figure without a direction is shown and never scored"),
    ],
)
def test_goalposts_fit_their_direction(direction: str, aim: str | None, words: str) -> None:
    posts = GOALPOSTS if aim is None else {**GOALPOSTS, "aim": aim}
    measured = indicator("a-1", measure={"unit": "percent", "direction": direction}, goalposts=posts)
    lines = rules(criterion("a", measured), scales=[NUMBER], scale="number")
    assert [line.partition(': "a-1": ')[2].partition(" | ")[0] for line in lines] == ([words] if words else [])


def test_goalposts_stand_on_numbers_only() -> None:
    assert "goalposts belong to an indicator on a number scale" in rules(criterion("a", indicator("a-1",
        goalposts=GOALPOSTS)))[0]


def test_links_lead_from_what_is_said_to_what_is_done() -> None:
    lines = rules(criterion(
        "a", indicator("done"), indicator("said", construct="belief", linked_to=["done"]),
        indicator("wish", construct="priority", linked_to=["said", "don"]), indicator("deed", linked_to=["done"]),
    ))
    assert [line.partition(" | ")[0] for line in lines] == [
        'framework rules tree 0 children 2 linked_to 0: "said" is not about practice',
        'framework rules tree 0 children 2 linked_to 1: there is no indicator "don" in this framework',
        ('framework rules tree 0 children 3 linked_to (name): "deed" is neither a belief nor a priority, so it has '
        "nothing to be linked to"),
    ]


def branch(indicator_id: str, *answers: str) -> dict[str, Any]:
    return {"indicator": indicator_id, "answers": list(answers)}


def test_a_branch_is_decided_by_an_answer_that_can_be_given() -> None:
    lines = rules(criterion(
        "a", indicator("a-1"), indicator("a-2", asked_when=branch("a-1", "3", "4")),
        indicator("a-3", asked_when=branch("a-1", "4", "5")), indicator("a-4", asked_when=branch("a", "1")),
    ))
    assert lines == [
        ('framework rules tree 0 children 2 asked_when answers 1: "a-1" is never answered so: '
        '5 is not on the scale "steps" (0 to 4) | 4 means "Usual"'),
        ('framework rules tree 0 children 3 asked_when indicator: there is no indicator "a" in this framework | '
        "there are: a-1, a-2, a-3, a-4"),
    ]


def test_no_branch_decides_about_itself() -> None:
    lines = rules(criterion("a", indicator("a-1", asked_when=branch("a-2", "1")), indicator("a-2",
        asked_when=branch("a-1", "1"))))
    assert [line.partition(" | ")[0].partition(": ")[2] for line in lines] == [
        'whether "a-1" is asked depends on itself: a-1 -> a-2 -> a-1',
        'whether "a-2" is asked depends on itself: a-2 -> a-1 -> a-2',
    ]
    nested = node("g", "group", indicator("a-1"), asked_when=branch("a-1", "1"))
    assert "depends on itself: g -> a-1" in rules(criterion("a", nested))[0]


def test_questions_name_stages_and_criteria_that_are_there() -> None:
    lines = rules(
        criterion("a"), stages=[{"id": "start", "title": "Start"}],
        questions=[{"id": "q", "text": "Why?", "stage": "begin", "criteria": ["a", "b"]}],
    )
    assert [line.partition(" | ")[0] for line in lines] == [
        'framework rules questions 0 criteria 1: there is no entry "b" in this framework',
        'framework rules questions 0 stage: there is no stage "begin"',
    ]


def test_the_history_knows_the_version() -> None:
    assert rules(criterion("a"), version="2026.2") == [
        ("framework rules version: history says nothing about version 2026.2 | "
        "add an entry with this version, its date and what changed")
    ]


def test_a_weight_without_a_neighbour_is_only_warned_of() -> None:
    weight = {"value": "2", "because": "it matters"}
    site = portfolio(frameworks=[framework("rules", [criterion("a", indicator("a-1", weight=weight))])])
    assert found(site) == [
        ('framework rules tree 0 children 0 weight (name): the weight of "a-1" has no effect, since nothing stands '
        "beside it | leave weight out")
    ]


def test_the_values_of_a_facet_are_told_apart_over_all_frameworks() -> None:
    themes = node("themes", "dimension", criterion("youth"), facet="theme")
    one, two = (framework(id_, [themes]) for id_ in ("one", "two"))
    assert [line.partition(":")[0] for line in found(portfolio(frameworks=[one, two]))] == [
        "framework two tree 0 children 0 id"
    ]


def test_a_criterion_without_a_page_is_warned_of_and_a_page_without_a_criterion_refused() -> None:
    made: Framework = framework("rules", [criterion("a"), criterion("b"), node("c", "dimension")])
    pages = {("rules", name): prose_page(f"criteria/rules/{name}") for name in ("a", "c", "bb")}
    site = portfolio(frameworks=[made], criterion_pages=pages)
    assert [line.partition(" | ")[0] for line in found(site)] == [
        'criterion-page rules/bb: this page would never be shown: "rules" has no entry "bb"',
        'criterion-page rules/c: this page would never be shown: "rules" has a dimension and no criterion "c"',
    ]
    assert found(site, code="criterion-without-page") == [
        ('framework rules: the criterion "b" has no page of its own | '
        "write content/criteria/rules/b.md: what it is about, in your words")
    ]
