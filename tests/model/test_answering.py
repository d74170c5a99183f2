"""Which answers are legal on a scale, and what they stand for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from lcsite.model.answering import (
    AnswerError,
    BandAnswer,
    FigureAnswer,
    NoAnswer,
    ParsedAnswer,
    ShareAnswer,
    StepsAnswer,
    TextAnswer,
    read_answer,
    read_figure,
    scale_summary,
)
from lcsite.model.scale import Scale

F = Fraction


def scale(kind: str, **more: Any) -> Scale:
    found: Scale = TypeAdapter(Scale).validate_python({"kind": kind, "id": "practice", "title": "Practice", **more})
    return found


RISING = scale("ordinal", best="4", steps=[
    {"value": "0", "label": "not seen"}, {"value": "1"}, {"value": "2"}, {"value": "3"},
    {"value": "4", "label": "common practice, reviewed and improved"},
])
FALLING = scale("ordinal", best="1", steps=[{"value": str(n)} for n in range(1, 6)])
ANSWERS = scale("answers", because="A plan is a promise.", steps=[
    {"value": "yes", "worth": "1"}, {"value": "in plan", "worth": "0.25", "role": "in-plan"},
    {"value": "no", "worth": "0"}, {"value": "not seen yet", "role": "unknown"},
])
BANDS, NUMBER, SHARE, WORDS = scale("bands", count=10), scale("number"), scale("share"), scale("text")


@pytest.mark.parametrize(("on", "raw", "expected"), [
    (RISING, "3", StepsAnswer(3, 3)),
    (RISING, "at least 2", StepsAnswer(2, 4)),
    (RISING, "2 to 3", StepsAnswer(2, 3)),
    (RISING, "3 to 2", StepsAnswer(2, 3)),
    (RISING, "at least 4", StepsAnswer(4, 4)),
    (FALLING, "2", StepsAnswer(1, 1)),
    (FALLING, "at least 2", StepsAnswer(1, 0)),
    (FALLING, "2 to 4", StepsAnswer(3, 1)),
    (ANSWERS, "In  Plan", StepsAnswer(1, 1)),
    (ANSWERS, "not seen yet", NoAnswer()),
    (BANDS, "10", BandAnswer(10)),
    (NUMBER, "12.5", FigureAnswer(F("12.5"), F("12.5"))),
    (NUMBER, "-3", FigureAnswer(F(-3), F(-3))),
    (NUMBER, "15000 to 25000", FigureAnswer(F(15000), F(25000))),
    (NUMBER, "over 25000", FigureAnswer(F(25000), None)),
    (NUMBER, "at least 25000", FigureAnswer(F(25000), None)),
    (NUMBER, "up to 10", FigureAnswer(None, F(10))),
    (SHARE, "248 of 400", ShareAnswer(F(62, 100), F(62, 100), 400)),
    (SHARE, "248/400", ShareAnswer(F(62, 100), F(62, 100), 400)),
    (SHARE, "62 %", ShareAnswer(F(62, 100), F(62, 100))),
    (SHARE, "62.5", ShareAnswer(F(625, 1000), F(625, 1000))),
    (SHARE, "60 to 70 percent", ShareAnswer(F(6, 10), F(7, 10))),
    (SHARE, "more than 60%", ShareAnswer(F(6, 10), None)),
    (WORDS, "More light, please", TextAnswer("More light, please")),
    (NUMBER, "don't know", NoAnswer()),
    (RISING, "Withheld", NoAnswer(withheld=True)),
])
def test_an_answer_is_read_as_it_is_written(on: Scale, raw: str, expected: ParsedAnswer) -> None:
    assert read_answer(on, raw) == expected


@pytest.mark.parametrize(("on", "raw", "message", "hint"), [
    (RISING, "9", '9 is not on the scale "practice" (0 to 4)', '4 means "common practice, reviewed and improved"'),
    (RISING, "at least 9", '9 is not on the scale "practice" (0 to 4)',
     '4 means "common practice, reviewed and improved"'),
    (RISING, "not sen", 'not sen is not on the scale "practice" (0 to 4)', '0 means "not seen"'),
    (ANSWERS, "in plann", 'in plann is not on the scale "practice" (yes, in plan or no)', "did you mean in plan?"),
    (ANSWERS, "no to yes", '"no to yes" is a range, and the answers of the scale "practice" have no order',
     "choose one: yes, in plan or no"),
    (BANDS, "11", '11 is not on the scale "practice" (1 to 10)', None),
    (BANDS, "0", '0 is not on the scale "practice" (1 to 10)', None),
    (NUMBER, "25000 to 15000", "25000 to 15000 runs downwards", "write 15000 to 25000"),
    (NUMBER, "9" * 25, "a number has at most 24 digits", None),
    (SHARE, "9 of 4", "9 of 4 is not a share", "write how many of those asked, such as 248 of 400"),
    (SHARE, "0 of 0", "0 of 0 is not a share", "write how many of those asked, such as 248 of 400"),
    (SHARE, "120", 'a share on the scale "practice" is a percentage from 0 to 100',
     "or write k of n, such as 248 of 400"),
])
def test_what_is_not_on_the_scale_is_said_with_a_hint(on: Scale, raw: str, message: str, hint: str | None) -> None:
    with pytest.raises(AnswerError) as caught:
        read_answer(on, raw)
    assert (caught.value.message, caught.value.hint) == (message, hint)


@pytest.mark.parametrize("raw", ["15,000", "1e5", "12 people", "٣", "1/2", ""])
def test_a_number_is_written_in_plain_digits(raw: str) -> None:
    with pytest.raises(AnswerError, match="is not a number"):
        read_answer(NUMBER, raw)


def test_the_legal_answers_fit_in_a_few_words() -> None:
    assert [scale_summary(each) for each in (RISING, FALLING, ANSWERS, BANDS, NUMBER, WORDS)] == [
        "0 to 4", "1 to 5", "yes, in plan or no", "1 to 10", "a number", "words",
    ]
    assert scale_summary(SHARE) == "k of n, or a percentage from 0 to 100"


def test_rows_of_a_series_are_read_on_every_scale() -> None:
    assert read_figure(NUMBER, value=Decimal("12.50")) == FigureAnswer(F("12.5"), F("12.5"))
    assert read_figure(NUMBER, low=Decimal(5)) == FigureAnswer(F(5), None)
    assert read_figure(NUMBER, high=Decimal(5)) == FigureAnswer(None, F(5))
    assert read_figure(SHARE, k=3, n=5) == ShareAnswer(F(3, 5), F(3, 5), 5)
    assert read_figure(SHARE, value=Decimal(62), n=400) == ShareAnswer(F(62, 100), F(62, 100), 400)
    assert read_figure(RISING, value=Decimal("3.0")) == StepsAnswer(3, 3)
    assert read_figure(RISING, low=Decimal(2)) == StepsAnswer(2, 4)
    assert read_figure(RISING, low=Decimal(2), high=Decimal(3)) == StepsAnswer(2, 3)
    assert read_figure(BANDS, value=Decimal(10)) == BandAnswer(10)


@pytest.mark.parametrize(("on", "figure"), [
    (NUMBER, {"k": 3, "n": 5}), (SHARE, {"k": 3}), (SHARE, {"k": 6, "n": 5}), (NUMBER, {}),
    (RISING, {"high": Decimal(3)}), (RISING, {"value": Decimal("2.5")}), (SHARE, {"value": Decimal(101)}),
])
def test_rows_that_do_not_fit_their_scale_are_refused(on: Scale, figure: dict[str, Any]) -> None:
    with pytest.raises(AnswerError):
        read_figure(on, **figure)
