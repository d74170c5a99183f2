"""The recipe: look at what has changed, read, plan, render beside the published site, index, inspect, exchange."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lcsite.building.aside import Aside
from lcsite.building.built import Built, LastBuild, OnlyWhole, Said, about
from lcsite.building.inputs import INPUTS, Look, are_as_found, sizes, texts_changed
from lcsite.building.order import Finished, Good, Order, Read, Then, processor_seconds
from lcsite.building.rooms import open_reading_rooms
from lcsite.builtin_folder import BUILTIN
from lcsite.looking import DIGEST
from lcsite.problems import Problem, Problems, as_text
from lcsite.publishing.errors import Refused
from lcsite.publishing.kept import (
    Signature,
    Touched,
    all_but_names_alike,
    is_intact,
    make_alike,
    put_anew,
    signature,
    signatures,
    take_over,
)
from lcsite.publishing.target import MARKER
from lcsite.tidying import put_off
from lcsite.working_apart import Meanwhile

if TYPE_CHECKING:
    from lcsite.building.ground import Ground
    from lcsite.mkdocs_plugin.engine import Rendered
    from lcsite.pipeline import Plan

__all__ = ["build", "processor_seconds"]

_MOST_PAGES = 40
"""Texts of more pages than this are rather shown by a whole build, which takes two processes."""


def build(
    order: Order, *, read: Read, last: LastBuild | None, look: Look, say: Callable[[str], None],
    tell: Callable[[str], None],
) -> Finished:
    """Publish a site. `read` gives good content and tells what was said of it; `last` remembers the build before.

    `look` gives what `look_at` finds, and is asked before anything is read. `tell` tells what was said where nothing
    had to be read for that. Raises what `publish` and `render_site` raise, and whatever `read` raises.
    """
    return _Build(order, last, look, say).run(read, tell)


class _Made(NamedTuple):
    """A site that has been written but not published."""

    plan: Plan
    said: Said
    rendered: Rendered
    new: frozenset[str] | None = None
    """The files that were made, where the others were taken over."""


class _Build:
    """One build. What was there before counts only if nobody has touched it since."""

    def __init__(self, order: Order, last: LastBuild | None, look: Look, say: Callable[[str], None]) -> None:
        self._order = order
        self._last = last
        self._say = say
        try:
            self._published = Path(os.path.realpath(order.target.parent), order.target.name)
        except FileNotFoundError as error:
            raise Refused(f'cannot publish to "{order.target}": the folder to count it from is gone') from error
        before = last.recall() if last is not None else None
        if last is not None and before is None:
            open_reading_rooms()  # all is going to be read, and a copy is still looking
        self._inputs = look() if last is not None else None
        self._before = before if self._inputs is not None else None
        self._alike = False
        """Whether a folder has been made like the published one, or was being made so."""
        self._taken_over: set[str] = set()
        self._put_there: set[str] = set()
        """The files that were named or copied for that; the others have had a second name since they were published."""
        self._indexed = False
        self._inspected: dict[str, Signature] = {}  # what the system said of each file of a new site then
        self._since: frozenset[str] = frozenset()
        self._laid = b""
        """By which the ground will be found that is laid for the next builds, where all was read."""
        self._ground: Ground | None = None
        """That ground, where it is not put down yet."""
        self._good: Good | None = None

    def run(self, read: Read, tell: Callable[[str], None]) -> Finished:
        before, texts = self._before, None
        if before is not None and self._inputs is not None:
            texts = texts_changed(before.inputs, self._inputs)
            if texts == [] and self._stays(before):
                tell(before.said.checked)
                return Finished(self._published, before.said, nothing_new=True)
        if before is not None and texts and not self._order.offline and len(texts) <= _MOST_PAGES:
            try:
                with put_off():
                    return self._show_texts(before, texts, read, tell)
            except OnlyWhole:
                pass
            except Touched:
                self._before = None
            self._alike, self._taken_over, self._put_there = False, set(), set()
            self._ground = None
        if self._before is not None and not is_intact(self._published, self._before.outputs):
            self._before = None
        processes = 1 if self._order.for_author else self._order.processes  # an author's loop keeps what it reads
        with Aside(self._last, processes=processes) as aside:
            return self._render_all(self._read(read, aside.begin), aside)

    def _read(self, read: Read, then: Then = lambda *_: None) -> Good:
        """The content, read once at the most."""
        if self._good is None:
            self._say("reading")
            gc.enable()  # so much is read that looking for what can go is worth its time
            self._good = read(then, sizes(self._inputs) if self._inputs is not None else None)
        return self._good

    def _stays(self, before: Built) -> bool:
        from lcsite.publishing.publish import leave_as_it_is

        return leave_as_it_is(
            self._order.target, stands=lambda folder: is_intact(folder, before.outputs), source=self._order.folder,
            inputs=self._folders,
        )

    def _render_all(self, good: Good, aside: Aside) -> Finished:
        from lcsite.building.ground import lay
        from lcsite.building.texts_aside import put_texts_aside
        from lcsite.pages.site_plan import source_targets
        from lcsite.pipeline import plan_site
        from lcsite.publishing.offline_copy import make_offline

        self._say("planning")
        plan = plan_site(good.portfolio, drawn=aside.card)
        said = Said(good.said, "", len(plan.site.pages), len(plan.site.downloads), about(plan.portfolio))

        def render(staging: Path) -> _Made:
            self._say(f"rendering {len(plan.site.pages)} pages")
            rendered = self._render(plan, staging, self._order.processes, once=aside.is_over)
            if self._order.offline:
                self._say("making it work from files")
                make_offline(staging)
                rendered = rendered._replace(looks=None)  # pages are not any more what was looked at
            elif self._order.search:
                self._index(plan, staging)
            return _Made(plan, said, rendered)

        if self._last is not None:
            # A key of its own: what is read here may not be what was looked at, and counts only if the build is kept.
            self._laid = os.urandom(DIGEST)
            targets = source_targets(plan.portfolio, plan.site.pages)
            if not aside.put_down(self._laid, good.problems, targets):
                try:
                    return self._publish(render)
                finally:
                    self._last.put_down(self._laid, lay(good, targets))
            self._last.forget_what_was_read()
        # Of all files a plan holds what anybody needs; its long texts wait elsewhere.
        del good
        self._good = None
        put_texts_aside(plan.portfolio)
        try:
            return self._publish(render)
        finally:
            aside.finish()

    def _show_texts(self, before: Built, texts: list[str], read: Read, tell: Callable[[str], None]) -> Finished:
        """Make the pages and files that show these texts, and take over all others as they stand.

        Raises Touched where those have changed meanwhile, and OnlyWhole where only a whole build will do.
        """
        planned: tuple[Plan, Said, bool] | None = None

        def plan() -> tuple[Plan, Said, bool]:
            nonlocal planned
            if planned is None:
                planned = self._planned(before, texts, read)
            return planned

        def render(staging: Path) -> _Made:
            self._alike = True
            alike = partial(make_alike, self._published, staging, known=before.outputs)
            # Files of the site are looked at and taken over by a copy, while the rooms that write pages are imported.
            with Meanwhile(alike, processes=self._order.processes) as meanwhile:
                part, said, _ = plan()
                self._say(f"rendering {len(part.site.pages)} pages")
                with tempfile.TemporaryDirectory(prefix="lcsite-") as made:
                    rendered = self._render(replace(part, site=Site(part.site.pages)), Path(made), 1, part=True)
                    pages = [_file_of(page.address) for page in part.site.pages]
                    contents = {path: Path(made, path).read_bytes() for path in pages}
                contents |= {download.address: download.content() for download in part.site.downloads}
                self._put_there, copied = meanwhile.result()
            new = frozenset(contents)
            self._taken_over = before.outputs.keys() - copied - new - {MARKER}
            os.unlink(staging / MARKER)  # it is written to, and must not be known by two names
            for path in sorted(contents):
                put_anew(contents[path], f"{staging}/{path}")
            if self._order.search:
                self._index(part, staging, new)
            return _Made(part, said, rendered, new)

        from lcsite.pages.page import Site
        from lcsite.publishing.errors import PublishError

        try:
            return self._publish(render, from_spare=True)
        except (OnlyWhole, Touched):
            planned = None
            raise
        except PublishError:
            plan()  # what is wrong in the content is told first
            raise
        finally:
            if planned is not None and planned[2]:
                tell(planned[1].checked)

    def _planned(self, before: Built, texts: list[str], read: Read) -> tuple[Plan, Said, bool]:
        """The part of the site that shows these texts, what was said of the content, and whether that is still to tell.

        Raises OnlyWhole where only a whole build will do, and Touched where the published site is not as it was.
        """
        from lcsite.building.ground import lay
        from lcsite.building.texts import part_with_texts

        ground = self._last.ground(before.ground) if self._last is not None and before.ground else None
        since = self._since = before.since.union(texts)
        quiet = ground.with_texts(self._order.folder, since) if ground and len(since) <= _MOST_PAGES else None
        if ground is None or quiet is None:
            good = self._read(read)
            portfolio, said = good.portfolio, replace(before.said, checked=good.said)
            ground = lay(good, ground.targets if ground is not None else None)
            self._ground, self._laid, self._since = ground, os.urandom(DIGEST), frozenset()
        else:
            portfolio, said = quiet, before.said
        self._say("planning")
        part = part_with_texts(portfolio, texts, ground.targets, self._published_file)
        return part, said, quiet is not None

    def _published_file(self, address: str) -> bytes:
        try:
            return (self._published / address).read_bytes()
        except OSError as error:
            raise Touched(address) from error

    def _render(
        self, plan: Plan, staging: Path, processes: int, *, part: bool = False, once: Callable[[], bool] = lambda: True
    ) -> Rendered:
        from lcsite.building.texts import CannotBeDivided
        from lcsite.mkdocs_plugin.engine import NeedsAll, render_site

        engine_file = self._order.folder / "mkdocs.yml"
        try:
            return render_site(
                plan, engine_file, staging, processes=processes, once=once, for_author=self._order.for_author, part=part
            )
        except NeedsAll as error:
            raise CannotBeDivided(str(error)) from error

    def _publish(self, render: Callable[[Path], _Made], *, from_spare: bool = False) -> Finished:
        from lcsite.publishing.output_check import inspect_output
        from lcsite.publishing.publish import publish

        order, before = self._order, self._before
        parts: dict[str, set[str]] = {}
        made: _Made | None = None
        inspecting = 0.0

        def make(staging: Path) -> None:
            nonlocal made
            made = render(staging)

        def inspect(staging: Path) -> Iterable[Problem]:
            nonlocal inspecting
            assert made is not None
            self._say("inspecting")
            start = processor_seconds()
            look = partial(
                inspect_output, staging, site_url=made.plan.portfolio.site.url, as_files=order.offline,
                processes=order.processes, parts=parts, found=self._inspected,
            )
            if made.new is None or before is None or before.said.inspected:
                found = list(look(looks=made.rendered.looks))
            else:
                parts.update(before.parts)
                there = None if self._indexed else (before.outputs.keys() - {MARKER}) | made.new
                found = list(look(only=made.new, there=there))
                if found:  # told in the order of a whole look, which knows better what still leads where
                    parts.clear()
                    found = list(look())
            inspecting = processor_seconds() - start
            if not found:
                return found
            from lcsite.building.authored_parts import as_written

            return as_written(found, order.folder, made.plan.portfolio)

        def finish(folder: Path, warnings: Problems) -> None:
            nonlocal made
            assert made is not None
            made = made._replace(said=replace(made.said, inspected=as_text(warnings) if len(warnings) else ""))
            if self._last is not None:
                self._keep(None if made.rendered.foreign else self._built(folder, parts, made))

        try:
            done = publish(
                order.target, make, inspect=inspect, source=order.folder, inputs=self._folders, finish=finish,
                spare=self._last.spare if self._last is not None else None, from_spare=from_spare,
            )
        except BaseException:
            self._remember_what_still_stands()
            raise
        assert made is not None
        return Finished(
            done.folder, made.said, left_behind=done.left_behind, inspecting=inspecting, foreign=made.rendered.foreign
        )

    def _built(self, folder: Path, parts: dict[str, set[str]], made: _Made) -> Built | None:
        """What is known of the folder that has just been published; None where somebody wrote to a file meanwhile."""
        with suppress(OSError):
            if self._inputs is not None and are_as_found(self._order.folder, self._inputs, builtin=BUILTIN):
                outputs = self._look_again(folder, {*made.new, MARKER} if made.new is not None else None)
                known = self._before.outputs if self._before is not None else {}
                if all_but_names_alike(outputs, known, self._taken_over):
                    return Built(self._inputs, outputs, parts, made.said)
        return None

    def _look_again(self, folder: Path, new: Collection[str] | None) -> Mapping[str, Signature]:
        """What the system says of each published file; a write since it was inspected or taken over shows next time."""
        if new is None and self._inspected and not self._taken_over:
            return self._inspected | {MARKER: signature(folder / MARKER)}
        known = self._before.outputs if self._before is not None else {}
        as_known = self._taken_over - self._put_there if new is not None and not self._indexed else set()
        # Where the site that was replaced had to be removed, each file has lost a name, and that shows on any of them.
        if not as_known or signature(folder / (any_path := next(iter(as_known)))) != known[any_path]:
            return signatures(folder)
        anew = self._put_there.union(new or ())
        return {path: known[path] for path in as_known} | {path: signature(folder / path) for path in anew}

    def _keep(self, built: Built | None) -> None:
        """Remember a build, with the ground on which the next one can rest."""
        if self._last is None:
            return
        if built is not None and self._laid:
            if self._ground is not None:
                self._last.keep_ground(self._laid, self._ground)
            built = replace(built, ground=self._laid)
        elif built is not None and self._before is not None:
            built = replace(built, ground=self._before.ground, since=self._since)
        self._last.keep(built)

    def _remember_what_still_stands(self) -> None:
        """After a failure: what was to be taken over has lost its second name, which looks like a change."""
        if self._last is not None and self._before is not None and (self._alike or self._taken_over):
            with suppress(OSError):
                outputs = signatures(self._published)
                known = self._before.outputs
                if outputs.keys() == known.keys() and all_but_names_alike(outputs, known, known):
                    self._last.keep(replace(self._before, outputs=outputs))

    def _index(self, plan: Plan, staging: Path, new: Collection[str] | None = None) -> None:
        """Index a site for the search, unless the published one has the very same texts: then its index is the same."""
        from lcsite.publishing.search_index import INDEX_FOLDER, index_site, searches_alike

        known = self._before.outputs if self._before is not None else {}
        index = [path for path in known if path.startswith(f"{INDEX_FOLDER}/")]
        with suppress(FileNotFoundError, Touched):
            if index and searches_alike(self._published, staging, new):
                if new is None:
                    self._taken_over = take_over(self._published, index, staging, known=known)
                return
        self._taken_over.difference_update(index)
        self._indexed = True
        self._say("indexing for the search")
        index_site(staging, language=plan.portfolio.site.language, processes=self._order.processes)

    @property
    def _folders(self) -> tuple[Path, ...]:
        return tuple(self._order.folder / name for name in INPUTS)


def _file_of(address: str) -> str:
    return f"{address}index.html" if not address or address.endswith("/") else address
