"""What differs between two records, field by field, in short words. Knows no field by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lcsite.model.words import Record

__all__ = ["differing_fields", "new_and_gone", "short"]

_LONGEST = 60
_TEXTS = frozenset({"body", "profile", "template"})


def differing_fields(before: Record, after: Record, *, leave_out: Iterable[str] = ()) -> tuple[str, ...]:
    """`population value: 9,000 to 9,500` and so on, in the order of the model."""
    if before == after:
        return ()
    passed_over = set(leave_out)
    one, other = (record.model_dump(mode="json", by_alias=True, exclude=passed_over) for record in (before, after))
    return tuple(_differences(one, other, ()))


def _differences(before: Any, after: Any, path: tuple[str, ...]) -> Iterator[str]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from _differences(before.get(key), after.get(key), (*path, str(key)))
    elif path and path[-1] in _TEXTS:
        yield f"the text: {_words(before)} words to {_words(after)}"
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(before, after, " ".join(path))
    else:
        yield f"{' '.join(path)}: {short(before)} to {short(after)}"


def _lists(before: list[Any], after: list[Any], name: str) -> Iterator[str]:
    if len(before) == len(after) and all(isinstance(each, Mapping) for each in (*before, *after)):
        for number, (one, other) in enumerate(zip(before, after, strict=True), start=1):
            yield from _differences(one, other, (f"{name} {number}",))
        return
    gone = [each for each in before if each not in after]
    new = [each for each in after if each not in before]
    if new:
        yield f"{name}: new {', '.join(map(short, new))}"
    if gone:
        yield f"{name}: without {', '.join(map(short, gone))}"
    if not new and not gone:
        yield f"{name}: in another order"


def new_and_gone(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """The keys that are new, gone, and there on both sides with another value; each in the order of its side."""
    return (
        [key for key in after if key not in before],
        [key for key in before if key not in after],
        [key for key in after if key in before and before[key] != after[key]],
    )


def short(value: object) -> str:
    """A value in at most 60 signs; what is not there is *nothing*."""
    if value is None or value in ("", [], {}):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("title", "name", "label", "value", "id") if value.get(key)), "an entry")
    text = " ".join(str(value).split())
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[: _LONGEST - 1].rstrip()}…"'


def _words(text: object) -> int:
    return len(str(text or "").split())
