"""`lcsite export schemas` and `lcsite export forms`: write what `describing` makes of the models."""

from __future__ import annotations

from pathlib import Path

import click

from lcsite.cli.exit_codes import DONE

__all__ = ["export_forms", "export_schemas"]


@click.command("schemas")
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("."),
    help="The site's folder.  [default: this folder]",
)
def export_schemas(target: Path | None, folder: Path) -> int:
    """Write the schemas with which an editor helps while you write.

    They go into the folder schemas of the site, where new files look for them. Do this again after an upgrade: schemas
    that lcsite made are renewed, and any other file is left alone.

    \b
    lcsite export schemas
    lcsite export schemas /tmp/schemas
    """
    from lcsite.authoring import Refused
    from lcsite.authoring.editor_help import write_schemas

    where = target or folder / "schemas"
    try:
        written = write_schemas(where)
    except Refused as refused:
        raise click.UsageError(str(refused)) from refused
    click.echo(f"{written} schemas in {where}")
    return DONE


@click.command("forms")
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("."),
    help="The site's folder.  [default: this folder]",
)
def export_forms(folder: Path) -> int:
    """Write the issue forms for GitHub and GitLab: case study, correction, new place, objection.

    A new site has them. Do this again after an upgrade: forms that lcsite made are renewed, and any other file is left
    alone. What people send with them is read by lcsite import issue.

    \b
    lcsite export forms
    """
    from lcsite.authoring import Refused
    from lcsite.authoring.editor_help import write_forms

    try:
        written = write_forms(folder)
    except Refused as refused:
        raise click.UsageError(str(refused)) from refused
    click.echo(f"{written} forms in {folder / '.github'} and {folder / '.gitlab'}")
    return DONE
