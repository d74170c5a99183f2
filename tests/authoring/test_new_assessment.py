"""The sheet of questions: every question of a framework that is about a place, as it is asked, none answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from lcsite.authoring.draft import Context, Refused
from lcsite.authoring.new_assessment import asks_of_a_place, draft_assessment
from lcsite.cli import run
from lcsite.model.assessment import NOT_ANSWERED
from lcsite.pipeline import read_and_check
from tests import builders
from tests.builders import criterion, indicator, node

YES_NO = {
    "id": "yes-no", "title": "Yes or no", "kind": "answers", "because": "A plan is no garden.",
    "steps": [{"value": "yes", "label": "It is there", "worth": "1"}, {"value": "no", "worth": "0"}],
}
TREE = (
    node("outside", "dimension",
         criterion("gardens",
                   indicator("gardens-1", scale="yes-no"),
                   indicator("gardens-2", asked_when={"indicator": "gardens-1", "answers": ["yes"]}),
                   indicator("gardens-3", open_line=True),
                   gist="Whether anything grows.", label="7"),
         criterion("diary", indicator("diary-1", subject="person"))),
    node("wishes", "dimension",
         criterion("hopes", indicator("hopes-1", construct="belief", may_not_apply="false")),
         criterion("club", indicator("club-1"), subject="organisation")),
)  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    made = builders.SiteFolder(tmp_path / "site")
    made.framework("garden-rules", TREE, scales=[builders.STEPS, YES_NO])
    made.place("alder", "Alder")
    return made.root


def new(site: Path, *more: str) -> int:
    return run(["new", "assessment", "alder", "garden-rules", "--who", "Nine", *more, "--folder", str(site)])


def sheet(site: Path, year: int = 2026) -> str:
    return (site / f"cities/alder/assessments/{year}-garden-rules.yml").read_text("utf-8")


def test_every_question_about_a_place_has_a_line_and_no_other_question_has(site: Path) -> None:
    assert new(site) == 0
    lines = [line.strip() for line in sheet(site).splitlines() if line.endswith(f": {NOT_ANSWERED}")]
    assert lines == [f"{id_}: {NOT_ANSWERED}" for id_ in ("gardens-1", "gardens-2", "gardens-3", "hopes-1")]
    assert "Diary" not in sheet(site)
    assert "club" not in sheet(site)


def test_each_question_stands_with_its_words_its_scale_and_its_conditions(site: Path) -> None:
    new(site)
    text = sheet(site)
    assert "  # Title of gardens-1\n  # > yes-no: yes or no\n  gardens-1: not answered yet\n" in text
    assert "  # > steps: 0 to 4; asked only if gardens-1 is answered: yes\n  gardens-2:" in text
    assert "  # > steps: 0 to 4; an open line, for what the others leave out\n  gardens-3:" in text
    assert "  # > steps: 0 to 4; applies to every place; a belief, shown and not scored\n  hopes-1:" in text


def test_questions_stand_below_their_dimension_and_criterion_and_scales_are_told_once(site: Path) -> None:
    new(site)
    text = sheet(site)
    assert text.index("# Title of outside") < text.index("# --- 7. Title of gardens: Whether anything grows.")
    assert text.count("# Scale steps, From nothing to usual: 0 to 4\n#   0: Nothing\n#   1: Words\n") == 1
    assert "#   yes: It is there\n" in text


def test_the_sheet_counts_as_if_nobody_had_said_anything(site: Path) -> None:
    new(site)
    portfolio = read_and_check(site).portfolio
    assert portfolio is not None
    assert portfolio.assessments[0].answers == {}


def test_an_answer_goes_in_the_place_of_not_answered_yet(site: Path) -> None:
    new(site)
    path = site / "cities/alder/assessments/2026-garden-rules.yml"
    path.write_text(sheet(site).replace(f"gardens-1: {NOT_ANSWERED}", "gardens-1: yes"), "utf-8")
    read = read_and_check(site)
    assert read.problems.errors == 0
    assert read.portfolio is not None
    assert {id_: answer.value for id_, answer in read.portfolio.assessments[0].answers.items()} == {"gardens-1": "yes"}


def test_the_next_round_shows_what_was_answered_in_the_last_one(site: Path) -> None:
    new(site, "--as-of", "2025-06-30")
    path = site / "cities/alder/assessments/2025-garden-rules.yml"
    answered = sheet(site, 2025).replace(f"gardens-1: {NOT_ANSWERED}", "gardens-1: yes")
    path.write_text(answered.replace(f"gardens-3: {NOT_ANSWERED}", 'gardens-3: {not applicable: "No soil."}'), "utf-8")
    assert new(site) == 0
    assert "# > yes-no: yes or no; in 2025: yes\n" in sheet(site)
    assert "in 2025: not applicable\n" in sheet(site)


def test_published_figures_are_named_where_they_count_in_place_of_an_answer(site: Path) -> None:
    header = "indicator,value,low,high,unit,period,scope,n,k,grade,derived,note,check,source_title,source_publisher,"
    row = "garden-rules/gardens-2,3,,,,2025,,,,,,,,Report,,,\n"
    (site / "cities/alder/observations.csv").write_text(f"{header}source_year,source_url\n{row}")
    assert new(site) == 0
    words = " ".join(sheet(site).replace("#", " ").split())
    assert "figures in observations.csv count as long as nothing is answered here gardens-2:" in words


def test_a_day_later_than_the_site_is_refused_with_the_way_out(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new(site, "--as-of", "2027-01-01") == 2
    assert "raise as_of in content/site.yml" in " ".join(capsys.readouterr().err.split())
    assert not (site / "cities/alder/assessments").exists()


def test_a_framework_that_asks_nothing_of_places_cannot_be_answered(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builders.SiteFolder(site).framework("areas", builders.AREAS)
    assert run(["new", "assessment", "alder", "areas", "--who", "Nine", "--folder", str(site)]) == 2
    assert "Allowed: garden-rules" in capsys.readouterr().err


def test_the_sheet_of_every_framework_of_the_package_fits_into_a_file_and_is_right() -> None:
    portal = Path(__file__).parents[2]
    portfolio = read_and_check(portal).portfolio
    assert portfolio is not None
    place = next(iter(portfolio.places))
    asked = [framework for framework in portfolio.frameworks.values() if asks_of_a_place(framework)]
    assert asked
    for framework in asked:
        values = {"place": place, "framework": framework.id, "who": "Nine", "by": "self", "as_of": "1999-12-31"}
        try:
            (file,) = draft_assessment(values, Context(portfolio.site.as_of, portfolio)).files
        except Refused:
            pytest.fail("no place has answers of 1999")
        found = read_and_check(portal, proposed={file.path: file.content})
        assert not [problem for problem in found.problems if problem.location.file == file.path]
        assert all(f"\n  {node_.id}: {NOT_ANSWERED}\n" in file.text for node_ in asks_of_a_place(framework))
