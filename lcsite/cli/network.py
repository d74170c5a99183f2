"""The command that gathers other sites. It says what came of each, and decides nothing."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from lcsite.cli.endings import code_of
from lcsite.cli.exit_codes import CONTENT, DONE, ENVIRONMENT
from lcsite.problems import as_text

__all__ = ["gather"]


@click.command("gather")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("."))
@click.option("--only", multiple=True, metavar="SITE", help="Gather this site alone; may be given several times.")
@click.option("--dry-run", is_flag=True, help="Fetch and judge, and keep nothing.")
def gather(folder: Path, only: tuple[str, ...], dry_run: bool) -> int:
    """Fetch the places of other sites that content/network.yml names, and keep a copy of them in gathered/.

    \b
    lcsite gather
    lcsite gather --only sampleby
    lcsite gather --dry-run

    Each file is compared with the fingerprint that its site gives, and judged as lcsite check judges your own. A site
    that is gone, broken, changed on the way or under another licence is named, and its last good copy stays. Nothing is
    fetched by any other command: builds work without a network.

    Exit codes: 0 all were gathered; 1 a site was refused; 3 a site could not be reached.
    """
    from lcsite import gathering

    today = datetime.datetime.now(tz=datetime.UTC).date()
    before, outcomes = gathering.gather(folder, today=today, only=only, write=not dry_run)
    known = {outcome.site for outcome in outcomes}
    if unknown := [name for name in only if name not in known]:
        raise click.UsageError(f"content/network.yml names no site {unknown[0]} of which a copy is kept")
    if before.portfolio is None or before.origins.is_broken("network"):
        click.echo(as_text(before.problems), nl=False, err=True)
        return code_of(before.problems)
    if not outcomes:
        click.echo("content/network.yml names no site of which a copy is kept; there is nothing to gather")
    for outcome in outcomes:
        click.echo(as_text(outcome.problems), nl=False, err=True)
        if outcome.state == "kept":
            click.echo(f"{outcome.site}: not gathered; the last good copy stays as it is", err=True)
            continue
        words = {"new": "new", "changed": "changed since the last copy", "unchanged": "as in the copy"}[outcome.state]
        there = f"{_count(outcome.places, 'place')} and {_count(outcome.practices, 'practice')}"
        click.echo(f"{outcome.site}: {words}, {there}, as of {outcome.as_of}")
        if outcome.gone:
            click.echo(f"{outcome.site}: no longer there: {', '.join(outcome.gone)}")
    if dry_run:
        click.echo("nothing was written (--dry-run)")
    refused = [outcome for outcome in outcomes if outcome.state == "kept"]
    return DONE if not refused else ENVIRONMENT if all(each.unreachable for each in refused) else CONTENT


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
