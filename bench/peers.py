"""The pages of a site that lcsite made as plain Markdown, as somebody would write them by hand for another engine.

Every HTML page is a page here too, with the same words and links. One set of Markdown serves all engines; only what is
around it differs: a configuration each, and a menu that shows the open section only. Links to data files lead to the
site's address, since these files are lcsite's alone.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

from bench.made_pages import MadePage, addresses, pages_of_lcsite, words
from bench.markdown import as_markdown
from bench.portal import Portal

__all__ = ["Written", "write_peers"]

_SITE = "https://example.org/"
_MATERIAL = """\
site_name: A portal made up to measure builds
site_url: {address}
docs_dir: docs
site_dir: {site}
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.prune, navigation.indexes]
plugins: {plugins}
markdown_extensions: [tables, {{toc: {{permalink: true}}}}]
nav:
{nav}"""
_MOST_SEARCHED = 10_000
"""Words. Zensical always makes a search index, and fails where a section has more than 16,384."""
_UNSEARCHED = "---\nsearch: {exclude: true}\n---\n\n"
_HUGO = f"""\
baseURL = "{_SITE}"
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
<nav>{{ partial "open-section.html" (dict "of" site.Home "here" .) }}</nav>
<main><h1>{{ .Title }}</h1>{{ .Content }}</main><aside>{{ .TableOfContents }}</aside></body></html>
"""
_HUGO_MENU = """\
{{- $here := .here -}}
<ul>{{ range .of.Pages }}<li><a {{ with .RelPermalink }}href="{{ . }}"{{ end }}
{{- if eq . $here }} aria-current="page"{{ end }}>{{ .Title }}</a>
{{- if and .IsSection (or (eq . $here) (.IsAncestor $here)) }}
{{- partial "open-section.html" (dict "of" . "here" $here) }}{{ end }}</li>{{ end }}</ul>
"""
_HUGO_FOLDER = """\
---
title: {title}
build:
  render: never
---
"""
_HUGO_FILES = {
    "hugo.toml": _HUGO,
    "layouts/partials/open-section.html": _HUGO_MENU,
    **{f"layouts/{name}.html": _HUGO_PAGE for name in ("index", "404", "_default/single", "_default/list")},
    "static/site.css": "body{font-family:sans-serif}\n",
}

_Tree = dict[str, "str | _Tree"]
"""The menu: name -> path of a page, or what is in a folder."""


@dataclass(frozen=True, slots=True)
class Written:
    """A page with its address and words at lcsite and its path at the others, which has no ending.

    A path that ends in `index` is the page of a folder.
    """

    address: str
    kind: str
    words: int
    path: str


def write_peers(portal: Portal, site: Path, folder: Path) -> list[Written]:
    """Write what lcsite made of a portal as `folder/docs` for Material and Zensical, and as `folder/hugo`."""
    if folder.exists():
        shutil.rmtree(folder)
    paths = _paths(addresses(site), _menu(portal))
    pages, titles = [], {}
    for page in pages_of_lcsite(site):
        path = paths[page.address]
        pages.append(Written(page.address, page.kind, words(page.main), path))
        opening = _UNSEARCHED if pages[-1].words > _MOST_SEARCHED else ""
        titles[path] = page.title
        _write(folder / f"docs/{path}.md", f"{opening}# {page.title}\n\n{as_markdown(page.main, _links(page, paths))}")
        text = as_markdown(page.main, _links(page, {address: _in_hugo(path) for address, path in paths.items()}))
        _write(folder / f"hugo/content/{_in_hugo(path)}.md", f"---\ntitle: {json.dumps(page.title)}\n---\n\n{text}")
    for above in {above for path in titles for above in _above(path)}:
        if f"{above}index" not in titles:  # a folder of the menu that is no page
            _write(folder / f"hugo/content/{above}_index.md", _HUGO_FOLDER.format(title=above.split("/")[-2]))
    nav = "".join(_nav(_tree(titles), titles))
    for name, plugins in (("material", "[]"), ("material-search", "[search]"), ("zensical", "[]")):
        text = _MATERIAL.format(address=_SITE, site=f"site-{name}", plugins=plugins, nav=nav)
        _write(folder / f"{name}.yml", text)
    for name, text in _HUGO_FILES.items():
        _write(folder / "hugo" / name, text)
    return pages


def _menu(portal: Portal) -> dict[str, str]:
    """Beginning of an address -> where it stands in the menus of the others, so that no section grows too long.

    Practices stand by year, places by country; lists of practices stand with the place or criterion of which they are.
    """
    moved = {
        "toolbox/practices/": "practices/", "toolbox/practices/by/year/": "practices/", "cities/by/country/": "cities/",
    }  # fmt: skip
    for practice in portal.practices:
        moved[f"toolbox/practices/{practice.id}/"] = f"practices/{practice.year}/{practice.id}/"
    for place in portal.places:
        at = f"cities/{place.country.lower()}/{place.id}/"
        moved[f"cities/{place.id}/"] = at
        moved[f"toolbox/practices/by/place/{place.id}/"] = f"{at}practices/"
        moved[f"embed/{place.id}/{place.framework}.html"] = f"{at}card/"
    for criterion in portal.criteria:
        moved[f"toolbox/practices/by/criterion/{criterion.ref}/"] = f"criteria/{criterion.ref}/practices/"
    return moved


def _paths(addresses: list[str], moved: dict[str, str]) -> dict[str, str]:
    """Address -> path without an ending; a page with others below it is the index of their folder."""
    at = {address: _moved(address, moved) for address in addresses}
    folders = {above for place in at.values() for above in _above(place)}
    return {address: f"{place}index" if place in folders else place.rstrip("/") for address, place in at.items()}


def _moved(address: str, moved: dict[str, str]) -> str:
    """The longest beginning counts."""
    begin = address
    while begin and begin not in moved:
        begin = _folder(begin)
    return moved.get(begin, "") + address[len(begin) :]


def _above(place: str) -> Iterator[str]:
    """The folders in which a page stands, from `a/b/c/`: `a/b/`, `a/` and the root, which is empty."""
    while place:
        place = _folder(place)
        yield place


def _folder(place: str) -> str:
    return place[: place.rstrip("/").rfind("/") + 1]


def _links(page: MadePage, paths: dict[str, str]) -> Callable[[str], str]:
    """What an `href` on a page becomes: a relative path of a Markdown file, or an address outside."""

    def to(href: str) -> str:
        if "://" in href:
            return href
        target = normpath(join("/", dirname(page.address), href.partition("#")[0]))[1:]
        for address in (f"{target}/" if target else "", target):
            if address in paths:
                return relpath(f"{paths[address]}.md", dirname(paths[page.address]) or ".")
        return _SITE + target

    return to


def _in_hugo(path: str) -> str:
    """Hugo calls the page of a section `_index`."""
    return f"{path[:-5]}_index" if path == "index" or path.endswith("/index") else path


def _tree(titles: Iterable[str]) -> _Tree:
    tree: _Tree = {}
    for path in titles:
        *folders, name = path.split("/")
        at = tree
        for folder in folders:
            inner = at.setdefault(folder, {})
            assert isinstance(inner, dict)
            at = inner
        at[name] = path
    return tree


def _nav(tree: _Tree, titles: dict[str, str], folder: str = "") -> Iterator[str]:
    """The menu of MkDocs, line by line: the page of a folder first, then pages and folders in one order."""
    indent = "    " * folder.count("/") + "  "
    for name, inner in sorted(tree.items(), key=lambda entry: (entry[0] != "index", entry[0])):
        if isinstance(inner, dict):
            yield f"{indent}- {json.dumps(titles.get(f'{folder}{name}/index', name))}:\n"
            yield from _nav(inner, titles, f"{folder}{name}/")
        elif name == "index":
            yield f"{indent}- {inner}.md\n"
        else:
            yield f"{indent}- {json.dumps(titles[inner])}: {inner}.md\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
