"""Values that stand for others while a template is rendered, so that one sees where it prints them.

They can be printed, escaped or as they are, and asked the few things that were answered in advance. Whatever else a
template does with one, it is told that this cannot be said for all pages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import groupby, pairwise
from typing import Any, Final, NoReturn

from lcsite.rendering.blank_frame import Blank, Piece, Rows

__all__ = ["MarkedRows", "MarkedValue", "NotAForm", "pieces_of"]

_MARK = re.compile(r"\x02(?:(<&)|&lt;&amp;)([a-z]+)(?:\.([0-9]+)\.([0-9]+))?\x03")
"""A name, or the row and column of a list, between signs that stand on no page; < and & show whether it was escaped."""
_ROWS: Final = 3
"""As many as it takes to see that what stands between two rows is always the same."""


class NotAForm(Exception):
    """A template does more with what differs from page to page than to print it."""


class MarkedValue(str):
    """A mark in place of a text that is not empty, is none of the texts `unlike`, and holds of `asked` what it `holds`.

    What is looked for in it and is none of `asked` is noted in `asked_more`, and not found.
    """

    def __new__(
        cls, name: str, *, unlike: Collection[str] = (), asked: Collection[str] = (), holds: Collection[str] = ()
    ) -> MarkedValue:
        made = super().__new__(cls, f"\x02<&{name}\x03")
        made.__dict__.update(name=name, unlike=unlike, asked=asked, holds=holds, asked_more=[])
        return made

    def __bool__(self) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return other in self.__dict__["unlike"] or _refuse()

    def __eq__(self, other: object) -> bool:
        return not self != other

    def __contains__(self, words: object) -> bool:
        known = self.__dict__
        if words not in known["asked"]:
            known["asked_more"].append(words)
        return words in known["holds"]

    def __getattribute__(self, name: str) -> Any:
        if name == "__html__":  # the question whether it is escaped already
            raise AttributeError(name)
        return str.__getattribute__(self, name) if name in ("__class__", "__dict__") else _refuse()

    def _refused(self, *_: object) -> Any:
        _refuse()

    __hash__ = __repr__ = __len__ = __iter__ = __getitem__ = __format__ = __mod__ = __rmod__ = __mul__ = _refused
    __lt__ = __le__ = __gt__ = __ge__ = _refused


class MarkedRows:
    """Marks in place of a list that is not empty, with so many columns."""

    def __init__(self, name: str, columns: int) -> None:
        self._rows = [tuple(f"{name}.{row}.{column}" for column in range(columns)) for row in range(_ROWS)]

    def __iter__(self) -> Iterator[tuple[MarkedValue, ...]]:
        return (tuple(map(MarkedValue, row)) for row in self._rows)

    def __len__(self) -> int:
        _refuse()

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, at: object) -> NoReturn:
        _refuse()

    def __getattr__(self, name: str) -> NoReturn:
        _refuse()


def _refuse() -> NoReturn:
    raise NotAForm("a template does more with a value of a page than to print it")


def pieces_of(text: str) -> list[Piece]:
    """Text with marks as fixed text and the places of values. Raises NotAForm if a list is not written in rows."""
    found: list[str | tuple[str, str, str, bool]] = []
    end = 0
    for mark in _MARK.finditer(text):
        plain, name, row, column = mark.groups()
        found += [text[end : mark.start()], (name, row or "", column or "", not plain)]
        end = mark.end()
    found.append(text[end:])
    if any(isinstance(each, str) and not {"\x02", "\x03"}.isdisjoint(each) for each in found):
        _refuse()
    pieces: list[Piece] = []
    marks = [each for each in found if not isinstance(each, str)]
    fixed = [each for each in found if isinstance(each, str)]
    at = 0
    for (name, listed), group in groupby(marks, lambda mark: (mark[0], bool(mark[1]))):
        run = list(group)
        if listed:
            pieces += [fixed[at], _rows(name, run, fixed[at + 1 : at + len(run)])]
        else:
            for offset, (_, _, _, escaped) in enumerate(run):
                pieces += [fixed[at + offset], Blank(name, escaped)]
        at += len(run)
    return [*pieces, fixed[at]]


def _rows(name: str, marks: list[tuple[str, str, str, bool]], fixed: list[str]) -> Rows:
    """The places of a list from the marks of its rows, and the text between each two of them."""
    width = len(marks) // _ROWS
    rows = [marks[start : start + width] for start in range(0, len(marks), width)] if width else []
    columns = [tuple(Blank(column, escaped) for _, _, column, escaped in row) for row in rows]
    inner = [fixed[start : start + width - 1] for start in range(0, len(marks), width)] if width else []
    between = fixed[width - 1 :: width] if width else []
    if (
        len(rows) != _ROWS or any({row for _, row, _, _ in marks} != {str(n)} for n, marks in enumerate(rows))
        or any(one != two for one, two in (*pairwise(columns), *pairwise(inner), *pairwise(between)))
    ):
        _refuse()
    form = "%s".join(text.replace("%", "%%") for text in ("", *inner[0], ""))
    return Rows(name, columns[0], form, between[0])
