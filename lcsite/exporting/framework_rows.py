"""Frameworks and the crosswalk as they are published: everything that was authored, with what is inherited written out.

From the tree, the scales and the weights here, and the answers, every score can be worked out again.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated

from lcsite.exporting.source_rows import SourceRow, source_rows
from lcsite.light_classes import dataclass
from lcsite.model.framework import Construct, Crosswalk, Facet, Framework, Level, Node, Subject
from lcsite.model.scale import (
    AnswersScale,
    BandsScale,
    Direction,
    Goalposts,
    Measure,
    OrdinalScale,
    Scale,
)
from lcsite.model.words import Grade
from lcsite.pages import addresses

__all__ = ["CrosswalkRow", "FrameworkRow", "NodeRow", "crosswalk_row", "framework_row"]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One answer that can be chosen."""

    value: Annotated[str, "The answer as printed; two steps of one scale never have the same."]
    label: Annotated[str | None, "What the step means."]
    worth: Annotated[
        Decimal | None, "The declared worth from 0 to 1. Left out on an ordinal scale where the position counts."
    ]
    role: Annotated[str | None, "in-plan or partly are varied in the sensitivity reading; unknown counts as no answer."]
    note: Annotated[str | None, "A remark."]


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """A scale on which indicators are answered."""

    id: Annotated[str, "The id of the scale within its framework."]
    kind: Annotated[str, "ordinal, answers, bands, number, share or text."]
    title: Annotated[str, "The name of the scale."]
    steps: Annotated[tuple[StepRow, ...], "The steps in order (ordinal, answers)."]
    best: Annotated[str | None, "The value of the step at the better end (ordinal)."]
    count: Annotated[int | None, "How many bands of equal width there are, the highest best (bands)."]
    labels: Annotated[tuple[str, ...], "What each band means (bands)."]
    because: Annotated[str | None, "The reason for the declared worths."]
    note: Annotated[str | None, "A remark."]
    origin: Annotated[str | None, "Who made the scale, where that is not the framework's source."]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """What a number counts."""

    unit: Annotated[str, "The unit of the figure."]
    direction: Annotated[Direction, "Which way is better; none means that the figure is shown and never scored."]
    collected_by: Annotated[str | None, "How the source wants it collected: statistic, survey or expert-review."]
    definition: Annotated[str | None, "What exactly is counted."]
    open_definition: Annotated[str | None, "What the source leaves open, so that rounds may not compare."]


@dataclass(frozen=True, slots=True)
class GoalpostsRow:
    """The ends between which a number is read."""

    low: Annotated[Decimal, "The lower end."]
    high: Annotated[Decimal, "The upper end."]
    aim: Annotated[Decimal | None, "The value aimed at, where both too little and too much are less good."]
    curve: Annotated[str, "linear, or logarithm for numbers such as incomes."]
    because: Annotated[str, "The reason for these ends."]
    source: Annotated[SourceRow, "Where the ends come from."]


@dataclass(frozen=True, slots=True)
class BranchRow:
    """When a node is asked at all."""

    indicator: Annotated[str, "The indicator whose answer decides."]
    answers: Annotated[tuple[str, ...], "The answers after which the node is asked."]
    if_unknown: Annotated[str, "What becomes of the indicators below if the deciding answer is not known."]


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A dimension, criterion, group or indicator."""

    id: Annotated[str, "The id within the framework."]
    level: Annotated[Level, "The height in the tree; a criterion has a page of its own, an indicator is answered."]
    title: Annotated[str, "The name; for an indicator, the statement or question."]
    label: Annotated[str | None, "The number or letter that the source prints."]
    gist: Annotated[str | None, "What this is about, in a sentence or two."]
    weight: Annotated[Decimal, "The weight among its siblings; 1 unless a reason is given."]
    weight_because: Annotated[str | None, "The reason for a weight other than 1."]
    construct: Annotated[Construct | None, "Indicators: what is spoken of. Only practice and outcome feed a scorecard."]
    scale: Annotated[str | None, "Indicators: the id of the scale."]
    subject: Annotated[Subject | None, "Indicators: whom the question is about. Only place enters an assessment."]
    tolerance: Annotated[int | None, "Indicators: for how many years a figure stays usable."]
    meaning_version: Annotated[int | None, "Indicators: raised when the meaning changes; rounds compare within one."]
    may_not_apply: Annotated[bool | None, "Indicators: whether 'not applicable' is allowed."]
    default_grade: Annotated[Grade | None, "Indicators: the grade of an answer that names no evidence."]
    unverified: Annotated[bool, "Not checked against the official document."]
    measure: Annotated[MeasureRow | None, "What a number counts."]
    goalposts: Annotated[GoalpostsRow | None, "The ends between which a number is read; without them it is not scored."]
    open_line: Annotated[bool, "An 'others, to be named' line: left empty it does not apply."]
    asked_when: Annotated[BranchRow | None, "The node and all below it are asked only after certain answers."]
    linked_to: Annotated[tuple[str, ...], "The practice indicators that a belief or priority speaks of."]
    facet: Annotated[Facet | None, "The classification that the criteria below a dimension serve."]
    why_not_applicable: Annotated[tuple[str, ...], "Standard reasons for 'not applicable'."]
    actions: Annotated[tuple[str, ...], "Action points that the framework suggests."]
    shift_from: Annotated[str | None, "The older practice that the criterion wants to leave behind."]
    shift_to: Annotated[str | None, "What it wants in its place."]
    origin: Annotated[str | None, "Who worded it, where that is not the framework's source."]
    sureness: Annotated[str | None, "How sure we are that this agrees with the source."]
    note: Annotated[str | None, "A remark."]
    page: Annotated[str | None, "The address of the criterion's page, from the root of the site."]
    children: Annotated[tuple[NodeRow, ...], "The nodes below, in the framework's order, with the same keys."]


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of a monitoring dialogue."""

    id: Annotated[str, "The id of the stage."]
    title: Annotated[str, "Its name."]
    origin: Annotated[str | None, "Who worded it."]
    note: Annotated[str | None, "A remark."]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """An open question for talking, never scored."""

    id: Annotated[str, "The id of the question."]
    text: Annotated[str, "The question."]
    stage: Annotated[str | None, "The stage that it belongs to; left out: every stage."]
    criteria: Annotated[tuple[str, ...], "The criteria that it speaks of."]
    origin: Annotated[str | None, "Who worded it."]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What changed with one version."""

    version: Annotated[str, "The version."]
    date: Annotated[datetime.date, "Its day."]
    changes: Annotated[tuple[str, ...], "What changed."]
    renamed: Annotated[tuple[tuple[str, str], ...], "Pairs: the id until then, and the id from this version on."]
    dropped: Annotated[tuple[tuple[str, str], ...], "Pairs: the id that this version no longer has, and the reason."]


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """One framework in one version."""

    id: Annotated[str, "The id of the framework."]
    version: Annotated[str, "Its version."]
    shown: Annotated[bool, "false: an older version, kept because assessments may still name it."]
    title: Annotated[str, "Its name."]
    short_title: Annotated[str | None, "A shorter name."]
    summary: Annotated[str, "What it is, in a sentence."]
    sources: Annotated[tuple[SourceRow, ...], "The texts that it comes from."]
    sureness: Annotated[str, "How sure we are that it agrees with its sources."]
    values: Annotated[tuple[str, ...], "The values that it stands for."]
    limits: Annotated[tuple[str, ...], "What it cannot tell."]
    ground_rules: Annotated[tuple[str, ...], "The rules that it gives itself."]
    not_applicable_reasons: Annotated[tuple[str, ...], "Standard reasons for 'not applicable'."]
    total_because: Annotated[str | None, "The reason why one number for the whole is shown; left out: none is shown."]
    resource_pairs: Annotated[bool, "Whether answers may be read in relation to the means of the place."]
    history: Annotated[tuple[VersionRow, ...], "What changed with each version."]
    scales: Annotated[tuple[ScaleRow, ...], "The scales."]
    stages: Annotated[tuple[StageRow, ...], "The stages of the dialogue."]
    questions: Annotated[tuple[QuestionRow, ...], "The dialogue questions."]
    tree: Annotated[tuple[NodeRow, ...], "Dimensions, criteria, groups and indicators."]
    page: Annotated[str, "The address of its page, from the root of the site."]


@dataclass(frozen=True, slots=True)
class RelationRow:
    """How two entries of different frameworks stand to each other."""

    id: Annotated[str, "The id of the relation."]
    title: Annotated[str, "What it means."]


@dataclass(frozen=True, slots=True)
class CrossingRow:
    """One link between two frameworks."""

    first: Annotated[str, "An entry of one framework: framework/node."]
    second: Annotated[str, "An entry of another."]
    relation: Annotated[str, "The id of the relation."]
    reason: Annotated[str, "Why they belong together."]


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """The links between frameworks. They carry practices, never scores."""

    title: Annotated[str, "The name of the crosswalk."]
    status: Annotated[str, "How finished it is."]
    source: Annotated[SourceRow, "Who made it."]
    cautions: Annotated[tuple[str, ...], "What to keep in mind when reading it."]
    relations: Annotated[tuple[RelationRow, ...], "The relations."]
    links: Annotated[tuple[CrossingRow, ...], "The links."]


def framework_row(framework: Framework, *, shown: bool = True) -> FrameworkRow:
    """A framework as it is published; not `shown` is an older version."""
    return FrameworkRow(
        id=framework.id, version=framework.version, shown=shown, title=framework.title,
        short_title=framework.short_title, summary=framework.summary, sources=source_rows(framework.source),
        sureness=framework.sureness, values=framework.values, limits=framework.limits,
        ground_rules=framework.ground_rules,
        not_applicable_reasons=framework.not_applicable_reasons,
        total_because=framework.publish_total.because if framework.publish_total else None,
        resource_pairs=framework.resource_pairs,
        history=tuple(
            VersionRow(
                note.version, note.date, note.changes, tuple(note.renamed.items()), tuple(note.dropped.items())
            )
            for note in framework.history
        ),
        scales=tuple(map(_scale, framework.scales)),
        stages=tuple(StageRow(stage.id, stage.title, stage.origin, stage.note) for stage in framework.stages),
        questions=tuple(QuestionRow(q.id, q.text, q.stage, q.criteria, q.origin) for q in framework.questions),
        tree=tuple(_node(framework, node) for node in framework.tree), page=addresses.framework(framework.id),
    )


def crosswalk_row(crosswalk: Crosswalk) -> CrosswalkRow:
    """The crosswalk as it is published."""
    return CrosswalkRow(
        crosswalk.title, crosswalk.status, SourceRow.of(crosswalk.source), crosswalk.cautions,
        tuple(RelationRow(relation.id, relation.title) for relation in crosswalk.relations),
        tuple(CrossingRow(link.from_, link.to, link.relation, link.reason) for link in crosswalk.links),
    )


def _scale(scale: Scale) -> ScaleRow:
    stepped = scale if isinstance(scale, OrdinalScale | AnswersScale) else None
    steps = stepped.steps if stepped else ()
    banded = scale if isinstance(scale, BandsScale) else None
    return ScaleRow(
        id=scale.id, kind=scale.kind, title=scale.title,
        steps=tuple(StepRow(step.value, step.label, step.worth, step.role, step.note) for step in steps),
        best=scale.best if isinstance(scale, OrdinalScale) else None,
        count=banded.count if banded else None, labels=banded.labels if banded else (),
        because=stepped.because if stepped else None, note=scale.note, origin=scale.origin,
    )


def _node(framework: Framework, node: Node) -> NodeRow:
    asked = node.level is Level.INDICATOR
    scale = framework.scale_of(node.id) if asked else None
    return NodeRow(
        id=node.id, level=node.level, title=node.title, label=node.label, gist=node.gist,
        weight=node.weight.value if node.weight else Decimal(1),
        weight_because=node.weight.because if node.weight else None,
        construct=framework.construct_of(node.id) if asked else None, scale=scale.id if scale else None,
        subject=framework.subject_of(node.id) if asked else None,
        tolerance=framework.tolerance_of(node.id) if asked else None,
        meaning_version=framework.meaning_version_of(node.id) if asked else None,
        may_not_apply=framework.may_not_apply_to(node.id) if asked else None,
        default_grade=Grade(framework.default_grade_of(node.id)) if asked else None,
        unverified=framework.is_unverified(node.id),
        measure=_measure(node.measure), goalposts=_goalposts(node.goalposts), open_line=node.open_line,
        asked_when=BranchRow(
            node.asked_when.indicator, node.asked_when.answers, node.asked_when.if_unknown
        ) if node.asked_when else None,
        linked_to=node.linked_to, facet=node.facet, why_not_applicable=node.why_not_applicable, actions=node.actions,
        shift_from=node.shift_from, shift_to=node.shift_to, origin=node.origin, sureness=node.sureness, note=node.note,
        page=addresses.criterion(framework.id, node.id) if node.level is Level.CRITERION else None,
        children=tuple(_node(framework, child) for child in node.children),
    )


def _measure(measure: Measure | None) -> MeasureRow | None:
    return None if measure is None else MeasureRow(
        measure.unit, measure.direction, measure.collected_by, measure.definition, measure.open_definition
    )


def _goalposts(posts: Goalposts | None) -> GoalpostsRow | None:
    return None if posts is None else GoalpostsRow(
        posts.low, posts.high, posts.aim, posts.curve, posts.because, SourceRow.of(posts.source)
    )
