"""The one Jinja environment: a page model in, a safe HTML fragment out.

Templates choose words and order and never compute. Everything is escaped unless this module made it; links are written
relative to the page on which they stand.
"""

from __future__ import annotations

import datetime
import gettext
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property, lru_cache, partial
from html import unescape
from typing import Any
from urllib.parse import unquote

from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from lcsite.light_classes import dataclass
from lcsite.pages import addresses
from lcsite.pages.no_ranking import guard_page, name_key
from lcsite.pages.page import Key, Page, Prose, Shown, Trait, Words
from lcsite.rendering.compiled_templates import CompiledTemplates
from lcsite.rendering.drawn_pieces import Drawn, Pieces
from lcsite.rendering.labels import LABELS
from lcsite.rendering.languages import manner_of
from lcsite.rendering.links import AllLinks
from lcsite.rendering.projection import spot_on_map
from lcsite.rendering.prose import render_prose
from lcsite.rendering.template_code import Modules, TemplateCode, escaped, mark, out

__all__ = ["Fragment", "Heading", "Renderer"]

_HEADING = re.compile(r'<h([23])(?:\s[^>]*?)?\sid="([^"]+)"[^>]*>(.*?)</h\1>', re.S)
_TAG = re.compile(r"<[^>]+>")
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

_MOST_MADE = 4_000
"""Pieces of pages that are kept, of about a kilobyte each."""
_MOST_PIECES = 2 * _MOST_MADE
"""Some of them are cut in two by what is another on each page."""
_BLANK = "\x02"
"""A sign that authored files may not hold, in place of what is another on each page."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents: level 2 or 3, the id on the page, the words."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """A rendered page without its frame, to be used before the next one is rendered."""

    drawn: Drawn
    title: str
    description: str
    language: str
    direction: str

    @property
    def html(self) -> str:
        """The page as it is written, put together each time: our own frame asks for the bytes alone."""
        return self.drawn.whole().decode()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The table of contents, looked for each time: our own frame has none."""
        return tuple(
            Heading(int(level), id_, unescape(_TAG.sub("", words)).strip())
            for level, id_, words in _HEADING.findall(self.html)
        )


_COMPILED: dict[str, CompiledTemplates] = {}
"""By language, for all sites of this process."""


class Renderer:
    """Renders pages in one language. `targets` maps an authored file to the address of its page, for links in prose."""

    def __init__(
        self,
        *,
        language: str = "en",
        targets: Mapping[str, str] | None = None,
        translations: gettext.NullTranslations | None = None,
        shared: Mapping[str, object] | None = None,
    ) -> None:
        self.language = language
        self.direction = "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
        self._locale = manner_of(language)
        self._targets = targets or {}
        self._target = lru_cache(maxsize=10_000)(self._find_target)  # many texts lead to the same
        self._translations = translations or gettext.NullTranslations()
        self._labels: dict[tuple[str, str], str] = {}
        self._numbers: dict[tuple[type, str, int | None], str] = {}
        self._dates: dict[tuple[datetime.date, str], str] = {}
        self._links = AllLinks()
        self._made: dict[tuple[object, int], tuple[tuple[Markup, ...], object]] = {}
        self._sentence = cache(self._find_sentence)
        self._alike = lru_cache(maxsize=_MOST_MADE, typed=True)(self._draw)
        self.pieces = Pieces()
        """What stands in the place of marks, for all pages from here on."""
        self._environment = self._make_environment(shared or {})
        self._modules: Mapping[str, Any] = self._environment.modules  # type: ignore[attr-defined]

    def render(self, page: Page) -> Fragment:
        """The inner HTML of a page. The body is made here, passes the guard of the first promise, and is forgotten."""
        body = page.body()
        guard_page(body, where=page.address or "the home page")
        title = self.say(page.title)
        self._stand_on(page.address)
        drawn = Drawn(str.__str__(self._modules[f"pages/{page.kind}.html"].the_page(page, body, title)), self.pieces)
        return Fragment(drawn, title, self.say(page.description), page.language or self.language, self.direction)

    def make_ready(self) -> None:
        """Read all templates of pages now, so that a copy of this process need not do it again."""
        for name in self._environment.list_templates(extensions=["html"]):
            self._environment.get_template(name)

    def picture(self, name: str, **values: object) -> str:
        """A picture that is a file of its own, as the text of an SVG."""
        return self._environment.get_template(f"pictures/{name}.svg").render(values)

    def render_file(self, template: str, here: str, view: object) -> str:
        """A file that is no page of the site, such as a badge, at the address `here`."""
        self._stand_on(here)
        text = str.__str__(self._modules[f"files/{template}"].the_file(view, self.direction))
        return Drawn(text, self.pieces).whole().decode() + "\n"

    def _stand_on(self, here: str) -> None:
        """Links are written as they stand on this page from now on: one is rendered after the other."""
        if len(self.pieces) > _MOST_PIECES:  # whoever holds marks forgets them too
            self._made.clear()
            self._alike.cache_clear()
            self.pieces.clear()
        self._environment.from_here = self._links.on(here)  # type: ignore[attr-defined]

    @property
    def translations(self) -> gettext.NullTranslations:
        """The catalogue, for the frame around the pages."""
        return self._translations

    def say(self, shown: Shown | Key | object) -> str:
        """Words in the reader's language; text of an author as it stands."""
        if type(shown) is str:
            return shown
        if isinstance(shown, Words):
            if not shown.values:
                return self._sentence(shown.text)
            values = {name: self.say(value) for name, value in shown.values.items()}
            if shown.many:
                count = shown.values["n"]
                assert isinstance(count, int)
                return self._translations.ngettext(shown.text, shown.many, count).format(**values)
            return self._translations.gettext(shown.text).format(**values)
        if isinstance(shown, Key):
            return self.label(shown.value, shown.kind)
        if isinstance(shown, bool) or shown is None:
            raise TypeError(f"{shown!r} is not to be said")
        if isinstance(shown, int | float | Decimal):
            return self.number(shown)
        return str(shown)

    def _find_sentence(self, text: str) -> str:
        return self._translations.gettext(text).format()

    def label(self, value: str, kind: str) -> str:
        """The word for a key. Raises KeyError where there is none: that is a fault of ours."""
        found = self._labels.get((kind, value))
        if found is None:
            found = self._labels[kind, value] = self._label(value, kind)
        return found

    def _label(self, value: str, kind: str) -> str:
        if kind == "country":
            return str(self._locale.territories.get(value.upper(), value))
        if kind == "language":
            return str(self._locale.languages.get(value.partition("-")[0], value))
        return self._translations.gettext(LABELS[kind][value])

    def trait(self, trait: Trait) -> str:
        """A value of a facet as the index holds it and a shared address names it: with its framework, if it has one."""
        words = self.say(trait.words)
        return f"{words} ({trait.group})" if trait.group else words

    def _once(self, macro: Callable[[object, str], Markup], about: object) -> tuple[Markup, ...]:
        """What a macro makes of a thing and the word or address that is another on each page: the pieces around that.

        Made once. The thing is kept too, so that it stays itself.
        """
        return (self._made.get((macro, id(about))) or self._make(macro, about))[0]

    def _make(self, macro: Callable[[object, str], Markup], about: object) -> tuple[tuple[Markup, ...], object]:
        if len(self._made) >= _MOST_MADE:
            self._made.clear()
        pieces = map(self.pieces.marked, str.split(macro(about, _BLANK), _BLANK))
        made = self._made[macro, id(about)] = tuple(map(mark, pieces)), about
        return made

    def _draw(self, macro: Callable[..., Markup], *values: object) -> Markup:
        """What a macro makes of some values, of which there are few: made once for all that are alike."""
        return mark(self.pieces.marked(str.__str__(macro(*values))))

    def _each(self, macro: Callable[[object, str], Markup], things: Iterable[Any]) -> Markup:
        """What a macro makes of each of some things and of its address on this page, one after another."""
        made, from_here = self._made, self._environment.from_here  # type: ignore[attr-defined]
        pieces: list[str] = []
        for thing in things:
            (before, after), _ = made.get((macro, id(thing))) or self._make(macro, thing)
            pieces += before, escaped(from_here[thing.address]), after
        return mark("".join(pieces))

    def number(self, value: int | float | Decimal | Fraction, places: int | None = None) -> str:
        """A number in the reader's manner; exact values keep the digits they were written with."""
        key = (type(value), str(value), places)  # 2.5 and 2.50 are equal and look different
        known = self._numbers.get(key)
        if known is None:
            if len(self._numbers) >= _MOST_MADE:
                self._numbers.clear()
            known = self._numbers[key] = self._number(value, places)
        return known

    def _number(self, value: int | float | Decimal | Fraction, places: int | None) -> str:
        exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
        if places is None and isinstance(value, Decimal) and isinstance(exponent := value.as_tuple().exponent, int):
            places = max(0, -exponent)  # 2.50 says more than 2.5
            if not value.is_signed():
                return f"{value:,.{places}f}".translate(self._marks)
        if places is None and type(value) is int and value >= 0 and self._groups_by_thousands:
            return f"{value:,}".translate(self._marks)
        if places is not None:
            return str(
                format_decimal(exact, format="#,##0." + "0" * places if places else "#,##0", locale=self._locale)
            )
        return str(format_decimal(exact, locale=self._locale, decimal_quantization=False))

    @cached_property
    def _marks(self) -> dict[int, str]:
        """What stands for the marks of a number written in English, in which the library takes ten times as long."""
        return {ord(","): get_group_symbol(self._locale), ord("."): get_decimal_symbol(self._locale)}

    @cached_property
    def _groups_by_thousands(self) -> bool:
        """Whether the language groups whole numbers as English does, and not by lakhs as Hindi does."""
        return all(
            format_decimal(number, locale=self._locale, decimal_quantization=False)
            == f"{number:,}".translate(self._marks)
            for number in (1_234, 1_234_567)
        )

    def date(self, value: datetime.date, length: str = "long") -> str:
        key = (value, length)
        known = self._dates.get(key)
        if known is None:
            if len(self._dates) >= _MOST_MADE:
                self._dates.clear()
            known = self._dates[key] = str(format_date(value, format=length, locale=self._locale))
        return known

    @property
    def speaks_as_shipped(self) -> bool:
        """Whether the words are those that come with the program, so that compiled templates can be kept."""
        return type(self._translations) is gettext.NullTranslations

    def _make_environment(self, shared: Mapping[str, object]) -> Environment:
        compiled = _COMPILED.setdefault(self.language, CompiledTemplates(self.language))
        environment = Environment(
            bytecode_cache=compiled if self.speaks_as_shipped else None,
            loader=PackageLoader("lcsite.rendering"),
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.code_generator_class = TemplateCode
        environment.extend(translations=self._translations, modules=Modules(environment), from_here=self._links.on(""))
        environment.install_gettext_translations(self._translations, newstyle=True)  # type: ignore[attr-defined]
        # Nothing here waits for anything, so that nobody has to look whether it does.
        environment.filters.update(
            {
                name: made.__wrapped__
                for name, made in environment.filters.items()
                if hasattr(made, "jinja_async_variant")
            }
        )
        environment.filters.update(
            say=self.say,
            label=self.label,
            number=self.number,
            date=self.date,
            link=_link,
            prose=pass_context(partial(_prose, self)),
            spot=_spot,
            anchor=addresses.anchor,
            tag_id=_tag_id,
            trait=self.trait,
            join=_join,
            filled=_filled,
            by_words=partial(_by_words, self),
            in_words=partial(_in_words, self),
            by_framework=_by_framework,
        )
        environment.tests["mapping"] = _is_mapping
        environment.globals.update(shared)
        environment.globals["addresses"] = addresses
        environment.globals["language"] = self.language
        environment.globals["once"] = self._once
        environment.globals["each"] = self._each
        environment.globals["alike"] = self._alike
        return environment

    def _find_target(self, folder: str, written: str) -> str | None:
        """Where a link leads that was written in a file of that folder; None where it stands as it was written."""
        path, hash_, fragment = written.partition("#")
        if not path or ":" in path.split("/", 1)[0] or path.startswith("//"):
            return None
        address = self._targets.get(posixpath.normpath(posixpath.join(folder, unquote(path))))
        return None if address is None else address + hash_ + fragment

    def prose(self, prose: Prose, from_here: Mapping[str, str], id_prefix: str, shift: int) -> Markup:
        """Authored Markdown as it stands on the page whose links are `from_here`."""
        target_of, folder = self._target, posixpath.dirname(prose.source)

        def resolve(written: str) -> str:
            target = target_of(folder, written)
            return written if target is None else from_here[target]

        return render_prose(prose.markdown, resolve=resolve, id_prefix=id_prefix, shift=shift)


def _join(values: Iterable[object], between: str) -> Markup:
    """Values one after another, as they stand in HTML: the engine's filter looks at each several times."""
    return mark(escaped(between).join(map(out, values)))


def _filled(pieces: tuple[Markup, ...], words: str) -> Markup:
    """What `once` drew, with the same words in each of its blanks."""
    return mark(escaped(words).join(pieces))


@pass_context  # so that it is not asked before there is a page, while templates are compiled
def _link(context: Context, target: str) -> str:
    return _from_here(context)[target]


def _from_here(context: Context) -> dict[str, str]:
    found: dict[str, str] = context.environment.from_here  # type: ignore[attr-defined]
    return found


def _prose(renderer: Renderer, context: Context, prose: Prose, id_prefix: str = "", shift: int = 0) -> Markup:
    return renderer.prose(prose, _from_here(context), id_prefix, shift)


def _by_words(renderer: Renderer, choices: Iterable[Any]) -> list[Any]:
    """Values of a facet in the order of their words in the reader's language."""
    return sorted(choices, key=lambda choice: name_key(renderer.say(choice.trait.words)))


def _in_words(renderer: Renderer, values: Iterable[Any]) -> list[Any]:
    """Values whose words are keys in the order of these words in the reader's language."""
    return sorted(values, key=lambda value: renderer.label(value.word, value.words_of).lower())


def _by_framework(nodes: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Criteria and their like under the title of their framework, by that title."""
    found: dict[str, list[Any]] = {}
    for node in nodes:
        found.setdefault(node.framework, []).append(node)
    return sorted(found.items(), key=lambda group: group[0].lower())


def _is_mapping(value: object) -> bool:
    return type(value) is dict or (type(value) is not tuple and isinstance(value, Mapping))


def _spot(place: Any) -> Any:
    return spot_on_map(place.lat, place.lon)


def _tag_id(text: str) -> str:
    """Words as an id on a page."""
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.casefold())
    return "-".join(filter(None, kept.split("-"))) or "s"
