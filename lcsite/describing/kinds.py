"""The kinds of file that people write: which record each holds, where it stands, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Assessment, Observation
from lcsite.model.framework import Crosswalk, Framework
from lcsite.model.network import Network
from lcsite.model.place import Place
from lcsite.model.site import ProsePage, Site
from lcsite.model.toolbox import Practice, Tool
from lcsite.model.words import Record
from lcsite.reading.layout import Kind

__all__ = ["KINDS", "FileKind", "kind_of_path"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file."""

    name: str
    """A short name: of its schema, and of the page about it."""
    title: str
    words: str
    """What it is for, in a sentence."""
    path: str
    """Where it stands; capital letters stand for a name of one's own."""
    record: type[Record]
    reads: tuple[Kind, ...]
    """The kinds of the layout that are read with this record."""
    given: frozenset[str] = frozenset()
    """Fields that come from the name of the file or from the text below the fields."""
    form: str = "yaml"
    """`yaml` throughout, `page` for fields in front of a text, `table` for a row of a table."""
    text: str = ""
    """What stands below the fields of a page."""


KINDS: Mapping[str, FileKind] = MappingProxyType({
    kind.name: kind for kind in (
        FileKind(
            "site", "The site itself", "The name of the site, its date, its look and what it shows.",
            "content/site.yml", Site, (Kind.SITE,),
        ),
        FileKind(
            "place", "A place", "The profile of a city, town, village, community, region or partnership.",
            "cities/PLACE/index.md", Place, (Kind.PLACE,), frozenset({"id", "profile"}), "page",
            "What people do there so that everybody can learn, in a few paragraphs.",
        ),
        FileKind(
            "assessment", "An assessment", "The answers of one place to one framework at one date.",
            "cities/PLACE/assessments/YEAR-FRAMEWORK.yml", Assessment, (Kind.ASSESSMENT,),
            frozenset({"place", "file_id"}),
        ),
        FileKind(
            "observation", "A published figure", "A row of the table with the published figures of a place.",
            "cities/PLACE/observations.csv", Observation, (Kind.OBSERVATIONS,), form="table",
        ),
        FileKind(
            "practice", "A case study", "What was tried, what happened, and how anybody knows; also what did not work.",
            "content/toolbox/practices/NAME.md", Practice, (Kind.PRACTICE,), frozenset({"id", "body"}), "page",
            "Three headings: what was done, what happened, what you would do differently.",
        ),
        FileKind(
            "tool", "A tool", "Something that another place can use tomorrow; its sheet is template.md beside it.",
            "content/toolbox/tools/NAME/index.md", Tool, (Kind.TOOL,), frozenset({"id", "body", "template"}), "page",
            "How to use it, step by step.",
        ),
        FileKind(
            "page", "A page to read", "A page of prose: to learn from, about the site, a framework or a criterion.",
            "content/FOLDER/NAME.md", ProsePage, (Kind.PROSE, Kind.CRITERION_PAGE), frozenset({"path", "body"}), "page",
            "The text; headings begin with two number signs, because the page has its own title.",
        ),
        FileKind(
            "framework", "A framework", "What is asked, on which scales, and what it cannot see.",
            "content/criteria/FRAMEWORK/framework.yml", Framework, (Kind.FRAMEWORK, Kind.FRAMEWORK_VERSION),
            frozenset({"id"}),
        ),
        FileKind(
            "crosswalk", "Links between frameworks", "Which entry of one belongs to which of another, and why.",
            "content/criteria/crosswalk.yml", Crosswalk, (Kind.CROSSWALK,),
        ),
        FileKind(
            "network", "Other sites", "The sites whose places are shown here, or whose pages are found here.",
            "content/network.yml", Network, (Kind.NETWORK,),
        ),
    )
})
"""In the order in which people meet them."""

_NAME = re.compile(r"[A-Z]{2,}")
_ANY_PAGE = r"content/.+\.md"
_PATHS = tuple(
    (re.compile(_ANY_PAGE if kind.name == "page" else _NAME.sub(r"(?!index\\.)[^/]+", re.escape(kind.path))), kind)
    for kind in KINDS.values()
)


def kind_of_path(path: str) -> FileKind | None:
    """The kind of a file by its path below the site's folder; None where nothing of it is described here."""
    if path.endswith("/template.md"):
        return None
    return next((kind for pattern, kind in _PATHS if pattern.fullmatch(path)), None)
