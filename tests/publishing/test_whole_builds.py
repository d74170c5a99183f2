"""Disasters in whole builds: `lcsite build` on a small site, and the publishing of this whole portal.

`make faults` strikes builds of the whole portal, as many as LCSITE_FAULT_POINTS says.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lcsite.cli import run
from lcsite.publishing.publish import publish
from tests.builders import garden_site
from tests.builds import once, whole_portal
from tests.faults import KILLED, KINDS, NO_SUCH_OPERATION, before_operations, end_of
from tests.publishing.trees import OLD, read_tree, write_tree

ROOT = Path(__file__).parents[2]
CODES = {"stopped": 130, "killed": KILLED}


def build(source: Path, target: Path) -> tuple[int, str]:
    """`lcsite build` in one process, without the search index, which is another program's; its exit code and words."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run(["build", str(source), "--output", str(target), "--no-search", "--quiet", "--jobs", "1"])
    return code, said.getvalue().removeprefix("\n")  # click ends the line on which a terminal shows ^C


def operations_of(work: Callable[[], object]) -> list[str]:
    names: list[str] = []
    with before_operations(lambda name, _: names.append(name)):
        work()
    return names


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site and, in `new`, what is made of it."""

    def make(folder: Path) -> None:
        garden_site(folder)
        assert build(folder, folder / "new") == (0, "")

    return once(tmp_path_factory, "struck-garden", make)


def strike(kind: str, number: int, source: Path, target: Path, new: dict[str, bytes]) -> None:
    """Let the disaster befall a build, and see to it that a whole site stands, told in one line, and that the next
    build leaves nothing behind."""
    publish(target, write_tree(OLD))
    end = end_of(kind, number, lambda: build(source, target))
    stands = read_tree(target)
    assert stands in (OLD, new), (kind, number)
    if isinstance(end, tuple):
        code, said = end
        assert "Traceback" not in said, (kind, number, said)
        if code:
            assert stands == OLD or kind == "stopped", (kind, number)
            # An engine that cannot look its theme up calls it unknown.
            expected = 2 if "Unrecognised theme" in said else CODES.get(kind, 3)
            assert (code, len(said.splitlines())) == (expected, 1), (kind, number, said)
        else:
            assert stands == new, (kind, number)
    else:
        assert end in (KILLED, NO_SUCH_OPERATION)
    publish(target, write_tree(OLD))
    assert os.listdir(target.parent) == [target.name], (kind, number)


def test_at_every_moment_of_a_build_the_published_folder_is_one_whole_site(garden: Path, tmp_path: Path) -> None:
    """Whoever is killed leaves the disk as it is: what stands before each operation is what a kill would leave."""
    target = tmp_path / "site"
    publish(target, write_tree(OLD))
    new = read_tree(garden / "new")
    small = {name: len(content) for name, content in OLD.items()}
    moments: list[bool] = []
    looking = False

    def look(*_: object) -> None:
        nonlocal looking
        if looking:
            return
        looking = True
        names = os.listdir(target)
        moments.append("gone.html" not in names)
        if moments[-1]:
            assert read_tree(target) == new
        else:
            assert {path: os.path.getsize(target / path) for path in small} == small
            assert read_tree(target) == OLD
        looking = False

    with before_operations(look):
        assert build(garden, target) == (0, "")
    assert len(moments) > 500
    assert moments == sorted(moments), "first the old site, then the new one"
    assert {*moments} == {True, False}


@pytest.fixture(scope="module")
def operations(garden: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The operations of a build of the small site that takes the place of another, by their names."""
    target = tmp_path_factory.mktemp("counted") / "site"
    publish(target, write_tree(OLD))
    return operations_of(lambda: build(garden, target))


@pytest.mark.parametrize("kind", KINDS)
def test_a_disaster_anywhere_in_a_build_is_told_in_a_line_and_leaves_a_whole_site(
    garden: Path, operations: list[str], tmp_path: Path, kind: str
) -> None:
    new = read_tree(garden / "new")
    chance = random.Random(kind)
    swap = len(operations) - operations[::-1].index("rename")
    for number in (chance.randrange(1, swap // 3), chance.randrange(swap // 3, swap + 2)):
        strike(kind, number, garden, tmp_path / "out" / "site", new)


@pytest.mark.slow
def test_the_whole_portal_is_published_whole_or_not_at_all(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    portal = whole_portal(tmp_path_factory)
    new = read_tree(portal)
    assert len(new) > 1000
    target = tmp_path / "out" / "site"

    def publish_portal() -> None:
        publish(target, lambda folder: shutil.copytree(portal, folder, dirs_exist_ok=True) and None)

    publish(target, write_tree(OLD))
    names = operations_of(publish_portal)
    swap = len(names) - names[::-1].index("rename")
    chance = random.Random(5)
    for kind, number in (
        ("full", chance.randrange(1, swap)), ("killed", chance.randrange(1, swap)), ("killed", swap),
        ("killed", swap + 1), ("broken", chance.randrange(1, swap)), ("stopped", chance.randrange(1, swap)),
    ):
        publish(target, write_tree(OLD))
        end_of(kind, number, publish_portal)
        assert read_tree(target) in (OLD, new), (kind, number)
        publish(target, write_tree(OLD))
        assert os.listdir(target.parent) == [target.name], (kind, number)


@pytest.mark.slow
@pytest.mark.skipif("LCSITE_FAULT_POINTS" not in os.environ, reason="make faults strikes builds of the whole portal")
@pytest.mark.parametrize("kind", KINDS)
def test_disasters_in_builds_of_the_whole_portal(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, kind: str
) -> None:
    def make(folder: Path) -> None:
        operations = operations_of(lambda: build(ROOT, folder / "new"))
        (folder / "operations").write_text(str(len(operations)), "utf-8")

    made = once(tmp_path_factory, "struck-portal", make)
    new = read_tree(made / "new")
    assert len(new) > 1000
    operations = int((made / "operations").read_text("utf-8"))
    chance = random.Random()
    for _ in range(max(1, int(os.environ["LCSITE_FAULT_POINTS"]) // len(KINDS))):
        number = chance.randrange(1, operations + 1)
        print(kind, number, flush=True)
        strike(kind, number, ROOT, tmp_path / "out" / "site", new)
