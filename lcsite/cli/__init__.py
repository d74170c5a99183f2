"""The command `lcsite`: reads what was asked, hands it to a room, prints what comes back. It decides nothing itself."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from lcsite import __version__
from lcsite.cli.authoring import new, todo
from lcsite.cli.changes import diff
from lcsite.cli.describing import export_forms, export_schemas
from lcsite.cli.door import guarded_output, print_commands, print_progress
from lcsite.cli.endings import Stop, code_of, ending_of, flushed, stop_when_told
from lcsite.cli.exit_codes import DONE, ENVIRONMENT
from lcsite.cli.importing import import_
from lcsite.cli.migrating import migrate
from lcsite.cli.network import gather
from lcsite.cli.pinning import pin
from lcsite.cli.remembering import remembering
from lcsite.cli.reviewing import review
from lcsite.problems import Problem, Problems, as_github, as_gitlab, as_json, as_sarif, as_text

__all__ = ["main"]

_SITE = click.Path(exists=True, file_okay=False, path_type=Path)
_NO_CACHE = click.option("--no-cache", is_flag=True, help="Remember nothing and use nothing from earlier runs.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and leave with its exit code."""
    stop_when_told()
    sys.exit(run(arguments))


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


_commands.add_command(new, "new")
_commands.add_command(todo, "todo")
_commands.add_command(import_, "import")
_commands.add_command(gather, "gather")
_commands.add_command(migrate, "migrate")
_commands.add_command(diff, "diff")
_commands.add_command(review, "review")
_commands.add_command(pin, "pin")


@_commands.command("check")
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
@_NO_CACHE
def _check(folder: Path, form: str, quiet: bool, verbose: bool, no_cache: bool) -> int:
    """Read every file and report every mistake, with file, line, column and remedy.

    \b
    lcsite check
    lcsite check my-city --format json > problems.json
    lcsite check --format github    annotations on the lines of a pull request
    """
    from lcsite.pipeline import read_and_check

    with remembering(folder, wanted=not no_cache, verbose=verbose) as memory:
        read = read_and_check(folder, memory=memory)
    _print_problems(read.problems, form)
    if form == "text" and not quiet:
        click.echo(_summary(read.problems), err=True)
        if verbose and read.portfolio is not None:
            p = read.portfolio
            click.echo(
                f"read: {len(p.frameworks)} frameworks, {len(p.places)} places, {len(p.assessments)} assessments, "
                f"{len(p.practices)} practices, {len(p.tools)} tools, {len(p.prose)} pages",
                err=True,
            )
    return code_of(read.problems) if read.problems.errors else DONE


@_commands.command("build")
@click.argument("folder", type=_SITE, default=Path("."))
@click.option(
    "--output",
    "output",
    type=click.Path(path_type=Path),
    default=None,
    help="Where the finished site goes.  [default: FOLDER/site, or FOLDER/site-offline]",
)
@click.option("--offline", is_flag=True, help="Make a copy that works from files, without a server.")
@click.option("--no-search", is_flag=True, help="Leave out the search index; the find page then points to the lists.")
@click.option(
    "--jobs", type=click.IntRange(1, 2), default=None,
    help="How many processes work at once.  [default: 2 where there are two cores]",
)
@click.option("--quiet", is_flag=True, help="Print problems only.")
@click.option("--verbose", is_flag=True, help="Say what was made.")
@_NO_CACHE
def _build(
    folder: Path, output: Path | None, offline: bool, no_search: bool, jobs: int | None, quiet: bool, verbose: bool,
    no_cache: bool,
) -> int:
    """Make the site: check, render beside the old one, index, inspect, and swap.

    \b
    lcsite build
    lcsite build my-city --output /srv/www/my-city
    lcsite build --offline          a copy that is opened by a click on its index.html

    A build that fails at any point leaves the published folder as it was.
    """
    from lcsite.mkdocs_plugin.engine import render_site
    from lcsite.pipeline import plan_site
    from lcsite.publishing import index_site, inspect_output, make_offline, publish
    from lcsite.working_apart import processes_at_hand

    if offline and no_search:
        raise click.UsageError("a copy for use offline brings its own search: leave out --no-search")
    say = _progress(quiet)
    processes = jobs or processes_at_hand()
    target = output or folder / ("site-offline" if offline else "site")
    say("reading")
    portfolio, _ = _good_content(folder, remember=not no_cache)
    config = _engine_file(folder)
    say("planning")
    plan = plan_site(portfolio)

    def render(staging: Path) -> None:
        say(f"rendering {len(plan.site.pages)} pages")
        render_site(plan, config, staging, processes=processes)
        if offline:
            say("making it work from files")
            make_offline(staging)
        elif not no_search:
            say("indexing for the search")
            index_site(staging, language=portfolio.site.language)
        say("inspecting")

    inspecting = 0.0

    def inspect(staging: Path) -> list[Problem]:
        nonlocal inspecting
        before = _processor()
        found = list(inspect_output(
            staging, site_url=portfolio.site.url, as_files=offline, processes=processes
        ))
        inspecting = _processor() - before
        return found

    published = publish(
        target,
        render,
        inspect=inspect,
        source=folder,
        inputs=(folder / "content", folder / "cities", folder / "gathered", folder / "overrides"),
    )
    say("")
    if len(published.warnings):
        click.echo(as_text(published.warnings), nl=False, err=True)
    if published.left_behind is not None:
        click.echo(f"lcsite: the old site could not be removed and waits in {published.left_behind}", err=True)
    if not quiet:
        click.echo(f"{len(plan.site.pages)} pages and {len(plan.site.downloads)} files in {published.folder}")
        if offline:
            click.echo(f"to look at it, open {published.folder / 'index.html'}; pass on the whole folder")
        if verbose:
            click.echo(
                f"{len(portfolio.places)} places, {len(portfolio.practices)} practices, {len(portfolio.tools)} tools, "
                f"{len(portfolio.frameworks)} frameworks, as of {portfolio.site.as_of}"
            )
            click.echo(f"inspected in {inspecting:.1f} of {_processor():.1f} seconds of the processor")
    return DONE


def _processor() -> float:
    """The seconds that processors have worked for this command so far, those of its finished helpers included."""
    return sum(os.times()[:4])


@_commands.command("serve")
@click.argument("folder", type=_SITE, default=Path("."))
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT", help="Where to listen.")
def _serve(folder: Path, address: str) -> int:
    """Show the site on this machine and build it again whenever a file changes.

    \b
    lcsite serve
    lcsite serve my-city --address 127.0.0.1:8080
    """
    from lcsite.mkdocs_plugin.engine import serve_site

    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise click.UsageError(f"the address {address} is not of the form HOST:PORT, such as 127.0.0.1:8000")
    _good_content(folder)
    config = _engine_file(folder)
    click.echo(f"lcsite: building, then showing at http://{address}/ (stop with Ctrl-C)")
    try:
        serve_site(config, address=address)
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

    portfolio, origins = _good_content(folder)
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

    portfolio, _ = _good_content(folder)
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


def _good_content(folder: Path, *, remember: bool = True):  # type: ignore[no-untyped-def]
    """The portfolio of a folder and where each part was written; stops with the problems where there are errors."""
    from lcsite.pipeline import read_and_check

    with remembering(folder, wanted=remember) as memory:
        read = read_and_check(folder, memory=memory)
    if len(read.problems):
        click.echo(as_text(read.problems), nl=False, err=True)
    if read.portfolio is None or read.problems.errors:
        if not read.problems.out_of_reach:
            click.echo(f"lcsite: {_summary(read.problems)}; nothing was written", err=True)
        raise Stop(code_of(read.problems))
    return read.portfolio, read.origins


def _engine_file(folder: Path) -> Path:
    config = folder / "mkdocs.yml"
    if not config.is_file():
        raise click.UsageError(f"{folder} has no mkdocs.yml; a site needs one that names the plugin lcsite")
    return config


def _print_problems(problems: Problems, form: str) -> None:
    from lcsite.problem_codes import CODES

    forms: dict[str, Callable[[Problems], str]] = {
        "text": as_text,
        "json": as_json,
        "gitlab": as_gitlab,
        "sarif": lambda found: as_sarif(found, codes=CODES, version=__version__),
    }
    if form == "github":
        print_commands(as_github(problems))
    else:
        click.echo(forms[form](problems), nl=False)


def _summary(problems: Problems) -> str:
    if not len(problems):
        return "no problems"

    def count(number: int, word: str) -> str:
        return f"{number} {word}" if number == 1 else f"{number} {word}s"

    return " and ".join(
        filter(
            None,
            [
                count(problems.errors, "error") if problems.errors else "",
                count(problems.warnings, "warning") if problems.warnings else "",
            ],
        )
    )


def _progress(quiet: bool) -> Callable[[str], None]:
    """Says what is going on, on one line of a terminal; silent elsewhere."""
    if quiet or not sys.stderr.isatty() or os.environ.get("CI"):
        return lambda _: None

    return lambda words: print_progress(f"{words} …" if words else "")
