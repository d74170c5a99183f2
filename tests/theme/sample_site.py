"""A small site on the real theme, without our plugin: the component sheet, a page of prose, and the 404 page.

Other browser tests build it with `build_sample_site`; a hook in it does what the plugin does for real pages.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
THEME = REPOSITORY / "lcsite" / "theme"
TEMPLATES = REPOSITORY / "lcsite" / "rendering" / "templates"

_CONFIGURATION = """\
site_name: Sampleby learns
site_url: {site_url}
docs_dir: docs
site_dir: site
hooks: [hook.py]
plugins: []
nav: [index.md, places/sheet.md]
theme:
  name: material
  custom_dir: {theme}
  font: false
  static_templates: [404.html, assets/lcsite/lcsite.css]
extra:
  lc:
    site_title: Learning Cities, Openly
    tagline: What is known about learning in cities, and what is not.
    lang: {lang}
    dir: {direction}
    nav: [[places, {places}, places/sheet/], [toolbox, Toolbox, "."], [criteria, Criteria, "."],
          [compare, Compare, "."], [learn, Learn, "."], [method, Method, "."]]
    search: find/
    footer:
      - {{title: Check, links: [[Method, "."], [Data and downloads, "."]]}}
      - {{title: About, links: [[Privacy, "."]]}}
    contact_url: contribute/
    source_url: https://example.org/files
    licence: CC BY 4.0
    licence_url: https://creativecommons.org/licenses/by/4.0/
    version: 0.1.0
    as_of: 2026-11-22
"""

_HOOK = """\
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import escape

environment = Environment(
    loader=FileSystemLoader({templates!r}), autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"]
)
environment.install_null_translations(newstyle=True)
environment.filters["link"] = "../../{{}}".format
environment.filters["filled"] = lambda pieces, words: escape(words).join(pieces)
environment.globals["alike"] = lambda macro, *values: macro(*values)


def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri == "places/sheet.md":
        page.meta["lc"] = {{
            "kind": "sheet-of-components", "title": "Component sheet", "description": "Every component, live.",
            "section": "places", "crumbs": [("Home", ""), ("Places", "places/sheet/"), ("Component sheet", None)],
            "demonstration": True, "demo_text": "Sampleby is an invented town.",
            "jsonld": '{{"@context": "https://schema.org", "@type": "WebPage"}}',
        }}


def on_page_content(html, page, config, files):
    if page.file.src_uri == "places/sheet.md":
        sheet = environment.get_template("pages/components.html").module
        return sheet.the_page(None, {{"land": "assets/lcsite/land.svg"}}, "")
    return html
"""


def build_sample_site(
    folder: Path, *, lang: str = "en", direction: str = "ltr", places: str = "Places", site_url: str = ""
) -> Path:
    """Build the sample site with a plain `mkdocs build --strict` into `folder`/site and return that path."""
    (folder / "docs" / "places").mkdir(parents=True, exist_ok=True)
    (folder / "docs" / "index.md").write_text("# Sampleby learns\n\nA page *without* data of ours.\n", encoding="utf-8")
    (folder / "docs" / "places" / "sheet.md").write_text("# Sheet\n", encoding="utf-8")
    (folder / "hook.py").write_text(_HOOK.format(templates=str(TEMPLATES)), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        _CONFIGURATION.format(theme=THEME, lang=lang, direction=direction, places=places, site_url=site_url or '""'),
        encoding="utf-8",
    )
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(folder / "mkdocs.yml")],
        check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}, timeout=120,
    )
    return folder / "site"
