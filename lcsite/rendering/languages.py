"""Which languages numbers and dates can be written in."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

__all__ = ["knows_language"]


def knows_language(tag: str) -> bool:
    """Whether numbers and dates can be written in the manner of a language, such as `en` or `pt-BR`."""
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True
