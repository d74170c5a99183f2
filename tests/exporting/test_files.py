from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from lcsite.exporting.downloads import DATA_FILES
from lcsite.model.portfolio import Portfolio
from tests.builders import assessment, framework, observation, place, portfolio
from tests.exporting.exported import document, exported, table
from tests.pages.gardens import changed, gardens
from tests.scoring.sampleby import OPEN_DOORS

WITHOUT_ROWS = ("index.json", "crosswalk.json", "lcsite.json", "datapackage.json")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return exported(gardens())


def sampleby(**answers: Any) -> Portfolio:
    """Sampleby in 2026, with a few figures, on the framework with every kind of scale."""
    return portfolio(
        frameworks=[OPEN_DOORS], places=[place("sampleby")],
        assessments=[assessment("sampleby", answers, framework_id="open-doors")],
        observations={"sampleby": (
            observation("open-doors/visits", value="30", period="2021"),
            observation("open-doors/visits", value="40", period="2024"),
            observation("open-doors/visits", value="90", period="2026", scope="the county"),
            observation("open-doors/pleased", k="3", n="4", period="2026"),
            observation("open-doors/cost", value="12", period="2025"),
        )},
    )


def test_every_file_of_the_dictionary_is_published_and_every_file_is_in_the_dictionary(files: dict[str, bytes]) -> None:
    documented = {file.name for file in DATA_FILES if not file.address}
    assert {file.address for file in DATA_FILES if file.address} <= set(files)
    published = {address.removeprefix("data/v1/") for address in files if address.startswith("data/v1/")}
    named = {name for name in documented if "<" not in name}
    assert named <= published
    for name in published - named:
        folder, _, last = name.partition("/")
        if folder == "source":
            continue  # the account of the site names these, and its own tests follow them
        pattern = f"places/<place>/{last.partition('/')[2]}" if folder == "places" else f"{folder}/<framework>.json"
        assert pattern in documented, name


def test_every_column_of_every_table_is_in_the_dictionary_in_its_order(files: dict[str, bytes]) -> None:
    for file in DATA_FILES:
        if file.name.endswith(".csv") and "<" not in file.name:
            header = files[f"data/v1/{file.name}"].decode().split("\r\n", 1)[0]
            assert header == ",".join(column.name for column in file.columns)
            assert all(column.description and column.type for column in file.columns)


def test_every_key_of_every_json_table_is_in_the_dictionary(files: dict[str, bytes]) -> None:
    described = {file.name: {column.name for column in file.columns} for file in DATA_FILES}
    for name, columns in described.items():
        if name.endswith(".json") and "<" not in name and name not in WITHOUT_ROWS:
            beside = described.get(name.replace(".json", ".csv"), set())
            for row in document(files, name)["rows"]:
                for path in _paths(row, ""):
                    assert path in beside or f"rows[].{path}" in columns, f"{name}: {path}"


def _paths(value: Any, path: str) -> set[str]:
    if path in ("names", "tree[].children"):  # a map of languages; the same keys again
        return {path}
    if isinstance(value, dict):
        return {path} - {""} | {p for key, part in value.items() for p in _paths(part, f"{path}.{key}".lstrip("."))}
    if isinstance(value, list):
        inside = {p for part in value if isinstance(part, dict) for p in _paths(part, f"{path}[]")}
        return {path} | (inside - {f"{path}[]"})
    return {path}


def test_the_index_knows_the_fingerprint_size_and_rows_of_every_other_file(files: dict[str, bytes]) -> None:
    index = document(files, "index.json")
    assert index["licence"] == "CC BY 4.0"
    assert "league tables" in index["note"]
    listed = {entry["name"]: entry for entry in index["files"]}
    assert {f"data/v1/{name}" for name in listed} | {"data/v1/index.json"} == {
        address for address in files if address.startswith("data/v1/")
    }
    for name, entry in listed.items():
        content = files[f"data/v1/{name}"]
        assert (entry["size"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert listed["answers.csv"]["rows"] == len(table(files, "answers.csv"))
    assert listed["practices.json"]["rows"] == 4


def test_the_same_portfolio_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    assert exported(gardens()) == files


def test_json_files_hold_no_mark_that_could_end_a_script(files: dict[str, bytes]) -> None:
    for address, content in files.items():
        if address.endswith(".json") and not address.startswith("data/schemas/"):  # schemas are no data of strangers
            assert not set(b"<>&").intersection(content), address
            json.loads(content, parse_constant=lambda name: pytest.fail(name))


def test_adding_and_removing_a_place_leaves_the_files_of_the_others_as_they_were(files: dict[str, bytes]) -> None:
    of = gardens()
    added = changed(
        places={**of.places, "ash": place("ash", part_of="valley")},
        assessments=(assessment("ash", {"gardens-1": "4"}), *of.assessments),
    )
    kept = changed(
        places={id_: found for id_, found in of.places.items() if id_ != "birch"},
        assessments=tuple(a for a in of.assessments if a.place != "birch"),
        practices={id_: p for id_, p in of.practices.items() if "birch" not in p.places},
    )
    for other in (exported(added), exported(kept)):
        own = [address for address in files if address.startswith("data/v1/places/") and address in other]
        assert len(own) >= 12
        assert all(other[address] == files[address] for address in own)


def test_every_row_about_an_invented_place_says_so(files: dict[str, bytes]) -> None:
    for name in ("places", "answers", "scorecards", "observations"):
        for row in table(files, f"{name}.csv"):
            assert (row["demonstration"] == "true") == (row["place"] == "elm")
    for row in document(files, "assessments.json")["rows"]:
        assert row["demonstration"] is (row["place"] == "elm")
    assert {r["practice"] for r in table(files, "practices.csv") if r["demonstration"] == "true"} == {"moon-picnic"}
    for row in table(files, "links.csv"):
        invented = {"elm", "moon-picnic"} & {row["first"], row["second"]}
        assert (row["demonstration"] == "true") == bool(invented)


def test_a_score_is_published_exactly_and_as_it_is_shown(files: dict[str, bytes]) -> None:
    rows = {(r["place"], r["as_of"], r["node"]): r for r in table(files, "scorecards.csv")}
    alder = rows["alder", "2026-06-30", "gardens"]
    assert (alder["known"], alder["known_decimal"], alder["evidence_share"]) == ("1/8", "0.125", "1/2")
    assert [alder[name] for name in ("shown", "shown_point", "shown_low", "shown_high")] == ["point", "13", "12", "13"]
    birch = rows["birch", "2026-06-30", "paths"]
    assert (birch["coverage"], birch["estimate"], birch["unknown"]) == ("0", "", "2")
    assert (birch["shown"], birch["shown_point"]) == ("not-enough-known", "")
    assert rows["elm", "2026-06-30", "kitchens"]["not_applicable"] == "1"


def test_an_answer_carries_who_said_it_when_and_on_what_evidence(files: dict[str, bytes]) -> None:
    answers = {(r["place"], r["as_of"], r["indicator"]): r for r in table(files, "answers.csv")}
    first = answers["alder", "2026-06-30", "gardens-1"]
    assert (first["written"], first["year"], first["worth"], first["note"]) == ("1", "2026", "1/4", "One bed.")
    assert (first["grade"], first["grade_number"]) == ("public-document", "2")
    assert first["sources"] == "Audit. https://example.org/audit"
    away = answers["elm", "2026-06-30", "kitchens-1"]
    assert (away["state"], away["reason"], away["because"]) == ("not-applicable", "stated", "Nobody cooks.")
    silent = answers["alder", "2026-06-30", "kitchens-1"]
    assert (silent["state"], silent["reason"], silent["worth"]) == ("unknown", "not-answered", "")
    figure = answers["cedar", "2026-11-22", "1.1.1"]
    assert (figure["origin"], figure["figure"], figure["year"], figure["assessment"]) == ("series", "37", "2024", "")
    assert Fraction(figure["worth"]) == Fraction(17, 60)


def test_a_published_figure_says_which_reading_counts_it_or_why_none_does() -> None:
    rows = table(exported(sampleby()), "observations.csv")
    assert [(row["counted_in"], row["not_counted"]) for row in rows] == [
        ("", "a-later-or-closer-figure-is-used"), ("2026-open-doors", ""), ("", "other-scope"),
        ("", "too-few-respondents"), ("", "shown-and-not-scored"),
    ]


def test_an_answer_of_the_assessment_goes_before_its_figures() -> None:
    rows = table(exported(sampleby(visits="don't know")), "observations.csv")
    assert {row["not_counted"] for row in rows[:3]} == {"the-assessment-has-an-answer-of-its-own"}


def test_what_fewer_than_five_people_said_is_in_no_file() -> None:
    files = exported(sampleby())
    few = table(files, "observations.csv")[3]
    assert (few["k"], few["n"], few["value"]) == ("", "", "")
    answer = next(row for row in table(files, "answers.csv") if row["indicator"] == "pleased")
    assert (answer["state"], answer["reason"]) == ("unknown", "too-few-respondents")
    assert (answer["figure_k"], answer["figure_n"], answer["written"], answer["worth"]) == ("", "", "", "")
    own = exported(sampleby(pleased="2 of 3"))
    assert b"2 of 3" not in b"".join(own.values())


def test_a_reading_in_relation_to_means_is_published_with_its_levels() -> None:
    levels = {"start": "0", "within_reach": "2", "potential": "4", "because": "One room."}
    files = exported(sampleby(**{"open-1": {"value": "1", "resources": levels}}))
    row = next(r for r in table(files, "answers.csv") if r["indicator"] == "open-1")
    assert (row["means_start"], row["means_within_reach"], row["means_potential"]) == ("0", "2", "4")
    assert (row["way_within_reach"], row["way_potential"], row["means_because"]) == ("1/2", "1/4", "One room.")


def test_an_indicator_has_what_it_inherits_written_out() -> None:
    made = exported(sampleby())
    (found,) = document(made, "frameworks.json")["rows"]
    assert document(made, "frameworks/open-doors.json")["framework"] == found
    criterion = found["tree"][0]["children"][0]
    assert "construct" not in criterion
    indicator = criterion["children"][1]
    assert {key: indicator[key] for key in ("construct", "scale", "tolerance", "weight", "default_grade")} == {
        "construct": "practice", "scale": "steps", "tolerance": 3, "weight": 3, "default_grade": "self-report",
    }


def test_what_changed_is_published_like_for_like(files: dict[str, bytes]) -> None:
    rows = {row["node"]: row for row in document(files, "progress.json")["rows"]}
    assert {row["place"] for row in rows.values()} == {"alder"}
    # gardens-1 rose from 0 to 1 of 4, gardens-2 stayed; paths-1 stayed and paths-2 is new
    assert (rows["gardens"]["like_for_like"], rows["gardens"]["like_for_like_points"]) == ("1/8", "+12.5")
    assert rows["gardens"]["headline"] == "1/8"
    assert rows["paths"]["compared"] == ["paths-1"]
    assert "headline" not in rows["paths"]  # half known in 2024: no point was shown


def test_links_are_published_from_both_ends_and_carried_ones_say_so(files: dict[str, bytes]) -> None:
    rows = table(files, "links.csv")
    written = {(r["first"], r["relation"], r["second"]) for r in rows if r["carried"] == "false"}
    assert ("seed-swap", "supports", "garden-rules/gardens") in written
    assert ("seed-swap", "uses", "map-sheet") in written
    carried = {(r["first"], r["second"], r["carried_from"]) for r in rows if r["carried"] == "true"}
    assert ("seed-swap", "areas/1", "garden-rules/gardens") in carried
    assert ("talks", "garden-rules/gardens", "areas/1.1") in carried


def test_a_place_file_holds_the_place_its_rounds_and_its_practices(files: dict[str, bytes]) -> None:
    found = document(files, "places/alder/place.json")
    assert found["profile"]["part_of"] == "valley"
    assert [row["assessment"] for row in found["assessments"]] == ["2024-garden-rules", "2026-garden-rules"]
    assert found["practices"] == ["path-day"]
    own = [row for row in table(files, "answers.csv") if row["place"] == "alder"]
    assert table(files, "places/alder/answers.csv") == own


def test_one_number_for_the_whole_is_published_only_where_the_framework_says_why() -> None:
    why = {"value": "1", "because": "The parts are one thing."}
    of = portfolio(
        frameworks=[framework("garden-rules", publish_total=why)], places=[place("alder")],
        assessments=[assessment("alder", {"gardens-1": "4", "gardens-2": "0"})],
    )
    totals = [row for row in table(exported(of), "scorecards.csv") if row["level"] == "total"]
    assert [(row["node"], row["known"], row["coverage"]) for row in totals] == [("garden-rules", "1/8", "1/4")]


def test_a_site_without_a_crosswalk_still_has_the_file() -> None:
    found = document(exported(replace(gardens(), crosswalk=None)), "crosswalk.json")
    assert found["crosswalk"] == {}
