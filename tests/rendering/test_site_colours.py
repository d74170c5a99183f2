"""Whatever colour a site chooses can be read, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lcsite.rendering.site_colours import GROUNDS, contrast, palettes

THEME = Path(__file__).parents[2] / "lcsite" / "theme"
TOKENS = (THEME / "css" / "tokens.css").read_text("utf-8")


@given(st.from_regex("#?[0-9a-fA-F]{6}", fullmatch=True))
def test_every_colour_becomes_one_that_can_be_read_on_every_ground(colour: str) -> None:
    for palette, colours in palettes(colour).items():
        assert all(contrast(colours["strong"], ground) >= 4.5 for ground in GROUNDS[palette])
        assert contrast(colours["strong"], colours["tint"]) >= 3


def test_a_colour_that_can_be_read_stays_as_it_was_chosen() -> None:
    assert palettes("12436D")["light"]["strong"] == "#12436d"
    assert palettes("#8dbdeb")["dark"]["strong"] == "#8dbdeb"


def test_a_site_without_a_colour_keeps_that_of_the_program() -> None:
    assert palettes(None) == {}


def test_contrast_is_counted_as_the_guideline_does() -> None:
    """By hand: black on white is 1.05 / 0.05; the grey #767676 is the lightest that passes on white."""
    assert contrast("#000000", "#ffffff") == 21
    assert 4.5 <= contrast("#767676", "#ffffff") < 4.6
    assert contrast("#777777", "#ffffff") < 4.5


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    for palette, selector in (("light", '"default"'), ("dark", '"slate"')):
        block = TOKENS[TOKENS.index(selector) :]
        tokens = dict(re.findall(r"--lc-(paper|sand|none): (#[0-9a-f]{6});", block[: block.index("}")]))
        assert set(tokens.values()) == set(GROUNDS[palette])
