"""Builds a page out of answers and remembers for each of its lines which line of the form it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lcsite.authoring.yaml_text import comment, scalar
from lcsite.importing.issue_text import Filled, SourceLine
from lcsite.problems import Location, Problem

__all__ = ["PageText"]


class PageText:
    """A page that grows from above: fields in front, then the text."""

    def __init__(self, filled: Filled) -> None:
        self._filled = filled
        self._text: list[str] = ["---\n"]
        self._lines: list[int] = [1]

    @property
    def text(self) -> str:
        return "".join(self._text)

    def add(self, text: str, line: int = 1) -> None:
        """Text of whole lines, all of them from one line of the form."""
        self._text.append(text)
        self._lines += [line] * text.count("\n")

    def note(self, words: str) -> None:
        """A comment."""
        self.add(comment(words))

    def field(self, name: str, key: str = "", *, indent: int = 0) -> None:
        """A field with an answer of the form; nothing where there is no answer."""
        if value := self._filled.one_line(key or name):
            self.add(f"{' ' * indent}{name}: {scalar(value)}\n", self._filled.at(key or name).line)

    def entries(self, name: str, values: Iterable[tuple[str, int]]) -> None:
        """A list, one entry a line; nothing where there are none."""
        found = list(values)
        if found:
            self.add(f"{name}:\n", found[0][1])
            for value, line in found:
                self.add(f"  - {scalar(value)}\n", line)

    def sources(self, name: str, sources: Iterable[SourceLine]) -> None:
        """A list of sources."""
        found = list(sources)
        if found:
            self.add(f"{name}:\n", found[0].line)
        for source in found:
            self.source(source, first="  - ", rest="    ")

    def source(self, source: SourceLine, *, first: str, rest: str) -> None:
        """The fields of one source."""
        parts: Mapping[str, str] = {
            "title": source.title, "publisher": source.publisher, "year": source.year, "url": source.url
        }
        lead = first
        for name, value in parts.items():
            if value:
                self.add(f"{lead}{name}: {scalar(value)}\n", source.line)
                lead = rest

    def body(self) -> None:
        """The end of the fields."""
        self.add("---\n")

    def section(self, heading: str, key: str) -> None:
        """A heading, where there is one, and the answer below it, line by line."""
        given = self._filled.answers.get(key)
        if given is None:
            return
        if heading:
            self.add(f"## {heading}\n\n", given.line)
        for position, line in enumerate(given.text.split("\n")):
            self.add(f"{line}\n", given.line_of(position))
        self.add("\n", given.line)

    def in_the_form(self, problem: Problem) -> Problem:
        """The problem at the line of the form that is to blame."""
        number = problem.location.line
        line = self._lines[number - 1] if 0 < number <= len(self._lines) else 1
        return replace(problem, location=Location(self._filled.file, line))
