"""What commands need of a site's folder before they begin: content without errors, and the engine's file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from lcsite.cli.endings import Stop, code_of
from lcsite.cli.remembering import remembering
from lcsite.problems import Problems, as_text

if TYPE_CHECKING:
    from lcsite.model.portfolio import Portfolio
    from lcsite.reading.memory import Memory
    from lcsite.reading.origins import Origins

__all__ = ["ReadGood", "engine_file", "good_content", "summary"]


class ReadGood(NamedTuple):
    """Content without errors, where each part of it was written, and what was said of the rest."""

    portfolio: Portfolio
    origins: Origins
    problems: Problems
    said: str


def good_content(
    folder: Path, *, remember: bool = True, memory: Memory | None = None, seen: Mapping[str, int] | None = None,
    meanwhile: Callable[[], None] = lambda: None, then: Callable[[Portfolio, Origins], None] = lambda *_: None,
) -> ReadGood:
    """The portfolio of a folder and where each part was written; stops with the problems where there are errors.

    `remember`: with the memory of earlier runs. Who lends a `memory` puts it away too. `seen` spares looking for files.
    `meanwhile` is done while a second process reads, if one does; `then` is told what was read before it is checked.
    """
    from lcsite.checked_site import read_and_check

    with remembering(folder, wanted=remember) if memory is None else nullcontext(memory) as lent:
        read = read_and_check(folder, memory=lent, seen=seen, meanwhile=meanwhile, then=then)
    said = as_text(read.problems) if len(read.problems) else ""
    click.echo(said, nl=False, err=True)
    if read.portfolio is None or read.problems.errors:
        if not read.problems.out_of_reach:
            click.echo(f"lcsite: {summary(read.problems)}; nothing was written", err=True)
        raise Stop(code_of(read.problems))
    return ReadGood(read.portfolio, read.origins, read.problems, said)


def engine_file(folder: Path) -> Path:
    config = folder / "mkdocs.yml"
    if not config.is_file():
        raise click.UsageError(f"{folder} has no mkdocs.yml; a site needs one that names the plugin lcsite")
    return config


def summary(problems: Problems) -> str:
    if not len(problems):
        return "no problems"

    def count(number: int, word: str) -> str:
        return f"{number} {word}" if number == 1 else f"{number} {word}s"

    return " and ".join(
        filter(
            None,
            [
                count(problems.errors, "error") if problems.errors else "",
                count(problems.warnings, "warning") if problems.warnings else "",
            ],
        )
    )
