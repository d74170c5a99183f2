"""Whatever fails, and wherever a build is killed: the published folder is the old site or the new one."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from lcsite.publishing import EnvironmentTrouble, publish
from tests.publishing.faults import (
    NEW,
    OLD,
    before_operations,
    count_operations,
    fail_at,
    read_tree,
    without_exchange,
    write_tree,
)

ROOT = Path(__file__).parents[2]
LAST = {"index.html": b"last"}
WAYS = {"exchange": nullcontext, "renames": without_exchange}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out" / "site"


def operations_of_a_build(target: Path, way: str) -> int:
    publish(target, write_tree(OLD))
    with WAYS[way]():
        return count_operations(lambda: publish(target, write_tree(NEW)))


def assert_the_next_build_recovers(target: Path) -> None:
    publish(target, write_tree(LAST))
    assert read_tree(target) == LAST
    assert [path.name for path in target.parent.iterdir()] == [target.name], "nothing is left beside the site"


@pytest.mark.parametrize("way", WAYS)
def test_one_failing_operation_leaves_the_old_site_or_the_new_one(target: Path, way: str) -> None:
    operations = operations_of_a_build(target, way)
    assert operations > 30
    failed = 0
    for number in range(1, operations + 1):
        publish(target, write_tree(OLD))
        with WAYS[way](), before_operations(fail_at(number, for_good=False)):
            try:
                publish(target, write_tree(NEW))
            except EnvironmentTrouble as trouble:
                failed += 1
                expected = OLD
                assert "No space left on device" in str(trouble)
                assert "\n" not in str(trouble)
            else:
                expected = NEW
        assert read_tree(target) == expected, f"operation {number}"
        assert_the_next_build_recovers(target)
    assert failed > 10


def test_a_disk_that_fails_for_good_leaves_the_old_site_or_the_new_one(target: Path) -> None:
    for number in range(1, operations_of_a_build(target, "exchange") + 1):
        publish(target, write_tree(OLD))
        expected = NEW
        with before_operations(fail_at(number, for_good=True)):
            try:
                publish(target, write_tree(NEW))
            except EnvironmentTrouble:
                expected = OLD
        assert read_tree(target) == expected, f"operation {number}"
        assert_the_next_build_recovers(target)


def test_without_an_exchange_a_disk_that_fails_for_good_leaves_a_whole_site_at_one_of_two_names(target: Path) -> None:
    old = target.with_name(".site.lcsite-old")
    moved = 0
    for number in range(1, operations_of_a_build(target, "renames") + 1):
        publish(target, write_tree(OLD))
        expected, words = NEW, ""
        with without_exchange(), before_operations(fail_at(number, for_good=True)):
            try:
                publish(target, write_tree(NEW))
            except EnvironmentTrouble as trouble:
                expected, words = OLD, str(trouble)
        if not target.exists():
            moved += 1
            assert str(old) in words
            assert "the next build moves it back first" in words
        assert read_tree(target if target.exists() else old) == expected, f"operation {number}"
        with pytest.raises(ZeroDivisionError):
            publish(target, lambda _: 1 // 0)  # a build that fails by itself still brings the old site back
        assert read_tree(target) == expected
        assert_the_next_build_recovers(target)
    assert moved == 1


@pytest.mark.parametrize("way", WAYS)
def test_a_killed_build_leaves_a_whole_site_and_the_next_build_recovers(target: Path, way: str) -> None:
    operations = operations_of_a_build(target, way)
    for number in sorted({*range(1, operations + 1, 5), *range(operations - 8, operations + 1, 2)}):
        publish(target, write_tree(OLD))
        done = subprocess.run(
            [sys.executable, "-m", "tests.publishing.faults", str(target), str(number), way], cwd=ROOT, check=False
        )
        assert done.returncode == -signal.SIGKILL
        if way == "renames" and not target.exists():
            assert read_tree(target.with_name(".site.lcsite-old")) == OLD
        else:
            assert read_tree(target) in (OLD, NEW), f"operation {number}"
        assert_the_next_build_recovers(target)


def test_a_swap_cut_in_two_is_mended_by_the_next_start_even_if_that_build_fails(target: Path) -> None:
    publish(target, write_tree(OLD))
    target.rename(target.with_name(".site.lcsite-old"))
    with pytest.raises(ZeroDivisionError):
        publish(target, lambda _: 1 // 0)
    assert read_tree(target) == OLD
