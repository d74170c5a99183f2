"""What a page is about, for programs: JSON-LD with the words of schema.org, and only facts that the page shows too.

No score and no order of places stands in it. About what is invented it says nothing but where the page stands, so that
no program takes an invented town for a real one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from lcsite.model.site import Site
from lcsite.pages import addresses
from lcsite.pages.page import Page
from lcsite.rendering.renderer import Renderer

__all__ = ["structured_data"]

_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_TO_ESCAPE = re.compile("[<>&\u2028\u2029]")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_PLACES = {"city": "City", "town": "City", "region": "AdministrativeArea"}


def structured_data(page: Page, site: Site, renderer: Renderer) -> str:
    """JSON text that can stand in a script element. Addresses are whole where the site knows its own, else relative."""
    things = [thing for thing in (_Describer(page, site, renderer).all()) if thing]
    if not things:
        return ""
    whole = {"@context": "https://schema.org", **(things[0] if len(things) == 1 else {"@graph": things})}
    text = _JSON.encode(whole)
    return text.translate(_ESCAPED) if _TO_ESCAPE.search(text) else text  # looking first takes a tenth of the time


class _Describer:
    def __init__(self, page: Page, site: Site, renderer: Renderer) -> None:
        self._page = page
        self._site = site
        self._say = renderer.say

    def all(self) -> Iterator[dict[str, Any]]:
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
        if page.crumbs:
            yield self._crumbs()

    def _thing(self, type_: str, **more: Any) -> dict[str, Any]:
        """A thing with the name of the page; what is not known is left out."""
        page, home = self._page, self._page.home
        found = {"@type": type_, "name": self._say(page.title), **more}
        if page.kind != "place":  # its description speaks of the page
            found["description"] = self._say(page.description)
        if self._site.url:
            found["url"] = self._at(page.address)
        if home is not None and home.address:
            found["isBasedOn" if type_ in ("Article", "Dataset", "HowTo") else "sameAs"] = home.address
        return {key: value for key, value in found.items() if value not in ("", (), [], None)}

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
        found = self._thing(
            "Article", inLanguage=language, license=self._licence(), publisher=self._publisher(), **more
        )
        return {"headline" if key == "name" else key: value for key, value in found.items()}

    def _crumbs(self) -> dict[str, Any]:
        trail = [(crumb.title, crumb.address) for crumb in self._page.crumbs]
        trail.append((self._page.title, self._page.address))
        return {"@type": "BreadcrumbList", "itemListElement": [
            {"@type": "ListItem", "position": number, "name": self._say(title), "item": self._at(address)}
            for number, (title, address) in enumerate(trail, 1)
        ]}

    def _publisher(self) -> dict[str, Any]:
        home = self._page.home
        return {"@type": "Organization", "name": home.publisher if home else self._site.publisher}

    def _licence(self) -> str:
        return self._page.home.licence_url if self._page.home else self._site.licence_url

    def _at(self, address: str) -> str:
        if self._site.url:
            return f"{self._site.url.rstrip('/')}/{address}"
        return addresses.relative(address, self._page.address)


def _number(value: Any) -> float:
    """Degrees as JSON has them; a pin needs no more digits than a float keeps."""
    assert isinstance(value, Decimal)
    return float(value)

