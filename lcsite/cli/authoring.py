"""`lcsite new` and `lcsite todo`: asks on a terminal, takes options elsewhere, prints what `authoring` says."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lcsite.cli.endings import code_of
from lcsite.cli.exit_codes import DONE, USAGE
from lcsite.problems import Problems, as_text

if TYPE_CHECKING:
    from lcsite.authoring import Context, Draft, Kind, Question

__all__ = ["new", "print_draft", "todo"]

_SITE = click.Path(exists=True, file_okay=False, path_type=Path)


class _NewGroup(click.Group):
    """Makes its commands from the tables of questions, and only when one is called: other commands start faster."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from lcsite.authoring import KINDS

        return list(KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from lcsite.authoring import KINDS

        return _command(KINDS[cmd_name]) if cmd_name in KINDS else None


@click.group(cls=_NewGroup)
def new() -> None:
    """Begin a site, a place, a case study, a tool, an assessment, a framework, or what a build server needs.

    On a terminal it asks for what it needs. In a script everything is said with options, and nothing is asked. What is
    there already is never overwritten; --dry-run shows what would be written.
    """


def _command(kind: Kind) -> click.Command:
    parameters: list[click.Parameter] = []
    if kind.name == "site":
        parameters.append(click.Argument(["folder"], type=click.Path(path_type=Path), metavar="DIR"))
    parameters += [_parameter(question) for question in kind.questions]
    if kind.name != "site":
        help_ = "The site's folder.  [default: this folder]"
        parameters.append(click.Option(["--folder"], type=_SITE, default=Path("."), help=help_))
    parameters.append(click.Option(["--dry-run"], is_flag=True, help="Show what would be written, and write nothing."))

    def run(folder: Path, dry_run: bool, **given: Any) -> int:
        return _make(kind, folder, given, dry_run=dry_run)

    return click.Command(
        kind.name, callback=run, params=parameters, short_help=kind.words,
        help=f"{kind.words}\n\nAsks on a terminal for what is not said here.\n\n\b\n{_folded(kind.example)}",
    )


def _parameter(question: Question) -> click.Parameter:
    if question.positional:
        return click.Argument([question.key], required=False, metavar=f"[{question.option}]")
    words = question.words[:1].upper() + question.words[1:]
    if isinstance(question.choices, tuple) and question.choices:
        words += f": {', '.join(question.choices)}"
    if isinstance(question.default, str):
        words += f"  [default: {question.default}]"
    if question.many:
        words += "  (may be said several times)"
    return click.Option(
        [question.option, question.key], multiple=question.many, is_flag=question.flag, help=f"{words}.",
        metavar=None if question.flag else "TEXT",
    )


def _folded(example: str) -> str:
    """A long call over several lines, as a shell takes it."""
    return " \\\n    --".join(example.split(" --"))


def _make(kind: Kind, folder: Path, given: dict[str, Any], *, dry_run: bool) -> int:
    from lcsite.authoring import Context, Refused, Workplace, collect, write_files
    from lcsite.authoring.editor_help import for_editors

    today = datetime.datetime.now().astimezone().date()
    place = Workplace(folder)
    try:
        if kind.name == "site":
            place.must_be_free()
            context = Context(today)
        else:
            context = place.read(Context(today))
        values = collect(kind.questions, given, context, _ask if sys.stdin.isatty() else None)
        draft = for_editors(kind.draft(values, context), folder)
        found = place.problems_of(draft)
        if found.errors:
            click.echo(as_text(found), nl=False, err=True)
            click.echo("lcsite: nothing was written", err=True)
            return USAGE
        if not dry_run:
            write_files(folder, draft.files)
    except Refused as refused:
        raise click.UsageError(str(refused)) from refused
    print_draft(draft, folder, found, dry_run=dry_run)
    return DONE


def _ask(question: Question, standard: str | None, context: Context) -> str | tuple[str, ...]:
    from lcsite.authoring import Refused

    if question.by_search:
        return _ask_for_criteria(question, context)

    def value(written: str) -> str | tuple[str, ...]:
        try:
            return question.read(written, context)
        except Refused as refused:
            raise click.UsageError(str(refused)) from refused

    name, choices = question.key.replace("_", " ").capitalize(), question.allowed(context)
    more = f" One of: {', '.join(choices)}." if choices else " Several: with commas." if question.many else ""
    click.echo(f"\n{name}: {question.words}.{more}", err=True)
    answer: str | tuple[str, ...] = click.prompt(">", default=standard, value_proc=value, prompt_suffix=" ", err=True)
    return answer


def _ask_for_criteria(question: Question, context: Context) -> tuple[str, ...]:
    """A talk of several lines: words find criteria, numbers choose them, Enter alone goes on."""
    from lcsite.authoring import Choosing

    name = question.key.capitalize()
    click.echo(f"\n{name}: which criteria does it serve? This helps others most to find it.", err=True)
    click.echo("Write a word that it is about, such as library, and choose by number; or Enter: later.", err=True)
    choosing = Choosing(context.site)
    while not choosing.done:
        said = choosing.hear(click.prompt(">", default="", show_default=False, prompt_suffix=" ", err=True))
        if said:
            click.echo(said, err=True)
    return choosing.chosen


def print_draft(draft: Draft, folder: Path, found: Problems, *, dry_run: bool) -> None:
    """Say what was written, what is still missing in it and what to do next."""
    for file in draft.files:
        click.echo(f"{'would write' if dry_run else 'wrote'} {folder / file.path}")
        if dry_run:
            click.echo("".join(f"    {line}\n" for line in file.text.splitlines()))
    if len(found):
        click.echo(as_text(found), nl=False, err=True)
    if draft.missing:
        click.echo("\nStill missing:")
        for words in draft.missing:
            click.echo(f"  - {words}")
    click.echo("\nWhat to do next:")
    steps = draft.steps if folder == Path(".") else (f"cd {folder}", *draft.steps)
    for number, step in enumerate(steps, start=1):
        click.echo(f"  {number}. {step}")


@click.command("todo")
@click.argument("place")
@click.option("--framework", default=None, metavar="ID", help="Only this framework.")
@click.option("--folder", type=_SITE, default=Path("."), help="The site's folder.  [default: this folder]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
def todo(place: str, framework: str | None, folder: Path, form: str) -> int:
    """List the open questions of a place, with the line where to answer.

    Those come first whose answers would narrow the picture most.

    \b
    lcsite todo lumenford
    lcsite todo lumenford --framework FRAMEWORK
    lcsite todo lumenford --format json
    """
    from lcsite.authoring import Refused
    from lcsite.authoring.todo import todo_as_json, todo_as_text, todo_of
    from lcsite.pipeline import read_and_check

    read = read_and_check(folder)
    if read.portfolio is None or read.problems.errors:
        click.echo(as_text(read.problems), nl=False, err=True)
        return code_of(read.problems)
    try:
        found = todo_of(read.portfolio, read.origins, place, framework)
    except Refused as refused:
        raise click.UsageError(str(refused)) from refused
    click.echo(todo_as_json(found) if form == "json" else todo_as_text(found), nl=False)
    return DONE
