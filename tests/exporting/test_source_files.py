"""Places and practices as other sites gather them: the strict reader reads back what was written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.exporting.portable_text import portable_text
from lcsite.exporting.source_files import file_of_practice, files_of_place, source_bytes
from lcsite.model.place import Place
from lcsite.model.portfolio import Portfolio
from lcsite.model.words import Record
from lcsite.pipeline import read_and_check
from lcsite.problems import as_text
from lcsite.reading.authored_files import read_file
from lcsite.reading.layout import AuthoredFile, Kind
from tests.builders import assessment, observation, place, portfolio, practice
from tests.exporting.exported import exported
from tests.pages.gardens import gardens
from tests.scoring.sampleby import OPEN_DOORS

ROOT = Path(__file__).parents[2]
KINDS = {"index.md": Kind.PLACE, "observations.csv": Kind.OBSERVATIONS}


def nowhere(file: str, written: str) -> str:
    return ""


def made_of_place(of: Portfolio, one: Place) -> dict[str, bytes]:
    return {path: source_bytes(path, written, nowhere) for path, written in files_of_place(of, one)}


def read_again(path: str, raw: bytes) -> object:
    parts = path.split("/")
    kind = KINDS.get(parts[-1]) or (Kind.ASSESSMENT if path.endswith(".yml") else Kind.PRACTICE)
    id_ = {Kind.ASSESSMENT: f"{parts[1]}/{parts[-1][:-4]}", Kind.PRACTICE: parts[-1][:-3]}.get(kind, parts[1])
    found = read_file(AuthoredFile(kind, id_, path, path), raw)
    assert found.problems == (), path
    return found.record


def same(written: Record, read: object, body: str) -> bool:
    """Equal apart from the text, whose links have become words."""
    assert isinstance(read, type(written))
    return written.model_copy(update={body: ""}) == read.model_copy(update={body: ""})


def test_every_place_and_practice_of_this_portal_is_read_back_as_it_was() -> None:
    found = read_and_check(ROOT)
    of = found.portfolio
    assert of is not None, as_text(found.problems)
    for one in of.places.values():
        files = {path: read_again(path, made) for path, made in made_of_place(of, one).items()}
        assert same(one, files.pop(f"cities/{one.id}/index.md"), "profile")
        assert files.pop(f"cities/{one.id}/observations.csv", ()) == of.observations.get(one.id, ())
        assert set(files) == {f"cities/{one.id}/assessments/{a.file_id}.yml" for a in of.assessments_of(one.id)}
        assert all(file in of.assessments for file in files.values())
    for case in of.practices.values():
        path = file_of_practice(case)
        assert same(case, read_again(path, source_bytes(path, case, nowhere)), "body")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf"])).filter(str.strip))
def test_any_words_are_read_back_as_they_were(words: str) -> None:
    import unicodedata

    words = unicodedata.normalize("NFC", words)
    if any(sign in words for sign in "\u2028\u2029"):
        return
    one = place("alder", gaps=words, stakeholders=[words])
    ((path, made),) = made_of_place(portfolio(places=[one]), one).items()
    again = read_again(path, made)
    assert isinstance(again, Place)
    assert (again.gaps, again.stakeholders) == (one.gaps, one.stakeholders)


def few() -> Portfolio:
    return portfolio(
        frameworks=[OPEN_DOORS], places=[place("sampleby")],
        assessments=[assessment("sampleby", {"pleased": "2 of 3", "open-1": "1"}, framework_id="open-doors")],
        observations={"sampleby": (
            observation("open-doors/pleased", k="3", n="4", period="2026"),
            observation("open-doors/visits", value="40", period="2024"),
        )},
    )


def test_what_fewer_than_five_people_said_does_not_travel() -> None:
    files = made_of_place(few(), few().places["sampleby"])
    whole = b"".join(files.values())
    assert b"2 of 3" not in whole
    assert b"pleased" not in whole
    assert b"open-1: 1" in whole
    assert b"open-doors/visits,40" in whole


def test_links_travel_as_whole_addresses_or_as_words_and_pictures_as_words() -> None:
    body = (
        "See [the method](../../content/method/index.md#s4 \"How\"), [our audit](https://example.org/audit) and "
        "[more][m].\n\n![A [red] bus](media/bus.png)\n\n`[code](../x.md)`\n\n[m]: ../birch/index.md\n"
    )
    file = "cities/alder/index.md"
    there = portable_text(body, file, lambda file, written: "https://example.org/site/" + written.partition("#")[2])
    assert "[the method](https://example.org/site/s4 \"How\")" in there
    assert "[m]: https://example.org/site/" in there
    words = portable_text(body, file, nowhere)
    assert "See the method, [our audit](https://example.org/audit) and [more][m]." in words
    assert "\n\nA [red] bus\n\n" in words
    assert "[m]: #\n" in words
    assert "`[code](../x.md)`" in words


PIECES = ("[a]", "(x.md)", "[the method](../x.md#s4)", "[b](https://example.org/)", "[c](x (1).md)", "[", "]", "!", "`",
          "\n\n", "    ", ": ", "\\", "<", "words", "[d](#e)", "[](y.md)")


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.booleans())
def test_links_that_are_plain_are_taken_like_all_others(pieces: list[str], known: bool) -> None:
    body = " ".join(pieces)

    def resolve(file: str, written: str) -> str:
        return f"https://example.org/{written}" if known else ""

    with pytest.MonkeyPatch.context() as patch:
        there = portable_text(body, "cities/alder/index.md", resolve)
        patch.setattr("lcsite.exporting.portable_text._with_plain_links", lambda *_: None)
        assert there == portable_text(body, "cities/alder/index.md", resolve)


def test_the_files_are_published_and_named_in_the_account_of_the_site() -> None:
    import hashlib
    import json

    files = exported(gardens())
    account = json.loads(files["lcsite.json"])
    listed = {entry["name"]: entry for entry in account["files"]}
    assert set(listed) | {"data/v1/index.json"} == {name for name in files if name.startswith("data/v1/")}
    for name, entry in listed.items():
        assert (entry["size"], entry["sha256"]) == (len(files[name]), hashlib.sha256(files[name]).hexdigest())
    alder = next(row for row in account["places"] if row["place"] == "alder")
    assert alder["files"][0] == "data/v1/source/cities/alder/assessments/2024-garden-rules.yml"
    assert all(name in listed for row in account["places"] for name in row["files"])
    assert all(row["file"] in listed for row in account["practices"])
    assert {row["place"] for row in account["places"] if row["demonstration"]} == {"elm"}
    assert account["manifest_version"] == "1"
    assert account["frameworks"][0].keys() == {"id", "version"}


def test_a_practice_travels_with_everything_that_it_says() -> None:
    one = practice("seed-swap", places=["alder"], demonstration=True)
    path = file_of_practice(one)
    assert path == "content/toolbox/practices/seed-swap.md"
    again = read_again(path, source_bytes(path, one, nowhere))
    assert again == one.model_copy(update={"body": one.body.strip("\n") + "\n"})
