"""What the toolbox shows: practices, tools, and a list for every value that practices can be narrowed down by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from typing import Any

from lcsite.light_classes import dataclass
from lcsite.linking import End, Kind, LinkGraph, Relation
from lcsite.model.place import WorldRegion
from lcsite.model.portfolio import Portfolio
from lcsite.model.toolbox import Outcome, Practice, Tool
from lcsite.model.words import Source
from lcsite.pages import addresses
from lcsite.pages.found_as import FoundAs
from lcsite.pages.homes import file_of, home_of
from lcsite.pages.names import Names, NodeName, PageName, PracticeName, ToolName
from lcsite.pages.page import Crumb, Found, Key, Later, Page, Prose, Words

__all__ = [
    "FacetGroup",
    "FacetValue",
    "PracticeBody",
    "PracticeListBody",
    "ToolBody",
    "ToolListBody",
    "ToolboxBody",
    "practice_pages",
    "toolbox_pages",
]

SIMILAR_SHOWN = 6

OFFERED_AT_MOST = 200
"""How many other values a list of one value leads to."""

TOOLBOX_CRUMBS = (Crumb(Words("Home"), addresses.home), Crumb(Words("Toolbox"), addresses.toolbox))
PRACTICE_CRUMBS = (*TOOLBOX_CRUMBS, Crumb(Words("Practices"), addresses.practices))


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that practices share, with the address of the list. `word` is text, or a key that rendering words."""

    facet: str
    value: str
    word: str
    count: int
    address: str
    group: str = ""
    """For criteria: the framework."""
    demonstration: bool = False
    """Whether it is an invented place."""

    @property
    def words_of(self) -> str:
        """The kind of key that `word` is; empty where it is text."""
        return _KEYS.get(self.facet, "")


_KEYS = {"outcome": "outcome", "country": "country", "region": "world-region", "language": "language"}


@dataclass(frozen=True, slots=True)
class FacetGroup:
    facet: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class ToolboxBody:
    intro: Prose | None
    tools_by_kind: tuple[tuple[NodeName | None, tuple[ToolName, ...]], ...]
    outcomes: tuple[FacetValue, ...]
    facets: tuple[FacetGroup, ...]
    practices: int


@dataclass(frozen=True, slots=True)
class PracticeListBody:
    """All practices, or those that share one value. Always in the order of titles, never of success."""

    practices: tuple[PracticeName, ...]
    facets: tuple[FacetGroup, ...]
    chosen: FacetValue | None
    total: int


@dataclass(frozen=True, slots=True)
class PracticeBody:
    practice: Practice
    name: PracticeName
    prose: Prose
    supports: tuple[NodeName, ...]
    themes: tuple[NodeName, ...]
    carried: tuple[tuple[NodeName, str, str], ...]
    """Criteria of other frameworks that a crosswalk link connects: (criterion, relation, reason)."""
    tools: tuple[ToolName, ...]
    used_by_tools: tuple[ToolName, ...]
    """Others that draw on it."""
    learning: tuple[PageName, ...]
    sources: tuple[Source, ...]
    similar: tuple[PracticeName, ...]
    """Practices that support one of the same criteria, whatever came of them."""


@dataclass(frozen=True, slots=True)
class ToolListBody:
    tools_by_kind: tuple[tuple[NodeName | None, tuple[ToolName, ...]], ...]


@dataclass(frozen=True, slots=True)
class ToolBody:
    tool: Tool
    kind: NodeName | None
    prose: Prose
    sheet: Prose | None
    downloads: tuple[tuple[str, str], ...]
    """(suffix, address) of the sheet as files that can be edited."""
    supports: tuple[NodeName, ...]
    themes: tuple[NodeName, ...]
    practices: tuple[PracticeName, ...]
    learning: tuple[PageName, ...]


def toolbox_pages(portfolio: Portfolio, links: LinkGraph, names: Names) -> Iterator[Page]:
    """Every page below `toolbox/`."""
    found_as = FoundAs(portfolio, names)
    members = _members(portfolio, found_as)
    facets = _facets(portfolio, names, members)
    yield Page(
        address=addresses.toolbox,
        kind="toolbox",
        title=Words("Toolbox"),
        section=addresses.toolbox,
        description=Words("Practices that were tried, also those that did not work, and tools to use as they stand."),
        body=partial(_toolbox, portfolio, names, facets),
        crumbs=TOOLBOX_CRUMBS[:1],
        source="content/toolbox/index.md",
    )
    yield Page(
        address=addresses.practices,
        kind="practice-list",
        title=Words("Practices"),
        section=addresses.toolbox,
        description=Words(
            "Practices of learning cities, by title, each with how it went: {n} in all.", n=len(portfolio.practices)
        ),
        body=partial(_practice_list, names, facets, None, tuple(portfolio.practices)),
        crumbs=TOOLBOX_CRUMBS,
    )
    for group in facets:
        for value in group.values:
            yield Page(
                address=value.address,
                kind="practice-list",
                title=Words("Practices: {value}", value=_facet_word(value)),
                description=Words("Practices of learning cities: {value}.", value=_facet_word(value)),
                section=addresses.toolbox,
                body=Later(_practice_list, names, facets, value, members[value.facet][value.value]),
                crumbs=PRACTICE_CRUMBS,
                demonstration=value.demonstration,
            )
    yield from practice_pages(portfolio.practices.values(), portfolio, links, names)
    yield Page(
        address=addresses.tools,
        kind="tool-list",
        title=Words("Tools"),
        section=addresses.toolbox,
        description=Words("Guidelines, templates and planning tools that a place can use as they stand."),
        body=lambda: ToolListBody(_tools_by_kind(portfolio, names)),
        crumbs=TOOLBOX_CRUMBS,
    )
    for tool in portfolio.tools.values():
        yield _tool_page(tool, links, names, found_as)


def practice_pages(
    practices: Iterable[Practice], portfolio: Portfolio, links: LinkGraph, names: Names
) -> Iterator[Page]:
    """The pages of some practices."""
    body_of = partial(_practice, links, names, cache(partial(_first_by_title, links, names)))
    found_of = FoundAs(portfolio, names).practice
    for practice in practices:
        yield _practice_page(practice, portfolio, names, body_of, found_of)


def _facet_word(value: FacetValue) -> object:
    """Some values are keys that rendering puts into words; the rest are authors' words."""
    return Key(value.words_of, value.word) if value.words_of else value.word


def _practice_page(
    practice: Practice, portfolio: Portfolio, names: Names, body_of: Callable[[Practice, str], PracticeBody],
    found_of: Callable[[Practice], Found],
) -> Page:
    file = file_of(portfolio, "practice", practice.id)
    return Page(
        address=names.practice(practice.id).address,
        kind="practice",
        title=practice.title,
        description=practice.summary,
        body=Later(body_of, practice, file),
        crumbs=PRACTICE_CRUMBS,
        section=addresses.toolbox,
        demonstration=practice.demonstration,
        language=practice.language if practice.language != "en" else None,
        find=Later(found_of, practice),
        source=file,
        home=home_of(portfolio, "practice", practice.id),
        facts=Later(_facts_of_practice, practice),
    )


def _facts_of_practice(practice: Practice) -> dict[str, Any]:
    return {"sources": [source.url for source in practice.sources if source.url]}


def _first_by_title(links: LinkGraph, names: Names, ref: str) -> tuple[int, ...]:
    """Where the practices that support an entry and may be shown as similar stand in the order of titles.

    One more than are shown, for the one that asks; none where the entry belongs to no criterion.
    """
    if links.criterion_of(ref) is None:
        return ()
    found = links.neighbours(End(Kind.NODE, ref), Relation.SUPPORTS, kind=Kind.PRACTICE)
    return tuple(names.positions_by_title(found)[:SIMILAR_SHOWN + 1])


def _practice(
    links: LinkGraph, names: Names, first_by_title: Callable[[str], tuple[int, ...]], practice: Practice, file: str
) -> PracticeBody:
    end = End(Kind.PRACTICE, practice.id)
    carried: dict[str, tuple[str, str]] = {}
    for to, link in links.carried_from(end):
        carried.setdefault(to, (link.relation, link.reason))  # one line an entry, however many links lead there
    similar = {*chain.from_iterable(map(first_by_title, practice.supports))}
    similar.difference_update(names.positions_by_title([practice.id]))
    return PracticeBody(
        practice=practice,
        name=names.practice(practice.id),
        prose=Prose(practice.body, file),
        supports=names.nodes(practice.supports),
        themes=tuple(names.themes[theme] for theme in practice.themes if theme in names.themes),
        carried=tuple((node, *carried[node.ref]) for node in names.nodes(carried)),
        tools=names.tools(practice.tools),
        used_by_tools=names.tools({*links.neighbours(end, Relation.DRAWS_ON)}.difference(practice.tools)),
        learning=names.pages(links.neighbours(end, Relation.SPEAKS_OF)),
        sources=practice.sources,
        similar=names.practices_at(sorted(similar)[:SIMILAR_SHOWN]),
    )


def _tool_page(tool: Tool, links: LinkGraph, names: Names, found_as: FoundAs) -> Page:
    return Page(
        address=addresses.tool(tool.id),
        kind="tool",
        title=tool.title,
        description=tool.summary,
        body=partial(_tool, tool, links, names),
        section=addresses.toolbox,
        crumbs=(*TOOLBOX_CRUMBS, Crumb(Words("Tools"), addresses.tools)),
        find=partial(found_as.tool, tool),
        source=f"content/toolbox/tools/{tool.id}/index.md",
        facts=lambda: {"needs": list(tool.needs)},
    )


def _tool(tool: Tool, links: LinkGraph, names: Names) -> ToolBody:
    end = End(Kind.TOOL, tool.id)
    practices = {*links.neighbours(end, Relation.USES), *links.neighbours(end, Relation.DRAWS_ON)}
    folder = f"content/toolbox/tools/{tool.id}"
    return ToolBody(
        tool=tool,
        kind=names.tool_kinds.get(tool.kind),
        prose=Prose(tool.body, f"{folder}/index.md"),
        sheet=Prose(tool.template, f"{folder}/template.md") if tool.template else None,
        downloads=tuple((suffix, addresses.tool_template(tool.id, suffix)) for suffix in ("docx", "md"))
        if tool.template
        else (),
        supports=names.nodes(tool.supports),
        themes=tuple(names.themes[theme] for theme in tool.themes if theme in names.themes),
        practices=names.practices(practices),
        learning=names.pages(links.neighbours(end, Relation.SPEAKS_OF)),
    )


def _tools_by_kind(portfolio: Portfolio, names: Names) -> tuple[tuple[NodeName | None, tuple[ToolName, ...]], ...]:
    all_tools = names.tools(portfolio.tools)
    groups = [(kind, tuple(t for t in all_tools if t.kind == kind)) for kind in names.tool_kinds.values()]
    rest = tuple(t for t in all_tools if t.kind is None)
    return tuple((kind, tools) for kind, tools in [*groups, (None, rest)] if tools)


def _toolbox(portfolio: Portfolio, names: Names, facets: tuple[FacetGroup, ...]) -> ToolboxBody:
    intro = portfolio.prose.get("toolbox/index")
    return ToolboxBody(
        intro=Prose(intro.body, "content/toolbox/index.md") if intro else None,
        tools_by_kind=_tools_by_kind(portfolio, names),
        outcomes=next((group.values for group in facets if group.facet == "outcome"), ()),
        facets=facets,
        practices=len(portfolio.practices),
    )


def _practice_list(
    names: Names, facets: tuple[FacetGroup, ...], chosen: FacetValue | None, members: tuple[str, ...]
) -> PracticeListBody:
    total = sum(value.count for group in facets if group.facet == "outcome" for value in group.values)
    # A list of one value offers the other values of its facet, unless they are so many that a site would grow with the
    # square of its places; all facets stand on the whole list, one link away.
    shown = facets if chosen is None else tuple(
        group for group in facets if group.facet == chosen.facet and len(group.values) <= OFFERED_AT_MOST
    )
    return PracticeListBody(names.practices(members), shown, chosen, total)


_Members = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Facet -> value -> the ids of the practices that have it; nothing for a facet that none has."""


def _members(portfolio: Portfolio, found_as: FoundAs) -> _Members:
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(partial(defaultdict, list))
    for id_, practice in portfolio.practices.items():
        criteria = found_as.criteria(practice.supports)
        values: tuple[tuple[str, Iterable[str]], ...] = (
            ("framework", {reference.partition("/")[0] for reference in criteria}),
            ("region", found_as.regions(practice)),
            ("language", (found_as.spoken(practice.language),)),
            ("outcome", (practice.outcome.value,)),
            ("theme", set(practice.themes)),
            ("criterion", criteria),
            ("country", () if practice.demonstration else {country.lower() for country in practice.countries}),
            ("place", set(practice.places)),
            ("year", (str(practice.first_year),)),
            ("kind", (slug(practice.kind),)),
        )
        for facet, chosen in values:
            for value in chosen:
                found[facet][value].append(id_)
    return defaultdict(dict, {facet: {value: tuple(ids) for value, ids in of.items()} for facet, of in found.items()})


@cache  # of kinds of practices there are few
def slug(text: str) -> str:
    """Words as a piece of an address: letters and digits of the Latin alphabet, hyphens between."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.casefold())
    return "-".join(filter(None, kept.split("-"))) or "other"


def _facets(portfolio: Portfolio, names: Names, members: _Members) -> tuple[FacetGroup, ...]:
    def value(facet: str, id_: str, word: str, group: str = "") -> FacetValue:
        return FacetValue(facet, id_, word, len(members[facet][id_]), addresses.practices_by(facet, id_), group)

    def present(facet: str) -> list[str]:
        return sorted(members[facet])

    languages = present("language")
    kinds = {slug(p.kind): p.kind for p in portfolio.practices.values()}
    countries = {c.lower(): c for p in portfolio.practices.values() for c in p.countries}
    groups = (
        FacetGroup(
            "outcome", tuple(value("outcome", o.value, o.value) for o in Outcome if o.value in members["outcome"])
        ),
        FacetGroup(
            "theme", tuple(value("theme", id_, n.title) for id_, n in names.themes.items() if id_ in members["theme"])
        ),
        FacetGroup(
            "criterion",
            tuple(value("criterion", n.ref, n.title, n.framework) for n in names.nodes(present("criterion"))),
        ),
        FacetGroup(
            "framework",
            tuple(
                value("framework", name.id, name.short_title)
                for name in names.frameworks.values()
                if name.id in members["framework"]
            ),
        ),
        FacetGroup(
            "region",
            tuple(value("region", r.value, r.value) for r in WorldRegion if r.value in members["region"]),
        ),
        FacetGroup(
            "place",
            tuple(
                replace(value("place", p.id, p.name), demonstration=p.demonstration)
                for p in names.places(present("place"))
            ),
        ),
        FacetGroup("country", tuple(value("country", id_, countries[id_]) for id_ in present("country"))),
        FacetGroup("year", tuple(value("year", id_, id_) for id_ in reversed(present("year")))),
        FacetGroup("kind", tuple(value("kind", id_, kinds[id_]) for id_ in present("kind"))),
        FacetGroup("language", tuple(value("language", id_, id_) for id_ in languages if len(languages) > 1)),
    )
    return tuple(group for group in groups if group.values)
