"""Whether an assessment answers the questions of its framework, on their scales, in its own time."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from operator import attrgetter

from lcsite.checking.references import unknown_framework
from lcsite.checking.whereabouts import Whereabouts, few, nearest
from lcsite.model.answering import AnswerError, NoAnswer, read_answer, scale_summary
from lcsite.model.assessment import Answer, Assessment
from lcsite.model.framework import Framework, Level, Subject, version_number
from lcsite.model.portfolio import Portfolio
from lcsite.model.scale import Scale
from lcsite.problems import Location, Problem, Severity, quoted

__all__ = ["RULES", "answers_with", "not_later_than_the_site", "record_id"]

_LONGEST_ANSWER = 40
_VALUE = attrgetter("value")


def record_id(assessment: Assessment) -> str:
    """The id under which the origin of an assessment is known."""
    return f"{assessment.place}/{assessment.file_id}"


def answers_with(portfolio: Portfolio, field: str) -> Iterator[tuple[Assessment, Framework, str, Answer]]:
    """Every answer in which this field beside the value is stated, to an indicator that the framework of its assessment
    asks of a place.
    """
    for assessment, node_id, answer in portfolio.fuller_answers:
        framework = portfolio.framework_of(assessment) if getattr(answer, field) is not None else None
        if framework is not None and node_id in framework.asked_of_a_place:
            yield assessment, framework, node_id, answer


def assessments_name_a_framework(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for assessment in portfolio.assessments:
        if portfolio.framework_of(assessment) is not None:
            continue
        where = origins.at("assessment", record_id(assessment), ("framework",))
        framework = portfolio.frameworks.get(assessment.framework_id)
        if framework is None:
            problem = unknown_framework(assessment.framework_id, portfolio, origins, where)
            if problem is not None:
                yield problem
        else:
            kept = ", ".join(each.version for each in portfolio.versions_of(framework.id))
            message = f"version {assessment.framework_version} of {framework.id} is not kept here; there is {kept}"
            hint = f"write {framework.reference} once the answers fit it, or put the older version into its versions"
            yield Problem("framework-version", where, message, hint)


def file_names_tell_the_truth(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for assessment in portfolio.assessments:
        expected = f"{assessment.as_of.year}-{assessment.framework_id}"
        if assessment.file_id != expected and not assessment.file_id.startswith(f"{expected}-"):
            where = origins.at("assessment", record_id(assessment))
            message = f'the file is named "{assessment.file_id}.yml" and holds {expected}'
            yield Problem("file-name", where, message, f"rename it to {expected}.yml, or mend framework or as_of")


def the_latest_answers_may_be_carried_over(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    """Only the latest round is spoken of: what was answered years ago stays as it was."""
    latest = {
        (a.place, a.framework_id): a
        for a in sorted(portfolio.assessments, key=lambda a: a.as_of) if not _is_superseded(a, portfolio)
    }
    for assessment in latest.values():
        shown, named = portfolio.frameworks.get(assessment.framework_id), portfolio.framework_of(assessment)
        if shown is not None and named is not None and shown is not named:
            where = origins.at("assessment", record_id(assessment), ("framework",))
            message = f"this is read by version {named.version} of {shown.id}; version {shown.version} is there too"
            hint = f"lcsite migrate {assessment.place}/{assessment.file_id} --dry-run shows what carries over"
            yield Problem("older-version", where, message, hint, Severity.WARNING)


def _is_superseded(assessment: Assessment, portfolio: Portfolio) -> bool:
    return (assessment.place, assessment.file_id) in portfolio.superseded


def what_was_carried_over_is_still_there(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    by_file = {(a.place, a.file_id): a for a in portfolio.assessments}
    for assessment in portfolio.assessments:
        if assessment.carried_from is None:
            continue
        where = origins.at("assessment", record_id(assessment), ("carried_from",))
        source = by_file.get((assessment.place, assessment.carried_from))
        if source is None:
            if not origins.is_broken("assessment", f"{assessment.place}/{assessment.carried_from}"):
                message = f"there is no assessment {quoted(assessment.carried_from)} of this place"
                hint = "keep the older file: it holds what could not be carried over"
                yield Problem("unknown-reference", where, message, hint)
        elif (source.framework_id, source.as_of) != (assessment.framework_id, assessment.as_of) or (
            version_number(source.framework_version) >= version_number(assessment.framework_version)
        ):
            message = f"{source.file_id}.yml is not an older version of this assessment"
            hint = "the two have the same framework and as_of, and the one carried over names an older version"
            yield Problem("carried-over", where, message, hint)


def rounds_are_told_apart(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    seen: dict[tuple[str, str, datetime.date], Assessment] = {}
    for assessment in portfolio.assessments:
        if _is_superseded(assessment, portfolio):
            continue
        key = (assessment.place, assessment.framework_id, assessment.as_of)
        other = seen.setdefault(key, assessment)
        if other is not assessment:
            where = origins.at("assessment", record_id(assessment), ("as_of",))
            message = f"{other.file_id}.yml is an assessment with the same framework and the same date"
            yield Problem("duplicate-assessment", where, message, "put the answers into one file, or mend as_of")


def not_later_than_the_site(
    portfolio: Portfolio, origins: Whereabouts, as_of: datetime.date
) -> Iterator[Problem]:
    for assessment in portfolio.assessments:
        if assessment.as_of > as_of:
            where = origins.at("assessment", record_id(assessment), ("as_of",))
            message = f"this assessment is of {assessment.as_of}, and the site speaks up to {as_of}"
            yield Problem("later-than-the-site", where, message, "mend the date, or raise as_of in content/site.yml")


def answers_belong_to_a_question(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for assessment in portfolio.assessments:
        framework = portfolio.framework_of(assessment)
        if framework is None:
            continue
        if assessment.answers.keys() <= framework.asked_of_a_place:
            continue
        for node_id in assessment.answers:
            if node_id not in framework.asked_of_a_place:  # a mark is worked out only for what is wrong
                where = origins.key("assessment", record_id(assessment), ("answers", node_id))
                yield _not_a_question(framework, node_id, where)


def _not_a_question(framework: Framework, node_id: str, where: Location) -> Problem:
    node = framework.by_id.get(node_id)
    asked = [n.id for n in framework.indicators if n.id in framework.asked_of_a_place]
    if node is None:
        hint = nearest(node_id, asked, otherwise=f"the questions of {framework.id} stand in its framework.yml")
        return Problem("unknown-indicator", where, f"{framework.id} has no question {quoted(node_id)}", hint)
    if node.level is not Level.INDICATOR:
        below = [inner.id for inner in node.walk() if inner.level is Level.INDICATOR]
        hint = f"answer what stands below it: {few(below)}" if below else ""
        return Problem("answer-to-a-group", where, f'"{node_id}" is a {node.level} and is not answered itself', hint)
    about = "an organisation" if framework.subject_of(node_id) is Subject.ORGANISATION else "a person"
    hint = "leave it out; an assessment of a place says nothing about it"
    return Problem("not-about-the-place", where, f'"{node_id}" is a question about {about}', hint)


def answers_stand_on_their_scale(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    # The same few answers are given again and again, to many questions with the same scale.
    asked: dict[int, tuple[dict[str, Scale | None], set[tuple[str, str | None]]]] = {}
    judged: dict[tuple[int, str | None], tuple[str, str] | None] = {}
    for assessment in portfolio.assessments:
        framework = portfolio.framework_of(assessment)
        if framework is None:
            continue
        if id(framework) not in asked:
            asked[id(framework)] = {node: framework.scale_of(node) for node in framework.asked_of_a_place}, set()
        scales, right = asked[id(framework)]
        answers = zip(assessment.answers, map(_VALUE, assessment.answers.values()), strict=True)
        for node_id, value in [answer for answer in answers if answer not in right]:
            scale = scales.get(node_id)
            if (id(scale), value) not in judged:
                judged[id(scale), value] = _off_its_scale(scale, value)
            if (problem := judged[id(scale), value]) is None:
                right.add((node_id, value))
            else:
                where = origins.at("assessment", record_id(assessment), ("answers", node_id, "value"))
                yield Problem("answer-off-scale", where, *problem)


def _off_its_scale(scale: Scale | None, value: str | None) -> tuple[str, str] | None:
    """What is wrong with an answer, and what could be done; None where it is right, or stands on no scale."""
    if value is None or scale is None:
        return None
    try:
        read_answer(scale, value)
    except AnswerError as error:
        off = f'{quoted(value)} is not on the scale "{scale.id}" ({scale_summary(scale)})'
        return off if len(value) > _LONGEST_ANSWER else error.message, error.hint or ""
    return None


def not_applicable_only_where_allowed(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for assessment, framework, node_id, answer in answers_with(portfolio, "not_applicable"):
        if answer.not_applicable is not None and not framework.may_not_apply_to(node_id):
            where = origins.key("assessment", record_id(assessment), ("answers", node_id))
            message = f'"{node_id}" applies to every place'
            yield Problem("always-applies", where, message, "answer it, or write: don't know")


def answers_do_not_look_ahead(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for assessment, _, node_id, answer in answers_with(portfolio, "year"):
        if answer.year is not None and answer.year > assessment.as_of.year:
            where = origins.at("assessment", record_id(assessment), ("answers", node_id, "year"))
            message = f"an answer of {answer.year} is later than the assessment, which is of {assessment.as_of}"
            hint = "mend the year, or keep it for a later assessment"
            yield Problem("later-than-the-assessment", where, message, hint)


def answers_that_are_not_asked_for(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for assessment in portfolio.assessments:
        framework = portfolio.framework_of(assessment)
        if framework is not None and framework.has_branches:
            yield from _not_asked(assessment, framework, origins)


def _not_asked(assessment: Assessment, framework: Framework, origins: Whereabouts) -> Iterator[Problem]:
    for node_id, answer in assessment.answers.items():
        branch = framework.branch_of(node_id) if node_id in framework.asked_of_a_place else None
        if branch is None or answer.value is None or answer.is_unknown:
            continue
        decider = assessment.answers.get(branch.indicator)
        scale = framework.scale_of(branch.indicator) if branch.indicator in framework.by_id else None
        if decider is None or decider.value is None or decider.is_unknown or scale is None:
            continue
        try:
            given = read_answer(scale, decider.value)
            wanted = [read_answer(scale, each) for each in branch.answers]
        except AnswerError:
            continue
        if not isinstance(given, NoAnswer) and given not in wanted:
            where = origins.key("assessment", record_id(assessment), ("answers", node_id))
            message = f'"{node_id}" is not asked here, because "{branch.indicator}" is answered {quoted(decider.value)}'
            hint = f"it is asked after: {', '.join(branch.answers)}; this answer is not counted"
            yield Problem("not-asked", where, message, hint, Severity.WARNING)


def examples_belong_to_the_framework(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for assessment in portfolio.assessments:
        framework = portfolio.framework_of(assessment)
        for node_id in assessment.examples if framework is not None else ():
            assert framework is not None
            if node_id not in framework.by_id:
                where = origins.key("assessment", record_id(assessment), ("examples", node_id))
                message = f"{framework.id} has no entry {quoted(node_id)}"
                yield Problem("unknown-reference", where, message, nearest(node_id, framework.by_id))


RULES = (
    assessments_name_a_framework,
    file_names_tell_the_truth,
    the_latest_answers_may_be_carried_over,
    what_was_carried_over_is_still_there,
    rounds_are_told_apart,
    answers_belong_to_a_question,
    answers_stand_on_their_scale,
    not_applicable_only_where_allowed,
    answers_do_not_look_ahead,
    answers_that_are_not_asked_for,
    examples_belong_to_the_framework,
)
