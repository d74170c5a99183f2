"""A command that remembers says the same as one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from lcsite.cache import whereabouts
from lcsite.cli import run
from lcsite.reading import portfolio_reader
from lcsite.reading.authored_files import FileContent, read_file
from lcsite.reading.layout import AuthoredFile
from tests.builders import garden_site


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_check_that_remembers_finds_the_same_mistakes_after_each_edit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = garden_site(tmp_path / "site")
    monkeypatch.setenv("LCSITE_CACHE", str(tmp_path / "cache"))
    place = site.root / "cities/alder/index.md"
    good = place.read_text("utf-8")
    for text in (good, good.replace("kind: town", "kind: twon"), good + "<b>bold</b>\n", good + "[x](y.md)\n", good):
        place.write_text(text, "utf-8")
        fresh = said(capsys, "check", str(site.root), "--no-cache")
        assert [said(capsys, "check", str(site.root)) for _ in range(2)] == [fresh, fresh]
        assert (fresh[0], fresh[1]) == (0, "") if text == good else fresh[0] == 1


def test_what_was_read_once_is_not_parsed_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = garden_site(tmp_path / "site")
    monkeypatch.setenv("LCSITE_CACHE", str(tmp_path / "cache"))
    first = said(capsys, "check", str(site.root))
    parsed: list[str] = []

    def noted(file: AuthoredFile, raw: bytes) -> FileContent:
        parsed.append(file.path)
        return read_file(file, raw)

    monkeypatch.setattr(portfolio_reader, "read_file", noted)

    assert said(capsys, "check", str(site.root)) == first
    assert parsed == []

    place = site.root / "cities/alder/index.md"
    text = place.read_text("utf-8")
    place.write_text(f"{text}\nMore.\n", "utf-8")
    assert said(capsys, "check", str(site.root)) == first
    assert parsed == [], "nothing is read with a text of which nothing is to be said"

    place.write_text(text.replace("kind: town", "kind: village"), "utf-8")
    assert said(capsys, "check", str(site.root)) == first
    assert parsed == ["cities/alder/index.md"]

    monkeypatch.setattr(whereabouts, "_program", lambda: b"another version")
    said(capsys, "check", str(site.root))
    assert len(parsed) > 2, "another version of the program reads everything again"


def test_another_version_of_a_library_is_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nh3-0.0.dist-info").mkdir()
    before = whereabouts._program.__wrapped__()
    monkeypatch.syspath_prepend(tmp_path)
    with_an_older_one = whereabouts._program.__wrapped__()
    (tmp_path / "nh3-0.0.dist-info").rename(tmp_path / "nh3-0.1.dist-info")
    with_another = whereabouts._program.__wrapped__()
    (tmp_path / "nh3-0.1.dist-info").rename(tmp_path / "something_else-0.1.dist-info")
    assert len({before, with_an_older_one, with_another}) == 3
    assert whereabouts._program.__wrapped__() == before


def test_without_a_place_for_a_memory_a_check_goes_on_and_says_so_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = garden_site(tmp_path / "site")
    monkeypatch.setenv("LCSITE_CACHE", str(site.root / "cache"))

    code, _, err = said(capsys, "check", str(site.root), "--verbose")

    assert code == 0
    assert "inside the site, where contributions can reach it" in err
