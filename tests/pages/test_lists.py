"""Home, lists, criteria, toolbox and prose pages: what each shows, with counts made by hand in `gardens`."""

from __future__ import annotations

from typing import Any

from lcsite.pages.page import Key, Words
from tests.builders import place, practice
from tests.pages.gardens import body, body_in, changed, gardens, ids, pages, plan

PRACTICE_LISTS = "toolbox/practices/by/"
FERIA = practice("feria", language="es", places=["alder"], themes=["rivers"])
BILINGUAL = changed(practices={**gardens().practices, FERIA.id: FERIA})


# --- home and places -------------------------------------------------------------------------------------------------


def test_the_home_page_counts_real_places_apart_from_invented_ones() -> None:
    home = body("")
    assert (home.real_places, home.countries, home.practices, home.did_not_work, home.tools) == (4, 2, 3, 1, 2)
    assert ids(home.demonstrations) == ["elm"]
    assert home.intro.markdown == "Welcome."


def test_the_home_page_shows_one_practice_of_each_outcome_also_one_that_did_not_work() -> None:
    assert ids(body("").shown_practices) == ["path-day", "seed-swap"]


def test_places_stand_under_the_letters_of_their_names_whatever_the_accent() -> None:
    listed = body("cities/")
    assert [(group.letter, ids(group.places)) for group in listed.groups] == [
        ("A", ["alder"]),
        ("B", ["birch"]),
        ("C", ["cedar"]),
        ("T", ["valley"]),
    ]
    assert ids(listed.demonstrations) == ["elm"]
    assert listed.real == 4


def test_every_value_that_places_share_has_a_list_of_those_places() -> None:
    for facet, values in body("cities/").facets:
        for value in values:
            listed = body(value.address)
            found = [*(p.id for group in listed.groups for p in group.places), *ids(listed.demonstrations)]
            assert (len(found), listed.chosen.facet) == (value.count, facet)
    assert ids(body("cities/by/kind/region/").groups[0].places) == ["valley"]
    assert ids(body("cities/by/country/cz/").groups[0].places) == ["cedar"]


def test_an_invented_place_stands_on_no_list_of_a_country() -> None:
    only_elm = changed(places={"elm": place("elm", demonstration=True, country="FR")}, assessments=(), practices={})
    assert "country" not in dict(body_in(only_elm, "cities/").facets)


# --- criteria --------------------------------------------------------------------------------------------------------


def test_the_criteria_page_names_every_framework_in_its_order() -> None:
    assert [f.id for f in body("criteria/").frameworks] == ["garden-rules", "areas", "kinds"]
    assert body("criteria/").crosswalk == "criteria/crosswalk/"


def test_a_site_without_a_crosswalk_has_no_page_for_one() -> None:
    assert body_in(changed(crosswalk=None), "criteria/").crosswalk == ""


def test_a_framework_page_shows_its_tree_with_counts() -> None:
    shown = body("criteria/garden-rules/")
    assert [(r.name.ref, r.depth, r.indicators, r.practices, r.tools, r.is_criterion) for r in shown.rows] == [
        ("garden-rules/outside", 0, 4, 2, 2, False),
        ("garden-rules/gardens", 1, 2, 1, 1, True),
        ("garden-rules/paths", 1, 2, 1, 1, True),
        ("garden-rules/inside", 0, 2, 1, 0, False),
        ("garden-rules/kitchens", 1, 2, 1, 0, True),
    ]
    assert shown.assessed_places == 3
    assert shown.prose.markdown == "About these rules."
    assert [(group.stage.id if group.stage else "", [q.id for q in group.questions]) for group in shown.dialogue] == [
        ("first", ["q1"]),
        ("", ["q2"]),
    ]


def test_a_criterion_page_shows_practices_tools_pages_and_what_the_crosswalk_brings() -> None:
    shown = body("criteria/garden-rules/gardens/")
    assert ids(shown.practices) == ["seed-swap"]
    assert ids(shown.tools) == ["way-guide"]
    assert [p.title for p in shown.learning] == ["Soil"]
    assert [(p.id, node.ref, relation, reason) for p, node, relation, reason in shown.carried] == [
        ("talks", "areas/1.1", "related", "garden-rules/gardens touches areas/1"),
    ]
    assert [(here.ref, there.ref) for here, there, _, _ in shown.crossings] == [("garden-rules/gardens", "areas/1")]
    assert [q.id for group in shown.dialogue for q in group.questions] == ["q1"]
    assert shown.prose.markdown == "Dig."
    assert (shown.before, shown.after.ref) == (None, "garden-rules/paths")


def test_a_criterion_page_shows_also_what_did_not_work() -> None:
    assert [(p.id, p.outcome) for p in body("criteria/garden-rules/paths/").practices] == [("path-day", "did-not-work")]


def test_the_state_of_places_stands_in_the_order_of_names_on_a_fixed_scale() -> None:
    ((construct, states),) = body("criteria/garden-rules/gardens/").states
    assert construct == "practice"
    assert [(s.place.id, s.bar.pin, s.year, s.address) for s in states] == [
        ("alder", "12.5", "2026", "cities/alder/garden-rules/#n-gardens"),
        ("birch", "100", "2026", "cities/birch/garden-rules/#n-gardens"),
        ("elm", None, "2026", "cities/elm/garden-rules/#n-gardens"),
    ]


def test_a_figure_without_an_assessment_is_no_state() -> None:
    assert body("criteria/areas/1/").states == ()


def test_each_row_of_a_criterion_says_how_it_is_measured() -> None:
    group, figure, _ = body("criteria/areas/1/").rows
    assert (group.is_indicator, group.scored, figure.is_indicator, figure.scored) == (False, False, True, True)
    assert (figure.construct, figure.scale.kind, figure.tolerance, figure.depth) == ("outcome", "number", 3, 1)
    rows = body("criteria/garden-rules/gardens/").rows
    assert [(r.node.id, r.construct, r.scored) for r in rows] == [
        ("gardens-1", "practice", True),
        ("gardens-2", "practice", True),
    ]


def test_the_crosswalk_page_lists_every_link_with_its_reason() -> None:
    ((from_, (row,)),) = body("criteria/crosswalk/").groups
    assert (from_.ref, row.to.ref, row.relation) == ("garden-rules/gardens", "areas/1", "related")
    assert row.practices == 1  # talks


# --- toolbox ---------------------------------------------------------------------------------------------------------


def test_tools_stand_by_kind_and_in_the_order_that_they_give_themselves() -> None:
    assert [(kind.ref, ids(tools)) for kind, tools in body("toolbox/").tools_by_kind] == [
        ("kinds/sheet", ["map-sheet"]),
        ("kinds/guide", ["way-guide"]),
    ]


def test_practices_stand_by_title_never_by_success() -> None:
    listed = body("toolbox/practices/").practices
    assert [(p.title, p.outcome) for p in listed] == [
        ("Moon picnic", "mixed"),
        ("Path day", "did-not-work"),
        ("Seed swap", "worked"),
        ("Talks", "worked"),
    ]


def test_every_value_by_which_practices_can_be_found_has_a_list_page() -> None:
    facets = body("toolbox/practices/").facets
    assert [group.facet for group in facets] == [
        "outcome", "theme", "criterion", "framework", "region", "place", "country", "year", "kind",
    ]  # fmt: skip
    for group in facets:
        for value in group.values:
            listed = body(value.address)
            assert len(listed.practices) == value.count > 0
            assert listed.chosen == value


def test_every_tick_that_finds_a_place_or_a_practice_has_a_list_with_it() -> None:
    """What a tick does on the find page, a list does without a script; the kinds of things have lists of their own."""
    lists = {"practice": "toolbox/practices/by", "place": "cities/by"}
    by_address = {page.address: page for page in plan(BILINGUAL)}
    found = [page for page in by_address.values() if page.found and page.kind in lists]
    assert len(found) > 8
    for page in found:
        assert page.found is not None
        for facet, traits in page.found.traits.items():
            if facet == "thing" or (page.kind == "place" and facet in ("place", "language")):
                continue
            for trait in traits:
                value = trait.id.partition("/")[2] if facet == "theme" else trait.id
                listed: Any = by_address[f"{lists[page.kind]}/{facet}/{value}/"].body()
                if page.kind == "practice":
                    shown = ids(listed.practices)
                else:
                    shown = [*(p.id for group in listed.groups for p in group.places), *ids(listed.demonstrations)]
                assert page.address.rstrip("/").rpartition("/")[2] in shown


def test_practices_in_other_languages_have_a_list_for_each_language() -> None:
    assert ids(body_in(BILINGUAL, f"{PRACTICE_LISTS}language/es/").practices) == ["feria"]
    assert "language" not in {group.facet for group in body("toolbox/practices/").facets}  # there is only one


def test_what_did_not_work_can_be_found() -> None:
    assert ids(body(f"{PRACTICE_LISTS}outcome/did-not-work/").practices) == ["path-day"]
    assert ids(body(f"{PRACTICE_LISTS}criterion/garden-rules/paths/").practices) == ["path-day"]
    assert ids(body(f"{PRACTICE_LISTS}place/alder/").practices) == ["path-day"]
    assert ids(body(f"{PRACTICE_LISTS}theme/rivers/").practices) == ["talks"]
    assert ids(body(f"{PRACTICE_LISTS}year/2019/").practices) == ["talks"]
    assert ids(body(f"{PRACTICE_LISTS}country/cz/").practices) == ["talks"]


def test_a_practice_page_shows_where_it_belongs() -> None:
    shown = body("toolbox/practices/talks/")
    assert [n.ref for n in shown.supports] == ["areas/1.1"]
    assert [n.ref for n in shown.themes] == ["kinds/rivers"]
    assert [(n.ref, relation) for n, relation, _ in shown.carried] == [("garden-rules/gardens", "related")]
    assert [p.title for p in shown.learning] == ["Water"]
    seeds = body("toolbox/practices/seed-swap/")
    assert (ids(seeds.tools), ids(seeds.name.places)) == (["map-sheet"], ["birch"])
    assert ids(body("toolbox/practices/path-day/").used_by_tools) == ["map-sheet"]


def test_a_practice_names_others_for_the_same_criteria_by_title() -> None:
    more = {**gardens().practices, "cuttings": practice("cuttings", supports=["garden-rules/gardens"], outcome="mixed")}
    assert ids(body_in(changed(practices=more), "toolbox/practices/seed-swap/").similar) == ["cuttings"]


def test_a_tool_page_has_its_sheet_downloads_and_practices() -> None:
    shown = body("toolbox/tools/map-sheet/")
    assert shown.sheet.markdown == "## Draw\n"
    assert dict(shown.downloads) == {
        "docx": "toolbox/tools/map-sheet/map-sheet.docx",
        "md": "toolbox/tools/map-sheet/map-sheet.md",
    }
    assert ids(shown.practices) == ["path-day", "seed-swap"]
    assert [p.title for p in shown.learning] == ["Soil"]
    assert (body("toolbox/tools/way-guide/").sheet, body("toolbox/tools/way-guide/").downloads) == (None, ())


# --- prose, method, data ---------------------------------------------------------------------------------------------


def test_pages_of_a_folder_stand_on_its_index_and_lead_to_one_another() -> None:
    assert [p.title for p in body("learn/").children] == ["Soil", "Water"]
    soil, water = body("learn/soil/"), body("learn/water/")
    assert (soil.before, soil.after.address) == (None, "learn/water/")
    assert (water.before.address, water.after) == ("learn/soil/", None)
    assert [crumb.address for crumb in pages()["learn/soil/"].crumbs] == ["", "learn/"]
    assert (ids(soil.tools), ids(water.practices)) == (["map-sheet"], ["talks"])


def test_pages_that_a_computed_page_takes_up_have_no_second_address() -> None:
    assert not {"criteria/garden-rules/index/", "index/", "criteria/garden-rules/gardens/index/"} & set(pages())
    assert pages()["criteria/garden-rules/"].kind == "framework"


def test_the_method_page_works_out_its_examples_with_the_code_that_reads_places() -> None:
    ten = next(e for e in body("method/").examples if e.key == "ten-answers")
    assert (ten.known, ten.coverage, ten.estimate) == ("0.5250", "0.8000", "0.6563")
    assert (ten.low, ten.high) == ("0.5250", "0.7250")
    assert (ten.bar.shown.point, ten.bar.shown.low, ten.bar.shown.high) == (66, 52, 73)
    assert ten.geometric == 40  # .3976
    little, ample = body("method/").resources
    assert (little.available, little.possible, ample.available, ample.possible) == (80, 40, 20, 10)


def test_the_data_pages_offer_and_explain_the_files_that_are_made() -> None:
    assert [(file.name, address) for file, address in body("data/").files] == [("places.csv", "data/v1/places.csv")]
    assert [f.name for f in body("data/dictionary/").files] == ["places.csv"]
    assert body("contribute/problem-codes/").messages == (("too-long", "Too long", "Make it shorter."),)


def test_every_page_has_a_title_a_description_and_a_way_back() -> None:
    def is_said(shown: Any) -> bool:
        return isinstance(shown, Words | Key) or (isinstance(shown, str) and bool(shown.strip()))

    for address, page in pages().items():
        assert is_said(page.title), address
        assert is_said(page.description), address
        assert all(crumb.address in pages() for crumb in page.crumbs), address
        assert bool(page.crumbs) == bool(address), address
