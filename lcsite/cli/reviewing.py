"""`lcsite review`: what a build server runs on a proposal from anybody. Prints what `changes` and the check say."""

from __future__ import annotations

import os
from pathlib import Path

import click

from lcsite.cli.door import print_commands
from lcsite.cli.endings import code_of
from lcsite.cli.exit_codes import DONE
from lcsite.problems import Problems, as_github, as_gitlab, as_text

__all__ = ["review"]

_SITE = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("review")
@click.argument("base", type=_SITE)
@click.argument("proposed", type=_SITE)
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="The folder to make: BASE with what is proposed."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "github", "gitlab"]), default="text",
    help="How to print what was found.  [default: text]",
)
@click.option("--report", type=_FILE, help="Also write what was found into this file, as a code quality report.")
@click.option("--summary", type=_FILE, help="Add to this file, in Markdown, what the change does.")
def review(base: Path, proposed: Path, into: Path, form: str, report: Path | None, summary: Path | None) -> int:
    """Check what somebody proposes, and say what it does, without running anything of theirs.

    Only the folders content and cities come from PROPOSED; configuration, layout and programs come from BASE, and what
    the proposal changes there is named and left out. Then lcsite build makes a preview of the folder --into.

    \b
    lcsite review base proposed --into joined
    lcsite review base proposed --into joined --format github --summary "$GITHUB_STEP_SUMMARY"
    lcsite build joined --output preview
    """
    from lcsite.changes import as_markdown, compare_sites
    from lcsite.changes import as_text as difference_as_text
    from lcsite.changes.joined import Occupied, join, left_out
    from lcsite.changes.words import beside_the_content
    from lcsite.pipeline import read_and_check
    from lcsite.reading.memory import ShortMemory

    memory = ShortMemory()
    try:
        join(base, proposed, into)
    except Occupied as error:
        raise click.UsageError(str(error)) from error
    read = read_and_check(into, memory=memory)
    difference = compare_sites(read_and_check(base, memory=memory), read)
    others = left_out(base, proposed)
    _print(read.problems, form)
    if report is not None:
        _write(report, as_gitlab(read.problems), os.O_TRUNC)
    if summary is not None:
        _write(summary, as_markdown(difference) + beside_the_content(others), os.O_APPEND)
    if form != "github":
        click.echo(difference_as_text(difference), nl=False, err=form == "gitlab")
    if others:
        click.echo(f"left out, because it is not in content or cities: {', '.join(others)}", err=True)
    return code_of(read.problems) if read.problems.errors else DONE


def _write(file: Path, text: str, how: int) -> None:
    """Write without following a link: where a proposal is checked, its own files may lie about."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | how | getattr(os, "O_NOFOLLOW", 0), 0o644)
    with open(handle, "w", encoding="utf-8") as out:
        out.write(text)


def _print(problems: Problems, form: str) -> None:
    if form == "github":
        print_commands(as_github(problems))
    else:
        click.echo(as_gitlab(problems) if form == "gitlab" else as_text(problems), nl=False)
