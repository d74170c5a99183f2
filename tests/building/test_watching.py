"""Whoever writes is noticed, however it is done, and looking costs little while nobody does."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from lcsite.building import watching
from lcsite.building.watching import Watch


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in ("content/a.md", "content/deep/b.md", "content/deep/empty/.keep", "overrides/main.html", "mkdocs.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was")
    (tmp_path / "shared" / "partials").mkdir(parents=True)
    (tmp_path / "shared" / "partials" / "card.html").write_text("as it was")
    (tmp_path / "overrides" / "partials").symlink_to(tmp_path / "shared" / "partials")
    (tmp_path / "overrides" / "round").symlink_to(tmp_path / "overrides")
    (tmp_path / "overrides" / "nowhere").symlink_to(tmp_path / "nowhere")
    return tmp_path


def watch_of(site: Path) -> Watch:
    return Watch(site / name for name in ("content", "gathered", "overrides", "mkdocs.yml"))


def in_place(file: Path, words: str = "as it is ") -> None:
    file.write_text(words)


def with_its_old_times(file: Path) -> None:
    status = file.stat()
    in_place(file)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def by_another_name(file: Path) -> None:
    beside = file.with_name(f".{file.name}.part")
    in_place(beside)
    beside.replace(file)


WRITTEN: dict[str, Callable[[Path], object]] = {
    "a file written in place": lambda site: in_place(site / "content/deep/b.md"),
    "a file of the same size and the old times": lambda site: with_its_old_times(site / "content/deep/b.md"),
    "a file put in its place": lambda site: by_another_name(site / "content/deep/b.md"),
    "a new file": lambda site: in_place(site / "content/deep/c.md"),
    "a file removed": lambda site: (site / "content/deep/b.md").unlink(),
    "a file renamed": lambda site: (site / "content/a.md").rename(site / "content/deep/a.md"),
    "a new folder, which may be a mistake": lambda site: (site / "content/deeper").mkdir(),
    "a folder moved": lambda site: (site / "content/deep").rename(site / "content/deeper"),
    "a folder that comes later": lambda site: (site / "gathered").mkdir(),
    "the engine's file": lambda site: in_place(site / "mkdocs.yml"),
    "the engine's file gone": lambda site: (site / "mkdocs.yml").unlink(),
    "what a link leads to": lambda site: in_place(site / "shared/partials/card.html"),
    "where a link had led nowhere": lambda site: in_place(site / "nowhere"),
}


@pytest.mark.parametrize("what", WRITTEN)
def test_each_way_of_writing_is_noticed_once(what: str, site: Path) -> None:
    watch = watch_of(site)
    assert not watch.changed()
    WRITTEN[what](site)
    assert [watch.changed() for _ in range(3)] == [True, False, False]


def test_what_is_written_before_the_first_question_counts(site: Path) -> None:
    watch = watch_of(site)
    in_place(site / "content/a.md")
    assert watch.changed()


def test_two_quick_saves_are_noticed_as_one_or_two_and_a_later_one_again(site: Path) -> None:
    watch = watch_of(site)
    in_place(site / "content/a.md", "first")
    in_place(site / "content/a.md", "second one")
    assert watch.changed()
    in_place(site / "content/a.md", "third of them")
    assert watch.changed()
    assert not watch.changed()


def test_a_file_that_goes_and_comes_again_is_noticed_each_time(site: Path) -> None:
    watch = watch_of(site)
    for _ in range(2):
        (site / "content/a.md").unlink()
        assert watch.changed()
        in_place(site / "content/a.md")
        assert watch.changed()


def test_all_content_may_go_and_come_again(site: Path) -> None:
    watch = watch_of(site)
    (site / "content").rename(site / "away")
    assert watch.changed()
    (site / "away").rename(site / "content")
    assert watch.changed()
    in_place(site / "content/a.md")
    assert watch.changed()


def test_a_drive_that_is_away_for_a_moment_changes_nothing(site: Path) -> None:
    watch = watch_of(site)
    with mock.patch.object(watching.os, "scandir", side_effect=OSError("stale")):
        assert not watch.changed()
    assert not watch.changed()
    in_place(site / "content/a.md")
    assert watch.changed()


def test_many_files_are_looked_at_seldom_and_those_written_to_lately_each_time(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_FILES_FOR_ONE", 3)  # this site has a dozen: four questions or more in between
    watch = watch_of(site)
    looks = []
    look = watch._look
    monkeypatch.setattr(watch, "_look", lambda: looks.append(None) or look())
    assert not any(watch.changed() for _ in range(20))
    assert 2 <= len(looks) <= 5
    in_place(site / "content/a.md")
    assert sum(watch.changed() for _ in range(8)) == 1
    for nth in range(3):
        in_place(site / "content/a.md", "again " * nth)
        assert watch.changed()  # at the first question
    in_place(site / "content/deep/b.md")
    assert sum(watch.changed() for _ in range(8)) == 1
