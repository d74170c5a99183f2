"""The four forms for people who use no git: their questions, taken from the models wherever a model has the field.

One table for the forms of GitHub and GitLab, for the sheets on paper, and for `lcsite import issue`, which reads what
was filled in. Labels are what a person reads and what is looked for in the text, so no two of a form are alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from lcsite.describing.kinds import KINDS
from lcsite.describing.schemas import schema_of
from lcsite.light_classes import dataclass

__all__ = ["CONSENT_LABEL", "FORMS", "Form", "FormField", "choice_line"]


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form."""

    key: str
    """The field of the record that it fills, with a point where it lies deeper; or a word of the form's own."""
    label: str
    help: str
    needed: bool = False
    rows: int = 1
    """1 for a line, more for a text."""
    choices: tuple[tuple[str, str], ...] = ()
    """(word, meaning)"""
    example: str = ""
    many: bool = False
    """One entry a line."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: a name, what it is called, what it says first, and its questions."""

    name: str
    title: str
    words: str
    before: str
    fields: tuple[FormField, ...]
    consent: str
    """What is ticked at the end; empty where nothing has to be agreed to."""

    @property
    def by_label(self) -> dict[str, FormField]:
        return {field.label: field for field in self.fields}


CONSENT_LABEL = "Before you send it"
"""Over the box to tick, in every form that has one."""


_schema_of = cache(schema_of)  # it is only looked at


def choice_line(word: str, meaning: str) -> str:
    """A choice as it is printed: `worked: something that was aimed at …`; the word in front is what counts."""
    return f"{word}: {meaning}" if meaning else word


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?")) else ".")


def _of(kind: str, key: str, label: str, more: str = "", **given: Any) -> FormField:
    """A question for a field of a record: what it is for, its words to choose from and its example stand there."""
    schema = _schema_of(KINDS[kind])
    parts = schema.get("$defs", {})
    here: dict[str, Any] = schema
    about = ""
    for step in key.split("."):
        field = here["properties"][step]
        about = field.get("description", "")
        here = field | parts[field["$ref"].rpartition("/")[2]] if "$ref" in field else field
        here = here | {"description": about}
    examples = here.get("examples", [""])
    example = examples[0][0] if isinstance(examples[0], list) else examples[0]
    meanings = here.get("enumDescriptions", [""] * len(here.get("enum", ())))
    choices = tuple(zip(here.get("enum", ()), meanings, strict=True)) if "enumDescriptions" in here else ()
    help_ = _sentence(about) + (f" {more}" if more else "")
    return FormField(key, label, help_, choices=choices, **{"example": "" if choices else str(example), **given})


_SOURCES = (
    "One a line, with upright strokes between the parts: title | publisher | year | address. Leave out what you do not "
    "know, and never guess a year."
)
_SOURCE_EXAMPLE = "Council audit note | Sampleby council | 2024 | https://example.org/audit"
_OWN_WORDS = (
    "These are my own words, they may be published under the licence of the site, and nobody is named in them who has "
    "not agreed."
)

_MISTAKES = (
    ("value", "the number itself is wrong"),
    ("year", "it is of another year"),
    ("scope", "it covers something else, such as the county"),
    ("outdated", "there is a newer figure"),
    ("source", "the source is gone, or it says something else"),
    ("misleading", "it is true and leads astray"),
    ("words", "a sentence is wrong"),
)
_SPEAKER = (
    ("reader", "somebody who read the page"),
    ("place", "somebody who may speak for the place"),
)

_PRACTICE = Form(
    "case-study", "Case study", "Tell what was tried, above all if it did not work.",
    "You need not be sure, and it need not be finished: an answer such as \"unknown\" is a full one. What did not work "
    "gets the same page and the same thanks.",
    (
        _of("practice", "title", "What was it called?", needed=True),
        _of("practice", "summary", "In one sentence", needed=True),
        _of("practice", "kind", "What sort of thing was it?", needed=True),
        FormField("place", "Where?", "The name of the place.", needed=True, example="Sampleby"),
        _of("practice", "countries", "Country code", needed=True, example="GB"),
        _of("practice", "years", "When?", needed=True),
        _of("practice", "outcome", "How did it go?", needed=True),
        _of("practice", "evidence.text", "How is that known?", needed=True, rows=3),
        _of("practice", "evidence.quality", "Who says so?", needed=True),
        _of("practice", "resources", "What did it take?", needed=True),
        FormField("done", "What was done", "Who did what, with whom, from when to when?", needed=True, rows=8),
        FormField("happened", "What happened", "What changed, for whom, and how does anybody know?", needed=True,
                  rows=8),
        FormField(
            "differently", "What we would do differently", "Say whose lesson it is: of those who did it, or yours.",
            rows=5,
        ),
        _of("practice", "supports", "Criteria that it serves", "One a line; leave it empty if you do not know them.",
            rows=3, many=True),
        FormField("sources", "Sources", f"Where somebody else can read about it. {_SOURCES}", rows=4, many=True,
                  example=_SOURCE_EXAMPLE),
    ),
    _OWN_WORDS,
)  # fmt: skip

_CORRECTION = Form(
    "correction", "Correction of a figure", "A figure or a sentence is wrong, outdated or without its source.",
    "Three lines are enough. A document helps, and a doubt is welcome too.",
    (
        FormField("page", "Which page?", "Its address, as your browser shows it, or the name of the place or practice.",
                  needed=True, example="https://example.org/cities/sampleby/"),
        FormField("found", "What stands there now?", "The number or the words, copied.", needed=True,
                  example="18,400"),
        FormField("instead", "What should it be?", "The number or the words, or why you doubt it.", needed=True, rows=3,
                  example="18,900"),
        FormField("mistake", "What is wrong with it?", "Choose what is nearest.", needed=True, choices=_MISTAKES),
        FormField("period", "Which year is the right figure about?", "Leave it empty if the source does not say.",
                  example="2024"),
        FormField("sources", "How do you know?", f"{_SOURCES} If you have none, say so in words: then it is your word, "
                  "and it can be shown as your word.", needed=True, rows=3, many=True, example=_SOURCE_EXAMPLE),
        FormField("speaker", "Who are you?", "No name is needed.", choices=_SPEAKER),
    ),
    "",
)  # fmt: skip

_PLACE = Form(
    "place", "A new place", "Put a city, town, village, community, region or partnership on the site.",
    "A profile of ten lines is enough to begin. A place appears only with its own agreement, or with facts that are "
    "public anyway.",
    (
        _of("place", "name", "Name of the place", needed=True),
        _of("place", "kind", "What is it?", needed=True),
        _of("place", "country", "Country code", needed=True),
        _of("place", "world_region", "World region", needed=True),
        FormField("profile", "What do people do there so that everybody can learn?", KINDS["place"].text, needed=True,
                  rows=10),
        _of("place", "population.value", "How many people live there?", "Only with its source, two lines below."),
        _of("place", "population.year", "In which year were they counted?"),
        FormField("population_source", "Where is that published?",
                  "title | publisher | year | address, with upright strokes between the parts.",
                  example="Town register | Sampleby council | 2025 | https://example.org/register"),
        _of("place", "stakeholders", "Who takes part?", "One a line.", rows=4, many=True),
        FormField("sources", "Sources", f"What the profile rests on. {_SOURCES}", rows=4, many=True,
                  example=_SOURCE_EXAMPLE),
        _of("place", "gaps", "What did you look for and not find?", rows=3),
        _of("place", "contact", "Public contact"),
    ),
    _OWN_WORDS,
)  # fmt: skip

_OBJECTION = Form(
    "objection", "Objection to a criterion", "A criterion, a question or a weight is wrong, unfair or blind.",
    "Every set of criteria has values of its own. Say what this one does not see, or what it asks in the wrong way.",
    (
        FormField("criterion", "Which criterion or question?",
                  "The address of its page, or FRAMEWORK/ID as it stands in the downloads.", needed=True,
                  example="street-libraries/access"),
        FormField("objection", "What is wrong with it?", "For whom does it give a wrong picture, and why?", needed=True,
                  rows=8),
        FormField("instead", "What would you do instead?", "Other words, another scale, another weight, or leave it "
                  "out.", rows=5),
        FormField("sources", "What does your objection rest on?", f"Your own experience counts. {_SOURCES}", rows=3,
                  many=True, example=_SOURCE_EXAMPLE),
        FormField("speaker", "Who are you?", "No name is needed.", choices=_SPEAKER),
    ),
    "",
)  # fmt: skip

FORMS: Mapping[str, Form] = MappingProxyType({
    form.name: form for form in (_PRACTICE, _CORRECTION, _PLACE, _OBJECTION)
})
