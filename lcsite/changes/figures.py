"""Which published figures move, from what to what, and which answers move them."""

from __future__ import annotations

from collections.abc import Iterator

from lcsite.light_classes import dataclass
from lcsite.model.framework import Construct, Level
from lcsite.model.portfolio import Portfolio
from lcsite.pages.no_ranking import name_key
from lcsite.pages.readings import Readings
from lcsite.scoring.items import ItemReading
from lcsite.scoring.results import Answered, NotApplicable, Unknown
from lcsite.scoring.scorecard import SCORED, NodeReading, Scorecard
from lcsite.scoring.showing import NoReading, NotEnoughKnown, ShownPoint

__all__ = ["Figure", "figures"]

_REASONS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that a page shows, before and after; `because` names the answers that moved it."""

    place: str
    place_name: str
    framework: str
    framework_name: str
    construct: str
    node: str
    title: str
    before: str
    after: str
    because: tuple[str, ...]
    earlier_round: str = ""
    """The file of the assessment, where it is one that a later round has followed; empty for the latest reading."""


def figures(old: Portfolio, before: Readings, new: Portfolio, after: Readings) -> tuple[Figure, ...]:
    """Every criterion of every reading that is shown otherwise, latest reading first; places in the order of names."""
    places = {**old.places, **new.places}
    order = sorted(places, key=lambda id_: (*name_key(places[id_].name), id_))
    return tuple(
        figure for id_ in order for figure in _of_place(id_, places[id_].name, old, before, new, after)
    )


def _of_place(
    place: str, name: str, old: Portfolio, before: Readings, new: Portfolio, after: Readings
) -> Iterator[Figure]:
    for framework_id in dict.fromkeys((*after.frameworks_of(place), *before.frameworks_of(place))):
        one, other = (
            found[1] if (found := readings.latest(place, framework_id)) else None for readings in (before, after)
        )
        was, now = (_by_file(readings, place, framework_id) for readings in (before, after))
        pairs = [("", one, other)]
        pairs += [
            (file_id, was[file_id], now[file_id]) for file_id in reversed(was)
            if file_id in now and not (was[file_id] is one and now[file_id] is other)
        ]
        defined_otherwise = old.frameworks.get(framework_id) != new.frameworks.get(framework_id)
        for earlier_round, then, later in pairs:
            if then != later:
                readings = after if later else before
                yield from _of_round(
                    name, readings, then, later, earlier_round=earlier_round, defined_otherwise=defined_otherwise
                )


def _by_file(readings: Readings, place: str, framework_id: str) -> dict[str, Scorecard]:
    """The rounds of a place by the names of their files, oldest first."""
    return {made.file_id: card for made, card in readings.rounds(place, framework_id) if made is not None}


def _of_round(
    name: str, readings: Readings, one: Scorecard | None, other: Scorecard | None, *, earlier_round: str,
    defined_otherwise: bool,
) -> Iterator[Figure]:
    """What two readings of the same place by the same framework show otherwise."""
    card = other or one
    assert card is not None  # one of the two sides named the framework
    framework = readings.framework_of(card)
    short_name = framework.short_title or framework.title
    for construct in SCORED:
        for node in framework.criteria:
            was, now = _node(one, construct, node.id), _node(other, construct, node.id)
            told, tells = _shown(was), _shown(now)
            if told != tells and not (one is None and _is_silent(now)):
                below = [inner.id for inner in node.walk() if inner.level is Level.INDICATOR]
                because = tuple(_because(one, other, below, construct)) or _otherwise(
                    one, other, defined_otherwise=defined_otherwise
                )
                yield Figure(
                    card.place, name, framework.id, short_name, construct.value, node.id, node.title, told, tells,
                    because, earlier_round,
                )


def _node(card: Scorecard | None, construct: Construct, node: str) -> NodeReading | None:
    reading = card.reading(construct) if card else None
    return reading.nodes.get(node) if reading else None


def _shown(node: NodeReading | None) -> str:
    """What a page shows: `52 (could be 48 to 73)`, `between 20 and 80`, `not enough known`."""
    if node is None:
        return "not there"
    shown = node.shown
    if isinstance(shown, ShownPoint):
        exact = node.numbers is not None and node.numbers.low == node.numbers.high
        return str(shown.point) if exact else f"{shown.point} (could be {shown.low} to {shown.high})"
    if isinstance(shown, NotEnoughKnown):
        return "not enough known"
    return "nothing that counts" if isinstance(shown, NoReading) else f"between {shown.low} and {shown.high}"


def _is_silent(node: NodeReading | None) -> bool:
    """Whether nothing is answered: the questions of a first round are no news."""
    return node is None or not node.counts.answered


def _because(
    one: Scorecard | None, other: Scorecard | None, below: list[str], construct: Construct
) -> Iterator[str]:
    moved = []
    if one is None or other is None:
        return
    for id_ in below:
        was, now = one.items.get(id_), other.items.get(id_)
        asked = [item for item in (was, now) if item is not None and item.construct is construct]
        if asked and _said(was) != _said(now):
            moved.append(f"{id_} went from {_said(was)} to {_said(now)}")
        elif was is not None and now is not None and asked and was.state != now.state:
            moved.append(f"the figure for {id_} is another one")
    yield from moved[:_REASONS_SHOWN]
    if len(moved) > _REASONS_SHOWN:
        yield f"and {len(moved) - _REASONS_SHOWN} more answers changed"


def _said(item: ItemReading | None) -> str:
    if item is None:
        return "not asked"
    state = item.state
    if isinstance(state, Unknown):
        return state.reason.value.replace("-", " ").replace("dont know", "don't know")
    if isinstance(state, NotApplicable):
        return "not applicable"
    if isinstance(state, Answered) and item.written is None:
        return f"a figure of {item.year}"
    return item.written or "not scored"


def _otherwise(one: Scorecard | None, other: Scorecard | None, *, defined_otherwise: bool) -> tuple[str, ...]:
    """Why a figure moved though no answer did."""
    if one is None or other is None:
        return ("this is the first reading" if one is None else "the reading is gone",)
    if one.framework_version != other.framework_version:
        return (f"it is read by version {other.framework_version}, was by version {one.framework_version}",)
    if defined_otherwise:
        return ("the framework says something else now",)
    return ("figures of other years or values count now",)
