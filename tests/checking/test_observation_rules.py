from __future__ import annotations

from typing import Any

from tests.builders import criterion, framework, indicator, node, observation, place, portfolio
from tests.checking.spots import found

PERCENT = {"unit": "percent", "direction": "higher-is-better"}
STEPS = {"id": "steps", "title": "Steps", "kind": "ordinal", "best": "4",
    "steps": [{"value": str(n)} for n in range(5)]}
FIGURES = framework("figures", [
    criterion("1", node("1.1", "group", indicator("1.1.1", scale="number", measure=PERCENT)),
              indicator("1.2", scale="share", measure=PERCENT), indicator("1.3", scale="steps")),
], scales=[STEPS, {"id": "number", "title": "n", "kind": "number"}, {"id": "share", "title": "s", "kind": "share"}],
    construct="outcome", scale=None)


def rows(*figures: dict[str, Any]) -> list[str]:
    made = tuple(observation(**{"indicator_ref": figure.pop("indicator"), **figure}) for figure in figures)
    lines = found(portfolio(frameworks=[FIGURES], places=[place("alder")], observations={"alder": made}))
    return [line.removeprefix("observations alder ") for line in lines]


def test_figures_bands_and_counts_are_fine() -> None:
    assert rows(
        {"indicator": "figures/1.1.1", "value": "31", "unit": "percent", "period": "2022"},
        {"indicator": "figures/1.1.1", "low": "15", "period": "2021/22", "scope": "the county"},
        {"indicator": "figures/1.1.1", "low": "15", "high": "20", "period": "2020"},
        {"indicator": "figures/1.2", "k": "248", "n": "400"},
        {"indicator": "figures/1.3", "value": "3"},
    ) == []


def test_a_figure_belongs_to_an_indicator() -> None:
    assert rows(
        {"indicator": "figures/1.1", "value": "1"}, {"indicator": "figures/1.1.2", "value": "1"},
        {"indicator": "figure/1.1.1", "value": "1"},
    ) == [
        '0 indicator: "1.1" is a group, and figures belong to indicators | below it stand: 1.1.1',
        '1 indicator: figures has no indicator "1.1.2" | did you mean "figures/1.1.1"?',
        '2 indicator: this site shows no framework "figure" | did you mean "figures"?',
    ]


def test_a_figure_fits_the_scale_of_its_indicator() -> None:
    lines = rows({"indicator": "figures/1.3", "value": "7"}, {"indicator": "figures/1.2", "value": "130"},
                 {"indicator": "figures/1.1.1", "k": "3", "n": "9"})
    assert [line.partition(":")[0] for line in lines] == ["0 value", "1 value", "2 k"]


def test_a_figure_is_in_the_unit_of_the_framework() -> None:
    assert rows({"indicator": "figures/1.1.1", "value": "310", "unit": "per thousand"}) == [
        ('0 unit: this figure is in "per thousand", and the framework counts in "percent" | '
        "convert it and say so in derived, or put it into the context of the place")
    ]


def test_there_is_one_figure_for_a_year_and_a_scope() -> None:
    lines = rows(
        {"indicator": "figures/1.1.1", "value": "1", "period": "2022"}, {"indicator": "figures/1.1.1", "value": "2",
            "period": "2021/22"},
        {"indicator": "figures/1.1.1", "value": "3", "period": "2022", "scope": "the county"},
        {"indicator": "figures/1.1.1", "value": "4"}, {"indicator": "figures/1.1.1", "value": "5"},
    )
    assert [line.partition(" | ")[0] for line in lines] == [
        "1 period: there is another figure for figures/1.1.1 and 2022 above"
    ]


def test_no_figure_is_later_than_the_site() -> None:
    assert [line.partition(" | ")[0] for line in rows({"indicator": "figures/1.1.1", "value": "1",
        "period": "2027"})] == [
        "0 period: a figure of 2027, and the site speaks up to 2026-11-22"
    ]
