"""The search index in small pieces, so that a question to a large site costs little.

Pagefind packs its words into pieces of one size that cannot be set, and keeps every place where a word stands. At 3,000
pages the two most frequent words alone weigh more than everything else that a question needs. Here the same words are
packed into smaller pieces, and of a word with a very long list only the weightiest places on each page are kept. Which
pages a whole word is found on does not change. Pagefind writes what can be ticked in any order; here it gets one, and
the same pages give the same bytes. This module reads what Pagefind wrote, never a page.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby, pairwise, takewhile
from pathlib import Path
from typing import Any, NamedTuple

import cbor2

from lcsite.working_apart import Ahead

__all__ = ["PHRASES", "lighten"]

PIECE = 8_000
"""Places in a piece of the index: about 10 kB. Pagefind takes 20,000, about 30 kB."""

HEAVY = 8_000
"""A word with more places than this, on all pages together, is thinned. A site of 300 pages has none."""

KEPT = 2
"""Places that are kept of a thinned word on each page."""

PHRASES = "phrases"
"""The name under which the index's script says whether words in quotes are found side by side."""

_SIGN = b"pagefind_dcd"
_GZIP = bytes.fromhex("1f8b08000000000002ff")
"""No name, no time, no system: https://www.rfc-editor.org/rfc/rfc1952"""

_Word = list[Any]
"""As Pagefind 1.5 packs it: [stem, pages, [[other spelling, pages], ...]]. Of pages, each is [step from the one
before, places, places in the card].

In a list of places a negative number sets the weight of those that follow; places count on from each other after it.
"""

# The same as it is written, so that most of it is taken over and not written again; what holds texts of 64 bytes and
# more is. https://www.rfc-editor.org/rfc/rfc8949#section-3
_NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
_SO_MANY = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
_TEXT = b"(?:%b|x(?:%b))" % (
    b"|".join(b"%c.{%d}" % (0x60 + length, length) for length in range(24)),
    b"|".join(b"\\x%02x.{%d}" % (length, length) for length in range(24, 64)),
)
_PAGES = b"%b(?:\x83%b%b%b*%b%b*)*" % (_SO_MANY, _NUMBER, _SO_MANY, _NUMBER, _SO_MANY, _NUMBER)
_WORD = re.compile(b"\x83%b%b%b(?:\x82%b%b)*" % (_TEXT, _PAGES, _SO_MANY, _TEXT, _PAGES), re.DOTALL)


class _Written(NamedTuple):
    """A word as it is going to stand in the index."""

    stem: str
    places: int
    text: bytes
    thinned: bool


def lighten(folder: Path, *, processes: int = 1) -> bool:
    """Repack the index in `folder` where that can be done safely, and say whether it was.

    A form of the index that is not known exactly, to the byte, is left alone: it works, weighs more, and its bytes
    differ from build to build. Raises CopyLost where a second process was ended.
    """
    entry = json.loads((folder / "pagefind-entry.json").read_text("utf-8"))
    phrases = True
    for language in entry["languages"].values():
        prefix = language["hash"].rpartition("_")[0]
        meta_file = folder / f"pagefind.{language['hash']}.pf_meta"
        meta = _known(_unpack(meta_file))
        old = sorted((folder / "index").glob(f"{prefix}_*.pf_index"))
        if meta is None or len(meta) != 6 or len(meta[2]) != len(old):
            return False
        filters = [_known(_unpack(folder / "filter" / f"{name}.pf_filter")) for _, name in meta[3]]
        if any(len(ticks or ()) != 2 for ticks in filters):
            return False
        words = _words(old, processes)
        if not words:
            return False
        phrases = phrases and not any(word.thinned for word in words)
        for path in old:
            path.unlink()
        meta[2] = _write_pieces(words, folder / "index", prefix, processes)
        for _, name in meta[3]:
            (folder / "filter" / f"{name}.pf_filter").unlink()
        meta[3] = sorted(_write_filter(facet, values, folder / "filter", prefix) for facet, values in filters)
        meta[4] = sorted(meta[4])
        meta_file.unlink()
        written = cbor2.dumps(meta)
        language["hash"] = f"{prefix}_{_digest(written)}"
        (folder / f"pagefind.{language['hash']}.pf_meta").write_bytes(_packed(written))
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, separators=(",", ":")), "utf-8")
    script = folder / "pagefind.js"
    script.write_text(script.read_text("utf-8") + f"\nexport const {PHRASES}={str(phrases).lower()};\n", "utf-8")
    return True


def _words(files: Sequence[Path], processes: int) -> list[_Written]:
    """All words in their order; none where a file is not in the form that is known."""
    words = []
    with Ahead(lambda nth: _words_of(files[nth]), len(files), processes=processes) as pieces:
        for nth in range(len(files)):
            found = pieces.result(nth)
            if not found:
                return []
            words += found
    return sorted(words, key=lambda word: word.stem.encode())


def _words_of(file: Path) -> list[_Written]:
    """The words in one file, without what is too much of them; none where its form is not known."""
    body = _unpack(file)
    match _read(body):
        case [list(words)] if all(isinstance(word, list) and len(word) == 3 for word in words):
            texts = _WORD.findall(body)
            if len(texts) != len(words) or _together(texts) != body:
                texts = [cbor2.dumps(word) for word in words]
        case _:
            return []
    if _together(texts) != body:
        return []
    return [_written(word, text) for word, text in zip(words, texts, strict=True)]


def _written(word: _Word, text: bytes) -> _Written:
    places = _places(word)
    if places <= HEAVY:
        return _Written(word[0], places, text, thinned=False)
    _thin(word)
    return _Written(word[0], _places(word), cbor2.dumps(word), thinned=True)


def _together(words: Sequence[bytes]) -> bytes:
    """A piece of the index: a list that holds the list of these words."""
    head = cbor2.dumps([[None] * len(words)])[: -len(words)]  # of which each None is one byte
    return head + b"".join(words)


def _write_pieces(words: Sequence[_Written], folder: Path, prefix: str, processes: int) -> list[list[str]]:
    """Write the words, in their order, and give for each piece where it begins, where it ends, and its name."""
    pieces = list(_pieces(words))
    bodies = [_together([word.text for word in piece]) for piece in pieces]
    rows = [
        [piece[0].stem, piece[-1].stem, f"{prefix}_{_digest(body)}"] for piece, body in zip(pieces, bodies, strict=True)
    ]
    for before, after in pairwise(rows):
        # As many letters as it takes to tell the two words on either side of the cut apart.
        same = takewhile(lambda pair: pair[0] == pair[1], zip(before[1], after[0], strict=False))
        shared = len(list(same)) + 1
        before[1], after[0] = before[1][:shared], after[0][:shared]
    with ThreadPoolExecutor(processes) as threads:  # what packs lets others work meanwhile
        for (_, _, name), packed in zip(rows, threads.map(_packed, bodies), strict=True):
            (folder / f"{name}.pf_index").write_bytes(packed)
    return rows


def _write_filter(facet: str, values: list[list[Any]], folder: Path, prefix: str) -> list[str]:
    """Write what can be ticked in one box, in the order of the values, and give the names of the box and the file."""
    written = cbor2.dumps([facet, sorted(values)])
    name = f"{prefix}_{_digest(written)}"
    (folder / f"{name}.pf_filter").write_bytes(_packed(written))
    return [facet, name]


def _pieces(words: Sequence[_Written]) -> Iterator[list[_Written]]:
    piece: list[_Written] = []
    size = 0
    for word in words:
        if piece and size + word.places > PIECE:
            yield piece
            piece, size = [], 0
        piece.append(word)
        size += word.places
    yield piece


def _places(word: _Word) -> int:
    """How much a word weighs: its places, and a little for each page."""
    lists = [word[1], *(pages for _, pages in word[2])]
    return sum(len(places) + len(in_card) + 1 for pages in lists for _, places, in_card in pages)


def _thin(word: _Word) -> None:
    for pages in (word[1], *(pages for _, pages in word[2])):
        for page in pages:
            page[1] = _weightiest(page[1])
            page[2] = _one_of_each_part(page[2])


def _weightiest(places: list[int]) -> list[int]:
    """The first places in the weightiest part of a page, such as its title."""
    runs = [list(run) for _, run in groupby(_with_weights(places), key=lambda pair: pair[0])]
    if not runs:
        return []
    run = min(runs, key=lambda pairs: pairs[0][0])[:KEPT]  # weights are negative: -169 is a title, -25 a paragraph
    return [run[0][0], *(step for _, step in run)]


def _one_of_each_part(places: list[int]) -> list[int]:
    """In the card of a page, such as its title and its summary, the first place in each."""
    return [number for nth, number in enumerate(places) if number < 0 or places[nth - 1] < 0]


def _with_weights(places: list[int]) -> Iterator[tuple[int, int]]:
    weight = -26  # the one that needs no sign: 25, told apart by one from nought
    for number in places:
        if number < 0:
            weight = number
        else:
            yield weight, number


def _unpack(path: Path) -> bytes:
    """What a file holds behind its sign; nothing where it has another one."""
    held = gzip.decompress(path.read_bytes())
    return held[len(_SIGN) :] if held.startswith(_SIGN) else b""


def _read(body: bytes) -> Any:
    """What is written there; None where that cannot be read."""
    try:
        return cbor2.loads(body)
    except cbor2.CBORDecodeError:
        return None


def _known(body: bytes) -> Any:
    """What is written there; None where it would not be written back as it stands."""
    read = _read(body)
    return read if cbor2.dumps(read) == body else None


def _packed(body: bytes) -> bytes:
    """A file of the index. Its frame is written here: what Python's own says depends on the version."""
    held = _SIGN + body
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    sums = zlib.crc32(held).to_bytes(4, "little") + (len(held) % 2**32).to_bytes(4, "little")
    return _GZIP + squeezed.compress(held) + squeezed.flush() + sums


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:9]
