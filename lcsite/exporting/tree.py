"""The finished pages as a plain Markdown tree, for an engine that is not ours: nothing in it needs lcsite to be built.

Each page is front matter and one block of HTML that every Markdown reader passes through as it stands. Folders are the
addresses, so links hold wherever pages live in folders of their own. Nothing that exists is written over.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from lcsite.model.site import Site
from lcsite.pages.page import Download, Page, Words
from lcsite.rendering.renderer import Renderer

__all__ = ["FolderNotEmpty", "export_tree"]

_THEME = Path(__file__).parents[1] / "theme"
_SHEETS = ("tokens", "components", "pages", "prose", "print")
_PICTURES = ("land.svg", "icon.svg")
_STYLE = "assets/lcsite/tree.css"
_NO_FILES: Mapping[str, Path] = MappingProxyType({})
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_LINK_TO_MARKDOWN = re.compile(r'(?<= href=")([^":?#]+\.md)(?=")')
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.S)
_INVENTED = Words("Demonstration. What this page shows is invented. Every figure was made up to show the method.")

_OWN_RULES = """\
.lc-page *, .lc-page *::before, .lc-page *::after { box-sizing: border-box; }
.lc-page { color: var(--lc-ink); background: var(--lc-paper); }
.lc-page svg, .lc-page img { max-inline-size: 100%; }
.lc-page .lc-defs { position: absolute; inline-size: 0; block-size: 0; }
.lc-page .lc-crumbs ol { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; }
.lc-page .lc-vh { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.lc-page .lc-num { font-variant-numeric: tabular-nums; }
.lc-page .lc-muted { color: var(--lc-ink-2); }
.lc-page .lc-small { font-size: var(--lc-t-1); }
"""

_README = """\
# {title}

A Markdown tree, exported from the portal on {as_of}. The pages stand in `docs/`, each a block of HTML with its title
above it; the data stand in `docs/data/v1/`. Licence of text and data: {licence}, {licence_url}

Any engine that passes HTML in Markdown through and gives each page a folder of its own can build it. Two are prepared:

    mkdocs build
    zensical build
"""


class FolderNotEmpty(Exception):
    """The folder to write to holds something already, and nothing of it is touched."""


def export_tree(
    pages: Iterable[Page], renderer: Renderer, target: Path, *, site: Site, downloads: Iterable[Download] = (),
    files: Mapping[str, Path] = _NO_FILES,
) -> int:
    """Write every page, download and file (address -> where it lies) below `target`; the number of pages.

    Raises FolderNotEmpty where `target` is anything but missing or an empty folder.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FolderNotEmpty(f"{target} is not an empty folder")
    docs = target / "docs"
    marks = (_THEME / "partials" / "defs.html").read_text("utf-8").strip()
    written = set()
    for page in pages:
        _write(docs / page.address / "index.md", _page(page, renderer, marks).encode())
        written.add(page.address)
    for download in downloads:
        _write(docs / _as_file(download.address), download.content())
    for address, file in files.items():
        (docs / address).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, docs / address)
    for name in _PICTURES:
        _write(docs / "assets" / "lcsite" / name, (_THEME / "assets" / "lcsite" / name).read_bytes())
    _write(docs / _STYLE, _styles().encode())
    menu = [("Home", ""), *((entry.title, entry.page) for entry in site.menu)]
    nav = [(title, f"{address}index.md") for title, address in menu if address in written]
    _write(target / "mkdocs.yml", _mkdocs(site, nav).encode())
    _write(target / "zensical.toml", _zensical(site, nav).encode())
    about = _README.format(title=site.title, as_of=site.as_of, licence=site.licence, licence_url=site.licence_url)
    _write(target / "README.md", about.encode())
    return len(written)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _page(page: Page, renderer: Renderer, marks: str) -> str:
    fragment = renderer.render(page)
    banner = f'<p class="lc-demo"><strong>{renderer.say(_INVENTED)}</strong></p>\n' if page.demonstration else ""
    opening = f'<div class="lc-page" lang="{fragment.language}" dir="{fragment.direction}">'
    html = _LINK_TO_MARKDOWN.sub(lambda link: _as_file(link[1]), fragment.html)
    body = f"{opening}\n{marks}\n{banner}{html}\n</div>"
    head = f"title: {_quoted(fragment.title)}\ndescription: {_quoted(fragment.description)}"
    return f"---\n{head}\n---\n\n{_one_block(body)}\n"


def _as_file(address: str) -> str:
    """A download in Markdown would become a page; with this ending it stays a file."""
    return f"{address.removesuffix('.md')}.txt" if address.endswith(".md") else address


def _one_block(html: str) -> str:
    """The same HTML without what would end the block or mean something in Markdown: blank lines, fences of code."""
    parts = _PRE.split(html)
    for nth, part in enumerate(parts):
        # Within <pre> an empty line is kept, its break written as a character of its own.
        parts[nth] = part.replace("\n\n", "\n&#10;") if nth % 2 else _BLANK_LINES.sub("\n", part)
    return "".join(parts).replace("`", "&#96;").replace("~~~", "&#126;~~").strip()


def _quoted(text: str) -> str:
    """Text as YAML and TOML both read it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _styles() -> str:
    """The styles of the pages' inside, in a layer, so that the engine's theme keeps the rest of the page."""
    sheets = "".join((_THEME / "css" / f"{name}.css").read_text("utf-8") for name in _SHEETS)
    return f"@layer lcsite {{\n{sheets}{_OWN_RULES}}}\n"


def _mkdocs(site: Site, nav: Iterable[tuple[str, str]]) -> str:
    address = f"site_url: {_quoted(site.url)}\n" if site.url else ""
    entries = "".join(f"  - {_quoted(title)}: {_quoted(page)}\n" for title, page in nav)
    return (
        f"site_name: {_quoted(site.title)}\nsite_description: {_quoted(site.description)}\n{address}"
        "use_directory_urls: true\ntheme:\n  name: mkdocs\n  highlightjs: false\n  color_mode: light\n"
        f"extra_css:\n  - {_STYLE}\n"
        "validation:\n  nav:\n    omitted_files: ignore\n"
        f"nav:\n{entries}"
    )


def _zensical(site: Site, nav: Iterable[tuple[str, str]]) -> str:
    address = f"site_url = {_quoted(site.url)}\n" if site.url else ""
    entries = "".join(f"  {{ {_quoted(title)} = {_quoted(page)} }},\n" for title, page in nav)
    return (
        f"[project]\nsite_name = {_quoted(site.title)}\nsite_description = {_quoted(site.description)}\n{address}"
        f'docs_dir = "docs"\nsite_dir = "site"\nuse_directory_urls = true\nextra_css = ["{_STYLE}"]\n'
        f"nav = [\n{entries}]\n\n"
        "[project.theme]\nfont = false\n\n[project.markdown_extensions.toc]\n"
    )
