"""Two processes share the open data in lots; what they write together is what one of them would have written."""

from __future__ import annotations

import hashlib
import json
import pickle
import random
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcsite.exporting.catalogue import TABLES
from lcsite.exporting.encoded_tables import EncodedTable, put_down
from lcsite.exporting.spool import Spool
from lcsite.exporting.tables import Tables
from lcsite.exporting.writing import EncodedRows
from lcsite.linking import link_portfolio
from lcsite.pages.names import Names
from lcsite.pages.no_ranking import RankingRefused
from lcsite.pages.page import Lot, Site
from lcsite.pages.readings import Readings
from lcsite.pipeline import plan_site
from lcsite.working_apart import Ahead
from tests.builders import place
from tests.pages.gardens import changed, gardens


def site() -> Site:
    """The site about the gardens, planned anew: it knows its address, so that it has all kinds of downloads."""
    of = gardens()
    return plan_site(replace(of, site=of.site.model_copy(update={"url": "https://gardens.example.org/"}))).site


@pytest.fixture(scope="module")
def alone() -> dict[str, bytes]:
    """Every download, made one after another by one process that knows nothing of lots."""
    return {download.address: download.content() for download in site().downloads}


Made = tuple[dict[str, bytes], object]


def shared(of: Site) -> list[Lot]:
    """The lots that either process may make."""
    return [lot for lot in of.lots if not lot.gathers]


def account(of: Site) -> Lot:
    """The lot of what the account of the site says before it names its files."""
    return next(lot for lot in of.lots if not lot.downloads)


def make(lot: Lot) -> Made:
    return {download.address: download.content() for download in lot.downloads}, lot.tell()


def finish(here: Site, made: Sequence[Made]) -> dict[str, bytes]:
    """What the first process does once all lots are through."""
    found: dict[str, bytes] = {}
    for lot, (contents, told) in [*zip(shared(here), made, strict=True)][::-1]:  # the least likely order
        found |= contents
        lot.learn(told)
    for download in here.downloads:
        if download.address not in found:
            found[download.address] = download.content() if download.pieces is None else b"".join(download.pieces())
    return found


def test_what_a_copy_of_the_process_has_made_is_what_one_process_makes(alone: dict[str, bytes]) -> None:
    here = site()
    lots = shared(here)
    with Ahead(lambda job: make(lots[job]), len(lots), processes=2, jobs_a_ticket=1) as ahead:
        assert finish(here, [ahead.result(job) for job in range(len(lots))]) == alone


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whoever_makes_a_lot_and_whenever_the_bytes_are_the_same(
    alone: dict[str, bytes], chance: random.Random
) -> None:
    here, there = site(), site()
    order = [*range(len(shared(here)))]
    chance.shuffle(order)
    made: dict[int, Made] = {}
    for lot in order:
        who = chance.choice((here, there))
        made[lot] = pickle.loads(pickle.dumps(make(shared(who)[lot])))
    assert finish(here, [made[lot] for lot in sorted(made)]) == alone


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_without_lots_files_may_be_asked_for_in_any_order(alone: dict[str, bytes], chance: random.Random) -> None:
    downloads = [*site().downloads]
    chance.shuffle(downloads)
    assert {download.address: download.content() for download in downloads} == alone


def test_no_download_is_in_two_lots_and_all_of_them_are_of_the_site() -> None:
    here = site()
    inside = [download for lot in here.lots for download in lot.downloads]
    assert len({download.address for download in inside}) == len(inside)
    assert {id(download) for download in inside} <= {id(download) for download in here.downloads}
    assert [lot for lot in here.lots if not lot.downloads] == [account(here)]


def test_all_about_a_place_is_in_one_lot() -> None:
    lots = [{download.address for download in lot.downloads} for lot in site().lots]
    about_alder = {
        "data/v1/places/alder/answers.csv", "data/v1/places/alder/scorecards.json", "data/v1/places/alder/place.json",
        "data/v1/places/alder/compare.json", "data/v1/source/cities/alder/index.md",
        "data/v1/source/cities/alder/assessments/2024-garden-rules.yml",
        "data/v1/source/cities/alder/assessments/2026-garden-rules.yml",
        "feeds/places/alder.xml", "embed/alder/garden-rules.svg", "embed/alder/garden-rules.html",
    }
    assert about_alder in lots


def test_lots_of_places_stand_in_the_order_of_their_pages_before_all_others() -> None:
    here = site()
    beside = [lot.beside for lot in here.lots]
    pages = [page.address for page in here.pages if page.kind == "place"]
    assert [*pages, ""] == [*dict.fromkeys(beside)]


def test_tables_of_all_places_gather_what_lots_of_places_tell_and_what_names_files_is_in_no_lot() -> None:
    here = site()
    gathered = [{download.address for download in lot.downloads} for lot in here.lots if lot.gathers]
    tables = ("answers", "assessments", "observations", "places", "progress", "scorecards")
    whole = {f"data/v1/{name}.json" for name in tables}
    whole |= {f"data/v1/{name}.csv" for name in tables if name not in ("assessments", "progress")}
    assert gathered == [whole]
    outside = {d.address: d for d in here.downloads if not any(d in lot.downloads for lot in here.lots)}
    assert {"data/v1/index.json", "data/v1/datapackage.json", "lcsite.json"} <= outside.keys()
    assert all(download.pieces is None for download in outside.values())


def test_the_account_of_the_site_names_its_places_as_somebody_else_has_said() -> None:
    here = site()
    said: bytes = account(site()).tell()
    account(here).learn(said.replace(b'"name": "Alder"', b'"name": "Alderdale"'))
    manifest = json.loads(next(d for d in here.downloads if d.address == "lcsite.json").content())
    assert "files" not in json.loads(said)
    assert "data/v1/answers.csv" in {file["name"] for file in manifest["files"]}
    assert manifest["places"][0]["name"] == "Alderdale"


def test_the_index_names_the_fingerprints_of_files_that_somebody_else_made(alone: dict[str, bytes]) -> None:
    here, there = site(), site()
    files = finish(here, [make(lot) for lot in shared(there)])
    assert files["data/v1/index.json"] == alone["data/v1/index.json"]
    assert hashlib.sha256(files["data/v1/places/alder/answers.csv"]).hexdigest().encode() in files["data/v1/index.json"]


def test_places_in_another_order_are_refused_before_the_first_piece_whoever_made_them() -> None:
    here = site()
    lots = {lot.downloads[0].address: lot for lot in shared(here) if lot.downloads}
    told = {address: lot.tell() for address, lot in lots.items() if address.startswith("data/")}
    alder, birch = (told[f"data/v1/places/{place}/answers.csv"] for place in ("alder", "birch"))
    learn = next(lot.learn for address, lot in lots.items() if "alder" in address)
    learn(replace(alder, rows=birch.rows))
    learn(replace(birch, rows=alder.rows))
    whole = {download.address: download for download in here.downloads if download.pieces is not None}
    for name in ("answers.csv", "answers.json", "scorecards.csv", "scorecards.json"):
        pieces = whole[f"data/v1/{name}"].pieces
        assert pieces is not None
        with pytest.raises(RankingRefused, match=rf"{name}: .* 'birch' before 'alder'"):
            pieces()


def test_what_others_made_waits_outside_the_memory() -> None:
    of = changed(places={f"place-{n:03}": place(f"place-{n:03}") for n in range(200)})
    tables = Tables(of, link_portfolio(of), Readings(of, Names(of)))
    spool = Spool()
    answers = EncodedTable(next(table for table in TABLES if table.name == "answers"), tables, spool)
    tracemalloc.start()
    try:
        for number, name in enumerate(answers.parts):
            rows = EncodedRows(bytes([65 + number % 26]) * 50_000, 100, (name, name))
            answers.keep(name, *put_down([{"csv": rows, "json": rows}], spool))
        assert tracemalloc.get_traced_memory()[0] < 400_000  # of 20 million bytes
        for number, kept in enumerate(answers.whole("json")):
            assert kept.lines == bytes([65 + number % 26]) * 50_000
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
