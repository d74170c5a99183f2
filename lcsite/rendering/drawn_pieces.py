"""Pieces of pages that are drawn once and stand on many: a mark stands in the place of each until a page is written.

So whoever looks through a page looks at each piece once, and not wherever it stands again; and a piece is put together,
and encoded, once. A mark has the form of a tag, so that it stands out where no tag may be, and names the drawings that
its piece asks the frame for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import NamedTuple

__all__ = ["DRAWING", "SIGN", "Drawn", "Pieces"]

SIGN = "\x01"
"""Around the name of a piece; authored files may not hold it."""
DRAWING = re.compile(r"#lc-[a-z-]+")
"""How content names what the frame draws for it."""
_LEAST = 4
"""So many tags of a piece behind its first one are worth a mark."""

_NUMBERS = count()
"""No two pieces of a process have the same number, so that nobody takes one for a piece of another site."""


class Drawn(NamedTuple):
    """What templates wrote, with marks in the place of pieces."""

    text: str
    pieces: Mapping[bytes, bytes]

    def whole(self) -> bytes:
        """The text with its pieces, as it stands in a file."""
        parts = self.text.encode("utf-8", errors="xmlcharrefreplace").split(SIGN.encode())
        parts[1::2] = map(self.pieces.__getitem__, parts[1::2])
        return b"".join(parts)


class Pieces(dict[bytes, bytes]):
    """Pieces by their names, each without its first and its last sign: these are those of the mark, < and >."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[bytes, str] = {}
        """Half of all pieces are as another one, such as what stands before the address of a card."""

    def clear(self) -> None:
        super().clear()
        self._names.clear()

    def marked(self, text: str) -> str:
        """A text that will stand on many pages, with a mark from its first tag to its last, if these are many.

        A tag that begins before the text, or ends behind it, is left as it is.
        """
        begin, end = text.find("<"), text.rfind(">")
        if (outside := text.find(">")) < begin:
            begin = text.find("<", outside)
        if not 0 <= begin < end:
            return text
        piece = Drawn(text[begin + 1 : end], self)
        whole = piece.whole()
        name = self._names.get(whole)
        if name is None:
            if whole.count(b"<") < _LEAST:
                return text
            name = f"{next(_NUMBERS)}{''.join(sorted(set(DRAWING.findall(piece.text))))}"
            self[name.encode()] = whole
            self._names[whole] = name
        return f"{text[:begin]}<{SIGN}{name}{SIGN}>{text[end + 1 :]}"
