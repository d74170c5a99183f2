"""What a stranger proposes is joined as data, however deep, vast or odd it is."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lcsite.changes import joined
from tests.builders import garden_site
from tests.hostile.sites import lcsite, steers


def deep(folder: Path) -> None:
    """Folders in folders, 1,500 times."""
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    for _ in range(1_500):
        os.mkdir("a", dir_fd=here)
        below = os.open("a", os.O_RDONLY | os.O_DIRECTORY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def vast(folder: Path, name: str = "vast.md") -> None:
    """A file of a terabyte that takes no room."""
    with (folder / name).open("wb") as file:
        file.truncate(1 << 40)


def vast_site_file(folder: Path) -> None:
    vast(folder, "site.yml")


def odd_name(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\n::error::x.md")).write_text("x", "utf-8")


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.md")


@pytest.fixture
def proposed(tmp_path: Path) -> Iterator[Path]:
    for name in ("base", "proposed"):
        garden_site(tmp_path / name)
    yield tmp_path / "proposed"
    subprocess.run(["rm", "-rf", tmp_path], check=True)  # Python cannot remove what is so deep


def review(proposed: Path, *options: str) -> tuple[int, str]:
    done = lcsite("review", proposed.with_name("base"), proposed, "--into", proposed.with_name("into"), *options)
    assert done.seconds < 2
    assert not steers(done.out + done.err)
    assert not any(line.startswith("::") and "github" not in options for line in (done.out + done.err).splitlines())
    return done.code, done.out + done.err


@pytest.mark.parametrize(
    ("harm", "said"),
    [(deep, "lies too deep"), (vast, "file-too-large"), (vast_site_file, "file-too-large"),
     (odd_name, "refused-name"), (pipe, "nothing changes")],
)  # fmt: skip
@pytest.mark.parametrize("form", ["text", "github"])
def test_harm_in_the_content_is_named_and_costs_nothing(
    proposed: Path, harm: Callable[[Path], None], said: str, form: str
) -> None:
    harm(proposed / "content")
    code, printed = review(proposed, "--format", form)
    if harm is pipe:
        assert code == 0, printed
    else:
        assert code == 1, printed
        assert said in printed


@pytest.mark.parametrize("harm", [deep, vast, odd_name, pipe])
def test_harm_beside_the_content_is_named_and_left_out(proposed: Path, harm: Callable[[Path], None]) -> None:
    beside = proposed / "beside"
    beside.mkdir()
    harm(beside)
    code, printed = review(proposed)
    assert code == 0, printed
    assert ("left out" in printed) is (harm is not deep)
    assert not (proposed.with_name("into") / "beside").exists()


def test_of_too_many_files_only_so_many_are_copied_as_show_that_they_are_too_many(
    proposed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joined, "_MOST_FILES", 50)
    for number in range(200):
        (proposed / "cities" / f"a{number}.md").touch()
    started = time.process_time()
    joined.join(proposed.with_name("base"), proposed, proposed.with_name("into"))
    assert time.process_time() - started < 2
    assert len(list((proposed.with_name("into") / "cities").rglob("*.md"))) <= 51
