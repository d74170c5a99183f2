"""What the model says about a value that does not fit, in words for authors.

One entry for each kind of mistake that pydantic tells apart, and one for each pattern of the model. Nothing is decided
here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from lcsite.problems import quoted

__all__ = ["PATTERNS", "in_plain_words", "nearest"]

PATTERNS: dict[str, tuple[str, str]] = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": ("an id", "small letters, digits and single hyphens, such as learner-survey"),
    r"^[a-z0-9]+([.-][a-z0-9]+)*$": ("the id of a criterion or indicator", "such as inclusion-2 or 5.2.1"),
    r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+([.-][a-z0-9]+)*$": (
        "a reference to a criterion", "write framework/criterion, such as my-framework/inclusion-2",
    ),
    r"^[0-9]{4}\.[0-9]+$": ("a version", "write the year, a point and a number, such as 2026.1"),
    r"^[a-z0-9]+(-[a-z0-9]+)*@[0-9]{4}\.[0-9]+$": (
        "a framework with its version", "write its id, @ and the version, such as my-framework@2026.1",
    ),
    r"^(builtin:)?[a-z0-9]+(-[a-z0-9]+)*$": ("the id of a framework", "such as my-framework or builtin:my-framework"),
    r"^[A-Z]{2}$": ("a country code", "two capital letters (ISO 3166-1), such as JP or GB"),
    r"^[A-Z]{3}$": ("a currency code", "three capital letters (ISO 4217), such as EUR"),
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": ("a language code", "two or three small letters, such as en or ja"),
    r"^(about |before )?([0-9]{4})(s|-[0-9]{4}|-)?$": (
        "a span of years", "write 2016, 2016-2019, 2016- (goes on) or 2010s; about or before may stand in front",
    ),
    r"^[0-9]{4}([/-][0-9]{2,4})?$": ("a period", "write a year, such as 2022, or two, such as 2022/23"),
    r"^#?[0-9a-fA-F]{6}$": ("a colour", 'write six digits or letters a to f in quotation marks, such as "#12436d"'),
    r"^([a-z0-9-]+/)*media/[a-z0-9.-]+$": ("an image", "put it into content/media and write media/its-name.png"),
    r"^([a-z0-9-]+/)*$": ("the address of a page", "write it from the root with a slash at its end, such as toolbox/"),
    r"^([a-z0-9.-]+/)*$": ("the address of a page", "write it from the root with a slash at its end, such as toolbox/"),
    r"^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+$": ("a repository", "write OWNER/NAME, such as sampleby/learns"),
    r"^[A-Za-z0-9_./-]+$": ("the name of a branch", "such as main"),
    r"^https://[a-z0-9.-]+(:[0-9]{1,5})?$": ("the address of a server", "such as https://gitlab.example.org"),
    r"^([a-z0-9.-]+/)*[a-z0-9.-]+$": ("a path", "small letters, digits, points, hyphens and slashes"),
}
"""Pattern in the model -> what it is for, how it is written."""

Words = tuple[str, str, str]
"""Code, message, hint."""
_Rule = Callable[[str, str, dict[str, Any]], Words]
"""From the field, the refused value in quotation marks and pydantic's details."""

_LISTS = 'write [first, second], or one entry a line, each after "- "'


def nearest(word: str, allowed: Sequence[str]) -> str | None:
    """The allowed word that was most likely meant: one that begins in the same way, else the most similar one."""
    start = word.casefold()
    begins = [each for each in allowed if len(start) > 2 and each.casefold().startswith(start)]
    return next(iter(begins or difflib.get_close_matches(start, allowed, n=1)), None)


def _wrong(words: str, hint: str = "") -> _Rule:
    return lambda field, shown, _: ("wrong-value", f"{field}: {shown} is not {words}", hint)


def _shape(words: str, hint: str) -> _Rule:
    return lambda field, shown, _: ("wrong-shape", f"{field} is {words}", hint)


def _limit(words: str, key: str) -> _Rule:
    def say(field: str, shown: str, ctx: dict[str, Any]) -> Words:
        return "wrong-value", f"{field}: {shown} is out of range", f"it must be {words} {ctx[key]}"

    return say


def _choice(field: str, shown: str, ctx: dict[str, Any]) -> Words:
    allowed = re.findall(r"'([^']*)'", str(ctx.get("expected") or ctx.get("expected_tags") or ""))
    word = str(ctx.get("tag", ctx["input"]))
    near = nearest(word.replace(" ", "-"), allowed)
    guess = f'did you mean "{near}"? ' if near else ""
    return "wrong-value", f"{field} cannot be {quoted(word)}", f"{guess}allowed: {', '.join(allowed)}"


def _pattern(field: str, shown: str, ctx: dict[str, Any]) -> Words:
    words, hint = PATTERNS.get(str(ctx["pattern"]), ("written as it should be", ""))
    return "wrong-value", f"{field}: {shown} is not {words}", hint


def _stated(field: str, shown: str, ctx: dict[str, Any]) -> Words:
    sentence = str(ctx.get("error", "these values do not go together"))
    if isinstance(ctx["input"], str):
        return "wrong-value", f"{field}: {shown} is refused", sentence
    return "contradiction", sentence, ""


def _too_long(field: str, shown: str, ctx: dict[str, Any]) -> Words:
    return "wrong-value", f"{field} is longer than {ctx['max_length']} characters", "say it shorter"


def _too_few(field: str, shown: str, ctx: dict[str, Any]) -> Words:
    least = ctx["min_length"]
    return "wrong-value", f"{field} needs at least {least} {'entry' if least == 1 else 'entries'}", ""


_WHOLE = _wrong("a whole number", "write digits only, such as 720000")
_NUMBER = _wrong("a number", "write digits and a point, such as 12.5, without a unit and without commas")
_DATE = _wrong("a date", "write year-month-day, such as 2026-06-30")
_YES_NO = _wrong("true or false", "write true or false")
_TEXT = _shape("one piece of text", "write it on one line; put it in quotation marks if it holds a colon")
_LIST = _shape("a list", _LISTS)
_FIELDS = _shape("made of fields of its own", "write each on a line below, two spaces further in: name, colon, value")

_RULES: dict[str, _Rule] = {
    "string_type": _TEXT,
    "string_too_short": lambda field, *_: ("wrong-value", f"{field} is empty", "write a value, or leave the line out"),
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "enum": _choice,
    "literal_error": _choice,
    "union_tag_invalid": _choice,
    "union_tag_not_found": lambda *_: ("missing-field", '"kind" is missing', "it says which fields are expected here"),
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "decimal_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_max_digits": _wrong("a number that can be kept exactly", "write at most 24 digits"),
    "decimal_whole_digits": _wrong("a number that can be kept exactly", "write at most 24 digits"),
    "finite_number": _NUMBER,
    "float_parsing": _NUMBER,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "bool_parsing": _YES_NO,
    "bool_type": _YES_NO,
    "greater_than": _limit("more than", "gt"),
    "greater_than_equal": _limit("at least", "ge"),
    "less_than": _limit("less than", "lt"),
    "less_than_equal": _limit("at most", "le"),
    "too_short": _too_few,
    "too_long": lambda field, shown, ctx: ("wrong-value", f"{field} has more than {ctx['max_length']} entries", ""),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _FIELDS,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "value_error": _stated,
}


def in_plain_words(detail: ErrorDetails, field: str) -> Words:
    """Code, message and hint for one mistake that pydantic found in `field`."""
    value = detail["input"]
    shown = quoted(value) if isinstance(value, str) else "a list" if isinstance(value, list | tuple) else "this"
    rule = _RULES.get(detail["type"])
    if rule is None:
        return "wrong-value", f"{field}: {shown} does not fit here", ""
    return rule(field, shown, {**detail.get("ctx", {}), "input": value})
