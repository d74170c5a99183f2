"""What is wrong, where, and what to do about it.

This room holds the one shape in which every room reports a person's mistake, and the order in which problems
are shown. It imports nothing of ours, opens no file and never decides whether something is a mistake.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

__all__ = [
    "Location", "Problem", "Problems", "Severity", "as_github", "as_gitlab", "as_json", "as_sarif", "as_text", "quoted",
]


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

    @property
    def out_of_reach(self) -> Problems:
        """Those that are nobody's mistake: a file was there, and the machine did not hand it out."""
        return Problems(problem for problem in self._found if problem.code == "unreadable-file")


# Words from files, made fit for a log. A file may hold anything; a log may be read by a terminal or by a build server.

_LONGEST_QUOTATION = 40
_NOT_FOR_LOGS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_MAIL_NAME = re.compile(r"[\w.+-]+@(?=[\w-]+\.)")


def _plain(text: str) -> str:
    """Text without anything that could move a cursor, hide or reorder words, or start a new line."""
    return _NOT_FOR_LOGS.sub(lambda found: f"\\u{{{ord(found.group()):x}}}", text)


def quoted(value: str) -> str:
    """A refused value in quotation marks, cut to 40 characters, mail names hidden: logs are public."""
    start = value[: 4 * _LONGEST_QUOTATION]
    shown = _plain(_MAIL_NAME.sub("…@", start))
    if len(shown) > _LONGEST_QUOTATION or len(value) > len(start):
        shown = shown[: _LONGEST_QUOTATION - 1].rstrip() + "…"
    return f'"{shown}"'


def _file(location: Location) -> str:
    """The path as it may be printed at the start of a line: never something that a build server takes for a command."""
    path = _plain(location.file)
    return f"./{path}" if path.startswith((":", "#")) else path


# The forms in which a list of problems is given out


def as_text(problems: Problems) -> str:
    """For people: `file:line:column: error: message  [code]`, with the hint on a line of its own."""
    lines: list[str] = []
    for problem in problems:
        spot = f"{_file(problem.location)}:{problem.location.line}:{problem.location.column}"
        lines.append(f"{spot}: {problem.severity}: {_plain(problem.message)}  [{problem.code}]")
        if problem.hint:
            lines.append(f"  hint: {_plain(problem.hint)}")
    return "".join(f"{line}\n" for line in lines)


def as_github(problems: Problems) -> str:
    """Workflow commands, so that a pull request shows each problem beside the line that it speaks of."""

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def attribute(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    lines: list[str] = []
    for problem in problems:
        message = _plain(problem.message) + (f"\nhint: {_plain(problem.hint)}" if problem.hint else "")
        where = f"file={attribute(_file(problem.location))},line={problem.location.line},col={problem.location.column}"
        lines.append(f"::{problem.severity} {where},title={attribute(problem.code)}::{data(message)}\n")
    return "".join(lines)


def as_gitlab(problems: Problems) -> str:
    """A code quality report, from which GitLab shows problems in a merge request. It tells them apart by fingerprint.

    https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
    """
    found = []
    for problem in problems:
        spot = (problem.code, _plain(problem.location.file), problem.location.line, problem.location.column)
        words = _plain(problem.message)
        hint = f" Hint: {_plain(problem.hint)}" if problem.hint else ""
        found.append({
            "description": words + hint,
            "check_name": problem.code,
            "fingerprint": hashlib.sha256(repr((*spot, words)).encode()).hexdigest()[:32],
            "severity": "major" if problem.severity is Severity.ERROR else "minor",
            "location": {"path": spot[1], "lines": {"begin": problem.location.line}},
        })
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def as_json(problems: Problems) -> str:
    """One object: `problems` (code, severity, file, line, column, message, hint), `errors` and `warnings`."""
    found = [
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "file": _plain(problem.location.file),
            "line": problem.location.line,
            "column": problem.location.column,
            "message": _plain(problem.message),
            "hint": _plain(problem.hint),
        }
        for problem in problems
    ]
    whole = {"problems": found, "errors": problems.errors, "warnings": problems.warnings}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_sarif(problems: Problems, *, codes: Mapping[str, tuple[str, str]], version: str) -> str:
    """SARIF 2.1.0. `codes` gives the title and the explanation of each code; columns count characters."""
    rules = sorted({problem.code for problem in problems})

    def rule(code: str) -> dict[str, Any]:
        title, explanation = codes.get(code, (code, code))
        return {"id": code, "shortDescription": {"text": title}, "fullDescription": {"text": explanation}}

    def result(problem: Problem) -> dict[str, Any]:
        text = _plain(problem.message) + (f" Hint: {_plain(problem.hint)}" if problem.hint else "")
        region = {"startLine": problem.location.line, "startColumn": problem.location.column}
        where = {"artifactLocation": {"uri": quote(_plain(problem.location.file))}, "region": region}
        return {
            "ruleId": problem.code,
            "ruleIndex": rules.index(problem.code),
            "level": problem.severity.value,
            "message": {"text": text},
            "locations": [{"physicalLocation": where}],
        }

    run = {
        "tool": {"driver": {"name": "lcsite", "version": version, "rules": [rule(code) for code in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [result(problem) for problem in problems],
    }
    whole = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
