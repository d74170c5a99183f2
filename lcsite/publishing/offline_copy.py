"""Turns a finished site into a copy that works when it is opened from files: from a USB stick, or out of a zip.

A browser shows no `index.html` for a folder there, fetches nothing for a script, and loads no script modules. So links
name files, and what the scripts would fetch stands beside them as scripts. It changes a folder that nobody sees yet and
knows nothing of what the pages say.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any, Final

__all__ = ["OFFLINE_FOLDER", "OFFLINE_POLICY", "make_offline"]

OFFLINE_FOLDER: Final = "assets/lcsite/offline"

OFFLINE_POLICY: Final = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; connect-src 'none'; "
    "font-src 'none'; form-action 'none'; base-uri 'none'"
)
"""Files of the copy, and nothing inline. Browsers differ in whether a page from a file has a 'self': both are said."""

_BROUGHT: Final = Path(__file__).parent / "offline"

_TAG = re.compile(r"""<(?:a|area|form)\b(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_ADDRESS = re.compile(r'(\s(?:href|action)=")([^"]*)(")')
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")[^"]*(")')
_NEEDS_WORDS = re.compile(r'(<script src="([^"]*)assets/lcsite/(?:find|compare)\.js")')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_PLACES = "data/v1/places"


def make_offline(site: Path) -> None:
    """Change a finished site, without its search index, into a copy that can be opened from files."""
    from lcsite.publishing.offline_index import page_for_search, script_of

    (site / "404.html").unlink(missing_ok=True)  # nobody asks a folder for what it does not hold
    folder = site / OFFLINE_FOLDER
    shutil.copytree(_BROUGHT, folder)
    pages: list[dict[str, Any]] = []
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix()
        html = path.read_bytes()
        if (found := page_for_search(html, address)) is not None:
            pages.append({"id": len(pages), **found})
        path.write_bytes(_as_file(html.decode("utf-8")).encode("utf-8"))
    (folder / "pages.js").write_bytes(script_of("lcPages", pages))
    (folder / "places").mkdir()
    for path in sorted((site / _PLACES).glob("*/compare.json")):
        place = path.parent.name
        figures = path.read_text("utf-8").strip()
        held = f"window.lcPlaces={{...window.lcPlaces,{json.dumps(place)}:{figures}}};\n"
        (folder / "places" / f"{place}.js").write_bytes(held.encode("utf-8"))


def _as_file(html: str) -> str:
    html = _POLICY.sub(rf"\g<1>{OFFLINE_POLICY}\g<2>", html, count=1)
    html = _NEEDS_WORDS.sub(rf'<script src="\g<2>{OFFLINE_FOLDER}/offline.js" defer></script>\n\g<1>', html)
    return _TAG.sub(lambda tag: _ADDRESS.sub(_name_the_file, tag[0]), html)


def _name_the_file(found: re.Match[str]) -> str:
    before, address, after = found.groups()
    if _ELSEWHERE.match(address):
        return found[0]
    path, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr]
    if path in (".", "..") or path.endswith(("/", "/.", "/..")):
        path = f"{path.rstrip('/')}/index.html"
    return f"{before}{path}{mark}{rest}{after}"
