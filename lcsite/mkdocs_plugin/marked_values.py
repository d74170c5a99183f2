"""Values that stand for others while a template is rendered, so that one sees where it prints them.

They can be printed, escaped or as they are, and asked the few things that were answered in advance. Whatever else a
template does with one, it is told that this cannot be said for all pages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import groupby, pairwise
from typing import Any, Final, NamedTuple, NoReturn

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


class _Mark(NamedTuple):
    """A mark that was printed: of a value, or of one in a row of a list."""

    name: str
    row: str | None
    column: str | None
    escaped: bool


def pieces_of(text: str) -> list[Piece]:
    """Text with marks as fixed text and the places of values. Raises NotAForm if a list is not written in rows."""
    parts = _MARK.split(text)
    fixed: list[str] = parts[::5]
    marks = [
        _Mark(name, row, column, escaped=not plain)
        for plain, name, row, column in zip(parts[1::5], parts[2::5], parts[3::5], parts[4::5], strict=True)
    ]
    if any(sign in between for between in fixed for sign in "\x02\x03"):  # a mark that was changed
        _refuse()
    pieces: list[Piece] = [fixed[0]]
    at = 0
    for (name, is_list), group in groupby(marks, lambda mark: (mark.name, mark.row is not None)):
        run = list(group)
        behind = fixed[at + 1 : at + len(run) + 1]
        if is_list:
            pieces += [_rows(name, run, behind[:-1]), behind[-1]]
        else:
            for mark, words in zip(run, behind, strict=True):
                pieces += [Blank(name, mark.escaped), words]
        at += len(run)
    return pieces


def _rows(name: str, marks: list[_Mark], fixed: list[str]) -> Rows:
    """The places of a list from the marks of all its rows and the text between each two marks."""
    width, rest = divmod(len(marks), _ROWS)
    if rest:
        _refuse()
    starts = range(0, len(marks), width)
    rows = [[(mark.column or "", mark.escaped) for mark in marks[start : start + width]] for start in starts]
    inner = [fixed[start : start + width - 1] for start in starts]
    between = fixed[width - 1 :: width]
    if [mark.row for mark in marks] != [str(number) for number in range(_ROWS) for _ in range(width)]:
        _refuse()
    if any(one != two for one, two in (*pairwise(rows), *pairwise(inner), *pairwise(between))):
        _refuse()
    form = "%s".join(text.replace("%", "%%") for text in ("", *inner[0], ""))
    return Rows(name, tuple(Blank(column, escaped) for column, escaped in rows[0]), form, between[0])
