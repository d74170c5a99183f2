"""Has long texts wait in a file without a name, since each page needs its own and nobody needs them all, and leaves
next to what stays in memory nothing that is there twice.
"""

from __future__ import annotations

from lcsite.exporting.spool import Span, Spool
from lcsite.model.late_text import LateText, let_wait
from lcsite.model.portfolio import Portfolio
from lcsite.model.words import share_values
from lcsite.tidying import give_back

__all__ = ["put_texts_aside"]

_LONG = 500
"""Characters from which on it saves memory that a text lies elsewhere."""
_SORTED_BY = "countries", "themes", "tools", "places", "supports"
"""Fields of case studies that hold few different words, alone and together."""


def put_texts_aside(portfolio: Portfolio) -> None:
    """Have long texts wait until somebody asks for them, which two processes may do at once; records say the same."""
    shelf = _Shelf()
    for records, field in ((portfolio.practices, "body"), (portfolio.tools, "body"), (portfolio.places, "profile")):
        let_wait(records.values(), field, shelf.put, from_length=_LONG)
    share_values(portfolio.practices.values(), _SORTED_BY)
    portfolio.forget_fuller_answers()
    give_back()


class _Shelf:
    """Texts, one after another in a file that is gone with the last of them."""

    def __init__(self) -> None:
        self._spool = Spool()

    def put(self, texts: list[str]) -> list[LateText]:
        # The shelf itself reads: a method would be an object more for each text.
        spans = self._spool.put(*[text.encode("utf-8", "surrogatepass") for text in texts])
        return [LateText(self, *span) for span in spans]

    def __call__(self, *where: int) -> str:
        return Span(*where).content.decode("utf-8", "surrogatepass")
