"""How one answer came to be worth what it is worth, in a sentence that can be followed by hand."""

from __future__ import annotations

from fractions import Fraction

from lcsite.exporting.shape import decimal_text
from lcsite.model.answering import BandAnswer, FigureAnswer, ShareAnswer, StepsAnswer, steps_that_count
from lcsite.model.framework import Framework
from lcsite.model.scale import AnswersScale, BandsScale, Direction, Goalposts, OrdinalScale, Scale
from lcsite.scoring.items import ItemReading
from lcsite.scoring.results import Answered, NotApplicable, NotApplicableReason, Unknown, UnknownReason, UnscoredReason

__all__ = ["in_figures", "rule_of"]

_LONGEST_FRACTION = 9
_PLACES = 4

_UNKNOWN = {
    UnknownReason.DONT_KNOW: "answered with don't know",
    UnknownReason.NOT_ANSWERED: "not answered",
    UnknownReason.WITHHELD: "withheld",
    UnknownReason.STALE: "the figure is older than the indicator allows",
    UnknownReason.UNDATED: "the figure has no year",
    UnknownReason.TOO_FEW: "fewer than five people answered, so nothing is published",
    UnknownReason.OTHER_SCOPE: "the figure covers another area than the place",
    UnknownReason.DECIDING_ANSWER: "whether this is asked depends on an answer that is not known",
}
_NOT_APPLICABLE = {
    NotApplicableReason.STATED: "does not apply, as the assessors say",
    NotApplicableReason.BRANCH_NOT_TAKEN: "does not apply after the answer to another question",
    NotApplicableReason.OPEN_LINE_EMPTY: "an open line that was left empty",
}
_UNSCORED = {
    UnscoredReason.NO_SCALE: "the framework gives it no scale",
    UnscoredReason.WORDS: "words are shown and not scored",
    UnscoredReason.NO_DIRECTION: "the framework does not say which way is better",
    UnscoredReason.NO_GOALPOSTS: "the framework has no goalposts with a source",
}


def in_figures(value: Fraction) -> str:
    """A fraction with its decimal: `3/4 = 0.75`; the decimal alone where the fraction is too long to read."""
    fraction, decimal = str(value), decimal_text(value, places=_PLACES)
    if len(fraction) > _LONGEST_FRACTION:
        return f"about {decimal}"
    if fraction == decimal:
        return fraction
    return f"{fraction} = {decimal}" if Fraction(decimal) == value else f"{fraction}, about {decimal}"


def rule_of(framework: Framework, item: ItemReading) -> str:
    """Why the item is worth what it is, or why it counts as unknown or not at all."""
    state = item.state
    if isinstance(state, Answered):
        scale, node = framework.scale_of(item.id), framework.by_id[item.id]
        direction = node.measure.direction if node.measure else Direction.HIGHER
        return _rule(scale, item, state, direction, node.goalposts)
    if isinstance(state, Unknown):
        return f"{_UNKNOWN[state.reason]}: counts as unknown, from 0 to 1"
    if isinstance(state, NotApplicable):
        return f"{_NOT_APPLICABLE[state.reason]}: left out, and its weight goes to the rest"
    return f"{_UNSCORED[state.reason]}: shown and left out, for every place alike"


def _rule(
    scale: Scale | None, item: ItemReading, state: Answered, direction: Direction, posts: Goalposts | None
) -> str:
    match scale, item.parsed:
        case OrdinalScale() | AnswersScale(), StepsAnswer() as steps:
            return _of_steps(scale, steps, state)
        case BandsScale(count=count), BandAnswer(band=band):
            return f"band {band} of {count}, from {state.low} to {state.high}; the middle counts"
        case _, FigureAnswer(low=low, high=high) if posts is not None:
            return _of_figure(low, high, direction, posts)
        case _, ShareAnswer(n=n):
            turned = ", turned round because less is better" if direction is Direction.LOWER else ""
            sample = f"the Wilson 95 % interval for {n} people" if n else "as published, the number asked is not known"
            return f"the share of those asked{turned}; the range is {sample}"
    return ""


def _of_steps(scale: OrdinalScale | AnswersScale, steps: StepsAnswer, state: Answered) -> str:
    values = [step.value for step in scale.steps]
    if not steps.is_exact:
        return (
            f'from "{values[steps.least]}" to "{values[steps.most]}" on the scale "{scale.id}": '
            f"{state.low} to {state.high}, of which the least counts"
        )
    if isinstance(scale, AnswersScale) or scale.steps[0].worth is not None:
        return f'"{values[steps.least]}" is worth {state.u} on the scale "{scale.id}", as declared'
    counting = steps_that_count(scale)
    place = counting.index(steps.least)
    from_lower = len(counting) - 1 - place if scale.best == values[0] else place
    return (
        f'"{values[steps.least]}" is {from_lower} of {len(counting) - 1} steps up from the other end than the best '
        f'on the scale "{scale.id}"'
    )


def _of_figure(low: Fraction | None, high: Fraction | None, direction: Direction, posts: Goalposts) -> str:
    ends = f"{posts.low} and {posts.high}"
    if low is None or high is None or low != high:
        return f"a band between the goalposts {ends}: each end is read by itself, and the middle of both counts"
    x = decimal_text(low)
    if not posts.low <= low <= posts.high:
        return f"{x} lies beyond the goalposts {ends}"
    if posts.curve == "logarithm":
        way = f"(ln {x} - ln {posts.low}) / (ln {posts.high} - ln {posts.low})"
        return f"1 - {way}" if direction is Direction.LOWER else way
    if direction is Direction.TARGET and posts.aim is not None:
        if low <= posts.aim:
            return f"({x} - {posts.low}) / ({posts.aim} - {posts.low})"
        return f"({posts.high} - {x}) / ({posts.high} - {posts.aim})"
    if direction is Direction.LOWER:
        return f"({posts.high} - {x}) / ({posts.high} - {posts.low})"
    return f"({x} - {posts.low}) / ({posts.high} - {posts.low})"
