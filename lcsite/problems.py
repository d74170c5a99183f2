"""What is wrong, where, and what to do about it.

This room holds the one shape in which every room reports a person's mistake, and the order in which problems
are shown. It imports nothing of ours, opens no file and never decides whether something is a mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error stops the build, a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A spot in an authored file: path relative to the site's folder (POSIX), line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: a code (a word that the contributor guide explains), where, what was found, how to mend it."""

    code: str
    location: Location
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR


class Problems:
    """A collection that is filled while reading and checking, and always comes out in the same order."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._found: set[Problem] = set(problems)

    def add(self, problem: Problem) -> None:
        self._found.add(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        self._found.update(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found, key=lambda p: (p.location, p.severity.value, p.code, p.message, p.hint)))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> int:
        """How many of the problems stop the build."""
        return sum(problem.severity is Severity.ERROR for problem in self._found)

    @property
    def warnings(self) -> int:
        return len(self._found) - self.errors
