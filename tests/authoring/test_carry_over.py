"""`lcsite migrate`: what means the same is carried over, nothing is converted, and no answer is lost."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from lcsite.authoring.carry_over import Fate, carry_over, find_assessment
from lcsite.authoring.draft import Refused
from lcsite.cli import run
from lcsite.model.assessment import Assessment
from lcsite.model.portfolio import Portfolio
from lcsite.pages.names import Names
from lcsite.pages.readings import Readings
from lcsite.pipeline import read_and_check
from lcsite.problems import as_text
from lcsite.scoring.rounds import Rounds
from tests import recompute_scores
from tests.exporting.exported import written
from tests.versions import ANSWERS, FRAMEWORK, garden_site

OLD = "cities/willow/assessments/2026-garden-rules.yml"
NEW = "cities/willow/assessments/2026-garden-rules-v2027-1.yml"


def read(root: Path) -> Portfolio:
    found = read_and_check(root)
    assert found.problems.errors == 0, as_text(found.problems)
    assert found.portfolio is not None
    return found.portfolio


def migrated(root: Path) -> tuple[Assessment, Assessment]:
    """The old file and the new one, read back."""
    assert run(["migrate", "willow/2026-garden-rules", "--folder", str(root)]) == 0
    old, new = read(root).assessments
    return (old, new) if old.file_id == "2026-garden-rules" else (new, old)


def test_every_question_of_both_versions_has_one_fate(tmp_path: Path) -> None:
    garden_site(tmp_path)
    portfolio = read(tmp_path)
    _, fates = carry_over(portfolio.assessments[0], portfolio)
    assert {(each.fate, each.before, each.now) for each in fates} == {
        (Fate.SAME, "gardens-1", "gardens-1"), (Fate.SAME, "kitchens-1", "kitchens-1"),
        (Fate.SAME, "kitchens-2", "kitchens-2"), (Fate.RENAMED, "gardens-2", "beds-1"),
        (Fate.CHANGED, "paths-1", "paths-1"), (Fate.GONE, "paths-2", ""), (Fate.NEW, "", "cooking-3"),
    }  # fmt: skip


def test_what_means_the_same_is_carried_over_with_its_reasons_and_evidence(tmp_path: Path) -> None:
    garden_site(tmp_path)
    old, new = migrated(tmp_path)
    assert new.answers == {
        "gardens-1": old.answers["gardens-1"], "beds-1": old.answers["gardens-2"],
        "kitchens-1": old.answers["kitchens-1"], "kitchens-2": old.answers["kitchens-2"],
    }  # fmt: skip
    assert (new.as_of, new.by, new.carried_from) == (old.as_of, old.by, old.file_id)
    assert {key: example.example for key, example in new.examples.items()} == {"cooking": "Soup on Mondays."}


def test_the_old_file_stays_as_it_is_and_the_old_answer_stands_beside_a_changed_question(tmp_path: Path) -> None:
    garden_site(tmp_path)
    before = (tmp_path / OLD).read_bytes()
    migrated(tmp_path)
    assert (tmp_path / OLD).read_bytes() == before
    text = (tmp_path / NEW).read_text("utf-8")
    remark = "  # > version 2026.1 was answered: 4; not carried over: another scale\n"
    assert f"{remark}  paths-1: not answered yet\n" in text


def test_no_answer_is_lost_each_is_carried_over_or_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    garden_site(tmp_path)
    _, new = migrated(tmp_path)
    said = capsys.readouterr().out
    assert "4 of 6 answers carry over" in said
    for question in set(ANSWERS) - set(new.answers) - {"gardens-2"}:
        assert f"{question}: " in said
    assert 'gardens-2 is now beds-1: Title of gardens-2. You answered "2".' in said
    assert 'paths-2: Nobody could tell it from paths-1. You answered "1".' in said


def test_a_dry_run_shows_the_file_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    garden_site(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert run(["migrate", OLD, "--folder", str(tmp_path), "--dry-run"]) == 0
    assert "    carried_from: 2026-garden-rules\n" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("willow", "does not say which assessment"),
        ("wilow/2026-garden-rules", 'did you mean "willow"?'),
        ("willow/2025-garden-rules", "there is 2026-garden-rules"),
        ("../../willow/assessments/../2026", "there is no place"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(tmp_path: Path, name: str, told: str) -> None:
    garden_site(tmp_path)
    with pytest.raises(Refused) as refused:
        find_assessment(name, read(tmp_path))
    assert told in str(refused.value)


def test_nothing_is_carried_over_twice_or_where_nothing_is_newer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    garden_site(tmp_path / "newer")
    migrated(tmp_path / "newer")
    assert run(["migrate", "willow/2026-garden-rules", "--folder", str(tmp_path / "newer")]) == 2
    assert "was carried over already" in capsys.readouterr().err
    assert run(["migrate", "willow/2026-garden-rules-v2027-1", "--folder", str(tmp_path / "newer")]) == 2
    garden_site(tmp_path / "older", newer=False)
    assert run(["migrate", "willow/2026-garden-rules", "--folder", str(tmp_path / "older")]) == 2
    assert "answers version 2026.1 already" in capsys.readouterr().err


# What becomes of scores


def test_a_newer_version_changes_no_score_of_answers_to_the_older_one(tmp_path: Path) -> None:
    garden_site(tmp_path / "older", newer=False)
    garden_site(tmp_path / "newer")
    cards = []
    for name in ("older", "newer"):
        portfolio = read(tmp_path / name)
        ((_, card),) = Readings(portfolio, Names(portfolio)).all()
        cards.append(card)
    assert repr(cards[0]) == repr(cards[1])  # to the last value of the last node
    assert cards[1].framework_version == "2026.1"


def test_carried_over_answers_are_the_same_round_read_by_the_newer_version(tmp_path: Path) -> None:
    garden_site(tmp_path)
    migrated(tmp_path)
    portfolio = read(tmp_path)
    ((_, card),) = Readings(portfolio, Names(portfolio)).rounds("willow", FRAMEWORK)
    assert card.framework_version == "2027.1"
    assert card.practice is not None
    gardens = card.practice.nodes["gardens"]
    assert gardens.estimate is not None
    assert (gardens.estimate.numerator, gardens.estimate.denominator) == (5, 8)  # 3/4 and 2/4


def test_rounds_of_two_versions_are_compared_on_what_means_the_same(tmp_path: Path) -> None:
    site = garden_site(tmp_path)
    later = {"gardens-1": "4", "beds-1": "4", "paths-1": "1"}
    site.assessment("willow", FRAMEWORK, later, year=2027, framework=f"{FRAMEWORK}@2027.1")
    portfolio = read(tmp_path)
    change = Readings(portfolio, Names(portfolio)).change("willow", FRAMEWORK)
    assert isinstance(change, Rounds)
    (nodes,) = change.nodes.values()
    assert list(nodes["outside"].compared) == ["gardens-1", "beds-1"]  # paths-1 has another scale
    assert nodes["outside"].like_for_like == Fraction(3, 8)  # from 3 to 4 and, once called gardens-2, from 2 to 4


def test_every_published_score_of_either_version_can_be_recomputed(tmp_path: Path) -> None:
    site = garden_site(tmp_path / "site")
    site.place("ash", "Ash")
    site.assessment("ash", FRAMEWORK, {"beds-1": "4", "paths-1": "1"}, framework=f"{FRAMEWORK}@2027.1")
    folder = written(read(tmp_path / "site"), tmp_path / "data")
    assert {path.name for path in (folder / "frameworks").iterdir()} == {
        "garden-rules.json", "garden-rules-2026.1.json",
    }  # fmt: skip
    compared, differences = recompute_scores.compare(folder)
    assert differences == []
    assert compared > 8
