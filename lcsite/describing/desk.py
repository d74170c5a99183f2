"""The optional editing desk at /admin/: its page and its configuration, which is made of the models.

The desk is a program of others (Sveltia CMS, `lcsite/desk`), for people who would rather fill in a form in the browser
than write a file. It runs in the browser alone and asks only the service in which the files of the site are kept.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from lcsite.describing.kinds import KINDS, FileKind
from lcsite.describing.schemas import Schema, schema_of
from lcsite.model.site import Desk, Site

__all__ = ["DESK_FILES", "desk_config", "desk_page", "desk_policy"]

_FOLDER = Path(__file__).parents[1] / "desk"
DESK_FILES: dict[str, Path] = {
    path.relative_to(_FOLDER).as_posix(): path for path in sorted(_FOLDER.rglob("*")) if path.is_file()
}
"""What is published beside the page, by its address below admin/."""

_ASKS = {
    "github": "https://api.github.com https://github.com https://avatars.githubusercontent.com "
              "https://*.githubusercontent.com",
    "gitlab": "https://gitlab.com",
}  # fmt: skip
_DEEPEST = 3


def desk_policy(desk: Desk) -> str:
    """What the desk may load and ask: itself, and the service with the files."""
    asks = f" {desk.server}" if desk.server else f" {_ASKS[desk.service]}"
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; worker-src blob:; "
        f"img-src 'self' data: blob:{asks}; connect-src 'self' blob: data:{asks}; base-uri 'none'; form-action 'none'"
    )


def desk_page(site: Site, desk: Desk) -> str:
    """The page of the desk: it loads the program and nothing else, and no search engine keeps it."""
    title = site.title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{desk_policy(desk)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n<meta name="referrer" content="same-origin">\n'
        f"<title>{title}: editing desk</title>\n"
        '<link rel="cms-config-url" type="text/yaml" href="config.yml">\n</head>\n<body>\n'
        "<noscript><h1>Editing desk</h1>"
        "<p>This desk needs JavaScript. The forms under Contribute do not.</p></noscript>\n"
        '<script src="sveltia-cms.js"></script>\n</body>\n</html>\n'
    )


def desk_config(site: Site, desk: Desk) -> str:
    """The configuration: where the files are kept, and the fields of case studies, places, tools and the site."""
    backend: dict[str, Any] = {"name": desk.service, "repo": desk.repository, "branch": desk.branch}
    if desk.server:
        backend |= {"base_url": desk.server, "api_root": f"{desk.server}/api/v4"}
    config = {
        "backend": backend, "media_folder": "content/media", "public_folder": "media", "show_preview_links": False,
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
        "output": {"omit_empty_optional_fields": True, "yaml": {"quote": "none"}},
        "collections": [
            _folder("practice", "content/toolbox/practices", "{{slug}}", "title", "Case studies", "case study"),
            _folder("place", "cities", "{{slug}}/index", "name", "Places", "place"),
            _folder("tool", "content/toolbox/tools", "{{slug}}/index", "title", "Tools", "tool"),
        ],
    } | ({"site_url": site.url} if site.url else {})
    text: str = yaml.safe_dump(config, sort_keys=False, allow_unicode=True, width=110)
    return f"# Made by lcsite from its models, anew in each build.\n{text}"


def _folder(name: str, folder: str, path: str, title: str, label: str, singular: str) -> dict[str, Any]:
    kind = KINDS[name]
    fields = _fields(kind, schema_of(kind))
    fields.append({"name": "body", "label": "Text", "widget": "markdown", "modes": ["raw"], "hint": kind.text})
    return {
        "name": name, "label": label, "label_singular": singular, "folder": folder, "path": path, "create": True,
        "delete": False, "extension": "md", "format": "yaml-frontmatter", "identifier_field": title,
        "slug": f"{{{{{title}}}}}", "summary": f"{{{{{title}}}}}", "fields": fields,
    }


def _fields(kind: FileKind, schema: Schema) -> list[dict[str, Any]]:
    return _inside(schema, schema.get("$defs", {}), 0)


def _inside(record: Schema, defs: dict[str, Schema], depth: int) -> list[dict[str, Any]]:
    needed = record.get("required", ())
    made = [_field(name, field, name in needed, defs, depth) for name, field in record["properties"].items()]
    return [field for field in made if field]


def _field(name: str, schema: Schema, needed: bool, defs: dict[str, Schema], depth: int) -> dict[str, Any]:
    """One field of the desk; nothing where it would go too deep for a form."""
    about: dict[str, Any] = {
        "name": name, "label": name.replace("_", " ").capitalize(), "required": needed,
        "hint": schema.get("description", ""),
    }
    target = defs.get(str(schema.get("$ref", "")).rpartition("/")[2], {})
    inner = {**target, **schema}
    if "items" in schema:
        return about | _list(schema["items"], defs, depth)
    if "properties" in inner:
        return about | {"widget": "object", "fields": _inside(inner, defs, depth + 1)} if depth < _DEEPEST else {}
    if "patternProperties" in schema:
        return about | {"widget": "keyvalue"}
    if inner.get("type") == ["boolean", "string"]:
        return about | {"widget": "boolean", "default": False}
    if "enum" in inner:
        meanings = inner.get("enumDescriptions", inner["enum"])
        options = [{"label": f"{word}: {meaning}", "value": word} for word, meaning in
                   zip(inner["enum"], meanings, strict=True)]  # fmt: skip
        return about | {"widget": "select", "options": options}
    long = name in ("text", "summary", "gaps", "resources")
    pattern = {"pattern": [inner["pattern"], f"such as {_example(inner)}"]} if "pattern" in inner else {}
    return about | {"widget": "text" if long else "string"} | pattern


def _list(inner: Schema, defs: dict[str, Schema], depth: int) -> dict[str, Any]:
    target = defs.get(str(inner.get("$ref", "")).rpartition("/")[2], inner)
    if "properties" in target:
        return {"widget": "list", "fields": _inside(target, defs, depth + 1)} if depth < _DEEPEST else {}
    return {"widget": "list", "field": {"name": "entry", "label": "Entry", "widget": "string"}}


def _example(schema: Schema) -> str:
    return re.sub(r"\s+", " ", str(schema.get("examples", ["the example in the reference"])[0]))
