"""The pictures that shared links show, drawn by a copy of this process while what was read is checked and planned.

One core rests then, and has enough to do later. Which cards a site asks for shows only in its plan, so only those are
drawn that nearly every site has.
"""

from __future__ import annotations

from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from lcsite.working_apart import Meanwhile

if TYPE_CHECKING:
    from lcsite.model.portfolio import Portfolio

__all__ = ["CardsAhead"]


class CardsAhead:
    """Draws cards ahead with up to `processes`. Use it in a `with` block, with which the drawing ends."""

    def __init__(self, *, processes: int) -> None:
        self._processes = processes
        self._copy: Meanwhile[dict[str, bytes]] | None = None
        self._drawn: dict[str, bytes] = {}

    def __enter__(self) -> CardsAhead:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._copy is not None:
            self._copy.close()

    def begin(self, portfolio: Portfolio) -> None:
        """Begin to draw, where a copy can be made and the site has cards."""
        if portfolio.site.url:
            self._copy = Meanwhile(partial(_draw, portfolio), processes=self._processes)

    def card(self, name: str) -> bytes | None:
        """A card that was drawn ahead; None for any other."""
        if self._copy is not None and self._copy.begun:
            self._drawn = self._copy.result()
        return self._drawn.get(name)


def _draw(portfolio: Portfolio) -> dict[str, bytes]:
    from lcsite.pipeline import renderer_of
    from lcsite.rendering.social_cards import USUAL, draw_card

    renderer = renderer_of(portfolio, {})
    return {name: draw_card(name, portfolio.site, renderer) for name in USUAL}
