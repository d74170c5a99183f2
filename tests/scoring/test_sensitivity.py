"""How far the declared choices move a point (method, section 7)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.model.answering import StepsAnswer
from lcsite.model.scale import AnswersScale, OrdinalScale
from lcsite.scoring.scales import SteppedAnswer
from lcsite.scoring.sensitivity import Choice, Sensitivity, Span, sensitivity, weight_extremes
from lcsite.scoring.tree import Branch, Leaf, Part, evaluate
from tests.scoring.trees import LAW, WORKED_A, WORKED_D, WORKED_E, exact, leaf, lettered, lines, node, trees

F = Fraction


def of(tree: Branch | Leaf) -> Sensitivity:
    found = sensitivity(evaluate(tree))
    assert found is not None
    return found


def near(span: Span, low: str, high: str) -> bool:
    half = F(1, 20000)
    return abs(span.low - F(low)) <= half and abs(span.high - F(high)) <= half


def test_example_a() -> None:
    found = of(WORKED_A)
    assert found.declared == F("0.65625")
    assert found.of(Choice.IN_PLAN) == Span(F("0.625"), F("0.6875"))
    assert found.of(Choice.PARTLY) == Span(F("0.63125"), F("0.68125"))
    assert found.of(Choice.BANDS) == Span(F("0.65625"), F("0.65625"))
    assert found.of(Choice.WEIGHTS) == Span(F(73, 128), F(95, 128))
    assert near(found.of(Choice.MEAN), "0.3976", "0.6563")
    assert found.together == Span(F(1, 2), F(251, 320))
    assert found.most_influential is Choice.MEAN


def test_worked_d() -> None:
    found = of(WORKED_D)
    assert near(found.of(Choice.BANDS), "0.4455", "0.5455")
    assert near(found.of(Choice.WEIGHTS), "0.4523", "0.5367")
    assert near(found.of(Choice.MEAN), "0.4514", "0.4955")
    assert near(found.together, "0.4023", "0.5867")
    assert found.most_influential is Choice.BANDS
    assert found.of(Choice.IN_PLAN) == found.of(Choice.PARTLY) == Span(F(109, 220), F(109, 220))


def test_four_areas_with_every_weight_free() -> None:
    areas = node("r", *(leaf(name, u) for name, u in zip("abcd", ("0.8", "0.6", "0.3", "0.7"), strict=True)))
    assert of(areas).of(Choice.WEIGHTS) == Span(F(39, 70), F(51, 80))


def test_only_a_node_that_shows_a_point_has_a_sensitivity() -> None:
    assert sensitivity(evaluate(lines("x", "TDD"))) is None
    assert sensitivity(evaluate(lines("x", "NN"))) is None
    assert sensitivity(evaluate(WORKED_E)) is not None


def test_nothing_is_most_influential_where_nothing_moves() -> None:
    assert of(node("r", leaf("a", 1), leaf("b", 1))).most_influential is None


def test_a_tie_goes_to_the_earlier_choice() -> None:
    # Two items in plan move by a half each, five partly by a fifth each: one point of seven, twice. All items sit in
    # one child, so that neither weights nor the kind of mean can move anything.
    found = of(node("r", lines("x", "IIPPPPP")))
    assert found.of(Choice.IN_PLAN).width == found.of(Choice.PARTLY).width == F(1, 7)
    assert found.most_influential is Choice.IN_PLAN
    assert of(node("r", lines("x", "IPPPPP"))).most_influential is Choice.PARTLY


def test_a_declared_value_off_the_usual_ones_is_among_the_alternatives() -> None:
    scale = AnswersScale.model_validate({
        "kind": "answers", "id": "own", "title": "Own", "because": "Chosen.",
        "steps": [
            {"value": "T", "worth": "1"}, {"value": "P", "worth": "0.7", "role": "partly"},
            {"value": "I", "worth": "0.65", "role": "in-plan"},
        ],
    })

    def answered(name: str, place: int) -> Leaf:
        stepped = SteppedAnswer(scale, StepsAnswer(place, place))
        return Leaf(name, F(1), stepped.read(), stepped)

    found = of(node("r", answered("p", 1), answered("i", 2)))
    # Partly alone: 2/5, 1/2 and 3/5 would all fall below in plan at .65, so only the declared value is left.
    assert found.of(Choice.PARTLY) == Span(found.declared, found.declared)
    assert found.of(Choice.IN_PLAN) == Span(F("0.35"), F("0.675"))
    # Together in plan may be 0 with partly 2/5: the low end weighs them 5/4 and 3/4, (3/4 * 2/5) over 2. At the high
    # end both are as declared, and partly has the high weight: (5/4 * 7/10 + 3/4 * 13/20) over 2.
    assert found.together == Span(F("0.15"), F("0.68125"))


def test_a_planned_step_of_an_ordinal_scale_is_varied_too() -> None:
    scale = OrdinalScale.model_validate({
        "kind": "ordinal", "id": "review", "title": "Review", "best": "2", "because": "A plan is a promise.",
        "steps": [
            {"value": "0", "worth": "0"}, {"value": "1", "worth": "0.25", "role": "in-plan"},
            {"value": "2", "worth": "1"},
        ],
    })
    at_least_planned = SteppedAnswer(scale, StepsAnswer(1, 2))
    found = of(Leaf("x", F(1), at_least_planned.read(), at_least_planned))
    assert found.of(Choice.IN_PLAN) == Span(F(0), F(1, 2))
    assert found.of(Choice.BANDS) == Span(F(1, 4), F(1))


def test_weights_without_anything_known_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing is known"):
        weight_extremes([])


_parts = st.lists(
    st.tuples(st.integers(1, 5), st.integers(0, 20), st.integers(1, 4)).map(
        lambda t: Part(F(t[0]), F(t[1] * t[2], 80), F(t[2], 4))
    ),
    min_size=1, max_size=5,
)


@LAW
@given(_parts)
def test_one_cut_finds_the_extremes_of_all_corners(parts: list[Part]) -> None:
    corners = []
    for factors in product((F(3, 4), F(5, 4)), repeat=len(parts)):
        known = sum(factor * part.weight * part.known for part, factor in zip(parts, factors, strict=True))
        corners.append(known / sum(f * part.weight * part.coverage for part, f in zip(parts, factors, strict=True)))
    assert weight_extremes(parts) == Span(min(corners), max(corners))


@LAW
@given(trees)
def test_the_declared_point_lies_in_every_span_and_each_span_in_the_joint_one(tree: Branch) -> None:
    top = evaluate(tree)
    found = sensitivity(top)
    if found is None:
        assert top.numbers is None or top.numbers.coverage < F(2, 3)
        return
    for choice, span in found.alone:
        assert 0 <= span.low <= found.declared <= span.high <= 1
        if choice is not Choice.MEAN:
            assert found.together.low <= span.low <= span.high <= found.together.high
    widest = max(span.width for _, span in found.alone)
    assert (found.most_influential is None) == (widest == 0)


@LAW
@given(st.text("TPFID", min_size=1, max_size=7))
def test_together_equals_trying_every_combination_in_full(letters: str) -> None:
    found = sensitivity(evaluate(lines("x", letters)))
    known = [letter for letter in letters if letter != "D"]
    if found is None:
        assert 3 * len(known) < 2 * len(letters)
        return
    points = []
    for in_plan, partly in product((F(0), F(1, 4), F(1, 2)), (F(2, 5), F(1, 2), F(3, 5))):
        if in_plan > partly:
            continue
        worth = {"T": F(1), "P": partly, "F": F(0), "I": in_plan}
        values = [worth[letter] for letter in known]
        # Equal weights: the extremes put the high weights on the highest or on the lowest answers.
        for order in (sorted(values), sorted(values, reverse=True)):
            for cut in range(len(order) + 1):
                factors = [F(3, 4)] * cut + [F(5, 4)] * (len(order) - cut)
                points.append(sum(a * b for a, b in zip(factors, order, strict=True)) / sum(factors))
    assert found.together == Span(min(points), max(points))


def test_the_joint_reading_of_mixed_letters_by_hand() -> None:
    found = of(node("r", lettered("a", "I"), Leaf("b", F(1), exact(1))))
    # In plan 0 with its weight high and the other's low: 3/4 over 2; in plan 1/2 the other way: (3/8 + 5/4) over 2.
    assert found.together == Span(F(3, 8), F(13, 16))
