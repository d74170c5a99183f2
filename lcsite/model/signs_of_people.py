"""The signs without which a text holds no mail address and no telephone number: most texts have neither, which shows at
a glance. What really stands there is for `checking.personal_data` to say.
"""

from __future__ import annotations

import re

from pydantic import BaseModel

__all__ = ["BODIES", "as_one_text", "data_may_name_somebody", "may_name_somebody", "page_may_name_somebody"]

BODIES = frozenset({"body", "profile", "template"})
"""Fields that are Markdown."""
_PASSED_OVER = {*BODIES, "as_of", "framework"}  # a day, and an id with a version, are neither
_FEWEST_DIGITS = b"0" * 7
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_BETWEEN_DIGITS = b" ./()-"
_FOLDED = _BETWEEN_DIGITS + b"\n\r\t"
_BEGINNING = re.compile(rb"(?:[+(]|(?<![0-9])0)[0-9 ./()\s-]{6}")
"""A sign with which a telephone number can begin, and as many as have to follow: a population begins with no nought."""
_OPENING = frozenset("\"'[{")
"""Signs of YAML behind which a line may begin with anything."""


def may_name_somebody(text: bytes) -> bool:
    """Whether there is the sign of a mail address, or as many digits in a row as a telephone number has."""
    return b"@" in text or _FEWEST_DIGITS in text.translate(_DIGITS_ALIKE, _BETWEEN_DIGITS)


def page_may_name_somebody(page: bytes) -> bool:
    """Whether any field or text of a page may, as it stands in its file: YAML folds lines, and knows escapes."""
    if b"@" in page or b"\\" in page:
        return True
    return _FEWEST_DIGITS in page.translate(_DIGITS_ALIKE, _FOLDED) and _BEGINNING.search(page) is not None


def data_may_name_somebody(data: str, file: str) -> bool:
    """Whether any field of an assessment may, as it stands in its file, but for those two lines that are neither."""
    data = f"\n{data}"
    for field in ("\nas_of:", "\nframework:"):
        before, line, after = data.partition(field)
        if line and _OPENING.isdisjoint(before):  # else it could be a part of a text, or of other fields
            data = f"{before}\n{after.partition(chr(10))[2]}"
    return page_may_name_somebody(f"{file}{data}".encode())


def as_one_text(record: BaseModel) -> str:
    """All fields of a record but its Markdown, for a quick look."""
    return record.model_dump_json(exclude=_PASSED_OVER, exclude_none=True)
