"""`lcsite pin`: has the list of what builds the site written."""

from __future__ import annotations

from pathlib import Path

import click

from lcsite.cli.exit_codes import DONE

__all__ = ["pin"]

_SITE = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("pin")
@click.argument("wheel", type=click.Path(path_type=Path), metavar="PROGRAM.whl")
@click.option("--folder", type=_SITE, default=Path("."), help="The site's folder.  [default: this folder]")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def pin(wheel: Path, folder: Path, dry_run: bool) -> int:
    """Write down which program builds the site, with fingerprints, for build servers.

    They install exactly what program/requirements.txt lists, or nothing. The program itself lies beside it.

    \b
    lcsite pin program/lcsite-0.1.0-py3-none-any.whl
    """
    from lcsite.authoring import Refused, write_files
    from lcsite.authoring.pinned import draft_pin

    try:
        draft = draft_pin(folder, wheel)
        if not dry_run:
            write_files(folder, draft.files)
    except Refused as refused:
        raise click.UsageError(str(refused)) from refused
    for file in draft.files:
        click.echo(f"{'would write' if dry_run else 'wrote'} {folder / file.path}")
        if dry_run:
            click.echo("".join(f"    {line}\n" for line in file.content.decode().splitlines()))
    if not draft.files:
        click.echo("nothing to write: the list says this already")
    click.echo("\nWhat to do next:")
    for number, step in enumerate(draft.steps, start=1):
        click.echo(f"  {number}. {step}")
    return DONE
