"""Files that authors link to although nobody wrote them: the names of pages that every site has in any case.

Only names. Where such a page lives is for `pages/addresses.py` to know, and what it says for the other modules there.
"""

from __future__ import annotations

__all__ = [
    "CONTRIBUTE", "DATA", "DICTIONARY", "FILES", "HOME", "METHOD", "PAGES_OF_EVERY_SITE", "PROBLEM_CODES", "TOOLBOX",
]

HOME = "content/index.md"
TOOLBOX = "content/toolbox/index.md"
METHOD = "content/method/index.md"
DATA = "content/data/index.md"
CONTRIBUTE = "content/contribute/index.md"
DICTIONARY = "content/data/dictionary.md"
"""Never a file: the program writes this page from the columns of the published files."""
PROBLEM_CODES = "content/contribute/problem-codes.md"
"""Never a file: the program writes this page from the messages of the check."""

FILES = "content/contribute/files.md"
"""Never a file: the program writes this page, and one below it for each kind of file, from its models."""
_FILE_PAGES = tuple(
    f"content/contribute/files/{name}.md" for name in (
        "assessment", "crosswalk", "framework", "network", "observation", "page", "place", "practice", "site", "tool",
    )
)

PAGES_OF_EVERY_SITE = frozenset({
    HOME, TOOLBOX, METHOD, DATA, CONTRIBUTE, DICTIONARY, PROBLEM_CODES, FILES, *_FILE_PAGES
})
"""What can be linked to although nobody wrote it: pages that the program makes in any case."""
