"""What stands in an assessment, and what a line that nobody has come to means."""

from __future__ import annotations

from tests import builders


def test_a_question_that_is_not_answered_yet_is_as_if_its_line_were_left_out() -> None:
    written = builders.assessment("alder", {"gardens-1": "not answered yet", "gardens-2": "Not answered yet"})
    left_out = builders.assessment("alder", {})
    assert written == left_out


def test_not_answered_yet_is_something_else_than_dont_know() -> None:
    answers = builders.assessment("alder", {"gardens-1": "don't know", "gardens-2": "not answered yet"}).answers
    assert list(answers) == ["gardens-1"]
    assert answers["gardens-1"].is_unknown
