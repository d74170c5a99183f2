"""An explanation as text for a terminal, or as JSON. Chooses words; every number was worked out before."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from fractions import Fraction

from lcsite.exporting.answer_rows import MeansPart
from lcsite.exporting.explain import AnswerWorking, Explanation, NodeWorking, ReadingWorking
from lcsite.exporting.rules_in_words import in_figures
from lcsite.exporting.shape import decimal_text
from lcsite.exporting.writing import json_bytes
from lcsite.model.framework import Construct
from lcsite.scoring.showing import signed_points

__all__ = ["explanation_json", "explanation_text"]

_WIDTH = 100
_TITLES = {
    Construct.PRACTICE: "What is done",
    Construct.OUTCOME: "What has come of it",
    Construct.PLAN: "Plans (outside the scorecard)",
}


def explanation_json(explanation: Explanation) -> str:
    """The whole working as JSON, fractions exact and as decimals."""
    return json_bytes(explanation, where="explain").decode()


def explanation_text(explanation: Explanation) -> str:
    """The working as text: of one node every answer, of a whole framework a line for each node."""
    lines = [*_head(explanation)]
    if explanation.node is None:
        construct = None
        for reading in explanation.readings:
            if reading.construct is not construct:
                construct = reading.construct
                lines += ["", _TITLES[construct]]
            lines += _overview(reading.node, 1)
        lines += ["", f"Every answer of a node: lcsite explain {explanation.place} {explanation.framework} NODE"]
    else:
        for reading in explanation.readings:
            lines += ["", f"{_TITLES[reading.construct]}: {reading.node.title} ({reading.node.id})", *_reading(reading)]
        if not explanation.readings and explanation.answer is not None:
            lines += ["", f"{explanation.answer.title} ({explanation.answer.id})", *_answer(explanation.answer, 1)]
            lines += ["  This kind of question never feeds a scorecard."]
        elif not explanation.readings:
            lines += ["", "Nothing below this node feeds a scorecard."]
    return "\n".join(lines) + "\n"


def _head(explanation: Explanation) -> Iterator[str]:
    invented = " (invented, for demonstration)" if explanation.demonstration else ""
    yield f"{explanation.name}{invented}: {explanation.framework_title}, version {explanation.version}"
    if explanation.assessment is None:
        yield f"Published figures alone, ages counted from {explanation.as_of}"
    else:
        unconfirmed = "" if explanation.confirmed else ", not confirmed by the place"
        by = f"{explanation.kind}: {explanation.who}{unconfirmed}"
        yield f"Assessment {explanation.assessment} as of {explanation.as_of}, {by}"
    if explanation.where:
        yield explanation.where


def _overview(node: NodeWorking, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}{node.id}  {node.title}: {_shown(node)}"
    for child in node.children:
        yield from _overview(child, depth + 1)


def _shown(node: NodeWorking) -> str:
    answered = f"{node.answered} of {node.answered + node.unknown} answered"
    if node.shown == "point":
        return f"{node.shown_point} out of 100 (could be {node.shown_low} to {node.shown_high}); {answered}"
    if node.shown == "range":
        return f"{node.shown_low} to {node.shown_high} out of 100, partly known; {answered}"
    if node.shown == "not-enough-known":
        return f"not enough known yet; {answered}"
    return f"no reading ({node.why_no_reading})"


def _reading(reading: ReadingWorking) -> Iterator[str]:
    node = reading.node
    yield from _working(node, 1)
    if node.known is None or node.coverage is None or node.low is None or node.high is None:
        yield f"  {_shown(node)}"
        return
    yield f"  known sum      {in_figures(node.known)}"
    yield f"  known share    {in_figures(node.coverage)}"
    if node.estimate is not None:
        yield f"  estimate       {_short(node.known)} ÷ {_short(node.coverage)} = {in_figures(node.estimate)}"
    yield f"  range          {in_figures(node.low)} to {in_figures(node.high)}"
    yield f"  shown          {_shown(node)}"
    if node.not_applicable or node.unscored:
        yield f"  left out       {node.not_applicable} not applicable, {node.unscored} shown and never scored"
    if node.evidence_share is not None:
        yield f"  evidence       {in_figures(node.evidence_share)} of the weight rests on a public document or more"
    for question in reading.open_questions:
        yield f"  open           {question.id}: finding out narrows the picture by {_points(question.swing)} points"
    if len(reading.lowest) and node.children:
        yield f"  lowest part    {', '.join(reading.lowest)}"
    if reading.like_for_like is not None:
        yield (
            f"  like for like  {signed_points(reading.like_for_like)} points since the round before, "
            f"over {len(reading.compared)} answers given in both"
        )
    yield from _sensitivity(reading)


def _sensitivity(reading: ReadingWorking) -> Iterator[str]:
    if reading.sensitivity and reading.most_influential is None:
        yield "  other choices  none of the declared choices moves the point"
        return
    for choice in reading.sensitivity:
        most = ", the most influential" if choice.choice == reading.most_influential else ""
        if choice.low != choice.high:
            yield f"  other choices  {choice.choice}: {_points(choice.low)} to {_points(choice.high)} points{most}"


def _working(node: NodeWorking, depth: int) -> Iterator[str]:
    pad = "  " * depth
    for answer in node.answers:
        yield f"{pad}{answer.id}  {answer.title}"
        yield from _answer(answer, depth + 1)
    for child in node.children:
        takes_part = child.known is not None and child.share is not None
        share = f"{_short(child.share)} of the weight of {node.id}" if takes_part else "left out"
        yield f"{pad}{child.id}  {child.title} ({share}): {_shown(child)}"
        if child.weight_because:
            yield f"{pad}  weight {_short(child.weight)}: {child.weight_because}"
        yield from _working(child, depth + 1)


def _answer(working: AnswerWorking, depth: int) -> Iterator[str]:
    pad, row, beside = "  " * depth, working.answer.said, working.answer.beside
    told = row.written or _figure(working)
    grade = f"grade {row.grade_number} ({row.grade.value})" if row.grade else ""
    facts = ", ".join(filter(None, (told and f"answer: {told}", str(row.year or ""), grade)))
    if facts or working.where:
        yield pad + facts + (f"  [{working.where}]" if working.where else "")
    if row.worth is None:
        yield f"{pad}{working.rule}"
    else:
        interval = f", {_short(row.worth_low)} to {_short(row.worth_high)}" if row.worth_low != row.worth_high else ""
        yield f"{pad}worth {in_figures(row.worth)}{interval}: {working.rule}"
    if working.weight is not None:
        product = "" if working.product is None or row.worth is None else f", product {in_figures(working.product)}"
        yield f"{pad}weight {in_figures(working.weight)}{product}"
    if beside.means.means_start is not None:
        yield f"{pad}means: {_means(beside.means)}"
    for words in (beside.because, beside.note):
        if words:
            yield from textwrap.wrap(words, _WIDTH, initial_indent=pad, subsequent_indent=pad)
    for source in beside.sources:
        yield f"{pad}source: {source.in_words()}"


def _figure(working: AnswerWorking) -> str:
    row = working.answer.said.figure
    if row.figure_k is not None:
        return f"{row.figure_k} of {row.figure_n}"
    unit = f" {row.unit}" if row.unit else ""
    if row.figure is not None:
        return f"{row.figure:f}{unit}"
    if row.figure_low is not None or row.figure_high is not None:
        ends = ("open" if end is None else f"{end:f}" for end in (row.figure_low, row.figure_high))
        return " to ".join(ends) + unit
    return ""


def _means(means: MeansPart) -> str:
    ends = f"start {means.means_start:f}, within reach {means.means_within_reach:f}"
    potential = "" if means.means_potential is None else f", potential {means.means_potential:f}"
    ways = (
        ("the way within reach", means.way_within_reach, means.way_within_reach_missing),
        ("the way to the potential", means.way_potential, means.way_potential_missing),
    )
    gone = (f"{way} {in_figures(part) if part is not None else missing}" for way, part, missing in ways)
    return f"{ends}{potential}; {', '.join(gone)}{''.join(f'; {flag.value}' for flag in means.way_flags)}"


def _short(value: Fraction | None) -> str:
    if value is None:
        return "-"
    text = str(value)
    return text if len(text) < 10 else decimal_text(value, places=4)


def _points(value: Fraction) -> str:
    return decimal_text(value * 100, places=1)
