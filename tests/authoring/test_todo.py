"""The list of open questions: the widest swing first, each with the line where to answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lcsite.authoring.draft import Refused
from lcsite.authoring.todo import FrameworkTodo, todo_of
from lcsite.cli import run
from lcsite.pipeline import read_and_check
from tests import builders
from tests.builders import criterion, indicator, node

TREE = (
    node("outside", "dimension",
         criterion("gardens", indicator("gardens-1"), indicator("gardens-2"), indicator("gardens-3"),
                   indicator("gardens-4"), indicator("gardens-5")),
         criterion("paths", indicator("paths-1"), indicator("paths-2"))),
    node("wishes", "dimension", criterion("hopes", indicator("hopes-1", construct="belief"))),
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> builders.SiteFolder:
    made = builders.SiteFolder(tmp_path / "site")
    made.framework("garden-rules", TREE)
    made.framework("areas", builders.AREAS)
    made.place("alder", "Alder")
    made.assessment("alder", "garden-rules", {
        "gardens-1": "1", "gardens-2": "don't know", "gardens-3": "4", "gardens-4": "2", "gardens-5": "2",
        "paths-1": "not answered yet", "paths-2": "3",
    })  # fmt: skip
    return made


def todo(made: builders.SiteFolder, place: str = "alder", framework: str | None = None) -> tuple[FrameworkTodo, ...]:
    read = read_and_check(made.root)
    assert read.portfolio is not None
    assert read.problems.errors == 0
    return todo_of(read.portfolio, read.origins, place, framework)


def test_criteria_that_leave_more_of_their_area_open_come_first(site: builders.SiteFolder) -> None:
    """By hand: an area of two criteria; one of two answers open is 1/2 x 1/2, one of five is 1/2 x 1/5."""
    (found,) = todo(site)
    assert [(c.criterion, c.points_of_area) for c in found.criteria] == [("paths", 25.0), ("gardens", 10.0)]
    assert [c.area for c in found.criteria] == ["Title of outside"] * 2
    assert [(i.indicator, i.points_of_criterion, i.points_of_area) for c in found.criteria for i in c.items] == [
        ("paths-1", 50.0, 25.0), ("gardens-2", 20.0, 10.0),
    ]


def test_the_weight_of_a_question_widens_its_swing(site: builders.SiteFolder) -> None:
    """By hand: weights 2, 1 and 1, all open, are 1/2, 1/4 and 1/4 of the criterion."""
    heavy = {"value": "2", "because": "It counts twice."}
    site.framework("heavy", (node("all", "dimension", criterion(
        "beds", indicator("beds-1"), indicator("beds-2", weight=heavy), indicator("beds-3"))),))
    site.assessment("alder", "heavy", {})
    (found,) = todo(site, framework="heavy")
    (beds,) = found.criteria
    assert [(i.indicator, i.points_of_criterion) for i in beds.items] == [
        ("beds-2", 50.0), ("beds-1", 25.0), ("beds-3", 25.0),
    ]


def test_each_question_says_why_it_is_open_and_where_to_answer(site: builders.SiteFolder) -> None:
    (found,) = todo(site)
    path = "cities/alder/assessments/2026-garden-rules.yml"
    lines = (site.root / path).read_text("utf-8").splitlines()
    items = {item.indicator: item for criterion_ in found.criteria for item in criterion_.items}
    assert {id_: item.reason for id_, item in items.items()} == {
        "gardens-2": "don't know", "paths-1": "not answered yet",
    }
    for id_, item in items.items():
        assert item.file == path
        assert lines[item.line - 1].strip().startswith(f"{id_}:")


def test_a_question_without_a_line_leads_to_the_answers(site: builders.SiteFolder) -> None:
    site.assessment("alder", "garden-rules", {"gardens-1": "1"})
    (found,) = todo(site)
    text = (site.root / found.file).read_text("utf-8")
    where = {item.line for criterion_ in found.criteria for item in criterion_.items}
    assert where == {text[: text.index("gardens-1")].count("\n") + 1}


def test_a_figure_that_is_too_old_leads_to_its_row(site: builders.SiteFolder) -> None:
    site.observations("alder", {"indicator": "garden-rules/paths-1", "value": "2", "period": "2011"})
    (found,) = todo(site)
    (item,) = found.criteria[0].items
    assert (item.reason, item.file, item.line) == ("the figure is too old", "cities/alder/observations.csv", 2)


def test_what_narrows_no_range_is_counted_and_not_listed(site: builders.SiteFolder) -> None:
    (found,) = todo(site)
    assert (found.questions, found.open, found.not_in_the_picture) == (8, 3, 1)


def test_a_framework_without_an_answer_says_how_to_begin_and_one_that_asks_nothing_is_left_out(
    site: builders.SiteFolder,
) -> None:
    site.framework("newer", TREE)
    found = {each.framework: each for each in todo(site)}
    assert set(found) == {"garden-rules", "newer"}
    assert found["newer"].begin == "lcsite new assessment alder newer"
    assert found["newer"].criteria == ()


def test_figures_without_answers_are_read_and_answers_are_asked_for(site: builders.SiteFolder) -> None:
    site.place("birch", "Birch")
    site.observations("birch", {"indicator": "garden-rules/paths-1", "value": "2", "period": "2025"})
    (found,) = todo(site, "birch")
    assert found.begin == "lcsite new assessment birch garden-rules"
    assert "paths-1" not in {item.indicator for criterion_ in found.criteria for item in criterion_.items}
    assert found.open == 7


def test_ids_that_are_not_there_are_refused_with_the_nearest(site: builders.SiteFolder) -> None:
    with pytest.raises(Refused, match='did you mean "alder"'):
        todo(site, "aldr")
    with pytest.raises(Refused, match="there are: garden-rules"):
        todo(site, "alder", "areas")


def test_the_command_prints_lines_that_editors_can_follow(
    site: builders.SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["todo", "alder", "--folder", str(site.root)]) == 0
    said = capsys.readouterr().out
    assert "3 of 8 questions are open\n" in said
    assert "Title of paths (paths), what is done: answers would narrow Title of outside by 25 points\n" in said
    assert "    cities/alder/assessments/2026-garden-rules.yml:" in said
    assert ": paths-1, 50 points (not answered yet)\n      Title of paths-1\n" in said


def test_the_list_for_programs_says_the_same(
    site: builders.SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["todo", "alder", "--format", "json", "--folder", str(site.root)]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["framework"] == "garden-rules"
    assert [criterion_["criterion"] for criterion_ in found["criteria"]] == ["paths", "gardens"]
    assert found["criteria"][0]["items"][0]["points_of_area"] == 25.0
