"""The scorecard of one assessment: what is done and what has come of it, two readings side by side, never averaged.

Builds the light tree of each construct from a framework and reads it. One assessment at a time; nothing here can see a
second place.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Answer, Assessment, Observation
from lcsite.model.framework import Construct, Framework, Node
from lcsite.scoring.again import found_again
from lcsite.scoring.evidence import BACKED, evidence_backed_share, evidence_backed_shares
from lcsite.scoring.exact import ONE
from lcsite.scoring.items import ItemReading, read_items
from lcsite.scoring.questions import Question, questions_of
from lcsite.scoring.resources import ResourcePair
from lcsite.scoring.results import Answered, Counts, Numbers, all_of
from lcsite.scoring.sensitivity import Sensitivity, sensitivity
from lcsite.scoring.showing import Shown, show
from lcsite.scoring.tree import (
    Branch,
    Evaluated,
    Leaf,
    OpenQuestion,
    WorkingLine,
    evaluate,
    geometric_mean,
    joined,
    lowest_children,
    open_questions,
    working,
)
from lcsite.scoring.voices import SayDoGap, say_do_gap

__all__ = ["SCORED", "NodeReading", "Reading", "Scorecard", "is_scored", "score_assessment", "score_series"]

_NO_ITEMS: Mapping[str, ItemReading] = MappingProxyType({})

SCORED = (Construct.PRACTICE, Construct.OUTCOME)
"""The constructs that feed a scorecard. Plans have a reading of their own, outside it."""


_shown = found_again(most=4_000)(show)


@dataclass(frozen=True, slots=True)
class NodeReading:
    """One node of one reading. Everything derives from `evaluated`, so the shown and the recomputed cannot differ."""

    evaluated: Evaluated
    items: Mapping[str, ItemReading]
    """Those of the whole assessment."""

    @property
    def id(self) -> str:
        return self.evaluated.id

    @property
    def numbers(self) -> Numbers | None:
        """S, L, U and c; None where everything below is not applicable or unscored."""
        return self.evaluated.numbers

    @property
    def estimate(self) -> Fraction | None:
        return None if self.numbers is None else self.numbers.estimate

    @property
    def counts(self) -> Counts:
        return self.evaluated.counts

    @property
    def shown(self) -> Shown:
        return _shown(self.numbers, self.counts)

    @property
    def children(self) -> tuple[str, ...]:
        """The direct children that have items of this construct, in the framework's order, removed ones too."""
        return tuple(child.id for child in self.evaluated.children)

    @property
    def shares(self) -> Mapping[str, Fraction | None]:
        """The weight of each direct child among those that remain; None where it is removed."""
        return MappingProxyType(dict(zip(self.children, self.evaluated.shares, strict=True)))

    @property
    def working(self) -> tuple[WorkingLine, ...]:
        """Every item below with its effective weight here and its product; the products sum to S."""
        return working(self.evaluated)

    @property
    def weights(self) -> Mapping[str, Fraction]:
        """The effective weight here of every item that remains; they sum to 1."""
        return MappingProxyType({line.id: line.weight for line in self.working if line.weight is not None})

    @property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        return open_questions(self.evaluated)

    @property
    def lowest(self) -> tuple[str, ...]:
        return lowest_children(self.evaluated)

    @property
    def geometric_mean(self) -> Fraction | None:
        return geometric_mean(self.evaluated)

    @property
    def evidence_share(self) -> Fraction:
        """The effective weight of answered items with a public document or more behind them; never above c."""
        return evidence_backed_share(self.evaluated, lambda item: self.items[item].grade)

    @property
    def sensitivity(self) -> Sensitivity | None:
        """How far the declared choices move the point; None where none is shown."""
        return sensitivity(self.evaluated)


@dataclass(frozen=True, slots=True)
class Reading:
    """One construct's reading: a profile of areas. `total` is None unless the framework publishes one with a reason."""

    construct: Construct
    counts: Counts
    profile: tuple[NodeReading, ...]
    nodes: Nodes
    """Every node and item of this construct by id, in the framework's order."""
    total: NodeReading | None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One assessment, read. `assessment` is its file id, None where only the place's series was read."""

    place: str
    framework_id: str
    framework_version: str
    assessment: str | None
    as_of: datetime.date
    items: Mapping[str, ItemReading]
    """Every indicator about the place, of any construct, in the framework's order."""
    practice: Reading | None
    outcome: Reading | None
    plans: Reading | None
    """Outside the scorecard, and titled as plans."""
    say_do: SayDoGap | None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings that feed the scorecard: what is done, what has come of it."""
        return tuple([reading for reading in (self.practice, self.outcome) if reading is not None])

    @property
    def resource_pairs(self) -> Mapping[str, ResourcePair]:
        """The items with a reading relative to resources, in the framework's order. Never averaged."""
        return MappingProxyType({
            item.id: item.resources for item in self.items.values() if item.resources is not None
        })

    def reading(self, construct: Construct) -> Reading | None:
        """The reading of practice, outcome or plan; None for the rest."""
        return {
            Construct.PRACTICE: self.practice, Construct.OUTCOME: self.outcome, Construct.PLAN: self.plans
        }.get(construct)

    def without_items(self) -> Scorecard:
        """The numbers of the nodes by their ids alone, which take a third of the room: nothing else is found in it."""
        practice, outcome, plans = (
            reading and replace(reading, profile=(), nodes=reading.nodes.without_items(), total=None)
            for reading in (self.practice, self.outcome, self.plans)
        )
        return replace(self, items=_NO_ITEMS, practice=practice, outcome=outcome, plans=plans)

    def evidence_shares(self) -> Mapping[Construct, Mapping[str, Fraction]]:
        """For each reading, also that of plans, the `evidence_share` of its nodes above items; 0 is left out."""
        backed = {
            item.id for item in self.items.values() if item.grade in BACKED and isinstance(item.state, Answered)
        }
        return {
            reading.construct: evidence_backed_shares([top.evaluated for top in reading.profile], backed)
            for reading in (*self.readings, self.plans) if reading is not None
        }


def score_assessment(
    framework: Framework, assessment: Assessment, *, as_of: datetime.date, observations: Sequence[Observation] = ()
) -> Scorecard:
    """Score one assessment with one version of its framework.

    `as_of` is the day of the build; ages count from the assessment's own date. `observations` are the rows of the
    place's series, any framework's; `FromSeries.index` counts in them. Raises ValueError for another framework's
    assessment and for what checking would have refused.
    """
    if assessment.framework_id != framework.id:
        raise ValueError(f"an assessment of {assessment.framework_id} cannot be scored with {framework.id}")
    return _score(
        framework, assessment.place, assessment.file_id, assessment.answers, assessment.as_of, as_of, observations
    )


def score_series(
    framework: Framework, place: str, *, as_of: datetime.date, observations: Sequence[Observation]
) -> Scorecard:
    """Read a place that has figures and no assessment: every other item is unknown, and ages count from `as_of`."""
    return _score(framework, place, None, {}, as_of, as_of, observations)


def is_scored(framework: Framework) -> bool:
    """Whether a scorecard by this framework has a reading: it asks a place what is done, or what has come of it."""
    return any(question.construct in SCORED for question in questions_of(framework).values())


def _score(
    framework: Framework, place: str, file_id: str | None, answers: Mapping[str, Answer], on: datetime.date,
    built: datetime.date, observations: Sequence[Observation],
) -> Scorecard:
    for row in observations:
        if row.reference_year is not None and row.reference_year > built.year:
            raise ValueError(f"{row.indicator}: a figure of {row.reference_year} is later than the site, {built.year}")
    items = read_items(framework, answers, as_of=on.year, observations=observations)
    readings = {construct: _reading(framework, construct, items) for construct in (*SCORED, Construct.PLAN)}
    return Scorecard(
        place=place, framework_id=framework.id, framework_version=framework.version, assessment=file_id, as_of=on,
        items=items, practice=readings[Construct.PRACTICE], outcome=readings[Construct.OUTCOME],
        plans=readings[Construct.PLAN], say_do=_say_do(framework, items),
    )


def _reading(framework: Framework, construct: Construct, items: Mapping[str, ItemReading]) -> Reading | None:
    skeleton = _skeleton(framework, construct)
    if not skeleton.bones:
        return None
    found: list[Evaluated] = []
    children = _evaluated(skeleton.bones, items, found)
    nodes = Nodes(skeleton.positions, tuple(found), items)
    total = None
    if framework.publish_total is not None:
        total = NodeReading(joined(Branch(framework.id, ONE, ()), children), items)
    return Reading(
        construct=construct, counts=all_of([child.counts for child in children]),
        profile=tuple([NodeReading(child, items) for child in children]), nodes=nodes, total=total,
    )


class Nodes(Mapping[str, NodeReading]):
    """The nodes of a reading by id, each put beside its items when it is asked for: pages ask for criteria alone."""

    __slots__ = ("_evaluated", "_items", "_positions")

    def __init__(
        self, positions: Mapping[str, int], evaluated: tuple[Evaluated, ...], items: Mapping[str, ItemReading]
    ) -> None:
        self._positions = positions
        self._evaluated = evaluated
        self._items = items

    def without_items(self) -> Nodes:
        """The same numbers."""
        return Nodes(self._positions, self._evaluated, _NO_ITEMS)

    def __getitem__(self, name: str) -> NodeReading:
        return NodeReading(self._evaluated[self._positions[name]], self._items)

    def __contains__(self, name: object) -> bool:
        return name in self._positions

    def __iter__(self) -> Iterator[str]:
        return iter(self._positions)

    def __len__(self) -> int:
        return len(self._positions)

    def __repr__(self) -> str:
        return repr(dict(self))


@dataclass(frozen=True, slots=True, eq=False)
class _Bone:
    """A node in which items of one construct stand, or such an item: then it has no children."""

    branch: Branch
    """Without what stands below it, which is another for each assessment."""
    children: tuple[_Bone, ...]
    leaves: dict[int, Evaluated] = field(default_factory=dict, repr=False)
    """What was found for an item: thousands of places give the same few answers. By the identity of the answer beside
    its scale, or where there is none of the state, which the leaf holds."""


class _Skeleton(NamedTuple):
    """The tree of one construct without its answers."""

    bones: tuple[_Bone, ...]
    positions: Mapping[str, int]
    """Where the numbers of each node stand among those of all, which come from the leaves up; parents first."""


# The same for every assessment with a framework. The value holds the framework itself, so that no other object can come
# to have the same identity while the entry lives.
_SKELETONS: dict[tuple[int, Construct], tuple[Framework, _Skeleton]] = {}
_MOST_SKELETONS = 200


def _skeleton(framework: Framework, construct: Construct) -> _Skeleton:
    key = (id(framework), construct)
    if key not in _SKELETONS:
        if len(_SKELETONS) >= _MOST_SKELETONS:
            _SKELETONS.clear()
        bones = tuple(_bones(framework.tree, construct, questions_of(framework)))
        places = {name: place for place, name in enumerate(_leaves_first(bones))}
        _SKELETONS[key] = framework, _Skeleton(bones, {name: places[name] for name in _parents_first(bones)})
    return _SKELETONS[key][1]


def _bones(nodes: Sequence[Node], construct: Construct, questions: Mapping[str, Question]) -> Iterator[_Bone]:
    """Nodes without items of the construct are absent."""
    for node in nodes:
        branch = Branch(node.id, ONE if node.weight is None else _weight(node.weight.value), ())
        question = questions.get(node.id)
        if question is not None:
            if question.construct is construct:
                yield _Bone(branch, ())
        elif children := tuple(_bones(node.children, construct, questions)):
            yield _Bone(branch, children)


def _leaves_first(bones: tuple[_Bone, ...]) -> Iterator[str]:
    """In the order in which `_evaluated` finds numbers."""
    for bone in bones:
        yield from _leaves_first(bone.children)
        yield bone.branch.id


def _parents_first(bones: tuple[_Bone, ...]) -> Iterator[str]:
    for bone in bones:
        yield bone.branch.id
        yield from _parents_first(bone.children)


_weight = lru_cache(maxsize=1024)(Fraction)
"""The same object for the same weight, so that trees that are alike are quickly found to be."""

_MOST_LEAVES = 200
"""Of one item, that are kept: those of answers that are no place's own come again."""


def _evaluated(
    bones: tuple[_Bone, ...], items: Mapping[str, ItemReading], found: list[Evaluated]
) -> tuple[Evaluated, ...]:
    """The same trees with the answers of one assessment, and their numbers; all that are in them are `found`."""
    made = []
    for bone in bones:
        if bone.children:
            node = joined(bone.branch, _evaluated(bone.children, items, found))
        else:
            item = items[bone.branch.id]
            node = bone.leaves.get(id(item.stepped or item.state)) or _leaf(bone, item)
        found.append(node)
        made.append(node)
    return tuple(made)


def _leaf(bone: _Bone, item: ItemReading) -> Evaluated:
    if len(bone.leaves) >= _MOST_LEAVES:
        bone.leaves.clear()
    found = evaluate(Leaf(bone.branch.id, bone.branch.weight, item.state, item.stepped))
    bone.leaves[id(item.stepped or item.state)] = found
    return found


def _say_do(framework: Framework, items: Mapping[str, ItemReading]) -> SayDoGap | None:
    pairs = []
    for one, other in _linked(framework):
        said, done = items[one].state, items[other].state
        if isinstance(said, Answered) and isinstance(done, Answered):
            pairs.append(((one, said.u), (other, done.u)))
    return say_do_gap(pairs)


@found_again(most=200)
def _linked(framework: Framework) -> tuple[tuple[str, str], ...]:
    """The questions about what is said, each with one about what is done that goes with it."""
    questions = questions_of(framework)
    return tuple(
        (said.id, linked)
        for said in questions.values() if said.construct in (Construct.BELIEF, Construct.PRIORITY)
        for linked in said.node.linked_to
        if linked in questions and questions[linked].construct is Construct.PRACTICE
    )
