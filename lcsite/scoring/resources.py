"""How far a place has come in relation to its means: the resource pair (method, section 6, after the Common Criteria).

The pair stands beside the absolute reading; it is never averaged with it, nor over items.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from lcsite.light_classes import dataclass
from lcsite.model.answering import BandAnswer, FigureAnswer, ParsedAnswer, ShareAnswer, StepsAnswer
from lcsite.model.scale import OrdinalScale, Scale
from lcsite.scoring.exact import ONE, ZERO

__all__ = ["NoPart", "ResourceFlag", "ResourcePair", "level_of", "resource_pair"]


class NoPart(StrEnum):
    """Why one half of the pair has no value."""

    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    NOT_STATED = "not-stated"


class ResourceFlag(StrEnum):
    """What has to be said beside the pair."""

    BELOW_START = "below-the-starting-point"
    BEYOND_AVAILABLE = "beyond-available-means"
    BEYOND_POTENTIAL = "beyond-potential-means"


@dataclass(frozen=True, slots=True)
class ResourcePair:
    """The way gone from the start to what available and potential means allow, each from 0 to 1, or why there is none.

    `from_range` is true where the answer is a range: the pair then rests on its least step or its middle figure.
    """

    available: Fraction | NoPart
    potential: Fraction | NoPart
    flags: tuple[ResourceFlag, ...] = ()
    from_range: bool = False


def resource_pair(
    x: Fraction | None, *, start: Fraction, within_reach: Fraction, potential: Fraction | None, from_range: bool = False
) -> ResourcePair:
    """r = clip((x - b) / (reach - b)) for available means A and potential means P, in either direction.

    x None is unknown. Raises ValueError where A and P lie on different sides of b, or P nearer to b than A.
    """
    to_reach = within_reach - start
    to_potential = None if potential is None else potential - start
    if to_potential is not None and (to_reach * to_potential < 0 or abs(to_potential) < abs(to_reach)):
        raise ValueError("potential means reach at least as far as available means, on the same side of the start")
    if x is None:
        return ResourcePair(
            NoPart.UNKNOWN if to_reach else NoPart.NOT_APPLICABLE,
            NoPart.NOT_STATED if to_potential is None else NoPart.UNKNOWN if to_potential else NoPart.NOT_APPLICABLE,
        )
    gone = x - start
    flags: list[ResourceFlag] = []
    if gone * (to_reach or to_potential or 0) < 0:
        flags.append(ResourceFlag.BELOW_START)
    available: Fraction | NoPart = NoPart.NOT_APPLICABLE
    if to_reach:
        available = _clip(gone / to_reach)
        if gone / to_reach > 1:
            flags.append(ResourceFlag.BEYOND_AVAILABLE)
    stretched: Fraction | NoPart = NoPart.NOT_STATED if to_potential is None else NoPart.NOT_APPLICABLE
    if to_potential:
        stretched = _clip(gone / to_potential)
        if gone / to_potential > 1:
            flags.append(ResourceFlag.BEYOND_POTENTIAL)
    return ResourcePair(available, stretched, tuple(flags), from_range)


def _clip(ratio: Fraction) -> Fraction:
    return min(max(ratio, ZERO), ONE)


def level_of(scale: Scale | None, parsed: ParsedAnswer) -> tuple[Fraction, bool]:
    """The answer as a number in the units of its scale, and whether it is a range: its least step, or its middle.

    Raises ValueError where the scale has no numbers.
    """
    if isinstance(parsed, StepsAnswer) and isinstance(scale, OrdinalScale):
        try:
            return Fraction(scale.steps[parsed.least].value), not parsed.is_exact
        except ValueError:
            raise ValueError("a reading relative to resources needs a scale whose steps are numbers") from None
    if isinstance(parsed, BandAnswer):
        return Fraction(parsed.band), False
    if isinstance(parsed, FigureAnswer | ShareAnswer):
        ends = [end for end in (parsed.low, parsed.high) if end is not None]
        level = sum(ends, Fraction(0)) / len(ends)
        return (level * 100 if isinstance(parsed, ShareAnswer) else level), parsed.low != parsed.high
    raise ValueError("a reading relative to resources needs a scale of numbers")
