"""Whether the versions of a framework that are kept hold together, and whether the newest says what became of the rest.

An answer is carried from one version to the next by what stands in the files, never by a guess: what is neither there
any longer, nor renamed, nor dropped with a reason, is a mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from lcsite.checking import framework_rules
from lcsite.checking.whereabouts import Path, Whereabouts, few, nodes_with_paths
from lcsite.light_classes import dataclass
from lcsite.model.framework import version_number
from lcsite.model.meaning import what_means_something_else
from lcsite.model.portfolio import Portfolio
from lcsite.problems import Location, Problem, Severity, quoted

__all__ = ["RULES"]

_KIND = "framework-version"


@dataclass(frozen=True, slots=True)
class _OfVersion:
    """Leads rules about a framework to the file of one of its older versions."""

    origins: Whereabouts
    version: str

    def _there(self, kind: str, record_id: str) -> tuple[str, str]:
        return (_KIND, f"{record_id}/{self.version}") if kind == "framework" else (kind, record_id)

    def at(self, kind: str, record_id: str, path: Path = ()) -> Location:
        return self.origins.at(*self._there(kind, record_id), path)

    def key(self, kind: str, record_id: str, path: Path) -> Location:
        return self.origins.key(*self._there(kind, record_id), path)

    def in_body(self, kind: str, record_id: str, offset: int) -> Location:
        return self.origins.in_body(kind, record_id, offset)

    def is_broken(self, kind: str, record_id: str = "") -> bool:
        return self.origins.is_broken(kind, record_id)

    def names_nobody(self, kind: str, record_id: str) -> bool:
        return self.origins.names_nobody(kind, record_id)


def older_versions_hold_together(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    """Every rule for a framework holds for its older versions too."""
    for (framework_id, version), framework in portfolio.older.items():
        if not origins.at(_KIND, f"{framework_id}/{version}").file:
            continue  # the name of its file is wrong, which is told below
        alone = replace(portfolio, frameworks=MappingProxyType({framework_id: framework}), crosswalk=None)
        for rule in framework_rules.RULES:
            yield from rule(alone, _OfVersion(origins, version))


def older_versions_are_older(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for (framework_id, version), framework in portfolio.older.items():
        shown = portfolio.frameworks[framework_id]
        where = origins.at(_KIND, f"{framework_id}/{version}", ("version",))
        if not where.file:  # a file is known by its name, a framework by what stands in it
            message = f"no file of the versions of {framework_id} is named {version}.yml, and one says that it is"
            hint = "the name of the file is the version that stands in it"
            yield Problem("version-file", origins.at("framework", framework_id), message, hint)
        elif framework.version_number >= shown.version_number:
            message = f"version {version} is not older than version {shown.version}, which stands in framework.yml"
            yield Problem("version-file", where, message, "the newest version is framework.yml, older ones are beside")


def what_was_renamed_leads_somewhere(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        for position, note in enumerate(framework.history):
            where = ("history", position)
            for old, new in note.renamed.items():
                if framework.became(new, since=note.version) is None and not framework.why_dropped(
                    new, since=note.version
                ):
                    spot = origins.at("framework", framework.id, (*where, "renamed", old))
                    message = f"there is no entry {quoted(new)} in this framework"
                    yield Problem("unknown-reference", spot, message, "write the id that it has from this version on")
            for old in (*note.renamed, *note.dropped):
                if old in framework.by_id and version_number(note.version) == framework.version_number:
                    field = "renamed" if old in note.renamed else "dropped"
                    spot = origins.key("framework", framework.id, (*where, field, old))
                    message = f'"{old}" is said to be {field} and is still here'
                    yield Problem("version-gap", spot, message, "take out the line, or the entry")


def nothing_gets_lost_between_versions(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for (framework_id, version), older in portfolio.older.items():
        shown = portfolio.frameworks[framework_id]
        lost = [
            node.id for node in older.nodes()
            if shown.became(node.id, since=version) is None and not shown.why_dropped(node.id, since=version)
        ]
        if lost:
            where = origins.at("framework", framework_id, ("history",))
            message = f"version {version} has entries of which nothing is said here: {few(lost)}"
            hint = "name each in history: under renamed with its new id, or under dropped with the reason"
            yield Problem("version-gap", where, message, hint)


def a_changed_meaning_says_so(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    """Scale, goalposts, direction and construct decide what an answer means; the wording may."""
    for (framework_id, version), older in portfolio.older.items():
        shown = portfolio.frameworks[framework_id]
        paths = {node.id: path for node, _, path in nodes_with_paths(shown)}
        for before in older.indicators:
            now = shown.by_id.get(shown.became(before.id, since=version) or "")
            if now is None or older.meaning_version_of(before.id) != shown.meaning_version_of(now.id):
                continue
            where = origins.at("framework", framework_id, (*paths[now.id], "id"))
            changed = what_means_something_else(older, before, shown, now)
            if changed and changed != ("wording",):
                message = f'"{now.id}" means something else than in version {version}: another {" and ".join(changed)}'
                yield Problem("meaning-changed", where, message, "raise its meaning_version")
            elif changed:
                message = f'"{now.id}" is worded otherwise than in version {version}'
                hint = "raise its meaning_version, unless only the spelling changed"
                yield Problem("meaning-changed", where, message, hint, Severity.WARNING)


RULES = (
    older_versions_hold_together,
    older_versions_are_older,
    what_was_renamed_leads_somewhere,
    nothing_gets_lost_between_versions,
    a_changed_meaning_says_so,
)
