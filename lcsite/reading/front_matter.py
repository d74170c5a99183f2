"""Splits an authored page into its front matter and its body, both with the line on which they begin.

Whether the fields are right or the words are safe is decided elsewhere.
"""

from __future__ import annotations

import re

from lcsite.light_classes import dataclass
from lcsite.problems import Location, Problem
from lcsite.reading.plain_text import KIB
from lcsite.reading.strict_yaml import YamlText

__all__ = ["LONGEST_BODY", "AuthoredPage", "split_page"]

LONGEST_BODY = 256 * KIB
"""Bytes of Markdown below the front matter."""

_LINE = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AuthoredPage:
    """A page as it stands in its file."""

    fields: YamlText
    body: str
    body_line: int
    """The line of the file on which the body begins."""


def split_page(text: str, file: str) -> tuple[AuthoredPage | None, list[Problem]]:
    """The two parts of a page that begins with a line of `---`."""
    first = _LINE.match(text)
    if first is None:
        hint = "begin with a line of ---, then the fields such as title and summary, then a second line of ---"
        return None, [Problem("front-matter", Location(file), "the page does not begin with its fields", hint)]
    last = _next_line(text, first.end())
    if last is None:
        hint = "put a line of --- between the fields and the text"
        return None, [Problem("front-matter", Location(file), "the fields that begin here never end", hint)]
    body = text[last.end() + 1 :]
    body_line = text.count("\n", 0, last.end()) + 2
    page = AuthoredPage(YamlText(text[first.end() + 1 : last.start()], file, 2), body, body_line)
    return page, body_too_long(body, file, body_line)


def _next_line(text: str, start: int) -> re.Match[str] | None:
    """The next line of `---`: found by its beginning, because a pattern would be tried at every sign."""
    while (start := text.find("\n---", start) + 1) and (found := _LINE.match(text, start)) is None:
        pass
    return found if start else None


def body_too_long(body: str, file: str, first_line: int = 1) -> list[Problem]:
    """A problem if the text is longer than LONGEST_BODY."""
    if len(body) * 4 <= LONGEST_BODY or len(body.encode("utf-8")) <= LONGEST_BODY:
        return []
    message = f"the text is longer than {LONGEST_BODY // KIB} KiB"
    return [Problem("file-too-large", Location(file, first_line), message, "split the page")]
