"""The laws of the tree algebra on random trees (method, section 2), against an independent flat computation."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from lcsite.scoring.results import Answered, Numbers, Unknown
from lcsite.scoring.tree import Branch, Leaf, evaluate, geometric_mean, lowest_children, open_questions, working
from tests.scoring.trees import LAW, NOT_APPLICABLE, UNKNOWN, answers, exact_trees, leaves, replaced, trees


def read(tree: Branch | Leaf) -> Numbers:
    found = evaluate(tree).numbers
    assume(found is not None)
    assert found is not None
    return found


def flat_weights(tree: Branch | Leaf) -> dict[str, Fraction]:
    """Effective weights computed from the definition alone: a path of weights over remaining siblings."""

    def items(each: Branch | Leaf) -> list[Leaf]:
        return [x for x in leaves(each) if isinstance(x.state, Answered | Unknown)]

    def descend(each: Branch | Leaf, weight: Fraction) -> dict[str, Fraction]:
        if isinstance(each, Leaf):
            return {each.id: weight}
        stay = [child for child in each.children if items(child)]
        total = sum(child.weight for child in stay)
        return {k: v for child in stay for k, v in descend(child, weight * child.weight / total).items()}

    return descend(tree, Fraction(1)) if items(tree) else {}


@LAW
@given(trees)
def test_the_range_holds_the_estimate_and_coverage_bounds_both_ends(tree: Branch) -> None:
    n = read(tree)
    assert 0 <= n.low <= n.high <= 1
    assert 0 <= n.coverage <= 1
    assert n.low <= n.known
    assert n.high >= n.known + 1 - n.coverage
    if n.estimate is None:
        assert (n.known, n.low, n.high) == (0, 0, 1)
    else:
        assert n.low <= n.estimate <= n.high


@LAW
@given(exact_trees)
def test_with_exact_answers_the_width_is_what_is_not_known(tree: Branch) -> None:
    n = read(tree)
    assert n.low == n.known
    assert n.high - n.low == 1 - n.coverage


@LAW
@given(trees)
def test_the_flat_sums_over_items_give_the_same_numbers(tree: Branch) -> None:
    n = read(tree)
    weights, states = flat_weights(tree), {item.id: item.state for item in leaves(tree)}
    assert sum(weights.values()) == 1
    answered = {name: states[name] for name in weights if isinstance(states[name], Answered)}
    unknown = sum((weights[name] for name in weights if name not in answered), Fraction(0))
    assert n.known == sum(weights[name] * state.u for name, state in answered.items())
    assert n.coverage == sum(weights[name] for name in answered)
    assert n.low == sum(weights[name] * state.low for name, state in answered.items())
    assert n.high == sum(weights[name] * state.high for name, state in answered.items()) + unknown
    top = evaluate(tree)
    assert {line.id: line.weight for line in working(top) if line.weight is not None} == weights
    assert sum(question.swing for question in open_questions(top)) == unknown
    assert top.counts.items == len(states)


@LAW
@given(trees, st.data())
def test_finding_out_gives_a_range_inside_the_old_one(tree: Branch, data: st.DataObject) -> None:
    before = read(tree)
    unknown = [item.id for item in leaves(tree) if isinstance(item.state, Unknown)]
    assume(unknown)
    name = data.draw(st.sampled_from(unknown))
    after = evaluate(replaced(tree, name, data.draw(st.one_of(answers, st.just(NOT_APPLICABLE))))).numbers
    assume(after is not None)
    assert after is not None
    assert before.low <= after.low <= after.high <= before.high
    if after.estimate is not None:
        assert before.low <= after.estimate <= before.high


@LAW
@given(trees, st.data())
def test_going_silent_never_raises_the_low_end_or_lowers_the_high_end(tree: Branch, data: st.DataObject) -> None:
    before = read(tree)
    answered = [item.id for item in leaves(tree) if isinstance(item.state, Answered)]
    assume(answered)
    after = read(replaced(tree, data.draw(st.sampled_from(answered)), UNKNOWN))
    assert after.low <= before.low
    assert after.high >= before.high


@LAW
@given(trees, st.data())
def test_one_answer_moves_the_ends_by_at_most_its_weight(tree: Branch, data: st.DataObject) -> None:
    before = read(tree)
    weights = flat_weights(tree)
    name = data.draw(st.sampled_from(sorted(weights)))
    after = read(replaced(tree, name, data.draw(st.one_of(answers, st.just(UNKNOWN)))))
    assert abs(after.low - before.low) <= weights[name]
    assert abs(after.high - before.high) <= weights[name]
    if before.estimate is not None and after.estimate is not None:
        assert abs(after.estimate - before.estimate) <= weights[name] / max(before.coverage, after.coverage)


def reordered(tree: Branch | Leaf, random: Random, factor: Fraction) -> Branch | Leaf:
    if isinstance(tree, Leaf):
        return tree
    children = [reordered(child, random, factor) for child in tree.children]
    scaled: list[Branch | Leaf] = [
        Leaf(child.id, child.weight * factor, child.state) if isinstance(child, Leaf)
        else Branch(child.id, child.weight * factor, child.children)
        for child in children
    ]
    random.shuffle(scaled)
    return Branch(tree.id, tree.weight, tuple(scaled))


@LAW
@given(trees, st.randoms(use_true_random=False), st.fractions(Fraction(1, 9), 9, max_denominator=9))
def test_order_and_the_unit_of_weights_change_nothing(tree: Branch, random: Random, factor: Fraction) -> None:
    before, after = evaluate(tree), evaluate(reordered(tree, random, factor))
    assert before.numbers == after.numbers
    assert before.counts == after.counts
    assert geometric_mean(before) == geometric_mean(after)
    assert sorted(lowest_children(before)) == sorted(lowest_children(after))


@LAW
@given(trees)
def test_the_geometric_mean_is_never_above_the_estimate(tree: Branch) -> None:
    top = evaluate(tree)
    mean = geometric_mean(top)
    if top.numbers is None or top.numbers.estimate is None:
        assert mean is None
    else:
        assert mean is not None
        assert 0 <= mean <= top.numbers.estimate
