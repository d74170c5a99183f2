"""`lcsite export schemas`: writes the schemas for editors. What stands in them is decided in `describing`."""

from __future__ import annotations

from pathlib import Path

import click

from lcsite.cli.exit_codes import DONE

__all__ = ["export_schemas"]


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
