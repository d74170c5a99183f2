from __future__ import annotations

import json
import re

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.problem_codes import CODES
from lcsite.problems import (
    Location,
    Problem,
    Problems,
    Severity,
    as_github,
    as_gitlab,
    as_json,
    as_sarif,
    as_text,
    quoted,
)

OFF_SCALE = Problem(
    "answer-off-scale", Location("cities/alder/assessments/2026-garden-rules.yml", 11, 5),
    '9 is not on the scale "steps" (0 to 4)', '4 means "usual"',
)
MAIL = Problem("personal-data", Location("cities/alder/index.md", 20, 3), "a mail address stands here",
    severity=Severity.WARNING)


def test_problems_come_in_the_order_of_files_lines_and_columns_and_only_once() -> None:
    late, early = Problem("b", Location("a", 10, 1), "m"), Problem("a", Location("a", 9, 40), "m")
    assert list(Problems([late, OFF_SCALE, early, late])) == [early, late, OFF_SCALE]


def test_errors_and_warnings_are_counted_apart() -> None:
    problems = Problems([OFF_SCALE, MAIL])
    assert (len(problems), problems.errors, problems.warnings) == (2, 1, 1)


def test_text_says_where_what_and_how_to_mend_it() -> None:
    assert as_text(Problems([OFF_SCALE, MAIL])) == (
        'cities/alder/assessments/2026-garden-rules.yml:11:5: error: 9 is not on the scale "steps" (0 to 4)  '
        "[answer-off-scale]\n"
        '  hint: 4 means "usual"\n'
        "cities/alder/index.md:20:3: warning: a mail address stands here  [personal-data]\n"
    )


def test_a_build_server_is_told_with_a_command_for_each_problem() -> None:
    percent = Problem("wrong-value", Location("a,b:c.yml", 2, 3), "100% is too much, really: yes", "half")
    assert as_github(Problems([percent])) == (
        "::error file=a%2Cb%3Ac.yml,line=2,col=3,title=wrong-value::100%25 is too much, really: yes%0Ahint: half\n"
    )


def test_json_holds_the_same_list() -> None:
    assert json.loads(as_json(Problems([OFF_SCALE, MAIL]))) == {
        "problems": [
            {
                "code": "answer-off-scale", "severity": "error",
                "file": "cities/alder/assessments/2026-garden-rules.yml",
                "line": 11, "column": 5, "message": '9 is not on the scale "steps" (0 to 4)', "hint": '4 means "usual"',
            },
            {
                "code": "personal-data", "severity": "warning", "file": "cities/alder/index.md", "line": 20,
                "column": 3,
                "message": "a mail address stands here", "hint": "",
            },
        ],
        "errors": 1,
        "warnings": 1,
    }


SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"type": "object", "required": ["tool", "results"], "properties": {
            "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {
                "type": "object", "required": ["name"], "properties": {"rules": {"type": "array", "items": {
                    "type": "object", "required": ["id"], "properties": {
                        "shortDescription": {"type": "object", "required": ["text"]},
                        "fullDescription": {"type": "object", "required": ["text"]}}}}}}}},
            "results": {"type": "array", "items": {
                "type": "object", "required": ["message"], "properties": {
                    "ruleIndex": {"type": "integer", "minimum": 0},
                    "level": {"enum": ["error", "warning"]},
                    "message": {"type": "object", "required": ["text"]},
                    "locations": {"type": "array", "minItems": 1}}}},
            "columnKind": {"const": "unicodeCodePoints"}}}},
    },
}
"""What SARIF 2.1.0 asks of the parts that are used here."""


def test_gitlab_tells_every_problem_apart_and_finds_its_line() -> None:
    twice = Problem("answer-off-scale", Location("cities/sampleby/index.md", 12, 3), "9 is not on the scale")
    other = Problem("answer-off-scale", Location("cities/sampleby/index.md", 13, 3), "9 is not on the scale", "0 to 4")
    slip = Problem("not-asked", Location("cities/sampleby/index.md", 14), "not asked", severity=Severity.WARNING)
    found = json.loads(as_gitlab(Problems([twice, other, slip])))
    assert [entry["location"] for entry in found] == [
        {"path": "cities/sampleby/index.md", "lines": {"begin": line}} for line in (12, 13, 14)
    ]
    assert [entry["severity"] for entry in found] == ["major", "major", "minor"]
    assert found[1]["description"] == "9 is not on the scale Hint: 0 to 4"
    assert len({entry["fingerprint"] for entry in found}) == 3
    assert {entry["check_name"] for entry in found} == {"answer-off-scale", "not-asked"}


def test_sarif_names_a_rule_for_every_result() -> None:
    file = Problem("formula", Location("cities/a b/ü.csv", 3, 1), "begins with =")
    whole = json.loads(as_sarif(Problems([OFF_SCALE, MAIL, file]), codes=CODES, version="1.0"))
    jsonschema.validate(whole, SARIF)
    run = whole["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    named = [rules[result["ruleIndex"]]["id"] for result in run["results"]]
    assert named == [result["ruleId"] for result in run["results"]]
    assert rules[1]["shortDescription"]["text"] == CODES["formula"][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "cities/a%20b/%C3%BC.csv"
    assert place["region"] == {"startLine": 3, "startColumn": 1}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("wroked", '"wroked"'),
        ("x" * 40, f'"{"x" * 40}"'),
        ("x" * 41, f'"{"x" * 39}…"'),
        ("x" * 100_000, f'"{"x" * 39}…"'),
        ("write to jo.smith@example.org", '"write to …@example.org"'),
        ("\x1b[31mred", '"\\u{1b}[31mred"'),
        ("a\u202eb", '"a\\u{202e}b"'),
        ("two\nlines", '"two\\u{a}lines"'),
        ("شهر 岡山 \U0001f469\u200d\U0001f3eb", '"شهر 岡山 \U0001f469\u200d\U0001f3eb"'),
    ],
)
def test_refused_values_are_shown_short_plain_and_without_names(value: str, shown: str) -> None:
    assert quoted(value) == shown


NASTY = st.text(max_size=60) | st.sampled_from([
    "::error::x", "\n::set-env name=a::b", "\r::stop-commands::x", "\x1b]0;title\x07", "##[command]x",
    "\u2028::error::x", "\x9b31m", "\udcff",
])
PROBLEMS = st.builds(
    Problem, st.sampled_from(sorted(CODES)), st.builds(Location, NASTY, st.integers(1, 9), st.integers(1, 9)), NASTY,
        NASTY,
    st.sampled_from(Severity),
)
COMMAND = re.compile(r"^\s*(?:::|##\[)")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@given(st.lists(PROBLEMS, max_size=5))
def test_nothing_from_a_file_reaches_a_terminal_or_a_build_server_as_a_command(found: list[Problem]) -> None:
    problems = Problems(found)
    text = as_text(problems)
    assert not any(COMMAND.match(line) for line in text.split("\n"))
    commands = as_github(problems)
    assert len(commands.splitlines()) == len(problems)
    for line in commands.splitlines():
        assert re.fullmatch(r"::(error|warning) file=[^:,]*,line=\d+,col=\d+,title=[a-z0-9-]+::.*", line)
    for form in (text, commands, as_json(problems), as_sarif(problems, codes=CODES, version="1")):
        assert not CONTROL.search(form)
        form.encode("utf-8")
    assert len(json.loads(as_json(problems))["problems"]) == len(problems)
