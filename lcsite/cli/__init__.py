"""The command `lcsite`: reads what was asked, hands it to a room, prints what comes back. It decides nothing itself."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from lcsite import __version__
from lcsite.cli.authoring import new, todo
from lcsite.cli.building import build
from lcsite.cli.changes import diff
from lcsite.cli.checking import check
from lcsite.cli.content import engine_file, good_content
from lcsite.cli.describing import export_forms, export_schemas
from lcsite.cli.door import guarded_output
from lcsite.cli.endings import ending_of, flushed, leave, stop_when_told
from lcsite.cli.exit_codes import DONE, ENVIRONMENT
from lcsite.cli.importing import import_
from lcsite.cli.migrating import migrate
from lcsite.cli.network import gather
from lcsite.cli.pinning import pin
from lcsite.cli.reviewing import review

__all__ = ["main"]

_SITE = click.Path(exists=True, file_okay=False, path_type=Path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code."""
    stop_when_told()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # nobody else's rules, and nobody looks for any
    leave(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; nothing but a fault of ours prints a traceback."""
    # What is read stays to the end, so that looking through all of it again and again for what could go is in vain.
    gc.set_threshold(20_000, 20, 50)
    with guarded_output():
        try:
            outcome = _commands.main(args=arguments, prog_name="lcsite", standalone_mode=False)
            code = outcome if isinstance(outcome, int) else DONE
        except BaseException as error:  # noqa: BLE001 - the last line of defence, so that whatever happens is told
            code = ending_of(error, sys.argv[1:] if arguments is None else arguments)
        return flushed(code)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="lcsite")
def _commands() -> None:
    """Turn a folder of Markdown and YAML into a public learning-city portal.

    \b
    lcsite check                    look for mistakes in this folder
    lcsite build --output site      make the site
    lcsite serve                    look at it while you write
    lcsite explain PLACE FRAMEWORK  see how a figure came about
    lcsite new                      begin a site, a place, a case study, a tool, an assessment
    lcsite todo PLACE               see what is unknown, and where to answer
    lcsite gather                   take over the places of other sites
    lcsite diff                     say in words what a change does
    lcsite review BASE PROPOSED     what a build server runs on a proposal from anybody
    lcsite pin PROGRAM.whl          write down which program builds the site, with fingerprints
    lcsite migrate PLACE/ASSESSMENT carry answers over to a newer version of a framework

    A site is a folder with content/site.yml and cities/. Commands take the folder as their argument; without one they
    take the folder you are in.

    Exit codes: 0 done; 1 mistakes in the content; 2 a mistake in the call or the configuration; 3 disk, permission or
    another build in the way; 4 a fault of lcsite; 130 interrupted.
    """


_commands.add_command(check, "check")
_commands.add_command(build, "build")
_commands.add_command(new, "new")
_commands.add_command(todo, "todo")
_commands.add_command(import_, "import")
_commands.add_command(gather, "gather")
_commands.add_command(migrate, "migrate")
_commands.add_command(diff, "diff")
_commands.add_command(review, "review")
_commands.add_command(pin, "pin")


@_commands.command("serve")
@click.argument("folder", type=_SITE, default=Path("."))
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to listen.")
def _serve(folder: Path, address: str) -> int:
    """Show the site on this machine and build it again whenever a file changes.

    It looks for changes itself, so that it works on network drives and in containers too, and may be left running.

    \b
    lcsite serve
    lcsite serve my-city --address 127.0.0.1:8080
    """
    from lcsite.building.loop import write_and_see

    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise click.UsageError(f"the address {address} is not of the form HOST:PORT, such as 127.0.0.1:8000")
    good_content(folder)
    engine_file(folder)
    click.echo(f"lcsite: building, then showing at http://{address}/ (stop with Ctrl-C)")
    try:
        write_and_see(folder, host=host, port=int(port), say=click.echo)
    except OSError as error:
        click.echo(f"lcsite: cannot listen at {address}: {error.strerror or error}", err=True)
        return ENVIRONMENT
    return DONE


@_commands.command("explain")
@click.argument("place")
@click.argument("framework")
@click.argument("node", required=False)
@click.option("--folder", type=_SITE, default=Path("."), help="The site's folder.  [default: this folder]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
def _explain(place: str, framework: str, node: str | None, folder: Path, form: str) -> int:
    """Show the working of a figure, down to the file and line of every answer.

    \b
    lcsite explain lumenford FRAMEWORK
    lcsite explain lumenford FRAMEWORK inclusion
    lcsite explain lumenford FRAMEWORK inclusion --format json
    """
    from lcsite.exporting.explain import NothingToExplain, explain, whereabouts
    from lcsite.exporting.explain_text import explanation_json, explanation_text
    from lcsite.pages.names import Names
    from lcsite.pages.readings import Readings

    portfolio, origins, *_ = good_content(folder)
    try:
        readings = Readings(portfolio, Names(portfolio))
        found = explain(portfolio, readings, place, framework, node, where=whereabouts(origins))
    except NothingToExplain as error:
        raise click.UsageError(str(error)) from error
    click.echo(explanation_json(found) if form == "json" else explanation_text(found), nl=False)
    return DONE


@_commands.group("export")
def _export() -> None:
    """Write the site in another form."""


_export.add_command(export_forms, "forms")
_export.add_command(export_schemas, "schemas")


@_export.command("tree")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--folder", type=_SITE, default=Path("."), help="The site's folder.  [default: this folder]")
def _export_tree(target: Path, folder: Path) -> int:
    """Write a plain Markdown tree into TARGET that another engine can build.

    \b
    lcsite export tree /tmp/tree
    """
    from lcsite.exporting.tree import FolderNotEmpty, export_tree
    from lcsite.pipeline import plan_site

    portfolio = good_content(folder).portfolio
    plan = plan_site(portfolio)
    media = {address: folder / path for address, path in portfolio.media.items()}
    try:
        pages = export_tree(
            plan.site.pages, plan.renderer, target, site=portfolio.site, downloads=plan.site.downloads, files=media
        )
    except FolderNotEmpty as error:
        raise click.UsageError(f"{error}; nothing was written") from error
    click.echo(f"{pages} pages in {target}")
    return DONE
