"""The frames around pages, from the engine's templates, worked out once for all pages where only words differ.

A template is rendered with marks in the place of what differs (`marked_values`): title, content, what programs are
told. Whatever else it may look at is the same for all pages of a form: the other values of the page, which of the
drawings it needs, how deep it lies, and how far the addresses in the frame lie on its way. Where the site brings
templates of its own, or one of ours does more with a mark than to print it, each page is rendered by itself.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import normalize_url

from lcsite.mkdocs_plugin.all_pages import NOT_ALL
from lcsite.mkdocs_plugin.marked_values import MarkedRows, MarkedValue, NotAForm, pieces_of
from lcsite.rendering.blank_frame import Blank, BlankFrame, Filled
from lcsite.rendering.drawn_pieces import DRAWING, Drawn

__all__ = ["PLAIN", "Frames"]

_TEMPLATE = "main.html"
_VALUES = ("title", "description", "canonical", "jsonld", "feed")
_texts = itemgetter(*_VALUES)
_LISTS = {"filters": 2, "card": 2, "orders": 2}
"""What differs from page to page: texts, and lists for the search with the number of their columns."""
PLAIN = re.compile(r"(?:[\w-][\w.-]*/)*", re.ASCII).fullmatch
"""An address in which the engine changes nothing."""
_MOST_FAMILIES = 300


class _FramedPage:
    """What templates of ours look at of a page, and nothing else."""

    def __init__(self, url: str, content: str, values: Mapping[str, object]) -> None:
        self.url = url
        self.content = content
        self.title = values["title"]
        self.meta = {"lc": values}

    def __getattr__(self, name: str) -> Any:
        raise NotAForm(f"a template looks at {name}")


@dataclass(slots=True)
class _Family:
    """Forms that differ by nothing but addresses."""

    folders: frozenset[str] | None = None
    """The folders on the way to what the frame leads to; None as long as there is no form."""
    forms: dict[tuple[int, str], BlankFrame] = field(default_factory=dict)

    def place(self, address: str) -> tuple[int, str]:
        """How deep a page lies, and the last of the folders on its way: addresses depend on nothing else."""
        assert self.folders is not None
        folder = address
        while folder and folder not in self.folders:
            folder = folder[: folder.rfind("/", 0, -1) + 1]
        return address.count("/"), folder


class Frames:
    """The frames of one site, from its engine's environment for templates; ours lie in the folder `theme`."""

    def __init__(self, environment: Environment, config: MkDocsConfig, *, theme: Path) -> None:
        self._environment = environment
        self._config = config
        self._names = {config.extra["lc"]["site_title"] or config.site_name}
        self._drawings: tuple[str, ...] = ()
        """What the frame draws for content that names it, as far as templates have asked for it."""
        self._drawn_for = lru_cache(maxsize=_MOST_FAMILIES)(self._find_drawn)
        self._alike: Callable[[Mapping[str, Any]], tuple[Any, ...]] | None = None
        """Takes from the values of a page those that pages of one form have alike: all pages have the same names."""
        self._families: dict[tuple[object, ...], _Family] = {}
        self._usable = config.use_directory_urls and not _replaced(config.theme.dirs, theme)

    def around(self, address: str, content: Drawn, values: Mapping[str, Any]) -> tuple[BlankFrame, Filled] | None:
        """The page at an address, written into its frame; None where that takes the templates."""
        usable = self._usable and content.text and values["title"] and values["title"] not in self._names
        if not usable or not PLAIN(address):
            return None
        try:
            form = self._form(address, content.text, values)
        except NotAForm:
            self._usable = False
            return None
        written = {**values, "content": content}
        if values["feed"]:
            written["feedaddress"] = normalize_url(values["feed"], _FramedPage(address, "", values))  # type: ignore[arg-type]
        return form, form.fill(written, values["search"] or {})

    def _form(self, address: str, content: str, values: Mapping[str, Any]) -> BlankFrame:
        drawn = self._drawn_for(frozenset(DRAWING.findall(content)))
        search = values["search"]
        self._alike = self._alike or itemgetter(*(name for name in values if name not in _VALUES and name != "search"))
        alike = (
            drawn, self._alike(values), tuple(map(bool, _texts(values))),
            search and tuple([bool(search[name]) for name in _LISTS]),
        )
        family = self._families.get(alike)
        if family is None:
            if len(self._families) >= _MOST_FAMILIES:
                self._families.clear()
            family = self._families[alike] = _Family()
        form = family.forms.get(family.place(address)) if family.folders is not None else None
        if form is None:
            marked = MarkedValue("content", asked=self._drawings, holds=drawn)
            form, family.folders = self._make(address, marked, values)
            if more := vars(marked)["asked_more"]:  # only now it is known what pages have to have alike
                self._drawings = (*self._drawings, *dict.fromkeys(more))
                if not all(map(DRAWING.fullmatch, self._drawings)):
                    raise NotAForm("a template looks for something else in the content")
                self._families.clear()
                self._drawn_for.cache_clear()
                return self._form(address, content, values)
            family.forms[family.place(address)] = form
        return form

    def _find_drawn(self, named: frozenset[str]) -> frozenset[str]:
        """What the frame draws where content names this."""
        return frozenset([each for each in self._drawings if any(name.startswith(each) for name in named)])

    def _make(
        self, address: str, content: MarkedValue, values: Mapping[str, Any]
    ) -> tuple[BlankFrame, frozenset[str]]:
        """A form, and the folders on the way to what it leads to."""
        marked = {**values, **{name: MarkedValue(name, unlike=self._names) for name in _VALUES if values[name]}}
        if search := values["search"]:
            marked["search"] = {
                name: MarkedRows(name, columns) if search[name] else [] for name, columns in _LISTS.items()
            }
        page: Any = _FramedPage(address, content, marked)
        with self._noting_addresses() as asked:
            text = self._environment.get_template(_TEMPLATE).render(get_context(NOT_ALL, NOT_ALL, self._config, page))
        form = BlankFrame(pieces_of(text))
        if Blank("content", True) in form.blanks:
            raise NotAForm("a template escapes the content")
        return form, frozenset(chain.from_iterable(map(_on_the_way, asked)))

    @contextmanager
    def _noting_addresses(self) -> Iterator[set[str]]:
        """What templates ask the engine's filter for addresses."""
        plain = self._environment.filters["url"]
        asked = set(map(str, self._config.extra_javascript))  # these are written by another filter

        @pass_context
        def url(context: Context, value: Any) -> Any:
            if isinstance(value, MarkedValue):
                if vars(value)["name"] != "feed":
                    raise NotAForm("a template takes words for an address")
                return MarkedValue("feedaddress")
            asked.add(str(value))
            return plain(context, value)

        self._environment.filters["url"] = url
        try:
            yield asked
        finally:
            self._environment.filters["url"] = plain


def _on_the_way(address: str) -> Iterator[str]:
    """The folders on the way to an address, and the address itself as a folder."""
    folder = ""
    for name in filter(None, posixpath.normpath(f"/{address}").split("/")):
        folder += f"{name}/"
        yield folder


def _replaced(folders: list[str], theme: Path) -> bool:
    """Whether the site brings a template in the place of one of ours."""
    before = folders[: folders.index(str(theme))]
    names = [path.relative_to(theme) for path in theme.rglob("*.html")]
    return any(Path(folder, name).exists() for folder in before for name in names)
