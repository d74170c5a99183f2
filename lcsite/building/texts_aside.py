"""Has long texts wait in a file without a name: each page needs its own, and nobody needs them all."""

from __future__ import annotations

from lcsite.exporting.spool import Span, Spool
from lcsite.model.late_text import LateText, let_wait
from lcsite.model.portfolio import Portfolio
from lcsite.tidying import give_back

__all__ = ["put_texts_aside"]

_LONG = 500
"""Characters from which on it saves memory that a text lies elsewhere."""


def put_texts_aside(portfolio: Portfolio) -> None:
    """Have long texts wait until somebody asks for them, which two processes may do at once; records say the same."""
    shelf = _Shelf()
    for record in (*portfolio.practices.values(), *portfolio.tools.values()):
        let_wait(record, "body", shelf.put, from_length=_LONG)
    for place in portfolio.places.values():
        let_wait(place, "profile", shelf.put, from_length=_LONG)
    give_back()


class _Shelf:
    """Texts, one after another in a file that is gone with the last of them."""

    def __init__(self) -> None:
        self._spool = Spool()

    def put(self, text: str) -> LateText:
        # The shelf itself reads: a method would be an object more for each text.
        return LateText(self, *self._spool.put(text.encode("utf-8", "surrogatepass"))[0])

    def __call__(self, *where: int) -> str:
        return Span(*where).content.decode("utf-8", "surrogatepass")
