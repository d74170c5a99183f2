"""A difference as text, as Markdown for the summary of a build job, and as JSON. Chooses words and order, nothing else.

What people wrote is a stranger's: in Markdown nothing of it can become a link, a picture, a heading or markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

from lcsite.changes.compare import Difference, Touched
from lcsite.problems import Problem, Problems

__all__ = ["as_json", "as_markdown", "as_text", "beside_the_content"]

_MOST_LINES = 200
"""Of one section in Markdown: a summary may not be longer than a megabyte, and nobody reads on."""

_KINDS = {
    "site": "The site itself", "framework": "Frameworks", "crosswalk": "The crosswalk", "place": "Places",
    "practice": "Practices", "tool": "Tools", "page": "Pages", "criterion-page": "Pages about criteria",
}  # fmt: skip
_OF_PLACES = ("place", "figures", "assessment")


def as_text(difference: Difference) -> str:
    """For people at a terminal."""
    if difference.nothing:
        return "nothing changes\n"
    lines: list[str] = []
    for heading, found in _sections(difference):
        lines += [f"{heading}:", *(f"  {line}" for line in found), ""]
    return "\n".join(lines)


def as_markdown(difference: Difference) -> str:
    """For reviewers: headings and lists, every word of a contributor made plain."""
    if difference.nothing:
        return "## What this change does\n\nNothing that a reader would see.\n"
    lines = ["## What this change does", ""]
    for heading, found in _sections(difference):
        entries = list(found)
        lines += [f"### {_plain(heading)}", "", *(f"- {_plain(line)}" for line in entries[:_MOST_LINES])]
        if len(entries) > _MOST_LINES:
            lines.append(f"- and {len(entries) - _MOST_LINES} more")
        lines.append("")
    return "\n".join(lines)


def as_json(difference: Difference) -> str:
    """One object with the same parts; what belongs to places stands in the order of their names."""
    whole = {
        "comparable": difference.comparable,
        "problems_before": [_problem(problem) for problem in difference.before],
        "problems_after": [_problem(problem) for problem in difference.after],
        "touched": [asdict(each) for each in difference.touched],
        "figures": [asdict(each) for each in difference.figures],
        "links": [asdict(each) for each in difference.links],
        "addresses": [asdict(each) for each in difference.addresses],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def beside_the_content(files: Iterable[str]) -> str:
    """In Markdown: what a proposal changes outside the folders that anybody may change."""
    lines = [f"- {_plain(file)}" for file in files]
    if not lines:
        return ""
    words = "Not part of the preview. These can change what runs, so a person looks at them line by line\\:"
    return "\n".join(["", "### It also changes other files", "", words, "", *lines, ""])


_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:@=\"'^$])")


def _plain(text: str) -> str:
    """Text that Markdown shows as it stands, on one line."""
    text = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SIGNS.sub(r"\\\1", text)


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code, "file": problem.location.file, "line": problem.location.line, "message": problem.message,
    }  # fmt: skip


def _sections(difference: Difference) -> Iterator[tuple[str, list[str]]]:
    if not difference.comparable:
        for side, problems in (("before", difference.before), ("after", difference.after)):
            if problems.errors:
                yield f"The site {side} the change cannot be built", list(_problems(problems))
        return
    broken = [each.address for each in difference.addresses if each.how == "removed"]
    if broken:
        yield "Addresses that break, because their pages are gone", [f"/{address}" for address in broken]
    if difference.figures:
        yield "Figures that readers see", [
            f"{f.place_name}, {f.framework_name}, {f.title}"
            + (" (what has come of it)" if f.construct == "outcome" else "")
            + (f", in the earlier round {f.earlier_round}" if f.earlier_round else "")
            + f": {f.before} to {f.after}, because {'; '.join(f.because)}"
            for f in difference.figures
        ]
    for kind, heading in _KINDS.items():
        kinds = _OF_PLACES if kind == "place" else (kind,)
        found = [each for each in difference.touched if each.kind in kinds]
        if found:
            yield heading, [line for each in found for line in _touched(each)]
    if difference.links:
        yield "Links", [_link(each.kind, each.source, each.target, each.how) for each in difference.links]
    new = [each.address for each in difference.addresses if each.how == "new"]
    if new:
        yield "New pages", [f"/{address}" for address in new]


def _problems(problems: Problems) -> Iterator[str]:
    for problem in problems:
        if problem.severity.value == "error":
            yield f"{problem.location}: {problem.message} [{problem.code}]"


def _touched(each: Touched) -> Iterator[str]:
    what = _HEADS[each.kind](each)
    if not each.details:
        yield f"{what}: {each.how}" if each.how != "changed" else f"{what}: changed"
    elif len(each.details) == 1:
        yield f"{what}: {'' if each.how == 'changed' else f'{each.how}, '}{each.details[0]}"
    else:
        for detail in each.details:
            yield f"{what}: {detail}"


_HEADS: dict[str, Callable[[Touched], str]] = {
    "site": lambda each: "content/site.yml",
    "place": lambda each: each.name,
    "figures": lambda each: f"{each.name}, published figures",
    "assessment": lambda each: f"{each.name}, assessment {each.id.partition('/')[2]}",
    "framework": lambda each: each.name,
    "crosswalk": lambda each: each.name,
    "practice": lambda each: f"{each.name} ({each.id})",
    "tool": lambda each: f"{each.name} ({each.id})",
    "page": lambda each: f"{each.name} ({each.id})",
    "criterion-page": lambda each: f"{each.name} ({each.id})",
}


def _link(kind: str, source: str, target: str, how: str) -> str:
    if kind == "crosswalk":
        return f"{source} and {target} are {'now' if how == 'new' else 'no longer'} linked"
    return f"the {kind} {source} {'now serves' if how == 'new' else 'no longer serves'} {target}"
