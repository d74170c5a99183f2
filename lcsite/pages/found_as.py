"""How the search knows each thing of a portal: by which values it is found, and what its card says beside the title.

A value is named in words, as a reader sees it; the find page counts the very same values. A score is none of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from lcsite.model.framework import Framework, Node
from lcsite.model.place import Place
from lcsite.model.portfolio import Portfolio
from lcsite.model.toolbox import Practice, Tool
from lcsite.pages.names import Names, PracticeName
from lcsite.pages.page import Found, Key, Shown, Trait, Words

__all__ = ["FACETS", "THINGS", "FoundAs", "years_in_words"]

FACETS = (
    "thing", "outcome", "criterion", "framework", "theme", "region", "country", "place", "year", "language",
)  # fmt: skip
"""In the order in which the find page shows them."""

THINGS = ("practice", "tool", "place", "criterion", "framework", "page")


class FoundAs:
    """What the search is told about the things of one portfolio."""

    def __init__(self, portfolio: Portfolio, names: Names) -> None:
        self._portfolio = portfolio
        self._names = names
        # Thousands of things share the same few values.
        self._criterion_trait = cache(self._find_criterion_trait)
        self._framework_trait = cache(self._find_framework_trait)
        self._theme_trait = cache(self._find_theme_trait)
        self._place_trait = cache(self._find_place_trait)
        self._criterion_about = cache(self._find_criterion)

    def practice(self, practice: Practice) -> Found:
        name = self._names.practice(practice.id)
        supported = self.criteria(practice.supports)
        year = practice.first_year
        return self._found(
            "practice",
            language=practice.language,
            summary=practice.summary,
            note=(tuple(_where_and_when(name)), (practice.kind,)),
            outcome=name.outcome,
            quality="" if name.outcome == "unknown" else name.quality,
            from_outside=name.from_outside,
            year=year,
            traits={
                "outcome": [_word("outcome", name.outcome)],
                "criterion": self._criterion_traits(supported),
                "framework": self._framework_traits(ref.partition("/")[0] for ref in supported),
                "theme": self._theme_traits(practice.themes),
                "region": [_region(region) for region in self.regions(practice)],
                "country": [] if practice.demonstration else list(map(_country, dict.fromkeys(practice.countries))),
                "place": list(map(self._place_trait, dict.fromkeys(practice.places))),
                "year": [_year(year)],
            },
        )

    def tool(self, tool: Tool) -> Found:
        kind = self._names.tool_kinds.get(tool.kind)
        supported = self.criteria(tool.supports)
        return self._found(
            "tool",
            summary=tool.summary,
            note=((kind.title,) if kind else (), (tool.time,)),
            traits={
                "criterion": self._criterion_traits(supported),
                "framework": self._framework_traits(ref.partition("/")[0] for ref in supported),
                "theme": self._theme_traits(tool.themes),
            },
        )

    def place(self, place: Place, frameworks: Iterable[str], practices: int) -> Found:
        """`frameworks`: those by which the place was read; `practices`: how many of the toolbox are from here."""
        read_by = tuple(frameworks)
        kind = Key("place-kind", place.kind.value)
        country = Key("country", place.country)
        return self._found(
            "place",
            note=(
                (kind,) if place.demonstration else (kind, country),
                tuple(self._names.frameworks[id_].short_title for id_ in read_by),
                (Words("{n} practice", many="{n} practices", n=practices),) if practices else (),
            ),
            traits={
                "framework": self._framework_traits(read_by),
                "region": [] if place.demonstration else [_region(place.world_region.value)],
                "country": [] if place.demonstration else [_country(place.country)],
                "place": [self._place_trait(place.id)],
            },
        )

    def framework(self, framework: Framework) -> Found:
        return self._found(
            "framework",
            summary=framework.summary,
            note=((Words("version {version}", version=framework.version),),),
            traits={"framework": self._framework_traits([framework.id])},
        )

    def criterion(self, framework: Framework, node: Node) -> Found:
        theme = self._names.themes.get(node.id)
        return self._found(
            "criterion",
            summary=node.gist or "",
            note=((self._names.frameworks[framework.id].short_title,),),
            traits={
                "criterion": self._criterion_traits([f"{framework.id}/{node.id}"]),
                "framework": self._framework_traits([framework.id]),
                "theme": self._theme_traits([node.id]) if theme and theme.ref == f"{framework.id}/{node.id}" else [],
            },
        )

    def page(self, path: str, summary: Shown, criteria: Iterable[str] = ()) -> Found:
        """A page to read: `path` is that of its file below `content/`, without the ending."""
        part = self._portfolio.prose.get(path.partition("/")[0] + "/index")
        about = self.criteria(criteria)
        return self._found(
            "page",
            summary=summary,
            note=((part.title,) if part and part.path != path else (),),
            traits={
                "criterion": self._criterion_traits(about),
                "framework": self._framework_traits(ref.partition("/")[0] for ref in about),
            },
        )

    def _found(
        self,
        thing: str,
        *,
        traits: dict[str, list[Trait]],
        note: tuple[tuple[Shown | Key, ...], ...] = (),
        summary: Shown = "",
        outcome: str = "",
        quality: str = "",
        from_outside: bool = False,
        year: int | None = None,
        language: str | None = None,
    ) -> Found:
        every = traits
        every["thing"] = [_word("thing", thing)]
        every["language"] = [_word("language", self.spoken(language))]
        return Found(
            traits={facet: tuple(values) for facet in FACETS if (values := every.get(facet))},
            summary=summary, note=tuple(filter(None, note)), outcome=outcome, quality=quality,
            from_outside=from_outside, year=year,
        )

    def spoken(self, language: str | None) -> str:
        """The language of a page without its region; where it names none, the site's."""
        return (language or self._portfolio.site.language).partition("-")[0]

    def criteria(self, references: Iterable[str]) -> list[str]:
        """The criteria that entries are or stand below; an entry above the criteria has none."""
        return list(dict.fromkeys(filter(None, map(self._criterion_about, references))))

    def _find_criterion(self, reference: str) -> str | None:
        framework_id, _, node_id = reference.partition("/")
        framework = self._portfolio.frameworks.get(framework_id)
        criterion = framework.criterion_of(node_id) if framework and node_id in framework.by_id else None
        return f"{framework_id}/{criterion.id}" if criterion else None

    def _criterion_traits(self, references: Iterable[str]) -> list[Trait]:
        return list(map(self._criterion_trait, references))

    def _find_criterion_trait(self, reference: str) -> Trait:
        node = self._names.node(reference)
        return Trait(node.ref, node.title, node.framework)

    def _framework_traits(self, ids: Iterable[str]) -> list[Trait]:
        return list(map(self._framework_trait, dict.fromkeys(ids)))

    def _find_framework_trait(self, id_: str) -> Trait:
        return Trait(id_, self._names.frameworks[id_].short_title)

    def _theme_traits(self, ids: Iterable[str]) -> list[Trait]:
        themes = self._names.themes
        return [self._theme_trait(id_) for id_ in dict.fromkeys(ids) if id_ in themes]

    def _find_theme_trait(self, id_: str) -> Trait:
        theme = self._names.themes[id_]
        return Trait(theme.ref, theme.title)

    def _find_place_trait(self, place_id: str) -> Trait:
        place = self._names.place(place_id)
        only = self._same_names[place.name.casefold()] == 1
        return Trait(place_id, place.name if only else f"{place.name} ({place_id})", invented=place.demonstration)

    @cached_property
    def _same_names(self) -> Counter[str]:
        """How many places share a name: the search must not take two towns for one."""
        return Counter(place.name.casefold() for place in self._portfolio.places.values())

    def regions(self, practice: Practice) -> tuple[str, ...]:
        """World regions of the places of a practice and of its countries, where a place of the portal tells them."""
        if practice.demonstration:
            return ()
        of_places, of_countries = self._known_regions
        found = [of_places[id_] for id_ in practice.places if id_ in of_places]
        found += [of_countries[country] for country in practice.countries if country in of_countries]
        return tuple(dict.fromkeys(found))

    @cached_property
    def _known_regions(self) -> tuple[dict[str, str], dict[str, str]]:
        """By place, and by country."""
        real = [place for place in self._portfolio.places.values() if not place.demonstration]
        return {p.id: p.world_region.value for p in real}, {p.country: p.world_region.value for p in real}


@cache
def years_in_words(years: str) -> Shown:
    """`2016-` is since 2016, `2013-2014` is 2013 to 2014; everything else stands as written."""
    first, dash, last = years.partition("-")
    if not dash:
        return years
    return Words("{first} to {last}", first=first, last=last) if last else Words("since {year}", year=first)


def _where_and_when(practice: PracticeName) -> Iterator[Shown | Key]:
    yield from (place.name for place in practice.places)
    if not practice.demonstration:
        yield from [_country(country).words for country in practice.countries]
    yield years_in_words(practice.years)


@cache
def _word(kind: str, value: str) -> Trait:
    """A value that is a key of the program."""
    return Trait(value, Key(kind, value))


@cache
def _country(code: str) -> Trait:
    return Trait(code.lower(), Key("country", code))


@cache
def _year(year: int) -> Trait:
    return Trait(str(year), str(year))


def _region(region: str) -> Trait:
    return _word("world-region", region)
