"""Versions of a framework that are kept: each holds together, and the newest says what became of the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lcsite.pipeline import ReadSite, read_and_check
from lcsite.problems import as_text
from tests.builders import GARDENS, STEPS, as_yaml, framework_data
from tests.versions import ANSWERS, FRAMEWORK, NEWER, OLDER, SHORT, garden_site

FOLDER = f"content/criteria/{FRAMEWORK}"


def found(root: Path, *, older: Any = None, newer: Any = None, name: str = "2026.1") -> list[tuple[str, str, int]]:
    site = garden_site(root)
    (root / FOLDER / "versions" / "2026.1.yml").unlink()
    site.write(f"{FOLDER}/versions/{name}.yml", as_yaml(older or OLDER))
    site.write(f"{FOLDER}/framework.yml", as_yaml(newer or NEWER))
    return codes(read_and_check(root))


def codes(read: ReadSite) -> list[tuple[str, str, int]]:
    return [(p.code, p.location.file, p.location.line) for p in read.problems if p.code != "older-version"]


def history(**more: Any) -> list[dict[str, Any]]:
    """The history of the newer version with some of its record replaced."""
    first, second = NEWER["history"]
    return [first, {**second, **more}]


def test_a_framework_in_two_versions_and_answers_to_the_older_one_hold_one_warning_and_no_mistake(
    tmp_path: Path,
) -> None:
    garden_site(tmp_path)
    (problem,) = read_and_check(tmp_path).problems
    assert (problem.code, problem.severity.value) == ("older-version", "warning")
    assert problem.message == "this is read by version 2026.1 of garden-rules; version 2027.1 is there too"
    assert problem.hint == "lcsite migrate willow/2026-garden-rules --dry-run shows what carries over"


def test_only_the_latest_round_is_spoken_of(tmp_path: Path) -> None:
    site = garden_site(tmp_path)
    answers = {"gardens-1": "4"}
    site.assessment("willow", FRAMEWORK, answers, year=2027, framework=f"{FRAMEWORK}@2027.1")
    assert as_text(read_and_check(tmp_path).problems) == ""


def test_answers_to_a_version_that_is_not_kept_are_a_mistake_that_names_what_is_kept(tmp_path: Path) -> None:
    site = garden_site(tmp_path)
    site.assessment("willow", FRAMEWORK, ANSWERS, framework=f"{FRAMEWORK}@2025.3")
    (problem,) = [p for p in read_and_check(tmp_path).problems if p.code == "framework-version"]
    assert problem.message == "version 2025.3 of garden-rules is not kept here; there is 2027.1, 2026.1"


def test_a_mistake_in_an_older_version_is_found_in_its_own_file(tmp_path: Path) -> None:
    twice = framework_data(FRAMEWORK, (*GARDENS[:1], GARDENS[0]))
    assert ("duplicate-id", f"{FOLDER}/versions/2026.1.yml") in {p[:2] for p in found(tmp_path, older=twice)}


@pytest.mark.parametrize("name", ["2026.2", "2025.1"])
def test_the_name_of_a_kept_file_is_the_version_in_it(tmp_path: Path, name: str) -> None:
    assert ("version-file", f"{FOLDER}/framework.yml", 1) in found(tmp_path, name=name)


def test_a_kept_version_is_older_than_the_one_shown_and_versions_are_numbers(tmp_path: Path) -> None:
    ninth = {**NEWER, "version": "2027.9", "history": history(version="2027.9")}
    tenth = framework_data(
        FRAMEWORK, GARDENS, version="2027.10",
        history=[{"version": "2027.10", "date": "2027-10-01", "changes": ["Later."]}],
    )  # fmt: skip
    assert "version-file" in {p[0] for p in found(tmp_path, older=tenth, newer=ninth, name="2027.10")}


def test_an_entry_that_got_lost_between_two_versions_is_named(tmp_path: Path) -> None:
    garden_site(tmp_path).write(f"{FOLDER}/framework.yml", as_yaml({**NEWER, "history": history(dropped={})}))
    (problem,) = [p for p in read_and_check(tmp_path).problems if p.code == "version-gap"]
    assert problem.message == "version 2026.1 has entries of which nothing is said here: paths-2"


def test_a_new_name_leads_to_an_entry_that_is_there(tmp_path: Path) -> None:
    renamed = {"gardens-2": "beds-7", "kitchens": "cooking"}
    assert ("unknown-reference", f"{FOLDER}/framework.yml") in {
        p[:2] for p in found(tmp_path, newer={**NEWER, "history": history(renamed=renamed)})
    }


def test_an_entry_that_is_said_to_be_gone_and_is_there_is_a_mistake(tmp_path: Path) -> None:
    dropped = {**NEWER["history"][1]["dropped"], "gardens-1": "Too long."}
    assert "version-gap" in {p[0] for p in found(tmp_path, newer={**NEWER, "history": history(dropped=dropped)})}


def test_another_scale_under_the_same_meaning_is_a_mistake_and_another_wording_a_warning(tmp_path: Path) -> None:
    tree = [*NEWER["tree"]]
    outside = {**tree[0]}
    gardens, paths = outside["children"]
    first = {**gardens["children"][0], "title": "Worded in another way"}
    path = {key: value for key, value in paths["children"][0].items() if key != "meaning_version"}
    outside["children"] = [
        {**gardens, "children": [first, gardens["children"][1]]}, {**paths, "children": [path]},
    ]  # fmt: skip
    garden_site(tmp_path).write(
        f"{FOLDER}/framework.yml", as_yaml({**NEWER, "tree": [outside, tree[1]], "scales": [STEPS, SHORT]})
    )
    read = [p for p in read_and_check(tmp_path).problems if p.code == "meaning-changed"]
    assert [(p.severity.value, p.message) for p in read] == [
        ("warning", '"gardens-1" is worded otherwise than in version 2026.1'),
        ("error", '"paths-1" means something else than in version 2026.1: another scale'),
    ]


def test_references_to_older_ids_are_read_by_their_new_names_and_said(tmp_path: Path) -> None:
    site = garden_site(tmp_path)
    site.practice("soup", "Soup", supports=[f"{FRAMEWORK}/kitchens", f"{FRAMEWORK}/paths-2", f"{FRAMEWORK}/gardens"])
    read = read_and_check(tmp_path)
    said = [(p.location.line, p.message) for p in read.problems if p.code == "older-id"]
    assert [message for _, message in said] == [
        '"garden-rules/kitchens" is called "garden-rules/cooking" since a newer version of garden-rules',
        '"garden-rules/paths-2" is gone in version 2027.1 of garden-rules: Nobody could tell it from paths-1.',
    ]
    assert read.problems.errors == 0
    assert read.portfolio is not None
    assert read.portfolio.practices["soup"].supports == ("garden-rules/cooking", "garden-rules/gardens")


def test_what_was_carried_over_names_an_older_file_of_the_same_round_that_is_there(tmp_path: Path) -> None:
    site = garden_site(tmp_path)
    newer = {"framework": f"{FRAMEWORK}@2027.1", "as_of": "2026-06-30", "by": {"kind": "self", "who": "Nine"}}
    path = "cities/willow/assessments/2026-garden-rules-v2027-1.yml"
    site.write(path, as_yaml({**newer, "carried_from": "2026-garden-rules", "answers": {"gardens-1": "3"}}))
    assert as_text(read_and_check(tmp_path).problems) == ""
    site.write(path, as_yaml({**newer, "carried_from": "2025-garden-rules", "answers": {"gardens-1": "3"}}))
    assert {p[0] for p in codes(read_and_check(tmp_path))} == {"unknown-reference", "duplicate-assessment"}
    site.write(path, as_yaml({**newer, "carried_from": "2026-garden-rules-v2027-1", "answers": {"gardens-1": "3"}}))
    assert "carried-over" in {p[0] for p in codes(read_and_check(tmp_path))}
