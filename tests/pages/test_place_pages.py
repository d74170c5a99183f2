"""A place's pages: the numbers, the counts and the links that were worked out by hand in `gardens`."""

from __future__ import annotations

from dataclasses import replace

from lcsite.pages.no_ranking import NearestInContext, guard_page
from tests.builders import assessment, place, population
from tests.pages.gardens import body, body_in, changed, gardens, ids, pages


def rows_of(address: str) -> dict[str, tuple[str, str, str | None]]:
    """For each criterion of a place's first profile: state of its bar, its words, its place."""
    (reading,) = body(address).sections[0].readings
    return {
        row.criterion.id: (row.bar.state, row.bar.shown.kind, row.bar.pin)
        for group in reading.groups for row in group.rows
    }


def test_a_profile_shows_a_point_where_enough_is_known_and_says_where_it_is_not() -> None:
    assert rows_of("cities/alder/") == {
        "gardens": ("known", "point", "12.5"),  # (1/4 + 0/4) / 2
        "paths": ("known", "point", "87.5"),  # (4/4 + 3/4) / 2
        "kitchens": ("unknown", "not-enough-known", None),
    }


def test_points_are_rounded_half_up_and_ranges_outwards() -> None:
    (reading,) = body("cities/alder/").sections[0].readings
    shown = [row.bar.shown for group in reading.groups for row in group.rows]
    assert (shown[0].point, shown[0].low, shown[0].high) == (13, 12, 13)
    assert (shown[1].point, shown[1].low, shown[1].high) == (88, 87, 88)


def test_a_profile_counts_what_is_known_and_has_no_total() -> None:
    section = body("cities/alder/").sections[0]
    (reading,) = section.readings
    assert (reading.clearly, reading.partly, reading.not_enough, reading.criteria) == (2, 0, 1, 3)
    assert (section.answered, section.asked, section.not_applicable) == (4, 6, 0)
    assert [group.title for group in reading.groups] == ["Title of outside", "Title of inside"]
    assert not any("total" in name for name in (*section.__slots__, *reading.__slots__))


def test_only_answers_with_a_document_or_more_count_as_backed() -> None:
    assert body("cities/alder/").sections[0].backed == 1


def test_a_place_names_its_own_criteria_where_most_least_and_not_enough_is_known() -> None:
    section = body("cities/alder/").sections[0]
    assert (section.most, section.least, section.silent) == (
        ("Title of paths",),
        ("Title of gardens",),
        ("Title of kitchens",),
    )


def test_change_counts_only_what_was_answered_in_both_rounds() -> None:
    (reading,) = body("cities/alder/").sections[0].readings
    gardens_, paths, kitchens = (row.change for group in reading.groups for row in group.rows)
    assert (gardens_.kind, gardens_.like, gardens_.questions) == ("up", "+12.5", 2)  # gardens-1 from 0 to 1 of 4
    assert (paths.kind, paths.like, paths.questions) == ("same", "0.0", 1)  # paths-2 is new
    assert kitchens.kind == "none"
    assert body("cities/alder/").sections[0].since == "2024"


def test_a_first_reading_is_called_one() -> None:
    section = body("cities/birch/").sections[0]
    assert section.since == ""
    (reading,) = section.readings
    assert {row.change.kind for group in reading.groups for row in group.rows} == {"first"}


def test_open_questions_stand_with_the_points_that_an_answer_would_settle() -> None:
    open_questions = body("cities/birch/").sections[0].open_questions
    assert [(q.question, q.criterion, q.swing) for q in open_questions] == [
        ("Title of paths-1", "Title of paths", "50"),
        ("Title of paths-2", "Title of paths", "50"),
        ("Title of kitchens-1", "Title of kitchens", "50"),
        ("Title of kitchens-2", "Title of kitchens", "50"),
    ]
    assert open_questions[0].address == "cities/birch/garden-rules/#n-paths-1"


def test_a_place_shows_its_practices_whatever_came_of_them() -> None:
    (tried,) = body("cities/alder/").practices
    assert (tried.id, tried.outcome, tried.quality) == ("path-day", "did-not-work", "official-audit")
    assert tried.from_outside


def test_a_place_stands_in_the_one_that_it_is_part_of_and_is_found_there() -> None:
    assert body("cities/alder/").part_of.id == "valley"
    (member,) = body("cities/valley/").members
    assert (member.place.id, member.read_by, member.members) == (
        "alder", (("Gardens", "cities/alder/garden-rules/"),), (),
    )


def test_places_of_like_size_stand_nearest_first_and_the_invented_among_themselves() -> None:
    assert ids(body("cities/alder/").alike) == ["birch", "cedar"]
    assert ids(body("cities/cedar/").alike) == ["birch", "alder"]
    assert ids(body("cities/elm/").alike) == []


def test_likeness_does_not_look_at_answers() -> None:
    other = changed(assessments=tuple(a for a in gardens().assessments if a.place != "birch"))
    assert ids(body_in(other, "cities/alder/").alike) == ["birch", "cedar"]


def test_nearest_first_is_used_for_places_of_like_size_and_nowhere_else() -> None:
    found = []

    def search(value: object, path: str) -> None:
        if isinstance(value, NearestInContext):
            found.append(path)
        elif isinstance(value, tuple | list):
            for part in value:
                search(part, f"{path}[]")
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                search(getattr(value, name), f"{path}.{name}")

    for page in pages().values():
        search(page.body(), page.kind)
    assert set(found) == {"place.alike"}


def test_figures_stand_with_their_unit_year_and_source_and_their_place_has_a_scorecard() -> None:
    (row,) = body("cities/cedar/").figures
    assert (row.value, row.unit, row.row.period, row.row.source.title) == ("37", "%", "2024", "Yearly report")
    assert body("cities/cedar/").sections == ()
    assert [(f.id, address) for f, address in body("cities/cedar/").read_from_figures] == [
        ("areas", "cities/cedar/areas/")
    ]
    assert body("cities/alder/").read_from_figures == ()
    card = body("cities/cedar/areas/")
    assert card.assessment is None
    (reading,) = card.criteria[0].readings
    assert (reading.construct, reading.measured.bar.pin) == ("outcome", "28.33")  # (37 - 20) / (80 - 20)


def test_the_working_can_be_followed_by_hand() -> None:
    view = next(c for c in body("cities/alder/garden-rules/").criteria if c.head.id == "paths")
    (reading,) = view.readings
    given = [(row.asked.id, row.given) for row in reading.rows]
    assert [(id_, g.written, g.meaning, g.worth, g.weight, g.product) for id_, g in given] == [
        ("paths-1", "4", "Usual", "1.0000", "0.5000", "0.5000"),
        ("paths-2", "3", "Much", "0.7500", "0.5000", "0.3750"),
    ]
    measured = reading.measured
    assert (measured.known, measured.coverage, measured.estimate) == ("0.8750", "1.0000", "0.8750")
    assert (measured.low, measured.high) == ("0.8750", "0.8750")


def test_each_answer_carries_its_year_note_evidence_and_grade() -> None:
    view = next(c for c in body("cities/alder/garden-rules/").criteria if c.head.id == "gardens")
    first, second = view.readings[0].rows
    assert (first.given.year, first.beside.note, first.given.grade) == ("2026", "One bed.", "public-document")
    assert [evidence.title for evidence in first.beside.evidence] == ["Audit"]
    assert (second.beside, second.given.grade) == (None, "self-report")
    assert view.readings[0].evidence_share == 50


def test_rounds_are_listed_with_their_counts_oldest_first() -> None:
    rounds = body("cities/alder/garden-rules/").rounds
    assert [(r.assessment.as_of.year, r.answered, r.asked) for r in rounds] == [(2024, 3, 6), (2026, 4, 6)]


def test_not_applicable_is_not_unknown_and_neither_is_nought() -> None:
    view = {c.head.id: c for c in body("cities/elm/garden-rules/").criteria}
    assert [cell.state for cell in view["kitchens"].readings[0].cells] == ["na", "ask"]
    first = view["kitchens"].readings[0].rows[0]
    assert (first.given.kind, first.given.because, first.given.weight) == ("not-applicable", "Nobody cooks.", "")
    assert view["gardens"].readings[0].measured.bar.state == "partly"  # one of two is answered


def test_everything_about_an_invented_place_is_marked() -> None:
    marked = {address for address, page in pages().items() if page.demonstration}
    assert marked == {
        "cities/elm/",
        "cities/elm/garden-rules/",
        "cities/elm/embed/",
        "toolbox/practices/moon-picnic/",
        "toolbox/practices/by/place/elm/",
    }
    assert body("cities/elm/").name.demonstration


def test_a_place_that_joins_changes_no_figure_of_the_others() -> None:
    newcomer = place("aspen", population=population(10_500))
    top_marks = assessment("aspen", {"gardens-1": "4", "gardens-2": "4", "paths-1": "4", "paths-2": "4"})
    of_alder, of_others = gardens().assessments[:2], gardens().assessments[2:]
    more = changed(
        places=dict(sorted({**gardens().places, "aspen": newcomer}.items())),
        assessments=(*of_alder, top_marks, *of_others),
    )
    for address, page in pages().items():
        if page.kind == "scorecard":
            assert body_in(more, address) == body(address)
        elif page.kind == "place":
            likeness = {"alike": (), "comparable": ()}
            assert replace(body_in(more, address), **likeness) == replace(body(address), **likeness)


def test_every_page_passes_the_guard() -> None:
    for address, page in pages().items():
        guard_page(page.body(), where=address)
