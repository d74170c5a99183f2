"""Atom feeds: what is new on the site, about a place, about a criterion. https://www.rfc-editor.org/rfc/rfc4287

New is what carries a day of its own: a line of news, an assessment (the day for which its answers hold), a practice
that says when it was added. Nothing is dated by a clock or by a guess; what has no day is in no feed. Entries stand in
the order of their days, which says nothing about the places.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from lxml import etree

from lcsite.model.assessment import Assessment
from lcsite.model.framework import Framework, Node
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.no_ranking import name_key
from lcsite.pages.page import Download, Words
from lcsite.pages.readings import Readings
from lcsite.rendering.renderer import Renderer

__all__ = ["feed_downloads"]

MOST_ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class _Entry:
    """`key` is what the entry is about, for ever."""

    key: str
    day: datetime.date
    title: str
    summary: str
    address: str


def feed_downloads(portfolio: Portfolio, readings: Readings, renderer: Renderer) -> Iterator[Download]:
    """One feed for the site, one for each place, one for each criterion."""
    feeds = _Feeds(portfolio, readings, renderer)
    yield Download(addresses.feed, feeds.of_site, "New on this site")
    for place in portfolio.places:
        yield Download(addresses.place_feed(place), partial(feeds.of_place, place), portfolio.places[place].name)
    for framework in portfolio.frameworks.values():
        for criterion in framework.criteria:
            address = addresses.criterion_feed(framework.id, criterion.id)
            yield Download(address, partial(feeds.of_criterion, framework, criterion), criterion.title)


class _Feeds:
    def __init__(self, portfolio: Portfolio, readings: Readings, renderer: Renderer) -> None:
        self._portfolio = portfolio
        self._readings = readings
        self._say = renderer.say
        self._site = portfolio.site

    def of_site(self) -> bytes:
        news = [
            _Entry(f"news:{line.date}:{line.text}", line.date, line.text, "", line.page or addresses.home)
            for line in self._site.news
        ]
        entries = [*news, *self._assessments(self._portfolio.assessments), *self._practices(self._portfolio.practices)]
        return self._atom(addresses.feed, addresses.home, self._site.title, entries)

    def of_place(self, place: str) -> bytes:
        here = [id_ for id_, practice in self._portfolio.practices.items() if place in practice.places]
        entries = [*self._assessments(self._portfolio.assessments_of(place)), *self._practices(here)]
        title = self._portfolio.places[place].name
        return self._atom(addresses.place_feed(place), addresses.place(place), title, entries)

    def of_criterion(self, framework: Framework, criterion: Node) -> bytes:
        own = {f"{framework.id}/{node.id}" for node in criterion.walk()}
        near = [id_ for id_, practice in self._portfolio.practices.items() if own.intersection(practice.supports)]
        below = {node.id for node in criterion.walk()}
        asked = [a for a in self._portfolio.assessments if a.framework_id == framework.id and below & a.answers.keys()]
        entries = [*self._assessments(asked, criterion), *self._practices(near)]
        address = addresses.criterion(framework.id, criterion.id)
        return self._atom(addresses.criterion_feed(framework.id, criterion.id), address, criterion.title, entries)

    def _assessments(self, assessments: Iterable[Assessment], criterion: Node | None = None) -> Iterator[_Entry]:
        for made in assessments:
            framework = self._portfolio.frameworks.get(made.framework_id)
            if framework is None or (made.place, made.file_id) in self._portfolio.superseded:
                continue
            place = self._portfolio.places[made.place]
            names = {"place": place.name, "framework": framework.short_title or framework.title}
            title = Words("{place} has been read by {framework}", **names)
            if place.demonstration:
                title = Words("Invented: {place} has been read by {framework}", **names)
            known = sum(not answer.is_unknown for answer in made.answers.values())
            who = made.by.who.rstrip(".")
            summary = Words("{n} question answered. {who}.", many="{n} questions answered. {who}.", n=known, who=who)
            yield _Entry(
                f"assessment:{made.place}/{made.file_id}", made.as_of, self._say(title), self._say(summary),
                addresses.scorecard(made.place, made.framework_id, node=criterion.id if criterion else ""),
            )

    def _practices(self, ids: Iterable[str]) -> Iterator[_Entry]:
        for id_ in ids:
            practice = self._portfolio.practices[id_]
            if practice.added is not None:
                title = self._say(Words("Invented: {title}", title=practice.title)) if practice.demonstration else ""
                address = addresses.practice(id_)
                yield _Entry(f"practice:{id_}", practice.added, title or practice.title, practice.summary, address)

    def _atom(self, here: str, page: str, title: str, entries: Iterable[_Entry]) -> bytes:
        by_title = sorted(entries, key=lambda entry: (name_key(entry.title), entry.key))
        newest = sorted(by_title, key=lambda entry: entry.day, reverse=True)[:MOST_ENTRIES]
        feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
        feed.set("{http://www.w3.org/XML/1998/namespace}lang", self._site.language)
        self._add(feed, "id", self._urn(f"feed:{here}"))
        shown = title if page == addresses.home else f"{title} · {self._site.title}"
        self._add(feed, "title", shown)
        self._add(feed, "updated", _moment(newest[0].day if newest else self._site.as_of))
        self._add(self._add(feed, "author"), "name", self._site.publisher)
        self._add(feed, "rights", self._site.licence)
        self._add(feed, "link", rel="alternate", type="text/html", href=self._at(page, here))
        if self._site.url:
            self._add(feed, "link", rel="self", type="application/atom+xml", href=self._at(here, here))
        for entry in newest:
            self._entry(feed, entry, here)
        etree.indent(feed, " ")
        text: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
        return text + b"\n"

    def _entry(self, feed: etree._Element, entry: _Entry, here: str) -> None:
        found = self._add(feed, "entry")
        self._add(found, "id", self._urn(entry.key))
        self._add(found, "title", entry.title)
        self._add(found, "updated", _moment(entry.day))
        self._add(found, "link", rel="alternate", type="text/html", href=self._at(entry.address, here))
        if entry.summary:
            self._add(found, "summary", entry.summary)

    @staticmethod
    def _add(above: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
        element = etree.SubElement(above, f"{{{_ATOM}}}{name}", attributes)
        element.text = text
        return element

    def _at(self, address: str, here: str) -> str:
        return f"{self._site.url.rstrip('/')}/{address}" if self._site.url else addresses.relative(address, here)

    def _urn(self, key: str) -> str:
        """The same for the same thing in every build, as long as the site keeps its address."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self._site.url or self._site.title}#{key}").urn


def _moment(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
