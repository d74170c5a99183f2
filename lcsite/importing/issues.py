"""The text of a form, from its bytes to what comes of it: a judged draft, a note, or a list of what is missing."""

from __future__ import annotations

from lcsite.authoring.draft import Context, Draft, Refused
from lcsite.authoring.examine import Workplace
from lcsite.importing.drafts import draft_of
from lcsite.importing.issue_text import read_issue
from lcsite.importing.review_note import SourceFiles, note_of
from lcsite.light_classes import dataclass
from lcsite.problems import Problems
from lcsite.reading.layout import Kind, find_files, read_bytes

__all__ = ["Outcome", "import_issue"]

_DRAFTED = ("case-study", "place")
_SEARCHED = frozenset({Kind.PLACE, Kind.OBSERVATIONS, Kind.ASSESSMENT, Kind.PRACTICE, Kind.TOOL, Kind.TOOL_TEMPLATE,
                       Kind.FRAMEWORK, Kind.CRITERION_PAGE, Kind.PROSE})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a form: a draft or a note, and every problem at its line of the form. Errors forbid writing."""

    problems: Problems
    draft: Draft | None = None
    note: str = ""


def import_issue(raw: bytes, name: str, place: Workplace, context: Context, *, id_: str | None = None) -> Outcome:
    """Read the text of a form. Nothing is written.

    `name` is how problems call the text. Raises Refused where the site already has what the form wants to add.
    """
    filled, found = read_issue(raw, name)
    problems = Problems(found)
    if filled is None or problems.errors:
        return Outcome(problems)
    if filled.form.name not in _DRAFTED:
        return Outcome(problems, note=note_of(filled, context.site, _texts(place)))
    imported = draft_of(filled, context, id_=id_)
    for problem in place.problems_of(imported.draft):
        here = problem.location.file == imported.path
        problems.add(imported.page.in_the_form(problem) if here else problem)
    return Outcome(problems, imported.draft)


def _texts(place: Workplace) -> SourceFiles:
    """Every file of the site that can be searched; what cannot be read is passed over, since `check` speaks of it."""
    files, _ = find_files(place.folder)
    texts = {}
    for file in files:
        if file.kind in _SEARCHED:
            try:
                texts[file.path] = read_bytes(file).decode("utf-8", "replace")
            except OSError as error:
                raise Refused(f"{file.path} cannot be read: {error}") from error
    return texts
