"""`lcsite import`: what people sent in by other ways, judged like any file before anything is written."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import BinaryIO

import click

from lcsite.cli.authoring import print_draft
from lcsite.cli.exit_codes import CONTENT, DONE
from lcsite.problems import Problems, as_text

__all__ = ["import_"]

_FOLDER = click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("."),
    help="The site's folder.  [default: this folder]",
)
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")


@click.group()
def import_() -> None:
    """Take over what people sent: the text of a form, or a table.

    It is judged by the same rules as any file. Where something is wrong, nothing is written, and every problem is told
    with the line, or the row and column, where it stands.
    """


@import_.command("issue")
@click.argument("file", type=click.File("rb"))
@click.option("--id", "id_", default=None, metavar="TEXT", help="The name of the new file; else made of the title.")
@_FOLDER
@_DRY_RUN
def _issue(file: BinaryIO, id_: str | None, folder: Path, dry_run: bool) -> int:
    """Make a file of the text of a form, or say what is missing in it.

    FILE is the text of an issue, or of the form for mail; - reads it from another program. A case study and a new place
    become files. A correction and an objection become a note for the reviewer, with the file and line they are about.

    \b
    lcsite import issue sent.md
    lcsite import issue sent.md --dry-run
    gh issue view 12 --json body --jq .body | lcsite import issue -
    """
    from lcsite.authoring import Context, Refused, Workplace, write_files
    from lcsite.authoring.editor_help import for_editors
    from lcsite.importing.issue_text import LONGEST_ISSUE
    from lcsite.importing.issues import import_issue

    place = Workplace(folder)
    try:
        context = place.read(Context(datetime.datetime.now().astimezone().date()))
        name = "the form" if file.name in ("-", "<stdin>") else Path(str(file.name)).name
        done = import_issue(file.read(LONGEST_ISSUE + 1), name, place, context, id_=id_)
        if done.problems.errors:
            return _not_written(done.problems)
        if done.draft is None:
            click.echo(done.note, nl=False)
            return DONE
        draft = for_editors(done.draft, folder)
        if not dry_run:
            write_files(folder, draft.files)
    except Refused as refused:
        raise click.UsageError(str(refused)) from refused
    print_draft(draft, folder, done.problems, dry_run=dry_run)
    return DONE


@import_.command("table")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--as", "what", type=click.Choice(["observations", "answers"]), required=True,
    help="What the rows are: published figures, or answers to the questions of a framework.",
)
@click.option("--place", default=None, metavar="ID", help="The place that the table is about.")
@click.option("--assessment", default=None, metavar="NAME", help="For answers: the file, such as 2026-my-framework.")
@click.option("--mapping", type=click.File("rb"), default=None, help="A small file that says which column is which.")
@click.option("--column", "columns", multiple=True, metavar="OURS=THEIRS", help="Our column and theirs.")
@click.option("--same", multiple=True, metavar="OURS=VALUE", help="What holds for every row, such as source_title=…")
@click.option("--sheet", default=None, metavar="NAME", help="The sheet of a workbook.  [default: the first]")
@click.option("--header", type=click.IntRange(1, 1000), default=None, help="The row with the names.  [default: 1]")
@click.option("--replace", "replace_older", is_flag=True, help="Let figures and plain answers replace older ones.")
@_FOLDER
@_DRY_RUN
def _table(
    file: BinaryIO, what: str, place: str | None, assessment: str | None, mapping: BinaryIO | None,
    columns: tuple[str, ...], same: tuple[str, ...], sheet: str | None, header: int | None, replace_older: bool,
    folder: Path, dry_run: bool,
) -> int:
    """Add the rows of a table (CSV or XLSX) to the figures or answers of a place.

    What is there stays as it is: comments, order and every older answer. Nothing is written where a row is wrong; each
    problem names its sheet, row and column.

    \b
    lcsite import table figures.xlsx --as observations --place sampleby --column value=Result --column period=Year
    lcsite import table answers.csv --as answers --place sampleby --assessment 2026-street-libraries --dry-run
    """
    from lcsite.authoring import Context, Refused, Workplace, write_files
    from lcsite.importing.mapping import TableMapping, read_mapping
    from lcsite.importing.spreadsheets import LONGEST_TABLE
    from lcsite.importing.table_import import import_table

    workplace = Workplace(folder)
    try:
        context = workplace.read(Context(datetime.datetime.now().astimezone().date()))
        found: TableMapping | None = TableMapping()
        if mapping is not None:
            found, problems = read_mapping(mapping.read(LONGEST_TABLE), Path(str(mapping.name)).name)
            if found is None or problems:
                return _not_written(Problems(problems))
        assert found is not None
        said = {"place": place, "assessment": assessment, "sheet": sheet, "header": header}
        found = found.model_copy(update={
            **{key: value for key, value in said.items() if value is not None},
            "columns": {**found.columns, **_pairs("--column", columns)},
            "same": {**found.same, **_pairs("--same", same)},
        })
        name = Path(str(file.name)).name
        done = import_table(
            file.read(LONGEST_TABLE + 1), name, what, workplace, context, mapping=found, replace_older=replace_older
        )
        if done.problems.errors:
            return _not_written(done.problems)
        if done.draft is None:
            click.echo(done.words)
            return DONE
        if not dry_run:
            write_files(folder, done.draft.files)
    except Refused as refused:
        raise click.UsageError(str(refused)) from refused
    print_draft(done.draft, folder, done.problems, dry_run=dry_run)
    click.echo(f"\n{done.words}")
    return DONE


def _pairs(option: str, given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for each in given:
        ours, sign, theirs = each.partition("=")
        if not sign or not ours.strip() or not theirs.strip():
            raise click.UsageError(f"{option} takes OURS=THEIRS, such as value=Result")
        pairs[ours.strip()] = theirs.strip()
    return pairs


def _not_written(problems: Problems) -> int:
    click.echo(as_text(problems), nl=False, err=True)
    click.echo("lcsite: nothing was written", err=True)
    return CONTENT
