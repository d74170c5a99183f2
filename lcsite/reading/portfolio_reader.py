"""Reads a whole site, from its folder to a Portfolio, and never stops at the first problem.

What refers to what is not judged here (that is `checking`); only what must be known to put the records together.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import starmap
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lcsite.model.assessment import Assessment, Observation
from lcsite.model.framework import Crosswalk, Framework
from lcsite.model.network import GatheredSite, Network
from lcsite.model.place import Place
from lcsite.model.portfolio import Portfolio
from lcsite.model.site import ProsePage, Site
from lcsite.model.toolbox import Practice, Tool
from lcsite.problems import Location, Problem, Problems, Severity
from lcsite.reading.authored_files import FileContent, read_file
from lcsite.reading.broken_links import Links, broken_links
from lcsite.reading.copies import Shows, read_copies
from lcsite.reading.layout import AuthoredFile, Kind, find_files, read_bytes
from lcsite.reading.memory import Memory, key_of
from lcsite.reading.older_ids import OlderIds
from lcsite.reading.origins import Origin, Origins
from lcsite.reading.package_content import PACKAGE_FOLDER, Fitting, package_files, renamed, themes_of

__all__ = ["Read", "ReadAll", "ReadFile", "read_portfolio"]

Read = tuple[bytes, FileContent]
"""What stands in a file, and the key by which it can be remembered; no key where it could not be read."""
ReadFile = Callable[[AuthoredFile, bytes | None], Read]
"""Reads a file, whose bytes may be at hand."""
ReadAll = Callable[[ReadFile, Sequence[tuple[AuthoredFile, bytes | None]]], Iterable[Read]]

_STAND_IN = Site(
    title="-", tagline="-", description="-", publisher="-", as_of=datetime.date.max
)
"""Takes the place of a broken `site.yml`, so that all other files can be checked in the same run. Never built from."""

_OWNERS: Mapping[str, Kind] = MappingProxyType({
    Kind.TOOL_TEMPLATE: Kind.TOOL, Kind.ASSESSMENT: Kind.PLACE, Kind.OBSERVATIONS: Kind.PLACE,
    Kind.CRITERION_PAGE: Kind.FRAMEWORK, Kind.FRAMEWORK_VERSION: Kind.FRAMEWORK,
})  # fmt: skip
"""Kind of file -> that of the main file without which it stands alone."""


def read_portfolio(
    root: Path,
    builtin: Path | None = None,
    *,
    memory: Memory | None = None,
    proposed: Mapping[str, bytes] = MappingProxyType({}),
    copies: Mapping[str, Path] = MappingProxyType({}),
    seen: Mapping[str, int] | None = None,
    read_all: ReadAll = starmap,
) -> tuple[Portfolio | None, Origins, Problems]:
    """Everything that is written below `root/content`, `root/cities` and `root/gathered`.

    `builtin` is the folder of what comes with the package, laid out like `content`. `proposed` are files, by their
    path, that are read as if they were there; `copies` are folders, by the id of a site, that are read as if they were
    its copy; `seen` spares looking for files (see `find_files`). `read_all` calls a reader for each of many files. The
    portfolio is None only where there is nothing to read; with errors in `problems` it holds what could be read, for
    checking and nothing else. Raises OSError where `root` cannot be listed.
    """
    reader = _Reader(memory, proposed, read_all)
    files, problems = find_files(root, proposed=proposed, seen=seen)
    reader.problems.extend(problems)
    reader.read(files)
    if not files:
        message = "there is no content here"
        hint = "run the command in the folder that holds content and cities, or name that folder"
        reader.problems.add(Problem("missing-file", Location("content/site.yml"), message, hint))
        return None, Origins({}), reader.problems
    site = reader.site()
    asks = bool(site.builtin) or any(name.startswith("builtin:") for name in site.frameworks)
    frameworks = reader.take_over(site, package_files(builtin) if asks else {})
    reader.take_copies(root, frameworks, copies)
    reader.find_strays()
    reader.follow_links(frameworks)
    reader.follow_versions(frameworks)
    return reader.portfolio(site, frameworks), Origins(reader.origins, reader.broken, reader.quiet), reader.problems


class _Reader:
    """Holds what has been read until it is put together."""

    def __init__(self, memory: Memory | None, proposed: Mapping[str, bytes], read_all: ReadAll) -> None:
        self.problems = Problems()
        self.origins: dict[tuple[str, str], Origin] = {}
        self.broken: set[tuple[str, str]] = set()
        self.quiet: set[tuple[str, str]] = set()
        """Files that name nobody, and whose record stands as it was read."""
        self._memory = memory
        self._proposed = proposed
        self._read_all = read_all
        self._taken_over: set[tuple[Kind, str]] = set()
        self._gathered: Mapping[str, GatheredSite] = {}
        self._records: dict[Kind, dict[str, Any]] = {kind: {} for kind in Kind}
        self._shown: list[tuple[Location, str]] = []
        self._links: list[tuple[Origin, Links]] = []

    def read(self, files: Iterable[AuthoredFile]) -> None:
        files = tuple(files)
        known: dict[str, FileContent] = {}
        unread: list[tuple[AuthoredFile, bytes | None]] = []
        memory = self._memory if self._memory is not None and not self._memory.is_empty() else None
        for file in files:
            raw = None  # whoever parses a file reads its bytes too, unless these decide whether that is needed
            with suppress(OSError):  # told by whoever parses it
                if memory is not None and (found := memory.recall(key_of(file.path, raw := self._bytes(file)))):
                    known[file.path] = found
                    continue
            unread.append((file, raw))
        read = iter(self._read_all(self._read, unread))
        for file in files:
            content = known.get(file.path)
            if content is None:
                key, content = next(read)
                if key and self._memory is not None:
                    self._memory.keep(key, content)
            self._keep(file.kind, file.id, content)
            if content.names_nobody:
                self.quiet.add((file.kind, file.id))

    def _read(self, file: AuthoredFile, raw: bytes | None) -> Read:
        try:
            raw = self._bytes(file) if raw is None else raw
        except OSError as error:
            message = f"this file cannot be read: {error.strerror or error}"
            problem = Problem("unreadable-file", Location(file.path), message)
            return b"", FileContent(None, Origin(file.path), (problem,))
        return key_of(file.path, raw) if self._memory is not None else b"", read_file(file, raw)

    def _bytes(self, file: AuthoredFile) -> bytes:
        return self._proposed[file.path] if file.path in self._proposed else read_bytes(file)

    def _keep(self, kind: Kind, id_: str, content: FileContent) -> None:
        self.origins[kind, id_] = content.origin
        self.problems.extend(content.problems)
        self._shown += content.images
        if content.links:
            self._links.append((content.origin, content.links))
        if content.record is None:
            self.broken.add((kind, id_))
        else:
            self._records[kind][id_] = content.record

    def site(self) -> Site:
        site: Site | None = self._records[Kind.SITE].get("site")
        if site is None and (Kind.SITE, "site") not in self.origins:
            hint = "it says the title of the site, who publishes it and as_of, the day up to which it speaks"
            problem = Problem("missing-file", Location("content/site.yml"), "content/site.yml is missing", hint)
            self.problems.add(problem)
        return site or _STAND_IN

    def take_over(self, site: Site, package: Mapping[str, list[AuthoredFile]]) -> dict[str, Framework]:
        """Read from the package what the site asks for; give the frameworks that it shows, in their order."""
        for position, section in enumerate(site.builtin):
            if section not in package:
                where = Origins(self.origins).at(Kind.SITE, "site", ("builtin", position))
                message = f'"{section}" does not come with this program'
                self.problems.add(Problem("unknown-reference", where, message, "install the whole package again"))
            self._take(package.get(section, ()))
        own: dict[str, Framework] = self._records[Kind.FRAMEWORK]
        if not site.frameworks:
            return _in_order(own.values())
        available = {file.id for files in package.values() for file in files if file.kind is Kind.FRAMEWORK}
        wanted: list[str] = []
        for position, name in enumerate(site.frameworks):
            framework_id = name.removeprefix("builtin:")
            is_builtin = name != framework_id
            known = available if is_builtin else {id_ for kind, id_ in self.origins if kind == Kind.FRAMEWORK}
            if framework_id not in known:
                where = Origins(self.origins).at(Kind.SITE, "site", ("frameworks", position))
                near = difflib.get_close_matches(framework_id, sorted(known), n=1)
                hint = f'did you mean "{near[0]}"?' if near else f"there are: {', '.join(sorted(known)) or 'none'}"
                what = "comes with this program" if is_builtin else "stands in content/criteria"
                message = f'no framework "{framework_id}" {what}'
                self.problems.add(Problem("unknown-reference", where, message, hint))
                continue
            wanted.append(framework_id)
            if is_builtin:
                self._take(package[framework_id])
        if len(wanted) == len(site.frameworks):  # a mistyped name is told already
            self._not_shown(wanted, sorted(own))
        if any(name.startswith("builtin:") for name in site.frameworks) and not self._records[Kind.CROSSWALK]:
            self._take(package.get("crosswalk", ()))
            self._records[Kind.CROSSWALK] = {
                id_: _between(crosswalk, wanted) for id_, crosswalk in self._records[Kind.CROSSWALK].items()
            }
        return _in_order(own[framework_id] for framework_id in wanted if framework_id in own)

    def _not_shown(self, wanted: Sequence[str], own: Iterable[str]) -> None:
        """A framework that somebody wrote, and that no list names, is neither published nor checked: that is said."""
        for framework_id in own:
            if framework_id not in wanted:
                where = Origins(self.origins).at(Kind.FRAMEWORK, framework_id)
                message = f'"{framework_id}" is not shown: content/site.yml lists the frameworks, and not this one'
                hint = f"add a line - {framework_id} to frameworks there"
                self.problems.add(Problem("framework-not-shown", where, message, hint, Severity.WARNING))

    def _take(self, files: Iterable[AuthoredFile]) -> None:
        """Read files of the package, apart from those of which the site has its own."""
        own_tools = {id_ for kind, id_ in self.origins if kind in (Kind.TOOL, Kind.TOOL_TEMPLATE)}
        wanted = [
            file for file in files
            if (file.kind, file.id) not in self.origins
            and not (file.kind in (Kind.TOOL, Kind.TOOL_TEMPLATE) and file.id in own_tools)
        ]
        self.read(map(renamed, wanted))
        self._taken_over |= {(file.kind, file.id) for file in wanted}

    def _fit(self, frameworks: Mapping[str, Framework]) -> None:
        """Cut what comes from the package down to what this site has."""
        paths = {key: origin.file for key, origin in self.origins.items()}
        fitting = Fitting(
            frameworks=frameworks,
            tools=self._records[Kind.TOOL],
            practices=self._records[Kind.PRACTICE],
            themes=themes_of(frameworks.values()),
            own_files={path for key, path in paths.items() if key not in self._taken_over},
            package_files={
                path.replace(PACKAGE_FOLDER, "content/", 1) for (kind, id_), path in paths.items()
                if (kind, id_) in self._taken_over and _shown_by(path.removeprefix(PACKAGE_FOLDER), frameworks)
            },
        )
        self.quiet -= self._taken_over
        for kind, id_ in self._taken_over:
            record = self._records[kind].get(id_)
            if isinstance(record, ProsePage):
                self._records[kind][id_] = fitting.page(record)
            elif isinstance(record, Tool):
                self._records[kind][id_] = fitting.tool(record)
            elif kind is Kind.TOOL_TEMPLATE and record is not None:
                self._records[kind][id_] = fitting.text(record, f"content/toolbox/tools/{id_}/template.md")

    def take_copies(self, root: Path, frameworks: Mapping[str, Framework], folders: Mapping[str, Path]) -> None:
        """Read the copies of other sites that `content/network.yml` names."""
        if (Kind.NETWORK, "network") in self.broken:
            return
        older = (framework for framework in self._records[Kind.FRAMEWORK_VERSION].values())
        shows = Shows(
            frameworks=frameworks,
            versions={(framework.id, framework.version) for framework in (*frameworks.values(), *older)},
            tools=self._records[Kind.TOOL].keys(),
            themes=themes_of(frameworks.values()),
            taken={key: origin.file for key, origin in self.origins.items()},
        )
        network = self._records[Kind.NETWORK].get("network", Network())
        at = partial(Origins(self.origins).at, Kind.NETWORK, "network")
        found = read_copies(root, network, shows, at, folders)
        self.problems.extend(found.problems)
        self._gathered = found.sites
        for (kind, id_), content in found.contents.items():
            self._keep(kind, id_, content)

    def find_strays(self) -> None:
        """Files whose main file is missing, and images that texts show and nobody has put there."""
        for (kind, id_), origin in self.origins.items():
            owner = _OWNERS.get(kind)
            if owner is not None and (owner, owner_id := id_.partition("/")[0]) not in self.origins:
                name = "framework.yml" if owner is Kind.FRAMEWORK else "index.md"
                message = f'the {owner} "{owner_id}" has no {name}'
                hint = f"add {name} to its folder, or mend the name of the folder"
                self.problems.add(Problem("missing-file", Location(origin.file), message, hint))
        images = self._records[Kind.IMAGE]
        site: Site | None = self._records[Kind.SITE].get("site")
        if site is not None and site.logo:
            self._shown.append((Origins(self.origins).at(Kind.SITE, "site", ("logo",)), f"content/{site.logo}"))
        for where, path in self._shown:
            if path not in images:
                near = difflib.get_close_matches(path, images, n=1)
                hint = f"did you mean {near[0]}?" if near else "put the image there, or leave it out"
                self.problems.add(Problem("missing-image", where, f"there is no image {path}", hint))

    def follow_links(self, frameworks: dict[str, Framework]) -> None:
        """Links in texts that lead to no file of the site."""
        self.problems.extend(broken_links(self._links, self.origins, self.broken, frameworks))

    def follow_versions(self, frameworks: Mapping[str, Framework]) -> None:
        """References that were right in an older version of a framework."""
        older = OlderIds(frameworks)
        if not older:
            return
        origins = Origins(self.origins, self.broken)
        for kind in (Kind.PRACTICE, Kind.TOOL, Kind.PROSE, Kind.CRITERION_PAGE):
            for id_, record in self._records[kind].items():
                self._records[kind][id_] = found = older.in_record(record, partial(origins.at, kind, id_))
                if found is not record:
                    self.quiet.discard((kind, id_))
        for id_, rows in self._records[Kind.OBSERVATIONS].items():
            self._records[Kind.OBSERVATIONS][id_] = older.in_rows(rows, partial(origins.at, Kind.OBSERVATIONS, id_))
        self.problems.extend(older.problems)

    def portfolio(self, site: Site, frameworks: dict[str, Framework]) -> Portfolio:
        self._fit(frameworks)
        places: dict[str, Place] = self._records[Kind.PLACE]
        tools: dict[str, Tool] = self._records[Kind.TOOL]
        templates: dict[str, str] = self._records[Kind.TOOL_TEMPLATE]
        assessments: list[Assessment] = [a for a in self._records[Kind.ASSESSMENT].values() if a.place in places]
        observations: dict[str, tuple[Observation, ...]] = self._records[Kind.OBSERVATIONS]
        criterion_pages: dict[str, ProsePage] = self._records[Kind.CRITERION_PAGE]
        pages = {(id_.partition("/")[0], id_.partition("/")[2]): page for id_, page in criterion_pages.items()}
        prose: dict[str, ProsePage] = self._records[Kind.PROSE]
        practices: dict[str, Practice] = self._records[Kind.PRACTICE]
        return Portfolio(
            site=site,
            frameworks=MappingProxyType(frameworks),
            criterion_pages=MappingProxyType({key: pages[key] for key in sorted(pages) if key[0] in frameworks}),
            places=MappingProxyType(dict(sorted(places.items()))),
            assessments=tuple(sorted(assessments, key=lambda a: (a.place, a.framework_id, a.as_of, a.file_id))),
            observations=MappingProxyType({id_: rows for id_, rows in sorted(observations.items()) if id_ in places}),
            practices=MappingProxyType(dict(sorted(practices.items()))),
            tools=MappingProxyType({
                id_: tool.model_copy(update={"template": templates[id_]}) if id_ in templates else tool
                for id_, tool in sorted(tools.items())
            }),
            prose=MappingProxyType({path: page for path, page in sorted(prose.items()) if _shown_by(path, frameworks)}),
            crosswalk=self._records[Kind.CROSSWALK].get("crosswalk"),
            older=MappingProxyType({
                (framework.id, framework.version): framework
                for _, framework in sorted(self._records[Kind.FRAMEWORK_VERSION].items()) if framework.id in frameworks
            }),
            network=self._records[Kind.NETWORK].get("network", Network()),
            gathered=MappingProxyType(dict(sorted(self._gathered.items()))),
            media=MappingProxyType({path.removeprefix("content/"): path for path in sorted(self._records[Kind.IMAGE])}),
        )


def _in_order(frameworks: Iterable[Framework]) -> dict[str, Framework]:
    return {framework.id: framework for framework in sorted(frameworks, key=lambda f: (f.order, f.id))}


def _shown_by(path: str, frameworks: Mapping[str, Framework]) -> bool:
    """Whether a page belongs to the site: the page about a framework goes with its framework."""
    parts = path.split("/")
    return len(parts) < 3 or parts[0] != "criteria" or parts[1] in frameworks


def _between(crosswalk: Crosswalk, frameworks: list[str]) -> Crosswalk:
    """The links between frameworks that the site shows."""
    links = tuple(
        link for link in crosswalk.links
        if link.from_.partition("/")[0] in frameworks and link.to.partition("/")[0] in frameworks
    )
    return crosswalk.model_copy(update={"links": links})
