"""The name of a file from the title of what it holds: small letters, digits and hyphens."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LONGEST_SLUG", "slug_of"]

LONGEST_SLUG = 60

_LETTERS = str.maketrans({
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "’": "", "'": "",
})
"""Latin letters that do not come apart into a letter and a mark, and marks that only part a word."""


def slug_of(title: str) -> str | None:
    """An id of at most 60 signs, cut between words; None where letters of the title have no plain form.

    "Città 3000" becomes `citta-3000`. A title in another script is not transcribed: that would be a guess.
    """
    plain = unicodedata.normalize("NFKD", title.translate(_LETTERS))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    if any(sign.isalnum() and not sign.isascii() for sign in plain):
        return None
    words = re.findall(r"[a-z0-9]+", plain.lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug or None
