"""Warns where a text holds a mail address or a telephone number: people may not know that they are being published.

The address itself is never repeated in the warning. The public contact of a place or a site is the one exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from lcsite.checking.assessment_rules import record_id
from lcsite.checking.whereabouts import Path, Whereabouts
from lcsite.model.portfolio import Portfolio
from lcsite.model.signs_of_people import BODIES, as_one_text, may_name_somebody
from lcsite.problems import Location, Problem, Severity

__all__ = ["names_somebody", "personal_data"]

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@(?:[\w-]++\.)+[^\W\d_]{2,}")
# Written so that the first sign is a set, for which the engine looks quickly: what is before it is asked afterwards.
_PHONE = re.compile(
    r"[+(0](?<![\w/.,:=&?#+-].)(?:(?<=\+)[1-9][0-9]{0,2}|(?<=0)0[1-9][0-9]{0,2}|(?:(?<=0)|(?<=\()0)[0-9]{1,4}\)?)"
    r"[ ./()-]{0,3}[0-9](?:[ ./()-]{0,2}[0-9]){5,11}(?![\w-])"
)
_PASSED_OVER = {"contact", "url", "id", *BODIES}
_EXAMPLES = ("@example.", ".example", "@localhost")
_HINT = "leave it out, or put the public contact of the place into the field contact"


def personal_data(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for kind, record, record_key, body in _records(portfolio):
        if origins.names_nobody(kind, record_key):
            continue
        for offset, what in _found_in(body) if may_name_somebody(body.encode()) else ():
            yield _warning(what, origins.in_body(kind, record_key, offset))
        if _is_suspicious(record):
            for path, text in _texts(record, ()):
                for _, what in _found_in(text):
                    yield _warning(what, origins.at(kind, record_key, path))


def names_somebody(text: str) -> bool:
    """Whether a text holds what the rule warns of."""
    return may_name_somebody(text.encode()) and next(_found_in(text), None) is not None


def _warning(what: str, where: Location) -> Problem:
    return Problem("personal-data", where, f"{what} stands here and would be published", _HINT, Severity.WARNING)


def _records(portfolio: Portfolio) -> Iterator[tuple[str, BaseModel, str, str]]:
    """Kind, record, the id of its origin and its Markdown."""
    for practice in portfolio.practices.values():
        yield "practice", practice, practice.id, practice.body
    for tool in portfolio.tools.values():
        yield "tool", tool, tool.id, tool.body
    for place in portfolio.places.values():
        yield "place", place, place.id, place.profile
    for path, page in portfolio.prose.items():
        yield "prose", page, path, page.body
    for (framework_id, criterion_id), page in portfolio.criterion_pages.items():
        yield "criterion-page", page, f"{framework_id}/{criterion_id}", page.body
    for assessment in portfolio.assessments:
        yield "assessment", assessment, record_id(assessment), ""


def _found_in(text: str) -> Iterator[tuple[int, str]]:
    if "@" in text:
        for found in _MAIL.finditer(text):
            if not any(example in found.group() for example in _EXAMPLES):
                yield found.start(), "a mail address"
    for found in _PHONE.finditer(text):
        yield found.start(), "what looks like a telephone number"


def _is_suspicious(record: BaseModel) -> bool:
    """A quick look at all fields as one text, since nearly every record is clean."""
    whole = as_one_text(record)
    if not may_name_somebody(whole.encode()):
        return False
    return next(_found_in(whole.replace("\\n", " ").replace("\\t", " ")), None) is not None


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in a record, with the way to it as its author wrote it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            if name not in _PASSED_OVER:
                yield from _texts(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple | list):
        for position, entry in enumerate(value):
            yield from _texts(entry, (*path, position))
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _texts(entry, (*path, str(key)))
