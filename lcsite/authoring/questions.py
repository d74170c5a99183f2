"""What a command asks: one table for the questions on a terminal and for the options of a script.

Whether an answer fits is the model's word; here it is only asked for.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from lcsite.authoring.criteria_search import criteria_by_words
from lcsite.authoring.draft import Context, Refused, Values
from lcsite.authoring.slugs import slug_of
from lcsite.light_classes import dataclass
from lcsite.model.words import NodeRef, Slug, Text
from lcsite.problems import quoted
from lcsite.reading.validation_words import in_plain_words

__all__ = ["Ask", "Question", "collect", "criteria_question", "id_question"]

_OFFERED = 3
"""So many criteria are named to a script that said a word in the place of an id."""

_Late = Callable[[Context, Mapping[str, Any]], str | None]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a command wants to know."""

    key: str
    words: str
    """The question on a terminal, and the help of the option."""
    fits: Any = Text
    """The type of the model that the answer has to fit."""
    default: str | _Late | None = None
    choices: tuple[str, ...] | Callable[[Context], tuple[str, ...]] = ()
    """A type that is a list of words says so itself."""
    many: bool = False
    flag: bool = False
    optional: bool = False
    """May be left out; then it is not asked for, unless it is found by searching."""
    quiet: bool = False
    """Asked only where the default is missing."""
    positional: bool = False
    by_search: bool = False
    """The answers are criteria, which a person on a terminal finds by words; `Choosing` is the talk."""

    @property
    def option(self) -> str:
        """How a script says it."""
        return self.key.upper().replace("_", "-") if self.positional else "--" + self.key.replace("_", "-")

    def standard(self, context: Context, values: Mapping[str, Any]) -> str | None:
        """The answer that is taken where none is given."""
        return self.default(context, values) if callable(self.default) else self.default

    def allowed(self, context: Context) -> tuple[str, ...]:
        return self.choices(context) if callable(self.choices) else self.choices

    def read(self, written: str, context: Context) -> str | tuple[str, ...]:
        """The answer, if it fits. Raises Refused with the reason where it does not."""
        if self.many:
            parts = [part.strip() for part in written.split(",") if part.strip()]
            return tuple(self._one(part, context) for part in parts or [""])
        return self._one(written, context)

    def _one(self, written: str, context: Context) -> str:
        name, allowed = self.key.replace("_", " "), self.allowed(context)
        if allowed and written not in allowed:
            near = difflib.get_close_matches(written.lower().replace(" ", "-"), allowed, n=1)
            guess = f' Did you mean "{near[0]}"?' if near else ""
            raise Refused(f'{name} cannot be {quoted(written)}.{guess} Allowed: {", ".join(allowed)}')
        try:
            value = TypeAdapter(self.fits).validate_python(written)
        except ValidationError as error:
            _, message, hint = in_plain_words(error.errors(include_url=False)[0], name)
            found = criteria_by_words(context.site, written)[:_OFFERED] if self.by_search else ()
            offers = "".join(f"\n  {each.ref}: {each.title} ({each.framework})" for each in found)
            said = f"{message}: {hint}" if hint else message
            raise Refused(f"{said}; that word finds{offers}" if offers else said) from None
        return value if isinstance(value, str) else written


Ask = Callable[[Question, str | None, Context], str | tuple[str, ...]]
"""Asks a person: the question, what Enter alone would answer, and what is known about the site."""


def collect(questions: Sequence[Question], given: Mapping[str, Any], context: Context, ask: Ask | None) -> Values:
    """Every answer: as given, asked for, or the standard one.

    `ask` is None where nobody can be asked. Raises Refused where an answer does not fit, and where answers are missing
    that cannot be asked for: all of them are named.
    """
    values: dict[str, Any] = {}
    missing: list[Question] = []
    for question in questions:
        written = given.get(question.key)
        if question.flag:
            values[question.key] = bool(written)
        elif written:
            values[question.key] = _given(question, written, context)
        else:
            _not_given(question, values, missing, context, ask)
    if missing:
        missing = [question for question in missing if not question.quiet] or missing
        names = ", ".join(question.option for question in missing)
        reasons = "".join(f"\n  {question.option}: {question.words}" for question in missing)
        raise Refused(f"missing: {names}{reasons}")
    return values


def _given(question: Question, written: Any, context: Context) -> str | tuple[str, ...]:
    if isinstance(written, str):
        return question.read(written, context)
    return tuple(part for each in written for part in question.read(each, context))


def _not_given(
    question: Question, values: dict[str, Any], missing: list[Question], context: Context, ask: Ask | None
) -> None:
    standard = question.standard(context, values)
    if question.by_search and ask is not None:
        values[question.key] = ask(question, standard, context)
    elif question.optional or (ask is None and standard is not None) or (question.quiet and standard is not None):
        if standard is not None:
            values[question.key] = question.read(standard, context)
        elif question.many:
            values[question.key] = ()
    elif ask is None:
        missing.append(question)
    else:
        values[question.key] = ask(question, standard, context)


def id_question(source: str, what: str) -> Question:
    """The name of the file or folder, made of another answer where that is possible."""
    return Question(
        "id",
        f"the name of its {what}: small letters, digits, hyphens; made of the {source} where it can be",
        fits=Slug,
        default=lambda _, values: slug_of(str(values[source])) if source in values else None,
        quiet=True,
    )


def criteria_question() -> Question:
    """The criteria that something serves; none is an answer."""
    return Question(
        "supports", "a criterion that it serves, as FRAMEWORK/ID", fits=NodeRef, many=True, optional=True,
        by_search=True,
    )
