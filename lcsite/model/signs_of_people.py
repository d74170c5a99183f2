"""The signs without which a text holds no mail address and no telephone number: most texts have neither, which shows at
a glance. What really stands there is for `checking.personal_data` to say.
"""

from __future__ import annotations

from pydantic import BaseModel

__all__ = ["BODIES", "as_one_text", "may_name_somebody", "page_may_name_somebody"]

BODIES = frozenset({"body", "profile", "template"})
"""Fields that are Markdown."""
_PASSED_OVER = {*BODIES, "as_of", "framework"}  # a day, and an id with a version, are neither
_FEWEST_DIGITS = b"0" * 7
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_BETWEEN_DIGITS = b" ./()-"
_FOLDED = _BETWEEN_DIGITS + b"\n\r\t"


def may_name_somebody(text: bytes) -> bool:
    """Whether there is the sign of a mail address, or as many digits in a row as a telephone number has."""
    return b"@" in text or _FEWEST_DIGITS in text.translate(_DIGITS_ALIKE, _BETWEEN_DIGITS)


def page_may_name_somebody(page: bytes) -> bool:
    """Whether any field or text of a page may, as it stands in its file: YAML folds lines, and knows escapes."""
    return b"@" in page or b"\\" in page or _FEWEST_DIGITS in page.translate(_DIGITS_ALIKE, _FOLDED)


def as_one_text(record: BaseModel) -> str:
    """All fields of a record but its Markdown, for a quick look."""
    return record.model_dump_json(exclude=_PASSED_OVER, exclude_none=True)
