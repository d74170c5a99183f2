"""Scorecards are worked out when somebody asks, and none more often than it has to be."""

from __future__ import annotations

import pytest

from lcsite.model.portfolio import Portfolio
from lcsite.pages import readings as room
from lcsite.pages.names import Names
from lcsite.pages.readings import Readings
from lcsite.scoring.scorecard import score_assessment
from tests.builders import assessment, place
from tests.pages.gardens import changed

PLACES = tuple(f"place-{n:02}" for n in range(20))


def many() -> Portfolio:
    """Twenty places with three rounds each."""
    made = [
        assessment(id_, {"gardens-1": str(year % 3 + nth % 2)}, year=year)
        for nth, id_ in enumerate(PLACES) for year in (2022, 2023, 2024)
    ]
    return changed(places={id_: place(id_) for id_ in PLACES}, assessments=tuple(made), practices={}, observations={})


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The place of every scorecard that is worked out."""
    seen: list[str] = []
    score = score_assessment

    def see(framework, made, **others):  # type: ignore[no-untyped-def]
        seen.append(made.place)
        return score(framework, made, **others)

    monkeypatch.setattr(room, "score_assessment", see)
    return seen


def readings_of(portfolio: Portfolio) -> Readings:
    return Readings(portfolio, Names(portfolio))


def test_the_latest_round_is_worked_out_once_and_without_those_before_it(scored: list[str]) -> None:
    readings = readings_of(many())
    for _ in range(2):
        latest = [readings.latest(id_, "garden-rules") for id_ in PLACES]
        assert [found and found[1].as_of.year for found in latest] == [2024] * 20
    assert scored == [*PLACES]


def test_all_rounds_of_a_place_are_worked_out_once_while_one_stays_with_it(scored: list[str]) -> None:
    readings = readings_of(many())
    for id_ in PLACES:
        rounds = readings.rounds(id_, "garden-rules")
        assert readings.rounds(id_, "garden-rules") is rounds
        assert readings.latest(id_, "garden-rules") is rounds[-1]
        readings.change(id_, "garden-rules")
    assert len(scored) == 60


def test_a_place_that_one_comes_back_to_reads_as_before(scored: list[str]) -> None:
    readings = readings_of(many())

    def numbers() -> list[object]:
        return [
            (card.place, card.as_of, node.id, node.numbers)
            for id_ in PLACES for _, card in readings.rounds(id_, "garden-rules")
            for reading in card.readings for node in reading.nodes.values()
        ]

    before = numbers()
    assert numbers() == before
    assert len(before) > 60
    assert len(scored) > 60  # rounds were forgotten meanwhile


def test_of_places_that_were_shown_the_numbers_stay_at_hand_without_the_answers_behind_them(scored: list[str]) -> None:
    readings = readings_of(many())
    shown = {id_: readings.rounds(id_, "garden-rules")[-1][1] for id_ in PLACES}
    kept = {id_: readings.latest_numbers(id_, "garden-rules")[1] for id_ in PLACES}
    assert len(scored) == 60
    assert not kept["place-00"].items
    for id_, card in kept.items():
        for one, other in zip(shown[id_].readings, card.readings, strict=True):
            assert [(node.id, node.numbers, node.counts) for node in one.nodes.values()] == [
                (node.id, node.numbers, node.counts) for node in other.nodes.values()
            ]
    assert readings.latest("place-00", "garden-rules") == (readings.rounds("place-00", "garden-rules")[-1])
    assert readings.latest("place-00", "garden-rules")[1].items  # type: ignore[index]


def test_what_a_criterion_page_asks_of_all_places_needs_their_latest_rounds_alone(scored: list[str]) -> None:
    ((construct, states),) = readings_of(many()).states_of("garden-rules", "gardens")
    assert (construct, [state.place.id for state in states]) == ("practice", [*PLACES])
    assert scored == [*PLACES]
