"""The colour of a site in both palettes: as it was chosen where it can be read, made darker or lighter where it cannot.

Contrast is that of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["GROUNDS", "contrast", "palettes"]

_LEAST = 4.55
"""A little more than the 4.5 of the guideline, because colours come in whole steps."""

GROUNDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "light": ("#ffffff", "#f7f3eb", "#f4efe5"),
    "dark": ("#0f161d", "#18222c"),
})
"""What the colour has to be read on: paper, sand and the empty part of a bar, as the style sheet has them."""

_END = {"light": "#000000", "dark": "#ffffff"}
_TINT = {"light": 9, "dark": 12}
"""Hundredths of the colour in the ground of what is not known."""


def palettes(colour: str | None) -> Mapping[str, Mapping[str, str]]:
    """For each palette the strong colour and its tint, as `#rrggbb`; empty where the site has no colour of its own."""
    if colour is None:
        return {}
    chosen = "#" + colour.removeprefix("#").lower()
    found = {}
    for palette, grounds in GROUNDS.items():
        strong = _readable(chosen, grounds, _END[palette])
        found[palette] = {"strong": strong, "tint": _mixed(grounds[0], strong, _TINT[palette])}
    return found


def contrast(one: str, other: str) -> float:
    """From 1 (alike) to 21 (black and white)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _readable(colour: str, grounds: tuple[str, ...], end: str) -> str:
    """The first mixture with black or white, in steps of a hundredth, that can be read on every ground."""
    for share in range(101):
        mixture = _mixed(colour, end, share)
        if all(contrast(mixture, ground) >= _LEAST for ground in grounds):
            return mixture
    return end


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return red, green, blue


def _mixed(colour: str, other: str, share: int) -> str:
    """`share` hundredths of the other colour, rounded to whole steps."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{(a * (100 - share) + b * share + 50) // 100:02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    parts = [value / 255 for value in _channels(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
