"""A check that remembers says, in every form, what one says that remembers nothing: whatever was edited before."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcsite import checked_site
from lcsite.cache import KeptOutcomes, KeptReadings, Outcome, Store, reading_memory
from lcsite.cache.fingerprints import look_at, taken_together
from lcsite.cli import run
from lcsite.problems import Location, Problem
from lcsite.reading.authored_files import FileContent
from lcsite.reading.origins import Origin
from tests.builders import garden_site
from tests.cache import edits
from tests.cache.edits import EDITS, Edit

FORMS = ("text", "json", "github", "gitlab", "sarif")
ATTEMPTS = 12
"""Each is a site of its own with a handful of edits."""


def said(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(arguments)
    return code, out.getvalue(), err.getvalue()


@contextmanager
def remembering_in(folder: Path) -> Iterator[None]:
    before = os.environ.get("LCSITE_CACHE")
    os.environ["LCSITE_CACHE"] = str(folder)
    try:
        yield
    finally:
        del os.environ["LCSITE_CACHE"]
        if before is not None:
            os.environ["LCSITE_CACHE"] = before


ALL = ("cities", "content", "gathered", "mkdocs.yml", "overrides")


def fingerprints(root: Path, parts: tuple[str, ...] = ALL) -> dict[str, bytes] | None:
    found = look_at(root, parts)
    return found[0] if found else None


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LCSITE_CACHE", str(tmp_path / "memory"))
    return garden_site(tmp_path / "site").root


def agrees(root: Path, *options: str) -> tuple[int, str, str]:
    """What a check says, which is the same each time and without a memory."""
    fresh = said("check", str(root), *options, "--no-cache")
    assert [said("check", str(root), *options) for _ in range(2)] == [fresh, fresh]
    return fresh


KINDS: dict[str, Edit] = {
    "a text": edits.appended(edits.PRACTICE, "More words."),
    "a mistake in a text": edits.appended(edits.PRACTICE, "<b>bold</b>"),
    "a field": edits.exchanged(edits.PLACE, "kind: town", "kind: village"),
    "a mistake in a field": edits.exchanged(edits.PLACE, "kind: town", "kind: twon"),
    "an answer": edits.exchanged(f"{edits.ASSESSMENT}/2026-garden-rules.yml", "gardens-1", "gardens-9"),
    "a practice of another name": edits.renamed,
    "a practice that is gone": edits.removed(edits.PRACTICE),
    "a place that is gone": edits.place_removed,
    "a file that does not belong there": edits.put("content/notes.docx", b"x"),
    "a copy that nobody named": edits.put("gathered/other/lcsite.json", b"{}"),
    "bytes of the same number at the same time": edits.same_size_and_time,
    "nothing but times": edits.touched,
    "a link": edits.linked,
    "a folder without files": edits.deep_folder,
    "a name that is no text": edits.strange_name,
    "the site's own file": edits.removed(edits.SITE),
}


@pytest.mark.parametrize("kind", KINDS)
def test_after_each_kind_of_edit_a_check_says_what_a_fresh_one_says(site: Path, kind: str) -> None:
    said("check", str(site))
    before = fingerprints(site)

    KINDS[kind](site)

    agrees(site, "--verbose")
    assert (fingerprints(site) == before) is (kind == "nothing but times")


@settings(max_examples=ATTEMPTS)
@given(steps=st.lists(EDITS, min_size=1, max_size=5), form=st.sampled_from(FORMS), quiet=st.booleans())
def test_after_any_edits_a_check_says_in_every_form_what_a_fresh_one_says(
    steps: list[Edit], form: str, quiet: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("edited")
    root = garden_site(folder / "site").root
    with remembering_in(folder / "memory"):
        said("check", str(root))
        for step in steps:
            step(root)
            agrees(root, "--format", form, *(["--quiet"] if quiet else ["--verbose"]))
    shutil.rmtree(folder)


def test_a_site_in_which_nothing_has_changed_is_not_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edits.appended(edits.PLACE, "<b>bold</b>")(site)
    fresh = agrees(site)

    def read_and_check(*_: object, **__: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(checked_site, "read_and_check", read_and_check)

    assert said("check", str(site)) == fresh
    edits.touched(site)
    assert said("check", str(site)) == fresh
    edits.appended(edits.PLACE, "More.")(site)
    assert "it was read" in said("check", str(site))[2]


def test_a_check_of_an_unchanged_site_opens_no_room_that_reads_judges_or_builds(site: Path) -> None:
    said("check", str(site))
    program = (
        "import sys; from lcsite.cli import run; run(['check', sys.argv[1], '--quiet']);"
        "print(*sorted({name.split('.')[0] for name in sys.modules}, key=str.lower));"
        "print(*(name for name in sys.modules if name.startswith('lcsite.')))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(site)], capture_output=True, text=True, check=True)
    libraries, rooms = map(str.split, done.stdout.splitlines())

    assert not {"babel", "jinja2", "lxml", "mkdocs", "pydantic", "yaml"}.intersection(libraries)
    opened = {name.split(".")[1] for name in rooms}
    assert opened == {"builtin_folder", "cache", "cli", "light_classes", "looking", "problems", "tidying"}


def test_after_a_changed_text_the_site_is_read_only_where_there_may_be_something_to_say(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits.appended(edits.PLACE, "Ask ada@plums.test.")(site)
    fresh = agrees(site, "--verbose")
    read: list[Path] = []

    def noted(root: Path, **given: Any) -> checked_site.ReadSite:
        read.append(root)
        return read_and_check(root, **given)

    read_and_check = checked_site.read_and_check
    monkeypatch.setattr(checked_site, "read_and_check", noted)

    for text in ("More.", "[A page](../index.md)", "See [this](#more)."):
        edits.appended("content/toolbox/practices/seed-swap.md", text.replace("../", "../../"))(site)
        assert said("check", str(site), "--verbose") == fresh
    assert read == []

    for file, text in ((edits.PLACE, "More."), (edits.PRACTICE, "![Gone](media/gone.png)"), (edits.PRACTICE, "More.")):
        edits.appended(file, text)(site)
        assert said("check", str(site)) == said("check", str(site), "--no-cache")
        assert len(read) == 2, "spoken of before or now"
        read.clear()


def test_another_site_in_the_place_of_a_site_is_another_site(site: Path, tmp_path: Path) -> None:
    agrees(site)
    shutil.rmtree(site)
    other = garden_site(site)
    other.place("dogwood", "Dogwood", kind="twon")

    assert "dogwood" in agrees(other.root)[1]


def test_what_is_given_back_after_a_check_is_spoilt_is_checked_again(site: Path, tmp_path: Path) -> None:
    fresh = agrees(site)
    (memory,) = (tmp_path / "memory").iterdir()
    for damage in (b"", b"no database", memory.read_bytes()[:3000], memory.read_bytes().replace(b"blake", b"flake")):
        memory.write_bytes(damage)
        assert agrees(site) == fresh
    memory.unlink()
    assert agrees(site) == fresh


def test_values_that_are_no_outcome_and_no_contents_are_not_believed(site: Path, tmp_path: Path) -> None:
    fresh = agrees(site)
    (memory,) = (tmp_path / "memory").iterdir()
    connection = sqlite3.connect(memory)
    ((version,),) = connection.execute("select value from version").fetchall()
    kept = connection.execute("select kind, key from entry").fetchall()
    connection.close()
    store = Store(memory, version=version)
    for kind, key in kept:
        store.put(kind, key, pickle.dumps(["something else"]))
    store.close()

    assert {kind for kind, _ in kept} == {"last-check", "outcome", "readings"}
    assert agrees(site) == fresh


def test_an_outcome_is_kept_only_where_nothing_was_changed_while_it_was_found(site: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store", version=b"1")
    found = Outcome((Problem("code", Location("a.md"), "message"),), None)
    during = KeptOutcomes(store, site)
    path = site / edits.PLACE
    raw = path.read_bytes()
    path.write_bytes(raw + b"\n")
    path.write_bytes(raw)  # and changed back: a check may have read it between the two

    assert not during.keep(found)
    assert during.recall() is None

    after = KeptOutcomes(store, site)
    assert after.key == during.key
    assert after.keep(found)
    assert KeptOutcomes(store, site).recall() == found
    assert KeptOutcomes(store, site, package=site / "content").recall() is None, "what comes with the program counts"


def test_what_the_machine_did_not_hand_out_is_not_kept(site: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store", version=b"1")
    kept = KeptOutcomes(store, site)

    assert not kept.keep(Outcome((Problem("unreadable-file", Location("a.md"), "message"),), None))
    assert kept.recall() is None


def test_fingerprints_name_every_file_and_folder_and_give_up_where_they_cannot_say_all(tmp_path: Path) -> None:
    for name in ("content/a.md", "overrides/b.css", "cities/x/index.md", "notes/c.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"same")
    (tmp_path / "mkdocs.yml").write_bytes(b"other")

    found = fingerprints(tmp_path)

    assert found is not None
    assert sorted(found) == [
        "cities/", "cities/x/", "cities/x/index.md", "content/", "content/a.md", "mkdocs.yml", "overrides/",
        "overrides/b.css",
    ]
    assert found["content/a.md"] == found["overrides/b.css"] != found["mkdocs.yml"]
    assert fingerprints(tmp_path, ("content",)) == {"content/": b"", "content/a.md": found["content/a.md"]}
    os.mkfifo(tmp_path / "content/pipe")
    assert fingerprints(tmp_path) is None
    (tmp_path / "content/pipe").unlink()
    (tmp_path / "content/link").symlink_to("a.md")
    assert fingerprints(tmp_path) is None
    assert fingerprints(tmp_path / "nowhere") is None


def test_a_file_that_was_changed_and_changed_back_shows_in_a_look(tmp_path: Path) -> None:
    path = tmp_path / "content/a.md"
    path.parent.mkdir()
    path.write_bytes(b"a")
    first = look_at(tmp_path, ("content",))
    path.rename(tmp_path / "content/b.md")
    (tmp_path / "content/b.md").rename(path)
    second = look_at(tmp_path, ("content",))

    assert first is not None
    assert second is not None
    assert first[0] == second[0]
    assert first != second


def test_fingerprints_taken_together_tell_names_from_contents() -> None:
    sets = [{"a": b"bc"}, {"ab": b"c"}, {"a": b"b", "c": b""}, {"a": b"", "bc": b""}, {}]

    assert len({taken_together(each) for each in sets}) == len(sets)
    assert taken_together({"a": b"b"}, {}) != taken_together({}, {"a": b"b"})
    assert taken_together({"a": b"1", "b": b"2"}) == taken_together({"b": b"2", "a": b"1"})


def content(path: str, text: str) -> FileContent:
    return FileContent(text, Origin(path))


def readings(store: Store, **asked: str) -> dict[str, bool]:
    """Ask for the content of some files, keep what was not known, and say which were."""
    memory = KeptReadings(store)
    known = {}
    for path, text in asked.items():
        found = memory.recall(text.encode())
        known[path] = found is not None
        assert found in (None, content(path, text))
        if found is None:
            memory.keep(text.encode(), content(path, text))
    memory.put_away()
    store.write_down()
    return known


def test_contents_lie_in_parcels_of_which_only_those_with_news_are_packed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "s", version=b"1")
    first = {f"file{n}": f"text{n}" for n in range(200)}
    packed: list[bytes] = []
    put = store.put

    def noted(kind: str, key: bytes, value: bytes) -> None:
        packed.append(key)
        put(kind, key, value)

    monkeypatch.setattr(store, "put", noted)

    assert not any(readings(store, **first).values())
    assert len(packed) == reading_memory._PARCELS
    packed.clear()
    assert all(readings(store, **first).values())
    assert packed == []

    edited = first | {"file7": "another text"}
    assert [path for path, known in readings(store, **edited).items() if not known] == ["file7"]
    assert len(packed) == 1
    assert all(readings(store, **first).values()), "an edit that is taken back finds what was there"

    fewer = {path: text for path, text in first.items() if int(path[4:]) < 20}
    packed.clear()
    assert all(readings(store, **fewer).values())
    assert packed, "what is no longer asked for is let go"
    assert sum(readings(store, **first).values()) < 100
    store.close()


def test_two_runs_at_once_lose_nothing_but_time(tmp_path: Path) -> None:
    one, two = (Store(tmp_path / "s", version=b"1") for _ in range(2))
    readings(one, a="1", b="2")
    readings(two, a="1", c="3")

    assert readings(one, a="1", b="2", c="3")["a"]
    assert all(readings(two, a="1", b="2", c="3").values())
    one.close()
    two.close()
