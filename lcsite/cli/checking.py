"""The command `lcsite check`: what is wrong in a site's folder, for people, build servers and programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from lcsite import __version__
from lcsite.cli.content import summary
from lcsite.cli.door import print_commands
from lcsite.cli.endings import code_of
from lcsite.cli.exit_codes import DONE
from lcsite.cli.remembering import outcome_of_check
from lcsite.problems import Problems, as_github, as_gitlab, as_json, as_sarif, as_text
from lcsite.tidying import seldom

__all__ = ["check"]

_SITE = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("check")
@click.argument("folder", type=_SITE, default=Path("."))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "gitlab", "sarif"]),
    default="text",
    help="How to print what was found.  [default: text]",
)
@click.option("--quiet", is_flag=True, help="Print nothing where nothing is wrong.")
@click.option("--verbose", is_flag=True, help="Say what was read.")
@click.option("--no-cache", is_flag=True, help="Remember nothing and use nothing from earlier runs.")
def check(folder: Path, form: str, quiet: bool, verbose: bool, no_cache: bool) -> int:
    """Read every file and report every mistake, with file, line, column and remedy.

    \b
    lcsite check
    lcsite check my-city --format json > problems.json
    lcsite check --format github    annotations on the lines of a pull request

    Where not one byte has changed since an earlier check, what that one found is said again.
    """
    with seldom():
        outcome = outcome_of_check(folder, wanted=not no_cache, verbose=verbose)
    problems = Problems(outcome.problems)
    _print_problems(problems, form)
    if form == "text" and not quiet:
        click.echo(summary(problems), err=True)
        if verbose and outcome.read is not None:
            click.echo(f"read: {', '.join(f'{number} {noun}' for number, noun in outcome.read)}", err=True)
    return code_of(problems) if problems.errors else DONE


def _print_problems(problems: Problems, form: str) -> None:
    forms: dict[str, Callable[[Problems], str]] = {
        "text": as_text, "json": as_json, "gitlab": as_gitlab, "sarif": _as_sarif,
    }
    if form == "github":
        print_commands(as_github(problems))
    else:
        click.echo(forms[form](problems), nl=False)


def _as_sarif(problems: Problems) -> str:
    from lcsite.problem_codes import CODES

    return as_sarif(problems, codes=CODES, version=__version__)
