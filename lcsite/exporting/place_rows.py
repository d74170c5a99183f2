"""Places and their assessments as they are published: who answered, when, and what is known about the place itself."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from lcsite.exporting.layout import WrittenOnce
from lcsite.exporting.shape import JSON_ONLY
from lcsite.exporting.source_rows import SourceRow, source_rows
from lcsite.light_classes import dataclass
from lcsite.model.assessment import Assessment
from lcsite.model.network import GatheredSite
from lcsite.model.place import Membership, Place, PlaceKind, WorldRegion
from lcsite.model.portfolio import Portfolio
from lcsite.model.words import Figure
from lcsite.pages import addresses

__all__ = ["AssessmentRow", "PlaceRow", "assessment_rows", "place_row"]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A published number that stands beside the scorecards as context."""

    label: Annotated[str, "What the number is."]
    value: Annotated[Decimal, "The number."]
    unit: Annotated[str | None, "Its unit."]
    year: Annotated[int | None, "The year that it is for."]
    scope: Annotated[str | None, "What it covers, where that is not the place itself."]
    derived: Annotated[str | None, "How it was worked out from what was published."]
    note: Annotated[str | None, "A remark."]
    check: Annotated[str | None, "What a second reader found; left out: nobody looked again."]
    source: Annotated[SourceRow, "Where it was published."]

    def in_words(self) -> str:
        """`Learning centres: 37 centres (2024; scope: county)`"""
        told = "; ".join(
            part for part in (str(self.year or "undated"), f"scope: {self.scope}" if self.scope else "") if part
        )
        return f"{self.label}: {self.value:f}{f' {self.unit}' if self.unit else ''} ({told})"


@dataclass(frozen=True, slots=True)
class AwardRow:
    """An award of a network."""

    name: Annotated[str, "The name of the award."]
    year: Annotated[int, "Its year."]


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A network that the place belongs to."""

    name: Annotated[str, "The name of the network."]
    joined: Annotated[int | None, "The year of joining."]
    awards: Annotated[tuple[AwardRow, ...], "Awards. They show that a jury liked an application."]
    check: Annotated[str | None, "What a second reader found."]
    sources: Annotated[tuple[SourceRow, ...], "Where this is said."]

    def in_words(self) -> str:
        """`UNESCO Global Network of Learning Cities, since 2015; UNESCO Learning City Award 2017`"""
        since = f", since {self.joined}" if self.joined else ""
        return self.name + since + "".join(f"; {award.name} {award.year}" for award in self.awards)


@dataclass(frozen=True, slots=True)
class PlaceRow(WrittenOnce):
    """One place."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    name: Annotated[str, "Its name."]
    names: Annotated[dict[str, str], "Its names in other languages, by language code."]
    kind: Annotated[PlaceKind, "What kind of place it is."]
    country: Annotated[str, "ISO 3166-1 alpha-2."]
    world_region: Annotated[WorldRegion, "The region in which UNESCO groups its member states."]
    part_of: Annotated[str | None, "The id of the place that it belongs to."]
    latitude: Annotated[Decimal | None, "Of the pin, in decimal degrees."]
    longitude: Annotated[Decimal | None, "Of the pin, in decimal degrees."]
    coordinates_note: Annotated[str | None, "Where the pin stands."]
    population: Annotated[int | None, "How many people live there, or in population_scope."]
    population_year: Annotated[int | None, "The year of the population."]
    population_scope: Annotated[str | None, "What the population covers, where that is not the place itself."]
    population_note: Annotated[str | None, "A remark on the population."]
    population_check: Annotated[str | None, "What a second reader found about the population."]
    population_source: Annotated[SourceRow | None, "Where the population was published."]
    budget_per_head: Annotated[Decimal | None, "The public budget for each person and year."]
    budget_currency: Annotated[str | None, "ISO 4217."]
    budget_year: Annotated[int | None, "The year of the budget."]
    budget_note: Annotated[str | None, "A remark on the budget."]
    budget_source: Annotated[SourceRow | None, "Where the budget was published."]
    networks: Annotated[tuple[MembershipRow, ...], "The networks that it belongs to, with awards."]
    context: Annotated[tuple[FigureRow, ...], "Published figures beside the scorecards; never scored."]
    stakeholders: Annotated[tuple[str, ...], "Who takes part."]
    sources: Annotated[tuple[SourceRow, ...], "Sources about the place."]
    gaps: Annotated[str | None, "What was not found."]
    contact: Annotated[str | None, "A public contact."]
    page: Annotated[str, "The address of its page, from the root of the site."]
    gathered_from: Annotated[str | None, "The site at which the place is at home, where this one has a copy only."]
    gathered_on: Annotated[datetime.date | None, "The day on which the copy was taken."]
    profile: Annotated[str | None, "The place in prose, in Markdown.", JSON_ONLY]


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One example and the next actions, as the assessors wrote them."""

    node: Annotated[str, "The criterion or indicator."]
    example: Annotated[str | None, "The example."]
    actions: Annotated[tuple[str, ...], "The next actions."]


@dataclass(frozen=True, slots=True)
class AssessmentRow(WrittenOnce):
    """One assessment: one place, one framework, one day."""

    place: Annotated[str, "The id of the place."]
    demonstration: Annotated[bool, "true: the place is invented, with everything about it."]
    framework: Annotated[str, "The id of the framework."]
    version: Annotated[str, "The version of the framework that was answered."]
    assessment: Annotated[str, "The id of the assessment within its place."]
    as_of: Annotated[datetime.date, "The day for which the answers hold."]
    kind: Annotated[str, "self, peer-review, expert-review or desk-review."]
    who: Annotated[str, "Who answered."]
    confirmed: Annotated[bool, "false: the place itself has not confirmed the assessment."]
    note: Annotated[str | None, "How it was made."]
    answers: Annotated[int, "How many answers were written down, don't know and not applicable included."]
    limits: Annotated[tuple[str, ...], "What the assessors say that their assessment cannot tell."]
    conflicts: Annotated[tuple[str, ...], "Where sources disagree."]
    examples: Annotated[tuple[ExampleRow, ...], "Examples and next actions."]
    page: Annotated[str, "The address of the scorecard's page, from the root of the site."]


def place_row(place: Place, home: GatheredSite | None) -> PlaceRow:
    """One place as it is published; `home` is the site that it was copied from."""
    pin, people, budget = place.coordinates, place.population, place.budget_per_head
    return PlaceRow(
        place=place.id, demonstration=place.demonstration, name=place.name, names=place.names, kind=place.kind,
        country=place.country, world_region=place.world_region, part_of=place.part_of,
        latitude=pin.lat if pin else None, longitude=pin.lon if pin else None,
        coordinates_note=pin.note if pin else None,
        population=people.value if people else None, population_year=people.year if people else None,
        population_scope=people.scope if people else None, population_note=people.note if people else None,
        population_check=people.check if people else None,
        population_source=SourceRow.of(people.source) if people else None,
        budget_per_head=budget.value if budget else None, budget_currency=budget.currency if budget else None,
        budget_year=budget.year if budget else None, budget_note=budget.note if budget else None,
        budget_source=SourceRow.of(budget.source) if budget else None,
        networks=tuple(map(_membership, place.networks)), context=tuple(map(_figure, place.context)),
        stakeholders=place.stakeholders, sources=source_rows(place.sources), gaps=place.gaps, contact=place.contact,
        page=addresses.place(place.id), gathered_from=(home.home or home.title) if home else None,
        gathered_on=home.copied_on if home else None, profile=place.profile.strip() or None,
    )


def assessment_rows(portfolio: Portfolio, place: str) -> Iterator[AssessmentRow]:
    """The assessments of a place, by framework and day."""
    order = {framework: nth for nth, framework in enumerate(portfolio.frameworks)}
    for made in sorted(portfolio.assessments_of(place), key=lambda a: (order[a.framework_id], a.as_of, a.file_id)):
        yield _assessment(made, demonstration=portfolio.places[place].demonstration)


def _assessment(assessment: Assessment, *, demonstration: bool) -> AssessmentRow:
    by = assessment.by
    return AssessmentRow(
        place=assessment.place, demonstration=demonstration, framework=assessment.framework_id,
        version=assessment.framework_version, assessment=assessment.file_id, as_of=assessment.as_of, kind=by.kind,
        who=by.who, confirmed=by.confirmed, note=by.note, answers=len(assessment.answers), limits=assessment.limits,
        conflicts=assessment.conflicts,
        examples=tuple(
            ExampleRow(node, example.example, example.actions) for node, example in sorted(assessment.examples.items())
        ),
        page=addresses.scorecard(assessment.place, assessment.framework_id),
    )


def _membership(network: Membership) -> MembershipRow:
    return MembershipRow(
        network.name, network.joined, tuple(AwardRow(award.name, award.year) for award in network.awards),
        network.check, source_rows(network.sources),
    )


def _figure(figure: Figure) -> FigureRow:
    return FigureRow(
        figure.label, figure.value, figure.unit, figure.year, figure.scope, figure.derived, figure.note, figure.check,
        SourceRow.of(figure.source),
    )
