"""`lcsite migrate`: answers to an older version of a framework, carried over to the version that the site shows.

What means the same is carried over, whatever it is called now. What means something else stays unanswered, with the old
answer beside it as a comment. Nothing is converted and nothing guessed, and the older file stays as it is: it holds
what could not be carried over.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from lcsite.authoring.answer_text import answer_lines, beginning, endings, in_words
from lcsite.authoring.draft import Draft, NewFile, Refused
from lcsite.authoring.new_assessment import (
    EXAMPLES_OFFERED,
    Questions,
    asks_of_a_place,
    introduction,
    known_already,
    nearest_place,
)
from lcsite.authoring.yaml_text import offer
from lcsite.light_classes import dataclass
from lcsite.model.assessment import Answer, Assessment, Example
from lcsite.model.framework import Framework
from lcsite.model.meaning import what_means_something_else
from lcsite.model.portfolio import Portfolio
from lcsite.problems import quoted

__all__ = ["Carried", "Fate", "carry_over", "carry_over_as_text", "find_assessment"]


class Fate(StrEnum):
    """What becomes of one question from one version to the next."""

    SAME = "same"
    RENAMED = "renamed"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Carried:
    """One question. `before` or `now` is empty where that version does not ask it, `answer` where none was given."""

    fate: Fate
    before: str
    now: str
    title: str
    answer: str
    why: str


def find_assessment(name: str, portfolio: Portfolio) -> Assessment:
    """The assessment that `PLACE/FILE`, or the path of its file, names. Raises Refused where there is none."""
    parts = name.removesuffix(".yml").strip("/").split("/")
    place, file_id = parts[-3 if len(parts) > 2 and parts[-2] == "assessments" else 0], parts[-1]
    if len(parts) < 2:
        raise Refused(f"{quoted(name)} does not say which assessment: write PLACE/FILE, such as sampleby/2026-…")
    if place not in portfolio.places:
        raise Refused(nearest_place(place, portfolio))
    of_place = {a.file_id: a for a in portfolio.assessments_of(place)}
    if file_id not in of_place:
        near = difflib.get_close_matches(file_id, of_place, n=1) or sorted(of_place)
        there = f"; there is {', '.join(near)}" if near else "; it has none"
        raise Refused(f"{place} has no assessment {quoted(file_id)}{there}")
    return of_place[file_id]


def carry_over(assessment: Assessment, portfolio: Portfolio) -> tuple[Draft, tuple[Carried, ...]]:
    """The new file, and what became of each question. Raises Refused where there is nothing to carry over."""
    shown = portfolio.frameworks.get(assessment.framework_id)
    older = portfolio.framework_of(assessment)
    if shown is None:
        raise Refused(f"this site does not show the framework {assessment.framework_id}")
    if older is None:
        raise Refused(f"version {assessment.framework_version} of {shown.id} is not kept here; see lcsite check")
    if older is shown:
        raise Refused(
            f"{assessment.file_id} answers version {shown.version} already, the one that this site shows: "
            "there is nothing to carry over"
        )
    file_id = re.sub(r"-v[0-9]{4}-[0-9]+$", "", assessment.file_id) + f"-v{shown.version.replace('.', '-')}"
    path = f"cities/{assessment.place}/assessments/{file_id}.yml"
    if (assessment.place, assessment.file_id) in portfolio.superseded:
        raise Refused(f"{assessment.file_id} was carried over already; see the files beside it")
    fates = tuple(_fates(assessment, older, shown))
    text, behind = _text(assessment, portfolio, older, shown, fates)
    unanswered = sum(each.fate in (Fate.CHANGED, Fate.NEW) for each in fates)
    draft = Draft(
        files=(NewFile(path, text),),
        missing=(
            *([f"answers to {unanswered} questions that are new or mean something else"] if unanswered else []),
            *(f"the example for {node}: that entry is gone; the old file keeps it" for node in behind),
        ),
        steps=(
            f"open {path} and {'look at what is not answered yet' if unanswered else 'read it'}", "lcsite check",
            f"lcsite todo {assessment.place} --framework {shown.id}",
            f"keep cities/{assessment.place}/assessments/{assessment.file_id}.yml: it holds what was not carried over",
        ),
    )
    return draft, fates


def _fates(assessment: Assessment, older: Framework, shown: Framework) -> Iterator[Carried]:
    asked_before, asked_now = ({node.id for node in asks_of_a_place(each)} for each in (older, shown))
    came_from: set[str] = set()
    for before in older.indicators:
        answer = assessment.answers.get(before.id)
        if before.id not in asked_before:
            continue
        said = in_words(answer) if answer else ""
        now = shown.became(before.id, since=older.version)
        if now is None or now not in asked_now:
            why = shown.why_dropped(before.id, since=older.version) or "it is no longer a question about a place"
            yield Carried(Fate.GONE, before.id, "", before.title, said, why)
            continue
        came_from.add(now)
        why = _not_the_same(older, before.id, shown, now, answer)
        fate = Fate.CHANGED if why else Fate.SAME if now == before.id else Fate.RENAMED
        yield Carried(fate, before.id, now, shown.by_id[now].title, said, why)
    for node in asks_of_a_place(shown):
        if node.id not in came_from:
            yield Carried(Fate.NEW, "", node.id, node.title, "", "")


def _not_the_same(older: Framework, before: str, shown: Framework, now: str, answer: Answer | None) -> str:
    """Why an answer cannot be carried over; empty where it can."""
    if older.meaning_version_of(before) != shown.meaning_version_of(now):
        changed = what_means_something_else(older, older.by_id[before], shown, shown.by_id[now])
        return f"another {' and another '.join(changed)}" if changed else "another meaning, as the framework says"
    if answer is not None and answer.not_applicable is not None and not shown.may_not_apply_to(now):
        return "it concerns every place now"
    return ""


def _text(
    assessment: Assessment, portfolio: Portfolio, older: Framework, shown: Framework, fates: tuple[Carried, ...]
) -> tuple[str, tuple[str, ...]]:
    """The new file, and the entries whose examples stay behind."""
    answers = {
        each.now: answer_lines(each.now, assessment.answers[each.before])
        for each in fates if each.answer and each.fate in (Fate.SAME, Fate.RENAMED)
    }
    remarks = {
        each.now: f"version {older.version} was answered: {each.answer}; not carried over: {each.why}"
        for each in fates if each.answer and each.fate is Fate.CHANGED
    }
    examples: dict[str, Example] = {}
    behind: list[str] = []
    for node, example in assessment.examples.items():
        now = shown.became(node, since=older.version)
        if now is None or now in examples:
            behind.append(node)
        else:
            examples[now] = example
    _, with_figures = known_already(portfolio, assessment.place, shown.id)
    text = (
        introduction(
            portfolio.places[assessment.place].name, shown,
            f"Carried over from {assessment.file_id}.yml, which answers version {older.version} and stays.",
        )
        + beginning(assessment, shown.reference, assessment.file_id)
        + "answers:\n"
        + "".join(Questions(shown, {}, with_figures, answers=answers, remarks=remarks).lines())
        + "\n"
        + (endings(examples, assessment.limits, assessment.conflicts) or offer(*EXAMPLES_OFFERED))
    )
    return text, tuple(behind)


_HEADINGS: Mapping[Fate, str] = {
    Fate.SAME: "Carried over as they are",
    Fate.RENAMED: "Carried over under a new id",
    Fate.CHANGED: "Not carried over, because they mean something else: to be answered again",
    Fate.GONE: "Gone: no longer asked; the answers stay in the old file",
    Fate.NEW: "New: not answered yet",
}


def carry_over_as_text(assessment: Assessment, fates: tuple[Carried, ...], version: str) -> str:
    """Item by item what can be compared and what cannot; of what is the same, the ids alone."""
    carried = sum(bool(each.answer) for each in fates if each.fate in (Fate.SAME, Fate.RENAMED))
    given = sum(bool(each.answer) for each in fates)
    lines = [
        f"{assessment.place}, {assessment.file_id}: version {assessment.framework_version} to {version}",
        f"{carried} of {given} answers carry over, and can be compared with other rounds.",
    ]
    for fate, heading in _HEADINGS.items():
        found = [each for each in fates if each.fate is fate]
        if not found:
            continue
        lines.append(f"\n{heading} ({len(found)}):")
        if fate is Fate.SAME:
            lines.append("  " + ", ".join(each.now for each in found))
        else:
            lines += [f"  {_line(each)}" for each in found]
    return "\n".join(lines) + "\n"


def _line(each: Carried) -> str:
    said = f' You answered {quoted(each.answer)}.' if each.answer else ""
    match each.fate:
        case Fate.RENAMED:
            return f"{each.before} is now {each.now}: {each.title}.{said}"
        case Fate.CHANGED:
            return f"{each.now}: {each.why}. {each.title}.{said}"
        case Fate.GONE:
            return f"{each.before}: {each.why}{said}"
        case _:
            return f"{each.now}: {each.title}"
