"""Where a page lives. The only module that knows; everything else asks.

An address is relative to the site's root and ends with a slash for a page (`cities/okayama/`), with a file name for a
download (`data/v1/places.json`). Nothing here knows what stands on a page.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

home = ""
cities = "cities/"
criteria = "criteria/"
crosswalk = "criteria/crosswalk/"
toolbox = "toolbox/"
practices = "toolbox/practices/"
tools = "toolbox/tools/"
method = "method/"
data = "data/"
dictionary = "data/dictionary/"
problem_codes = "contribute/problem-codes/"
file_kinds = "contribute/files/"
contribute = "contribute/"
manifest = "lcsite.json"
feed = "feeds/new.xml"
EMBEDDED = "embed/"
"""The folder of what other sites may show in a frame."""
find = "find/"
compare = "compare/"
components = "about/components/"


def card(name: str) -> str:
    """The picture that a shared link to a page shows."""
    return f"assets/cards/{name}.png"


def side_by_side(*place_ids: str) -> str:
    """The page that compares, with places already chosen."""
    return f"{compare}?places={','.join(place_ids)}"


def place(place_id: str) -> str:
    return f"cities/{place_id}/"


def places_by(facet: str, value: str) -> str:
    """The list of places that share a value of a facet."""
    return f"cities/by/{facet}/{value}/"


def scorecard(place_id: str, framework_id: str, *, node: str = "") -> str:
    return f"cities/{place_id}/{framework_id}/" + (f"#{anchor(node)}" if node else "")


def embed(place_id: str) -> str:
    """The page that says how other sites show a place."""
    return f"cities/{place_id}/embed/"


def badge(place_id: str, framework_id: str) -> str:
    return f"{EMBEDDED}{place_id}/{framework_id}.svg"


def card_to_embed(place_id: str, framework_id: str) -> str:
    return f"{EMBEDDED}{place_id}/{framework_id}.html"


def place_feed(place_id: str) -> str:
    return f"feeds/places/{place_id}.xml"


def criterion_feed(framework_id: str, criterion_id: str) -> str:
    return f"feeds/criteria/{framework_id}/{criterion_id}.xml"


def framework(framework_id: str) -> str:
    return f"criteria/{framework_id}/"


def criterion(framework_id: str, criterion_id: str, *, node: str = "") -> str:
    return f"criteria/{framework_id}/{criterion_id}/" + (f"#{anchor(node)}" if node and node != criterion_id else "")


def anchor(node_id: str) -> str:
    """The id of a node on a page. It starts with a letter, so that it is a plain CSS name too."""
    return "n-" + node_id.replace(".", "-")


def practice(practice_id: str) -> str:
    return f"toolbox/practices/{practice_id}/"


def practices_by(facet: str, value: str) -> str:
    """The list of practices that share a value of a facet."""
    return f"toolbox/practices/by/{facet}/{value}/"


def tool(tool_id: str) -> str:
    return f"toolbox/tools/{tool_id}/"


def tool_template(tool_id: str, suffix: str) -> str:
    """The sheet to fill in, as a file: `md` or `docx`."""
    return f"toolbox/tools/{tool_id}/{tool_id}.{suffix}"


def file_kind(name: str) -> str:
    """The page about one kind of file."""
    return f"{file_kinds}{name}/"


def schema(name: str) -> str:
    """The schema of one kind of file. The number changes only when files that were right would not be so any more."""
    return f"data/schemas/v1/{name}.json"


def form(name: str, suffix: str) -> str:
    """A form to fill in, as a file: `md` or `docx`."""
    return f"contribute/forms/{name}.{suffix}"


def desk(name: str) -> str:
    """A file of the editing desk."""
    return f"admin/{name}"


def prose(path: str) -> str:
    """The page of an authored file below `content/`, given without its `.md`."""
    folder, _, name = path.rpartition("/")
    if name == "index":
        return f"{folder}/" if folder else ""
    return f"{path}/"


def data_file(name: str) -> str:
    return f"data/v1/{name}"


def framework_file(framework_id: str, version: str = "") -> str:
    """The name of a framework's file among the data; with a version, that of an older one."""
    return f"frameworks/{framework_id}-{version}.json" if version else f"frameworks/{framework_id}.json"


def place_file(place_id: str, name: str) -> str:
    """A download that belongs to one place."""
    return f"data/v1/places/{place_id}/{name}"


def whole(site_url: str, address: str) -> str:
    """The address as the world sees it."""
    return f"{site_url.rstrip('/')}/{address}"


_PLAIN = re.compile(r"(?:[a-z0-9-][a-z0-9.-]*/)+").fullmatch
"""An address as nearly all are, without empty parts and parts that mean another folder."""


@lru_cache(4_000)
def _folders(path: str) -> tuple[str, ...]:
    """The folders of a plain address; none for any other."""
    return tuple(path.split("/")[:-1]) if _PLAIN(path) else ()


def _from_folder_to_folder(there: tuple[str, ...], here: tuple[str, ...]) -> str:
    """The same as below for the usual case, which stands many times on every page."""
    shared = 0
    for part, other in zip(there, here, strict=False):
        if part != other:
            break
        shared += 1
    return "../" * (len(here) - shared) + "/".join((*there[shared:], "")) or "./"


def relative(target: str, page: str) -> str:
    """The address of `target` as written on `page`, so that the site works under any sub-path."""
    path, hash_, fragment = target.partition("#")
    if path == page and fragment:
        return f"#{fragment}"
    if "://" in path or path.startswith("mailto:"):
        return target
    if (there := _folders(path)) and (here := _folders(page)):
        return _from_folder_to_folder(there, here) + hash_ + fragment
    base = page if page.endswith("/") else posixpath.dirname(page)
    link = posixpath.relpath("/" + path, "/" + base) if path or base else "."
    if path.endswith("/") or not path:
        link = "./" if link == "." else f"{link}/"
    return link + hash_ + fragment
