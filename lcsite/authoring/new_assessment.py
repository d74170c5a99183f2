"""`lcsite new assessment`: every question that a framework asks of a place, with its scale, ready to be answered.

Nothing is answered here, and nothing guessed: each line says *not answered yet*, which counts as if it were left out.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import get_args

from lcsite.authoring.draft import Context, Draft, NewFile, Refused, Values
from lcsite.authoring.questions import Question
from lcsite.authoring.yaml_text import comment, field, note, offer, scalar
from lcsite.model.answering import scale_summary
from lcsite.model.assessment import NOT_ANSWERED, Answer, Assessors
from lcsite.model.framework import Construct, Framework, Level, Node, Subject
from lcsite.model.portfolio import Portfolio
from lcsite.model.scale import AnswersScale, BandsScale, Direction, OrdinalScale, Scale
from lcsite.model.words import Day, Slug
from lcsite.problems import quoted

__all__ = [
    "EXAMPLES_OFFERED", "QUESTIONS", "Questions", "asks_of_a_place", "draft_assessment", "introduction",
    "known_already", "nearest_place",
]

_SCORED = (Construct.PRACTICE, Construct.OUTCOME)
_KINDS: tuple[str, ...] = get_args(Assessors.model_fields["kind"].annotation)


def asks_of_a_place(framework: Framework) -> tuple[Node, ...]:
    """The indicators that belong into an assessment of a place; those about organisations and persons do not."""
    return tuple(node for node in framework.indicators if framework.subject_of(node.id) is Subject.PLACE)


def _frameworks(context: Context) -> tuple[str, ...]:
    return tuple(f.id for f in context.site.frameworks.values() if asks_of_a_place(f))


def _only_place(context: Context, _: object) -> str | None:
    places = tuple(context.site.places)
    return places[0] if len(places) == 1 else None


QUESTIONS = (
    Question(
        "place", "the id of the place", fits=Slug, choices=lambda context: tuple(context.site.places),
        default=_only_place, positional=True,
    ),
    Question("framework", "the id of the framework", fits=Slug, choices=_frameworks, positional=True),
    Question("who", "who answers, in words and without names of private persons"),
    Question("by", "what kind of assessment it is", choices=_KINDS, default=_KINDS[0]),
    Question(
        "as_of", "the day for which you speak; no evidence may be later", fits=Day,
        default=lambda context, _: context.site.site.as_of.isoformat(),
    ),
)


def draft_assessment(values: Values, context: Context) -> Draft:
    """The file of one round of answers."""
    portfolio, place = context.site, str(values["place"])
    framework = portfolio.frameworks[str(values["framework"])]
    as_of = str(values["as_of"])
    if as_of > portfolio.site.as_of.isoformat():
        raise Refused(
            f"{as_of} is later than the site itself, which speaks up to {portfolio.site.as_of}; "
            "raise as_of in content/site.yml first, or say an earlier day with --as-of"
        )
    file_id = f"{as_of[:4]}-{framework.id}"
    path = f"cities/{place}/assessments/{file_id}.yml"
    if any(round_.file_id == file_id for round_ in portfolio.assessments_of(place)):
        raise Refused(f"{path} is there already: answer in it, or say the day of another year with --as-of")
    questions = asks_of_a_place(framework)
    return Draft(
        files=(NewFile(path, _text(values, portfolio, framework)),),
        missing=(f"answers to {len(questions)} questions; as many as you like, in any order",),
        steps=(
            f'open {path} and write answers in the place of "{NOT_ANSWERED}"', "lcsite check",
            f"lcsite todo {place} --framework {framework.id}", "lcsite serve",
        ),
    )


def nearest_place(place: str, portfolio: Portfolio) -> str:
    """The words for a place that is not there."""
    near = difflib.get_close_matches(place, portfolio.places, n=1)
    return f"there is no place {quoted(place)}" + (f'; did you mean "{near[0]}"?' if near else "")


def _text(values: Values, portfolio: Portfolio, framework: Framework) -> str:
    place = portfolio.places[str(values["place"])]
    return (
        introduction(place.name, framework)
        + field("framework", framework.reference)
        + field("as_of", str(values["as_of"]))
        + "by:\n"
        + comment(f"one of: {', '.join(_KINDS)}", indent=2)
        + field("kind", str(values["by"]), indent=2)
        + field("who", str(values["who"]), indent=2)
        + offer("who was not in the room", "note: ...", indent=2)
        + offer("only if the place itself has not agreed", "confirmed: false", indent=2)
        + "answers:\n"
        + "".join(Questions(framework, *known_already(portfolio, place.id, framework.id)).lines())
        + "\n"
        + offer(*EXAMPLES_OFFERED)
        + offer("What this assessment cannot tell, and where sources disagree", "limits:\n  - ...\nconflicts:\n  - ...")
    )


def introduction(place: str, framework: Framework, *more: str) -> str:
    """The comments at the beginning of a file of answers: whose, how to answer, the scales."""
    return (
        comment(f"Answers of {place} to {framework.title}, version {framework.version}.")
        + "".join(map(comment, more))
        + "#\n"
        + note(_HOW.replace("NOT_ANSWERED", NOT_ANSWERED))
        + "#\n"
        + "".join(_scale_in_words(scale) for scale in _scales(framework))
        + "\n"
    )


_HOW = """\
Still missing: the answers. Put one in the place of "NOT_ANSWERED", or leave that as it is: what is not
answered counts as unknown, which costs nothing and makes the range wider.

  a value of the scale     such as 2, or yes
  don't know               you have talked about it and do not know
  at least 2,  2 to 3      where the scale has an order
  {not applicable: "..."}  with the reason why the question makes no sense here

With reasons and evidence an answer is written over several lines:

  some-id:
    value: 2
    because: why this step and not another
    evidence:
      - title: Library outreach report
        publisher: ...
        year: 2025
        url: "https://example.org/outreach"
        grade: public-document
        shows: what the document says, in a sentence"""

EXAMPLES_OFFERED = ("One example, and what comes next, for a criterion or a question", """\
examples:
  some-id:
    example: A budget evening with school classes
    actions:
      - Invite people who work shifts""")


def _scales(framework: Framework) -> tuple[Scale, ...]:
    found = {
        scale.id: scale for node in asks_of_a_place(framework) if (scale := framework.scale_of(node.id)) is not None
    }
    return tuple(found.values())


def _scale_in_words(scale: Scale) -> str:
    head = comment(f"Scale {scale.id}, {scale.title}: {scale_summary(scale)}", rest="  ")
    if isinstance(scale, OrdinalScale | AnswersScale):
        named = [(step.value, step.label) for step in scale.steps]
    elif isinstance(scale, BandsScale) and scale.labels:
        named = [(str(band), label) for band, label in enumerate(scale.labels, start=1)]
    else:
        named = []
    return head + "".join(
        comment(label, first=f"  {value}: ", rest="     ") for value, label in named if label and label != value
    )


def known_already(
    portfolio: Portfolio, place_id: str, framework_id: str
) -> tuple[Mapping[str, tuple[int, Answer]], frozenset[str]]:
    """The answers of the latest round with their year, and the indicators for which there are published figures."""
    rounds = portfolio.assessments_of(place_id, framework_id)
    last = {key: (rounds[-1].as_of.year, answer) for key, answer in rounds[-1].answers.items()} if rounds else {}
    rows = portfolio.observations.get(place_id, ())
    return last, frozenset(row.indicator_id for row in rows if row.framework_id == framework_id)


class Questions:
    """Writes the questions in the framework's order, with a heading where a dimension, criterion or group begins."""

    def __init__(
        self, framework: Framework, last: Mapping[str, tuple[int, Answer]], with_figures: frozenset[str], *,
        answers: Mapping[str, str] = MappingProxyType({}), remarks: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """`last` are the answers of the round before, `answers` lines that stand here already, `remarks` comments."""
        self._framework = framework
        self._asked = {node.id for node in asks_of_a_place(framework)}
        self._last = last
        self._with_figures = with_figures
        self._answers = answers
        self._remarks = remarks

    def lines(self) -> Iterator[str]:
        for node in self._framework.nodes():
            if node.id in self._asked:
                yield self._question(node)
            elif any(below.id in self._asked for below in node.walk()):
                yield self._heading(node)

    def _heading(self, node: Node) -> str:
        number = f"{node.label}. " if node.label else ""
        if node.level is Level.DIMENSION:
            return f"\n  # {'=' * 40}\n" + comment(f"{number}{node.title}", indent=2)
        gist = f": {node.gist}" if node.gist and node.level is Level.CRITERION else ""
        return "\n" + comment(f"{number}{node.title}{gist}", indent=2, first="--- ", rest="    ")

    def _question(self, node: Node) -> str:
        number = f"{node.label}. " if node.label and node.label != node.id else ""
        return (
            "\n"
            + comment(f"{number}{node.title}", indent=2)
            + comment("; ".join(self._how_to_answer(node)), indent=2, first="> ", rest="  ")
            + (comment(remark, indent=2, first="> ", rest="  ") if (remark := self._remarks.get(node.id)) else "")
            + self._answers.get(node.id, f"  {scalar(node.id)}: {NOT_ANSWERED}\n")
        )

    def _how_to_answer(self, node: Node) -> Iterator[str]:
        framework = self._framework
        scale = framework.scale_of(node.id)
        yield f"{scale.id}: {scale_summary(scale)}" if scale else "in your own words"
        if node.measure:
            yield f"unit: {node.measure.unit}"
            if node.measure.direction is Direction.LOWER:
                yield "lower is better"
        for branch in [each.asked_when for each in (*framework.ancestors[node.id], node) if each.asked_when]:
            answers = " or ".join(branch.answers)
            yield f"asked only if {branch.indicator} is answered: {answers}"
        if node.open_line:
            yield "an open line, for what the others leave out"
        if not framework.may_not_apply_to(node.id):
            yield "applies to every place"
        construct = framework.construct_of(node.id)
        if construct is not None and construct not in _SCORED:
            yield f"a {construct}, shown and not scored" if construct is not Construct.PLAN else "a plan, read apart"
        if node.id in self._with_figures:
            yield "figures in observations.csv count as long as nothing is answered here"
        if (last := self._last.get(node.id)) is not None:
            yield f"in {last[0]}: {'not applicable' if last[1].not_applicable else last[1].value}"
