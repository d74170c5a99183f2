"""The command `lcsite build`: hands an order to the room that builds, and tells what came of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lcsite.cli.content import ReadGood, engine_file, good_content
from lcsite.cli.door import print_progress
from lcsite.cli.endings import Stop
from lcsite.cli.exit_codes import DONE
from lcsite.cli.remembering import store_of

if TYPE_CHECKING:
    from lcsite.building.built import LastBuild
    from lcsite.building.order import Order, Seen, Then
    from lcsite.cache import KeptReadings

__all__ = ["build"]

_SITE = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("build")
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
@click.option("--no-cache", is_flag=True, help="Remember nothing and use nothing from earlier runs.")
def build(
    folder: Path, output: Path | None, offline: bool, no_search: bool, jobs: int | None, quiet: bool, verbose: bool,
    no_cache: bool,
) -> int:
    """Make the site: check, render beside the old one, index, inspect, and swap.

    \b
    lcsite build
    lcsite build my-city --output /srv/www/my-city
    lcsite build --offline          a copy that is opened by a click on its index.html

    A build that fails at any point leaves the published folder as it was. Where nothing but texts has changed since
    the last one, only the pages that show them are made; the site is the same as from a whole build.
    """
    from lcsite.building.inputs import look_at
    from lcsite.builtin_folder import BUILTIN
    from lcsite.tidying import seldom
    from lcsite.working_apart import Meanwhile, processes_at_hand

    if offline and no_search:
        raise click.UsageError("a copy for use offline brings its own search: leave out --no-search")
    processes = jobs or processes_at_hand()
    looking = Meanwhile(partial(look_at, folder, builtin=BUILTIN), processes=1 if no_cache else processes)
    with seldom(), looking as inputs:  # what is read and planned is there to stay
        from lcsite.building.build import build as build_site
        from lcsite.building.order import Order, processor_seconds
        from lcsite.building.rooms import open_rooms

        target = output or folder / ("site-offline" if offline else "site")
        order = Order(folder, target, offline, not no_search, processes)
        say = _progress(quiet)

        with _remembering(order, wanted=not no_cache) as (last, readings):

            def read(then: Then, seen: Seen) -> ReadGood:
                try:
                    good = good_content(
                        folder, remember=False, memory=readings, seen=seen, meanwhile=open_rooms, then=then
                    )
                except Stop:
                    if readings is not None:
                        readings.put_away()
                    raise
                engine_file(folder)
                return good

            done = build_site(
                order, read=read, last=last, look=inputs.result, say=say, tell=partial(click.echo, nl=False, err=True)
            )
    say("")
    click.echo(done.said.inspected, nl=False, err=True)
    if done.left_behind is not None:
        click.echo(f"lcsite: the old site could not be removed and waits in {done.left_behind}", err=True)
    if not quiet:
        click.echo(f"{done.said.pages} pages and {done.said.downloads} files in {done.folder}")
        if offline:
            click.echo(f"to look at it, open {done.folder / 'index.html'}; pass on the whole folder")
        if done.foreign and last is not None:
            click.echo(f"every build of this site is a whole one, because {done.foreign}")
        if verbose:
            click.echo(done.said.about)
            click.echo(f"inspected in {done.inspecting:.1f} of {processor_seconds():.1f} seconds of the processor")
    return DONE


def _progress(quiet: bool) -> Callable[[str], None]:
    """Says what is going on, on one line of a terminal; silent elsewhere."""
    if quiet or not sys.stderr.isatty() or os.environ.get("CI"):
        return lambda _: None

    return lambda words: print_progress(f"{words} …" if words else "")


@contextmanager
def _remembering(order: Order, *, wanted: bool = True) -> Iterator[tuple[LastBuild | None, KeptReadings | None]]:
    """The memory of the last build of a site, and of what was read for it, while the block runs; None where it is not
    wanted, or has no place.
    """
    from lcsite.cache import KeptBuild, KeptReadings, KeptTemplates
    from lcsite.rendering.code_memory import lent

    with store_of(order.folder, wanted=wanted) as store:
        if store is None:
            yield None, None
            return
        templates, readings = KeptTemplates(store), KeptReadings(store)
        try:
            with lent(templates):
                yield KeptBuild(store, order, readings), readings
        finally:
            templates.put_away()
