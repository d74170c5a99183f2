"""Words without a meaning that fall as often as words of a language do: the same for the same seed, everywhere.

Real sentences would be copied or would say something about somebody; these can do neither.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from functools import cache
from itertools import accumulate

__all__ = ["InventedText"]

_SMALL_WORDS = (
    "the of and to in a is that for it as with on by this are at from or not was be have one had but what all were "
    "when we there can an your which their said if do will each about how up out them then she many some so these "
    "would other"
).split()
_BEGINNINGS = "b bl c ch d dr f g gr h j k l m n p pl qu r s sl st t tr v w".split()
_MIDDLES = "a ai e ea i o oa oo u y".split()
_ENDS = ["", "", "b", "ck", "l", "ll", "m", "n", "nd", "p", "r", "rt", "s", "st", "x"]
_ENDINGS = ["", "", "", "ance", "ed", "en", "ful", "ing", "ish", "ment", "ness", "s", "ward"]
_WORDS = 5_000


@cache
def _vocabulary() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The words, and how often they fall, added up: the n-th falls about 1/n as often as the first (Zipf)."""
    chance = random.Random("words")
    words = dict.fromkeys(_SMALL_WORDS)
    while len(words) < _WORDS:
        syllables = (
            chance.choice(_BEGINNINGS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)
            for _ in range(chance.choice((1, 1, 2, 2, 3)))
        )
        words["".join(syllables) + chance.choice(_ENDINGS)] = None
    return tuple(words), tuple(accumulate(1 / (place + 3) for place in range(_WORDS)))


class InventedText:
    """Draws words, sentences and paragraphs; `about` is the seed, such as the name of the page."""

    def __init__(self, about: str) -> None:
        self.chance = random.Random(about)
        self._words, self._sums = _vocabulary()

    def words(self, count: int) -> str:
        return " ".join(
            self._words[bisect_left(self._sums, self.chance.random() * self._sums[-1])] for _ in range(count)
        )

    def title(self, count: int) -> str:
        return self.words(count).capitalize()

    def sentence(self, count: int) -> str:
        return f"{self.title(count)}."

    def paragraph(self, count: int) -> str:
        sentences = []
        while count > 0:
            length = min(count, self.chance.randint(7, 21))
            sentences.append(self.sentence(length))
            count -= length
        return " ".join(sentences)

    def name(self) -> str:
        """A name such as a place could have."""
        return "".join(
            self.chance.choice(_BEGINNINGS) + self.chance.choice(_MIDDLES) + self.chance.choice(_ENDS)
            for _ in range(2)
        ).capitalize()
