"""Atom feeds: what is new on the site, about a place, about a criterion. https://www.rfc-editor.org/rfc/rfc4287

New is what carries a day of its own: a line of news, an assessment (the day for which its answers hold), a practice
that says when it was added. Nothing is dated by a clock or by a guess; what has no day is in no feed. Entries stand in
the order of their days, which says nothing about the places.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from html import escape
from itertools import islice

from lcsite.light_classes import dataclass
from lcsite.model.assessment import DONT_KNOW, Assessment
from lcsite.model.framework import Framework, Node
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.no_ranking import name_key
from lcsite.pages.page import Download, Later, Words
from lcsite.rendering.renderer import Renderer

__all__ = ["feed_downloads"]

MOST_ENTRIES = 50
_IN_QUOTES = str.maketrans({
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
})
_SPECIAL = re.compile(r"[&<>\"\t\n\r]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """`key` is what the entry is about, for ever."""

    key: str
    day: datetime.date
    title: str
    summary: str
    address: str
    of_scorecard: bool = False
    """Whether the address is that of a scorecard, on which a criterion has a part of its own."""


def feed_downloads(portfolio: Portfolio, renderer: Renderer) -> Iterator[Download]:
    """One feed for the site, one for each place, one for each criterion."""
    feeds = _Feeds(portfolio, renderer)
    yield Download(addresses.feed, feeds.of_site, "New on this site")
    for place in portfolio.places:
        yield Download(addresses.place_feed(place), Later(feeds.of_place, place), portfolio.places[place].name)
    for framework in portfolio.frameworks.values():
        for criterion in framework.criteria:
            address = addresses.criterion_feed(framework.id, criterion.id)
            yield Download(address, partial(feeds.of_criterion, framework, criterion), criterion.title)


class _Feeds:
    """All feeds of a site. What may stand in many of them is worded once, and looked up by what it is about."""

    def __init__(self, portfolio: Portfolio, renderer: Renderer) -> None:
        self._portfolio = portfolio
        self._say = renderer.say
        self._site = portfolio.site
        self._made: dict[tuple[str, str], _Entry | None] = {}
        self._worded: dict[str, tuple[str, str]] = {}
        """An entry's words before and after its address, by what it is about."""

    def of_site(self) -> bytes:
        news = [
            _Entry(f"news:{line.date}:{line.text}", line.date, line.text, "", line.page or addresses.home)
            for line in self._site.news
        ]
        made = (entry for entries in self._assessments.values() for _, entry in entries)
        return self._atom(addresses.feed, addresses.home, self._site.title, [*news, *made, *self._practices.values()])

    def of_place(self, place: str) -> bytes:
        made = (self._entry_of(assessment) for assessment in self._portfolio.assessments_of(place))
        entries = [*filter(None, made), *self._practices_of.get(f"place:{place}", ())]
        title = self._portfolio.places[place].name
        return self._atom(addresses.place_feed(place), addresses.place(place), title, entries)

    def of_criterion(self, framework: Framework, criterion: Node) -> bytes:
        below = {node.id for node in criterion.walk()}
        asked = (e for made, e in self._assessments.get(framework.id, ()) if not made.answers.keys().isdisjoint(below))
        # The newest come first, so no more than these can be among the newest of all.
        made = islice(asked, MOST_ENTRIES)
        own = (f"node:{framework.id}/{node}" for node in below)
        near = {entry.key: entry for key in own for entry in self._practices_of.get(key, ())}
        address = addresses.criterion(framework.id, criterion.id)
        feed = addresses.criterion_feed(framework.id, criterion.id)
        return self._atom(feed, address, criterion.title, [*made, *near.values()], addresses.anchor(criterion.id))

    @cached_property
    def _assessments(self) -> dict[str, list[tuple[Assessment, _Entry]]]:
        """By framework, newest first, those that the site has something to say of."""
        found: dict[str, list[tuple[Assessment, _Entry]]] = {}
        for made in self._portfolio.assessments:
            if (entry := self._entry_of(made)) is not None:
                found.setdefault(made.framework_id, []).append((made, entry))
        for entries in found.values():
            entries.sort(key=lambda each: _newest_first(each[1]))
        return found

    def _entry_of(self, made: Assessment) -> _Entry | None:
        """Worded once for the feed of its place and all others; nothing where the site has nothing to say of it."""
        key = made.place, made.file_id
        if key not in self._made:
            self._made[key] = self._make_entry_of(made)
        return self._made[key]

    def _make_entry_of(self, made: Assessment) -> _Entry | None:
        framework = self._portfolio.frameworks.get(made.framework_id)
        if framework is None or (made.place, made.file_id) in self._portfolio.superseded:
            return None
        place = self._portfolio.places[made.place]
        names = {"place": place.name, "framework": framework.short_title or framework.title}
        title = Words("{place} has been read by {framework}", **names)
        if place.demonstration:
            title = Words("Invented: {place} has been read by {framework}", **names)
        known = len(made.answers) - [answer.value for answer in made.answers.values()].count(DONT_KNOW)
        who = made.by.who.rstrip(".")
        summary = Words("{n} question answered. {who}.", many="{n} questions answered. {who}.", n=known, who=who)
        return _Entry(
            f"assessment:{made.place}/{made.file_id}", made.as_of, self._say(title), self._say(summary),
            addresses.scorecard(made.place, made.framework_id), of_scorecard=True,
        )

    @cached_property
    def _practices(self) -> dict[str, _Entry]:
        """Those that say when they came onto the site, by id."""
        found = {}
        for id_, practice in self._portfolio.practices.items():
            if practice.added is not None:
                title = self._say(Words("Invented: {title}", title=practice.title)) if practice.demonstration else ""
                address = addresses.practice(id_)
                found[id_] = _Entry(
                    f"practice:{id_}", practice.added, title or practice.title, practice.summary, address
                )
        return found

    @cached_property
    def _practices_of(self) -> dict[str, list[_Entry]]:
        """The same by each place and each node that they belong to."""
        found: dict[str, list[_Entry]] = {}
        for id_, entry in self._practices.items():
            practice = self._portfolio.practices[id_]
            for key in {*(f"place:{p}" for p in practice.places), *(f"node:{node}" for node in practice.supports)}:
                found.setdefault(key, []).append(entry)
        return found

    def _atom(self, here: str, page: str, title: str, entries: Iterable[_Entry], part: str = "") -> bytes:
        """A feed at the address `here` about what a page shows; entries lead to this `part` of scorecards."""
        newest = sorted(entries, key=_newest_first)[:MOST_ENTRIES]
        shown = title if page == addresses.home else f"{title} · {self._site.title}"
        own = self._site.url and _link(rel="self", type="application/atom+xml", href=self._at(here, here))
        return "".join([
            "<?xml version='1.0' encoding='utf-8'?>\n",
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_attribute(self._site.language)}">\n',
            _line("id", self._urn(f"feed:{here}")),
            _line("title", shown),
            _line("updated", _moment(newest[0].day if newest else self._site.as_of)),
            " <author>\n ", _line("name", self._site.publisher), " </author>\n",
            _line("rights", self._site.licence),
            _link(rel="alternate", type="text/html", href=self._at(page, here)),
            own or "",
            *[self._entry(entry, here, f"#{part}" if part and entry.of_scorecard else "") for entry in newest],
            "</feed>\n",
        ]).encode()

    def _entry(self, entry: _Entry, here: str, part: str) -> str:
        if entry.key not in self._worded:
            day = _moment(entry.day)
            told = _line("id", self._urn(entry.key)), _line("title", entry.title), _line("updated", day)
            summary = f" {_line('summary', entry.summary)}" if entry.summary else ""
            self._worded[entry.key] = " <entry>\n " + " ".join(told) + " ", f"{summary} </entry>\n"
        before, after = self._worded[entry.key]
        address = _attribute(self._at(entry.address + part, here))
        return f'{before} <link rel="alternate" type="text/html" href="{address}"/>\n{after}'

    def _at(self, address: str, here: str) -> str:
        return f"{self._site.url.rstrip('/')}/{address}" if self._site.url else addresses.relative(address, here)

    def _urn(self, key: str) -> str:
        """The same for the same thing in every build, as long as the site keeps its address."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self._site.url or self._site.title}#{key}").urn


def _line(name: str, text: str) -> str:
    return f" <{name}>{escape(text, quote=False)}</{name}>\n".replace("\r", "&#13;")


def _link(**attributes: str) -> str:
    return " <link " + " ".join(f'{name}="{_attribute(text)}"' for name, text in attributes.items()) + "/>\n"


def _attribute(text: str) -> str:
    return text.translate(_IN_QUOTES) if _SPECIAL.search(text) else text


def _newest_first(entry: _Entry) -> tuple[int, tuple[str, str], str]:
    return -entry.day.toordinal(), name_key(entry.title), entry.key


def _moment(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
