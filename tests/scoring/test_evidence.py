"""Grades and the evidence-backed share (method, section 4)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lcsite.model.assessment import Evidence
from lcsite.model.words import Grade
from lcsite.scoring.evidence import (
    BACKED,
    evidence_backed_share,
    evidence_backed_shares,
    grade_of_answer,
    grade_of_figure,
)
from lcsite.scoring.results import Answered
from lcsite.scoring.tree import Branch, evaluate
from tests.scoring.trees import LAW, WORKED_A, WORKED_C, leaves, trees

GRADES = list(Grade)


def evidence(grade: str, dead: bool = False) -> Evidence:
    given: dict[str, Any] = {"title": "A report", "grade": grade, "dead": dead}
    return Evidence.model_validate(given)


def test_unknown_items_stay_in_the_denominator() -> None:
    grades = {f"A{nth}": GRADES[grade] for nth, grade in enumerate([3, 2, 2, 2, 1, 1, 0, 0], 1)}
    assert evidence_backed_share(evaluate(WORKED_A), grades.get) == Fraction(40, 100)


def test_worked_c_with_grades_2_and_1() -> None:
    grades = {"x": Grade.PUBLIC_DOCUMENT, "y": Grade.SELF_REPORT}
    assert evidence_backed_share(evaluate(WORKED_C), grades.get) == Fraction(1, 2)


def test_the_grade_is_as_stated_else_the_highest_evidence_else_the_default() -> None:
    def grade(stated: Grade | None, *sources: Evidence) -> Grade:
        return grade_of_answer(stated, sources, default=Grade.SELF_REPORT).grade

    assert grade(None) is Grade.SELF_REPORT
    assert grade(None, evidence("assertion")) is Grade.ASSERTION
    assert grade(None, evidence("self-report"), evidence("official-statistic")) is Grade.OFFICIAL_STATISTIC
    assert grade(Grade.PUBLIC_DOCUMENT, evidence("self-report")) is Grade.PUBLIC_DOCUMENT
    assert grade(Grade.ASSERTION) is Grade.ASSERTION


def test_a_dead_source_counts_as_a_self_report_at_most_and_shows() -> None:
    dead = grade_of_answer(None, [evidence("official-statistic", dead=True)], default=Grade.ASSERTION)
    assert (dead.grade, dead.dead_source) == (Grade.SELF_REPORT, True)
    both = grade_of_answer(
        None, [evidence("official-statistic", dead=True), evidence("public-document")], default=Grade.ASSERTION
    )
    assert (both.grade, both.dead_source) == (Grade.PUBLIC_DOCUMENT, True)
    figure = grade_of_figure(Grade.OFFICIAL_STATISTIC, dead=True, default=Grade.OFFICIAL_STATISTIC)
    assert (figure.grade, figure.dead_source) == (Grade.SELF_REPORT, True)


def test_a_stated_grade_falls_with_the_dead_source_that_carried_it() -> None:
    def grade(*sources: Evidence) -> Grade:
        return grade_of_answer(Grade.OFFICIAL_STATISTIC, sources, default=Grade.SELF_REPORT).grade

    assert grade(evidence("self-report", dead=True)) is Grade.SELF_REPORT
    assert grade(evidence("official-statistic", dead=True), evidence("public-document")) is Grade.PUBLIC_DOCUMENT
    assert grade(evidence("public-document", dead=True), evidence("public-document")) is Grade.OFFICIAL_STATISTIC


def test_a_share_without_its_n_is_a_public_document_at_most() -> None:
    stated = Grade.OFFICIAL_STATISTIC
    assert grade_of_figure(stated, dead=False, default=stated, sample_known=False).grade is Grade.PUBLIC_DOCUMENT
    assert grade_of_answer(stated, (), default=stated, sample_known=False).grade is Grade.PUBLIC_DOCUMENT
    assert grade_of_figure(None, dead=False, default=Grade.ASSERTION, sample_known=False).grade is Grade.ASSERTION


@LAW
@given(trees, st.lists(st.sampled_from(GRADES), min_size=14, max_size=14))
def test_the_share_never_exceeds_coverage_and_grades_change_no_number(tree: Branch, grades: list[Grade]) -> None:
    top = evaluate(tree)
    graded = {item.id: grade for item, grade in zip(leaves(tree), grades, strict=False)}
    share = evidence_backed_share(top, graded.get)
    if top.numbers is None:
        assert share == 0
    else:
        assert 0 <= share <= top.numbers.coverage
    everything = {item.id: Grade.OUTSIDE_CHECK for item in leaves(tree)}
    assert evidence_backed_share(top, everything.get) == (top.numbers.coverage if top.numbers else 0)


@LAW
@given(trees, st.lists(st.sampled_from(GRADES), min_size=14, max_size=14))
def test_shares_of_all_nodes_at_once_are_those_of_each(tree: Branch, grades: list[Grade]) -> None:
    top = evaluate(tree)
    graded = {item.id: grade for item, grade in zip(leaves(tree), grades, strict=False)}
    backed = {item.id for item in leaves(tree) if isinstance(item.state, Answered) and graded[item.id] in BACKED}
    found = evidence_backed_shares([top], backed)
    above = [node for node in top.walk() if node.children]
    assert {node.id: share for node in above if (share := evidence_backed_share(node, graded.get))} == found
