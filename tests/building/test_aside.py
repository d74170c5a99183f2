"""What a copy does aside is what would be done without one: the same cards, and all that was read put down."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from lcsite.building.aside import Aside
from lcsite.building.built import LastBuild
from lcsite.building.ground import Ground
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pipeline import plan_site
from lcsite.problems import Location, Problem
from lcsite.reading.origins import Origins
from lcsite.rendering.social_cards import USUAL
from tests.builders import framework, place, portfolio, practice

ADDRESS = "https://gardens.example.org/"
copies = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is done aside where processes are not copied")


@pytest.fixture(autouse=True)
def _no_other_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another test may have left a thread that has not ended yet, and then no copy would be made."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def town(**words: str) -> Portfolio:
    return portfolio(
        frameworks=[framework()],
        places=[place("alder", "Alder"), place("birch", "Birch", demonstration=True)],
        practices=[practice("talks", "Talks")],
        **words,
    )


class Shelf:
    """Stands for the memory of builds: a file that a copy of this process can write to."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def put_down(self, key: bytes, ground: Ground) -> None:
        spoken_of = " ".join(sorted(ground.spoken_of))
        self.file.write_text(f"{key.decode()}: {len(ground.portfolio.places)} {dict(ground.targets)} {spoken_of}")

    def as_memory(self) -> LastBuild:
        return self  # type: ignore[return-value]


def pictures(made: Portfolio, aside: Aside | None = None) -> dict[str, bytes]:
    plan = plan_site(made, drawn=aside.card) if aside is not None else plan_site(made)
    return {d.address: d.content() for d in plan.site.downloads if d.address.startswith("assets/cards/")}


@pytest.mark.parametrize("processes", [1, 2])
def test_a_site_has_the_same_cards_whoever_has_drawn_them(processes: int) -> None:
    made = town(url=ADDRESS)
    with Aside(None, processes=processes) as aside:
        aside.begin(made, Origins({}))
        assert pictures(made, aside) == pictures(made)


@copies
def test_the_usual_cards_are_taken_as_they_were_drawn_and_rarer_ones_are_drawn_when_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = town(url=ADDRESS)
    with Aside(None, processes=2) as aside:
        aside.begin(made, Origins({}))
        monkeypatch.setattr("lcsite.rendering.social_cards.draw_card", lambda name, *_: name.encode())
        found = pictures(made, aside)
    usual = {addresses.card(name) for name in USUAL}
    assert {address for address, content in found.items() if content.startswith(b"\x89PNG")} == usual & found.keys()
    assert {found[address] for address in found.keys() - usual} == {b"place-invented"}


@copies
def test_what_was_read_is_put_down_with_what_turned_out_later(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    with Aside(shelf.as_memory(), processes=2) as aside:
        aside.begin(town(), Origins({}))
        problem = Problem("broken-link", Location("content/about.md"), "there is no page")
        assert aside.put_down(b"key", [problem], {"content/about.md": "about/"})
        aside.finish()
    assert shelf.file.read_text() == "key: 2 {'content/about.md': 'about/'} content/about.md"


@copies
def test_a_build_that_stops_before_it_has_planned_puts_nothing_down_and_waits_for_nobody(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    with Aside(shelf.as_memory(), processes=2) as aside:
        aside.begin(town(), Origins({}))
    assert not shelf.file.exists()


@copies
def test_cards_are_drawn_here_where_the_copy_has_failed(tmp_path: Path) -> None:
    made = town(url=ADDRESS)
    nowhere = Shelf(tmp_path / "missing" / "shelf")
    with Aside(nowhere.as_memory(), processes=2) as aside:
        aside.begin(made, Origins({}))
        assert aside.put_down(b"key", [], {})
        assert pictures(made, aside) == pictures(made)


def test_nothing_is_done_aside_by_one_process() -> None:
    with Aside(None, processes=1) as aside:
        aside.begin(town(url=ADDRESS), Origins({}))
        assert not aside.put_down(b"key", [], {})
        assert aside.card("site") is None
