"""`lcsite new tool`: a page that explains a tool, and the sheet to fill in beside it."""

from __future__ import annotations

from lcsite.authoring.draft import Context, Draft, NewFile, Refused, Values
from lcsite.authoring.new_practice import example_criterion
from lcsite.authoring.questions import Question, criteria_question, id_question
from lcsite.authoring.yaml_text import comment, entries, field, offer
from lcsite.model.framework import Facet
from lcsite.model.words import Slug

__all__ = ["QUESTIONS", "draft_tool"]

QUESTIONS = (
    Question("title", "the name of the tool", positional=True),
    Question(
        "kind", "what kind of tool it is", fits=Slug,
        choices=lambda context: tuple(context.site.facet_nodes(Facet.TOOL_KIND)),
    ),
    Question("summary", "one sentence: what it is"),
    Question("audience", "who it is for", many=True),
    Question("time", "how long it takes, preparation included"),
    Question("group", "for how many people", optional=True),
    criteria_question(),
    Question(
        "theme", "a theme that it belongs to", fits=Slug, many=True, optional=True,
        choices=lambda context: tuple(context.site.facet_nodes(Facet.THEME)),
    ),
    id_question("title", "folder"),
)


def draft_tool(values: Values, context: Context) -> Draft:
    """The folder of a tool with its page and its sheet."""
    tool = str(values["id"])
    if not context.site.facet_nodes(Facet.TOOL_KIND):
        raise Refused(
            "this site shows no framework that sorts tools by kinds, so a tool has no place here; "
            "add one to frameworks in content/site.yml"
        )
    if tool in context.site.tools:
        raise Refused(f"there is a tool {tool} already; say another name for its folder with --id")
    folder = f"content/toolbox/tools/{tool}"
    return Draft(
        files=(NewFile(f"{folder}/index.md", _page(values, context)), NewFile(f"{folder}/template.md", _SHEET)),
        missing=(
            "the steps, and when not to use it",
            "the sheet: what people write on, in black and white",
            *(["the criteria that it serves (supports)"] if not values["supports"] else []),
        ),
        steps=(
            f"write the page in {folder}/index.md", f"write the sheet in {folder}/template.md", "lcsite check",
            "lcsite serve",
        ),
    )


def _page(values: Values, context: Context) -> str:
    audience, supports, themes = values["audience"], values["supports"], values["theme"]
    assert isinstance(audience, tuple)
    assert isinstance(supports, tuple)
    assert isinstance(themes, tuple)
    example = example_criterion(context.site)
    kinds = ", ".join(context.site.facet_nodes(Facet.TOOL_KIND))
    group = values.get("group")
    no_criteria = offer("the criteria that it serves", f"supports:\n  - {example}")
    return (
        "---\n"
        + comment("A tool: something that another place can use tomorrow. Lines with # are notes and not published.")
        + comment("Still missing: the steps below, and the sheet in template.md.")
        + field("title", str(values["title"]))
        + comment(f"one of: {kinds}")
        + field("kind", str(values["kind"]))
        + field("summary", str(values["summary"]))
        + entries("audience", audience)
        + field("time", str(values["time"]))
        + (field("group", str(group)) if group else offer("for how many people", "group: 4 to 8 people"))
        + offer("what has to be there", "needs:\n  - a table")
        + (entries("supports", supports) if supports else no_criteria)
        + (entries("themes", themes) if themes else "")
        + offer("practices that used it or are close to it, by their ids", "draws_on:\n  - ...")
        + offer("where it comes from", 'sources:\n  - title: ...\n    url: "https://example.org/"')
        + "---\n"
        + _BODY
    )


_BODY = """\
## When to use it

Not written yet.

## Step by step

1. Not written yet.

## When not to use it

Not written yet.

## What usually goes wrong

Not written yet.

## In a village, in a big city

Not written yet.

## So that everybody can take part

Not written yet. Think of people who read little, speak another language, or cannot come in the evening.
"""

_SHEET = """\
## Names and date

Place: ______________________  Date: ______________________

Who was there: ____________________________________________

## Our question

Not written yet.

______________________________________________________________

## What we agreed

| What | Who | Until when |
|---|---|---|
|   |   |   |
|   |   |   |
"""
