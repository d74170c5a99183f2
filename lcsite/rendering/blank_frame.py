"""A frame around pages as a form: text that is the same on many pages, with blanks for what is not.

It knows no template and no engine. Whoever worked out the form says what each blank holds and whether it is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lcsite.rendering.drawn_pieces import Drawn
from lcsite.rendering.template_code import out

__all__ = ["Blank", "BlankFrame", "Filled", "Piece", "Rows"]


class Blank(NamedTuple):
    """A place for one value."""

    name: str
    escaped: bool


class Rows(NamedTuple):
    """A place for a list of one row or more: `form` is a row as Python's % fills it, `between` stands between two."""

    name: str
    columns: tuple[Blank, ...]
    """What a row shows, in order; the name of a column is its number."""
    form: str
    between: str


Piece = str | Blank | Rows


class Filled(NamedTuple):
    """A form that was filled in."""

    html: bytes
    blanks: list[str]
    """What was written into the blanks, in the order of `BlankFrame.blanks`; of what was drawn, with its marks."""
    encoded: list[bytes]
    """The same as it stands in the page."""
    rows: list[str]
    """The rows that were written, of all lists."""


class BlankFrame:
    """A form, given as fixed text and places for values, in the order in which they stand."""

    __slots__ = ("_html", "_lists", "_places", "blanks", "pieces")

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)
        self.blanks = tuple(dict.fromkeys(piece for piece in pieces if isinstance(piece, Blank)))
        """Each value in each way of writing it, once, however often it stands there."""
        number = {blank: at for at, blank in enumerate(self.blanks)}
        self._html = [_encoded(piece) if isinstance(piece, str) else b"" for piece in pieces]
        self._places = [(at, number[piece]) for at, piece in enumerate(pieces) if isinstance(piece, Blank)]
        self._lists = [(at, piece) for at, piece in enumerate(pieces) if isinstance(piece, Rows)]

    def fill(self, values: Mapping[str, str | Drawn], lists: Mapping[str, Sequence[Sequence[str]]]) -> Filled:
        """The form with these values and lists in its places, as the engine would encode it."""
        held = [(values[name], escaped) for name, escaped in self.blanks]
        # What was drawn is markup, whatever the blank says of other values.
        blanks = [v.text if isinstance(v, Drawn) else out(v) if escaped else v for v, escaped in held]
        whole = [v.whole() if isinstance(v, Drawn) else _encoded(t) for (v, _), t in zip(held, blanks, strict=True)]
        html = self._html.copy()
        for at, number in self._places:
            html[at] = whole[number]
        written: list[str] = []
        for at, (name, columns, form, between) in self._lists:
            ways = [(int(column), escaped) for column, escaped in columns]
            rows = [form % tuple([out(row[n]) if escaped else row[n] for n, escaped in ways]) for row in lists[name]]
            html[at] = _encoded(between.join(rows))
            written += rows
        return Filled(b"".join(html), blanks, whole, written)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="xmlcharrefreplace")
