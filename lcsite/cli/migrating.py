"""`lcsite migrate`: prints what `authoring.carry_over` says, and has it written."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from lcsite.cli.authoring import print_draft
from lcsite.cli.exit_codes import DONE, USAGE
from lcsite.problems import as_text

__all__ = ["migrate"]

_SITE = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("migrate")
@click.argument("assessment", metavar="PLACE/ASSESSMENT")
@click.option("--folder", type=_SITE, default=Path("."), help="The site's folder.  [default: this folder]")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def migrate(assessment: str, folder: Path, dry_run: bool) -> int:
    """Carry an assessment over to the version of its framework that the site shows.

    Says question by question what is the same, renamed, changed, gone and new. What means the same is carried over into
    a new file; what means something else stays unanswered. The old file stays as it is.

    \b
    lcsite migrate sampleby/2026-FRAMEWORK --dry-run
    lcsite migrate cities/sampleby/assessments/2026-FRAMEWORK.yml
    """
    from lcsite.authoring import Context, Refused, Workplace, write_files
    from lcsite.authoring.carry_over import carry_over, carry_over_as_text, find_assessment

    place = Workplace(folder)
    try:
        portfolio = place.read(Context(datetime.datetime.now().astimezone().date())).site
        found = find_assessment(assessment, portfolio)
        draft, fates = carry_over(found, portfolio)
        problems = place.problems_of(draft)
        if problems.errors:
            click.echo(as_text(problems), nl=False, err=True)
            click.echo("lcsite: nothing was written", err=True)
            return USAGE
        if not dry_run:
            write_files(folder, draft.files)
    except Refused as refused:
        raise click.UsageError(str(refused)) from refused
    click.echo(carry_over_as_text(found, fates, portfolio.frameworks[found.framework_id].version))
    print_draft(draft, folder, problems, dry_run=dry_run)
    return DONE
