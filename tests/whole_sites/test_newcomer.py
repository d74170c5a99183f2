"""A place that joins or leaves changes no page and no file of any other place: real builds, compared byte by byte."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.builders import SiteFolder, garden_site, population
from tests.builds import build, files_of, once

ALIKE = re.compile(r'<section class="lc-section" aria-labelledby="s-alike"[^>]*>.*?</section>', re.DOTALL)

ENTRY = re.compile(r" <entry>\n.*?</entry>\n", re.DOTALL)
DAY_OF_NEWEST = re.compile(r"^ <updated>.*</updated>\n", re.MULTILINE)  # that of the feed, not of an entry

LISTS = re.compile(
    r"index\.html$|cities/index\.html$|cities/by/|compare/|find/"  # lists of places
    r"|criteria/[a-z-]+/(?:index\.html$|[a-z0-9.-]+/index\.html$)"  # how many places were read; where each stands
    r"|data/v1/(?:index|places|assessments|answers|observations|scorecards|progress|links|datapackage)\.(?:json|csv)$"
    r"|lcsite\.json$"  # which places and files there are, for other sites
    r"|feeds/new\.xml$|feeds/criteria/"  # what is new
    r"|pagefind/"  # the index of all pages
)


def with_newcomer(made: SiteFolder) -> None:
    """Between the others by name, size and score: whoever looked at the others would show it."""
    made.place("beech", "Beech", population=population(11_000))
    answers = {"gardens-1": "3", "gardens-2": "4", "paths-1": "4", "paths-2": "2", "kitchens-1": "4"}
    made.assessment("beech", "garden-rules", answers)
    made.assessment("beech", "garden-rules", {"gardens-1": "1"}, year=2024)


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    def make(folder: Path) -> None:
        garden_site(folder / "before")
        with_newcomer(garden_site(folder / "after"))
        build(folder / "before")
        build(folder / "after")

    folder = once(tmp_path_factory, "newcomer", make)
    return folder / "before" / "site", folder / "after" / "site"


def belongs_to(path: str, place: str) -> bool:
    folders = f"cities/{place}/", f"data/v1/places/{place}/", f"data/v1/source/cities/{place}/", f"embed/{place}/"
    return path.startswith(folders) or path == f"feeds/places/{place}.xml"


@pytest.mark.slow
@pytest.mark.parametrize("place", ["alder", "birch", "cedar"])
def test_every_page_and_file_of_the_others_stays_byte_for_byte(before_and_after: tuple[Path, Path], place: str) -> None:
    before, after = before_and_after
    own = [path for path in files_of(before) if belongs_to(path, place)]
    assert own == [path for path in files_of(after) if belongs_to(path, place)]
    assert len(own) >= 3
    for path in own:
        one, other = (before / path).read_bytes(), (after / path).read_bytes()
        if path == f"cities/{place}/index.html":
            one, other = (ALIKE.sub("", page.decode()).encode() for page in (one, other))
        assert one == other, path


@pytest.mark.slow
def test_only_the_list_of_places_alike_in_context_may_name_the_newcomer(before_and_after: tuple[Path, Path]) -> None:
    before, after = before_and_after
    found = {place: (after / f"cities/{place}/index.html").read_text("utf-8") for place in ("alder", "birch", "cedar")}
    assert all("Beech" not in ALIKE.sub("", page) for page in found.values())
    assert "Beech" in found["alder"]
    named = re.findall(r"<bdi>(\w+)</bdi>", ALIKE.findall(found["alder"])[0])
    assert named == ["Beech", "Birch", "Cedar"]  # 11,000, 12,000 and 40,000 people beside 10,000
    assert re.findall(
        r"<bdi>(\w+)</bdi>", ALIKE.findall((before / "cities/alder/index.html").read_text("utf-8"))[0]
    ) == [
        "Birch",
        "Cedar",
    ]


@pytest.mark.slow
def test_nothing_but_lists_changes_elsewhere(before_and_after: tuple[Path, Path]) -> None:
    before, after = before_and_after
    old, new = set(files_of(before)), set(files_of(after))
    assert {path for path in new - old if not belongs_to(path, "beech") and not path.startswith("pagefind/")} == set()
    assert {path for path in old - new if not path.startswith("pagefind/")} == set()
    changed = {path for path in old & new if (before / path).read_bytes() != (after / path).read_bytes()}
    own = {path for place in ("alder", "birch", "cedar") for path in changed if belongs_to(path, place)}
    assert {path for path in changed - own if not LISTS.match(path)} == set()
    assert changed, "a newcomer that changes nothing would be shown nowhere"


@pytest.mark.slow
def test_in_the_lists_the_rows_of_the_others_stay_as_they_were(before_and_after: tuple[Path, Path]) -> None:
    before, after = before_and_after
    for name in ("places", "answers", "observations", "scorecards"):
        rows = []
        for site in (before, after):
            with (site / f"data/v1/{name}.csv").open(encoding="utf-8", newline="") as file:
                rows.append([row for row in csv.DictReader(file) if row["place"] != "beech"])
            data = json.loads((site / f"data/v1/{name}.json").read_text("utf-8"))
            rows[-1] += [row for row in data["rows"] if row["place"] != "beech"]
        assert rows[0] == rows[1], name


@pytest.mark.slow
def test_in_the_feeds_the_news_of_the_others_stay_as_they_were(before_and_after: tuple[Path, Path]) -> None:
    before, after = before_and_after
    feeds = [path for path in files_of(before) if path.startswith(("feeds/new.xml", "feeds/criteria/"))]
    assert "feeds/new.xml" in feeds
    assert len(feeds) > 3
    for path in feeds:
        feed = (after / path).read_text("utf-8")
        without = ENTRY.sub(lambda entry: "" if "/cities/beech/" in entry[0] else entry[0], feed)
        one, other = (DAY_OF_NEWEST.sub("", text) for text in ((before / path).read_text("utf-8"), without))
        assert one == other, path
    assert "Beech" in (after / "feeds/new.xml").read_text("utf-8")


@pytest.mark.slow
def test_other_sites_are_told_the_same_of_every_file_but_the_lists(before_and_after: tuple[Path, Path]) -> None:
    before, after = before_and_after
    one, other = (json.loads((site / "lcsite.json").read_text("utf-8")) for site in (before, after))
    assert [place for place in other["places"] if place["place"] != "beech"] == one["places"]
    known = {file["name"]: file for file in other["files"]}
    assert any(belongs_to(file["name"], "alder") for file in one["files"])
    for file in one["files"]:
        if not LISTS.match(file["name"]):
            assert known[file["name"]] == file


@pytest.mark.slow
def test_places_stand_by_name_or_id_in_every_list_whatever_their_scores(before_and_after: tuple[Path, Path]) -> None:
    _, after = before_and_after
    listed = re.findall(r"<bdi>(Alder|Beech|Birch|Cedar)</bdi>", (after / "cities/index.html").read_text("utf-8"))
    assert listed == ["Alder", "Beech", "Birch", "Cedar"]
    rows = json.loads((after / "data/v1/scorecards.json").read_text("utf-8"))["rows"]
    assert [row["place"] for row in rows] == sorted(row["place"] for row in rows)
    assert {row["place"] for row in rows} == {"alder", "beech", "birch"}
