"""References to entries of a framework by an id that only an older version had.

A newer version may rename an entry or leave it out, and its history says so. What places, practices and pages wrote
before is then read as the newer version calls it, or passed over, and said as a warning: no site stops being built
because a framework grew. Nothing is changed in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from lcsite.model.assessment import Observation
from lcsite.model.framework import Framework
from lcsite.model.words import Record
from lcsite.problems import Location, Problem, Severity

__all__ = ["OlderIds"]

At = Callable[[tuple[str | int, ...]], Location]
_FIELDS = ("supports", "criteria")
R = TypeVar("R", bound=Record)


class OlderIds:
    """Reads references in the words of the versions that a site shows; `problems` gathers what is to be mended."""

    def __init__(self, frameworks: Mapping[str, Framework]) -> None:
        self._frameworks = {
            id_: framework for id_, framework in frameworks.items()
            if any(note.renamed or note.dropped for note in framework.history)
        }
        self.problems: list[Problem] = []

    def __bool__(self) -> bool:
        """Whether any framework has ever renamed or dropped anything."""
        return bool(self._frameworks)

    def in_record(self, record: R, at: At) -> R:
        """A practice, tool or page with its references as they are called now."""
        found: dict[str, Any] = {}
        for field in _FIELDS:
            written: tuple[str, ...] = getattr(record, field, ())
            now = tuple(dict.fromkeys(self._references(field, written, at)))
            if now != tuple(dict.fromkeys(written)):
                found[field] = now
        return record.model_copy(update=found) if found else record

    def in_rows(self, rows: tuple[Observation, ...], at: At) -> tuple[Observation, ...]:
        """The figures of a place. All stay, in their order; one whose indicator is gone keeps its name."""
        return tuple(self._row(row, partial(at, (position, "indicator"))) for position, row in enumerate(rows))

    def _row(self, row: Observation, where: Callable[[], Location]) -> Observation:
        now = self._now(row.indicator, where)
        return row if now in (row.indicator, None) else row.model_copy(update={"indicator": now})

    def _references(self, field: str, written: Iterable[str], at: At) -> Iterator[str]:
        for position, reference in enumerate(written):
            now = self._now(reference, partial(at, (field, position)))
            if now is not None:
                yield now

    def _now(self, reference: str, where: Callable[[], Location]) -> str | None:
        framework_id, _, node_id = reference.partition("/")
        framework = self._frameworks.get(framework_id)
        if framework is None or node_id in framework.by_id:
            return reference
        now, why = framework.became(node_id), framework.why_dropped(node_id)
        if now is None and why is None:
            return reference  # no version knew it: a mistake, which the rules report
        if now is not None:
            message = f'"{reference}" is called "{framework_id}/{now}" since a newer version of {framework_id}'
            hint = f"write {framework_id}/{now}"
        else:
            message = f'"{reference}" is gone in version {framework.version} of {framework_id}: {why}'
            hint = "take it out, or name another entry; until then it is passed over"
        self.problems.append(Problem("older-id", where(), message, hint, Severity.WARNING))
        return None if now is None else f"{framework_id}/{now}"
