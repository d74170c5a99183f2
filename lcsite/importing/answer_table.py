"""From the rows of a table to the answers of an assessment: comments, order and every older answer stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lcsite.authoring.yaml_text import scalar
from lcsite.importing.mapping import Row
from lcsite.importing.observation_table import Merged
from lcsite.importing.spreadsheets import Sheet
from lcsite.light_classes import dataclass
from lcsite.model.assessment import NOT_ANSWERED, Answer
from lcsite.problems import Location, Problem, quoted
from lcsite.reading.strict_yaml import Path, Tree, YamlMarks, YamlText, read_yaml
from lcsite.reading.validation import validate

__all__ = ["ANSWER_COLUMNS", "merge_answers"]

_PLAIN = ("year", "grade", "because", "note")
_EVIDENCE = ("title", "publisher", "year", "url", "shows")
ANSWER_COLUMNS = ("indicator", "value", "not_applicable", *_PLAIN, *(f"source_{name}" for name in _EVIDENCE))


@dataclass(frozen=True, slots=True)
class _CellMarks:
    sheet: Sheet
    row: Row

    def value(self, path: Path) -> Location:
        names = [str(step).replace(" ", "_") for step in path if isinstance(step, str)]
        name = f"source_{names[-1]}" if names[:1] == ["evidence"] else names[-1] if names else "value"
        return self.row.at(self.sheet, name)[0]

    key = value


def merge_answers(sheet: Sheet, rows: Sequence[Row], before: str, path: str, *, replace: bool) -> Merged:
    """The assessment with the answers in it. Rows without an answer say nothing.

    An open question is answered. An answer that is there and differs is a problem; with `replace` a plain one gives
    way, and one with reasons beside it never does.
    """
    merged = Merged(before)
    source = YamlText(before, path)
    tree, problems = read_yaml(source)
    there = tree.get("answers") if tree is not None else None
    if problems or not isinstance(there, dict):
        message = "this assessment has no answers that could be added to"
        merged.problems.append(Problem("table-conflict", Location(path), message, "mend it first: lcsite check"))
        return merged
    lines = _Lines(before, YamlMarks(source), [*there])
    if not lines.one_a_line:
        message = "the answers do not stand one a line, so nothing can be put between them"
        merged.problems.append(Problem("table-conflict", Location(path), message, "write each on a line of its own"))
        return merged
    seen: dict[str, Row] = {}
    for row in rows:
        node = row.cells.get("indicator", "").rpartition("/")[2]
        answer = _answer(row)
        if answer is None:
            continue
        if wrong := _wrong(sheet, row, node, answer, seen):
            merged.problems += wrong
            continue
        seen[node] = row
        old = there.get(node)
        if old is None:
            lines.add(node, answer, row)
            merged.added += 1
        elif isinstance(old, str) and old.strip().casefold() == NOT_ANSWERED:
            lines.put(node, answer, row)
            merged.added += 1
        elif _plain(old) == _plain(answer):
            merged.already_there += 1
        elif replace and isinstance(old, str):
            lines.put(node, answer, row)
            merged.changed += 1
        else:
            merged.problems.append(_conflict(sheet, row, node, old, lines.mark(node)))
    merged.text, merged.rows = lines.text()
    return merged


def _answer(row: Row) -> Tree:
    """The answer of a row: a plain value where nothing stands beside it; None where there is none."""
    cells = row.cells
    if reason := cells.get("not_applicable"):
        return {"not applicable": reason}
    if not cells.get("value"):
        return None
    beside: dict[str, Tree] = {name: cells[name] for name in _PLAIN if cells.get(name)}
    evidence: dict[str, Tree] = {
        name: cells[f"source_{name}"] for name in _EVIDENCE if cells.get(f"source_{name}")
    }
    if evidence:
        beside["evidence"] = [evidence]
    return {"value": cells["value"], **beside} if beside else cells["value"]


def _plain(answer: Tree) -> Tree:
    return answer.get("value") if isinstance(answer, dict) and answer.keys() == {"value"} else answer


def _wrong(sheet: Sheet, row: Row, node: str, answer: Tree, seen: Mapping[str, Row]) -> list[Problem]:
    if not re.fullmatch(r"[a-z0-9]+([.-][a-z0-9]+)*", node):
        where, _ = row.at(sheet, "indicator")
        return [Problem("table-conflict", where, f"{quoted(node)} is no id of a question", "such as access-1 or 5.2.1")]
    if node in seen:
        where, _ = row.at(sheet, "indicator")
        message = f"row {seen[node].number + 1} answers the same question"
        return [Problem("table-conflict", where, message, "keep one of the two")]
    fields: dict[str, Tree] = answer if isinstance(answer, dict) else {"value": answer}
    _, problems = validate(Answer, fields, marks=lambda: _CellMarks(sheet, row))
    return problems


def _conflict(sheet: Sheet, row: Row, node: str, old: Tree, at: Location) -> Problem:
    where, _ = row.at(sheet, "value")
    if isinstance(old, str):
        hint = f"it says {quoted(old)}; take the new one with --replace, or leave the row out"
    else:
        hint = "it has reasons or evidence beside it, which no table may take away: change it by hand"
    return Problem("table-conflict", where, f"{quoted(node)} is answered already at {at}", hint)


class _Lines:
    """The lines of an assessment, into which answers are put."""

    def __init__(self, text: str, marks: YamlMarks, nodes: list[str]) -> None:
        self._text = text if text.endswith("\n") else text + "\n"
        self._lines = self._text.split("\n")[:-1]
        self._marks = marks
        self._starts = {node: marks.key(("answers", node)).line - 1 for node in nodes}
        self._block = marks.key(("answers",)).line - 1
        first = min(self._starts.values(), default=self._block)
        self._indent = len(self._lines[first]) - len(self._lines[first].lstrip()) if nodes else 2
        starts = [*self._starts.values()]
        self.one_a_line = len(set(starts)) == len(starts) and self._block not in starts and (
            bool(nodes) or self._lines[self._block].split("#")[0].rstrip().endswith(":")
        )
        self._new: dict[int, tuple[list[str], Row]] = {}
        self._after: list[tuple[list[str], Row]] = []

    def mark(self, node: str) -> Location:
        return self._marks.key(("answers", node))

    def put(self, node: str, answer: Tree, row: Row) -> None:
        """In the place of a plain answer; what stands behind it as a comment stays."""
        at = self._starts[node]
        value = self._marks.value(("answers", node))
        rest = self._lines[at][value.column - 1 :]
        comment = re.search(r"\s#.*$", rest)
        self._new[at] = (self._written(node, answer, comment.group().strip() if comment else ""), row)

    def add(self, node: str, answer: Tree, row: Row) -> None:
        """Below the last answer."""
        self._after.append((self._written(node, answer, ""), row))

    def _written(self, node: str, answer: Tree, comment: str) -> list[str]:
        space = " " * self._indent
        behind = f" {comment}" if comment else ""
        if isinstance(answer, str):
            return [f"{space}{scalar(node)}: {scalar(answer)}{behind}"]
        assert isinstance(answer, dict)
        written = [f"{space}{scalar(node)}:{behind}"]
        for name, value in answer.items():
            if isinstance(value, str):
                written.append(f"{space}  {name}: {scalar(value)}")
            elif isinstance(value, list) and isinstance(value[0], dict):
                written.append(f"{space}  {name}:")
                for number, (key, words) in enumerate(value[0].items()):
                    written.append(f"{space}    {'- ' if number == 0 else '  '}{key}: {scalar(str(words))}")
        return written

    def _end(self) -> int:
        """The line behind the last answer and whatever belongs to it."""
        last = max(self._starts.values(), default=self._block)
        end = last + 1
        for number in range(last + 1, len(self._lines)):
            line = self._lines[number]
            if line.strip() and not line.lstrip().startswith("#") and not line.startswith(" " * (self._indent + 1)):
                break
            if line.startswith(" " * (self._indent + 1)) and line.strip():
                end = number + 1
        return end

    def text(self) -> tuple[str, dict[int, Row]]:
        """The file as it will be, and the row of the table behind each new line, counted from 1."""
        written: list[str] = []
        rows: dict[int, Row] = {}

        def add(lines: list[str], row: Row) -> None:
            for line in lines:
                written.append(line)
                rows[len(written)] = row

        end = self._end()
        for number, line in enumerate([*self._lines, ""]):
            if number == end:
                for lines, row in self._after:
                    add(lines, row)
            if number < len(self._lines):
                if number in self._new:
                    add(*self._new[number])
                else:
                    written.append(line)
        return "\n".join(written) + "\n", rows
