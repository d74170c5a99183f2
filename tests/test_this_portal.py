"""The repository's own content: it reads without a mistake, holds what it says, and its built pages keep the promises.

The portal is built once for all workers of a test run.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree

from lcsite.linking import End, Kind, Relation
from lcsite.model.framework import Level
from lcsite.model.portfolio import Portfolio
from lcsite.pages.no_ranking import NearestInContext, guard_page, name_key
from lcsite.pages.place_pages import PlaceBody
from lcsite.pipeline import Plan, plan_site, read_and_check
from lcsite.problems import as_text
from lcsite.publishing.output_check import inspect_output
from lcsite.scoring.likeness import places_alike
from tests.builds import ENVIRONMENT, once

ROOT = Path(__file__).parents[1]


@cache
def portfolio() -> Portfolio:
    read = read_and_check(ROOT)
    assert read.problems.errors == 0, as_text(read.problems)
    assert read.portfolio is not None
    return read.portfolio


@cache
def plan() -> Plan:
    return plan_site(portfolio())


def nodes_of(framework: str, level: Level, below: str = "") -> list[str]:
    found = portfolio().frameworks[framework]
    return [
        n.id
        for n in found.nodes()
        if n.level is level and (not below or below in {a.id for a in found.ancestors[n.id]})
    ]


def real_places() -> list[Any]:
    return [place for place in portfolio().places.values() if not place.demonstration]


def invented_places() -> list[Any]:
    return [place for place in portfolio().places.values() if place.demonstration]


# --- what was promised to be there -----------------------------------------------------------------------------------


def test_the_content_reads_without_a_mistake_or_a_warning() -> None:
    read = read_and_check(ROOT)
    assert as_text(read.problems) == ""


def test_places_and_practices_are_all_there() -> None:
    practices = portfolio().practices.values()
    assert len(real_places()) == 39
    assert sum(not p.demonstration for p in practices) == 67
    assert Counter(p.outcome.value for p in practices if not p.demonstration).keys() == {
        "worked",
        "mixed",
        "did-not-work",
        "unknown",
    }


def test_there_are_tools_of_all_four_kinds_each_with_a_sheet_and_a_criterion() -> None:
    tools = portfolio().tools.values()
    assert len(tools) >= 14
    assert {tool.kind for tool in tools} == {"guideline", "template", "engagement-model", "planning-tool"}
    for tool in tools:
        assert tool.template.strip(), tool.id
        assert tool.supports, tool.id
        assert len(tool.body) > 500, tool.id


def test_the_five_frameworks_have_all_their_criteria() -> None:
    assert [*portfolio().frameworks] == [
        "common-criteria",
        "unesco-key-features",
        "long-learn",
        "learning-region",
        "wg6-toolbox",
    ]
    assert len(nodes_of("common-criteria", Level.CRITERION)) == 21
    assert len(nodes_of("common-criteria", Level.INDICATOR)) == 100
    assert len(nodes_of("unesco-key-features", Level.DIMENSION)) == 3
    assert len(nodes_of("unesco-key-features", Level.CRITERION)) == 12
    assert len(nodes_of("unesco-key-features", Level.GROUP)) == 42
    assert sum(id_.startswith("issue-") for id_ in nodes_of("long-learn", Level.CRITERION)) == 6
    assert sum(id_.startswith("band-") for id_ in nodes_of("long-learn", Level.INDICATOR)) == 8
    assert len(nodes_of("learning-region", Level.CRITERION, "characteristics")) == 8
    assert len(nodes_of("learning-region", Level.CRITERION)) == 8 + 5
    assert len(nodes_of("wg6-toolbox", Level.CRITERION, "themes")) == 6


def test_every_criterion_of_every_framework_has_its_prose_and_is_not_scored_where_nothing_is_asked() -> None:
    for framework in portfolio().frameworks.values():
        for node in framework.criteria:
            page = portfolio().criterion_pages[(framework.id, node.id)]
            assert len(page.body.split()) >= 40, (framework.id, node.id)


def test_the_features_that_nobody_verified_say_so() -> None:
    framework = portfolio().frameworks["unesco-key-features"]
    unverified = [id_ for id_ in nodes_of(framework.id, Level.GROUP) if framework.is_unverified(id_)]
    assert len(unverified) == 42


def test_there_are_forty_topics() -> None:
    topics = [path for path in portfolio().prose if path.startswith("learn/topics/") and not path.endswith("/index")]
    assert len(topics) == 40
    for path in topics:
        assert portfolio().prose[path].body.strip(), path


def test_dialogue_questions_stand_for_every_stage() -> None:
    framework = portfolio().frameworks["common-criteria"]
    assert len(framework.stages) == 5
    assert {q.stage for q in framework.questions} >= {stage.id for stage in framework.stages}


# --- real places: published facts only -------------------------------------------------------------------------------


def test_the_only_assessments_of_real_places_are_twelve_desk_reviews_that_nobody_confirmed() -> None:
    real = {place.id for place in real_places()}
    reviews = [a for a in portfolio().assessments if a.place in real]
    assert len(reviews) == 12
    assert {(a.by.kind, a.by.confirmed, a.framework_id) for a in reviews} == {
        ("desk-review", False, "unesco-key-features")
    }
    for review in reviews:
        assert review.limits, review.place
        stated = [a for a in review.answers.values() if a.value and not a.is_unknown]
        assert all(answer.evidence for answer in stated), review.place


def figures_of_real_places() -> Iterator[tuple[str, Any]]:
    for place in real_places():
        if place.population:
            yield place.id, place.population.source
        if place.budget_per_head:
            yield place.id, place.budget_per_head.source
        yield from ((place.id, figure.source) for figure in place.context)
        yield from ((place.id, row.source) for row in portfolio().observations.get(place.id, ()))
        for network in place.networks:
            yield from ((place.id, source) for source in network.sources)


def test_every_figure_of_a_real_place_says_where_it_was_published() -> None:
    figures = list(figures_of_real_places())
    assert len(figures) > 150
    without = [
        (place, source.title) for place, source in figures if not (source.title and (source.url or source.publisher))
    ]
    assert without == []


def test_every_real_place_and_practice_has_sources() -> None:
    assert [p.id for p in real_places() if not (p.sources or p.population or p.context)] == []
    assert [p.id for p in portfolio().practices.values() if not p.demonstration and not p.sources] == []


def test_a_practice_of_an_invented_place_is_marked_as_invented_and_no_other_is() -> None:
    invented = {place.id for place in invented_places()}
    for practice in portfolio().practices.values():
        assert practice.demonstration == bool(invented & set(practice.places)), practice.id
        assert not (practice.demonstration and set(practice.places) - invented), practice.id


# --- invented places: the whole method -------------------------------------------------------------------------------


def test_at_least_three_invented_places_show_three_rounds_of_three_frameworks() -> None:
    complete = [
        place
        for place in invented_places()
        if sum(
            len({a.as_of.year for a in portfolio().assessments_of(place.id, f)}) >= 3 for f in portfolio().frameworks
        )
        >= 3
    ]
    assert {place.kind.value for place in complete} >= {"city", "village", "partnership"}
    assert any(place.part_of for place in complete)


def test_invented_assessments_show_every_kind_of_answer() -> None:
    invented = {place.id for place in invented_places()}
    answers = [a for made in portfolio().assessments if made.place in invented for a in made.answers.values()]
    assert any(answer.is_unknown for answer in answers)
    assert any(answer.not_applicable for answer in answers)
    assert any(answer.value == "in plan" for answer in answers)
    assert any(answer.resources for answer in answers)
    assert len({evidence.grade for answer in answers for evidence in answer.evidence}) >= 4
    reasons = {
        item.state.reason.value
        for _, card in plan().readings.all()
        if card.place in invented
        for item in card.items.values()
        if item.state.kind == "unknown"
    }
    assert {"dont-know", "stale"} <= reasons


# --- links -----------------------------------------------------------------------------------------------------------


def test_practices_places_tools_and_criteria_find_each_other() -> None:
    links = plan().links
    for practice in portfolio().practices.values():
        end = End(Kind.PRACTICE, practice.id)
        assert practice.supports, practice.id
        for ref in practice.supports:
            assert practice.id in links.neighbours(End(Kind.NODE, ref), Relation.SUPPORTS)
        for place in practice.places:
            assert practice.id in links.neighbours(End(Kind.PLACE, place), Relation.TAKES_PLACE_IN)
        assert set(links.neighbours(end, Relation.SUPPORTS)) == set(practice.supports)


def test_every_common_criterion_has_something_that_supports_it_directly_or_over_the_crosswalk() -> None:
    links = plan().links
    for id_ in nodes_of("common-criteria", Level.CRITERION):
        ref = f"common-criteria/{id_}"
        assert links.supporting(ref, Kind.PRACTICE) or links.carried_to(ref), ref
        assert links.supporting(ref, Kind.TOOL) or links.carried_to(ref), ref


def test_what_the_crosswalk_carries_is_the_same_from_both_sides() -> None:
    links = plan().links
    to_criteria = {
        (carried.end.id, f"{f.id}/{node.id}")
        for f in portfolio().frameworks.values()
        for node in f.criteria
        for carried in links.carried_to(f"{f.id}/{node.id}")
        if carried.end.kind is Kind.PRACTICE
    }
    from_practices = {
        (id_, links.criterion_of(to))
        for id_ in portfolio().practices
        for to, _ in links.carried_from(End(Kind.PRACTICE, id_))
        if links.criterion_of(to)
    }
    assert to_criteria == from_practices


# --- no ranking ------------------------------------------------------------------------------------------------------


def test_every_page_passes_the_guard_and_nearest_first_stands_only_among_places_alike() -> None:
    for page in plan().site.pages:
        body = page.body()
        guard_page(body, where=page.address)
        if isinstance(body, PlaceBody):
            place = body.place
            others = (p for p in portfolio().places.values() if p.demonstration == place.demonstration)
            assert [p.id for p in body.alike] == [a.place for a in places_alike(place, others, at_most=3)]
        else:
            assert not any(isinstance(getattr(body, name), NearestInContext) for name in getattr(body, "__slots__", ()))


# --- the built portal ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The portal as `lcsite build` publishes it."""

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "lcsite", "build", str(ROOT), "--output", str(folder / "site")]
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return once(tmp_path_factory, "this-portal", make) / "site"


@cache
def pages(site: Path) -> dict[str, Any]:
    """Every built page by its address, as a tree. Cards for other sites are files and have tests of their own."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    return {
        file.relative_to(site).as_posix().removesuffix("index.html"): etree.fromstring(file.read_bytes(), parser)
        for file in sorted(site.rglob("*.html")) if file.name in ("index.html", "404.html")
    }


def leads_to(address: str, href: str) -> str:
    """The address, from the root of the site, that a link on a page leads to."""
    return urlsplit(urljoin(f"https://here.example/{address}", href)).path.removeprefix("/")


@pytest.mark.slow
def test_every_planned_page_was_built(site: Path) -> None:
    assert {page.address for page in plan().site.pages} == {address for address in pages(site) if address != "404.html"}
    for download in plan().site.downloads:
        assert (site / download.address).is_file(), download.address


@pytest.mark.slow
def test_the_built_portal_passes_the_last_inspection_with_every_link_and_anchor(site: Path) -> None:
    assert [f"{p.location}: {p.message}" for p in inspect_output(site)] == []


@pytest.mark.slow
def test_every_page_can_be_reached_from_the_first_one(site: Path) -> None:
    found, waiting = {""}, [""]
    while waiting:
        address = waiting.pop()
        for link in pages(site)[address].iter("a"):
            href = link.get("href") or ""
            target = leads_to(address, href) if not re.match(r"[a-z]+:", href) else ""
            if target in pages(site) and target not in found:
                found.add(target)
                waiting.append(target)
    assert set(pages(site)) - found <= {"404.html", "about/components/"}  # the second is the sheet for developers


@pytest.mark.slow
def test_every_practice_that_did_not_work_stands_on_its_lists_with_the_words(site: Path) -> None:
    failed = [p for p in portfolio().practices.values() if p.outcome.value == "did-not-work"]
    assert len(failed) >= 3
    lists = ["toolbox/practices/", "toolbox/practices/by/outcome/did-not-work/"]
    for practice in failed:
        criteria = [ref for s in practice.supports if (ref := plan().links.criterion_of(s))]
        own = [
            *(f"cities/{place}/" for place in practice.places),
            *(f"toolbox/practices/by/place/{place}/" for place in practice.places),
            *(f"toolbox/practices/by/theme/{theme}/" for theme in practice.themes),
            *(f"toolbox/practices/by/criterion/{ref}/" for ref in criteria),
            *(f"criteria/{ref}/" for ref in criteria),
        ]
        for address in [*lists, *own]:
            cards = [
                link
                for link in pages(site)[address].iter("a")
                if leads_to(address, link.get("href") or "") == f"toolbox/practices/{practice.id}/"
            ]
            assert cards, (practice.id, address)
            assert any("did not work" in box_text(link) for link in cards), (practice.id, address)


BOXES = ("li", "tr", "dd", "article", "section", "aside", "fieldset", "nav", "figure")


def boxes(element: Any) -> Iterator[Any]:
    """What stands around an element, the nearest first, up to the second box."""
    found = 0
    while element is not None and found < 2:
        if element.tag in BOXES:
            found += 1
            yield element
        element = element.getparent()


def box_text(element: Any) -> str:
    return " ".join(text for box in boxes(element) for text in box.itertext())


def is_marked(page: Any) -> bool:
    """Whether a page says at its top that all on it is invented."""
    return bool(page.xpath('//aside[contains(@class, "lc-demo")]'))


@pytest.mark.slow
def test_every_page_about_something_invented_says_so_at_its_top(site: Path) -> None:
    about = re.compile(
        "|".join(
            [
                *(rf"cities/{place.id}/|toolbox/practices/by/place/{place.id}/" for place in invented_places()),
                *(rf"toolbox/practices/{p.id}/" for p in portfolio().practices.values() if p.demonstration),
            ]
        )
    )
    for address, page in pages(site).items():
        if address != "about/components/":  # the sheet for developers shows the sign itself
            assert is_marked(page) == bool(about.match(address)), address


@pytest.mark.slow
def test_no_invented_place_is_named_anywhere_without_being_called_invented(site: Path) -> None:
    names = {place.name: place.id for place in invented_places()}
    named = re.compile("|".join(re.escape(name) for name in names))
    unmarked, seen = set(), set()
    for address, page in pages(site).items():
        if is_marked(page):
            continue
        for element in page.iter():
            if not isinstance(element.tag, str) or element.tag in ("title", "meta", "script"):
                continue
            for text, holder in ((element.text, element), (element.tail, element.getparent())):
                for name in named.findall(text or ""):
                    seen.add(name)
                    if not re.search(r"\b(invented|demonstration)", box_text(holder), re.IGNORECASE):
                        unmarked.add((address, name, (text or "").strip()[:80]))
    assert sorted(unmarked) == []
    assert seen == set(names)


@pytest.mark.slow
def test_every_row_about_an_invented_place_says_so_in_every_file(site: Path) -> None:
    invented = {place.id for place in invented_places()}
    rows = 0
    for file in sorted((site / "data/v1").rglob("*.csv")):
        with file.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                if row.get("place"):
                    rows += 1
                    assert (row["demonstration"] == "true") == (row["place"] in invented), (file.name, row["place"])
    assert rows > 1000
    for name in ("places", "assessments", "answers", "scorecards", "progress"):
        for row in json.loads((site / f"data/v1/{name}.json").read_text("utf-8"))["rows"]:
            assert row["demonstration"] == (row["place"] in invented), name


def places_in(element: Any, address: str, names: dict[str, str]) -> list[str]:
    """The places that the entries of a list lead to, one for each entry, in the order of the page."""
    found = []
    for entry in element:
        links = entry.iter("a") if isinstance(entry.tag, str) else ()
        targets = [leads_to(address, link.get("href") or "") for link in links]
        place = next(
            (m[1] for t in targets if (m := re.match(r"cities/([a-z0-9-]+)/(?!by/)", t)) and m[1] in names), None
        )
        title = "".join(entry.itertext())
        if place and names[place] in title:
            found.append(place)
    return found


@pytest.mark.slow
def test_in_no_list_table_or_drawing_of_a_page_do_places_stand_otherwise_than_by_name(site: Path) -> None:
    """The same promise once more, read from the finished pages: what a template did after the guard would show here."""
    names = {place.id: place.name for place in portfolio().places.values()}
    checked = 0
    for address, page in pages(site).items():
        for element in page.iter("ul", "ol", "tbody", "svg", "dl", "div", "select"):
            if element.tag == "div" and element.get("class") != "lc-places":  # the groups of a list by letters
                continue
            if element.xpath('ancestor::section[@aria-labelledby="s-alike"]'):
                continue
            found = places_in(element, address, names)
            real = [p for p in found if not portfolio().places[p].demonstration]
            invented = [p for p in found if portfolio().places[p].demonstration]
            if len(found) > 1:
                checked += 1
                in_order = [sorted(group, key=lambda p: (name_key(names[p]), p)) for group in (found, real, invented)]
                assert found == in_order[0] or (real, invented) == (in_order[1], in_order[2]), (address, found)
    assert checked > 100


@pytest.mark.slow
def test_a_page_about_a_place_stays_below_200_kilobytes(site: Path) -> None:
    heavy = {
        a: size
        for a in pages(site)
        if (size := (site / a / "index.html").stat().st_size if a != "404.html" else 0) > 200_000
    }
    assert heavy == {}
