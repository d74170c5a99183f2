"""What the criteria pages show: every framework with its tree, every criterion with what supports it, the crosswalk."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lcsite.light_classes import dataclass
from lcsite.linking import End, Kind, LinkGraph, Relation
from lcsite.model.framework import (
    Construct,
    Crosswalk,
    DialogueQuestion,
    Framework,
    Level,
    Node,
    Stage,
    VersionNote,
    version_number,
)
from lcsite.model.portfolio import Portfolio
from lcsite.model.scale import Scale
from lcsite.pages import addresses
from lcsite.pages.found_as import FoundAs
from lcsite.pages.link_map import LinkMap, crosswalk_maps
from lcsite.pages.names import FrameworkName, Names, NodeName, PageName, PracticeName, ToolName
from lcsite.pages.page import Crumb, Page, Prose, Words
from lcsite.pages.readings import PlaceState, Readings

__all__ = [
    "CriteriaBody",
    "CriterionBody",
    "CrosswalkBody",
    "CrosswalkRow",
    "FrameworkBody",
    "IndicatorRow",
    "NodeRow",
    "StageQuestions",
    "criteria_pages",
]

CRITERIA_CRUMBS = (Crumb(Words("Home"), addresses.home), Crumb(Words("Criteria"), addresses.criteria))


@dataclass(frozen=True, slots=True)
class CriteriaBody:
    intro: Prose | None
    frameworks: tuple[FrameworkName, ...]
    crosswalk: str
    """The address of the crosswalk; empty where there is none."""


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A line of a framework's tree: a dimension, or a criterion with its counts."""

    name: NodeName
    depth: int
    indicators: int
    practices: int
    tools: int
    is_criterion: bool
    note: str


@dataclass(frozen=True, slots=True)
class StageQuestions:
    stage: Stage | None
    questions: tuple[DialogueQuestion, ...]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One statement or feature and how it is answered."""

    node: Node
    anchor: str
    depth: int
    is_indicator: bool
    construct: str
    scale: Scale | None
    scored: bool
    tolerance: int
    meaning_version: int
    weight: str
    unverified: bool
    linked_to: tuple[NodeName, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a framework, and what became of its entries."""

    note: VersionNote
    renamed: tuple[tuple[str, str], ...]
    dropped: tuple[tuple[str, str], ...]
    """(id until then, reason)."""
    assessments: int
    file: str
    """Where it can be downloaded; empty where it is not kept."""


@dataclass(frozen=True, slots=True)
class FrameworkBody:
    framework: Framework
    name: FrameworkName
    prose: Prose | None
    rows: tuple[NodeRow, ...]
    scales: tuple[Scale, ...]
    dialogue: tuple[StageQuestions, ...]
    unverified: int
    assessed_places: int
    versions: tuple[VersionRow, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class CriterionBody:
    framework: FrameworkName
    node: Node
    name: NodeName
    above: tuple[NodeName, ...]
    prose: Prose | None
    rows: tuple[IndicatorRow, ...]
    unverified: bool
    """Whether any row is."""
    scales: tuple[Scale, ...]
    dialogue: tuple[StageQuestions, ...]
    practices: tuple[PracticeName, ...]
    carried: tuple[tuple[PracticeName, NodeName, str, str], ...]
    """Practices that a crosswalk brings: (practice, criterion that it was written for, relation, reason)."""
    tools: tuple[ToolName, ...]
    learning: tuple[PageName, ...]
    crossings: tuple[tuple[NodeName, NodeName, str, str], ...]
    """(node here, node of another framework, relation, reason)."""
    states: tuple[tuple[str, tuple[PlaceState, ...]], ...]
    """For each construct: the latest reading of each assessed place, in the order of names."""
    history: tuple[VersionNote, ...]
    before: NodeName | None
    after: NodeName | None


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    from_: NodeName
    to: NodeName
    relation: str
    reason: str
    practices: int


@dataclass(frozen=True, slots=True)
class CrosswalkBody:
    crosswalk: Crosswalk
    groups: tuple[tuple[NodeName, tuple[CrosswalkRow, ...]], ...]
    relations: tuple[tuple[str, str], ...]
    maps: tuple[LinkMap, ...]
    """A picture for each two frameworks that links join."""


def criteria_pages(portfolio: Portfolio, links: LinkGraph, names: Names, readings: Readings) -> Iterator[Page]:
    """Every page below `criteria/`."""
    intro = portfolio.prose.get("criteria/index")
    yield Page(
        address=addresses.criteria,
        kind="criteria",
        title=Words("Criteria"),
        section=addresses.criteria,
        description=Words("The frameworks by which places look at themselves, each with its own limits."),
        body=lambda: CriteriaBody(
            Prose(intro.body, "content/criteria/index.md") if intro else None,
            tuple(names.frameworks.values()),
            addresses.crosswalk if portfolio.crosswalk else "",
        ),
        crumbs=CRITERIA_CRUMBS[:1],
    )
    if portfolio.crosswalk:
        yield Page(
            address=addresses.crosswalk,
            kind="crosswalk",
            title=portfolio.crosswalk.title,
            section=addresses.criteria,
            description=Words("How the entries of one framework meet those of the others."),
            body=partial(_crosswalk, portfolio.crosswalk, portfolio, links, names),
            crumbs=CRITERIA_CRUMBS,
            source="content/criteria/crosswalk.yml",
        )
    found_as = FoundAs(portfolio, names)
    for framework in portfolio.frameworks.values():
        yield Page(
            address=addresses.framework(framework.id),
            kind="framework",
            title=framework.title,
            description=framework.summary,
            section=addresses.criteria,
            crumbs=CRITERIA_CRUMBS,
            body=partial(_framework, framework, portfolio, links, names),
            find=partial(found_as.framework, framework),
            source=f"content/criteria/{framework.id}/framework.yml",
        )
        for node in framework.criteria:
            name = names.node(f"{framework.id}/{node.id}")
            yield Page(
                address=name.address,
                kind="criterion",
                title=node.title,
                section=addresses.criteria,
                description=node.gist
                or Words("{criterion}: a criterion of {framework}.", criterion=node.title, framework=framework.title),
                body=partial(_criterion, framework, node, portfolio, links, names, readings),
                crumbs=(
                    *CRITERIA_CRUMBS,
                    Crumb(names.frameworks[framework.id].short_title, addresses.framework(framework.id)),
                ),
                source=f"content/criteria/{framework.id}/{node.id}.md",
                feed=addresses.criterion_feed(framework.id, node.id),
                find=partial(found_as.criterion, framework, node),
            )


def _framework(framework: Framework, portfolio: Portfolio, links: LinkGraph, names: Names) -> FrameworkBody:
    prose = portfolio.prose.get(f"criteria/{framework.id}/index")
    return FrameworkBody(
        framework=framework,
        name=names.frameworks[framework.id],
        prose=Prose(prose.body, f"content/criteria/{framework.id}/index.md") if prose else None,
        rows=tuple(_tree(framework, links, names)),
        scales=framework.scales,
        dialogue=_dialogue(framework, framework.questions),
        unverified=sum(framework.is_unverified(n.id) and n.level is Level.GROUP for n in framework.nodes()),
        assessed_places=len({a.place for a in portfolio.assessments if a.framework_id == framework.id}),
        versions=tuple(_versions(framework, portfolio)),
    )


def _versions(framework: Framework, portfolio: Portfolio) -> Iterator[VersionRow]:
    kept = {each.version for each in portfolio.versions_of(framework.id)}
    for note in sorted(framework.history, key=lambda note: version_number(note.version), reverse=True):
        older = "" if note.version == framework.version else note.version
        yield VersionRow(
            note=note,
            renamed=tuple(note.renamed.items()),
            dropped=tuple(note.dropped.items()),
            assessments=sum(
                (a.framework_id, a.framework_version) == (framework.id, note.version) for a in portfolio.assessments
            ),
            file=addresses.data_file(addresses.framework_file(framework.id, older)) if note.version in kept else "",
        )


def _tree(framework: Framework, links: LinkGraph, names: Names) -> Iterator[NodeRow]:
    for node in framework.nodes():
        if node.level in (Level.DIMENSION, Level.CRITERION):
            ref = f"{framework.id}/{node.id}"
            yield NodeRow(
                name=names.node(ref),
                depth=len(framework.ancestors[node.id]),
                indicators=sum(n.level is Level.INDICATOR for n in node.walk()),
                practices=len(links.supporting(ref, Kind.PRACTICE)),
                tools=len(links.supporting(ref, Kind.TOOL)),
                is_criterion=node.level is Level.CRITERION,
                note=node.note or "",
            )


def _dialogue(framework: Framework, questions: tuple[DialogueQuestion, ...]) -> tuple[StageQuestions, ...]:
    groups = [StageQuestions(stage, tuple(q for q in questions if q.stage == stage.id)) for stage in framework.stages]
    groups.append(StageQuestions(None, tuple(q for q in questions if q.stage is None)))
    return tuple(group for group in groups if group.questions)


def _criterion(
    framework: Framework, node: Node, portfolio: Portfolio, links: LinkGraph, names: Names, readings: Readings
) -> CriterionBody:
    ref = f"{framework.id}/{node.id}"
    prose = portfolio.criterion_pages.get((framework.id, node.id))
    rows = tuple(_rows(framework, node, names))
    below = {f"{framework.id}/{n.id}" for n in node.walk()}
    crossings = [
        (
            names.node(link.from_ if link.from_ in below else link.to),
            names.node(link.to if link.from_ in below else link.from_),
            link.relation,
            link.reason,
        )
        for link in (portfolio.crosswalk.links if portfolio.crosswalk else ())
        if link.from_ in below or link.to in below
    ]
    carried: dict[str, tuple[PracticeName, NodeName, str, str]] = {}
    for found in links.carried_to(ref):
        if found.end.kind is Kind.PRACTICE:  # one line a practice, however many links bring it
            carried.setdefault(
                found.end.id,
                (names.practice(found.end.id), names.node(found.supports), found.link.relation, found.link.reason),
            )
    siblings = _siblings(framework, node)
    here = siblings.index(node.id)
    return CriterionBody(
        framework=names.frameworks[framework.id],
        node=node,
        name=names.node(ref),
        above=tuple(names.node(f"{framework.id}/{n.id}") for n in framework.ancestors[node.id]),
        prose=Prose(prose.body, f"content/criteria/{framework.id}/{node.id}.md") if prose else None,
        rows=rows,
        unverified=any(row.unverified for row in rows),
        scales=tuple({r.scale.id: r.scale for r in rows if r.scale}.values()),
        dialogue=_dialogue(framework, tuple(q for q in framework.questions if node.id in q.criteria)),
        practices=names.practices(links.supporting(ref, Kind.PRACTICE)),
        carried=tuple(sorted(carried.values(), key=lambda c: (c[0].title.casefold(), c[0].id))),
        tools=names.tools(links.supporting(ref, Kind.TOOL)),
        learning=names.pages(
            page for id_ in below for page in links.neighbours(End(Kind.NODE, id_), Relation.SPEAKS_OF, kind=Kind.PAGE)
        ),
        crossings=tuple(crossings),
        states=readings.states_of(framework.id, node.id),
        history=framework.history,
        before=names.node(f"{framework.id}/{siblings[here - 1]}") if here else None,
        after=names.node(f"{framework.id}/{siblings[here + 1]}") if here + 1 < len(siblings) else None,
    )


def _siblings(framework: Framework, node: Node) -> list[str]:
    """The criteria of the same dimension, by id."""
    above = framework.ancestors
    dimension = {c.id: [first.id for first in above[c.id][:1]] for c in framework.criteria}
    return [id_ for id_, first in dimension.items() if first == dimension[node.id]]


def _rows(framework: Framework, node: Node, names: Names) -> Iterator[IndicatorRow]:
    depth_here = len(framework.ancestors[node.id])
    for child in node.walk():
        if child.id == node.id:
            continue
        construct = framework.construct_of(child.id)
        is_indicator = child.level is Level.INDICATOR
        scale = framework.scale_of(child.id) if is_indicator else None
        numeric = scale is not None and scale.kind == "number"
        yield IndicatorRow(
            node=child,
            anchor=addresses.anchor(child.id),
            depth=len(framework.ancestors[child.id]) - depth_here - 1,
            is_indicator=is_indicator,
            construct=construct.value if construct else "",
            scale=scale,
            scored=is_indicator
            and construct in (Construct.PRACTICE, Construct.OUTCOME)
            and scale is not None
            and scale.kind != "text"
            and (not numeric or child.goalposts is not None),
            tolerance=framework.tolerance_of(child.id),
            meaning_version=framework.meaning_version_of(child.id),
            weight=str(child.weight.value) if child.weight else "",
            unverified=framework.is_unverified(child.id),
            linked_to=names.nodes(f"{framework.id}/{id_}" for id_ in child.linked_to),
        )


def _crosswalk(crosswalk: Crosswalk, portfolio: Portfolio, links: LinkGraph, names: Names) -> CrosswalkBody:
    groups: dict[str, list[CrosswalkRow]] = {}
    for link in crosswalk.links:
        groups.setdefault(link.from_, []).append(
            CrosswalkRow(
                names.node(link.from_),
                names.node(link.to),
                link.relation,
                link.reason,
                len(links.supporting(link.to, Kind.PRACTICE)),
            )
        )
    return CrosswalkBody(
        crosswalk,
        tuple((names.node(ref), tuple(rows)) for ref, rows in groups.items()),
        tuple((relation.id, relation.title) for relation in crosswalk.relations),
        tuple(crosswalk_maps(crosswalk, portfolio, names)),
    )
