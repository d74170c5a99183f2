"""`lcsite diff`: finds the two states that were asked for and prints what `changes` says of them."""

from __future__ import annotations

from pathlib import Path

import click

from lcsite.cli.endings import code_of
from lcsite.cli.exit_codes import CONTENT, DONE
from lcsite.problems import as_text as problems_as_text

__all__ = ["diff"]

_SITE = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("diff")
@click.argument("old", default="HEAD")
@click.argument("new", required=False)
@click.option("--folder", type=_SITE, default=Path("."), help="The site's folder.  [default: this folder]")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="[default: text]"
)
def diff(old: str, new: str | None, folder: Path, form: str) -> int:
    """Say in words what a change does: places, figures, practices, links, frameworks, pages, broken addresses.

    OLD and NEW are folders of sites or revisions of git. Without NEW it is the folder as it stands, without OLD the
    last commit.

    \b
    lcsite diff                                what I have changed since the last commit
    lcsite diff main my-case-study             two branches
    lcsite diff before/ after/                 two folders
    lcsite diff main --format markdown         for the summary of a build job
    """
    from lcsite.changes import NoSuchState, as_json, as_markdown, as_text, compare_sites, materialised
    from lcsite.pipeline import read_and_check
    from lcsite.reading.memory import ShortMemory

    memory = ShortMemory()  # most files are the same on both sides, and are read once
    try:
        with materialised(old, folder) as before, materialised(new, folder) as after:
            sites = read_and_check(before, memory=memory), read_and_check(after, memory=memory)
            difference = compare_sites(*sites)
    except NoSuchState as error:
        raise click.UsageError(str(error)) from error
    for problems in (site.problems.out_of_reach for site in sites):
        if len(problems):
            click.echo(problems_as_text(problems), nl=False, err=True)
            return code_of(problems)
    words = {"text": as_text, "markdown": as_markdown, "json": as_json}[form]
    click.echo(words(difference), nl=False)
    return DONE if difference.comparable else CONTENT
