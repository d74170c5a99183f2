"""One answer on its scale: every vector of section 1, and what holds for any scale."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lcsite.model.answering import AnswerError, FigureAnswer, TextAnswer, read_answer, read_figure
from lcsite.model.scale import (
    AnswersScale,
    BandsScale,
    Direction,
    Goalposts,
    Measure,
    NumberScale,
    OrdinalScale,
    Scale,
    ShareScale,
    TextScale,
)
from lcsite.scoring.results import Answered, Flag, Unknown, UnknownReason, Unscored, UnscoredReason
from lcsite.scoring.scales import (
    ScaledAnswer,
    Worths,
    read_figure_on_goalposts,
    read_share_of_people,
    scale_answer,
    step_worths,
    unscored_reason,
    wilson_interval,
)
from tests.scoring.trees import LAW, TEN_BANDS, TRUE_PARTLY_FALSE

NUMBER = NumberScale(kind="number", id="number", title="A number")
SHARE = ShareScale(kind="share", id="share", title="A share")


def ordinal(first: int, last: int, best: int, worths: list[str] | None = None) -> OrdinalScale:
    steps: list[dict[str, Any]] = [{"value": str(value)} for value in range(first, last + 1)]
    for step, worth in zip(steps, worths or [], strict=bool(worths)):
        step["worth"] = worth
    return OrdinalScale.model_validate({
        "kind": "ordinal", "id": "steps", "title": "Steps", "steps": steps, "best": str(best),
        **({"because": "Words alone earn nothing."} if worths else {}),
    })


def goalposts(low: str, high: str, **more: str) -> Goalposts:
    return Goalposts.model_validate({
        "low": low, "high": high, "because": "Ends that a place can aim at.", "source": {"title": "A source"}, **more
    })


def on(low: str | None, high: str | None, posts: Goalposts, direction: Direction) -> ScaledAnswer:
    ends = [None if end is None else Fraction(end) for end in (low, high)]
    return read_figure_on_goalposts(ends[0], ends[1], goalposts=posts, direction=direction)


def value(figure: str, posts: Goalposts, direction: Direction = Direction.HIGHER) -> Fraction:
    state = on(figure, figure, posts, direction).state
    assert isinstance(state, Answered)
    assert state.low == state.u == state.high
    return state.u


def u(scale: Scale, raw: str) -> Fraction:
    state = scale_answer(scale, read_answer(scale, raw)).state
    assert isinstance(state, Answered)
    return state.u


def interval(scale: Scale, raw: str) -> tuple[Fraction, Fraction, Fraction]:
    state = scale_answer(scale, read_answer(scale, raw)).state
    assert isinstance(state, Answered)
    return state.low, state.u, state.high


def rounded(number: Fraction) -> float:
    return float(round(Decimal(number.numerator) / Decimal(number.denominator), 4))


def fractions(*values: str) -> list[Fraction]:
    return [Fraction(each) for each in values]


# Steps


@pytest.mark.parametrize(("scale", "expected"), [
    (ordinal(1, 4, best=1), ["1", "2/3", "1/3", "0"]),
    (ordinal(1, 5, best=1), ["1", "3/4", "1/2", "1/4", "0"]),
    (ordinal(1, 5, best=5), ["0", "1/4", "1/2", "3/4", "1"]),
    (ordinal(0, 4, best=4), ["0", "1/4", "1/2", "3/4", "1"]),
    (ordinal(0, 4, best=4, worths=["0", "0", "0.5", "0.75", "1"]), ["0", "0", "1/2", "3/4", "1"]),
])
def test_a_step_counts_by_its_position_or_its_declared_value(scale: OrdinalScale, expected: list[str]) -> None:
    assert [u(scale, step.value) for step in scale.steps] == fractions(*expected)


def test_a_step_off_the_scale_is_an_error() -> None:
    with pytest.raises(AnswerError, match='6 is not on the scale "steps"'):
        read_answer(ordinal(1, 5, best=5), "6")


def test_at_least_a_step_is_worth_the_step_and_may_be_all_that_lies_above() -> None:
    scale = ordinal(0, 4, best=4)
    assert interval(scale, "at least 2") == (Fraction(1, 2), Fraction(1, 2), 1)
    assert interval(scale, "2 to 3") == (Fraction(1, 2), Fraction(1, 2), Fraction(3, 4))
    assert interval(scale, "at least 4") == (1, 1, 1)


def test_at_least_looks_towards_the_best_step_where_that_is_the_first() -> None:
    scale = ordinal(1, 5, best=1)
    assert interval(scale, "at least 3") == (Fraction(1, 2), Fraction(1, 2), 1)
    assert interval(scale, "2 to 3") == (Fraction(1, 2), Fraction(1, 2), Fraction(3, 4))


def test_a_range_of_steps_is_flagged_as_the_least_that_is_shown() -> None:
    scale = ordinal(0, 4, best=4)
    assert scale_answer(scale, read_answer(scale, "at least 2")).flags == (Flag.LEAST_SHOWN,)
    assert scale_answer(scale, read_answer(scale, "at least 4")).flags == ()


def test_answers_are_worth_what_the_map_says_and_not_their_position() -> None:
    assert [u(TRUE_PARTLY_FALSE, letter) for letter in "TPFI"] == fractions("1", "1/2", "0", "1/4")
    silent = scale_answer(TRUE_PARTLY_FALSE, read_answer(TRUE_PARTLY_FALSE, "D"))
    assert silent.state == Unknown(UnknownReason.DONT_KNOW)


def test_yes_no_in_plan_gives_a_quarter_to_a_plan() -> None:
    scale = AnswersScale.model_validate({
        "kind": "answers", "id": "yes-no", "title": "Yes or no", "because": "A plan is a promise.",
        "steps": [
            {"value": "yes", "worth": "1"}, {"value": "in plan", "worth": "0.25", "role": "in-plan"},
            {"value": "no", "worth": "0"},
        ],
    })
    assert [u(scale, word) for word in ("yes", "in plan", "no")] == fractions("1", "1/4", "0")


def test_a_map_that_gives_a_plan_more_than_partly_is_refused() -> None:
    with pytest.raises(ValidationError, match="in plan may not be worth more than partly"):
        AnswersScale.model_validate({
            "kind": "answers", "id": "wrong", "title": "Wrong", "because": "None.",
            "steps": [
                {"value": "P", "worth": "0.25", "role": "partly"}, {"value": "I", "worth": "0.5", "role": "in-plan"},
            ],
        })


def test_other_worths_are_refused_where_they_break_a_rule_of_the_scale() -> None:
    assert step_worths(TRUE_PARTLY_FALSE, Worths(in_plan=Fraction(1, 2), partly=Fraction(2, 5))) is None
    assert step_worths(TRUE_PARTLY_FALSE, Worths(in_plan=Fraction(1, 2))) is not None
    planned = OrdinalScale.model_validate({
        "kind": "ordinal", "id": "planned", "title": "Planned", "best": "2", "because": "A plan is a promise.",
        "steps": [{"value": "0", "worth": "0"}, {"value": "1", "worth": "0", "role": "in-plan"},
                  {"value": "2", "worth": "0.25"}],
    })
    assert step_worths(planned, Worths(in_plan=Fraction(1, 4))) == (0, Fraction(1, 4), Fraction(1, 4))
    assert step_worths(planned, Worths(in_plan=Fraction(1, 2))) is None


def test_a_step_for_unknown_takes_no_position() -> None:
    scale = OrdinalScale.model_validate({
        "kind": "ordinal", "id": "with-unknown", "title": "With unknown", "best": "a",
        "steps": [{"value": "a"}, {"value": "b"}, {"value": "c"}, {"value": "no idea", "role": "unknown"}],
    })
    assert [u(scale, letter) for letter in "abc"] == fractions("1", "1/2", "0")
    assert scale_answer(scale, read_answer(scale, "No idea")).state == Unknown(UnknownReason.DONT_KNOW)


def test_a_withheld_answer_is_unknown() -> None:
    assert scale_answer(TEN_BANDS, read_answer(TEN_BANDS, "withheld")).state == Unknown(UnknownReason.WITHHELD)


# Bands


def test_ten_bands_are_closed_at_tenths_and_worth_their_middle() -> None:
    assert interval(TEN_BANDS, "1") == (0, Fraction(1, 20), Fraction(1, 10))
    assert interval(TEN_BANDS, "7") == (Fraction(6, 10), Fraction(13, 20), Fraction(7, 10))
    assert interval(TEN_BANDS, "10") == (Fraction(9, 10), Fraction(19, 20), 1)


# Numbers with goalposts


def test_a_number_is_read_between_its_goalposts() -> None:
    assert value("35", goalposts("20", "80")) == Fraction(1, 4)
    assert value("12", goalposts("5", "25"), Direction.LOWER) == Fraction(13, 20)
    assert value("80", goalposts("20", "80")) == 1


def test_a_newcomer_changes_nothing_because_goalposts_are_fixed() -> None:
    assert value("40", goalposts("20", "80")) == Fraction(1, 3)


@pytest.mark.parametrize(("figure", "expected", "flagged"), [
    ("90", 1, True), ("10", 0, True), ("80", 1, False), ("20", 0, False),
])
def test_only_a_number_beyond_a_goalpost_is_flagged(figure: str, expected: int, flagged: bool) -> None:
    scaled = on(figure, figure, goalposts("20", "80"), Direction.HIGHER)
    assert scaled.state == Answered.exactly(Fraction(expected))
    assert (Flag.BEYOND_GOALPOST in scaled.flags) is flagged


def test_a_number_with_an_aim_inside_falls_on_both_sides() -> None:
    parity = goalposts("0", "100", aim="50")
    assert [value(x, parity, Direction.TARGET) for x in ("30", "50", "60", "0", "100")] == fractions(
        "0.6", "1", "0.8", "0", "0"
    )


def test_a_band_of_figures_is_worth_the_middle_of_its_interval() -> None:
    posts = goalposts("0", "80000")
    assert on("15000", "25000", posts, Direction.HIGHER).state == Answered(*fractions("0.25", "0.1875", "0.3125"))
    assert on("25000", None, posts, Direction.HIGHER).state == Answered(*fractions("0.65625", "0.3125", "1"))
    assert on(None, "25000", posts, Direction.LOWER).state == Answered(*fractions("0.84375", "0.6875", "1"))


def test_a_band_around_an_aim_reaches_the_top() -> None:
    state = on("30", "60", goalposts("0", "100", aim="50"), Direction.TARGET).state
    assert state == Answered(*fractions("0.8", "0.6", "1"))


def test_a_band_with_one_end_beyond_a_goalpost_is_flagged() -> None:
    assert on("70", "90", goalposts("20", "80"), Direction.HIGHER).flags == (Flag.BEYOND_GOALPOST,)
    assert on("90", None, goalposts("20", "80"), Direction.HIGHER).state == Answered.exactly(Fraction(1))


def test_a_skewed_number_is_read_on_a_logarithm() -> None:
    income = goalposts("100", "75000", curve="logarithm")
    assert rounded(value("3000", income)) == 0.5138
    assert value("100", income) == 0
    assert value("75000", income) == 1
    assert value("3000", income, Direction.LOWER) == 1 - value("3000", income)
    zero = on("0", "0", income, Direction.HIGHER)
    assert zero == ScaledAnswer(Answered.exactly(Fraction(0)), (Flag.BEYOND_GOALPOST,))
    with pytest.raises(ValueError, match="0 or more"):
        value("-1", income)


def test_a_logarithm_is_right_to_thirty_digits() -> None:
    # On 10 to 1000 the number 100 lies exactly half way.
    assert value("100", goalposts("10", "1000", curve="logarithm")) == Fraction(1, 2)


def test_goalposts_that_contradict_the_direction_are_refused() -> None:
    with pytest.raises(ValueError, match="does not go with"):
        value("30", goalposts("0", "100", aim="50"), Direction.HIGHER)
    with pytest.raises(ValueError, match="does not go with"):
        value("30", goalposts("0", "100"), Direction.TARGET)


# Shares of people asked


@pytest.mark.parametrize(("k", "n", "expected"), [
    (248, 400, (0.62, 0.5715, 0.6662)), (0, 20, (0, 0, 0.1611)), (20, 20, (1, 0.8389, 1)),
    (3, 5, (0.6, 0.2307, 0.8824)),
])
def test_a_share_has_a_wilson_interval(k: int, n: int, expected: tuple[float, float, float]) -> None:
    state = read_share_of_people(Fraction(k, n), Fraction(k, n), n=n).state
    assert isinstance(state, Answered)
    assert (rounded(state.u), rounded(state.low), rounded(state.high)) == expected


def test_a_share_of_nobody_and_of_everybody_touches_the_end_exactly() -> None:
    assert wilson_interval(Fraction(0), 20)[0] == 0
    assert wilson_interval(Fraction(1), 20)[1] == 1


def test_fewer_than_five_people_are_not_published() -> None:
    assert read_share_of_people(Fraction(3, 4), Fraction(3, 4), n=4).state == Unknown(UnknownReason.TOO_FEW)


def test_a_share_without_n_has_no_interval_and_says_so() -> None:
    scaled = read_share_of_people(Fraction("0.62"), Fraction("0.62"), n=None)
    assert scaled == ScaledAnswer(Answered.exactly(Fraction("0.62")), (Flag.SAMPLE_SIZE_UNKNOWN,))


def test_a_share_that_should_be_low_is_turned_round_with_its_interval() -> None:
    plain = read_share_of_people(Fraction(3, 5), Fraction(3, 5), n=5).state
    turned = read_share_of_people(Fraction(3, 5), Fraction(3, 5), n=5, lower_is_better=True).state
    assert isinstance(plain, Answered)
    assert turned == Answered(1 - plain.u, 1 - plain.high, 1 - plain.low)


def test_a_share_published_as_a_band_spans_it() -> None:
    state = scale_answer(
        SHARE, read_figure(SHARE, low=Decimal(60)), measure=Measure(unit="percent", direction=Direction.HIGHER)
    ).state
    assert state == Answered(Fraction(4, 5), Fraction(3, 5), Fraction(1))


# What the framework itself leaves unscored


def test_what_the_framework_gives_no_mark_is_unscored_whatever_is_answered() -> None:
    higher, none = (Measure(unit="people", direction=way) for way in (Direction.HIGHER, Direction.NONE))
    aims = Measure(unit="percent", direction=Direction.TARGET)
    posts = goalposts("0", "100")
    words = TextScale(kind="text", id="words", title="Words")
    assert unscored_reason(None, None, None) is UnscoredReason.NO_SCALE
    assert unscored_reason(words, None, None) is UnscoredReason.WORDS
    assert unscored_reason(NUMBER, higher, None) is UnscoredReason.NO_GOALPOSTS
    assert unscored_reason(NUMBER, aims, posts) is UnscoredReason.NO_GOALPOSTS
    assert unscored_reason(NUMBER, none, posts) is UnscoredReason.NO_DIRECTION
    assert unscored_reason(NUMBER, None, posts) is UnscoredReason.NO_DIRECTION
    assert unscored_reason(SHARE, none, None) is UnscoredReason.NO_DIRECTION
    assert unscored_reason(SHARE, aims, None) is UnscoredReason.NO_GOALPOSTS
    assert unscored_reason(NUMBER, higher, posts) is None
    assert unscored_reason(SHARE, higher, None) is None
    answer = FigureAnswer(Fraction(5), Fraction(5))
    assert scale_answer(NUMBER, answer, measure=higher).state == Unscored(UnscoredReason.NO_GOALPOSTS)
    assert scale_answer(words, TextAnswer("much")).state == Unscored(UnscoredReason.WORDS)


def test_an_answer_read_on_another_kind_of_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="not read on a scale of this kind"):
        scale_answer(TEN_BANDS, TextAnswer("seven"))


# Laws


@LAW
@given(st.integers(2, 12), st.booleans(), st.data())
def test_a_better_step_is_never_worth_less_and_the_ends_are_0_and_1(k: int, rising: bool, data: st.DataObject) -> None:
    first = data.draw(st.integers(-3, 3))
    scale = ordinal(first, first + k - 1, best=first + k - 1 if rising else first)
    worths = [u(scale, step.value) for step in scale.steps]
    towards_best = worths if rising else worths[::-1]
    assert towards_best == [Fraction(place, k - 1) for place in range(k)]


_ends = st.integers(-500, 500)


@LAW
@given(_ends, st.integers(1, 500), _ends, st.integers(0, 300), st.sampled_from(["higher", "lower", "aim", "log"]))
def test_a_band_holds_every_number_in_it(low: int, width: int, x: int, breadth: int, kind: str) -> None:
    if kind == "log":
        low, x = abs(low) + 1, abs(x)
    aim = {"aim": str(Fraction(2 * low + width, 2))} if kind == "aim" and width % 2 == 0 else {}
    posts = goalposts(str(low), str(low + width), **aim, **({"curve": "logarithm"} if kind == "log" else {}))
    direction = Direction.TARGET if aim else Direction.LOWER if kind == "lower" else Direction.HIGHER
    band = on(str(x), str(x + breadth), posts, direction).state
    assert isinstance(band, Answered)
    for inside in (x, x + breadth // 2, x + breadth):
        assert band.low <= value(str(inside), posts, direction) <= band.high
    assert band.u == (band.low + band.high) / 2


@LAW
@given(st.integers(5, 2000), st.integers(0, 2000), st.booleans())
def test_a_wilson_interval_holds_the_share_and_mirrors(n: int, k: int, lower: bool) -> None:
    p = Fraction(min(k, n), n)
    low, high = wilson_interval(p, n)
    assert 0 <= low <= p <= high <= 1
    assert abs((1 - wilson_interval(1 - p, n)[1]) - low) < Fraction(1, 10**28)
    assert isinstance(read_share_of_people(p, p, n=n, lower_is_better=lower).state, Answered)


def test_bands_of_another_number_work_the_same() -> None:
    quarters = BandsScale(kind="bands", id="quarters", title="Quarters", count=4)
    assert interval(quarters, "4") == (Fraction(3, 4), Fraction(7, 8), 1)
