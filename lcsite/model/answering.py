"""What a written answer means on a scale: which steps exist, what "at least 2", "2 to 3" or "248 of 400" stand for.

Checking and scoring both read answers through this one door, so they cannot disagree about what is legal. Nothing here
says what an answer is worth, and nothing knows where it was written.
"""

from __future__ import annotations

import difflib
import re
from decimal import Decimal
from fractions import Fraction

from lcsite.light_classes import dataclass
from lcsite.model.assessment import DONT_KNOW
from lcsite.model.scale import AnswersScale, BandsScale, NumberScale, OrdinalScale, Scale, ShareScale, Step

__all__ = [
    "WITHHELD",
    "AnswerError",
    "BandAnswer",
    "FigureAnswer",
    "NoAnswer",
    "ParsedAnswer",
    "ShareAnswer",
    "StepsAnswer",
    "TextAnswer",
    "read_answer",
    "read_figure",
    "scale_summary",
    "steps_that_count",
]

WITHHELD = "withheld"
"""The word for an answer that exists and is kept back; it counts as unknown."""

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_EXACT = re.compile(_NUMBER)
_BETWEEN = re.compile(rf"({_NUMBER}) to ({_NUMBER})")
_OVER = re.compile(rf"(?:over|above|more than|at least) ({_NUMBER})")
_UNDER = re.compile(rf"(?:under|below|less than|at most|up to) ({_NUMBER})")
_COUNT = re.compile(r"([0-9]+) ?(?:of|/) ?([0-9]+)")
_PERCENT = re.compile(r" ?(?:%|percent|per cent)")
_MOST_DIGITS = 24


class AnswerError(ValueError):
    """An answer that does not stand on its scale; `hint` says what would, or is None."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """*Don't know*, or an answer that is withheld."""

    withheld: bool = False


@dataclass(frozen=True, slots=True)
class StepsAnswer:
    """A step, or a range of steps, as positions in `scale.steps`; `least` is the end further from the best step."""

    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class BandAnswer:
    """A band, counted from 1."""

    band: int


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """A number in the unit of its indicator: both ends equal where it is exact, None where an end is open."""

    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class ShareAnswer:
    """A share of people asked, from 0 to 1, with the number asked where it is known; None where an end is open."""

    low: Fraction | None
    high: Fraction | None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """Words, shown and never scored."""

    text: str


ParsedAnswer = NoAnswer | StepsAnswer | BandAnswer | FigureAnswer | ShareAnswer | TextAnswer


def steps_that_count(scale: OrdinalScale | AnswersScale) -> tuple[int, ...]:
    """The positions of the steps that are answers, without those that stand for *unknown*."""
    return tuple(place for place, step in enumerate(scale.steps) if step.role != "unknown")


def scale_summary(scale: Scale) -> str:
    """The legal answers in a few words for a message: `0 to 4`, `yes, in plan or no`, `1 to 10`."""
    if isinstance(scale, OrdinalScale | AnswersScale):
        values = [scale.steps[place].value for place in steps_that_count(scale)]
        if isinstance(scale, OrdinalScale) and all(value.isdecimal() for value in values):
            return f"{values[0]} to {values[-1]}"
        return f"{', '.join(values[:-1])} or {values[-1]}" if len(values) > 1 else values[0]
    if isinstance(scale, BandsScale):
        return f"1 to {scale.count}"
    if isinstance(scale, NumberScale):
        return "a number"
    return "k of n, or a percentage from 0 to 100" if isinstance(scale, ShareScale) else "words"


def read_answer(scale: Scale, raw: str) -> ParsedAnswer:
    """Read one written answer on its scale.

    Steps are matched by their printed value, capitals aside. A range of steps ("at least 2", "2 to 3") is legal on an
    ordinal scale only; a range of figures ("15000 to 25000", "over 25000") on numbers and shares. A bare number on a
    share scale is a percentage. Raises AnswerError where the answer is not on the scale.
    """
    text = " ".join(raw.split())
    if text.casefold() == DONT_KNOW:
        return NoAnswer()
    if text.casefold() == WITHHELD:
        return NoAnswer(withheld=True)
    if isinstance(scale, OrdinalScale | AnswersScale):
        return _read_steps(scale, text)
    if isinstance(scale, BandsScale):
        return _read_band(scale, text)
    if isinstance(scale, NumberScale):
        return FigureAnswer(*_read_ends(scale, text))
    return _read_share(scale, text) if isinstance(scale, ShareScale) else TextAnswer(text)


def read_figure(
    scale: Scale,
    *,
    value: Decimal | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    k: int | None = None,
    n: int | None = None,
) -> ParsedAnswer:
    """Read a row of a place's series on the scale of its indicator: a value, a band with an end or both, or k of n.

    On a share scale values and bands are percentages. Raises AnswerError where the figure does not fit the scale.
    """
    if k is not None:
        if not isinstance(scale, ShareScale):
            raise AnswerError(f'a count k of n does not fit the scale "{scale.id}"', f"allowed: {scale_summary(scale)}")
        if n is None or not 0 <= k <= n or n == 0:
            raise AnswerError("a count k needs the number of people asked, n, of at least 1 and not below k")
        return ShareAnswer(Fraction(k, n), Fraction(k, n), n)
    if isinstance(scale, NumberScale | ShareScale):
        ends = (value, value) if value is not None else (low, high)
        if ends == (None, None):
            raise AnswerError("the figure has neither a value nor an end of a band")
        below = None if ends[0] is None else Fraction(ends[0])
        above = below if ends[1] is ends[0] else None if ends[1] is None else Fraction(ends[1])
        return FigureAnswer(below, above) if isinstance(scale, NumberScale) else _share(scale, below, above, n)
    if value is not None:
        return read_answer(scale, _printed(value))
    if low is not None:
        end = "" if high is None else f" to {_printed(high)}"
        return read_answer(scale, f"{_printed(low)}{end}" if end else f"at least {_printed(low)}")
    raise AnswerError(f'this figure does not fit the scale "{scale.id}"', f"allowed: {scale_summary(scale)}")


def _printed(number: Decimal) -> str:
    return format(number.normalize(), "f")


# Steps


def _off_scale(scale: OrdinalScale | AnswersScale | BandsScale, text: str) -> AnswerError:
    message = f'{text} is not on the scale "{scale.id}" ({scale_summary(scale)})'
    if isinstance(scale, BandsScale):
        return AnswerError(message)
    by_word = {word.casefold(): step for step in scale.steps for word in (step.label, step.value) if word}
    near = difflib.get_close_matches(text.casefold(), by_word, n=1)
    step = by_word[near[0]] if near else _end_of(scale)
    if step.label:
        return AnswerError(message, f'{step.value} means "{step.label}"')
    return AnswerError(message, f"did you mean {step.value}?" if near else None)


def _end_of(scale: OrdinalScale | AnswersScale) -> Step:
    if isinstance(scale, OrdinalScale):
        return next(step for step in scale.steps if step.value == scale.best)
    return scale.steps[0]


def _find_step(scale: OrdinalScale | AnswersScale, text: str) -> int | None:
    return scale.positions.get(text.casefold())


def _read_steps(scale: OrdinalScale | AnswersScale, text: str) -> StepsAnswer | NoAnswer:
    place = _find_step(scale, text)
    if place is not None:
        return NoAnswer() if scale.steps[place].role == "unknown" else StepsAnswer(place, place)
    folded = text.casefold()
    if folded.startswith("at least "):
        words = [text[len("at least ") :], _end_of(scale).value]
    elif folded.count(" to ") == 1:
        middle = folded.index(" to ")
        words = [text[:middle], text[middle + len(" to ") :]]
    else:
        raise _off_scale(scale, text)
    ends: list[int] = []
    for word in words:
        found = _find_step(scale, word.strip())
        if found is None or scale.steps[found].role == "unknown":
            raise _off_scale(scale, word.strip())
        ends.append(found)
    if isinstance(scale, AnswersScale):
        raise AnswerError(
            f'"{text}" is a range, and the answers of the scale "{scale.id}" have no order',
            f"choose one: {scale_summary(scale)}",
        )
    best_first = scale.best == scale.steps[0].value
    return StepsAnswer(max(ends), min(ends)) if best_first else StepsAnswer(min(ends), max(ends))


def _read_band(scale: BandsScale, text: str) -> BandAnswer:
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= scale.count:
        raise _off_scale(scale, text)
    return BandAnswer(int(text))


# Figures


def _number(digits: str) -> Fraction:
    if len(digits) > _MOST_DIGITS:
        raise AnswerError(f"a number has at most {_MOST_DIGITS} digits")
    return Fraction(digits)


def _read_ends(scale: NumberScale | ShareScale, text: str) -> tuple[Fraction | None, Fraction | None]:
    folded = text.casefold()
    if _EXACT.fullmatch(folded):
        value = _number(folded)
        return value, value
    if found := _BETWEEN.fullmatch(folded):
        low, high = _number(found[1]), _number(found[2])
        if low > high:
            raise AnswerError(f"{text} runs downwards", f"write {found[2]} to {found[1]}")
        return low, high
    if found := _OVER.fullmatch(folded):
        return _number(found[1]), None
    if found := _UNDER.fullmatch(folded):
        return None, _number(found[1])
    raise AnswerError(
        f'{text} is not a number on the scale "{scale.id}"',
        "write digits and no unit, such as 15000 or 12.5; a band as 15000 to 25000, over 25000 or under 25000",
    )


def _read_share(scale: ShareScale, text: str) -> ShareAnswer:
    if found := _COUNT.fullmatch(text.casefold()):
        people, asked = int(_number(found[1])), int(_number(found[2]))
        if asked == 0 or people > asked:
            raise AnswerError(f"{text} is not a share", "write how many of those asked, such as 248 of 400")
        return ShareAnswer(Fraction(people, asked), Fraction(people, asked), asked)
    return _share(scale, *_read_ends(scale, _PERCENT.sub("", text.casefold())), n=None)


def _share(scale: ShareScale, low: Fraction | None, high: Fraction | None, n: int | None) -> ShareAnswer:
    if any(end is not None and not 0 <= end <= 100 for end in (low, high)):
        message = f'a share on the scale "{scale.id}" is a percentage from 0 to 100'
        raise AnswerError(message, "or write k of n, such as 248 of 400")
    return ShareAnswer(None if low is None else low / 100, None if high is None else high / 100, n)
