from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from lcsite.model.assessment import Assessment, Observation
from lcsite.model.framework import Crosswalk, Framework
from lcsite.model.place import Place
from lcsite.model.site import ProsePage, Site
from lcsite.model.toolbox import Practice, Tool
from lcsite.model.words import Record
from lcsite.problems import Problem, Problems
from lcsite.reading.strict_yaml import Tree, YamlMarks, YamlText, read_yaml
from lcsite.reading.validation import validate
from lcsite.reading.validation_words import PATTERNS

GOOD_PRACTICE = """\
title: Vouchers
summary: Nobody used them.
kind: voucher
countries: [GB]
years: 2022-2024
outcome: did-not-work
evidence: {text: 31 of 900., quality: official-audit}
resources: EUR 18,000
"""


def problems_of(record: type[Record], text: str, **given: object) -> list[str]:
    """`line:column message | hint` of each problem."""
    source = YamlText(text, "a.yml")
    tree, found = read_yaml(source)
    assert tree is not None, found
    _, found = validate(record, tree, marks=lambda: YamlMarks(source), given=given)
    return [said(problem) for problem in Problems(found)]


def said(problem: Problem) -> str:
    hint = f" | {problem.hint}" if problem.hint else ""
    return f"{problem.location.line}:{problem.location.column} {problem.message}{hint}"


def practice(text: str) -> list[str]:
    return problems_of(Practice, GOOD_PRACTICE + text, id="vouchers", body="")


def changed(old: str, new: str) -> list[str]:
    assert old in GOOD_PRACTICE
    return problems_of(Practice, GOOD_PRACTICE.replace(old, new), id="vouchers", body="")


def test_a_good_practice_has_no_problems() -> None:
    assert practice("") == []


def test_an_unknown_field_is_pointed_at_with_the_nearest_known_one() -> None:
    assert changed("title:", "titel:") == ['1:1 "title" is missing | what it was, without praise',
        '1:1 "titel" is not a field | did you mean "title"?']


def test_a_missing_field_is_reported_at_the_fields_around_it() -> None:
    assert practice("sources:\n  - {title: a}\n  - {publisher: b}\n") == [
        '11:5 "title" is missing in "sources" | what the text is called',
    ]


def test_a_choice_lists_what_is_allowed_and_the_nearest_match() -> None:
    hint = 'did you mean "did-not-work"? allowed: worked, mixed, did-not-work, unknown'
    assert changed("did-not-work", "did not work") == [f'6:10 "outcome" cannot be "did not work" | {hint}']


def test_an_unfinished_word_is_completed() -> None:
    region = "name: a\nkind: town\ncountry: JP\nworld_region: asia\n"
    assert problems_of(Place, region, id="a")[0].startswith(
        '4:15 "world_region" cannot be "asia" | did you mean "asia-and-the-pacific"?'
    )


def test_a_text_where_a_list_belongs_is_explained() -> None:
    assert practice("places: sampleby\n") == [
        '9:9 "places" is a list | write [first, second], or one entry a line, each after "- "'
    ]


def test_a_list_where_a_text_belongs_is_explained() -> None:
    assert changed("title: Vouchers", "title: [Vouchers]") == [
        '1:8 "title" is one piece of text | write it on one line; put it in quotation marks if it holds a colon'
    ]


def test_a_text_where_fields_belong_is_explained() -> None:
    hint = "write each on a line below, two spaces further in: name, colon, value"
    assert practice("sources: [The report]\n") == [f'9:11 an entry of "sources" is made of fields of its own | {hint}']


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("years: soon", '"years": "soon" is not a span of years'),
        ("countries: [gb]", 'an entry of "countries": "gb" is not a country code'),
        ("supports: [outreach]", 'an entry of "supports": "outreach" is not a reference to a criterion'),
        ("themes: [Youth Work]", 'an entry of "themes": "Youth Work" is not an id'),
        ("demonstration: perhaps", '"demonstration": "perhaps" is not true or false'),
        ("sources: [{title: a, year: MMXX}]", '"year": "MMXX" is not a whole number'),
        ("sources: [{title: a, year: 20221}]", '"year": "20221" is out of range'),
        ("sources: [{title: a, url: example.org}]", '"url": "example.org" is refused'),
        ("language: english", '"language": "english" is not a language code'),
    ],
)
def test_values_are_refused_in_plain_words(line: str, words: str) -> None:
    name = line.partition(":")[0]
    text = "".join(f"{kept}\n" for kept in GOOD_PRACTICE.splitlines() if not kept.startswith(f"{name}:"))
    found = problems_of(Practice, f"{text}{line}\n", id="a", body="")
    assert [each.partition(" ")[2].partition(" | ")[0] for each in found] == [words]


def test_a_login_in_an_address_is_not_repeated() -> None:
    found = practice("sources: [{title: a, url: 'https://me:secret-word@example.org/'}]\n")
    assert [each.partition(" | ")[2] for each in found] == ["an address carries no user name or password"]
    assert "secret-word" not in found[0]


def test_long_values_are_cut_short() -> None:
    assert len(changed("did-not-work", "x" * 5_000)[0]) < 150


def test_a_field_with_nothing_behind_it_is_refused_once() -> None:
    assert changed("kind: voucher", "kind:") == [
        '3:6 nothing stands behind "kind" | write a value, or leave the whole line out'
    ]
    assert practice("places: [a, ]\nsources:\n") == [
        '10:9 nothing stands behind "sources" | write a value, or leave the whole line out'
    ]


def test_what_the_file_name_says_is_not_written_again() -> None:
    hint = "leave it out; it is the name of the file or folder"
    assert practice("id: other\n") == [f'9:1 "id" is not written here | {hint}']


def test_wrong_entries_do_not_count_as_missing_ones() -> None:
    assert len(changed("[GB]", "[gb, usa]")) == 2


def test_all_problems_of_a_file_come_at_once() -> None:
    assert len(problems_of(Practice, "outcome: bad\nyears: soon\nfoo: bar\n", id="a",
        body="")) == 9  # 3 wrong, 6 missing


ANSWERS = """\
framework: garden-rules@2026.1
as_of: 2026-06-30
by: {kind: self, who: nine neighbours}
answers:
"""


def assessment(answers: str) -> list[str]:
    return problems_of(Assessment, ANSWERS + answers, place="a", file_id="2026-garden-rules")


def test_a_plain_answer_and_an_answer_with_reasons_are_both_fine() -> None:
    answers = "  a-1: 3\n  5.2.1: at least 2\n  a-2: {value: 2, note: b}\n  a-3: {not applicable: no school}\n"
    assert assessment(answers) == []


def test_an_answer_that_says_two_things_is_refused_at_its_fields() -> None:
    assert assessment("  a-1: {value: 3, not applicable: b}\n") == [
        "5:8 an answer has either a value or a reason why it is not applicable"
    ]


def test_the_name_of_an_answer_is_pointed_at() -> None:
    assert assessment("  Bad Name: 3\n") == [
        '5:3 a name in "answers": "Bad Name" is not the id of a criterion or indicator | such as inclusion-2 or 5.2.1'
    ]


@pytest.mark.parametrize("written", ["2026", "0", "86400", "30.6.2026", "2026-6-30", "2026-06-31", "2026-06-30T00:00"])
def test_a_date_is_written_out(written: str) -> None:
    text = ANSWERS.replace("2026-06-30", f"'{written}'") + "  a: 1\n"
    assert [each[:4] for each in problems_of(Assessment, text, place="a", file_id="b")] == ["2:8 "]


FRAMEWORK = """\
title: t
version: 2026.1
summary: s
source: [{title: a}]
sureness: x
limits: [y]
history: [{version: 2026.1, date: 2026-01-01, changes: [a]}]
tree: [{id: a, level: criterion, title: b}]
scales:
"""


def scales(text: str) -> list[str]:
    return problems_of(Framework, FRAMEWORK + text, id="a")


def test_the_fields_of_a_scale_depend_on_its_kind() -> None:
    assert scales("  - {id: a, title: b, kind: bands, count: 8, label: c}\n") == [
        '10:46 "label" is not a field of "scales" | did you mean "labels"?'
    ]
    assert scales("  - {id: a, title: b, kind: bands}\n") == ['10:5 "count" is missing in "scales" | how many bands']


def test_an_unknown_kind_of_scale_is_pointed_at() -> None:
    hint = 'did you mean "ordinal"? allowed: ordinal, answers, bands, number, share, text'
    assert scales("  - {id: a, title: b, kind: ordnal}\n") == [f'10:29 "kind" cannot be "ordnal" | {hint}']
    assert scales("  - {id: a, title: b}\n") == ['10:5 "kind" is missing | it says which fields are expected here']


def test_a_field_that_has_the_name_of_a_kind_is_pointed_at_all_the_same() -> None:
    assert scales("  - {id: a, title: b, kind: text, text: c}\n")[0].startswith('10:35 "text" is not a field')


def test_what_contradicts_itself_is_told_in_the_words_of_the_model() -> None:
    assert scales("  - {id: a, title: b, kind: ordinal, best: 1, steps: [{value: 1}, {value: 1}]}\n") == [
        "10:5 two steps have the same value"
    ]


RECORDS: tuple[type[Record], ...] = (
    Assessment, Crosswalk, Framework, Observation, Place, Practice, ProsePage, Site, Tool,
)
JARGON = re.compile(r"input|valid |string|integer|float|tuple|dict|decimal|parse|literal|enum|None|NoneType|union",
    re.IGNORECASE)


def patterns(annotation: Any, seen: set[Any]) -> set[str]:
    """Every pattern that a record asks for, wherever it is nested."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation in seen:
            return set()
        seen.add(annotation)
        return set(re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', str(annotation.model_json_schema()).replace("'", '"')))
    return set().union(*(patterns(part, seen) for part in get_args(annotation))) if get_args(annotation) else set()


@pytest.mark.parametrize("record", RECORDS)
def test_every_pattern_of_the_model_is_explained(record: type[Record]) -> None:
    asked = {pattern.replace("\\\\", "\\") for pattern in patterns(record, set())}
    assert asked <= PATTERNS.keys()


KEYS = sorted({name for record in RECORDS for name in record.model_fields} | {"value", "not applicable", "x"})
VALUES = st.sampled_from(["", "a", "1", "-3.5", "2026-01-01", "true", "GB", "ordinal", "http://x", "1e9", "NaN",
    "a@2026.1"])
TREES: st.SearchStrategy[Tree] = st.recursive(
    VALUES | st.none(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(KEYS), below, max_size=4),
        max_leaves=12,
)


@given(st.sampled_from(RECORDS), st.dictionaries(st.sampled_from(KEYS), TREES, max_size=8))
def test_whatever_is_written_the_answer_is_a_record_or_plain_words(record: type[Record], tree: dict[str, Tree]) -> None:
    found, problems = validate(record, tree, marks=lambda: YamlMarks(YamlText("x: 1\n", "a.yml")))
    assert found is not None or problems
    for problem in problems:
        shown = re.sub(r'"[^"]*"', "", problem.message)
        assert not JARGON.search(shown), problem.message
