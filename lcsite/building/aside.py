"""What a copy of this process does from the moment when all is read: it draws the cards that shared links show, and
puts down what was read for the next builds.

This process checks and plans meanwhile, and one core would rest; both have enough to do later. Which cards a site asks
for shows only in its plan, so only those are drawn that nearly every site has.
"""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from lcsite.working_apart import CopyLost, Meanwhile, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lcsite.building.built import LastBuild
    from lcsite.model.portfolio import Portfolio
    from lcsite.problems import Problem
    from lcsite.reading.origins import Origins

__all__ = ["Aside"]


class _Known(NamedTuple):
    """What is known only when content was checked and planned."""

    key: bytes
    problems: tuple[Problem, ...]
    targets: Mapping[str, str]


class Aside:
    """The copy and what it gives. Use it in a `with` block; the copy ends with it.

    With `processes` 1, or where no copy can be made, nothing is done aside.
    """

    def __init__(self, last: LastBuild | None, *, processes: int) -> None:
        self._last = last
        self._processes = processes
        self._read: tuple[Portfolio, Origins] | None = None
        """For the copy alone: this process lets go of it as soon as it can."""
        self._known: Message[_Known] | None = None
        self._copy: Meanwhile[dict[str, bytes]] | None = None
        self._cards: dict[str, bytes] = {}

    def __enter__(self) -> Aside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._copy is not None:
            self._copy.close()
        if self._known is not None:
            self._known.close()

    def begin(self, portfolio: Portfolio, origins: Origins) -> None:
        """Begin with content that was read without errors, before it is checked."""
        if self._processes > 1:
            with suppress(OSError):
                self._known = Message()
                self._read = portfolio, origins
                self._copy = Meanwhile(self._work, processes=self._processes)
            self._read = None

    def put_down(self, key: bytes, problems: Iterable[Problem], targets: Mapping[str, str]) -> bool:
        """Whether the copy puts down what was read, by this key, with what was said of it and the addresses of texts.

        Should it be lost, the next build is a whole one.
        """
        if self._copy is None or not self._copy.begun or self._known is None:
            return False
        try:
            self._known.tell(_Known(key, tuple(problems), targets))
        except OSError:
            self._copy.close()  # it would wait for ever
            return False
        return True

    def is_over(self) -> bool:
        """Whether everything is done, so that the core on which it was done is free."""
        return self._copy is None or self._copy.over

    def card(self, name: str) -> bytes | None:
        """A card that was drawn; None for any other."""
        self.finish()
        return self._cards.get(name)

    def finish(self) -> None:
        """Wait until the copy has done everything."""
        if self._copy is not None and self._copy.begun:
            with suppress(CopyLost):
                self._cards = self._copy.result()

    def _work(self) -> dict[str, bytes]:
        if self._read is None:
            raise CopyLost("what the copy was to do is not done again here")
        portfolio, origins = self._read
        cards = _drawn(portfolio) if portfolio.site.url else {}
        if self._last is not None and self._known is not None:
            from lcsite.building.ground import Ground

            key, problems, targets = self._known.wait()
            self._last.put_down(key, Ground.of(portfolio, origins, problems, targets))
        return cards


def _drawn(portfolio: Portfolio) -> dict[str, bytes]:
    from lcsite.pipeline import renderer_of
    from lcsite.rendering.social_cards import USUAL, draw_card

    renderer = renderer_of(portfolio, {})
    return {name: draw_card(name, portfolio.site, renderer) for name in USUAL}
