"""Laws of links over random small portfolios: whatever was written down is found from both ends, and nothing else is.

The laws are checked against the portfolio itself, read anew here, and not against another part of the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lcsite.linking import End, Kind, LinkGraph, Relation, link_portfolio
from lcsite.model.framework import Framework
from lcsite.model.portfolio import Portfolio
from lcsite.pages.names import Names
from lcsite.pages.readings import Readings
from lcsite.pages.site_plan import Reference, plan_pages
from tests.builders import (
    KINDS,
    assessment,
    crosswalk,
    framework,
    indicator,
    node,
    place,
    portfolio,
    practice,
    prose_page,
    tool,
)

SHAPES: tuple[tuple[dict[str, Any], ...], ...] = (
    (node("c0", "criterion"),),
    (
        node("c0", "criterion", indicator("i0"), node("g0", "group", indicator("i1"), indicator("i2"))),
        node("c1", "criterion", indicator("i3")),
    ),
    (
        node(
            "d", "dimension", node("c0", "criterion", node("g0", "group")), node("c1", "criterion", node("g1", "group"))
        ),
        node("c2", "criterion", indicator("i0")),
    ),
    (
        node(
            "d",
            "dimension",
            node("e", "dimension", node("c0", "criterion", indicator("i0"), indicator("i1"))),
            node("f", "dimension", node("c1", "criterion", node("g0", "group", node("g1", "group", indicator("i2"))))),
        ),
    ),
)
"""Trees of different depth; made once, because checking a framework takes longer than all that is tested here."""

FIRST, SECOND = (tuple(framework(id_, tree, order=n) for tree in SHAPES) for n, id_ in enumerate(("first", "second")))
CLASSES = framework("kinds", KINDS, order=9)


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    """Two frameworks and a classification, with practices, tools, places, pages and a crosswalk linked at random."""
    frameworks = [draw(st.sampled_from(FIRST)), draw(st.sampled_from(SECOND)), CLASSES]
    refs = [f"{f.id}/{n.id}" for f in frameworks for n in f.nodes()]
    some_refs = st.lists(st.sampled_from(refs), max_size=4, unique=True)
    themes = st.lists(st.sampled_from(["youth", "rivers"]), max_size=2, unique=True)
    practice_ids = [f"p{n}" for n in range(draw(st.integers(0, 4)))]
    tool_ids = [f"t{n}" for n in range(draw(st.integers(0, 3)))]
    place_ids = [f"a{n}" for n in range(draw(st.integers(0, 3)))]

    def some(ids: list[str]) -> list[str]:
        return draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)) if ids else []

    crossings = st.tuples(st.sampled_from(refs), st.sampled_from(refs)).filter(
        lambda pair: pair[0].partition("/")[0] != pair[1].partition("/")[0]
    )
    return portfolio(
        frameworks=frameworks,
        places=[
            place(id_, part_of=place_ids[n - 1] if n and draw(st.booleans()) else None)
            for n, id_ in enumerate(place_ids)
        ],
        assessments=[
            assessment(id_, {}, framework_id=f) for id_ in place_ids for f in ("first", "second") if draw(st.booleans())
        ],
        practices=[
            practice(id_, supports=draw(some_refs), themes=draw(themes), places=some(place_ids), tools=some(tool_ids))
            for id_ in practice_ids
        ],
        tools=[
            tool(
                id_,
                kind=draw(st.sampled_from(["sheet", "guide"])),
                supports=draw(some_refs),
                themes=draw(themes),
                draws_on=some(practice_ids),
            )
            for id_ in tool_ids
        ],
        prose=[prose_page("learn/a", criteria=draw(some_refs), tools=some(tool_ids), practices=some(practice_ids))],
        links=crosswalk(*draw(st.lists(crossings, max_size=4, unique=True))),
    )


LAW = settings(max_examples=min(300, settings().max_examples))
"""Making a portfolio takes longer than looking at its links; three hundred of them hold every kind of knot."""


def written_down(of: Portfolio) -> Iterator[tuple[End, Relation, End]]:
    """Every link that somebody wrote, read from the records."""
    node_, practice_, tool_, place_ = Kind.NODE, Kind.PRACTICE, Kind.TOOL, Kind.PLACE
    for p in of.practices.values():
        here = End(practice_, p.id)
        yield from ((here, Relation.SUPPORTS, End(node_, ref)) for ref in p.supports)
        yield from ((here, Relation.THEME, End(node_, f"kinds/{theme}")) for theme in p.themes)
        yield from ((here, Relation.TAKES_PLACE_IN, End(place_, id_)) for id_ in p.places)
        yield from ((here, Relation.USES, End(tool_, id_)) for id_ in p.tools)
    for t in of.tools.values():
        here = End(tool_, t.id)
        yield from ((here, Relation.SUPPORTS, End(node_, ref)) for ref in t.supports)
        yield from ((here, Relation.THEME, End(node_, f"kinds/{theme}")) for theme in (*t.themes, t.kind))
        yield from ((here, Relation.DRAWS_ON, End(practice_, id_)) for id_ in t.draws_on)
    for a in of.places.values():
        if a.part_of:
            yield End(place_, a.id), Relation.PART_OF, End(place_, a.part_of)
    for made in of.assessments:
        for criterion in of.frameworks[made.framework_id].criteria:
            yield End(place_, made.place), Relation.ASSESSED_ON, End(node_, f"{made.framework_id}/{criterion.id}")
    for page in of.prose.values():
        here = End(Kind.PAGE, page.path)
        yield from ((here, Relation.SPEAKS_OF, End(node_, ref)) for ref in page.criteria)
        yield from ((here, Relation.SPEAKS_OF, End(tool_, id_)) for id_ in page.tools)
        yield from ((here, Relation.SPEAKS_OF, End(practice_, id_)) for id_ in page.practices)
    assert of.crosswalk is not None
    for link in of.crosswalk.links:
        yield End(node_, link.from_), Relation.CROSSWALK, End(node_, link.to)


def below(frameworks: dict[str, Framework], reference: str) -> set[str]:
    """A node and everything that stands below it."""
    framework_id, _, node_id = reference.partition("/")
    found = frameworks[framework_id]
    return {
        f"{framework_id}/{n.id}"
        for n in found.nodes()
        if n.id == node_id or node_id in {above.id for above in found.ancestors[n.id]}
    }


def sorted_under(of: Portfolio) -> Iterator[tuple[str, str]]:
    """(practice, node) for whatever a practice supports or is sorted under."""
    for p in of.practices.values():
        yield from ((p.id, ref) for ref in (*p.supports, *(f"kinds/{theme}" for theme in p.themes)))


@LAW
@given(portfolios())
def test_everything_that_was_written_down_is_a_link_and_nothing_else_is(of: Portfolio) -> None:
    found = {(link.first, link.relation, link.second) for link in link_portfolio(of).links}
    assert found == set(written_down(of))


@LAW
@given(portfolios())
def test_every_link_is_found_from_both_of_its_ends(of: Portfolio) -> None:
    graph = link_portfolio(of)
    ends = {end for link in graph.links for end in (link.first, link.second)}
    for link in graph.links:
        assert link in graph.of(link.first)
        assert link in graph.of(link.second)
        assert link.other(link.first) == link.second
        assert link.other(link.second) == link.first
    for end in ends:
        assert all(end in (link.first, link.second) for link in graph.of(end))
        assert len(set(graph.of(end))) == len(graph.of(end))


@LAW
@given(portfolios())
def test_neighbours_are_mutual(of: Portfolio) -> None:
    graph = link_portfolio(of)
    for link in graph.links:
        for relation in Relation:
            there = link.second.id in graph.neighbours(link.first, relation, kind=link.second.kind)
            back = link.first.id in graph.neighbours(link.second, relation, kind=link.first.kind)
            assert there == back
            assert there or relation is not link.relation


@LAW
@given(portfolios())
def test_a_node_is_supported_by_whatever_supports_it_or_something_below_it(of: Portfolio) -> None:
    graph = link_portfolio(of)
    for framework_id, found in of.frameworks.items():
        for n in found.nodes():
            here = below(dict(of.frameworks), f"{framework_id}/{n.id}")
            expected = sorted({id_ for id_, ref in sorted_under(of) if ref in here})
            assert graph.supporting(f"{framework_id}/{n.id}", Kind.PRACTICE) == tuple(expected)


def crossing_to(of: Portfolio, graph: LinkGraph, here: str) -> set[str]:
    """The practices that the crosswalk brings to a node, worked out the long way round."""
    assert of.crosswalk is not None
    frameworks = dict(of.frameworks)
    at_or_below = below(frameworks, here)
    brought = set()
    for link in of.crosswalk.links:
        for near, far in ((link.from_, link.to), (link.to, link.from_)):
            if near in at_or_below:
                far_side = below(frameworks, far)
                brought |= {id_ for id_, ref in sorted_under(of) if ref in far_side}
    return brought - set(graph.supporting(here, Kind.PRACTICE))


@LAW
@given(portfolios())
def test_a_crosswalk_carries_all_that_it_should_and_nothing_that_is_there_already(of: Portfolio) -> None:
    graph = link_portfolio(of)
    for framework_id, found in of.frameworks.items():
        for n in found.nodes():
            reference = f"{framework_id}/{n.id}"
            brought = {c.end.id for c in graph.carried_to(reference) if c.end.kind is Kind.PRACTICE}
            assert brought == crossing_to(of, graph, reference)


@LAW
@given(portfolios())
def test_what_a_crosswalk_carries_says_by_which_link_and_from_where(of: Portfolio) -> None:
    graph = link_portfolio(of)
    assert of.crosswalk is not None
    frameworks = dict(of.frameworks)
    for framework_id, found in of.frameworks.items():
        for n in found.nodes():
            reference = f"{framework_id}/{n.id}"
            here = below(frameworks, reference)
            for carried in graph.carried_to(reference):
                assert carried.link in of.crosswalk.links
                near, far = (
                    (carried.link.from_, carried.link.to)
                    if carried.link.from_ in here
                    else (carried.link.to, carried.link.from_)
                )
                assert near in here
                assert carried.supports in below(frameworks, far) or carried.supports in below(frameworks, near)
                written = {ref for id_, ref in sorted_under(of) if id_ == carried.end.id}
                assert carried.end.kind is not Kind.PRACTICE or carried.supports in written


@LAW
@given(portfolios())
def test_a_practice_page_and_a_criterion_page_agree_on_what_the_crosswalk_carries(of: Portfolio) -> None:
    graph, names = link_portfolio(of), Names(of)
    pages = plan_pages(of, graph, names, Readings(of, names), Reference())
    by_practice: set[tuple[str, str]] = set()
    by_criterion: set[tuple[str, str]] = set()
    for page in pages:
        if page.kind == "practice":
            body: Any = page.body()
            named = {graph.criterion_of(name.ref) for name, _, _ in body.carried} - {None}
            by_practice |= {(body.practice.id, str(ref)) for ref in named}
        elif page.kind == "criterion":
            body = page.body()
            by_criterion |= {(practice_name.id, body.name.ref) for practice_name, _, _, _ in body.carried}
    assert by_practice == by_criterion
