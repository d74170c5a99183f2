"""What a place's pages show: the answer first, then the profile, then everything that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from sys import intern

from lcsite.light_classes import dataclass
from lcsite.linking import End, Kind, LinkGraph, Relation
from lcsite.model.assessment import Assessment, Example, Observation
from lcsite.model.framework import Framework
from lcsite.model.place import Place, PlaceKind
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.answer_rows import figure_words
from lcsite.pages.compare_page import shares_a_framework
from lcsite.pages.could_help import Help, Helping
from lcsite.pages.criterion_views import CriterionHead, CriterionView, criterion_views, in_a_row
from lcsite.pages.drawing import per_cent
from lcsite.pages.found_as import FoundAs
from lcsite.pages.homes import file_of, home_of
from lcsite.pages.names import FrameworkName, Names, NodeName, PracticeName
from lcsite.pages.no_ranking import NearestInContext
from lcsite.pages.page import Crumb, Found, Key, Later, Page, PlaceName, Prose, Words
from lcsite.pages.place_facts import facts_of_place, facts_of_scorecard
from lcsite.pages.place_members import Member, members_of
from lcsite.pages.readings import Readings
from lcsite.pages.resource_views import PairView, pair_views
from lcsite.pages.scorecard_views import ProfileReading, profile_readings
from lcsite.scoring.exact import ends
from lcsite.scoring.likeness import Neighbourhood
from lcsite.scoring.scorecard import Scorecard
from lcsite.scoring.showing import signed_points, whole_points

__all__ = ["FigureRow", "FrameworkSection", "Gap", "OpenRow", "PlaceBody", "RoundRow", "ScorecardBody", "place_pages"]

PLACES_CRUMBS = (Crumb(Words("Home"), addresses.home), Crumb(Words("Places"), addresses.cities))
OPEN_QUESTIONS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An open question with its swing: how many points of range an answer would take away."""

    question: str
    criterion: str
    address: str
    swing: str
    width: str


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One assessment of the series, with its counts."""

    assessment: Assessment
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Gap:
    """More announced than in place, or the other way round, in signed points."""

    points: str
    wording: str
    pairs: int


@dataclass(frozen=True, slots=True)
class FrameworkSection:
    """One framework's part of a place page."""

    framework: FrameworkName
    assessment: Assessment | None
    address: str
    answered: int
    asked: int
    not_applicable: int
    looked_at: int
    shown: int
    """Of a desk review: how many questions were looked up, and for how many a document shows something, old or new."""
    backed: int
    """How many of the answered questions have a public document or more behind them."""
    readings: tuple[ProfileReading, ...]
    since: str
    """The year of the earlier round, the same text for the same year; empty for a first reading."""
    most: tuple[str, ...]
    least: tuple[str, ...]
    silent: tuple[str, ...]
    """Criteria by name: where most and least is in place, and where not enough is known (of this place alone)."""
    pairs: tuple[PairView, ...]
    open_questions: tuple[OpenRow, ...]
    more_open: int
    gap: Gap | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A published figure with all that is known about it."""

    indicator: NodeName
    value: str
    unit: str
    row: Observation


@dataclass(frozen=True, slots=True)
class PlaceBody:
    place: Place
    name: PlaceName
    prose: Prose
    sections: tuple[FrameworkSection, ...]
    figures: tuple[FigureRow, ...]
    read_from_figures: tuple[tuple[FrameworkName, str], ...]
    """Frameworks by which only figures were read, with the address of the page that shows how."""
    practices: tuple[PracticeName, ...]
    could_help: Help
    part_of: PlaceName | None
    members: tuple[Member, ...]
    alike: NearestInContext
    comparable: tuple[str, ...]
    """The ids of those among them that can stand beside this place."""
    examples: tuple[tuple[str, Example], ...]
    downloads: tuple[tuple[str, str], ...]
    embed: str
    """The page with what other sites may show of this place; empty where nobody has read it."""


@dataclass(frozen=True, slots=True)
class ScorecardBody:
    place: Place
    name: PlaceName
    framework: Framework
    framework_name: FrameworkName
    assessment: Assessment | None
    section: FrameworkSection
    criteria: tuple[CriterionView, ...]
    heads: tuple[CriterionHead, ...]
    """Theirs; the same object for all places that were asked the same."""
    newer: str
    """The version that the site shows, where the place was read by an older one."""
    rounds: tuple[RoundRow, ...]
    several_versions: bool
    """Whether the rounds were made by more than one version."""
    downloads: tuple[tuple[str, str], ...]

    @property
    def drawn(self) -> frozenset[str]:
        """The states of the bars in the workings: what the legend has to explain."""
        rows = (row for criterion in self.criteria for reading in criterion.readings for row in reading.rows)
        return frozenset(row.beside.bar.state for row in rows if row.beside and row.beside.bar)


_Sections = Callable[[str, str], FrameworkSection]
"""Of a place and a framework, by their ids."""


def place_pages(portfolio: Portfolio, links: LinkGraph, names: Names, readings: Readings) -> Iterator[Page]:
    """A page for every place and for every framework by which it was read."""
    found_as = FoundAs(portfolio, names)
    like: dict[tuple[PlaceKind, bool], list[Place]] = defaultdict(list)
    for place in portfolio.places.values():
        like[place.kind, place.demonstration].append(place)
    near = {which: Neighbourhood(places) for which, places in like.items()}
    helping = Helping(portfolio, links, names, readings)
    # The pages of a place come one after another and show the same sections; more of them would only fill memory.
    sections = lru_cache(maxsize=8)(partial(_section, portfolio, names, readings))
    for place in portfolio.places.values():
        kind = Key("place-kind", place.kind.value)
        country = Key("country", place.country)
        yield Page(
            address=addresses.place(place.id),
            kind="place",
            title=place.name,
            section=addresses.cities,
            description=Words("{name}, an invented place: what a page can tell. {kind}.", name=place.name, kind=kind)
            if place.demonstration
            else Words(
                "{name}: what is known about learning here, and what is not. {kind}, {country}.",
                name=place.name,
                kind=kind,
                country=country,
            ),
            body=Later(_place, place, portfolio, links, names, readings, sections, helping, near),
            crumbs=PLACES_CRUMBS,
            demonstration=place.demonstration,
            source=file_of(portfolio, "place", place.id),
            home=home_of(portfolio, "place", place.id),
            feed=addresses.place_feed(place.id),
            facts=Later(facts_of_place, place, portfolio),
            find=Later(_found, place, found_as, links, readings),
        )
        for framework_id in readings.frameworks_of(place.id):
            framework = portfolio.frameworks[framework_id]
            short = names.frameworks[framework_id].short_title
            yield Page(
                address=addresses.scorecard(place.id, framework_id),
                kind="scorecard",
                section=addresses.cities,
                title=Words("{place}: {framework}", place=place.name, framework=short),
                description=Words(
                    "{place} read by {framework}, criterion by criterion, with the working.",
                    place=place.name,
                    framework=framework.title,
                ),
                body=Later(_scorecard, place, framework_id, portfolio, names, readings, sections),
                crumbs=(*PLACES_CRUMBS, Crumb(place.name, addresses.place(place.id))),
                demonstration=place.demonstration,
                home=home_of(portfolio, "place", place.id),
                facts=Later(facts_of_scorecard, place, framework_id, readings),
            )


def _found(place: Place, found_as: FoundAs, links: LinkGraph, readings: Readings) -> Found:
    here = links.neighbours(End(Kind.PLACE, place.id), Relation.TAKES_PLACE_IN)
    return found_as.place(place, readings.frameworks_of(place.id), len(here))


def _place(
    place: Place, portfolio: Portfolio, links: LinkGraph, names: Names, readings: Readings, section_of: _Sections,
    helping: Helping, near: Mapping[tuple[PlaceKind, bool], Neighbourhood],
) -> PlaceBody:
    sections = tuple(
        section
        for framework_id in readings.frameworks_of(place.id)
        if (section := section_of(place.id, framework_id)).assessment
    )
    proposed = near[place.kind, place.demonstration].nearest(place, at_most=3)
    return PlaceBody(
        place=place,
        name=names.place(place.id),
        prose=Prose(place.profile, file_of(portfolio, "place", place.id)),
        sections=sections,
        figures=_figures(place, portfolio, names),
        read_from_figures=tuple(
            (names.frameworks[framework_id], addresses.scorecard(place.id, framework_id))
            for framework_id in readings.frameworks_of(place.id)
            if framework_id not in {section.framework.id for section in sections}
        ),
        practices=names.practices(links.neighbours(End(Kind.PLACE, place.id), Relation.TAKES_PLACE_IN)),
        could_help=helping.what_could_help(place),
        part_of=names.place(place.part_of) if place.part_of else None,
        members=members_of(place.id, portfolio, names, readings),
        alike=NearestInContext(names.place(id_) for id_ in proposed),
        comparable=tuple(id_ for id_ in proposed if shares_a_framework(place.id, id_, readings)),
        examples=tuple(
            (_read_by(place, s.framework.id, readings).by_id[node].title, example)
            for s in sections
            if s.assessment
            for node, example in s.assessment.examples.items()
        ),
        downloads=tuple(
            (name, addresses.place_file(place.id, name)) for name in ("place.json", "answers.csv", "scorecards.json")
        ),
        embed=addresses.embed(place.id) if any(section.readings for section in sections) else "",
    )


def _read_by(place: Place, framework_id: str, readings: Readings) -> Framework:
    """A framework in the version by which the latest reading of a place was made."""
    latest = readings.latest(place.id, framework_id)
    assert latest is not None  # frameworks_of named it
    return readings.framework_of(latest[1])


def _figures(place: Place, portfolio: Portfolio, names: Names) -> tuple[FigureRow, ...]:
    rows = []
    for row in portfolio.observations.get(place.id, ()):
        found = portfolio.node(row.indicator)
        if found is None:
            continue
        unit = row.unit or (found[1].measure.unit if found[1].measure else "")
        rows.append(FigureRow(names.node(row.indicator), figure_words(row), unit, row))
    return tuple(rows)


def _section(
    portfolio: Portfolio, names: Names, readings: Readings, place_id: str, framework_id: str
) -> FrameworkSection:
    latest = readings.latest(place_id, framework_id)
    assert latest is not None  # frameworks_of named it
    assessment, card = latest
    framework = readings.framework_of(card)
    change = readings.change(place_id, framework_id)
    rounds = readings.rounds(place_id, framework_id)
    counts = [reading.counts for reading in card.readings]
    most, least, silent = _by_name_of_criterion(framework, card)
    questions = _open_questions(framework, card)
    return FrameworkSection(
        framework=names.frameworks[framework.id],
        assessment=assessment,
        address=addresses.scorecard(place_id, framework_id),
        answered=sum(c.answered for c in counts),
        asked=sum(c.asked for c in counts),
        not_applicable=sum(c.not_applicable for c in counts),
        looked_at=len(assessment.answers) if assessment else 0,
        shown=sum(not answer.is_unknown for answer in assessment.answers.values()) if assessment else 0,
        backed=_backed(card),
        readings=profile_readings(framework, card, change),
        since=intern(str(rounds[-2][1].as_of.year)) if len(rounds) > 1 else "",
        most=most,
        least=least,
        silent=silent,
        pairs=pair_views(framework, card, assessment),
        open_questions=questions[:OPEN_QUESTIONS_SHOWN],
        more_open=max(len(questions) - OPEN_QUESTIONS_SHOWN, 0),
        gap=Gap(signed_points(card.say_do.gap), card.say_do.wording.value, len(card.say_do.pairs))
        if card.say_do
        else None,
        unverified=any(framework.is_unverified(id_) for id_ in card.items),
    )


def _backed(card: Scorecard) -> int:
    scored = {line for reading in card.readings for line in reading.nodes if line in card.items}
    return sum(
        1
        for id_ in scored
        if (item := card.items[id_]).state.kind == "answered" and item.grade is not None and item.grade.number >= 2
    )


def _by_name_of_criterion(framework: Framework, card: Scorecard) -> tuple[tuple[str, ...], ...]:
    """The criteria of this place where most, least and not enough is known to be in place; ties all named."""
    reading = card.practice
    if reading is None:
        return (), (), ()
    points = {}
    silent = []
    for node in framework.criteria:
        if node.id in reading.nodes:
            exact = reading.nodes[node.id]
            shown = exact.shown.kind
            if shown == "point" and exact.estimate is not None:
                points[node.title] = exact.estimate
            elif shown == "not-enough-known":
                silent.append(node.title)
    low, high = ends(points.values()) if points else (None, None)
    if high == low:  # nothing stands out
        return (), (), tuple(silent)
    return (
        tuple(t for t, m in points.items() if m == high),
        tuple(t for t, m in points.items() if m == low),
        tuple(silent),
    )


def _open_questions(framework: Framework, card: Scorecard) -> tuple[OpenRow, ...]:
    """The unknown items of the scorecard by their swing in their own criterion, widest first."""
    found = [
        (question, criterion)
        for reading in card.readings
        for criterion in framework.criteria
        if criterion.id in reading.nodes and (node := reading.nodes[criterion.id]).counts.unknown
        for question in node.open_questions
    ]
    return tuple(
        OpenRow(
            framework.by_id[question.id].title, criterion.title,
            addresses.scorecard(card.place, framework.id, node=question.id),
            str(whole_points(question.swing)), per_cent(question.swing),
        )
        for question, criterion in sorted(found, key=lambda each: -each[0].swing)
    )


def _scorecard(
    place: Place, framework_id: str, portfolio: Portfolio, names: Names, readings: Readings, section_of: _Sections
) -> ScorecardBody:
    latest = readings.latest(place.id, framework_id)
    assert latest is not None  # the page was planned because there is one
    assessment, card = latest
    framework = readings.framework_of(card)
    shown = portfolio.frameworks[framework.id]
    rounds = readings.rounds(place.id, framework.id)
    section, rows = section_of(place.id, framework_id), portfolio.observations.get(place.id, ())
    criteria = criterion_views(framework, card, assessment, section.readings, rows, shown=shown)
    return ScorecardBody(
        place=place,
        name=names.place(place.id),
        framework=framework,
        framework_name=names.frameworks[framework.id],
        assessment=assessment,
        section=section,
        criteria=criteria,
        heads=in_a_row(*[view.head for view in criteria]),
        newer=shown.version if shown is not framework else "",
        rounds=tuple(
            RoundRow(made, sum([r.counts.answered for r in c.readings]), sum([r.counts.asked for r in c.readings]))
            for made, c in rounds if made is not None
        ),
        several_versions=len({made.framework_version for made, _ in rounds if made is not None}) > 1,
        downloads=tuple((name, addresses.place_file(place.id, name)) for name in ("answers.csv", "scorecards.json")),
    )
