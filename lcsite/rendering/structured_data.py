"""What a page is about, for programs: JSON-LD with the words of schema.org, and only facts that the page shows too.

No score and no order of places stands in it. About what is invented it says nothing but where the page stands, so that
no program takes an invented town for a real one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lcsite.model.site import Site
from lcsite.pages import addresses
from lcsite.pages.page import Page
from lcsite.rendering.renderer import Renderer

__all__ = ["structured_data"]

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_TO_ESCAPE = str.maketrans(_ESCAPED)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_ONE = '{"@context":"https://schema.org",%s'
"""What describes one thing: its own text follows, without the bracket."""
_MANY = '{"@context":"https://schema.org","@graph":[%s]}'
_WAY = '{"@type":"BreadcrumbList","itemListElement":[%s]}'
_STEP = '{"@type":"ListItem","position":%d,"name":%s,"item":%s}'
_PLACES = {"city": "City", "town": "City", "region": "AdministrativeArea"}


def structured_data(page: Page, site: Site, renderer: Renderer) -> str:
    """JSON text that can stand in a script element. Addresses are whole where the site knows its own, else relative."""
    described = _Describer(page, site, renderer)
    things = [_JSON.encode(thing) for thing in described.things()]
    if page.crumbs:
        things.append(described.crumbs())
    if not things:
        return ""
    text = _ONE % things[0][1:] if len(things) == 1 else _MANY % ",".join(things)
    # Looking first takes a tenth of the time.
    return text.translate(_TO_ESCAPE) if any(map(text.__contains__, _ESCAPED)) else text


def _step(position: int, name: str, address: str) -> str:
    """One step of the way to a page."""
    return _STEP % (position, _JSON.encode(name), _JSON.encode(address))


_known_step = lru_cache(maxsize=300)(_step)
"""Most steps lead to many pages."""


class _Describer:
    def __init__(self, page: Page, site: Site, renderer: Renderer) -> None:
        self._page = page
        self._site = site
        self._say = renderer.say
        self._base = site.url.rstrip("/") if site.url else ""

    def things(self) -> Iterator[dict[str, Any]]:
        """What the page is about."""
        page = self._page
        if not page.demonstration:
            match page.kind:
                case "home":
                    yield self._thing("WebSite", publisher=self._publisher())
                case "place":
                    yield self._place()
                case "scorecard" | "data":
                    yield self._dataset()
                case "practice":
                    yield self._article(citation=page.facts().get("sources", ()))
                case "prose" if page.section == addresses.prose("learn/index"):
                    yield self._article()
                case "tool":
                    yield self._thing("HowTo", supply=page.facts().get("needs", ()), license=self._licence())

    def crumbs(self) -> str:
        """The way to the page, as JSON text."""
        page = self._page
        steps = [
            _known_step(position, self._say(crumb.title), self._at(crumb.address))
            for position, crumb in enumerate(page.crumbs, 1)
        ]
        return _WAY % ",".join([*steps, _step(len(steps) + 1, self._say(page.title), self._at(page.address))])

    def _thing(self, type_: str, name: str = "name", **more: Any) -> dict[str, Any]:
        """A thing with the name of the page; what is not known is left out."""
        page, home = self._page, self._page.home
        found = {"@type": type_, name: self._say(page.title), **more}
        if page.kind != "place":  # its description speaks of the page
            found["description"] = self._say(page.description)
        if self._base:
            found["url"] = self._at(page.address)
        if home is not None and home.address:
            found["isBasedOn" if type_ in ("Article", "Dataset", "HowTo") else "sameAs"] = home.address
        return {key: value for key, value in found.items() if value}

    def _place(self) -> dict[str, Any]:
        facts = self._page.facts()
        where: dict[str, Any] = {"address": {"@type": "PostalAddress", "addressCountry": facts["country"]}}
        if "lat" in facts:
            where["geo"] = {
                "@type": "GeoCoordinates", "latitude": _number(facts["lat"]), "longitude": _number(facts["lon"])
            }
        if "part_of" in facts:
            where["containedInPlace"] = {"@type": "Place", "name": facts["part_of"]}
        return self._thing(_PLACES.get(str(facts["kind"]), "Place"), alternateName=facts.get("names", ()), **where)

    def _dataset(self) -> dict[str, Any]:
        facts, site = self._page.facts(), self._site
        files = facts.get("files", ())
        assert isinstance(files, Iterable)
        day = facts.get("day", site.as_of.isoformat())
        about = {"@type": "Place", "name": facts["place"]} if "place" in facts else None
        return self._thing(
            "Dataset", license=self._licence(), creator=self._publisher(), dateModified=day, spatialCoverage=about,
            isAccessibleForFree=True, distribution=[
                {"@type": "DataDownload", "encodingFormat": media, "contentUrl": self._at(address)}
                for address, media in files
            ],
        )

    def _article(self, **more: Any) -> dict[str, Any]:
        language = self._page.language or self._site.language
        return self._thing(
            "Article", "headline", inLanguage=language, license=self._licence(), publisher=self._publisher(), **more
        )

    def _publisher(self) -> dict[str, Any]:
        home = self._page.home
        return {"@type": "Organization", "name": home.publisher if home else self._site.publisher}

    def _licence(self) -> str:
        return self._page.home.licence_url if self._page.home else self._site.licence_url

    def _at(self, address: str) -> str:
        if self._base:
            return f"{self._base}/{address}"
        return addresses.relative(address, self._page.address)


def _number(value: Any) -> float:
    """Degrees as JSON has them; a pin needs no more digits than a float keeps."""
    assert isinstance(value, Decimal)
    return float(value)

