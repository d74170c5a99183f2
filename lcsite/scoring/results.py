"""The values of the scoring room: four states of an answer, four numbers of a node, the reasons as machine words.

All frozen, all exact fractions between 0 and 1; what is absent has a type of its own and never a magic number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from lcsite.light_classes import dataclass
from lcsite.scoring.exact import quotient

__all__ = [
    "Answered", "Counts", "Flag", "NotApplicable", "NotApplicableReason", "Numbers", "State", "Unknown",
    "UnknownReason", "Unscored", "UnscoredReason", "all_of",
]

class UnknownReason(StrEnum):
    """Why an item counts as unknown."""

    DONT_KNOW = "dont-know"
    NOT_ANSWERED = "not-answered"
    WITHHELD = "withheld"
    STALE = "stale"
    UNDATED = "undated"
    TOO_FEW = "too-few-respondents"
    OTHER_SCOPE = "other-scope"
    DECIDING_ANSWER = "deciding-answer-unknown"


class NotApplicableReason(StrEnum):
    """Who says that a question does not apply: the assessors, or the framework's own rules."""

    STATED = "stated"
    BRANCH_NOT_TAKEN = "branch-not-taken"
    OPEN_LINE_EMPTY = "open-line-empty"


class UnscoredReason(StrEnum):
    """Why the framework gives an item no mark, the same for every place."""

    NO_SCALE = "no-scale"
    WORDS = "words"
    NO_DIRECTION = "no-direction"
    NO_GOALPOSTS = "no-goalposts"


class Flag(StrEnum):
    """What a reader has to be told beside the value."""

    BEYOND_GOALPOST = "beyond-goalpost"
    SAMPLE_SIZE_UNKNOWN = "sample-size-unknown"
    LEAST_SHOWN = "least-shown"
    OLDER_YEAR = "older-year"
    STALE = "stale"
    UNDATED = "undated"
    OTHER_SCOPE = "other-scope"
    DEAD_SOURCE = "dead-source"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer worth u, with its interval; all three are equal where it is exact. Raises ValueError off 0..1."""

    kind: ClassVar[str] = "answered"
    u: Fraction
    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.u <= self.high <= 1:
            raise ValueError(f"an answer needs 0 <= low <= u <= high <= 1, not {self.low}, {self.u}, {self.high}")

    @classmethod
    def exactly(cls, u: Fraction) -> Answered:
        return cls(u, u, u)

    @classmethod
    def shared(cls, u: Fraction, low: Fraction, high: Fraction) -> Answered:
        """The same for the same worth and interval, so that what answers lead to can be found again by who they are.

        Thousands of answers are worth the same few things. What was worth the same long ago may be another.
        """
        key = (u.numerator, u.denominator, low.numerator, low.denominator, high.numerator, high.denominator)
        known = _SHARED.get(key)
        if known is None:
            if len(_SHARED) >= _MOST_SHARED:
                _SHARED.clear()
            known = _SHARED[key] = cls.exactly(u) if key[:2] == key[2:4] == key[4:] else cls(u, low, high)
        return known


_SHARED: dict[tuple[int, ...], Answered] = {}
_MOST_SHARED = 20_000


@dataclass(frozen=True, slots=True)
class Unknown:
    """No usable answer. `once` is what a stale or undated figure would be worth, shown greyed and not counted."""

    kind: ClassVar[str] = "unknown"
    reason: UnknownReason
    once: Answered | None = None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The question does not apply; `because` carries the assessors' own words."""

    kind: ClassVar[str] = "not-applicable"
    reason: NotApplicableReason
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Unscored:
    """The figure is shown and never scored."""

    kind: ClassVar[str] = "unscored"
    reason: UnscoredReason


State = Answered | Unknown | NotApplicable | Unscored


@dataclass(frozen=True, slots=True)
class Numbers:
    """The four numbers of a node: known sum S, low end L, high end U and coverage c, each from 0 to 1 (method, 2)."""

    known: Fraction
    low: Fraction
    high: Fraction
    coverage: Fraction
    estimate: Fraction | None = field(init=False, compare=False)
    """m = S / c; None where nothing is known. Asked for many times, so worked out at once."""

    def __post_init__(self) -> None:
        estimate = quotient(self.known, self.coverage) if self.coverage.numerator else None
        object.__setattr__(self, "estimate", estimate)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items are in each state."""

    answered: int = 0
    unknown: int = 0
    not_applicable: int = 0
    unscored: int = 0

    @property
    def asked(self) -> int:
        """The items that the sentence *x of y answered* counts: answered and unknown."""
        return self.answered + self.unknown

    @property
    def items(self) -> int:
        return self.answered + self.unknown + self.not_applicable + self.unscored


def all_of(counts: Sequence[Counts]) -> Counts:
    """The sum of several counts, none of nothing."""
    return counts[0] if len(counts) == 1 else Counts(
        sum([each.answered for each in counts]), sum([each.unknown for each in counts]),
        sum([each.not_applicable for each in counts]), sum([each.unscored for each in counts]),
    )
