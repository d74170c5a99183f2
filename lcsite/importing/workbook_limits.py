"""Unpacks a workbook (.xlsx) within limits and packs it anew, before the library for workbooks sees it.

An archive can pretend, and a small sheet can be laid out as a vast one. What the archive says of itself is not
believed; only parts that a sheet of text and numbers consists of are kept. What the cells mean is decided elsewhere.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import NoReturn
from xml.parsers import expat

from lcsite.reading.plain_text import KIB

__all__ = ["LONGEST_CELL", "MOST_COLUMNS", "MOST_ROWS", "NotTaken", "packed_anew"]

MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 5_000
"""Signs."""

_UNPACKED = 32 * 1024 * KIB
"""Bytes of all parts, and signs of all cells once each has the text that it points to."""
_MOST_PARTS = 500
_MOST_ELEMENTS = 1_000_000
_CHUNK = 64 * KIB
_LOWEST_NUMBER = -1e11
"""The library breaks down over days before this one, and whether a number is a day only its style says."""


class NotTaken(Exception):
    """The archive is not taken; the words say why."""


def packed_anew(raw: bytes) -> bytes:
    """The parts of a workbook that hold its cells, each measured. Raises NotTaken, or what zipfile and zlib raise."""
    made = io.BytesIO()
    texts: list[int] = []
    uses: list[Counter[int]] = []
    with zipfile.ZipFile(io.BytesIO(raw)) as sent, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        parts = sent.infolist()
        if len(parts) > _MOST_PARTS:
            raise NotTaken(f"it consists of more than {_MOST_PARTS} parts")
        if len({part.filename.casefold() for part in parts}) < len(parts):
            raise NotTaken("two of its parts have one name")
        if any(part.flag_bits & 1 for part in parts):
            raise NotTaken("it is locked with a password")
        total = 0
        for part in parts:
            content = bytearray()
            with sent.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    content += chunk
                    total += len(chunk)
                    if total > _UNPACKED:
                        raise NotTaken(f"it grows beyond {_UNPACKED // KIB // 1024} MiB when it is unpacked")
            if _holds_cells(part.filename):
                measured = _Measured(bytes(content))
                texts += measured.texts
                uses.append(measured.uses)
                packed.writestr(part.filename, bytes(content))
    if any(sum(texts[n] * times for n, times in used.items() if 0 <= n < len(texts)) > _UNPACKED for used in uses):
        raise NotTaken("its cells repeat long texts too often")
    return made.getvalue()


def _holds_cells(part: str) -> bool:
    """Whether a part is of the kind that is measured here. Pictures, programs and other kinds of workbook are not."""
    name = part.casefold()
    return name.startswith(("xl/", "_rels/", "[content_types]")) and name.endswith((".xml", ".rels"))


class _Measured:
    """One part, looked through as the library will: where its cells lie, how long its shared texts are."""

    def __init__(self, xml: bytes) -> None:
        self.texts: list[int] = []
        """The length of each shared text."""
        self.uses: Counter[int] = Counter()
        """How many cells point to which shared text."""
        self._elements = self._row = self._column = 0
        self._shared_cell = False
        self._value: list[str] | None = None
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.StartDoctypeDeclHandler = _refuse_definitions
        try:
            parser.Parse(xml, True)
        except expat.ExpatError:
            raise NotTaken("one of its parts is damaged") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise NotTaken(f"one of its parts has more than {_MOST_ELEMENTS} cells")
        match name.rpartition(":")[2]:
            case "row":
                self._row, self._column = _coordinates(attributes.get("r", ""))[1] or self._row + 1, 0
                _within(self._row, 0)
            case "c":
                column, row = _coordinates(attributes.get("r", ""))
                self._column = column or self._column + 1
                _within(row or self._row, self._column)
                self._shared_cell = attributes.get("t") == "s"
            case "dimension":
                for corner in attributes.get("ref", "").split(":"):
                    _within(*reversed(_coordinates(corner)))
            case "si":
                self.texts.append(0)
            case "v":
                self._value = []

    def _words(self, words: str) -> None:
        if self._value is not None:
            self._value.append(words)
        elif self.texts:
            self.texts[-1] += len(words)
            if self.texts[-1] > LONGEST_CELL and not words.isspace():
                raise NotTaken(f"it has a text of more than {LONGEST_CELL} signs")

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] != "v" or self._value is None:
            return
        value, self._value = "".join(self._value).strip(), None
        try:
            number = float(value)
        except ValueError:
            return
        if number < _LOWEST_NUMBER:
            raise NotTaken(f"it has a number below {_LOWEST_NUMBER:,.0f}")
        if self._shared_cell and number.is_integer():
            self.uses[int(number)] += 1


def _refuse_definitions(*_: object) -> NoReturn:
    """Entities could multiply."""
    raise NotTaken("it holds definitions that no workbook needs")


def _within(row: int, column: int) -> None:
    """A sheet with two cells at its far ends would be laid out as thousands of millions."""
    if row > MOST_ROWS or column > MOST_COLUMNS:
        raise NotTaken(f"it has cells beyond row {MOST_ROWS} or column {MOST_COLUMNS}")


def _coordinates(reference: str) -> tuple[int, int]:
    """`AB12` as (28, 12); 0 for what is not said."""
    letters = "".join(sign for sign in reference.upper() if "A" <= sign <= "Z")[:8]
    digits = "".join(sign for sign in reference if "0" <= sign <= "9").lstrip("0")[:12]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(digits or 0)
