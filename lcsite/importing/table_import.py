"""A table that somebody sent, from its bytes to a judged draft. Nothing is written here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lcsite.authoring.draft import ChangedFile, Context, Draft, NewFile, Refused
from lcsite.authoring.examine import Workplace
from lcsite.importing.answer_table import ANSWER_COLUMNS, merge_answers
from lcsite.importing.mapping import TableMapping, rows_of
from lcsite.importing.observation_table import COLUMNS, Merged, merge_observations
from lcsite.importing.spreadsheets import Sheet, read_sheet
from lcsite.light_classes import dataclass
from lcsite.problems import Problem, Problems

__all__ = ["TableOutcome", "import_table"]


@dataclass(frozen=True, slots=True)
class TableOutcome:
    """What came of a table: a draft if it is right, and every problem at its cell. Errors forbid writing."""

    problems: Problems
    draft: Draft | None = None
    words: str = ""
    """How many rows were added, changed, and there already."""


def import_table(
    raw: bytes, name: str, what: str, place: Workplace, context: Context, *, mapping: TableMapping,
    replace_older: bool = False,
) -> TableOutcome:
    """Read a table of `observations` or `answers` for a place. Raises Refused where it is not said for which."""
    path = _target(what, place.folder, context, mapping)
    sheet, found = read_sheet(raw, name, sheet=mapping.sheet)
    if sheet is None:
        return TableOutcome(Problems(found))
    figures = what == "observations"
    ours, needed = (COLUMNS, ("indicator", "source_title")) if figures else (ANSWER_COLUMNS, ("indicator", "value"))
    rows, found = rows_of(sheet, mapping, ours, needed)
    if found:
        return TableOutcome(Problems(found))
    file = place.folder / path
    before = file.read_bytes() if file.is_file() else b""
    text = before.decode("utf-8")
    merge = merge_observations if figures else merge_answers
    merged = merge(sheet, rows, text, path, replace=replace_older)
    if merged.problems:
        return TableOutcome(Problems(_in_words(sheet, merged.problems)))
    if merged.added + merged.changed == 0:
        return TableOutcome(Problems(), words=f"all {merged.already_there} rows are there already; nothing was written")
    new = ChangedFile(path, before, merged.text) if before else NewFile(path, merged.text)
    draft = Draft((new,), (), ("lcsite check", "lcsite diff", f"lcsite todo {mapping.place}"))
    problems = [_at_its_cell(sheet, merged, path, problem) for problem in place.problems_of(draft)]
    words = f"{merged.added} added, {merged.changed} changed, {merged.already_there} already there"
    return TableOutcome(Problems(problems), draft, words)


def _target(what: str, folder: Path, context: Context, mapping: TableMapping) -> str:
    site = context.site
    if mapping.place is None or mapping.place not in site.places:
        known = ", ".join(list(site.places)[:20]) or "none; begin one with lcsite new city"
        named = f"there is no place {mapping.place}" if mapping.place else "say the place with --place"
        raise Refused(f"{named}. There are: {known}")
    if what == "observations":
        return f"cities/{mapping.place}/observations.csv"
    files = [assessment.file_id for assessment in site.assessments_of(mapping.place)]
    chosen = mapping.assessment or (files[0] if len(files) == 1 else "")
    if chosen not in files:
        raise Refused(
            f"say which assessment with --assessment. There are: {', '.join(files) or 'none'}. A new one begins with "
            f"lcsite new assessment {mapping.place}"
        )
    path = f"cities/{mapping.place}/assessments/{chosen}.yml"
    if not (folder / path).is_file():
        raise Refused(f"{path} is not a file of this folder")
    return path


def _in_words(sheet: Sheet, problems: list[Problem]) -> list[Problem]:
    """With the sheet, row and column in front: a spreadsheet shows letters, not numbers."""
    return [
        replace(problem, message=f"{sheet.words(problem.location.line - 1, problem.location.column - 1)}: "
                                 f"{problem.message}") if problem.location.file == sheet.file else problem
        for problem in problems
    ]  # fmt: skip


def _at_its_cell(sheet: Sheet, merged: Merged, path: str, problem: Problem) -> Problem:
    row = merged.rows.get(problem.location.line) if problem.location.file == path else None
    if row is None:
        return problem
    said = (name for name in row.columns if f'"{name}"' in problem.message or problem.message.startswith(f"{name} "))
    named = next(said, "indicator" if problem.code.startswith("unknown") else "value")
    where, words = row.at(sheet, named)
    return replace(problem, location=where, message=f"{words}: {problem.message}")
