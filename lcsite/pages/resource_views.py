"""The resource pairs of an assessment as they are drawn: how far a place has come on its own road."""

from __future__ import annotations

from fractions import Fraction

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Assessment
from lcsite.model.framework import Framework
from lcsite.pages import addresses
from lcsite.pages.drawing import per_cent
from lcsite.scoring.scorecard import Scorecard
from lcsite.scoring.showing import whole_points

__all__ = ["PairView", "pair_views"]


@dataclass(frozen=True, slots=True)
class PairView:
    """How far a place has come on its own road, for one indicator; positions in per cent of the longer road."""

    title: str
    criterion: str
    address: str
    now: str
    start: str
    reach: str
    potential: str
    now_at: str
    reach_at: str
    available: int | None
    potential_share: int | None
    why_available: str
    why_potential: str
    flags: tuple[str, ...]
    least: bool
    because: str


def pair_views(framework: Framework, card: Scorecard, assessment: Assessment | None) -> tuple[PairView, ...]:
    """The resource pairs of an assessment, in the framework's order."""
    found = []
    for item in card.items.values():
        answer = assessment.answers.get(item.id) if assessment else None
        if item.resources is None or answer is None or answer.resources is None:
            continue
        levels = answer.resources
        end = levels.potential if levels.potential is not None else levels.within_reach
        span = Fraction(end) - Fraction(levels.start)
        now = _number(answer.value)
        criterion = framework.criterion_of(item.id)
        pair = item.resources

        def at(value: Fraction | None, span: Fraction = span, start: Fraction = Fraction(levels.start)) -> str:
            if value is None or span == 0:
                return "0"
            return per_cent(min(max((value - start) / span, Fraction(0)), Fraction(1)))

        found.append(
            PairView(
                title=framework.by_id[item.id].title,
                criterion=criterion.title if criterion else "",
                address=addresses.scorecard(card.place, framework.id, node=item.id),
                now=answer.value or "",
                start=str(levels.start),
                reach=str(levels.within_reach),
                potential="" if levels.potential is None else str(levels.potential),
                now_at=at(now),
                reach_at=at(Fraction(levels.within_reach)),
                available=whole_points(pair.available) if isinstance(pair.available, Fraction) else None,
                potential_share=whole_points(pair.potential) if isinstance(pair.potential, Fraction) else None,
                why_available="" if isinstance(pair.available, Fraction) else pair.available.value,
                why_potential="" if isinstance(pair.potential, Fraction) else pair.potential.value,
                flags=tuple(flag.value for flag in pair.flags),
                least=pair.from_range,
                because=levels.because,
            )
        )
    return tuple(found)


def _number(text: str | None) -> Fraction | None:
    try:
        return Fraction(text) if text else None
    except ValueError:
        return None
