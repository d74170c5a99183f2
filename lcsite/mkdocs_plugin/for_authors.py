"""What the author's loop adds to a site: a script and a style on every page, and a file that says what is wrong.

No published site holds any of it.
"""

from __future__ import annotations

import json

from lcsite.pages import addresses
from lcsite.pages.page import Words
from lcsite.problems import Problems
from lcsite.rendering.renderer import Renderer

__all__ = ["ASSETS", "PROBLEMS_FILE", "problems_file"]

ASSETS = ("assets/lcsite/author.css", "assets/lcsite/author.js")
PROBLEMS_FILE = "author/problems.json"


def problems_file(problems: Problems, renderer: Renderer) -> bytes:
    """The problems as `author.js` shows them, in the words of the site's language."""
    errors, warnings = problems.errors, problems.warnings
    if errors:
        count = Words("{n} error in the content.", many="{n} errors in the content.", n=errors)
        then = Words("Below is the site as it was before.")
    else:
        count = Words("{n} warning about the content.", many="{n} warnings about the content.", n=warnings)
        then = Words("The site can be published all the same.")
    told = {
        "label": renderer.say(Words("Problems in the content")),
        "count": renderer.say(count),
        "then": renderer.say(then),
        "problems": [
            {
                "where": str(problem.location), "severity": problem.severity.value, "message": problem.message,
                "hint": problem.hint, "code": problem.code, "more": f"{addresses.problem_codes}#{problem.code}",
            }
            for problem in problems
        ],
    }
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
