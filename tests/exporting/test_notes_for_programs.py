"""Notes for programs: written where they count, from what the site says of itself, without a clock."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import lcsite
from lcsite.exporting.notes_for_programs import notes_for_programs
from tests.builders import site

ROOT = Path(__file__).parents[2]
# What the schema of the Citation File Format 1.2.0 asks for, and those of its fields that are used here
REQUIRED = {"authors", "cff-version", "message", "title"}
ALLOWED = REQUIRED | {
    "abstract", "date-released", "keywords", "license", "license-url", "repository-code", "type", "url", "version",
}


def notes(**words: Any) -> dict[str, str]:
    return {file.address: file.content().decode() for file in notes_for_programs(site(**words))}


def is_cff(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)
    assert REQUIRED <= found.keys() <= ALLOWED
    assert (found["cff-version"], found["type"] in ("software", "dataset")) == ("1.2.0", True)
    assert all(author["name"] for author in found["authors"])
    return found


def test_the_repository_says_how_to_cite_it() -> None:
    found = is_cff((ROOT / "CITATION.cff").read_text("utf-8"))
    assert str(found["version"]) == lcsite.__version__


@pytest.mark.parametrize(
    ("licence", "said"),
    [("CC BY 4.0", "CC-BY-4.0"), ("CC BY-SA 3.0", "CC-BY-SA-3.0"), ("CC 0 1.0", "CC0-1.0"), ("Ask us", None)],
)
def test_a_site_says_how_to_cite_it(licence: str, said: str | None) -> None:
    found = is_cff(notes(licence=licence, url="https://example.org/city/")["CITATION.cff"])
    assert (found.get("license"), found["url"]) == (said, "https://example.org/city/")
    assert ("license-url" in found) is (said is None)
    assert found["date-released"] == "2026-11-22"


def test_only_a_site_at_the_root_of_its_host_speaks_for_the_host() -> None:
    assert notes(contact="we@example.org").keys() == {"CITATION.cff"}
    assert notes(contact="we@example.org", url="https://example.org/city/").keys() == {"CITATION.cff"}
    found = notes(contact="we@example.org", url="https://example.org/")
    assert found["robots.txt"] == "User-agent: *\nAllow: /\nSitemap: https://example.org/sitemap.xml\n"
    assert found[".well-known/security.txt"] == (
        "Contact: mailto:we@example.org\nExpires: 2027-11-22T00:00:00Z\nPreferred-Languages: en\n"
        "Canonical: https://example.org/.well-known/security.txt\n"
    )


def test_nobody_is_named_who_gave_no_address() -> None:
    assert ".well-known/security.txt" not in notes(url="https://example.org/")
    assert ".well-known/security.txt" not in notes(url="https://example.org/", contact="The town hall, room 4")
    reports = notes(url="https://example.org/", contact="The town hall", report_url="https://example.org/report")
    assert re.match("Contact: https://example.org/report\n", reports[".well-known/security.txt"])
