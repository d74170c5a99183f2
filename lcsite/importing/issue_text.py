"""Reads the text of a filled-in form: a heading for each question, and the answer below it.

GitHub makes such a text of its forms, GitLab keeps it as its template had it, and the form for mail is one. What the
answers mean is decided elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import field

from lcsite.describing.form_files import notes_of
from lcsite.describing.forms import CONSENT_LABEL, FORMS, Form, FormField
from lcsite.light_classes import dataclass
from lcsite.problems import Location, Problem, quoted
from lcsite.reading.plain_text import KIB, decode

__all__ = ["LONGEST_ISSUE", "Filled", "GivenText", "SourceLine", "read_issue", "sources_in"]

LONGEST_ISSUE = 256 * KIB
"""Bytes of a form that was filled in."""

_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t*:]*")
_QUOTED = re.compile(r"(?:>[ \t]?)?")
_LONGEST_HEADING = 200
_EMPTY = frozenset({"_no response_", "no response", "n/a", "-"})
_TICKED = re.compile(r"[-*+]\s*\[[xX]\]")
_YEAR = re.compile(r"(?:1[89]|20|21)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class GivenText:
    """An answer as it was written, and the line on which each of its lines stands."""

    text: str
    line: int
    lines: tuple[int, ...] = ()

    def line_of(self, position: int) -> int:
        """The line of the file on which the answer's own line stands, counted from 0."""
        return self.lines[position] if position < len(self.lines) else self.line


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was filled in; what was left empty is not in `answers`."""

    form: Form
    file: str
    answers: Mapping[str, GivenText] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The answer as it was written, or nothing."""
        given = self.answers.get(key)
        return given.text if given else ""

    def one_line(self, key: str) -> str:
        return " ".join(self.text(key).split())

    def entries(self, key: str) -> Iterator[tuple[str, int]]:
        """The entries of an answer with one a line, each with its line; signs of a list are taken away."""
        given = self.answers.get(key)
        for position, line in enumerate(given.text.split("\n") if given else ()):
            if entry := re.sub(r"^\s*(?:[-*+]|[0-9]+[.)])\s+", "", line).strip():
                assert given is not None
                yield entry, given.line_of(position)

    def at(self, key: str) -> Location:
        """Where the answer stands; the beginning of the text where there is none."""
        given = self.answers.get(key)
        return Location(self.file, given.line if given else 1)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source that stands on one line."""

    title: str
    publisher: str = ""
    year: str = ""
    url: str = ""
    line: int = 1


def read_issue(raw: bytes, file: str) -> tuple[Filled | None, list[Problem]]:
    """The form that a text is, with its answers, and every problem.

    None where the text is no form of ours, or cannot be read. `file` is the name that problems carry.
    """
    if len(raw) > LONGEST_ISSUE:
        hint = "leave out what does not belong to the form"
        message = f"there are more than {LONGEST_ISSUE // KIB} KiB"
        return None, [Problem("file-too-large", Location(file), message, hint)]
    text, problems = decode(_settled(raw), file)
    if text is None:
        return None, problems
    lines = _without_comments(text).split("\n")
    form = _form_of(lines)
    if form is None:
        titles = ", ".join(each.title for each in FORMS.values())
        message = "this is not the text of a form of ours: its questions are missing"
        hint = f"keep the headings as they are in the form. There are: {titles}"
        return None, [Problem("form-unknown", Location(file), message, hint)]
    return _answers(form, lines, file)


def _settled(raw: bytes) -> bytes:
    """Without what mail programs and word processors do to a text: a mark in front, other line ends, split letters."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:
        return raw  # the reader says where


def _without_comments(text: str) -> str:
    """The text with the notes of a template taken out, and every line where it was."""
    kept = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + 3
    return "".join([*kept, text[position:]])


def _plain(label: str) -> str:
    return " ".join(label.casefold().split()).rstrip("?*: ")


def _heading(line: str) -> str | None:
    found = _HEADING.fullmatch(line.strip()) if len(line) <= _LONGEST_HEADING else None
    return _plain(found[1]) if found else None


def _form_of(lines: list[str]) -> Form | None:
    """The form that most headings belong to; two are enough, where no other form has as many."""
    there = {heading for line in lines if (heading := _heading(line)) is not None}
    counts = {name: len(there & {_plain(label) for label in form.by_label}) for name, form in FORMS.items()}
    most = max(counts.values())
    fitting = [name for name, count in counts.items() if count == most]
    return FORMS[fitting[0]] if most >= 2 and len(fitting) == 1 else None


def _answers(form: Form, lines: list[str], file: str) -> tuple[Filled, list[Problem]]:
    labels: dict[str, FormField | None] = {_plain(label): field for label, field in form.by_label.items()}
    labels[_plain(CONSENT_LABEL)] = None
    parts: dict[str, tuple[int, int]] = {}
    problems = []
    starts = [(n, heading) for n, line in enumerate(lines) if (heading := _heading(line)) in labels and heading]
    for (start, heading), end in zip(starts, [n for n, _ in starts[1:]] + [len(lines)], strict=True):
        if heading in parts:
            message = f"the question {quoted(lines[start].strip('# '))} stands here a second time"
            hint = "keep one of the two; in your own text write the heading in other words"
            problems.append(Problem("form-question-twice", Location(file, start + 1), message, hint))
        else:
            parts[heading] = (start, end)
    answers = {}
    for heading, (start, end) in parts.items():
        if (question := labels[heading]) is not None and (given := _given(question, lines, start, end)) is not None:
            answers[question.key], found = _chosen(question, given, file)
            problems += found
    filled = Filled(form, file, answers)
    problems += _missing(filled, {labels[h].key: s + 1 for h, (s, _) in parts.items() if labels[h]})  # type: ignore[union-attr]
    problems += _consent(filled, lines, parts.get(_plain(CONSENT_LABEL)))
    return filled, problems


def _given(question: FormField, lines: list[str], start: int, end: int) -> GivenText | None:
    """What stands below a heading, without the notes of the form."""
    notes = {*notes_of(question), *(_QUOTED.sub("", note, count=1) for note in notes_of(question)[:1])}
    kept = [(n, lines[n].rstrip()) for n in range(start + 1, end) if lines[n].strip() not in notes]
    while kept and not kept[0][1].strip():
        kept.pop(0)
    while kept and not kept[-1][1].strip():
        kept.pop()
    text = "\n".join(line for _, line in kept)
    empty = text.strip().casefold() in _EMPTY or (question.choices and text.strip().casefold() == "none")
    if not text.strip() or empty:
        return None
    return GivenText(text if question.rows > 1 else text.strip(), kept[0][0] + 1, tuple(n + 1 for n, _ in kept))


def _chosen(question: FormField, given: GivenText, file: str) -> tuple[GivenText, list[Problem]]:
    """For a question with words to choose from: the word alone."""
    if not question.choices:
        return given, []
    word = given.text.partition(":")[0].strip(" *_`.-").casefold()
    for choice, meaning in question.choices:
        if word in (choice, choice.replace("-", " "), meaning.casefold()):
            return GivenText(choice, given.line, given.lines), []
    allowed = ", ".join(choice for choice, _ in question.choices)
    message = f'"{question.label}" cannot be {quoted(given.text)}'
    return given, [Problem("form-choice", Location(file, given.line), message, f"allowed: {allowed}")]


def _missing(filled: Filled, headings: Mapping[str, int]) -> Iterator[Problem]:
    for question in filled.form.fields:
        if question.needed and question.key not in filled.answers:
            where = Location(filled.file, headings.get(question.key, 1))
            yield Problem("form-answer-missing", where, f'"{question.label}" has no answer', question.help)


def _consent(filled: Filled, lines: list[str], part: tuple[int, int] | None) -> Iterator[Problem]:
    if not filled.form.consent:
        return
    start, end = part or (0, 0)
    if not any(_TICKED.match(line.strip()) for line in lines[start:end]):
        message = "the box at the end is not ticked"
        hint = f'ask the person who sent it: "{filled.form.consent}"'
        yield Problem("form-answer-missing", Location(filled.file, start + 1), message, hint)


def sources_in(filled: Filled, key: str) -> tuple[SourceLine, ...]:
    """The sources of an answer: `title | publisher | year | address`, or whatever of it can be told apart."""
    return tuple(_source(entry, line) for entry, line in filled.entries(key))


def _source(entry: str, line: int) -> SourceLine:
    parts = [part.strip() for part in entry.split("|")]
    address = next((part for part in parts if part.startswith(("https://", "http://"))), "")
    year = next((part for part in parts[1:] if _YEAR.fullmatch(part)), "")
    rest = [part for part in parts if part and part not in (address, year)]
    if len(parts) == 1 and not address and (found := re.search(r"https?://[^\s<>\"]+", entry)):
        address = found.group().rstrip(".,;)")
        rest = [entry.replace(address, " ").strip(" ,.;()")]
    title = " ".join(rest[0].split()) if rest and rest[0] else address
    return SourceLine(title, rest[1] if len(rest) > 1 else "", year, address, line)
