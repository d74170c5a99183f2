"""Names a broken `#part` where somebody wrote it. Which parts a page has shows only once it is made, so the inspection
finds it on the finished page; an author looks for it in a file. Nothing is read here unless something is broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from lcsite.model.portfolio import Portfolio
from lcsite.pages.page import Page
from lcsite.problems import Location, Problem, quoted
from lcsite.publishing.output_check import BROKEN_PART, no_such_part
from lcsite.reading.link_targets import file_part, linked_file
from lcsite.reading.plain_text import location_at
from lcsite.reading.prose_check import links_with_parts

__all__ = ["as_written", "where_written"]

_HINT = "a part is called as the address of its heading says, in small letters with hyphens; open the page to see it"


def as_written(found: Iterable[Problem], folder: Path, portfolio: Portfolio) -> Iterator[Problem]:
    """What the inspection found, named in the file of its author where the link is written there."""
    from lcsite.pages.site_plan import source_targets
    from lcsite.pipeline import planned_pages

    pages = planned_pages(portfolio)
    return where_written(found, folder, pages, source_targets(portfolio, pages))


def where_written(
    problems: Iterable[Problem], folder: Path, pages: Iterable[Page], targets: Mapping[str, str]
) -> Iterator[Problem]:
    """The problems, and in the place of a part that is not there each link in the authored files that names it.

    `targets`: the authored files of the site in `folder`, and the address of the page that shows each. A problem stays
    as it is where no file of the site holds its link.
    """
    sources: dict[str, list[str]] = {}
    for page in pages:
        if page.source:
            sources.setdefault(_file_of(page.address), []).append(page.source)
    for file, address in targets.items():
        known = sources.setdefault(_file_of(address), [])
        if file.endswith(".md") and file not in known:
            known.append(file)
    told: set[Problem] = set()
    for problem in problems:
        found = []
        if problem.code == BROKEN_PART:
            for file in sources.get(problem.location.file, ()):
                found += [each for each in _links(folder, file, problem, targets) if each not in told]
        told.update(found)
        yield from found or (problem,)


def _links(folder: Path, file: str, problem: Problem, targets: Mapping[str, str]) -> Iterator[Problem]:
    try:
        text = (folder / file).read_text("utf-8")
    except OSError:
        return  # it comes with the program, or from another site
    for offset, written in links_with_parts(text, file):
        path, fragment = file_part(written), unquote(written.partition("#")[2])
        page = problem.location.file
        if path is not None:
            page = _file_of(targets.get(linked_file(path, file) or "", "?"))
        if problem.message == no_such_part(page, fragment):
            where = location_at(text, offset, file)
            what = quoted(path) if path is not None else "this page"
            message = f"{what} has no part {quoted('#' + fragment)}"
            yield Problem("broken-link", Location(where.file, where.line, where.column), message, _HINT)


def _file_of(address: str) -> str:
    """The finished file of a page."""
    path = address.partition("#")[0]
    return f"{path}index.html" if not path or path.endswith("/") else path
