"""What the YAML library says about broken text, in words for people who have never heard of a parser.

Only the library's own sentences are translated here; nothing is read or decided.
"""

from __future__ import annotations

from typing import Any

import yaml

from lcsite.problems import Location, Problem, quoted

__all__ = ["in_plain_words"]

_QUOTES = 'put the whole value in quotation marks, such as title: "Vouchers: a lesson"'
_CHECK = "look for a missing colon, bracket or quotation mark, or for a line that is indented differently"
_TAB = ("a tab stands here where spaces are needed", "use spaces")

_SENTENCES: dict[str, tuple[str, str]] = {
    "mapping values are not allowed in this context": ("a colon stands here where no new field can begin", _QUOTES),
    "could not find expected ':'": ("this line has no colon after the name of its field", _CHECK),
    "did not find expected key": ("the name of a field is expected here", _CHECK),
    "did not find expected ',' or ']'": ("a list that was opened with [ is not closed", "add the missing ] or comma"),
    "did not find expected ',' or '}'": ("fields that were opened with { are not closed", "add the missing } or comma"),
    "did not find expected '-' indicator": ('an entry of the list, beginning with "- ", is expected here', _CHECK),
    "did not find expected node content": ("a value is expected here", _CHECK),
    "did not find expected <document start>": ("nothing may follow here", "remove what stands after the end"),
    "found unexpected end of stream": ("a quotation mark is opened and never closed", "add the closing quotation mark"),
    "found unexpected document indicator": (
        "a line of --- or ... stands inside a quoted value", "close the quotation mark before it",
    ),
    "block sequence entries are not allowed in this context": (
        "an entry of a list cannot begin here", 'begin it on a line of its own, after "- "',
    ),
    "block mapping entries are not allowed in this context": ("a field cannot begin here", _CHECK),
    "mapping keys are not allowed in this context": ("a field cannot begin here", _CHECK),
    "found unknown escape character": (
        "a backslash in double quotation marks begins a special sign, and this one is unknown",
        "use single quotation marks, or write two backslashes",
    ),
    "did not find expected hexdecimal number": (
        "a special sign after the backslash is not complete", "use single quotation marks",
    ),
    "found invalid Unicode character escape code": (
        "a special sign after the backslash is no character", "type the character itself",
    ),
    "did not find expected comment or line break": ("only a line break may follow | or > here", _QUOTES),
    "found a tab character where an indentation space is expected": _TAB,
    "found a tab character where an intendation space is expected": _TAB,  # spelt so in the library
    "expected a single document in the stream": ("a second document begins here", "remove the line of ---"),
}
_STARTERS = {
    "\t": _TAB,
    "@": ("a value that begins with @ needs quotation marks", _QUOTES),
    "`": ("a value that begins with ` needs quotation marks", _QUOTES),
    "%": ("a value that begins with % needs quotation marks", _QUOTES),
    "*": ("a value that begins with * is read as an alias, which is not used here", "put it in quotation marks"),
    "&": ("a value that begins with & is read as an anchor, which is not used here", "put it in quotation marks"),
    "!": ("a value that begins with ! is read as a tag, which is not used here", "put it in quotation marks"),
}
_PROPERTIES = ("while scanning an alias", "while scanning an anchor", "while scanning a tag", "while parsing a tag")


def in_plain_words(error: yaml.YAMLError, text: str, file: str, *, first_line: int) -> Problem:
    """The problem that a YAML error stands for, with its line and column in the file."""
    sentence = getattr(error, "problem", None) or ""
    context = getattr(error, "context", None) or ""
    mark = getattr(error, "problem_mark", None)
    code = "yaml-syntax"
    opened = getattr(error, "context_mark", None)
    if context.startswith("expected a single document"):
        code, sentence = "yaml-feature", "expected a single document in the stream"
    elif sentence == "found unexpected end of stream" and opened is not None:
        mark = opened  # the end of the file is of no use; the opening quotation mark is
    elif sentence.startswith(("did not find expected ',' or", "could not find expected ':'")) and opened is not None:
        mark = opened
    elif context.startswith(_PROPERTIES):
        mark, code = opened or mark, "yaml-feature"
    where = Location(file, first_line) if mark is None else Location(file, first_line + mark.line, mark.column + 1)
    message, hint = _guess(sentence, text, mark) or _SENTENCES.get(sentence, ("", ""))
    if not message and mark is not None:
        sign = text[mark.index : mark.index + 1]
        message, hint = _STARTERS.get(sign, ("", ""))
        if not message and sign.strip():
            line = text[mark.index :].split("\n", 1)[0]
            message, hint = f"the text cannot be read from {quoted(line)} on", _CHECK
        if sign in ("*", "&", "!"):
            code = "yaml-feature"
    if not message:
        message, hint = "the text cannot be read from here on", _CHECK
    return Problem(code, where, message, hint)


def _guess(sentence: str, text: str, mark: Any) -> tuple[str, str] | None:
    """What most likely happened, where the place tells more than the sentence."""
    if mark is None:
        return None
    before = text[text.rfind("\n", 0, mark.index) + 1 : mark.index]
    if sentence == "did not find expected key" and before.rstrip()[-1:] in ("'", '"'):
        hint = "an apostrophe inside single quotation marks is written twice; or use double ones around the value"
        return "nothing may follow the closing quotation mark here", hint
    if sentence.startswith("mapping values are not allowed") and ":" not in before and before.strip():
        hint = "the line above lacks its colon, or one of the two is indented differently from its neighbours"
        return "a field cannot begin on this line", hint
    return None
