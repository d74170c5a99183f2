"""The pages of a made-up portal as plain Markdown, as somebody would write them by hand for another engine.

Every practice, profile, scorecard, list and criterion of the portal is a page here too, with the same words and links;
the lists that lcsite makes on top are left out. One set of Markdown serves all engines; only what is around it differs.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, relpath

from bench.invented_text import InventedText
from bench.portal import YEARS, Criterion, Portal, Practice, TownOrCity

__all__ = ["write_peers"]

_PARTS = {"places": "Places", "practices": "Practices", "criteria": "Criteria"}

_MATERIAL = """\
site_name: A portal made up to measure builds
site_url: https://example.org/
docs_dir: docs
site_dir: {site}
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.prune, navigation.indexes]
plugins: {plugins}
markdown_extensions: [tables, {{toc: {{permalink: true}}}}]
"""
_HUGO = """\
baseURL = "https://example.org/"
title = "A portal made up to measure builds"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderHooks.link]
useEmbedded = "always"
"""
_HUGO_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ .Title }} · {{ site.Title }}</title><link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/site.css"></head>
<body><header><a href="/">{{ site.Title }}</a></header>
<nav>{{ partial "open-section.html" . }}</nav>
<main><h1>{{ .Title }}</h1>{{ .Content }}</main><aside>{{ .TableOfContents }}</aside></body></html>
"""
_HUGO_MENU = """\
{{- $here := . -}}
<ul>{{ range site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{- if or (eq . $here) (.IsAncestor $here) }}<ul>
{{- range .Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
{{- if or (eq . $here) (.IsAncestor $here) }}<ul>
{{- range .RegularPages }}<li><a href="{{ .RelPermalink }}"
{{- if eq . $here }} aria-current="page"{{ end }}>{{ .Title }}</a></li>{{ end }}</ul>
{{- end }}</li>{{ end }}</ul>{{ end -}}
</li>{{ end }}</ul>
"""


class _From:
    """Links as they stand on one page: relative paths of Markdown files."""

    def __init__(self, pages: _Pages, path: str) -> None:
        self._pages, self._folder = pages, dirname(path)

    def to(self, path: str) -> str:
        return relpath(path, self._folder)

    def criterion(self, criterion: Criterion) -> str:
        return self.to(self._pages.criterion(criterion))

    def place(self, place: TownOrCity) -> str:
        return self.to(self._pages.place(place))


class _Pages:
    """Where each page stands, and what stands on it."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.criterion_by_ref = {criterion.ref: criterion for criterion in portal.criteria}
        self.practices_of: dict[str, list[Practice]] = {}
        for practice in portal.practices:
            for key in (practice.place, *practice.supports):
                self.practices_of.setdefault(key, []).append(practice)

    def place(self, place: TownOrCity, part: str = "") -> str:
        return f"places/{place.country.lower()}/{place.id}{part}.md"

    def practice(self, practice: Practice) -> str:
        return f"practices/{practice.year}/{practice.id}.md"

    def criterion(self, criterion: Criterion, part: str = "") -> str:
        return f"criteria/{criterion.framework}/{criterion.id}{part}.md"

    def all(self) -> Iterator[tuple[str, str, str]]:
        """Path, title and body of every page."""
        for practice in self.portal.practices:
            yield self.practice(practice), practice.title, self._practice(practice)
        for place in self.portal.places:
            yield self.place(place), place.name, self._profile(place)
            yield self.place(place, "-scorecard"), f"{place.name}: scorecard", self._scorecard(place)
            found = self.practices_of.get(place.id, [])
            path = self.place(place, "-practices")
            yield path, f"Practices: {place.name}", self._list(found, path)
        for criterion in self.portal.criteria:
            yield self.criterion(criterion), criterion.title, self._criterion(criterion)
            path = self.criterion(criterion, "-practices")
            yield path, f"Practices: {criterion.title}", self._list(self.practices_of.get(criterion.ref, []), path)

    def _list(self, practices: list[Practice], path: str) -> str:
        here = _From(self, path)
        return "\n".join(
            f"- [{p.title}]({here.to(self.practice(p))}) {p.outcome}, {p.year}. {p.summary}" for p in practices
        ) + "\n"

    def _practice(self, practice: Practice) -> str:
        path = self.practice(practice)
        here = _From(self, path)
        supports = [self.criterion_by_ref[ref] for ref in practice.supports]
        touches = "\n".join(f"- [{c.title}]({here.criterion(c)})" for c in supports)
        near = {p.id: p for ref in practice.supports for p in self.practices_of[ref] if p is not practice}
        return (
            f"{practice.summary}\n\n**{practice.outcome}**, {practice.year}, {practice.kind}\n\n"
            f"{self.portal.practice_body(practice, to=here)}\n"
            f"## Criteria it touches\n\n{touches}\n\n## Tried elsewhere\n\n{self._list(list(near.values())[:12], path)}"
        )

    def _profile(self, place: TownOrCity) -> str:
        text = InventedText(f"page {place.id}")
        path = self.place(place)
        here = _From(self, path)
        own = [c for c in self.portal.criteria if c.framework == place.framework]
        rows = "\n".join(
            f"| [{c.title}]({here.to(self.place(place, '-scorecard'))}) | {text.chance.randint(0, 60)} | "
            f"{text.chance.randint(60, 100)} | {text.chance.choice('+-=')} |" for c in own
        )
        facts = "\n".join(f"| {text.title(4)} | {text.chance.randint(1, 90)} | {year} |" for year in YEARS)
        headings = ("In brief", "What happened", "What is open")
        prose = "\n\n".join(f"## {heading}\n\n{text.paragraph(80)}" for heading in headings)
        near = "\n".join(
            f"- [{p.name}]({here.place(p)})" for p in text.chance.sample(self.portal.places, 3)
        )
        return (
            f"| Criterion | From | To | Change |\n|---|--:|--:|:-:|\n{rows}\n\n{prose}\n\n## Figures\n\n"
            f"| Figure | Value | Year |\n|---|--:|--:|\n{facts}\n\n## Practices\n\n"
            f"{self._list(self.practices_of.get(place.id, []), path)}\n## Alike\n\n{near}\n"
        )

    def _scorecard(self, place: TownOrCity) -> str:
        text = InventedText(f"answers {place.id}")
        here = _From(self, self.place(place, "-scorecard"))
        parts = []
        for criterion in self.portal.criteria:
            if criterion.framework == place.framework:
                rows = "\n".join(
                    f"| {question} | " + " | ".join(str(text.chance.randint(0, 4)) for _ in YEARS) + " |"
                    for _, question in criterion.questions
                )
                years = " | ".join(map(str, YEARS))
                parts.append(
                    f"## {criterion.title}\n\n[About this criterion]({here.criterion(criterion)}): {criterion.gist}\n\n"
                    f"| Question | {years} |\n|---|{'--:|' * len(YEARS)}\n{rows}\n"
                )
        return "\n".join(parts)

    def _criterion(self, criterion: Criterion) -> str:
        text = InventedText(f"page {criterion.ref}")
        path = self.criterion(criterion)
        here = _From(self, path)
        prose = "\n\n".join(f"## {heading}\n\n{text.paragraph(70)}" for heading in ("In daily life", "What one sees"))
        rows = "\n".join(f"| {id_} | {question} |" for id_, question in criterion.questions)
        places = "\n".join(
            f"| [{p.name}]({here.place(p)}) | {text.chance.randint(0, 100)} |"
            for p in self.portal.places if p.framework == criterion.framework
        )
        return (
            f"{criterion.gist}\n\n{prose}\n\n| | Question |\n|---|---|\n{rows}\n\n## Practices\n\n"
            f"{self._list(self.practices_of.get(criterion.ref, []), path)}\n"
            f"## Places\n\n| Place | |\n|---|--:|\n{places}\n"
        )


def write_peers(portal: Portal, folder: Path) -> int:
    """Write `folder/docs` with its files for Material and Zensical, and `folder/hugo`; the number of pages of each."""
    if folder.exists():
        shutil.rmtree(folder)
    pages = list(_Pages(portal).all())
    tree: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for path, title, body in pages:
        part, group, _ = path.split("/")
        tree.setdefault(part, {}).setdefault(group, []).append((path, title))
        _write(folder / "docs" / path, f"# {title}\n\n{body}")
        _write(folder / "hugo" / "content" / path, f"---\ntitle: {json.dumps(title)}\n---\n\n{body}")
    nav = "nav:\n  - index.md\n"
    _write(folder / "docs" / "index.md", "# Home\n")
    _write(folder / "hugo" / "content" / "_index.md", "---\ntitle: Home\n---\n")
    for part, groups in tree.items():
        nav += f"  - {_PARTS[part]}:\n      - {part}/index.md\n"
        _section(folder, part, _PARTS[part])
        for group, entries in groups.items():
            _section(folder, f"{part}/{group}", group)
            nav += f"      - {json.dumps(group)}:\n          - {part}/{group}/index.md\n"
            nav += "".join(f"          - {json.dumps(title)}: {path}\n" for path, title in entries)
    for name, plugins in (("material", "[]"), ("material-search", "[search]"), ("zensical", "[]")):
        _write(folder / f"{name}.yml", _MATERIAL.format(site=f"site-{name}", plugins=plugins) + nav)
    for name, text in (("hugo.toml", _HUGO), ("layouts/partials/open-section.html", _HUGO_MENU),
                       ("static/site.css", "body{font-family:sans-serif}\n")):  # fmt: skip
        _write(folder / "hugo" / name, text)
    for name in ("index", "_default/single", "_default/list"):
        _write(folder / "hugo" / "layouts" / f"{name}.html", _HUGO_PAGE)
    return len(list((folder / "docs").rglob("*.md")))


def _section(folder: Path, path: str, title: str) -> None:
    _write(folder / "docs" / path / "index.md", f"# {title}\n")
    _write(folder / "hugo" / "content" / path / "_index.md", f"---\ntitle: {json.dumps(title)}\n---\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
