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
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from pathlib import Path
from typing import Any

import cbor2

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


def lighten(folder: Path) -> bool:
    """Repack the index in `folder` where that can be done safely, and say whether it was.

    A form of the index that is not known exactly, to the byte, is left alone: it works, weighs more, and its bytes
    differ from build to build.
    """
    entry = json.loads((folder / "pagefind-entry.json").read_text("utf-8"))
    phrases = True
    for language in entry["languages"].values():
        meta_file = folder / f"pagefind.{language['hash']}.pf_meta"
        old = sorted((folder / "index").glob(f"{language['hash'].rpartition('_')[0]}_*.pf_index"))
        packed = [_unpack(path) for path in (meta_file, *old)]
        if None in packed:
            return False
        meta, *pieces = packed
        words = sorted((word for piece in pieces for word in piece[0]), key=lambda word: word[0].encode())
        if not words or any(len(word) != 3 for word in words) or len(meta) != 6 or len(meta[2]) != len(pieces):
            return False
        filters = [_unpack(folder / "filter" / f"{name}.pf_filter") for _, name in meta[3]]
        if any(len(ticks or ()) != 2 for ticks in filters):
            return False
        heavy = [word for word in words if _places(word) > HEAVY]
        for word in heavy:
            _thin(word)
        phrases = phrases and not heavy
        for path in old:
            path.unlink()
        prefix = language["hash"].rpartition("_")[0]
        meta[2] = _write_pieces(words, folder / "index", prefix)
        for _, name in meta[3]:
            (folder / "filter" / f"{name}.pf_filter").unlink()
        meta[3] = sorted(_write_filter(facet, values, folder / "filter", prefix) for facet, values in filters)
        meta[4] = sorted(meta[4])
        meta_file.unlink()
        written = cbor2.dumps(meta)
        language["hash"] = f"{prefix}_{_digest(written)}"
        _pack(folder / f"pagefind.{language['hash']}.pf_meta", written)
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, separators=(",", ":")), "utf-8")
    script = folder / "pagefind.js"
    script.write_text(script.read_text("utf-8") + f"\nexport const {PHRASES}={str(phrases).lower()};\n", "utf-8")
    return True


def _write_pieces(words: Sequence[_Word], folder: Path, prefix: str) -> list[list[str]]:
    """Write the words, in their order, and give for each piece where it begins, where it ends, and its name."""
    found = [([piece[0][0], piece[-1][0]], cbor2.dumps([piece])) for piece in _pieces(words)]
    for (before, _), (after, _) in pairwise(found):
        # As many letters as it takes to tell the two words on either side of the cut apart.
        same = takewhile(lambda pair: pair[0] == pair[1], zip(before[1], after[0], strict=False))
        shared = len(list(same)) + 1
        before[1], after[0] = before[1][:shared], after[0][:shared]
    rows = []
    for (first, last), written in found:
        name = f"{prefix}_{_digest(written)}"
        _pack(folder / f"{name}.pf_index", written)
        rows.append([first, last, name])
    return rows


def _write_filter(facet: str, values: list[list[Any]], folder: Path, prefix: str) -> list[str]:
    """Write what can be ticked in one box, in the order of the values, and give the names of the box and the file."""
    written = cbor2.dumps([facet, sorted(values)])
    name = f"{prefix}_{_digest(written)}"
    _pack(folder / f"{name}.pf_filter", written)
    return [facet, name]


def _pieces(words: Sequence[_Word]) -> Iterator[list[_Word]]:
    piece: list[_Word] = []
    size = 0
    for word in words:
        more = _places(word)
        if piece and size + more > PIECE:
            yield piece
            piece, size = [], 0
        piece.append(word)
        size += more
    yield piece


def _places(word: _Word) -> int:
    """How much a word weighs: its places, and a little for each page."""
    lists = [word[1], *(pages for _, pages in word[2])]
    return sum(len(page[1]) + len(page[2]) + 1 for pages in lists for page in pages)


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


def _unpack(path: Path) -> Any:
    """What a file holds; None where it would not be written back as it stands."""
    held = gzip.decompress(path.read_bytes())
    if not held.startswith(_SIGN):
        return None
    body = held[len(_SIGN) :]
    try:
        read = cbor2.loads(body)
    except cbor2.CBORDecodeError:
        return None
    return read if cbor2.dumps(read) == body else None


def _pack(path: Path, body: bytes) -> None:
    """Write a file of the index. Its frame is written here: what Python's own says depends on the version."""
    held = _SIGN + body
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    sums = zlib.crc32(held).to_bytes(4, "little") + (len(held) % 2**32).to_bytes(4, "little")
    path.write_bytes(_GZIP + squeezed.compress(held) + squeezed.flush() + sums)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:9]
