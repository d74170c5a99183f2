"""The guard of the first promise: no page, list or file puts places in the order of a score.

Every sequence of more than one place must stand in the order of names, or be nearest-in-context and say so. A page
or file that does not is a fault of ours and stops the build.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import pairwise
from typing import Any

from lcsite.pages.page import PlaceName

__all__ = ["NearestInContext", "RankingRefused", "by_name", "guard_data", "guard_page", "name_key"]

_FORBIDDEN_KEY = re.compile(
    r"(^|[_-])(rank|ranking|ranked|league|position_among|best_place|worst_place|top_places)([_-]|$)", re.I
)


class RankingRefused(Exception):
    """A page or file would have put places in an order other than that of their names."""


def name_key(name: str) -> tuple[str, str]:
    """The order of names: by letters without accents and case, then as written. The same in every locale."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.casefold(), name


def by_name(places: Iterable[Any]) -> tuple[Any, ...]:
    """Things with a `name` (and an `id` against ties) in the order of names."""
    return tuple(sorted(places, key=lambda place: (*name_key(place.name), place.id)))


class NearestInContext(tuple[Any, ...]):
    """Places proposed by likeness of size and means, nearest first (method, section 10): the one other order."""

    __slots__ = ()


def guard_page(body: object, *, where: str) -> None:
    """Walk a page's body and refuse any sequence of places that does not stand in the order of names.

    Raises RankingRefused, naming the page (`where`) and the places.
    """
    for sequence in _sequences(body):
        names = [found for found in map(_place_name, sequence) if found is not None]
        _refuse_unless_sorted([(name_key(name), id_) for name, id_ in names], where=where)


def guard_data(data: object, *, where: str) -> None:
    """The same for what is published as JSON or as rows: objects with a `place` stand by place id, and no key ranks."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if _FORBIDDEN_KEY.search(str(key)):
                raise RankingRefused(f"{where}: the key {key!r} would rank")
            guard_data(value, where=where)
    elif isinstance(data, Sequence) and not isinstance(data, str | bytes):
        places = [row["place"] for row in data if isinstance(row, Mapping) and isinstance(row.get("place"), str)]
        _refuse_unless_sorted(places, where=where)
        for value in data:
            guard_data(value, where=where)


def _refuse_unless_sorted(keys: list[Any], *, where: str) -> None:
    for earlier, later in pairwise(keys):
        if later < earlier:
            raise RankingRefused(
                f"{where}: places stand in another order than that of their names: {earlier!r} before {later!r}"
            )


def _place_name(item: object) -> tuple[str, str] | None:
    """The (name, id) of the one place that an entry of a list is about: the entry itself or its field `place`."""
    if isinstance(item, PlaceName):
        return item.name, item.id
    place = getattr(item, "place", None)
    return (place.name, place.id) if isinstance(place, PlaceName) else None


def _sequences(value: object) -> Iterator[Sequence[object]]:
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if _FORBIDDEN_KEY.search(field.name):
                raise RankingRefused(f"the field {field.name!r} would rank")
            yield from _sequences(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _sequences(item)
    elif isinstance(value, tuple | list):
        if not isinstance(value, NearestInContext):
            yield value
        for item in value:
            yield from _sequences(item)
