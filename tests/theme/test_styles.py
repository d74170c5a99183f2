"""The stylesheets: one place for colours, enough contrast in both palettes, no sides of the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.theme.sample_site import TEMPLATES, THEME

SHEETS = sorted((THEME / "css").glob("*.css"))
TOKENS = (THEME / "css" / "tokens.css").read_text(encoding="utf-8")
_BLOCKS = re.findall(r"^\s*([^\n{}]*)\{\n(\s*color-scheme.*?)\}", TOKENS, re.DOTALL | re.MULTILINE)


def palette(selector: str) -> dict[str, str]:
    block = next(body for name, body in _BLOCKS if selector in name)
    return dict(re.findall(r"--lc-([a-z0-9-]+): (#[0-9a-f]{6});", block))


LIGHT, DARK = palette('"default"'), palette('"slate"')


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#15222d", "#ffffff") == pytest.approx(16.2, abs=0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [
        ("ink", "paper", 4.5), ("ink", "sand", 4.5), ("ink-2", "paper", 4.5), ("ink-2", "sand", 4.5),
        ("ink-3", "paper", 4.5), ("link", "paper", 4.5), ("link", "sand", 4.5), ("link-hover", "paper", 4.5),
        ("on-known", "known", 4.5), ("mark", "paper", 4.5), ("practice", "sand", 4.5),
        ("known", "paper", 3), ("known", "sand", 3), ("known", "none", 3), ("pencil", "pencil-bg", 3),
        ("rule", "paper", 3), ("rule", "none", 3), ("mark", "none", 3), ("mark", "pencil-bg", 3),
        ("focus", "paper", 3), ("focus", "sand", 3), ("practice", "paper", 3), ("criterion", "paper", 3),
        ("tool", "paper", 3), ("place", "paper", 3),
    ],
)  # fmt: skip
def test_every_pair_of_colours_can_be_told_apart(
    colours: dict[str, str], front: str, ground: str, least: float
) -> None:
    assert contrast(colours[front], colours[ground]) >= least


def test_the_dark_palette_is_the_same_whether_chosen_or_asked_for_by_the_system() -> None:
    assert palette(":root:not(") == DARK
    assert LIGHT.keys() == DARK.keys()


ALONE = sorted(THEME.glob("assets/lcsite/*.css"))
"""Sheets that some pages load by themselves."""


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_colours_come_from_the_tokens(path: Path) -> None:
    if path.stem not in ("tokens", "print"):
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])|rgba?\(|hsla?\(", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_nothing_knows_left_from_right(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"[\s;{](?:(?:margin|padding|border)-)?(?:left|right)\s*:|text-align:\s*(?:left|right)", text)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_no_sheet_loads_anything(path: Path) -> None:
    assert not re.search(r"url\(|@import|@font-face", path.read_text(encoding="utf-8"))


def test_every_class_that_a_template_names_has_a_style() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in SHEETS + ALONE)
    styled = set(re.findall(r"\.(-?[a-zA-Z][a-zA-Z0-9_-]*)", sheets))
    named: set[str] = set()
    for path in [*TEMPLATES.rglob("*.html"), *THEME.rglob("*.html")]:
        for value in re.findall(r'class="([^"]*)"', re.sub(r"{%.*?%}|{{.*?}}", " ", path.read_text(encoding="utf-8"))):
            named |= {name for name in value.split() if "-" in name and not name.endswith("-")}
    assert named - styled == set()
