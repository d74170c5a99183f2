"""What the frame around a page needs to know, as plain values for the theme: names, menu, language, addresses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from lcsite.model.site import Site
from lcsite.pages import addresses
from lcsite.pages.page import Page
from lcsite.rendering.renderer import Fragment, Renderer
from lcsite.rendering.search_marks import search_marks
from lcsite.rendering.site_colours import palettes
from lcsite.rendering.social_cards import CARD_NAMES, card_name, card_words
from lcsite.rendering.structured_data import structured_data

__all__ = ["CONTENT_POLICY", "content_policy", "page_frame", "site_frame"]

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types lcsite"
)
"""What a page may load: files of its own site, and nothing inline. The search runs WebAssembly.

Text becomes markup only through the trusted types policy `lcsite`, which a script of ours makes and keeps to itself.
"""


def content_policy(searched: Iterable[str] = ()) -> str:
    """The policy of a site that also searches the sites at the addresses `searched`: their indexes may be read."""
    origins = sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, searched)})
    return CONTENT_POLICY.replace("connect-src 'self'", " ".join(("connect-src 'self'", *origins)))


def site_frame(
    site: Site, renderer: Renderer, *, version: str, report: str, find: str = "", searched: Iterable[str] = ()
) -> dict[str, Any]:
    """The values that are the same on every page. `searched`: the addresses of other sites that the search asks."""
    return {
        "site_title": site.title,
        "csp": content_policy(searched),
        "logo": site.logo or "",
        "colours": palettes(site.colour),
        "tagline": site.tagline,
        "nav": [(entry.page, entry.title, entry.page) for entry in site.menu],
        "footer": [(entry.title, entry.page) for entry in site.footer],
        "search": find,
        "licence": site.licence,
        "licence_url": site.licence_url,
        "contact": site.contact or "",
        "contact_url": report,
        "contribute_url": "contribute/",
        "source_url": site.source_url or "",
        "version": version,
        "as_of": site.as_of.isoformat(),
        "as_of_text": renderer.date(site.as_of),
        "lang": renderer.language,
        "dir": renderer.direction,
        "cards": _cards(site, renderer) if site.url else {},
    }


def _cards(site: Site, renderer: Renderer) -> dict[str, dict[str, str]]:
    """The picture of a shared link, for each kind of page that has one of its own: whole address and words."""
    base = str(site.url).rstrip("/") + "/"
    return {
        name: {"image": base + addresses.card(name), "alt": card_words(name, site, renderer).alternative}
        for name in CARD_NAMES
    }


def page_frame(page: Page, fragment: Fragment, *, site: Site, renderer: Renderer, base: str = "") -> dict[str, Any]:
    """The values of one page. `base` is the address of the site, ending with a slash, or empty."""
    return {
        "kind": page.kind,
        "title": fragment.title,
        "description": fragment.description,
        "section": page.section,
        "demonstration": page.demonstration,
        "lang": fragment.language,
        "dir": fragment.direction,
        "scripts": page.scripts,
        "search": search_marks(page, fragment, renderer),
        "card": card_name(page),
        "feed": page.feed,
        "jsonld": structured_data(page, site, renderer),
        "canonical": base.rstrip("/") + "/" + page.address if base else "",
    }
