"""The recipe: look at what has changed, read, plan, render beside the published site, index, inspect, exchange."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lcsite.building.built import Built, LastBuild, Said
from lcsite.building.inputs import INPUTS, are_as_found, look_at, texts_changed
from lcsite.builtin_folder import BUILTIN
from lcsite.publishing.errors import Refused
from lcsite.publishing.kept import Touched, all_but_names_alike, clear_but, is_intact, put_anew, signatures, take_over
from lcsite.publishing.target import MARKER

if TYPE_CHECKING:
    from lcsite.mkdocs_plugin.engine import Rendered
    from lcsite.model.portfolio import Portfolio
    from lcsite.pipeline import Plan
    from lcsite.problems import Problem, Problems

__all__ = ["Finished", "Order", "build", "processor_seconds"]

_MOST_PAGES = 40
"""Texts of more pages than this are rather shown by a whole build, which takes two processes."""

Read = Callable[[], "tuple[Portfolio, str]"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, where to, and how."""

    folder: Path
    target: Path
    offline: bool = False
    search: bool = True
    processes: int = 1
    for_author: bool = False
    """Whether pages say what is wrong in the content, and come again when the site has been built again."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A published site, and what is to be told about it."""

    folder: Path
    said: Said
    nothing_new: bool = False
    """Whether the published site was left as it is."""
    left_behind: Path | None = None
    inspecting: float = 0.0
    """Seconds of the processor that the inspection took."""
    foreign: str = ""
    """Who else has a hand in the pages, so that nothing of this build can be kept for the next."""


def build(order: Order, *, read: Read, last: LastBuild | None, say: Callable[[str], None]) -> Finished:
    """Publish a site. `read` gives a good portfolio and what the check said; `last` remembers the build before.

    Raises what `publish` and `render_site` raise, and whatever `read` raises.
    """
    return _Build(order, last, say).run(read)


class _CannotBeDivided(Exception):
    """What was to be made by itself has to be made with all the rest."""


class _Build:
    """One build. What was there before counts only if nobody has touched it since."""

    def __init__(self, order: Order, last: LastBuild | None, say: Callable[[str], None]) -> None:
        self._order = order
        self._last = last
        self._say = say
        try:
            self._published = Path(os.path.realpath(order.target.parent), order.target.name)
        except FileNotFoundError as error:
            raise Refused(f'cannot publish to "{order.target}": the folder to count it from is gone') from error
        self._inputs = look_at(order.folder, builtin=BUILTIN) if last is not None else None
        self._before = last.recall() if last is not None and self._inputs is not None else None
        self._taken_over: set[str] = set()

    def run(self, read: Read) -> Finished:
        texts = None
        if self._before is not None and self._inputs is not None:
            texts = texts_changed(self._before.inputs, self._inputs)
            if texts == [] and self._stays(self._before):
                return Finished(self._published, self._before.said, nothing_new=True)
            if not is_intact(self._published, self._before.outputs):
                self._before = None
        self._say("reading")
        portfolio, checked = read()
        if self._before is not None and texts and not self._order.offline and len(texts) <= _MOST_PAGES:
            try:
                return self._render_texts(self._before, portfolio, checked, texts)
            except _CannotBeDivided:
                pass
            except Touched:
                self._before = None
        return self._render_all(portfolio, checked)

    def _stays(self, before: Built) -> bool:
        from lcsite.publishing.publish import leave_as_it_is

        return leave_as_it_is(
            self._order.target, stands=lambda folder: is_intact(folder, before.outputs), source=self._order.folder,
            inputs=self._folders,
        )

    def _render_all(self, portfolio: Portfolio, checked: str) -> Finished:
        from lcsite.pipeline import plan_site
        from lcsite.publishing import make_offline

        self._say("planning")
        plan = plan_site(portfolio)

        def render(staging: Path) -> Rendered:
            self._say(f"rendering {len(plan.site.pages)} pages")
            rendered = self._render(plan, staging, self._order.processes)
            if self._order.offline:
                self._say("making it work from files")
                make_offline(staging)
                return rendered._replace(looks=None)  # pages are not any more what was looked at
            if self._order.search:
                self._index(plan, staging)
            return rendered

        return self._publish(plan, checked, render)

    def _render_texts(self, before: Built, portfolio: Portfolio, checked: str, texts: list[str]) -> Finished:
        """Make the pages and files that show these texts, and take over all others as they stand.

        Raises Touched where those have changed meanwhile, and _CannotBeDivided where only a whole build will do.
        """
        from lcsite.building.texts import data_with_texts
        from lcsite.exporting import FileEntry
        from lcsite.pages import addresses
        from lcsite.pages.page import Site
        from lcsite.pages.site_plan import source_targets
        from lcsite.pipeline import plan_site

        self._say("planning")
        data = set(data_with_texts(portfolio, texts))
        try:
            entries = FileEntry.all_in((self._published / addresses.data_file("index.json")).read_bytes())
        except (OSError, ValueError) as error:
            raise Touched from error
        plan = plan_site(portfolio, known=(e for e in entries if addresses.data_file(e.name) not in data))
        showing = source_targets(portfolio, plan.site.pages)
        shown = {showing.get(text) for text in texts}
        pages = tuple(page for page in plan.site.pages if page.address in shown)
        if len(pages) < len(texts):
            raise _CannotBeDivided("one of the texts has no page of its own")
        downloads = tuple(download for download in plan.site.downloads if download.address in data)
        new = {_file_of(page.address) for page in pages} | {download.address for download in downloads}

        def render(staging: Path) -> Rendered:
            self._say(f"rendering {len(pages)} pages")
            part = replace(plan, site=Site(pages, downloads))
            old = before.outputs.keys() - {*new, MARKER}
            clear_but(staging, old | new)
            self._taken_over = take_over(self._published, sorted(old), staging, known=before.outputs)
            with tempfile.TemporaryDirectory(prefix="lcsite-") as made:
                rendered = self._render(part, Path(made), 1, part=True)
                for path in sorted(new):
                    put_anew(f"{made}/{path}", f"{staging}/{path}")
            if self._order.search:
                self._index(plan, staging, new)
            return rendered

        return self._publish(plan, checked, render, new)

    def _render(self, plan: Plan, staging: Path, processes: int, *, part: bool = False) -> Rendered:
        from lcsite.mkdocs_plugin.engine import NeedsAll, render_site

        engine_file = self._order.folder / "mkdocs.yml"
        try:
            return render_site(
                plan, engine_file, staging, processes=processes, for_author=self._order.for_author, part=part
            )
        except NeedsAll as error:
            raise _CannotBeDivided(str(error)) from error

    def _publish(
        self, plan: Plan, checked: str, render: Callable[[Path], Rendered], new: Collection[str] | None = None
    ) -> Finished:
        """`new`: the files that were made, where the others were taken over."""
        from lcsite.problems import as_text
        from lcsite.publishing import inspect_output, publish

        site, order, before = plan.portfolio.site, self._order, self._before
        parts: dict[str, set[str]] = {}
        rendered: Rendered | None = None
        inspecting = 0.0
        said = Said(checked, "", len(plan.site.pages), len(plan.site.downloads), _about(plan.portfolio))

        def make(staging: Path) -> None:
            nonlocal rendered
            rendered = render(staging)

        def inspect(staging: Path) -> Iterable[Problem]:
            nonlocal inspecting
            self._say("inspecting")
            start = processor_seconds()
            look = partial(
                inspect_output, staging, site_url=site.url, as_files=order.offline, processes=order.processes,
                parts=parts,
            )
            if new is None or before is None or before.said.inspected:
                found = list(look(looks=rendered.looks if rendered is not None else None))
            else:
                parts.update(before.parts)
                found = list(look(only=new))
                if found:  # told in the order of a whole look, which knows better what still leads where
                    parts.clear()
                    found = list(look())
            inspecting = processor_seconds() - start
            return self._as_written(found, plan) if found else found

        def finish(folder: Path, warnings: Problems) -> None:
            nonlocal said
            said = replace(said, inspected=as_text(warnings) if len(warnings) else "")
            if self._last is not None:
                self._last.keep(None if rendered is None or rendered.foreign else self._built(folder, parts, said))

        try:
            done = publish(
                order.target, make, inspect=inspect, source=order.folder, inputs=self._folders, finish=finish,
                spare=self._last.spare if self._last is not None else None, from_spare=new is not None,
            )
        except BaseException:
            self._remember_what_still_stands()
            raise
        return Finished(
            done.folder, said, left_behind=done.left_behind, inspecting=inspecting,
            foreign=rendered.foreign if rendered is not None else "",
        )

    def _as_written(self, found: Iterable[Problem], plan: Plan) -> Iterable[Problem]:
        """What the inspection found, named in the file of its author where the link is written there."""
        from lcsite.building.authored_parts import where_written
        from lcsite.pages.site_plan import source_targets

        pages = plan.site.pages
        return where_written(found, self._order.folder, pages, source_targets(plan.portfolio, pages))

    def _built(self, folder: Path, parts: dict[str, set[str]], said: Said) -> Built | None:
        """What is known of the folder that has just been published; None where somebody wrote to a file meanwhile."""
        with suppress(OSError):
            if self._inputs is not None and are_as_found(self._order.folder, self._inputs, builtin=BUILTIN):
                outputs = signatures(folder)
                known = self._before.outputs if self._before is not None else {}
                if all_but_names_alike(outputs, known, self._taken_over):
                    return Built(self._inputs, outputs, parts, said)
        return None

    def _remember_what_still_stands(self) -> None:
        """After a failure: what was to be taken over has lost its second name, which looks like a change."""
        if self._last is not None and self._before is not None and self._taken_over:
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
        self._say("indexing for the search")
        index_site(staging, language=plan.portfolio.site.language)

    @property
    def _folders(self) -> tuple[Path, ...]:
        return tuple(self._order.folder / name for name in INPUTS)


def _file_of(address: str) -> str:
    return f"{address}index.html" if not address or address.endswith("/") else address


def _about(portfolio: Portfolio) -> str:
    return (
        f"{len(portfolio.places)} places, {len(portfolio.practices)} practices, {len(portfolio.tools)} tools, "
        f"{len(portfolio.frameworks)} frameworks, as of {portfolio.site.as_of}"
    )


def processor_seconds() -> float:
    """The seconds that processors have worked for this program so far, those of its finished helpers included."""
    return sum(os.times()[:4])
