"""Limits that keep the time for rendering a text in proportion to its length, counted before anything is parsed.

Each limit stands far above what people write. What is refused here would take a renderer seconds, or never end: engines
look for the end of what is open again and again, and copy a paragraph for each sign in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from lcsite.reading.quoted_code import stretches, without_code

__all__ = ["Tangle", "tangles"]

_DEEPEST_BRACKETS = 50
_DEEPEST_BLOCKS = 20
_MOST_HEADINGS = 500
_MOST_SHORT_FORMS = 200
_MOST_SHORT_FORMS_USED = 2_000
_MOST_LINES = 8_000
_MOST_NOTES = 500
_MOST_CELLS = 10_000
_MOST_SIGNS = 12_000
_MOST_DEFINITIONS = 200
"""In one stretch without a blank line."""
_MOST_COPIED = 400_000_000
"""Signs times the length of what they stand in: a renderer copies that for each of them."""
_MOST_LOOKED_THROUGH = 40_000_000
"""The same for emphasis and code, whose end a renderer looks for from each beginning."""

_BRACKET = re.compile(r"\n[ \t]*+(?=\n)|\\.|!?\[|\]|[()]", re.DOTALL)
"""Square and round brackets that count, and the ends of paragraphs."""

_SIGNS = "*_~`\\[(&|<>@"
_SIGN = re.compile(r"([*_~`])\1*+|(?<=\])\(|[\\\[&|<>@]")
"""What a renderer stops at, whether or not it means anything."""
_MAY_OPEN = re.compile(r"([*_~`])\1*+")
_LIST = re.compile(r"[ ]{0,3}(?:([-*+])|[0-9]+\.)[ ]+(?=\S)")
_NEW_ENTRY = {kind: re.compile(rf"^[ ]{{0,3}}{kind}[ ]+", re.MULTILINE) for kind in ("[-*+]", r"[0-9]+\.")}
_DEFINITION = re.compile(r"^[ ]{0,3}:[ \t]", re.MULTILINE)
_HEADING = re.compile(r"^(?:#|=++[ ]*$|[ ]{0,3}(?:[-*_][ ]*+){3,}+$|-++[ ]*+$)", re.MULTILINE)
_SHORT_FORM = re.compile(r"^[ \t]*+(?:\*\[|\[[^\]\n]*+\]:)", re.MULTILINE)
_SHORT_FORM_MADE = re.compile(r"^[ \t>]*+\*\[([^\[\n\\]{1,200}?)\][ ]?:", re.MULTILINE)
_TERM = re.compile(r"(?:^|\n)([^\n:][^\n]*)\n[ ]{0,3}:[ \t]")
_TABLE_RULE = re.compile(r"^(?=[^\n-]*+-)(?=[^\n|]*+\|)[ \t>|:-]++$", re.MULTILINE)
_DEEP_BLOCKS = re.compile(
    r"\n(?=[ \t>*+0-9-])(?:"
    rf"(?![ ]*+([-*_])(?:[ ]*+\1)++[ ]*+$)(?:[ \t]*+(?:>|(?:[-*+]|[0-9]++[.)])(?=[ \t]))){{{_DEEPEST_BLOCKS}}}"
    rf"|[ ]{{{4 * _DEEPEST_BLOCKS}}}[ ]*+(?:[-*+]|[0-9]++[.)])[ ])",
    re.MULTILINE,
)
"""To be looked for below a line end, because the engine looks quickly for a sign and slowly for the start of a line."""


class Tangle(NamedTuple):
    """Where a text passes a limit, which one, and what to do."""

    offset: int
    message: str
    hint: str
_SUCH_AS = "such as *, _, | and `"


def tangles(body: str) -> Iterator[Tangle]:
    """Every limit that a Markdown text passes; what is costly to count is left out where another limit was passed."""
    found = [*_too_many(body), *_too_deep(body)]
    if not found:
        found += [*_short_forms_used(body), *_brackets(body)]
    yield from found


def _too_many(body: str) -> Iterator[Tangle]:
    lines = body.count("\n")
    if lines > _MOST_LINES:
        yield Tangle(0, f"the text has more than {_MOST_LINES} lines", "split the page")
    if lines > _MOST_HEADINGS and (marks := len(_HEADING.findall(body))) > _MOST_HEADINGS:
        yield Tangle(0, f"the text has {marks} headings and rules, more than {_MOST_HEADINGS}", "split the page")
    explains = lines > _MOST_SHORT_FORMS and ("]:" in body or "*[" in body)
    if explains and len(_SHORT_FORM.findall(body)) > _MOST_SHORT_FORMS:
        message = f"the text explains more than {_MOST_SHORT_FORMS} links, notes and short forms"
        yield Tangle(0, message, "split the page")
    if "^" in body and body.count("[^") > _MOST_NOTES:
        yield Tangle(0, f"the text refers to notes more than {_MOST_NOTES} times", "split the page")
    if "|" in body and (cells := _cells(body)) > _MOST_CELLS:
        message = f"the tables of the text have {cells} cells, more than {_MOST_CELLS}"
        yield Tangle(0, message, "split the page")
    if (signs := _too_many_signs(body)) is not None:
        yield Tangle(*signs, "begin a new paragraph, or split the page")


def _cells(body: str) -> int:
    """The cells of all tables. A row has as many as the first one, however few are written."""
    return sum(
        max((rule.group().count("|") + 1 for rule in _TABLE_RULE.finditer(body, start, end)), default=0)
        * body.count("\n", start, end)
        for start, end in stretches(body)
    )


def _too_many_signs(body: str) -> tuple[int, str] | None:
    """Where a text has more signs than a renderer gets through in time, in words; None where all is well.

    Signs cost more the longer the piece of text is in which they stand.
    """
    if len(body) <= _MOST_SIGNS and len(body) ** 2 <= _MOST_LOOKED_THROUGH:
        return None  # even if it were nothing but signs
    number = sum(map(body.count, _SIGNS))
    if number > _MOST_SIGNS and (found := next(islice(_SIGN.finditer(body), _MOST_SIGNS, None), None)) is not None:
        return found.start(), f"there are more than {_MOST_SIGNS} signs of Markdown ({_SUCH_AS}) up to here"
    if number * len(body) <= _MOST_LOOKED_THROUGH:
        return None
    copied = looked_through = signs = 0
    for start, end in _pieces(body):
        here = len(_SIGN.findall(body, start, end))
        signs += here
        copied += here * (end - start)
        looked_through += len(_MAY_OPEN.findall(body, start, end)) * (end - start)
        if copied > _MOST_COPIED or looked_through > _MOST_LOOKED_THROUGH:
            return start, f"with this paragraph the text has {signs} signs of Markdown ({_SUCH_AS}), too many together"
    return None


def _pieces(body: str) -> Iterator[tuple[int, int]]:
    """Start and end of what a renderer works through at once: a paragraph, an entry of a list, a row of a table.

    In doubt it is all that stands together.
    """
    for start, end in stretches(body):
        cuts: list[int] = []
        if (entry := _LIST.match(body, start, end)) is not None:
            new_entry = _NEW_ENTRY["[-*+]" if entry[1] else r"[0-9]+\."]
            cuts = [found.start() for found in new_entry.finditer(body, start + 1, end)]
        elif _is_table(*body[start : min(end, start + 10_000)].split("\n", 2)[:2]):
            cuts = [found.end() for found in re.compile("\n").finditer(body, start, end)]
        yield from pairwise((start, *cuts, end))


def _is_table(first: str, second: str = "") -> bool:
    """Whether two lines surely begin a table: plain, and with as many columns each."""
    columns = first.strip(" |").count("|")
    plain = columns and "\\" not in first and "`" not in first and first[:1].strip(">-*+:#")
    return bool(plain) and _TABLE_RULE.fullmatch(second) is not None and second.strip(" |").count("|") == columns


def _too_deep(body: str) -> Iterator[Tangle]:
    if (deep := _DEEP_BLOCKS.search(f"\n{body}")) is not None:  # the line end before a line is now where the line was
        message = f"quotations or lists are nested more than {_DEEPEST_BLOCKS} deep here"
        yield Tangle(deep.start(), message, "write it flatter")
    if body.count("\n:") + body.count("\n ") > _DEEPEST_BLOCKS:
        for start, end in stretches(body):
            more = next(islice(_DEFINITION.finditer(body, start, end), _MOST_DEFINITIONS, None), None)
            if more is not None:
                message = f"more than {_MOST_DEFINITIONS} meanings follow each other without a blank line"
                yield Tangle(more.start(), message, "leave a line blank above each word")
                break
            if (term := next(islice(_TERM.finditer(body, start, end), _DEEPEST_BLOCKS, None), None)) is not None:
                message = f"more than {_DEEPEST_BLOCKS} explained words follow each other without a blank line"
                yield Tangle(term.start(1), message, "leave a line blank above each of them")
                break


def _short_forms_used(body: str) -> Iterator[Tangle]:
    forms = {re.escape(form.strip()) for form in _SHORT_FORM_MADE.findall(body)} if "*[" in body else None
    if forms and len(re.findall(rf"\b(?:{'|'.join(sorted(forms))})\b", body)) > _MOST_SHORT_FORMS_USED:
        message = f"the text uses its short forms more than {_MOST_SHORT_FORMS_USED} times"
        yield Tangle(0, message, "explain fewer of them, or split the page")


def _more_than_may_be_open(body: str, bracket: str) -> bool:
    """Found one by one: there are few of them, and to count them looks at every sign."""
    number, at = 0, body.find(bracket)
    while at >= 0 and number <= _DEEPEST_BRACKETS:
        number, at = number + 1, body.find(bracket, at + 1)
    return number > _DEEPEST_BRACKETS


def _brackets(body: str) -> Iterator[Tangle]:
    """Where more brackets are open in a paragraph than an engine can look for the ends of."""
    if not _more_than_may_be_open(body, "[") and ("]" not in body or not _more_than_may_be_open(body, "(")):
        return
    square = round_ = 0
    for found in _BRACKET.finditer(without_code(body)):
        sign = found.group()
        if sign in ("[", "!["):
            square += 1
        elif sign == "]":
            square = max(0, square - 1)
        elif sign == "(":
            round_ += 1
        elif sign == ")":
            round_ = max(0, round_ - 1)
        elif sign[0] == "\n":
            square = round_ = 0
        if square > _DEEPEST_BRACKETS or round_ > _DEEPEST_BRACKETS:
            message = f"more than {_DEEPEST_BRACKETS} brackets are open here"
            yield Tangle(found.start(), message, "close each bracket, or leave them out")
            return
