"""The guard of the first promise: no page, list or file puts places in the order of a score.

Every sequence of more than one place must stand in the order of names, or be nearest-in-context and say so. A page
or file that does not is a fault of ours and stops the build.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from lcsite.model.place import Place
from lcsite.model.words import Record
from lcsite.pages.page import PlaceName

__all__ = ["NearestInContext", "RankingRefused", "SideBySide", "by_name", "guard_data", "guard_page", "name_key"]

_FORBIDDEN_WORD = re.compile(
    r"(^|[_-])(rank|ranking|ranked|league|position_among|best_place|worst_place|top_places)([_-]|$)", re.I
)


class RankingRefused(Exception):
    """A page or file would have put places in an order other than that of their names."""


@lru_cache(maxsize=50_000)
def name_key(name: str) -> tuple[str, str]:
    """The order of names: by letters without accents and case, then as written. The same in every locale."""
    plain = name if name.isascii() else "".join(
        [c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)]
    )
    return plain.casefold(), name


def by_name(places: Iterable[Any]) -> tuple[Any, ...]:
    """Things with a `name` (and an `id` against ties) in the order of names."""
    found = tuple(places)
    return tuple(sorted(found, key=lambda place: (*name_key(place.name), place.id))) if len(found) > 1 else found


class NearestInContext(tuple[Any, ...]):
    """Places proposed by likeness of size and means, nearest first (method, section 10): the one other order."""

    __slots__ = ()


class SideBySide(tuple[Any, ...]):
    """Groups in which a place may stand again, such as one for each construct; each group by itself is in order."""

    __slots__ = ()


def guard_page(body: object, *, where: str) -> None:
    """Walk a page's body and refuse any sequence of places that does not stand in the order of names.

    Groups of places, one after another, are one sequence too, or else a list in tiers would slip through.
    Raises RankingRefused, naming the page (`where`) and the places.
    """
    for sequence in _sequences(body, where=where):
        if len(sequence) < 2 or isinstance(sequence, NearestInContext | SideBySide):
            continue
        kinds = set(map(type, sequence))
        if len(kinds) == 1 and _holds_one_place(*kinds):
            keys = map(_place_key, map(_place_of, sequence))
            _refuse_unless_sorted([key for key in keys if key is not None], where=where)
        elif not all(map(_names_no_place, kinds)):
            _refuse_unless_sorted([key for entry in sequence for key in _places_of(entry)], where=where)


def guard_data(data: object, *, where: str) -> None:
    """The same for what is published as JSON or as rows: what has a `place` stands by place id, and no key ranks.

    Rows are dataclasses or objects. The names of a dataclass are looked at once, and only those of its fields that can
    hold rows or names of their own are gone into.
    """
    if isinstance(data, Mapping):
        for key, value in data.items():
            _refuse_word(str(key), where=where)
            guard_data(value, where=where)
    elif isinstance(data, Sequence) and not isinstance(data, str | bytes):
        kinds: set[Any] = set(map(type, data))
        if any(map(_may_name_a_place, kinds)):
            find = _place_id if any(issubclass(kind, Mapping) for kind in kinds) else _place_of_row
            _refuse_unless_sorted([place for place in map(find, data) if isinstance(place, str)], where=where)
        plain = {kind for kind in kinds if kind is str or _published_fields(kind) == ((), "")}
        if plain != kinds:
            for value in data:
                if type(value) not in plain:
                    guard_data(value, where=where)
    elif is_dataclass(data) and not isinstance(data, type):
        holding, refused = _published_fields(type(data)) or ((), "")
        _refuse_word(refused, where=where)
        for name in holding:
            guard_data(getattr(data, name), where=where)


@cache
def _may_name_a_place(type_: type) -> bool:
    """Whether things of a type can say which place they are about."""
    if is_dataclass(type_):
        return hasattr(type_, "place") or any(field.name == "place" for field in fields(type_))
    return not issubclass(type_, _ONE_VALUE)


def _place_id(row: Any) -> object:
    return row.get("place") if isinstance(row, Mapping) else _place_of_row(row)


def _place_of_row(row: Any) -> object:
    return getattr(row, "place", None)


@cache
def _published_fields(type_: type) -> tuple[tuple[str, ...], str] | None:
    """The fields of a row in which there may be more to look at, and the first name in it or below it that would rank.

    None for what is no row.
    """
    if not is_dataclass(type_):
        return None
    hints = _type_hints(type_)
    refused = next((name for name in hints if _FORBIDDEN_WORD.search(name)), "")
    return tuple(name for name, hint in hints.items() if _may_hold(hint, ())), refused


_type_hints = cache(get_type_hints)
"""Many types hold the same ones, and reading what is written of a type takes long."""


def _may_hold(hint: Any, above: tuple[type, ...]) -> bool:
    """Whether a value of a type can hold places in an order, or a key that ranks."""
    if isinstance(hint, type) and is_dataclass(hint):
        if hint in above:
            return False
        inside = _type_hints(hint)
        return any(_FORBIDDEN_WORD.search(name) or _may_hold(it, (*above, hint)) for name, it in inside.items())
    entries = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return any(_may_hold(entry, above) for entry in entries)
    if get_origin(hint) is tuple:
        return any(_is_about_a_place(entry) or _may_hold(entry, above) for entry in entries if entry is not ...)
    return get_origin(hint) is not Literal and not (isinstance(hint, type) and issubclass(hint, _ONE_VALUE))


def _is_about_a_place(hint: Any) -> bool:
    return isinstance(hint, type) and is_dataclass(hint) and "place" in _type_hints(hint)


_ONE_VALUE = (str, int, float, Decimal, Fraction, datetime.date, Enum, NoneType)


def _refuse_unless_sorted(keys: list[Any], *, where: str) -> None:
    if keys == sorted(keys):
        return
    for earlier, later in pairwise(keys):
        if later < earlier:
            raise RankingRefused(
                f"{where}: places stand in another order than that of their names: {earlier!r} before {later!r}"
            )


_PlaceKey = tuple[tuple[str, str], str]
_PLACES = (PlaceName, Place)


@cache
def _fields_that_hold(type_: type) -> tuple[tuple[str, ...], str]:
    """The fields of a dataclass that can hold a place or lead to one, and the first field that would rank, if any.

    Worked out once a type: pages hold the same kinds of row thousands of times.
    """
    found = fields(type_)
    refused = next((field.name for field in found if _FORBIDDEN_WORD.search(field.name)), "")
    return tuple(name for name, hint in _hints(type_).items() if _may_lead_to_places(hint, ())), refused


def _hints(type_: type) -> Mapping[str, Any]:
    names = [field.name for field in fields(type_)]
    try:
        hints = _type_hints(type_)
    except NameError:  # a type that is named where nobody else can see it may be anything
        return dict.fromkeys(names, Any)
    return {name: hints[name] for name in names}


def _may_lead_to_places(hint: Any, above: tuple[type, ...]) -> bool:
    """Whether values of a type can be or hold places, keys, or a name that would rank. What is not known may."""
    if get_origin(hint) in (Union, UnionType, tuple):
        return any(_may_lead_to_places(entry, above) for entry in get_args(hint) if entry is not ...)
    if get_origin(hint) is Literal or hint in above:
        return False
    if not isinstance(hint, type) or any(issubclass(hint, kind) or issubclass(kind, hint) for kind in _PLACES):
        return True
    if is_dataclass(hint):
        return bool(hint.__subclasses__()) or any(
            _FORBIDDEN_WORD.search(name) or _may_lead_to_places(inside, (*above, hint))
            for name, inside in _hints(hint).items()
        )
    return not issubclass(hint, (*_ONE_VALUE, Record))


@cache
def _is_plain(type_: type) -> bool:
    """Whether things of a type can hold neither places nor lists, nor a name that would rank."""
    if is_dataclass(type_):
        return not issubclass(type_, PlaceName) and _fields_that_hold(type_) == ((), "")
    return not issubclass(type_, Mapping | tuple | list | Place)


@cache
def _has_no_parts(type_: type) -> bool:
    """Whether nothing has to be looked for within things of a type, which may be places themselves."""
    if _is_plain(type_) or _holds_one_place(type_) or issubclass(type_, Place):
        return True
    return is_dataclass(type_) and _fields_that_hold(type_) == ((), "")


@cache
def _holds_one_place(type_: type) -> bool:
    """Whether things of a type are about the place in their field `place`, and there is nothing else to look for."""
    if not is_dataclass(type_) or issubclass(type_, _PLACES):
        return False
    return _fields_that_hold(type_) == (("place",), "") and _hints(type_)["place"] in _PLACES


_place_of = attrgetter("place")


@cache
def _is_about_itself(type_: type) -> bool:
    """Whether things of a type have a page of their own, and no place stands directly in one of their fields."""
    return is_dataclass(type_) and not issubclass(type_, PlaceName) and "address" in _hints(type_) and not any(
        _may_be_place(hint) for hint in _hints(type_).values()
    )


def _may_be_place(hint: Any) -> bool:
    if get_origin(hint) in (Union, UnionType):
        return any(map(_may_be_place, get_args(hint)))
    if get_origin(hint) is not None:
        return False
    return not isinstance(hint, type) or any(issubclass(hint, kind) or issubclass(kind, hint) for kind in _PLACES)


class _Form(Enum):
    """How things of a type are walked through."""

    ONE = "one thing, in which there is nothing to look for"
    MAPPING = "keys and values"
    LIST = "entries in an order"
    RECORD = "fields, some of which may lead to places"
    OTHER = "unknown here, and of no parts"


@cache
def _form(type_: type) -> _Form:
    if _has_no_parts(type_):
        return _Form.ONE
    if issubclass(type_, Mapping):
        return _Form.MAPPING
    if issubclass(type_, tuple | list):
        return _Form.LIST
    return _Form.RECORD if is_dataclass(type_) else _Form.OTHER


def _parts(value: Any) -> tuple[object, ...]:
    if isinstance(value, tuple | list):
        return tuple(value)
    type_ = type(value)
    if is_dataclass(type_):
        return tuple([getattr(value, name) for name in _fields_that_hold(type_)[0]])
    return ()


def _place_key(item: object) -> _PlaceKey | None:
    """Where in the order of names an entry of a list belongs, if it is about one place.

    That is a place itself, or something with a place in its field or key `place` or in just one of its parts.
    """
    if isinstance(item, _PLACES):
        return name_key(item.name), item.id
    if isinstance(item, Mapping):
        return _place_key(item["place"]) if isinstance(item.get("place"), _PLACES) else None
    if is_dataclass(item) and isinstance(place := getattr(item, "place", None), _PLACES):
        return _place_key(place)
    found = {_place_key(part) for part in _parts(item) if isinstance(part, _PLACES)}
    return found.pop() if len(found) == 1 else None


@cache
def _names_no_place(type_: type) -> bool:
    """Whether an entry of a list is not about a place, whatever is in it."""
    return _is_plain(type_) or _is_about_itself(type_)


def _places_of(entry: Any) -> Iterator[_PlaceKey]:
    """The one place that an entry of a list is about, or those of a group: directly, or with words beside them.

    What has a page of its own, such as a practice with its places, is about that and not a group.
    """
    if _names_no_place(type(entry)):  # type: ignore[arg-type] # as above
        return
    if type(entry) is tuple and all(map(_names_no_place, set(map(type, entry)))):  # words and things with pages
        return
    if (one := _place_key(entry)) is not None:
        yield one
    elif not isinstance(entry, NearestInContext) and not hasattr(entry, "address"):
        for part in (entry, *_parts(entry)):
            if isinstance(part, tuple | list) and not isinstance(part, NearestInContext):
                keys = [key for key in map(_place_key, part) if key is not None]
                if keys and len(keys) == len(part):
                    yield from keys
                    return


def _sequences(body: Any, *, where: str) -> Iterator[Sequence[object]]:
    """Everything in a body that has an order: lists, and mappings by their keys and by their values."""
    waiting = [body]
    while waiting:
        value = waiting.pop()
        form = _form(type(value))  # type: ignore[arg-type] # as above
        if form is _Form.LIST:
            yield value
            kinds = set(map(type, value))
            for kind in kinds:
                within = _form(kind)
                if within is not _Form.ONE:
                    entries = value if len(kinds) == 1 else [entry for entry in value if type(entry) is kind]
                    waiting += _held_by(kind, entries, where=where) if within is _Form.RECORD else entries
        elif form is _Form.RECORD:
            waiting += _held_by(type(value), (value,), where=where)
        elif form is _Form.MAPPING:
            for key in value:
                _refuse_word(str(key), where=where)
            yield tuple(value)
            yield tuple(value.values())
            waiting += value.values()


def _held_by(type_: Any, records: Iterable[Any], *, where: str) -> list[Any]:
    """What may lead to places in records of one type. One thing by itself, in which there is nothing, is left out."""
    holding, refused = _fields_that_hold(type_)
    _refuse_word(refused, where=where)
    return [
        held for name in holding for held in map(attrgetter(name), records)
        if held and not (type(held) is tuple and len(held) == 1 and _form(held[0].__class__) is _Form.ONE)
    ]


def _refuse_word(name: str, *, where: str) -> None:
    if name and _FORBIDDEN_WORD.search(name):
        raise RankingRefused(f"{where}: the field or key {name!r} would rank")
