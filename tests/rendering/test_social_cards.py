"""The pictures of shared links: one for each kind of page, the same everywhere, only where there is an address."""

from __future__ import annotations

import re
import struct
from importlib.resources import files
from pathlib import Path

import pytest
import resvg_py

from lcsite.mkdocs_plugin.engine import render_site
from lcsite.model.portfolio import Portfolio
from lcsite.pages.page import Page
from lcsite.pipeline import Plan, plan_site, read_and_check
from lcsite.rendering.social_cards import CARD_NAMES, COVERED, card_name, card_words, draw_card
from tests.builders import framework, garden_site, place, portfolio, practice

ADDRESS = "https://gardens.example.org/open/"


def planned(**words: str) -> Plan:
    made: Portfolio = portfolio(
        frameworks=[framework()],
        places=[place("alder", "Alder"), place("birch", "Birch", demonstration=True)],
        practices=[practice("talks", "Talks")],
        **words,
    )
    return plan_site(made)


def cards(plan: Plan) -> list[str]:
    return [file.address for file in plan.site.downloads if file.address.startswith("assets/cards/")]


def test_a_site_without_an_address_has_no_cards_because_a_card_has_to_be_named_in_full() -> None:
    assert cards(planned()) == []


def test_a_site_with_an_address_has_a_card_for_each_kind_of_page_that_it_has() -> None:
    assert cards(planned(url=ADDRESS)) == [
        f"assets/cards/{name}.png" for name in ("criterion", "place", "place-invented", "practice", "site", "tool")
    ]


def test_every_kind_of_page_is_shared_with_a_card_that_can_be_drawn() -> None:
    folder = files("lcsite.rendering") / "templates" / "pages"
    kinds = [file.name.removesuffix(".html") for file in folder.iterdir() if not file.name.startswith("_")]
    assert len(kinds) > 15
    for kind in kinds:
        assert card_name(Page("x/", kind, "X", "X", dict)) in CARD_NAMES
        assert card_name(Page("x/", kind, "X", "X", dict, demonstration=True)) in CARD_NAMES


def test_a_card_is_a_picture_of_the_size_that_is_promised_and_the_same_each_time() -> None:
    first, second = planned(url=ADDRESS), planned(url=ADDRESS)
    drawn = draw_card("place", first.portfolio.site, first.renderer)
    assert drawn.startswith(b"\x89PNG\r\n")
    assert struct.unpack(">II", drawn[16:24]) == (1200, 630)
    assert drawn == draw_card("place", second.portfolio.site, second.renderer)
    assert len(drawn) < 150_000


def test_the_card_of_an_invented_place_says_so_in_the_picture_and_in_words() -> None:
    plan = planned(url=ADDRESS)
    own = plan.portfolio.site
    assert draw_card("place-invented", own, plan.renderer) != draw_card("place", own, plan.renderer)
    assert card_words("place-invented", own, plan.renderer).alternative.startswith("invented: ")


def test_letters_that_the_font_lacks_are_left_out_and_the_picture_stands_without_them() -> None:
    drawn = set()
    for title in ("学ぶ町", "みんなの町"):
        plan = planned(url=ADDRESS, title=title, tagline=title)
        drawn.add(draw_card("site", plan.portfolio.site, plan.renderer))
    assert len(drawn) == 1


def test_the_font_of_the_cards_has_the_letters_that_it_is_said_to_have() -> None:
    font = str(Path(str(files("lcsite.rendering"))) / "fonts" / "card-letters.ttf")

    def drawn(letter: str) -> bytes:
        drawing = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><text y="22" font-size="20" '
            f'font-family="Card Letters">{letter}</text></svg>'
        )
        return bytes(resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, font_files=[font]))

    nothing = drawn(" ")
    seen = [chr(last) for _, last in COVERED]
    assert [letter for letter in seen if drawn(letter) == nothing] == []
    assert drawn("学") == nothing


@pytest.mark.parametrize("address", [ADDRESS, ""])
def test_pages_name_their_card_in_full_or_not_at_all(tmp_path: Path, address: str) -> None:
    made = garden_site(tmp_path / "source", **({"url": address} if address else {}))
    made.place("alder", "Alder")
    read = read_and_check(made.root)
    assert read.portfolio is not None
    output = tmp_path / "site"
    output.mkdir()
    render_site(plan_site(read.portfolio), made.root / "mkdocs.yml", output)
    for page, name in (("index.html", "site"), ("cities/alder/index.html", "place"), ("404.html", "site")):
        told = dict(re.findall(r'<meta (?:property|name)="([a-z:_]+)" content="([^"]*)"', (output / page).read_text()))
        assert told["og:title"]
        assert told["og:description"] == told["description"]
        if not address:
            assert not {"og:image", "og:url", "twitter:card"} & set(told)
            continue
        assert told["og:image"] == f"{ADDRESS}assets/cards/{name}.png"
        assert told["og:image:alt"]
        assert told["twitter:card"] == "summary_large_image"
        assert (output / told["og:image"].removeprefix(ADDRESS)).read_bytes().startswith(b"\x89PNG")
