"""`lcsite new framework`: the smallest framework that can be answered, with a page for its criterion."""

from __future__ import annotations

from lcsite.authoring.draft import Context, Draft, NewFile, Refused, Values
from lcsite.authoring.questions import Question, id_question
from lcsite.authoring.slugs import slug_of
from lcsite.authoring.yaml_text import comment, field, offer, scalar
from lcsite.model.framework import Construct

__all__ = ["QUESTIONS", "draft_framework"]

QUESTIONS = (
    Question("title", "the name of the framework", positional=True),
    Question("summary", "the question behind it, in a sentence"),
    Question("source", "the title of the text that it comes from"),
    Question("limit", "one thing that it cannot see"),
    Question("criterion", "the name of its first criterion, such as Access"),
    Question("statement", "the first statement that is answered, worded so that more is better"),
    id_question("title", "folder"),
)


def draft_framework(values: Values, context: Context) -> Draft:
    """The folder of a framework with one dimension, one criterion and one statement."""
    framework = str(values["id"])
    if framework in context.site.frameworks:
        raise Refused(f"there is a framework {framework} already; say another name for its folder with --id")
    criterion = slug_of(str(values["criterion"])) or "first"
    if criterion in ("index", "framework"):
        raise Refused(f"a criterion cannot be called {criterion}: a file of the framework is; choose another word")
    folder = f"content/criteria/{framework}"
    shown = context.site.site.frameworks
    show = [f"add {framework} to frameworks in content/site.yml, or it will not be shown"] if shown else []
    return Draft(
        files=(
            NewFile(f"{folder}/framework.yml", _data(values, context, criterion)),
            NewFile(f"{folder}/index.md", _page(str(values["title"]), str(values["summary"]), _ABOUT)),
            NewFile(
                f"{folder}/{criterion}.md", _page(str(values["criterion"]), "What this criterion is about.", _CRITERION)
            ),
        ),
        missing=(
            "the other dimensions, criteria and statements",
            "whose values it rests on (values), and who says so (source, sureness)",
            "the pages about it",
        ),
        steps=(f"write the tree in {folder}/framework.yml", *show, "lcsite check", "lcsite serve"),
    )


def _page(title: str, summary: str, body: str) -> str:
    return "---\n" + field("title", title) + field("summary", summary) + "---\n" + body


def _data(values: Values, context: Context, criterion: str) -> str:
    as_of = context.site.site.as_of
    version = f"{as_of.year}.1"
    return (
        comment("A framework: what is asked, on which scale, and what it cannot see. Lines with # are notes.")
        + comment("Still missing: more than one criterion, the values behind it, and how sure you are.")
        + field("title", str(values["title"]))
        + comment("a year and a number; raised whenever something changes, with a line in history")
        + field("version", version)
        + field("summary", str(values["summary"]))
        + "source:\n"
        + f"  - title: {scalar(str(values['source']))}\n"
        + offer("", 'publisher: ...\nyear: 2025\nurl: "https://example.org/"', indent=4)
        + comment("how sure you are that this agrees with the source")
        + field("sureness", "First draft, not yet compared with the source by a second reader.")
        + offer("whose values these are", "values:\n  - ...")
        + "limits:\n"
        + f"  - {scalar(str(values['limit']))}\n"
        + "history:\n"
        + f"  - version: {version}\n    date: {as_of}\n    changes:\n      - First version.\n"
        + comment("what holds for everything below unless it says otherwise")
        + comment(f"construct, one of: {', '.join(Construct)}; only practice and outcome are scored")
        + "construct: practice\nscale: steps\n"
        + _SCALES
        + comment("dimension > criterion (has a page, named by its id) > group > indicator (is answered)")
        + f"tree:\n  - id: about-{criterion}\n    level: dimension\n"
        + field("title", str(values["criterion"]), indent=4)
        + "    children:\n"
        + f"      - id: {scalar(criterion)}\n        level: criterion\n"
        + field("title", str(values["criterion"]), indent=8)
        + offer("one or two sentences: what this is about", "gist: ...", indent=8)
        + "        children:\n"
        + f"          - id: {criterion}-1\n            level: indicator\n"
        + field("title", str(values["statement"]), indent=12)
        + offer("the next statement; a scale of its own only where it differs", _MORE, indent=10)
    )


_SCALES = """\
scales:
  - id: steps
    title: From nothing to common practice
    kind: ordinal
    best: 4
    steps:
      - value: 0
        label: Not there
      - value: 1
        label: Talked about
      - value: 2
        label: In some places
      - value: 3
        label: In most places
      - value: 4
        label: Common practice, reviewed and improved
"""

_MORE = """\
- id: ...-2
  level: indicator
  title: ...
  scale: ..."""

_ABOUT = """\
## Where it comes from

Not written yet.

## What it cannot see

Not written yet.
"""

_CRITERION = """\
## What it is about

Not written yet.
"""
