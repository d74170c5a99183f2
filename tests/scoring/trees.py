"""Small trees, the answers of the method's worked examples, and random trees for the laws."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fractions import Fraction

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from lcsite.model.answering import read_answer
from lcsite.model.scale import AnswersScale, BandsScale
from lcsite.scoring.results import (
    Answered,
    NotApplicable,
    NotApplicableReason,
    State,
    Unknown,
    UnknownReason,
    Unscored,
    UnscoredReason,
)
from lcsite.scoring.scales import SteppedAnswer, scale_answer
from lcsite.scoring.tree import Branch, Leaf

LAW = settings(
    max_examples=1000 if os.environ.get("CI") else 200, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

UNKNOWN = Unknown(UnknownReason.DONT_KNOW)
NOT_APPLICABLE = NotApplicable(NotApplicableReason.STATED, "No such school here.")
UNSCORED = Unscored(UnscoredReason.NO_GOALPOSTS)

TRUE_PARTLY_FALSE = AnswersScale.model_validate({
    "kind": "answers", "id": "true-partly-false", "title": "True, partly, false, in plan",
    "because": "A plan is a promise, so it earns a quarter.",
    "steps": [
        {"value": "T", "worth": "1"}, {"value": "P", "worth": "0.5", "role": "partly"}, {"value": "F", "worth": "0"},
        {"value": "I", "worth": "0.25", "role": "in-plan"}, {"value": "D", "role": "unknown"},
    ],
})
TEN_BANDS = BandsScale(kind="bands", id="ten-bands", title="Ten bands", count=10)


def f(value: str | int) -> Fraction:
    return Fraction(value)


def exact(value: str | int) -> Answered:
    return Answered.exactly(Fraction(value))


def leaf(name: str, state: State | str | int, weight: str | int = 1) -> Leaf:
    return Leaf(name, Fraction(weight), state if not isinstance(state, str | int) else exact(state))


def node(name: str, *children: Branch | Leaf, weight: str | int = 1) -> Branch:
    return Branch(name, Fraction(weight), children)


def lettered(name: str, letter: str) -> Leaf:
    """A leaf answered T, P, F, I or D on the four-answer scale, or N for not applicable."""
    if letter == "N":
        return Leaf(name, Fraction(1), NOT_APPLICABLE)
    parsed = read_answer(TRUE_PARTLY_FALSE, letter)
    state = scale_answer(TRUE_PARTLY_FALSE, parsed).state
    if isinstance(state, Unknown):
        return Leaf(name, Fraction(1), state)
    return Leaf(name, Fraction(1), state, SteppedAnswer(TRUE_PARTLY_FALSE, parsed))  # type: ignore[arg-type]


def lines(name: str, letters: str, *more: Branch | Leaf) -> Branch:
    return node(name, *(lettered(f"{name}{nth}", letter) for nth, letter in enumerate(letters, 1)), *more)


def band(name: str, chosen: int | None) -> Leaf:
    if chosen is None:
        return Leaf(name, Fraction(1), UNKNOWN)
    return Leaf(name, Fraction(1), scale_answer(TEN_BANDS, read_answer(TEN_BANDS, str(chosen))).state)


WORKED_A = lines("A", "TTTTPPFIDD")
WORKED_B = lines("B", "TTPTFTPFDI", lines("11-", "TTPDFTPDDTPTDI"))
WORKED_C = node("root", leaf("x", "0.8", 3), leaf("y", "0.4", 2), leaf("z", UNKNOWN, 1))
WORKED_D = node(
    "root", band("A", 6), band("B", 4), node("C", band("C1", 5), band("C2", None)), band("D", 7),
    node("E", band("E1", 3), band("E2", 2)), band("F", 8),
)
WORKED_E = node("root", lines("1.", "TN"), lines("2.", "FFD"), lines("3.", "NN"))
WORKED_F = node("root", node("1", leaf("1a", "0.2")), node("2", leaf("2a", 1), leaf("2b", UNKNOWN)))


def leaves(tree: Branch | Leaf) -> Iterator[Leaf]:
    if isinstance(tree, Leaf):
        yield tree
    else:
        for child in tree.children:
            yield from leaves(child)


def replaced(tree: Branch | Leaf, name: str, state: State) -> Branch | Leaf:
    """The same tree with another state for one item."""
    if isinstance(tree, Leaf):
        return Leaf(tree.id, tree.weight, state) if tree.id == name else tree
    return Branch(tree.id, tree.weight, tuple(replaced(child, name, state) for child in tree.children))


# Random trees: grown from a handful of bytes, because one draw is many times faster than a draw for each item

_WEIGHTS = (Fraction(1), Fraction(1), Fraction(1), Fraction(2), Fraction(3), Fraction(1, 3), Fraction(7, 5))
_SILENT: tuple[State, ...] = (UNKNOWN, UNKNOWN, NOT_APPLICABLE, UNSCORED)


def _answer(byte: int, wide: bool) -> Answered:
    u = byte % 21
    if not wide or byte % 3:
        return Answered.exactly(Fraction(u, 20))
    return Answered(Fraction(u, 20), Fraction(u * (byte % 5), 80), Fraction(3 * u + (20 - u) * (byte % 4), 60))


def _state(byte: int, wide: bool) -> State:
    return _SILENT[byte // 8 % 4] if byte % 5 < 2 else _answer(byte, wide)


def grown(seed: bytes, wide: bool = True) -> Branch:
    """A tree of up to four levels below its root, of two bytes an item; the first byte gives the shape."""
    shape, rest = seed[0], seed[1:]
    level: list[Branch | Leaf] = [
        Leaf(f"i{nth}", _WEIGHTS[rest[2 * nth] % len(_WEIGHTS)], _state(rest[2 * nth + 1], wide))
        for nth in range(len(rest) // 2)
    ]
    for depth in range(shape % 4):
        grouped: list[Branch | Leaf] = []
        nth = 0
        while level:
            turn = shape // 4 + 7 * nth + rest[nth % len(rest)]
            here, level = level[: 1 + turn % 4], level[1 + turn % 4:]
            # A group of one may stay as it is, so that items stand beside branches.
            alone = len(here) == 1 and turn % 3
            weight = _WEIGHTS[turn // 4 % len(_WEIGHTS)]
            grouped.append(here[0] if alone else Branch(f"n{depth}.{nth}", weight, tuple(here)))
            nth += 1
        level = grouped
    return Branch("root", Fraction(1), tuple(level))


_seeds = st.binary(min_size=3, max_size=29)
trees = _seeds.map(grown)
exact_trees = _seeds.map(lambda seed: grown(seed, wide=False))
answers = st.integers(0, 255).map(lambda byte: _answer(byte, wide=True))
