"""The picture that a shared link shows: one for each kind of page, drawn by the build with a font of its own.

A card says what kind of page it is and whose site; it holds no figure and no place, so nothing on it can grow old or
order anybody. The same words give the same bytes on every machine: no font of the machine is looked at. What the font
has no letters for is left out, and the picture stands without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType

import resvg_py

from lcsite.light_classes import dataclass
from lcsite.model.site import Site
from lcsite.pages import addresses
from lcsite.pages.page import Download, Page
from lcsite.rendering.renderer import Renderer
from lcsite.rendering.site_colours import palettes

__all__ = [
    "CARD_NAMES", "COVERED", "USUAL", "CardWords", "Drawn", "card_name", "card_words", "draw_card", "social_cards",
]

_FONT = Path(__file__).parent / "fonts" / "card-letters.ttf"
_INK = "#12436d"
_TINT = "#e9eff5"
_TEXT_WIDTH = 760
"""What the words may take; the sign of the kind stands beside them."""

COVERED: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1CD, 0x1DC),
    (0x1E6, 0x1EB), (0x1F8, 0x1F9), (0x200, 0x21B), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3CE),
    (0x400, 0x45F), (0x490, 0x491), (0x1E00, 0x1E9B), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9), (0x2010, 0x2010),
    (0x2012, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2039, 0x203A),
    (0x20AC, 0x20AC), (0x2212, 0x2212),
)  # fmt: skip
"""First and last of the runs of letters that the font draws: Latin, Greek and Cyrillic."""

_SUBJECTS: Mapping[str, str] = MappingProxyType({
    "place": "place",
    "place-list": "place",
    "scorecard": "place",
    "compare": "place",
    "practice": "practice",
    "practice-list": "practice",
    "toolbox": "practice",
    "criterion": "criterion",
    "criteria": "criterion",
    "framework": "criterion",
    "crosswalk": "criterion",
    "tool": "tool",
    "tool-list": "tool",
})
"""What the card of a kind of page is about; every other kind has the card of the site."""


USUAL = "site", *sorted(set(_SUBJECTS.values()))
"""The cards that nearly every site has."""
CARD_NAMES = tuple(subject + ending for subject in USUAL for ending in ("", "-invented"))
"""Every card there can be."""
Drawn = Callable[[str], bytes | None]
"""Gives a card that was drawn before, by its name."""


def _(text: str) -> str:
    """Marks a sentence for the catalogue; it is translated when the card is drawn."""
    return text


_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "place": (_("How people learn in a place"), _("What is known, what is not known yet, and who says so.")),
    "practice": (_("What was tried"), _("What was done so that people learn, how it went, and who says so.")),
    "criterion": (_("What one can ask of a place"), _("In plain words, with what was tried for it.")),
    "tool": (_("A tool to use as it stands"), _("To print, to change and to share.")),
})


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card says, in the reader's language."""

    heading: str
    sentence: str
    invented: str
    """The mark of an invented place, or nothing."""

    @property
    def alternative(self) -> str:
        """The same for those who do not see the card."""
        return " ".join(filter(None, (f"{self.invented}:" if self.invented else "", self.heading, self.sentence)))


def card_name(page: Page) -> str:
    """Which card a page is shared with, such as `place` or `place-invented`."""
    subject = _SUBJECTS.get(page.kind, "site")
    return f"{subject}-invented" if page.demonstration else subject


def card_words(name: str, site: Site, renderer: Renderer) -> CardWords:
    """The words of a card."""
    subject, _hyphen, invented = name.partition("-")
    say = renderer.translations.gettext
    heading, sentence = map(say, _WORDS[subject]) if subject in _WORDS else (site.tagline, site.title)
    return CardWords(heading, sentence, say("invented") if invented else "")


def draw_card(name: str, site: Site, renderer: Renderer) -> bytes:
    """The card as a PNG of 1200 by 630."""
    words = card_words(name, site, renderer)
    colours = palettes(site.colour).get("light", {"strong": _INK, "tint": _TINT})
    size, heading = _heading(words.heading)
    drawing = renderer.picture(
        "card",
        subject=name.partition("-")[0],
        site_title=site.title if _drawable(site.title) else "",
        own_logo=bool(site.logo),
        invented=words.invented if _drawable(words.invented) else "",
        heading=heading,
        size=size,
        sentence=_lines(words.sentence, 36) if _drawable(words.sentence) and words.sentence != site.title else (),
        colours=colours,
        turned=renderer.direction == "rtl",
    )
    return _png(drawing)


def social_cards(
    pages: Iterable[Page], site: Site, renderer: Renderer, drawn: Drawn = lambda _: None
) -> tuple[Download, ...]:
    """The cards that a site's pages ask for. A site that does not know its address has none: a card is asked for by
    another host, so it has to be named in full."""
    if not site.url:
        return ()

    def content(name: str) -> bytes:
        return (drawn(name) if name in USUAL else None) or draw_card(name, site, renderer)

    names = sorted({card_name(page) for page in pages})
    return tuple(Download(addresses.card(name), partial(content, name)) for name in names)


@lru_cache(maxsize=32)
def _png(drawing: str) -> bytes:
    # Kept, because the author's loop builds again and again and a card costs a tenth of a second.
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, font_files=[str(_FONT)]))


def _drawable(text: str) -> bool:
    return all(any(first <= ord(letter) <= last for first, last in COVERED) for letter in text)


def _heading(text: str) -> tuple[int, tuple[str, ...]]:
    """The size of the heading, in pixels, and its lines: as large as three lines allow."""
    if not _drawable(text):
        return 84, ()
    for size in (84, 72, 60, 50):
        lines = _lines(text, size)
        if len(lines) <= 3:
            break
    return size, lines[:4]


def _lines(text: str, size: int) -> tuple[str, ...]:
    """The words broken into lines that fit, by a rough idea of how wide letters are."""
    lines: list[str] = []
    for word in text.split():
        if lines and _width(f"{lines[-1]} {word}") * size <= _TEXT_WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _width(text: str) -> float:
    """In multiples of the size; a little wide rather than narrow."""
    return sum(0.32 if c in "iljtfrI.,:;'!| " else 0.9 if c in "mwMW@%" else 0.7 if c.isupper() else 0.57 for c in text)
