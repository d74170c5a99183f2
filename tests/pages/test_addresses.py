"""Addresses: one module knows them, and links between pages work under any address of the site."""

from __future__ import annotations

import posixpath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.pages import addresses
from lcsite.pages.page import Download, Page, Site

NAMES = st.sampled_from(["a", "b", "okay", "5.2", "long-learn-1", "index"])
FOLDERS = st.lists(NAMES, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))
FILES = st.tuples(FOLDERS, NAMES, st.just(".csv")).map("".join)
ROOTS = st.sampled_from(["https://example.org/", "https://example.org/portal/", "http://127.0.0.1:8000/a/b/c/"])


@given(target=FOLDERS | FILES, page=FOLDERS | FILES, fragment=st.just("") | NAMES.map("#n-{}".format), root=ROOTS)
def test_a_relative_link_leads_back_to_its_target_under_any_address(
    target: str, page: str, fragment: str, root: str
) -> None:
    link = addresses.relative(target + fragment, page)
    assert urljoin(root + page, link) == root + target + fragment
    assert not link.startswith("/")
    assert "://" not in link


@pytest.mark.parametrize(
    ("target", "page", "expected"),
    [
        ("cities/okay/", "", "cities/okay/"),
        ("", "cities/okay/", "../../"),
        ("", "", "./"),
        ("cities/okay/", "cities/okay/", "./"),
        ("cities/okay/#s-help", "cities/okay/", "#s-help"),
        ("criteria/", "cities/okay/rules/", "../../../criteria/"),
        ("data/v1/places.csv", "data/", "v1/places.csv"),
        ("cities/", "404.html", "cities/"),
        ("mailto:council@example.org", "data/", "mailto:council@example.org"),
        ("https://example.org/a?b#c", "data/", "https://example.org/a?b#c"),
    ],
)
def test_links_are_written_as_people_would(target: str, page: str, expected: str) -> None:
    assert addresses.relative(target, page) == expected


def test_a_node_has_an_anchor_that_is_a_plain_name() -> None:
    assert addresses.anchor("5.2.1") == "n-5-2-1"
    assert addresses.criterion("features", "5", node="5.2") == "criteria/features/5/#n-5-2"
    assert addresses.criterion("features", "5", node="5") == "criteria/features/5/"


def test_an_index_page_lives_in_its_folder_and_the_first_page_at_the_root() -> None:
    assert addresses.prose("index") == ""
    assert addresses.prose("learn/index") == "learn/"
    assert addresses.prose("learn/soil") == "learn/soil/"


def page(address: str) -> Page:
    return Page(address, "prose", "A page", "A page.", body=object)


def file(address: str) -> Download:
    return Download(address, bytes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (page("learn/soil/"), page("learn/soil/")),
        (page("learn/soil/"), page("learn/Soil/")),
        (page("learn/é/"), page("learn/e\u0301/")),
        (page("data/"), file("data/index.html")),
        (page(""), file("index.html")),
        (file("data/v1/a.csv"), file("data/v1/A.csv")),
    ],
)
def test_a_site_refuses_two_pages_or_files_with_one_address(one: Page | Download, other: Page | Download) -> None:
    both = (one, other)
    with pytest.raises(ValueError, match="two pages or files have the address"):
        Site(tuple(p for p in both if isinstance(p, Page)), tuple(d for d in both if isinstance(d, Download)))


def test_a_site_keeps_pages_and_files_of_different_addresses_in_their_order() -> None:
    site = Site((page("b/"), page("a/"), page("")), (file("a/b.csv"),))
    assert [p.address for p in site.pages] == ["b/", "a/", ""]


@given(st.lists(st.sampled_from(["a", "b-1", "c.d", "..", ".", "", "é"]), max_size=4),
       st.lists(st.sampled_from(["a", "b-1", "c.d", "e"]), max_size=4))  # fmt: skip
def test_the_short_way_to_write_a_link_gives_what_the_long_way_gives(there: list[str], here: list[str]) -> None:
    target, page = ("".join(f"{part}/" for part in parts) for parts in (there, here))
    expected = posixpath.relpath("/" + target, "/" + page) if target or page else "."
    assert addresses.relative(target, page) == ("./" if expected == "." else f"{expected}/")
