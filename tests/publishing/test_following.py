"""Plain addresses are followed on a short way, which leads where the long way leads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcsite.publishing.following import Finder, Leads
from lcsite.publishing.page_facts import Link

PAGES = [
    "404.html", "a b/index.html", "a/b/c.html", "a/b/index.html", "a/index.html", "index.html", "é/index.html",
]  # fmt: skip
FILES = {*PAGES, "a.css"}
PIECES = [
    "", "../", "a/", "b/", "c.html", "a.css", "a", "..", ".", "/", "//", "#", "#x", "#top", "#a%62", "?q", "%61/", " ",
    "é/", "a b/", "\\", "https://site.example/", "https://site.example/a/", "HTTPS://", "mailto:", "\n", "index.html",
]


class ByTheLongWay(Finder):
    def _follow_plain(self, address: str) -> Leads | None:
        return None

    def _follow_own(self, link: Link) -> Leads | None:
        return None


ADDRESSES = st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), min_size=1, max_size=4)
SITES = [None, *(f"https://site.example{rest}" for rest in ("", "/", "/a/", "/%61", "?q"))]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PAGES), ADDRESSES, st.sampled_from(SITES), st.booleans(), st.booleans(), st.booleans())
def test_the_short_way_leads_where_the_long_way_leads(
    page: str, addresses: list[str], site: str | None, absolute: bool, as_files: bool, canonical: bool
) -> None:
    known: dict[str, Leads] = {}
    for address in addresses:
        for at in (page, PAGES[0], PAGES[-1]):  # what one page has named is known on the others
            link = Link(address, 1, loads=False, may_be_absolute=canonical)
            short = Finder(at, FILES, site, absolute, as_files, known=known).follow(link)
            assert short == ByTheLongWay(at, FILES, site, absolute, as_files).follow(link), (at, address)


@pytest.mark.parametrize(("page", "address", "there"), [
    ("a/b/index.html", "../../a/b/c.html#x", Leads("a/b/c.html", "x")),
    ("a/b/index.html", "../..", Leads("index.html")),
    ("a/b/index.html", "../../", Leads("index.html")),
    ("a/b/index.html", "#x", Leads("a/b/index.html", "x")),
    ("a/b/index.html", "#top", Leads("a/b/index.html")),
    ("404.html", "#x", Leads("404.html", "x")),
])  # fmt: skip
def test_an_address_leads_to_a_file_and_a_part_of_it(page: str, address: str, there: Leads) -> None:
    assert Finder(page, FILES, None, False).follow(Link(address, 1, False)) == there


@pytest.mark.parametrize("address", ["../../../a/", "a/b/d/", "../c", "a//", "c.html/"])
def test_an_address_that_leads_nowhere_is_told(address: str) -> None:
    assert Finder("a/b/index.html", FILES, None, False).follow(Link(address, 1, False)).code == "output-broken-link"
