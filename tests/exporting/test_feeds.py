"""Atom feeds: valid, the same every time, and dated by what carries a day of its own."""

from __future__ import annotations

import datetime
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree

from lcsite.exporting.feeds import MOST_ENTRIES
from lcsite.model.portfolio import Portfolio
from lcsite.pipeline import plan_site
from tests.builders import assessment, framework, place, portfolio, practice

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z")


def towns(**words: Any) -> Portfolio:
    line = {"date": "2026-05-01", "text": "A line of <b>news</b> & more", "page": "cities/"}
    return portfolio(
        news=[line], **words,
        frameworks=[framework("garden-rules")],
        places=[place("alder"), place("elm", demonstration=True)],
        assessments=[assessment("alder", {"gardens-1": "1", "paths-1": "don't know"}),
                     assessment("elm", {"gardens-1": "4"})],
        practices=[practice("seed-swap", places=["alder"], supports=["garden-rules/gardens"], added="2026-07-01"),
                   practice("undated", places=["alder"], supports=["garden-rules/gardens"])],
    )  # fmt: skip


def feeds(of: Portfolio) -> dict[str, etree._Element]:
    return {
        file.address: etree.fromstring(file.content())
        for file in plan_site(of).site.downloads if file.address.startswith("feeds/")
    }


def titles(feed: etree._Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]


@pytest.mark.parametrize("url", [None, "https://example.org/city/"])
def test_every_feed_has_what_the_standard_asks_for(url: str | None) -> None:
    found = feeds(towns(url=url))
    assert {"feeds/new.xml", "feeds/places/alder.xml", "feeds/criteria/garden-rules/gardens.xml"} <= found.keys()
    ids = set()
    for address, feed in found.items():
        assert feed.tag == f"{ATOM}feed"
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        for thing in (feed, *feed.iter(f"{ATOM}entry")):
            id_ = thing.findtext(f"{ATOM}id") or ""
            assert id_.startswith("urn:uuid:")
            assert thing.findtext(f"{ATOM}title")
            assert DAY.fullmatch(thing.findtext(f"{ATOM}updated") or "")
            for link in thing.findall(f"{ATOM}link"):
                assert bool(urlsplit(link.get("href") or "").scheme) is bool(url), address
        ids.add(feed.findtext(f"{ATOM}id"))
    assert len(ids) == len(found)


def test_what_has_a_day_is_new_and_what_has_none_is_in_no_feed() -> None:
    found = feeds(towns())
    assert titles(found["feeds/new.xml"]) == [
        "Seed swap", "Alder has been read by Framework garden-rules",
        "Invented: Elm has been read by Framework garden-rules", "A line of <b>news</b> & more",
    ]
    assert titles(found["feeds/places/alder.xml"]) == [
        "Seed swap", "Alder has been read by Framework garden-rules",
    ]
    assert titles(found["feeds/criteria/garden-rules/kitchens.xml"]) == []
    assert found["feeds/criteria/garden-rules/kitchens.xml"].findtext(f"{ATOM}updated") == "2026-11-22T00:00:00Z"


def test_signs_that_mean_something_in_xml_are_written_so_that_they_come_back() -> None:
    odd = "Land & <sea> \"quoted\" 'so' ]]> Äé"
    feed = feeds(towns(url="https://example.org/a&b/", title=odd, publisher=odd, licence=odd))["feeds/new.xml"]
    assert [feed.findtext(f"{ATOM}{name}") for name in ("title", f"author/{ATOM}name", "rights")] == [odd] * 3
    own = [link.get("href") for link in feed.findall(f"{ATOM}link")]
    assert own == ["https://example.org/a&b/", "https://example.org/a&b/feeds/new.xml"]
    assert "A line of <b>news</b> & more" in titles(feed)


def test_the_same_site_gives_the_same_bytes_and_a_later_day_no_new_entry() -> None:
    one, later = feeds(towns()), feeds(towns(as_of="2027-01-01"))
    new = [etree.tostring(entry) for entry in one["feeds/new.xml"].iter(f"{ATOM}entry")]
    assert [etree.tostring(entry) for entry in later["feeds/new.xml"].iter(f"{ATOM}entry")] == new


def test_no_feed_grows_without_end() -> None:
    days = [datetime.date(2020, 1, 1) + datetime.timedelta(days=n) for n in range(MOST_ENTRIES + 5)]
    news = [{"date": day.isoformat(), "text": f"Day {day}"} for day in days]
    found = titles(feeds(portfolio(news=news))["feeds/new.xml"])
    assert len(found) == MOST_ENTRIES
    assert found[0] == f"Day {days[-1]}"
