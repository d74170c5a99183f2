"""Every id that a record names must be there: places, criteria, themes, kinds of tools, tools, practices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from lcsite.checking.whereabouts import Whereabouts, nearest
from lcsite.model.framework import Facet
from lcsite.model.portfolio import Portfolio
from lcsite.problems import Location, Problem, quoted

__all__ = ["RULES", "unknown_node"]


def unknown_node(reference: str, portfolio: Portfolio, origins: Whereabouts, where: Location) -> Problem | None:
    """A problem if `<framework>/<node>` names nothing; None too where the framework is too broken to tell."""
    framework_id, _, node_id = reference.partition("/")
    framework = portfolio.frameworks.get(framework_id)
    if framework is None:
        return unknown_framework(framework_id, portfolio, origins, where)
    if node_id in framework.by_id:
        return None
    hint = nearest(node_id, framework.by_id, otherwise=f"the ids of {framework_id} stand in its framework.yml")
    return Problem("unknown-reference", where, f'the framework "{framework_id}" has no entry {quoted(node_id)}', hint)


def unknown_framework(
    framework_id: str, portfolio: Portfolio, origins: Whereabouts, where: Location
) -> Problem | None:
    """A problem if this site shows no such framework."""
    if framework_id in portfolio.frameworks or origins.is_broken("framework", framework_id):
        return None
    hint = nearest(framework_id, portfolio.frameworks, otherwise="site.yml names the frameworks that are shown")
    return Problem("unknown-reference", where, f"this site shows no framework {quoted(framework_id)}", hint)


class _Names:
    """Looks ids up and says where each stands."""

    def __init__(self, portfolio: Portfolio, origins: Whereabouts, kind: str, record_id: str) -> None:
        self._portfolio = portfolio
        self._origins = origins
        self._kind = kind
        self._id = record_id

    def unknown(
        self, field: str, values: Iterable[str], known: Collection[str], what: str, kind: str
    ) -> Iterator[Problem]:
        """A problem for each value that is neither known nor the id of a broken file."""
        for position, value in enumerate(values):
            if value not in known and not (kind and self._origins.is_broken(kind, value)):
                where = self._origins.at(self._kind, self._id, (field, position))
                yield Problem("unknown-reference", where, f"there is no {what} {quoted(value)}", nearest(value, known))

    def unknown_nodes(self, field: str, references: Iterable[str]) -> Iterator[Problem]:
        for position, reference in enumerate(references):
            if self._portfolio.node(reference) is None:
                where = self._origins.at(self._kind, self._id, (field, position))
                if problem := unknown_node(reference, self._portfolio, self._origins, where):
                    yield problem


def practices_name_what_is_there(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    themes = portfolio.facet_nodes(Facet.THEME)
    check_themes = not origins.is_broken("framework")
    for practice in portfolio.practices.values():
        names = _Names(portfolio, origins, "practice", practice.id)
        yield from names.unknown("places", practice.places, portfolio.places, "place", "place")
        yield from names.unknown("tools", practice.tools, portfolio.tools, "tool", "tool")
        yield from names.unknown_nodes("supports", practice.supports)
        if check_themes:
            yield from names.unknown("themes", practice.themes, themes, "theme", "")


def tools_name_what_is_there(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    themes = portfolio.facet_nodes(Facet.THEME)
    kinds = portfolio.facet_nodes(Facet.TOOL_KIND)
    check_facets = not origins.is_broken("framework")
    for tool in portfolio.tools.values():
        names = _Names(portfolio, origins, "tool", tool.id)
        yield from names.unknown("draws_on", tool.draws_on, portfolio.practices, "practice", "practice")
        yield from names.unknown_nodes("supports", tool.supports)
        if check_facets:
            yield from names.unknown("themes", tool.themes, themes, "theme", "")
            if tool.kind not in kinds:
                where = origins.at("tool", tool.id, ("kind",))
                message = f"there is no kind of tools {quoted(tool.kind)}"
                yield Problem("unknown-reference", where, message, nearest(tool.kind, kinds))


def pages_name_what_is_there(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    pages = [("prose", path, page) for path, page in portfolio.prose.items()]
    pages += [("criterion-page", "/".join(key), page) for key, page in portfolio.criterion_pages.items()]
    for kind, record_id, page in pages:
        names = _Names(portfolio, origins, kind, record_id)
        yield from names.unknown_nodes("criteria", page.criteria)
        yield from names.unknown("tools", page.tools, portfolio.tools, "tool", "tool")
        yield from names.unknown("practices", page.practices, portfolio.practices, "practice", "practice")


def the_crosswalk_links_what_is_there(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    if portfolio.crosswalk is None:
        return
    relations = {relation.id for relation in portfolio.crosswalk.relations}
    seen: set[tuple[str, str]] = set()
    for position, link in enumerate(portfolio.crosswalk.links):
        for field, reference in (("from", link.from_), ("to", link.to)):
            if portfolio.node(reference) is None:  # a mark is worked out only for what is wrong
                where = origins.at("crosswalk", "crosswalk", ("links", position, field))
                if problem := unknown_node(reference, portfolio, origins, where):
                    yield problem
        if link.relation not in relations:
            where = origins.at("crosswalk", "crosswalk", ("links", position, "relation"))
            message = f"there is no relation {quoted(link.relation)}"
            yield Problem("unknown-reference", where, message, nearest(link.relation, relations))
        if link.from_.partition("/")[0] == link.to.partition("/")[0]:
            where = origins.at("crosswalk", "crosswalk", ("links", position))
            hint = "a link leads from one framework to another"
            yield Problem("crosswalk-within", where, "both ends of this link are in the same framework", hint)
        ends = (min(link.from_, link.to), max(link.from_, link.to))
        if ends in seen:
            where = origins.at("crosswalk", "crosswalk", ("links", position))
            message = f"{link.from_} and {link.to} are linked above already"
            yield Problem("duplicate-link", where, message, "keep one of the two")
        seen.add(ends)


RULES = (
    practices_name_what_is_there,
    tools_name_what_is_there,
    pages_name_what_is_there,
    the_crosswalk_links_what_is_there,
)
