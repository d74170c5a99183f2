"""Two rounds of one place, compared node by node (method, section 8). There is no way to compare two places here."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from lcsite.light_classes import dataclass
from lcsite.model.framework import Construct
from lcsite.scoring.items import FromSeries, ItemReading
from lcsite.scoring.progress import Change, compare_nodes
from lcsite.scoring.results import Answered
from lcsite.scoring.scorecard import SCORED, NodeReading, Reading, Scorecard

__all__ = ["FirstRound", "Rounds", "compare_rounds"]


@dataclass(frozen=True, slots=True)
class FirstRound:
    """There is no earlier round: a first reading, never *improved*."""

    later: datetime.date


@dataclass(frozen=True, slots=True)
class Rounds:
    """Two rounds of one place with one framework: for each construct the change of every node of the later round."""

    earlier: datetime.date
    later: datetime.date
    nodes: Mapping[Construct, Mapping[str, Change]]
    totals: Mapping[Construct, Change]
    """Only where the framework publishes a total."""


def compare_rounds(
    earlier: Scorecard | None, later: Scorecard, *, called_before: Mapping[str, str] = MappingProxyType({})
) -> Rounds | FirstRound:
    """What changed from one round to the next, like for like (method, section 8); plans are compared as plans.

    `called_before` gives the earlier round's id of what has another one in the later round's version. Raises ValueError
    for different places or frameworks, or where the earlier round is the later one.
    """
    if earlier is None:
        return FirstRound(later.as_of)
    if (earlier.place, earlier.framework_id) != (later.place, later.framework_id):
        raise ValueError("only two rounds of one place with one framework can be compared")
    if earlier.as_of > later.as_of:
        raise ValueError("the earlier round is the later one")
    called_now = {before: now for now, before in called_before.items()}
    before: dict[str, Answered] = {}
    """What can be compared of the earlier round, by what it is called now."""
    not_renewed = set()
    for item in later.items.values():
        name = called_before.get(item.id, item.id)
        was = earlier.items.get(name)
        if (
            was is not None and isinstance(was.state, Answered) and called_now.get(name, name) == item.id
            and was.construct is item.construct and was.meaning_version == item.meaning_version
        ):
            before[item.id] = was.state
            if _is_same_figure(was, item, of_one_year=earlier.as_of.year == later.as_of.year):
                not_renewed.add(item.id)

    def change(node: NodeReading, was: NodeReading | None) -> Change:
        return compare_nodes(
            was.evaluated if was else None, node.evaluated, before=before, not_renewed=not_renewed
        )

    nodes: dict[Construct, Mapping[str, Change]] = {}
    totals: dict[Construct, Change] = {}
    for construct in (*SCORED, Construct.PLAN):
        now, then = later.reading(construct), earlier.reading(construct)
        if now is None:
            continue
        nodes[construct] = _WhenAsked(now.nodes, partial(_change_of, then, called_before, change))
        if now.total is not None:
            totals[construct] = change(now.total, then.total if then else None)
    return Rounds(earlier.as_of, later.as_of, MappingProxyType(nodes), MappingProxyType(totals))


def _change_of(
    then: Reading | None, called_before: Mapping[str, str], change: Callable[[NodeReading, NodeReading | None], Change],
    node: NodeReading,
) -> Change:
    return change(node, then.nodes.get(called_before.get(node.id, node.id)) if then else None)


class _WhenAsked(Mapping[str, Change]):
    """The changes of nodes, each worked out when it is first asked for: most pages show those of criteria alone."""

    def __init__(self, nodes: Mapping[str, NodeReading], make: Callable[[NodeReading], Change]) -> None:
        self._nodes = nodes
        self._make = make
        self._made: dict[str, Change] = {}

    def __getitem__(self, name: str) -> Change:
        if name not in self._made:
            self._made[name] = self._make(self._nodes[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)


def _is_same_figure(was: ItemReading, now: ItemReading, *, of_one_year: bool) -> bool:
    """Whether both rounds use a figure of the same year. Two self-assessments within one year are two answers."""
    if was.year is None or was.year != now.year:
        return False
    return not of_one_year or (isinstance(was.origin, FromSeries) and isinstance(now.origin, FromSeries))
