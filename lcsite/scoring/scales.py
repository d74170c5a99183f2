"""From one answer on its scale to u and its interval (method, section 1).

Steps count by position, never by their printed number, and no rule looks at another place. Years, grades and trees are
other modules' work.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from lcsite.light_classes import dataclass
from lcsite.model.answering import (
    BandAnswer,
    FigureAnswer,
    NoAnswer,
    ParsedAnswer,
    ShareAnswer,
    StepsAnswer,
    steps_that_count,
)
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
from lcsite.scoring.again import found_again
from lcsite.scoring.exact import ONE, ZERO
from lcsite.scoring.irrationals import log_position, square_root, to_thirty_decimals
from lcsite.scoring.results import Answered, Flag, Unknown, UnknownReason, Unscored, UnscoredReason

__all__ = [
    "DECLARED", "FEWEST_RESPONDENTS", "ScaledAnswer", "SteppedAnswer", "Worths", "has_choices",
    "read_figure_on_goalposts", "read_share_of_people", "scale_answer", "step_worths", "unscored_reason",
    "wilson_interval",
]

FEWEST_RESPONDENTS = 5
_Z = Fraction("1.959964")  # the normal quantile .975


@dataclass(frozen=True, slots=True)
class Worths:
    """Other values for *in plan* and *partly*, tried in the sensitivity reading; None keeps the declared one."""

    in_plan: Fraction | None = None
    partly: Fraction | None = None


DECLARED = Worths()


@dataclass(frozen=True, slots=True)
class ScaledAnswer:
    """What became of one answer, with what has to be said beside it."""

    state: Answered | Unknown | Unscored
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class SteppedAnswer:
    """A step answer beside its scale, so that the sensitivity reading can read it again with other worths."""

    scale: OrdinalScale | AnswersScale
    answer: StepsAnswer

    def read(self, worths: Worths = DECLARED) -> Answered:
        return _read_steps(self.scale, self.answer, worths)


def has_choices(scale: OrdinalScale | AnswersScale) -> bool:
    """Whether other worths may be tried on a scale: it has a step for what is planned or partly there."""
    return any(step.role in ("in-plan", "partly") for step in scale.steps)


def unscored_reason(scale: Scale | None, measure: Measure | None, goalposts: Goalposts | None) -> UnscoredReason | None:
    """Why the framework itself gives no mark, whatever a place answers; None where it does."""
    if scale is None:
        return UnscoredReason.NO_SCALE
    if isinstance(scale, TextScale):
        return UnscoredReason.WORDS
    if measure is not None and measure.direction is Direction.NONE:
        return UnscoredReason.NO_DIRECTION
    if isinstance(scale, NumberScale | ShareScale) and measure is None:
        return UnscoredReason.NO_DIRECTION
    aims = measure is not None and measure.direction is Direction.TARGET
    if isinstance(scale, NumberScale) and (goalposts is None or (aims and goalposts.aim is None)):
        return UnscoredReason.NO_GOALPOSTS
    if isinstance(scale, ShareScale) and aims:
        return UnscoredReason.NO_GOALPOSTS  # a share with an aim inside is a number with goalposts
    return None


def scale_answer(
    scale: Scale | None, answer: ParsedAnswer, *, measure: Measure | None = None, goalposts: Goalposts | None = None
) -> ScaledAnswer:
    """Read one parsed answer.

    Unscored items stay unscored whatever was answered. Raises ValueError where the answer was parsed on another kind of
    scale, and for goalposts that contradict the direction.
    """
    reason = unscored_reason(scale, measure, goalposts)
    if reason is not None:
        return ScaledAnswer(Unscored(reason))
    match scale, answer:
        case _, NoAnswer(withheld=withheld):
            return ScaledAnswer(Unknown(UnknownReason.WITHHELD if withheld else UnknownReason.DONT_KNOW))
        case OrdinalScale() | AnswersScale(), StepsAnswer():
            flags = () if answer.is_exact else (Flag.LEAST_SHOWN,)
            return ScaledAnswer(_read_steps(scale, answer, DECLARED), flags)
        case BandsScale(count=count), BandAnswer(band=band):
            low, high = Fraction(band - 1, count), Fraction(band, count)
            return ScaledAnswer(Answered.shared((low + high) / 2, low, high))
        case NumberScale(), FigureAnswer(low=low, high=high):
            assert measure is not None
            assert goalposts is not None
            return read_figure_on_goalposts(low, high, goalposts=goalposts, direction=measure.direction)
        case ShareScale(), ShareAnswer(low=low, high=high, n=n):
            assert measure is not None
            return read_share_of_people(low, high, n=n, lower_is_better=measure.direction is Direction.LOWER)
    raise ValueError(f"{answer} was not read on a scale of this kind: {scale}")


# Steps


def step_worths(scale: OrdinalScale | AnswersScale, worths: Worths = DECLARED) -> tuple[Fraction, ...] | None:
    """What each step is worth, in the order of the scale (0 for a step that stands for unknown).

    None where other worths would break a rule of the scale: *in plan* above *partly*, or a fall towards the best step.
    """
    counting = steps_that_count(scale)
    if isinstance(scale, OrdinalScale) and scale.steps[0].worth is None:
        best_first = scale.best == scale.steps[0].value
        last = len(counting) - 1
        by_place = {place: Fraction(last - nth if best_first else nth, last) for nth, place in enumerate(counting)}
        return tuple(by_place.get(place, ZERO) for place in range(len(scale.steps)))
    values: list[Fraction] = []
    roles: dict[str, Fraction] = {}
    for step in scale.steps:
        value = Fraction(step.worth or 0)
        if step.role == "in-plan" and worths.in_plan is not None:
            value = worths.in_plan
        elif step.role == "partly" and worths.partly is not None:
            value = worths.partly
        values.append(value)
        if step.role is not None:
            roles[step.role] = value
    if "in-plan" in roles and "partly" in roles and roles["in-plan"] > roles["partly"]:
        return None
    if isinstance(scale, OrdinalScale) and not _rises(scale, [values[place] for place in counting]):
        return None
    return tuple(values)


def _rises(scale: OrdinalScale, values: Sequence[Fraction]) -> bool:
    towards_best = values if scale.best != scale.steps[0].value else values[::-1]
    return all(a <= b for a, b in pairwise(towards_best))


# Thousands of answers stand on a few scales. The key holds the scale's identity, the value the scale itself, so that
# no other object can come to have the same identity while the entry lives.
_READ: dict[tuple[int, StepsAnswer, Worths], tuple[OrdinalScale | AnswersScale, Answered]] = {}
_MOST_READ = 20_000


def _read_steps(scale: OrdinalScale | AnswersScale, answer: StepsAnswer, worths: Worths) -> Answered:
    key = (id(scale), answer, worths)
    if key not in _READ:
        values = step_worths(scale, worths)
        if values is None:
            raise ValueError(f'these worths break a rule of the scale "{scale.id}"')
        if len(_READ) >= _MOST_READ:
            _READ.clear()
        least, most = values[answer.least], values[answer.most]
        _READ[key] = scale, Answered.shared(least, least, least if answer.is_exact else most)
    return _READ[key][1]


# Figures


def read_figure_on_goalposts(
    low: Fraction | None, high: Fraction | None, *, goalposts: Goalposts, direction: Direction
) -> ScaledAnswer:
    """Read a figure, or a published band of figures, on goalposts; an open end (None) takes the goalpost.

    A band is worth the middle of the images of its ends. Raises ValueError for no end at all, for a direction that does
    not go with the goalposts, and for a number below 0 on a logarithm.
    """
    post_low, post_high, aim = _posts(goalposts)
    stated = [end for end in (low, high) if end is not None]
    if not stated:
        raise ValueError("a figure needs a value or an end of a band")
    if direction is Direction.NONE or (direction is Direction.TARGET) != (aim is not None):
        raise ValueError(f"the direction {direction} does not go with these goalposts")
    if goalposts.curve == "logarithm" and min(stated) < 0:
        raise ValueError("a number read on a logarithm is 0 or more")
    bottom, top = post_low if low is None else low, post_high if high is None else high
    if bottom is top:  # nearly always a figure and no band
        image = _position(bottom, goalposts, direction)
        flags = () if post_low <= bottom <= post_high else (Flag.BEYOND_GOALPOST,)
        return ScaledAnswer(Answered.shared(image, image, image), flags)
    flags = () if all(post_low <= end <= post_high for end in stated) else (Flag.BEYOND_GOALPOST,)
    images = sorted(_position(end, goalposts, direction) for end in (bottom, top))
    if aim is not None and bottom < aim < top:
        images[1] = ONE
    return ScaledAnswer(Answered.shared((images[0] + images[1]) / 2, images[0], images[1]), flags)


@found_again(most=4_000)
def _posts(goalposts: Goalposts) -> tuple[Fraction, Fraction, Fraction | None]:
    """The low and the high end, and the aim between them if there is one."""
    return Fraction(goalposts.low), Fraction(goalposts.high), None if goalposts.aim is None else Fraction(goalposts.aim)


def _position(x: Fraction, goalposts: Goalposts, direction: Direction) -> Fraction:
    low, high, aim = _posts(goalposts)
    if x <= low or x >= high:
        beyond_high = x >= high
        return ZERO if direction is Direction.TARGET or beyond_high == (direction is Direction.LOWER) else ONE
    if direction is Direction.TARGET:
        assert aim is not None
        return (x - low) / (aim - low) if x <= aim else (high - x) / (high - aim)
    rising = log_position(x, low, high) if goalposts.curve == "logarithm" else (x - low) / (high - low)
    return 1 - rising if direction is Direction.LOWER else rising


def read_share_of_people(
    low: Fraction | None, high: Fraction | None, *, n: int | None, lower_is_better: bool = False
) -> ScaledAnswer:
    """Read a share of people asked with its 95 % Wilson interval; open ends (None) are 0 and 1.

    Fewer than five people: unknown, not to be published. n not known: no interval beyond the published band, flagged.
    """
    if n is not None and n < FEWEST_RESPONDENTS:
        return ScaledAnswer(Unknown(UnknownReason.TOO_FEW))
    bottom, top = ZERO if low is None else low, ONE if high is None else high
    u = (bottom + top) / 2
    flags: tuple[Flag, ...] = ()
    if n is None:
        flags = (Flag.SAMPLE_SIZE_UNKNOWN,)
    else:
        bottom, top = wilson_interval(bottom, n)[0], wilson_interval(top, n)[1]
    if lower_is_better:
        u, bottom, top = 1 - u, 1 - top, 1 - bottom
    return ScaledAnswer(Answered.shared(u, bottom, top), flags)


def wilson_interval(p: Fraction, n: int) -> tuple[Fraction, Fraction]:
    """The 95 % score interval of Wilson (1927) for a share p of n people, exactly 0 at p = 0 and 1 at p = 1."""
    z2 = _Z * _Z
    middle = p + z2 / (2 * n)
    reach = _Z * square_root(p * (1 - p) / n + z2 / (4 * n * n))
    spread = 1 + z2 / n
    low = ZERO if p == 0 else to_thirty_decimals((middle - reach) / spread)
    high = ONE if p == 1 else to_thirty_decimals((middle + reach) / spread)
    return min(max(low, ZERO), p), max(min(high, ONE), p)
