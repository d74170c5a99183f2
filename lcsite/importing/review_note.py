"""From a correction or an objection to a note for the reviewer: what was said, and the file and line it is about.

No file is made of them. Whether a figure is wrong, and whether a row is mended or a newer one added, is for a person to
decide, with the source in front of them; the note spares the searching.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lcsite.importing.issue_text import Filled, sources_in
from lcsite.model.portfolio import Portfolio
from lcsite.problems import Location

__all__ = ["SourceFiles", "note_of"]

SourceFiles = dict[str, str]
"""Path below the site's folder -> text, of every file that can be searched."""

_MOST_SPOTS = 12
_WIDTH = 96
_PARTS_THOUSANDS = re.compile(r"(?<=[0-9])[,.\u00a0\u202f '’](?=[0-9]{3}(?![0-9]))")
_A_NUMBER = re.compile(r"[0-9][0-9.,\u00a0\u202f '’]*")
_LONGEST_LINE = 2_000


def note_of(filled: Filled, portfolio: Portfolio, files: SourceFiles) -> str:
    """The note, as plain text. Everything that the sender wrote stands behind a stroke."""
    about = "criterion" if filled.form.name == "objection" else "page"
    wanted = filled.one_line(about)
    paths = _files_of(wanted, portfolio, files)
    spots = _spots_of_node(wanted, files) if about == "criterion" else []
    spots += _spots(filled.one_line("found"), paths, files)
    lines = [f"{filled.form.title}: nothing was written; a person decides.", ""]
    for field in filled.form.fields:
        if field.key in filled.answers:
            lines += [field.label, *_quoted(filled.text(field.key)), ""]
    lines += ["Where it is written:", *[f"  {spot}  {words}" for spot, words in spots[:_MOST_SPOTS]]]
    if not spots:
        lines += [f"  {path}" for path in paths[:_MOST_SPOTS]]
        lines += [] if paths else ["  not found; ask which page is meant, or search the files for the words"]
    lines += ["", "What to do:", *_steps(filled)]
    return "".join(f"{line}".rstrip() + "\n" for line in lines)


def _quoted(text: str) -> Iterator[str]:
    """The sender's words: no line of theirs can be taken for one of ours, or for a command to a build server."""
    for line in text.split("\n"):
        for part in textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False) or [""]:
            yield f"  | {part}"


def _steps(filled: Filled) -> Iterator[str]:
    if filled.form.name == "objection":
        yield "  1. if the objection holds, change the criterion, raise the version of the framework and its history"
        yield "  2. if the meaning of a question changes, raise its meaning_version: rounds are then not compared on it"
        yield "  3. if it does not hold, say why; it may still belong to the limits of the framework"
        return
    steps = {
        "outdated": "add a row for the newer year to observations.csv, or change year and value in the profile; "
                    "older rows stay as history",
        "source": "replace the address, name an archived copy, or mark the source with dead: true",
        "misleading": "say in note or scope what the figure covers and how it was counted",
        "words": "change the sentence, and name what the new one rests on",
    }  # fmt: skip
    yield f"  1. open the source: {'; '.join(s.url or s.title for s in sources_in(filled, 'sources'))[:400]}"
    yield f"  2. {steps.get(filled.text('mistake'), 'change the row where it was typed in wrongly, with its source')}"
    yield "  3. say in check what you found, then lcsite check and lcsite diff"


def _files_of(wanted: str, portfolio: Portfolio, files: SourceFiles) -> list[str]:
    """The files behind a page: by its address, else by the name of a place, practice or tool in the words."""
    path = unquote(urlsplit(wanted).path) if wanted.startswith(("http://", "https://")) else wanted
    names = {part for part in re.split(r"[^a-z0-9.-]+", path.casefold()) if part}
    words = wanted.casefold()
    places = {p.id for p in portfolio.places.values() if p.id in names or p.name.casefold() in words}
    practices = {p.id for p in portfolio.practices.values() if p.id in names or p.title.casefold() in words}
    tools = {t.id for t in portfolio.tools.values() if t.id in names or t.title.casefold() in words}
    # A page below a place is about the place, although the name of a framework stands in its address too.
    frameworks = set() if places else {f for f in portfolio.frameworks if f in names}
    folders = (
        *(f"cities/{place}/" for place in places), *(f"content/toolbox/practices/{name}.md" for name in practices),
        *(f"content/toolbox/tools/{tool}/" for tool in tools), *(f"content/criteria/{name}/" for name in frameworks),
    )
    found = [path for path in files if path.startswith(folders)] if folders else []
    if not found and (address := path.strip("/")):
        found = [path for path in files if path in (f"content/{address}.md", f"content/{address}/index.md")]
    return sorted(found)


def _spots_of_node(wanted: str, files: SourceFiles) -> list[tuple[Location, str]]:
    """The line on which a framework writes the entry that is meant."""
    parts = [part for part in re.split(r"[/#\s]+", unquote(wanted).casefold()) if part]
    found = []
    for path, text in files.items():
        if not path.endswith("/framework.yml") or path.split("/")[-2] not in parts:
            continue
        nodes = {part.removeprefix("n-") for part in parts}
        for number, line in enumerate(text.split("\n"), 1):
            named = re.search(r"\bid: *[\"']?([a-z0-9.-]+)", line)
            if named and (named[1] in nodes or named[1].replace(".", "-") in nodes):
                found.append((Location(path, number, named.start(1) + 1), _cut(line)))
    return found


def _spots(needle: str, paths: list[str], files: SourceFiles) -> list[tuple[Location, str]]:
    """Where words or a number stand in files, whichever way thousands are parted on the page."""
    patterns = [re.escape(needle)] if len(needle) > 1 else []
    for number in _A_NUMBER.findall(needle):
        plain = _PARTS_THOUSANDS.sub("", number).rstrip(".,' ’")
        patterns.append(rf"(?<![0-9.]){re.escape(plain)}(?![0-9])")
        if "," in plain:
            patterns.append(rf"(?<![0-9.]){re.escape(plain.replace(',', '.'))}(?![0-9])")
    if not patterns:
        return []
    pattern = re.compile("|".join(patterns), re.IGNORECASE)
    return [
        (Location(path, number, match.start() + 1), _cut(line))
        for path in paths for number, line in enumerate(files[path].split("\n"), 1)
        if (match := pattern.search(line[:_LONGEST_LINE]))
    ]


def _cut(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"
