"""Two states of a site side by side: which places, figures, practices, links, frameworks and pages differ, and how.

Values only; `words` says them. Whatever stands in a list of places stands in the order of their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lcsite.changes.figures import Figure, figures
from lcsite.changes.records import differing_fields, new_and_gone, short
from lcsite.light_classes import dataclass
from lcsite.model.assessment import Answer, Observation
from lcsite.model.framework import Framework, Node
from lcsite.model.portfolio import Portfolio
from lcsite.model.words import Record
from lcsite.pages.answer_rows import figure_words
from lcsite.pages.names import Names
from lcsite.pages.no_ranking import name_key
from lcsite.pages.readings import Readings
from lcsite.pipeline import ReadSite, plan_site
from lcsite.problems import Problems

__all__ = ["Address", "Difference", "Figure", "Link", "Touched", "compare_sites"]


@dataclass(frozen=True, slots=True)
class Touched:
    """A thing that people wrote and that is new, removed or changed; `details` say what about it."""

    kind: str
    """site, place, assessment, figures, practice, tool, page, framework, criterion-page or crosswalk."""
    id: str
    name: str
    how: str
    details: tuple[str, ...] = ()
    place: str = ""
    """The id of the place that it belongs to."""


@dataclass(frozen=True, slots=True)
class Link:
    """A practice or tool that is now linked to an entry of a framework, or no longer; or two entries."""

    kind: str
    """practice, tool or crosswalk."""
    source: str
    target: str
    how: str


@dataclass(frozen=True, slots=True)
class Address:
    """A page that is new, or an address that breaks."""

    address: str
    how: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs. Where a side cannot be built, only its problems are known."""

    before: Problems
    after: Problems
    comparable: bool
    touched: tuple[Touched, ...] = ()
    figures: tuple[Figure, ...] = ()
    links: tuple[Link, ...] = ()
    addresses: tuple[Address, ...] = ()

    @property
    def nothing(self) -> bool:
        return self.comparable and not (self.touched or self.figures or self.links or self.addresses)


def compare_sites(before: ReadSite, after: ReadSite) -> Difference:
    """What the step from one state to the other does."""
    old, new = before.portfolio, after.portfolio
    if old is None or new is None or before.problems.errors or after.problems.errors:
        return Difference(before.problems, after.problems, comparable=False)
    if old == new:
        return Difference(before.problems, after.problems, comparable=True)
    return Difference(
        before=before.problems, after=after.problems, comparable=True,
        touched=tuple(_touched(old, new)),
        figures=figures(old, Readings(old, Names(old)), new, Readings(new, Names(new))),
        links=tuple(_links(old, new)),
        addresses=tuple(_addresses(old, new)),
    )


# What people wrote


def _touched(old: Portfolio, new: Portfolio) -> Iterator[Touched]:
    if details := differing_fields(old.site, new.site):
        yield Touched("site", "site", new.site.title, "changed", details)
    yield from _frameworks(old, new)
    yield from _places(old, new)
    yield from _kind("practice", old.practices, new.practices, leave_out=("supports",))
    yield from _kind("tool", old.tools, new.tools, leave_out=("supports",))
    yield from _kind("page", old.prose, new.prose)
    pages = [{"/".join(key): page for key, page in side.criterion_pages.items()} for side in (old, new)]
    yield from _kind("criterion-page", *pages)


def _kind(
    kind: str, before: Mapping[str, Any], after: Mapping[str, Any], *, leave_out: tuple[str, ...] = ()
) -> Iterator[Touched]:
    """Records with a title, in the order of their titles."""
    found = []
    added, gone, other = new_and_gone(before, after)
    found += [Touched(kind, id_, _name(after[id_]), "new") for id_ in added]
    found += [Touched(kind, id_, _name(before[id_]), "removed") for id_ in gone]
    for id_ in other:
        if details := differing_fields(before[id_], after[id_], leave_out=leave_out):
            found.append(Touched(kind, id_, _name(after[id_]), "changed", details))
    yield from sorted(found, key=lambda each: (*name_key(each.name), each.id))


def _name(record: Any) -> str:
    return str(getattr(record, "name", None) or record.title)


def _places(old: Portfolio, new: Portfolio) -> Iterator[Touched]:
    """Each place with its profile, its figures and its assessments, in the order of names."""
    places = {**old.places, **new.places}
    profiles = {each.id: each for each in _kind("place", old.places, new.places)}
    for id_ in sorted(places, key=lambda id_: (*name_key(places[id_].name), id_)):
        if id_ in profiles:
            yield Touched("place", id_, profiles[id_].name, profiles[id_].how, profiles[id_].details, id_)
        rows = tuple(_rows(old.observations.get(id_, ()), new.observations.get(id_, ())))
        if rows:
            yield Touched("figures", id_, places[id_].name, "changed", rows, id_)
        sides = ({a.file_id: a for a in side.assessments_of(id_)} for side in (old, new))
        before, after = sides
        added, gone, other = new_and_gone(before, after)
        for file_id in added:
            answers = len(after[file_id].answers)
            given = f"{answers} answers to {after[file_id].framework}"
            yield Touched("assessment", f"{id_}/{file_id}", places[id_].name, "new", (given,), id_)
        for file_id in gone:
            yield Touched("assessment", f"{id_}/{file_id}", places[id_].name, "removed", (), id_)
        for file_id in other:
            details = (
                *differing_fields(before[file_id], after[file_id], leave_out=("answers",)),
                *_answers(before[file_id].answers, after[file_id].answers),
            )
            yield Touched("assessment", f"{id_}/{file_id}", places[id_].name, "changed", details, id_)


def _answers(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Iterator[str]:
    for id_ in dict.fromkeys((*before, *after)):
        one, other = before.get(id_), after.get(id_)
        if one is None or other is None:
            yield f"{id_}: {_said(one)} to {_said(other)}"
        elif one != other:
            value = f"{_said(one)} to {_said(other)}; " if _said(one) != _said(other) else ""
            more = "; ".join(differing_fields(one, other, leave_out=("value", "not_applicable")))
            yield f"{id_}: {value}{more}".removesuffix("; ")


def _said(answer: Answer | None) -> str:
    if answer is None:
        return "not answered"
    return f"not applicable ({short(answer.not_applicable)})" if answer.not_applicable else str(answer.value)


def _rows(before: tuple[Observation, ...], after: tuple[Observation, ...]) -> Iterator[str]:
    def by_key(rows: tuple[Observation, ...]) -> dict[tuple[str, str, str], Observation]:
        return {(row.indicator, row.period or "no year", row.scope or ""): row for row in rows}

    one, other = by_key(before), by_key(after)
    added, gone, changed = new_and_gone(one, other)
    for key in added:
        yield f"{_row(key)}: new, {figure_words(other[key])}"
    for key in gone:
        yield f"{_row(key)}: removed, was {figure_words(one[key])}"
    for key in changed:
        details = differing_fields(one[key], other[key], leave_out=("indicator", "period", "scope"))
        yield f"{_row(key)}: {'; '.join(details)}"


def _row(key: tuple[str, str, str]) -> str:
    indicator, period, scope = key
    return f"{indicator}, {period}" + (f" ({short(scope)})" if scope else "")


# Frameworks


def _frameworks(old: Portfolio, new: Portfolio) -> Iterator[Touched]:
    added, gone, other = new_and_gone(old.frameworks, new.frameworks)
    for id_ in added:
        framework = new.frameworks[id_]
        size = f"version {framework.version}, {len(framework.indicators)} questions"
        yield Touched("framework", id_, framework.title, "new", (size,))
    for id_ in gone:
        yield Touched("framework", id_, old.frameworks[id_].title, "removed")
    for id_ in other:
        details = tuple(_definitions(old.frameworks[id_], new.frameworks[id_]))
        yield Touched("framework", id_, new.frameworks[id_].title, "changed", details)
    if old.crosswalk and new.crosswalk:
        details = differing_fields(old.crosswalk, new.crosswalk, leave_out=("links",))
        if details:
            yield Touched("crosswalk", "crosswalk", new.crosswalk.title, "changed", details)


def _definitions(before: Framework, after: Framework) -> Iterator[str]:
    yield from differing_fields(before, after, leave_out=("tree", "scales"))
    scales_before, scales_after = ({scale.id: scale for scale in each.scales} for each in (before, after))
    parts: tuple[tuple[str, Mapping[str, Record], Mapping[str, Record]], ...] = (
        ("scale ", scales_before, scales_after), ("", before.by_id, after.by_id),
    )  # fmt: skip
    for what, one, other in parts:
        added, gone, changed = new_and_gone(_alone(one), _alone(other))
        for id_ in added:
            yield f"{what}{id_}: new, {short(_name(other[id_]))}"
        for id_ in gone:
            yield f"{what}{id_}: removed, was {short(_name(one[id_]))}"
        for id_ in changed:
            yield f"{what}{id_}: {'; '.join(differing_fields(one[id_], other[id_], leave_out=('children',)))}"
        if not added and not gone and list(one) != list(other):
            yield f"{what or 'entries'}: in another order"


def _alone(records: Mapping[str, Record]) -> dict[str, Record]:
    """Nodes without what stands below them, which is looked at by itself."""
    return {
        id_: record.model_copy(update={"children": ()}) if isinstance(record, Node) else record
        for id_, record in records.items()
    }


# Links and addresses


def _links(old: Portfolio, new: Portfolio) -> Iterator[Link]:
    before, after = _pairs(old), _pairs(new)
    for kind, source, target in sorted(after - before):
        yield Link(kind, source, target, "new")
    for kind, source, target in sorted(before - after):
        yield Link(kind, source, target, "removed")


def _pairs(portfolio: Portfolio) -> set[tuple[str, str, str]]:
    found = {("practice", p.id, ref) for p in portfolio.practices.values() for ref in p.supports}
    found |= {("tool", tool.id, ref) for tool in portfolio.tools.values() for ref in tool.supports}
    links = portfolio.crosswalk.links if portfolio.crosswalk else ()
    return found | {("crosswalk", link.from_, link.to) for link in links}


def _addresses(old: Portfolio, new: Portfolio) -> Iterator[Address]:
    before, after = _planned(old), _planned(new)
    yield from (Address(address, "new") for address in sorted(after - before))
    yield from (Address(address, "removed") for address in sorted(before - after))


def _planned(portfolio: Portfolio) -> set[str]:
    """Where every page will be; none is rendered."""
    return {page.address for page in plan_site(portfolio).site.pages}
