from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from lcsite.exporting.explain import Explanation, NothingToExplain, explain, whereabouts
from lcsite.exporting.explain_text import explanation_json, explanation_text
from lcsite.exporting.rules_in_words import in_figures
from lcsite.model.portfolio import Portfolio
from lcsite.pages.names import Names
from lcsite.pages.readings import Readings
from lcsite.reading.portfolio_reader import read_portfolio
from tests.builders import GARDENS, assessment, framework, garden_site, observation, place, portfolio
from tests.exporting.random_portals import SCALES, TREE
from tests.pages.gardens import gardens


def explained(place: str, framework: str, node: str | None = None, *, of: Portfolio | None = None) -> Explanation:
    of = of or gardens()
    return explain(of, Readings(of, Names(of)), place, framework, node)


def everything(**answers: object) -> Portfolio:
    return portfolio(
        frameworks=[framework("everything", TREE, scales=SCALES)], places=[place("alder")],
        assessments=[assessment("alder", answers, framework_id="everything")],
        observations={"alder": (observation("everything/more", value="35", period="2025"),)},
    )


def test_the_products_of_a_node_sum_to_its_known_sum_and_the_estimate_is_that_over_the_known_share() -> None:
    (reading,) = explained("alder", "garden-rules", "outside").readings
    node = reading.node
    answers = [answer for found in node.walk() for answer in found.answers]
    assert [answer.id for answer in answers] == ["gardens-1", "gardens-2", "paths-1", "paths-2"]
    assert [answer.weight for answer in answers] == [Fraction(1, 4)] * 4
    # 1, 0, 4 and 3 of 4
    assert [answer.product for answer in answers] == [Fraction(1, 16), 0, Fraction(1, 4), Fraction(3, 16)]
    assert (node.known, node.coverage, node.estimate) == (Fraction(1, 2), 1, Fraction(1, 2))
    assert (node.shown, node.shown_point) == ("point", 50)
    assert reading.lowest == ("gardens",)


def test_the_text_shows_each_answer_with_its_rule_weight_product_and_source() -> None:
    text = explanation_text(explained("alder", "garden-rules", "gardens"))
    assert "Alder: Rules for gardens, version 2026.1" in text
    assert "answer: 1, 2026, grade 2 (public-document)" in text
    assert 'worth 1/4 = 0.25: "1" is 1 of 4 steps up from the other end than the best on the scale "steps"' in text
    assert "weight 1/2 = 0.5, product 1/8 = 0.125" in text
    assert "source: Audit. https://example.org/audit" in text
    assert "estimate       1/8 ÷ 1 = 1/8 = 0.125" in text
    assert "shown          13 out of 100 (could be 12 to 13); 2 of 2 answered" in text
    assert "like for like  +12.5 points since the round before, over 2 answers given in both" in text


def test_what_is_unknown_is_told_with_what_finding_out_would_bring() -> None:
    text = explanation_text(explained("birch", "garden-rules", "outside"))
    assert "answered with don't know: counts as unknown, from 0 to 1" in text
    assert "open           paths-1: finding out narrows the picture by 25 points" in text
    assert "50 to 100 out of 100, partly known; 2 of 4 answered" in text


def test_a_whole_framework_is_told_with_a_line_for_each_node() -> None:
    text = explanation_text(explained("elm", "garden-rules"))
    assert "Elm (invented, for demonstration)" in text
    assert "    gardens  Title of gardens: 50 to 100 out of 100" not in text
    assert "    gardens  Title of gardens: 25 to 75 out of 100, partly known; 1 of 2 answered" in text
    assert "lcsite explain elm garden-rules NODE" in text


@pytest.mark.parametrize(
    ("item", "written", "rule"),
    [
        ("up", "at least 2", 'from "2" to "4" on the scale "steps": 1/2 to 1, of which the least counts'),
        ("down", "2", '"2" is 2 of 3 steps up from the other end than the best'),
        ("told", "2", '"2" is worth 1/2 on the scale "declared", as declared'),
        ("is-there", "in plan", '"in plan" is worth 1/4 on the scale "yes-no", as declared'),
        ("band", "7", "band 7 of 10, from 3/5 to 7/10; the middle counts"),
        ("more", "35", "(35 - 20) / (80 - 20)"),
        ("more", "95", "95 lies beyond the goalposts 20 and 80"),
        ("more", "30 to 40", "a band between the goalposts 20 and 80"),
        ("less", "12", "(25 - 12) / (25 - 5)"),
        ("even", "30", "(30 - 0) / (50 - 0)"),
        ("even", "60", "(100 - 60) / (100 - 50)"),
        ("income", "3000", "(ln 3000 - ln 100) / (ln 75000 - ln 100)"),
        ("debt", "3", "1 - (ln 3 - ln 1) / (ln 90 - ln 1)"),
        ("lonely", "8 of 31", "because less is better; the range is the Wilson 95 % interval for 31 people"),
        ("pleased", "62", "as published, the number asked is not known"),
        ("unscored", "4", "the framework has no goalposts with a source: shown and left out"),
        ("essay", "Much.", "words are shown and not scored"),
        ("others", "don't know", "answered with don't know"),
    ],
)
def test_each_kind_of_scale_says_how_an_answer_came_to_be_worth_what_it_is(item: str, written: str, rule: str) -> None:
    answers = {"is-there": "yes", item: written}
    found = explained("alder", "everything", item, of=everything(**answers)).answer
    assert found is not None
    assert rule in found.rule


def test_an_indicator_that_no_scorecard_counts_is_explained_as_such() -> None:
    text = explanation_text(explained("alder", "everything", "belief", of=everything(belief="3")))
    assert "answer: 3" in text
    assert "This kind of question never feeds a scorecard." in text


def test_a_place_with_figures_alone_is_explained_from_its_figures() -> None:
    found = explained("cedar", "areas", "1.1")
    (reading,) = found.readings
    assert (found.assessment, reading.node.estimate) == (None, Fraction(17, 60))
    text = explanation_text(found)
    assert "Published figures alone, ages counted from 2026-11-22" in text
    assert "answer: 37 %, 2024" in text
    assert "(37 - 20) / (80 - 20)" in text


def test_json_has_the_whole_working_exact_and_as_decimals() -> None:
    found = json.loads(explanation_json(explained("alder", "garden-rules")))
    (outside, inside) = (reading["node"] for reading in found["readings"])
    assert (outside["estimate"], outside["estimate_decimal"]) == ("1/2", 0.5)
    assert outside["children"][0]["answers"][0]["answer"]["written"] == "1"
    assert inside["shown"] == "not-enough-known"


def test_every_answer_is_traced_to_its_file_and_line(tmp_path: Path) -> None:
    made = garden_site(tmp_path)
    made.framework("areas", GARDENS, order=20)
    made.observations("cedar", {"indicator": "areas/gardens-1", "value": "3", "period": "2025"})
    of, origins, _ = read_portfolio(tmp_path)
    assert of is not None
    readings = Readings(of, Names(of))
    found = explain(of, readings, "alder", "garden-rules", "gardens", where=whereabouts(origins))
    assert found.where == "cities/alder/assessments/2026-garden-rules.yml"
    (first, second) = found.readings[0].node.answers
    for answer in (first, second):
        file, line, _ = str(answer.where).split(":")
        assert answer.id in (tmp_path / file).read_text("utf-8").splitlines()[int(line) - 1]
        file, line, _ = str(answer.declared).split(":")
        assert f"id: {answer.id}" in (tmp_path / file).read_text("utf-8").splitlines()[int(line) - 1]
    figure = explain(of, readings, "cedar", "areas", "gardens-1", where=whereabouts(origins))
    assert figure.answer is not None
    assert figure.answer.where == "cities/cedar/observations.csv:2:1"


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        (("aldr", "garden-rules", None), 'there is no place "aldr"', 'did you mean "alder"?'),
        (("alder", "garden-rule", None), 'there is no framework "garden-rule"', 'did you mean "garden-rules"?'),
        (("alder", "garden-rules", "path"), 'there is no node in garden-rules "path"', 'did you mean "paths"?'),
        (("valley", "garden-rules", None), "valley has neither answers nor figures for garden-rules", ""),
    ],
)
def test_what_is_not_there_is_said_with_the_nearest_name(
    asked: tuple[str, str, str | None], message: str, hint: str
) -> None:
    with pytest.raises(NothingToExplain) as refused:
        explained(*asked)
    assert (refused.value.message, refused.value.hint) == (message, hint)


def test_an_earlier_round_can_be_explained_too() -> None:
    of = gardens()
    found = explain(of, Readings(of, Names(of)), "alder", "garden-rules", "gardens", assessment="2024-garden-rules")
    assert found.as_of.year == 2024
    assert found.readings[0].node.known == 0
    assert found.readings[0].like_for_like is None


def test_a_long_fraction_is_told_as_a_decimal() -> None:
    assert in_figures(Fraction(3, 4)) == "3/4 = 0.75"
    assert in_figures(Fraction(2, 3)) == "2/3, about 0.6667"
    assert in_figures(Fraction(1)) == "1"
    assert in_figures(Fraction(123456789, 987654321)) == "about 0.125"
