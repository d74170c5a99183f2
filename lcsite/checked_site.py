"""The first half of the pipe, from a folder of files to a portfolio without mistakes: read, check.

What only a plan or a page needs is not imported here, because a check is asked for more often than a site; and what
judges a portfolio not before somebody can parse: a second process begins with that at once.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from lcsite.builtin_folder import BUILTIN
from lcsite.light_classes import dataclass
from lcsite.model.portfolio import Portfolio
from lcsite.problems import Problem, Problems, quoted
from lcsite.reading.layout import AuthoredFile
from lcsite.reading.memory import Memory
from lcsite.reading.origins import Origins
from lcsite.reading.portfolio_reader import Read, ReadFile, read_portfolio
from lcsite.working_apart import Ahead, CopyLost, processes_at_hand

__all__ = ["ReadSite", "read_and_check"]

_MANY = 300
"""Files that are worth a second process."""
_FILES_AT_ONCE = 50
_JUDGES = ("lcsite.checking", "lcsite.pages.certain_addresses", "lcsite.rendering.languages")


@dataclass(frozen=True, slots=True)
class ReadSite:
    """What reading and checking found. `portfolio` is None where there is nothing, or a file cannot be read."""

    portfolio: Portfolio | None
    origins: Origins
    problems: Problems


def read_and_check(
    root: Path, *, memory: Memory | None = None, proposed: Mapping[str, bytes] = MappingProxyType({}),
    copies: Mapping[str, Path] = MappingProxyType({}), seen: Mapping[str, int] | None = None,
    meanwhile: Callable[[], None] = lambda: None, then: Callable[[Portfolio, Origins], None] = lambda *_: None,
) -> ReadSite:
    """Read every authored file below `root` and check it, reporting every problem at once.

    `proposed` are files, by their path, and `copies` folders, by the site that they come from, that are judged as if
    they were there; `memory` spares what was read before, and `seen` looking for files (see `find_files`). `meanwhile`
    is done while a second process reads, if one does, and `then` is told what was read without errors, before it is
    checked.
    """
    read_all = partial(_read_in_two, meanwhile)
    portfolio, origins, problems = read_portfolio(
        root, builtin=BUILTIN, memory=memory, proposed=proposed, copies=copies, seen=seen, read_all=read_all
    )
    if out_of_reach := problems.out_of_reach:  # what follows from files that nobody saw would be guesses
        return ReadSite(None, origins, out_of_reach)
    if portfolio is not None:
        from lcsite.checking import check_portfolio

        if not problems.errors:
            then(portfolio, origins)
        problems.extend(check_portfolio(portfolio, origins))
        problems.extend(_languages_without_words(portfolio, origins))
        if not problems.errors:
            problems.extend(_entries_that_lead_nowhere(portfolio, origins))
    return ReadSite(portfolio, origins, problems)


def _read_in_two(
    meanwhile: Callable[[], None], read: ReadFile, files: Sequence[tuple[AuthoredFile, bytes | None]]
) -> Iterator[Read]:
    """What `read` makes of each of the files, by two processes where there are many and two cores."""
    processes = processes_at_hand() if len(files) >= _MANY else 1
    with Ahead(lambda n: read(*files[n]), len(files), processes=processes, jobs_a_ticket=_FILES_AT_ONCE) as ahead:
        if processes > 1:
            for room in _JUDGES:
                import_module(room)
            meanwhile()
        for number in range(len(files)):
            try:
                yield ahead.result(number)
            except CopyLost:  # as where a system is short of memory: what is left is done here
                yield ahead.result(number)


def _languages_without_words(portfolio: Portfolio, origins: Origins) -> Iterator[Problem]:
    """Numbers and dates are written in the manner of a language, so it has to be one that is known."""
    from lcsite.rendering.languages import knows_language

    if not knows_language(portfolio.site.language):
        where = origins.at("site", "site", ("language",))
        message = f"nothing is known about the language {quoted(portfolio.site.language)}"
        yield Problem("wrong-value", where, message, "write its code, such as en, pt-BR or zh-Hant")


def _entries_that_lead_nowhere(portfolio: Portfolio, origins: Origins) -> Iterator[Problem]:
    """Menu, footer and news name pages by their addresses, and what the rarer ones are shows only in the plan."""
    from lcsite.pages.certain_addresses import certain_addresses

    site = portfolio.site
    entries = [("menu", n, entry.page) for n, entry in enumerate(site.menu)]
    entries += [("footer", n, entry.page) for n, entry in enumerate(site.footer)]
    entries += [("news", n, entry.page) for n, entry in enumerate(site.news) if entry.page is not None]
    certain = certain_addresses(portfolio)
    doubtful = [entry for entry in entries if entry[2] not in certain]
    if not doubtful:
        return
    from lcsite.pipeline import planned_pages

    known = {page.address for page in planned_pages(portfolio)}
    for field, position, page in doubtful:
        if page not in known:
            where = origins.at("site", "site", (field, position, "page"))
            near = difflib.get_close_matches(page, sorted(known), n=1)
            hint = f'did you mean "{near[0]}"?' if near else "write it from the root with a slash at its end"
            yield Problem("broken-link", where, f"there is no page {quoted(page)}", hint)
