"""Several people's answers to one question, and the gap between saying and doing (method, section 9).

Voices stand beside the scorecard and never feed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from lcsite.light_classes import dataclass
from lcsite.scoring.exact import ONE, ZERO
from lcsite.scoring.irrationals import log2
from lcsite.scoring.scales import FEWEST_RESPONDENTS

__all__ = [
    "GapWording", "SayDoGap", "Voices", "VoicesWithheld", "perception_gap", "read_voices", "say_do_gap",
]


@dataclass(frozen=True, slots=True)
class Voices:
    """The median u and the consensus of n people, each from 0 to 1; don't-knows are counted apart and not in n."""

    kind: ClassVar[str] = "voices"
    n: int
    dont_know: int
    median: Fraction
    consensus: Fraction


@dataclass(frozen=True, slots=True)
class VoicesWithheld:
    """Fewer than five people answered, so nothing about them is published."""

    kind: ClassVar[str] = "withheld"


def read_voices(counts: Sequence[int], *, worths: Sequence[Fraction], dont_know: int = 0) -> Voices | VoicesWithheld:
    """Read how many people chose each step of an ordinal scale, in the order of the steps; `worths` is u for each step.

    Consensus is that of Tastle and Wierman: Cns = 1 + sum p log2(1 - |x - mean| / (k - 1)), x the position.
    Raises ValueError for fewer than two steps, negative counts, or lists of different length.
    """
    if len(counts) < 2 or len(counts) != len(worths) or min(*counts, dont_know) < 0:
        raise ValueError("voices are counts of 0 or more, one for each of two or more steps")
    n = sum(counts)
    if n < FEWEST_RESPONDENTS:
        return VoicesWithheld()
    answers = sorted(u for u, count in zip(worths, counts, strict=True) for u in [u] * count)
    return Voices(n, dont_know, (answers[(n - 1) // 2] + answers[n // 2]) / 2, _consensus(counts, n))


def _consensus(counts: Sequence[int], n: int) -> Fraction:
    mean = Fraction(sum(place * count for place, count in enumerate(counts)), n)
    span = len(counts) - 1
    terms = (
        Fraction(count, n) * log2(1 - abs(place - mean) / span) for place, count in enumerate(counts) if count
    )
    return min(max(1 + sum(terms, ZERO), ZERO), ONE)


def perception_gap(administration: Voices | VoicesWithheld, citizens: Voices | VoicesWithheld) -> Fraction | None:
    """The administration's median u less the citizens', from -1 to 1; None unless both groups are published."""
    if isinstance(administration, Voices) and isinstance(citizens, Voices):
        return administration.median - citizens.median
    return None


class GapWording(StrEnum):
    """Which sentence goes with a say-do gap."""

    MORE_ANNOUNCED = "more-is-announced-than-is-in-place"
    MORE_IN_PLACE = "more-is-in-place-than-is-announced"
    LEVEL = "announced-and-in-place-are-level"


@dataclass(frozen=True, slots=True)
class SayDoGap:
    """Mean priority u less mean practice u over the linked pairs with both known, from -1 to 1."""

    announced: Fraction
    in_place: Fraction
    pairs: tuple[tuple[str, str], ...]

    @property
    def gap(self) -> Fraction:
        return self.announced - self.in_place

    @property
    def wording(self) -> GapWording:
        if self.gap > 0:
            return GapWording.MORE_ANNOUNCED
        return GapWording.MORE_IN_PLACE if self.gap < 0 else GapWording.LEVEL


def say_do_gap(pairs: Sequence[tuple[tuple[str, Fraction], tuple[str, Fraction]]]) -> SayDoGap | None:
    """The gap over linked pairs of (id, u), what is announced before what is in place; None without pairs."""
    if not pairs:
        return None
    return SayDoGap(
        announced=sum((said for (_, said), _ in pairs), ZERO) / len(pairs),
        in_place=sum((done for _, (_, done) in pairs), ZERO) / len(pairs),
        pairs=tuple((said_id, done_id) for (said_id, _), (done_id, _) in pairs),
    )
