"""The worked examples of the tree algebra (method, section 2), numbers by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lcsite.scoring.results import Counts, Numbers
from lcsite.scoring.tree import Evaluated, evaluate, geometric_mean, lowest_children, open_questions, working
from tests.scoring.trees import (
    NOT_APPLICABLE,
    UNKNOWN,
    UNSCORED,
    WORKED_A,
    WORKED_B,
    WORKED_C,
    WORKED_D,
    WORKED_E,
    WORKED_F,
    f,
    leaf,
    lettered,
    lines,
    node,
)


def found(top: Evaluated, name: str) -> Evaluated:
    return next(each for each in top.walk() if each.id == name)


def numbers(top: Evaluated) -> Numbers:
    assert top.numbers is not None
    return top.numbers


def near(value: Fraction | None, expected: str) -> bool:
    """Equal to the decimals that the method prints."""
    places = len(expected.partition(".")[2])
    return value is not None and abs(value - Fraction(expected)) <= Fraction(1, 2 * 10**places)


def test_worked_a_ten_lines_with_two_unknown() -> None:
    top = evaluate(WORKED_A)
    assert numbers(top) == Numbers(f("0.525"), f("0.525"), f("0.725"), f("0.8"))
    assert numbers(top).estimate == f("0.65625")
    assert top.counts == Counts(answered=8, unknown=2)
    assert near(geometric_mean(top), "0.3976")


def test_worked_b_fourteen_sub_lines_do_not_outvote_ten_lines() -> None:
    top = evaluate(WORKED_B)
    line_11 = numbers(found(top, "11-"))
    assert line_11.estimate == f("0.675")
    assert near(line_11.low, "0.4821")
    assert near(line_11.high, "0.7679")
    assert line_11.coverage == Fraction(10, 14)
    assert numbers(top).estimate == Fraction(321, 544)
    assert numbers(top).coverage == Fraction(68, 77)
    assert near(numbers(top).low, "0.5211")
    assert near(numbers(top).high, "0.6380")
    assert (top.counts.answered, top.counts.asked) == (19, 24)


def test_worked_b_flattened_would_say_something_else() -> None:
    flat = numbers(evaluate(lines("flat", "TTPTFTPFDITTPDFTPDDTPTDI")))
    assert near(flat.estimate, "0.6316")
    assert near(flat.coverage, "0.7917")


def test_worked_c_declared_weights() -> None:
    assert numbers(evaluate(WORKED_C)) == Numbers(Fraction(8, 15), Fraction(8, 15), f("0.7"), Fraction(5, 6))
    assert numbers(evaluate(WORKED_C)).estimate == f("0.64")


def test_worked_d_eight_bands_under_six_issues() -> None:
    top = evaluate(WORKED_D)
    c = numbers(found(top, "C"))
    assert (c.estimate, c.low, c.high, c.coverage) == (f("0.45"), f("0.2"), f("0.75"), f("0.5"))
    e = numbers(found(top, "E"))
    assert (e.estimate, e.low, e.high) == (f("0.2"), f("0.15"), f("0.25"))
    assert numbers(top).estimate == Fraction(109, 220)
    assert near(numbers(top).low, "0.4083")
    assert near(numbers(top).high, "0.5833")
    assert near(numbers(top).coverage, "0.9167")
    assert lowest_children(top) == ("E",)
    assert near(geometric_mean(top), "0.4514")


def test_worked_d_flattened_would_say_45() -> None:
    bands = [each for child in WORKED_D.children for each in getattr(child, "children", (child,))]
    assert numbers(evaluate(node("flat", *bands))).estimate == f("0.45")


def test_worked_e_not_applicable_on_two_levels() -> None:
    top = evaluate(WORKED_E)
    assert found(top, "3.").numbers is None
    assert {line.id: line.weight for line in working(top)} == {
        "1.1": f("1/2"), "1.2": None, "2.1": f("1/6"), "2.2": f("1/6"), "2.3": f("1/6"), "3.1": None, "3.2": None,
    }
    assert numbers(top) == Numbers(f("1/2"), f("1/2"), f("2/3"), f("5/6"))
    assert numbers(top).estimate == f("0.6")
    assert top.counts == Counts(answered=3, unknown=1, not_applicable=3)


def test_worked_e_with_unknowns_instead_gives_only_a_range() -> None:
    top = evaluate(node("root", *WORKED_E.children[:2], lines("3.", "DD")))
    assert numbers(top) == Numbers(f("1/3"), f("1/3"), f("7/9"), f("5/9"))
    assert numbers(top).estimate == f("0.6")


def test_worked_f_a_parent_is_not_the_mean_of_its_childrens_points() -> None:
    top = evaluate(WORKED_F)
    second = numbers(found(top, "2"))
    assert (second.estimate, second.coverage) == (1, f("1/2"))
    assert numbers(top) == Numbers(f("0.35"), f("0.35"), f("0.6"), f("0.75"))
    assert numbers(top).estimate == Fraction(7, 15)


def test_a_node_whose_items_are_all_unknown_stays() -> None:
    top = evaluate(node("root", leaf("a", 1), lines("b", "DD")))
    assert numbers(found(top, "b")) == Numbers(f(0), f(0), f(1), f(0))
    assert numbers(found(top, "b")).estimate is None
    assert numbers(top).coverage == f("1/2")


def test_a_tree_of_nothing_but_not_applicable_and_unscored_has_no_reading() -> None:
    top = evaluate(node("root", node("a", leaf("x", NOT_APPLICABLE)), leaf("y", UNSCORED)))
    assert top.numbers is None
    assert top.counts == Counts(not_applicable=1, unscored=1)
    assert geometric_mean(top) is None
    assert lowest_children(top) == ()


def test_an_unscored_figure_changes_no_number() -> None:
    assert evaluate(node("r", leaf("a", "0.4"), leaf("b", UNSCORED))).numbers == evaluate(
        node("r", leaf("a", "0.4"))
    ).numbers


def test_a_weight_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="not above 0"):
        evaluate(node("root", leaf("a", 1, 0)))


def test_the_lowest_children_are_all_named_where_they_tie() -> None:
    top = evaluate(node("root", leaf("a", "0.3"), leaf("b", "0.9"), node("c", leaf("c1", "0.3")), lines("d", "FDD")))
    assert lowest_children(top) == ("a", "c")


def test_a_geometric_mean_of_zeros_is_zero_and_of_equals_is_the_same() -> None:
    assert geometric_mean(evaluate(node("root", leaf("a", 0), leaf("b", 0)))) == 0
    assert geometric_mean(evaluate(node("root", leaf("a", "0.3"), leaf("b", "0.3")))) == f("0.3")


def test_a_geometric_mean_has_a_floor_of_one_hundredth() -> None:
    mean = geometric_mean(evaluate(node("root", leaf("a", 1), leaf("b", 0))))
    assert mean == f("0.1")  # the root of 1 times .01
    # Without the rule that it is never above m, the floor would lift 0 and .02 to the root of .01 times .02.
    assert geometric_mean(evaluate(node("root", leaf("a", 0), leaf("b", "0.02")))) == f("0.01")


def test_unknown_items_are_listed_by_swing_and_ties_in_order() -> None:
    assert [(q.id, q.swing) for q in open_questions(evaluate(WORKED_A))] == [("A9", f("0.1")), ("A10", f("0.1"))]
    assert [(q.id, q.swing) for q in open_questions(evaluate(WORKED_B))] == [
        ("B9", f("1/11")), ("11-4", f("1/154")), ("11-8", f("1/154")), ("11-9", f("1/154")), ("11-13", f("1/154")),
    ]


def test_the_swing_depends_on_the_node_that_is_shown() -> None:
    line_11 = found(evaluate(WORKED_B), "11-")
    assert open_questions(line_11)[0].swing == f("1/14")


def test_the_working_adds_up_to_the_known_sum() -> None:
    lines_of = working(evaluate(WORKED_B))
    assert sum(line.product for line in lines_of if line.product is not None) == numbers(evaluate(WORKED_B)).known
    assert sum(line.weight for line in lines_of if line.weight is not None) == 1


def test_a_single_item_is_a_tree_too() -> None:
    assert numbers(evaluate(lettered("x", "P"))).estimate == f("1/2")
    assert numbers(evaluate(leaf("x", UNKNOWN))).estimate is None
