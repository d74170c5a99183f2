"""Cards that were drawn ahead are the cards of the site, and no site waits for them or misses one."""

from __future__ import annotations

import os

import pytest

from lcsite.building.cards_ahead import CardsAhead
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pipeline import plan_site
from lcsite.rendering.social_cards import USUAL
from tests.builders import framework, place, portfolio, practice

ADDRESS = "https://gardens.example.org/"


def town(**words: str) -> Portfolio:
    return portfolio(
        frameworks=[framework()],
        places=[place("alder", "Alder"), place("birch", "Birch", demonstration=True)],
        practices=[practice("talks", "Talks")],
        **words,
    )


def pictures(made: Portfolio, ahead: CardsAhead | None = None) -> dict[str, bytes]:
    plan = plan_site(made, drawn=ahead.card) if ahead is not None else plan_site(made)
    return {d.address: d.content() for d in plan.site.downloads if d.address.startswith("assets/cards/")}


@pytest.mark.parametrize("processes", [1, 2])
def test_a_site_has_the_same_cards_whoever_has_drawn_them(processes: int) -> None:
    made = town(url=ADDRESS)
    with CardsAhead(processes=processes) as ahead:
        ahead.begin(made)
        assert pictures(made, ahead) == pictures(made)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is drawn ahead where processes are not copied")
def test_the_usual_cards_are_taken_as_they_were_drawn_and_rarer_ones_are_drawn_when_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = town(url=ADDRESS)
    with CardsAhead(processes=2) as ahead:
        ahead.begin(made)
        monkeypatch.setattr("lcsite.rendering.social_cards.draw_card", lambda name, *_: name.encode())
        found = pictures(made, ahead)
    usual = {addresses.card(name) for name in USUAL}
    assert {address for address, content in found.items() if content.startswith(b"\x89PNG")} == usual & found.keys()
    assert {found[address] for address in found.keys() - usual} == {b"place-invented"}


def test_a_site_without_an_address_has_none_drawn() -> None:
    with CardsAhead(processes=2) as ahead:
        ahead.begin(town())
        assert ahead.card("site") is None
