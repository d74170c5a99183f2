"""The heaviest texts that a stranger may write: of every shape the longest that is not refused, checked and rendered.

Measured in a process of their own. What passes the check takes a renderer less than two seconds, and what does not is
refused in as short a time; all together stays below half a gigabyte.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.sites import MOST_MEMORY

DEEP = "".join("    " * depth + "- a\n" for depth in range(15))
FORMS = "".join(f"*[W{number}]: o\n" for number in range(190)) + "\n"
NOTES = "\n\n" + "".join(f"[^{number}]: n\n" for number in range(190))

SHAPES: dict[str, tuple[str, str, str]] = {
    "links": ("", "[a](#x) ", ""),
    "links of one long line": ("", "[a](#x)" + "a" * 40, ""),
    "addresses": ("", "<https://e.org> ", ""),
    "mail addresses": ("", "<a@b.cc> ", ""),
    "pictures": ("", "![a](media/x.png) ", ""),
    "labels": ("[b]: c.md\n\n", "[a][b] ", ""),
    "brackets": ("", "[a] ", ""),
    "emphasis": ("", "*a **b** c* " * 100 + "\n\n", ""),
    "emphasis without end": ("", "*a **b _c __d\n\n", ""),
    "code": ("", "`a` ", ""),
    "code without end": ("", "".join("`" * number + " " for number in range(1, 60)), ""),
    "entities": ("", "&amp; ", ""),
    "entities in a line without blanks": ("é", "x" * 24 + "\u200c&amp;#x\"", ""),
    "backslashes": ("", "\\* ", ""),
    "list": ("", "- a\n", ""),
    "list of paragraphs": ("", "- a\n\n    b\n\n    c\n\n", ""),
    "deep lists": ("", DEEP, ""),
    "quotations": ("", ">" * 19 + " a\n\n", ""),
    "table": ("a|b\n-|-\n", "c|d\n", ""),
    "table of one cell a row below many": ("a|" * 600 + "\n" + "-|" * 600 + "\n", "c\n", ""),
    "table in a list": ("- a|b\n  -|-\n- " + "a|" * 600 + "\n  " + "-|" * 600 + "\n", "  c\n", ""),
    "notes": ("", "[^1] ", NOTES),
    "long note": ("[^1]\n\n[^1]: a\n\n", "    a\n\n", ""),
    "short forms": (FORMS, "W1 W2 ", ""),
    "short form that holds a bracket": ("*[W] ]: o\n\n", "W] ", ""),
    "short forms without end": ("", "*[a]" + "a" * 26 + "\n", ""),
    "short forms on one line": ("", "*[=xxxxx", ""),
    "words and meanings": ("", "a\n\n:   b\n\n", ""),
    "meanings": ("", ":   a\t---&\n", ""),
    "meanings that begin with brackets": ("", "][  : \n:   ", ""),
    "code behind backslashes": ("", "\\```* ", ""),
    "strong words without end": ("", "**a* " + "b" * 100, ""),
    "struck words without end": ("", "~~a ~~ ", ""),
    "entries that are none": ("a\n", "- **a* b\n", ""),
    "numbers in a list of points": ("- a\n", "1. **a* b\n", ""),
    "headings": ("", "## *a* `b` [c](#x)\n\n", ""),
    "fences": ("", "```\na\n```\n\n", ""),
    "long line": ("a", " ", "b"),
    "long word": ("", "字", ""),
    "paragraphs": ("", "a\n\n", ""),
    "a bit of everything": ("", "# H\n\n*a* `c` [d](#x)\n\n- e\n\n| a | b |\n|---|---|\n| c | d |\n\n> q\n\n", ""),
}
"""What begins a text, what is repeated until it is as long as may be, what ends it."""

MEASURE = """\
import json, sys, time
from lcsite.reading.front_matter import LONGEST_BODY
from lcsite.reading.prose_check import check_prose
from lcsite.rendering.prose import render_prose

def timed(work):
    started = time.process_time()
    result = work()
    return result, time.process_time() - started

found = {}
for name, (head, unit, tail) in json.load(sys.stdin).items():
    most = max(1, (LONGEST_BODY - len((head + tail).encode())) // len(unit.encode()))
    checked, passed = 0.0, 0
    for number in (most, *(most * 3 // 4 >> halving for halving in range(14))):
        problems, seconds = timed(lambda: check_prose(head + unit * number + tail, "content/a.md").problems)
        checked = max(checked, seconds)
        if not any(problem.code == "too-tangled" for problem in problems):
            passed = number
            break
    text = head + unit * passed + tail
    _, rendered = timed(lambda: render_prose(text, resolve=lambda address: address)) if passed else (None, 0.0)
    found[name] = [len(text) if passed else 0, checked, rendered]
print(json.dumps({"texts": found, "megabytes": most_memory()}))
"""


@pytest.mark.slow
def test_the_longest_text_of_every_shape_is_rendered_or_refused_within_two_seconds() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MOST_MEMORY + MEASURE], input=json.dumps(SHAPES), capture_output=True, text=True,
        check=True, timeout=300, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    found = json.loads(done.stdout)
    slow = {name: took for name, (_, *took) in found["texts"].items() if max(took) >= 2}
    print("slowest:", max((max(took), name) for name, (_, *took) in found["texts"].items()), found["megabytes"], "MB")
    assert slow == {}
    assert found["megabytes"] < 500
    # A text of each shape is allowed, so that it is not the check alone that was measured.
    assert {name for name, (length, *_) in found["texts"].items() if not length} <= {"short forms on one line"}
