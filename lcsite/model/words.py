"""The small types that every authored record is made of: ids, plain text, web addresses, years, sources.

They say what a value may look like and nothing about where it was written.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from itertools import repeat
from operator import itemgetter
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

__all__ = [
    "Address", "Choice", "Count", "Day", "Exact", "Figure", "Grade", "NodeId", "NodeRef", "Record", "Slug", "Source",
    "Text", "Year", "share_values",
]


class Record(BaseModel):
    """What every authored record is: frozen, and closed to keys that nobody declared."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=False,
        defer_build=True,  # rules are built for records that are read: a build of a changed text reads one kind of them
    )

    def model_post_init(self, _: object) -> None:
        """Share the set of stated fields with all records that state the same: in a large portal it weighs as much as
        the answers.
        """
        stated = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _STATED.setdefault(frozenset(stated), stated))

    @classmethod
    def __pydantic_init_subclass__(cls, **_: object) -> None:
        """Have Python know all names of values by a first record, so that what is unpacked needs no dictionary."""
        fields = (*cls.model_fields,)
        _NAMES[cls] = (*_BESIDE, *fields)
        # With one name it would give a value and no tuple of it.
        _VALUES[cls] = itemgetter(*fields) if len(fields) > 1 else lambda values: tuple(map(values.__getitem__, fields))
        _unpacked(cls, *repeat(None, len(_NAMES[cls])))

    def __reduce__(self) -> tuple[Callable[..., Self], tuple[Any, ...]]:
        kind = type(self)
        return _unpacked, (kind, self.__pydantic_fields_set__, None, None, *_VALUES[kind](self.__dict__))

    def packed(self, **instead: object) -> tuple[Callable[..., Self], tuple[Any, ...]]:
        """What to call, and with what, to have this record again; `instead` are values in place of its own.

        The names of values are not packed with each record. One that was unpacked takes half the room of one that was
        read: its values stand in the record itself, until somebody asks for the dictionary of it.
        """
        kind = type(self)
        return _unpacked, (kind, self.__pydantic_fields_set__, None, None, *_VALUES[kind](self.__dict__ | instead))


_BESIDE = ("__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
"""What pydantic keeps of a record beside its values: the second and third of these are None, since none is allowed."""

_NAMES: dict[type[Any], tuple[str, ...]] = {}
"""Kind of record -> the names of all that is kept of one, its fields in their order last."""

_VALUES: dict[type[Any], Callable[[dict[str, Any]], tuple[Any, ...]]] = {}
"""Kind of record -> what gives the values of one in the order of its fields, of its dictionary."""

_STATED: dict[frozenset[str], set[str]] = {}
"""Every set of fields that was stated so far. A copy of a record has a set of its own."""


def share_values(records: Iterable[Record], fields: Iterable[str]) -> None:
    """Have records hold the same objects where these fields, lists of words, say the same."""
    words: dict[str, str] = {}
    lists: dict[tuple[str, ...], tuple[str, ...]] = {}
    for record in records:
        values = record.__dict__
        for field in fields:
            value = values[field]
            shared = lists.get(value)
            if shared is None:
                shared = lists[value] = tuple([words.setdefault(word, word) for word in value])
            values[field] = shared


def _unpacked(kind: type[Any], *values: object) -> Any:
    """A record of what stands beside its values, and these, in the order of its fields."""
    record = object.__new__(kind)
    any(map(object.__setattr__, repeat(record), _NAMES[kind], values))  # none of which gives anything
    return record


class Choice(StrEnum):
    """Words to choose from, each with what it means: for editors, for the pages about files, for forms."""

    _value_: str
    meaning: str

    def __new__(cls, word: str, meaning: str = "") -> Self:
        choice = str.__new__(cls, word)
        choice._value_ = word
        choice.meaning = meaning
        return choice


_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:/[!#-;=?-\[\]-_a-~]*)?")
"""What nearly every address is, and right: no port, no user, small Latin letters in the name of the server."""


def _web_address(value: str) -> str:
    return value if _PLAIN_ADDRESS.fullmatch(value) else _unusual_address(value)


def _unusual_address(value: str) -> str:
    if re.search(r"[\s\x00-\x1f<>\"`\\]", value):
        raise ValueError("an address holds no spaces, quotes or control characters")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ValueError("an address reads like https://example.org/page") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address starts with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise ValueError("an address carries no user name or password")
    if port == 0 or not re.fullmatch(r"[\w-]+(\.[\w-]+)*\.?", parts.hostname):
        raise ValueError("an address reads like https://example.org/page")
    return value


def _plain_digits(value: object) -> object:
    """Python would read 1_000 and the digits of any script as numbers; a reader of the file might not."""
    if isinstance(value, str) and ("_" in value or not value.isascii()):
        raise ValueError("write digits from 0 to 9 and a point, such as 12.5, without a unit and without commas")
    return value


_UNSEEN = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+"
)
"""Blanks, joiners, marks of direction and fillers: they shape other characters, and by themselves show nothing."""


def _can_be_seen(value: str) -> str:
    if not value.isascii() and _UNSEEN.fullmatch(value):
        raise ValueError("no character here can be seen")
    return value


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), AfterValidator(_can_be_seen)
]
"""Plain text, never markup: whatever stands in it is shown as it stands, and something in it can be seen."""

Slug = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80), Field(examples=["learner-survey"])
]
"""An id that is also a file name and a piece of an address."""

NodeId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=80), Field(examples=["inclusion-2"])
]
"""The id of a dimension, criterion, group or indicator within its framework, such as `inclusion-2` or `5.2.1`."""

NodeRef = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+([.-][a-z0-9]+)*$", max_length=161),
    Field(examples=["street-libraries/access"]),
]
"""A node of any framework: `<framework>/<node>`."""

Address = Annotated[
    str, StringConstraints(max_length=2_000), AfterValidator(_web_address),
    Field(examples=["https://example.org/audit"], json_schema_extra={"format": "uri"}),
]
"""A public web address with the scheme http or https."""

Count = Annotated[int, BeforeValidator(_plain_digits), Field(ge=0, le=10**12, examples=[18400])]
"""People or things, counted. There are fewer than a million million of whatever a place could count."""

Year = Annotated[int, BeforeValidator(_plain_digits), Field(ge=1800, le=2200, examples=[2024])]


def _written_out(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("a date is written year-month-day, such as 2026-06-30")
    return value


Day = Annotated[datetime.date, BeforeValidator(_written_out), Field(examples=["2026-06-30"])]
"""A date as year-month-day. Bare numbers, which pydantic would count in seconds from 1970, are refused."""

Exact = Annotated[Decimal, BeforeValidator(_plain_digits), Field(allow_inf_nan=False, max_digits=24, examples=[12.5])]
"""A number kept exactly as it was written."""


class Grade(Choice):
    """How much stands behind an answer (`content/method`); the position in this list is the grade 0 to 4."""

    ASSERTION = "assertion", "somebody says so, and nobody says who"
    SELF_REPORT = "self-report", "those who did it, or a named person, say so"
    PUBLIC_DOCUMENT = "public-document", "it stands in a document that anybody can read"
    OFFICIAL_STATISTIC = "official-statistic", "a public office counted it"
    OUTSIDE_CHECK = "outside-check", "somebody from outside looked and found it so"

    @property
    def number(self) -> int:
        return _GRADE_NUMBERS[self]


_GRADE_NUMBERS = {grade: number for number, grade in enumerate(Grade)}


class Source(Record):
    """Where something was said: title, who published it, the year of publication, the address if there is one."""

    title: Text = Field(description="what the text is called", examples=["Council audit note"])
    publisher: Text | None = Field(None, description="who published it", examples=["Sampleby council"])
    year: Year | None = Field(None, description="the year in which it appeared; never a guess")
    url: Address | None = Field(None, description="where it can be read, if it stands on the web")
    dead: bool = Field(False, description="a link check found the address dead and no archived copy exists")
    """A dead source without a copy counts as a named self-report at most (method, section 4)."""


class Figure(Record):
    """A published number about a place that stands beside the scorecards as context."""

    label: Text = Field(description="what is counted", examples=["Public libraries"])
    value: Exact = Field(description="the number, with a point and no spaces", examples=[2])
    unit: Text | None = Field(None, description="what the number counts", examples=["libraries"])
    year: Year | None = Field(None, description="the year that the number is about")
    scope: Text | None = Field(
        None, description="what the number covers where that is not the place itself", examples=["the whole county"]
    )
    derived: Text | None = Field(
        None, description="how the number was worked out from what was published",
        examples=["The sum of two tables of the report"],
    )
    note: Text | None = Field(None, description="anything to keep in mind", examples=["Mobile ones are counted too."])
    check: Text | None = Field(
        None, description="what a second reader found; left out means not looked up again",
        examples=["Confirmed in the report, page 12"],
    )
    source: Source = Field(description="where the number is published")
