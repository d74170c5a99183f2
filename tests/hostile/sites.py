"""A small site for a stranger to write in, the command as a person runs it, and pages as a browser reads them."""

from __future__ import annotations

import contextlib
import io
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from lcsite.cli import run
from tests.builders import SiteFolder, garden_site

PROSE = (
    "content/about.md",
    "content/criteria/garden-rules/gardens.md",
    "content/criteria/garden-rules/index.md",
    "content/index.md",
    "content/toolbox/practices/talks.md",
    "content/toolbox/tools/map-sheet/index.md",
    "content/toolbox/tools/map-sheet/template.md",
    "cities/alder/index.md",
)
"""One file of each kind in which Markdown stands."""

CARET = "‸"
"""Stands in a case in front of what has to be pointed at."""


MOST_MEMORY = """
def most_memory():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM:"))
"""
"""Source of a function: the megabytes that this process held at most. What the system calls `maxrss` would also count
the process that started it."""


def small_site(root: Path) -> SiteFolder:
    made = garden_site(root)
    made.page("about", "About", "Words.\n")
    return made


@dataclass(frozen=True, slots=True)
class Done:
    """A finished command: exit code, what it printed, the seconds of the processor that it took."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def spots(self) -> list[str]:
        """`file:line:column code` of each problem of a check."""
        lines = [line for line in self.out.splitlines() if not line.startswith("  hint: ")]
        return [f"{line.split(': ')[0]} {line.rpartition('[')[2].rstrip(']')}" for line in lines]


def lcsite(*arguments: str | Path) -> Done:
    """Run the command in this process."""
    out, err = io.StringIO(), io.StringIO()
    started = time.process_time()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(each) for each in arguments])
    return Done(code, out.getvalue(), err.getvalue(), time.process_time() - started)


def check(made: SiteFolder, *options: str) -> Done:
    return lcsite("check", made.root, *options)


def build(made: SiteFolder) -> Done:
    return lcsite("build", made.root, "--no-search", "--quiet")


def pointed_at(text: str, first_line: int = 1) -> tuple[str, str]:
    """A text without its caret, and `line:column` of where the caret stood."""
    before, _, after = text.partition(CARET)
    line_start = before.rfind("\n") + 1
    return before + after, f"{first_line + before.count(chr(10))}:{len(before) - line_start + 1}"


_STEERING = frozenset({"Cc", "Cs", "Zl", "Zp"})
_REORDERING = frozenset("\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def steers(printed: str) -> bool:
    """Whether something printed could move a cursor, begin a line of its own, or reorder what is read."""
    return any(sign in _REORDERING or unicodedata.category(sign) in _STEERING for sign in printed if sign != "\n")


def pages_of(folder: Path) -> Iterator[tuple[str, Element]]:
    """Every page of a built site, by its path, as a browser would read it."""
    for file in sorted(folder.rglob("*.html")):
        yield file.relative_to(folder).as_posix(), _parsed(file)


def _parsed(file: Path) -> Element:
    tree: Element = html5lib.parse(file.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return tree


_NEVER = frozenset({"applet", "base", "embed", "foreignobject", "frame", "iframe", "math", "object", "style"})
_LIVE_SCHEMES = ("javascript:", "data:", "vbscript:", "file:", "blob:")
_LEADS = frozenset({"action", "background", "data", "formaction", "href", "poster", "src", "srcset", "xlink:href"})
_DATA_SCRIPTS = frozenset({"application/json", "application/ld+json"})


def live_vectors(folder: Path) -> list[str]:
    """Whatever on the pages could run, load or lead where a stranger wants it to."""
    return [f"{path}: {what}" for path, tree in pages_of(folder) for what in live_in(tree)]


def live_in(tree: Element) -> Iterator[str]:
    """What on one page could run, load or lead where it should not, in words."""
    for element in tree.iter():
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag.lower() in _NEVER:
            yield f"<{tag}>"
        if tag == "script" and (element.text or "").strip() and element.get("type") not in _DATA_SCRIPTS:
            yield f"<script>{(element.text or '')[:40]}"
        if tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            yield "<meta http-equiv=refresh>"
        for name, value in element.attrib.items():
            if not isinstance(name, str):
                continue
            if name.lower().startswith("on") or name.lower() in ("style", "srcdoc"):
                yield f"{name} on <{tag}>"
            address = "".join(sign for sign in value if ord(sign) > 32).lower()
            if name.lower() in _LEADS and address.startswith(_LIVE_SCHEMES):
                yield f"{name}={value[:40]}"
            if name.lower() == "src" and address.startswith(("http:", "https:", "//")):
                yield f"{name}={value[:40]}"


def words_of(folder: Path, path: str) -> str:
    """What a reader sees of a page, blanks run together."""
    return " ".join("".join(_parsed(folder / path).itertext()).split())
