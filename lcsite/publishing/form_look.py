"""The look at pages that were written into the same form: what stands in the form is judged once, and of each page only
what was written into it.

It says what `read_plainly` would say of the whole page, or nothing. Each value is looked at for what it might do where
it stands: end the attribute, the text or the tag around it, or stand for signs that it does not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lcsite.publishing.page_facts import ELEMENTS, PageFacts, look_at_element
from lcsite.publishing.plain_pages import START, TAGS, TEXT, TITLE, PlainReading, has_controls, has_language
from lcsite.publishing.plain_tags import KNOWN, Mark, Tag, Tags, as_written, has_plain_entities, look_at_tag, read_tag
from lcsite.rendering.blank_frame import Blank, BlankFrame, Filled

__all__ = ["FormLook"]

_MARK = re.compile(r"\x02([0-9]+)\x03")
"""Where a value stands, by the number of the blank; the number after the last is any row of a list."""
_BREAKS = re.compile(r"[<>\"]")
_BEGINS_WITH_WORDS = re.compile(r"[ \n\t]*+[^<&\s]")
_TITLE_IN_BLANK = re.compile(r"<title>[ \n\t]*+\x02([0-9]+)\x03")

_Parts = list[str | int]
"""Text that does not change, and numbers of blanks."""


class _Unfit(Exception):
    """A form about which nothing can be said for all pages."""


class FormLook:
    """Reads pages that were written into one form."""

    __slots__ = ("_base", "_fit", "_loud", "_quiet", "_rich", "_scripts", "_tags", "_titled")

    def __init__(self, form: BlankFrame, known: Tags = KNOWN) -> None:
        self._base = PlainReading(known=known)
        """What the form says by itself."""
        self._quiet: set[int] = set()
        """Blanks in attributes and titles, of which nothing follows as long as they stay inside."""
        self._tags: list[_Parts] = []
        """Tags of which more follows, such as the address of the page."""
        self._scripts: list[tuple[Tag, _Parts]] = []
        """Scripts, and their data."""
        self._rich: list[int] = []
        """Blanks for markup."""
        self._loud: set[int] = set()
        """Blanks for markup and for data, in which a sign may stand that no text has."""
        self._titled: int | None = None
        """The blank with whose words the title of the page begins."""
        try:
            self._judge(_marked(form), rows=len(form.blanks))
        except _Unfit:
            self._fit = False
        else:
            self._fit = True

    def read(self, filled: Filled) -> PageFacts | None:
        """What the page says that was filled in; None where anything is not plain or may be wrong."""
        if not self._fit:
            return None
        blanks = filled.blanks
        # A sign between two values, so that no name of a sign comes together from both.
        quiet = " ".join([*[blanks[number] for number in self._quiet], *filled.rows])
        if (
            not quiet.isprintable() or _BREAKS.search(quiet)
            or any(has_controls(filled.encoded[number]) for number in self._loud)
            or ("&" in quiet and not has_plain_entities(quiet))
            or (self._titled is not None and not _BEGINS_WITH_WORDS.match(blanks[self._titled]))
        ):
            return None
        reading = PlainReading(self._base)
        reading.add(look_at_tag(_put_together(tag, blanks)) for tag in self._tags)
        for number in self._rich:
            if not reading.take(blanks[number]):
                return None
        facts = reading.facts()
        if facts is None:
            return None
        for script, data in self._scripts:
            script.text = _put_together(data, blanks)
            if "<" in script.text:
                return None
            look_at_element(script, facts)
        return None if facts.faults else facts

    def _judge(self, text: str, *, rows: int) -> None:
        start = START.match(text)
        tags = TAGS.findall(text, start.start(1) - 1) if start else []
        if start is None or len(tags) != text.count("<") - 1 or _MARK.search(start[1]) or not has_language(start[1]):
            raise _Unfit
        if not TITLE.search(_MARK.sub("&", text[: start.end()])):
            begins = _TITLE_IN_BLANK.search(text, 0, start.end())
            if begins is None or int(begins[1]) == rows:
                raise _Unfit
            self._titled = int(begins[1])
        self._base.take("".join([f"<{tag}>" for tag in tags if "\x02" not in tag]))
        self._base.texts.clear()  # what stands in these elements is judged below
        for tag in tags:
            if "\x02" in tag:
                self._judge_tag(tag)
        for found in TEXT.finditer(text):
            self._judge_text(found[1], found[2], found[3])
        if self._base.marks[Mark.TEXT] or self._base.marks[Mark.ODD] or has_controls(_fixed(text)):
            raise _Unfit
        outside = TAGS.sub("", TEXT.sub("", text))
        self._rich = [int(number) for number in _MARK.findall(outside)]
        self._loud = {*self._rich, *(part for _, data in self._scripts for part in data if isinstance(part, int))}
        if rows in self._loud or any(rows in tag for tag in self._tags):
            raise _Unfit
        self._quiet -= {rows}

    def _judge_tag(self, tag: str) -> None:
        numbers = [int(number) for number in _MARK.findall(tag)]
        name, attributes = as_written(tag)
        within = [attribute for attribute, value in attributes for _ in _MARK.findall(value)]
        if len(within) != len(numbers):
            raise _Unfit
        self._quiet.update(numbers)
        if all(_says_nothing(name, attribute) for attribute in within):
            self._base.take(f"<{_MARK.sub(' ', tag)}>")
        else:
            self._tags.append(_parts(tag))

    def _judge_text(self, tag: str, name: str, inside: str) -> None:
        """Elements that hold only text are judged now, unless what they hold differs."""
        numbers = [int(number) for number in _MARK.findall(inside)]
        self._base.marks[Mark.TEXT] -= 1
        if _MARK.search(tag) or (numbers and name == "style"):
            raise _Unfit
        if name == "title":
            self._quiet.update(numbers)
        elif (element := read_tag(tag)) is None:
            raise _Unfit
        elif numbers:
            self._scripts.append((element, _parts(inside)))
        else:
            element.text = inside
            look_at_element(element, facts := PageFacts())
            if facts.faults:
                raise _Unfit


_QUIET: Final = {"content", "title"}


def _says_nothing(element: str, attribute: str) -> bool:
    """Whether no rule looks at the value of an attribute."""
    return attribute.startswith("data-") or (attribute in _QUIET and (element == "meta" or element not in ELEMENTS))


def _marked(form: BlankFrame) -> str:
    """The form with marks in place of values; of a list two rows, because all further ones are like the second."""
    number = {blank: f"\x02{at}\x03" for at, blank in enumerate(form.blanks)}
    row = f"\x02{len(form.blanks)}\x03"
    text = []
    for piece in form.pieces:
        if isinstance(piece, str):
            if "\x02" in piece:
                raise _Unfit
            text.append(piece)
        else:
            text.append(number[piece] if isinstance(piece, Blank) else f"{row}{piece.between}{row}")
    return "".join(text)


def _fixed(text: str) -> bytes:
    """What of the form stands on all pages."""
    return _MARK.sub("", text).encode(errors="replace")


def _parts(text: str) -> _Parts:
    found = _MARK.split(text)
    return [int(part) if at % 2 else part for at, part in enumerate(found)]


def _put_together(parts: Iterable[str | int], blanks: list[str]) -> str:
    return "".join([blanks[part] if isinstance(part, int) else part for part in parts])
