"""Small files by which programs and researchers find their way: robots.txt, security.txt, CITATION.cff.

What only counts at the root of a host is written only for a site that stands there, and knows that it does.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import yaml

from lcsite.model.site import Site
from lcsite.pages.page import Download

__all__ = ["notes_for_programs"]

_MAIL = re.compile(r"[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+")
_CREATIVE_COMMONS = re.compile(r"CC[ -](0|BY(?:-(?:NC|SA|ND))*)[ -]([0-9]\.[0-9])")
_A_YEAR = datetime.timedelta(days=365)
CFF_VERSION = "1.2.0"


def notes_for_programs(site: Site) -> Iterator[Download]:
    """The files that fit this site, in a fixed order."""
    yield Download("CITATION.cff", partial(_citation, site), "How to cite this site")
    if site.url and urlsplit(site.url).path in ("", "/"):
        base = site.url.rstrip("/")
        yield Download("robots.txt", lambda: f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode())
        if contact := _contact(site):
            yield Download(".well-known/security.txt", partial(_security, site, contact, base))


def _contact(site: Site) -> str:
    """An address to which a person can write about a weakness: the contact, if that is one, else where reports go."""
    if site.contact and _MAIL.fullmatch(site.contact):
        return f"mailto:{site.contact}"
    return site.report_url if site.contact and site.report_url else ""


def _security(site: Site, contact: str, base: str) -> bytes:
    """https://www.rfc-editor.org/rfc/rfc9116. It ends a year after the day up to which the site speaks.

    A site that nobody keeps up any more so stops promising that somebody answers, and no clock is asked.
    """
    until = f"{(site.as_of + _A_YEAR).isoformat()}T00:00:00Z"
    lines = (
        f"Contact: {contact}", f"Expires: {until}", f"Preferred-Languages: {site.language}",
        f"Canonical: {base}/.well-known/security.txt",
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _citation(site: Site) -> bytes:
    """https://citation-file-format.github.io, a form that GitHub, Zotero and Zenodo read."""
    fields: dict[str, Any] = {
        "cff-version": CFF_VERSION, "message": "Please cite the site and the day up to which it speaks.",
        "type": "dataset", "title": site.title, "abstract": site.description,
        "authors": [{"name": site.publisher}], "date-released": site.as_of.isoformat(),
    }
    if found := _CREATIVE_COMMONS.fullmatch(site.licence):
        fields["license"] = f"CC{'0' if found[1] == '0' else f'-{found[1]}'}-{found[2]}"
    else:
        fields["license-url"] = site.licence_url
    if site.url:
        fields["url"] = site.url
    if site.source_url:
        fields["repository-code"] = site.source_url
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=110).encode()
