"""Whatever fails, and wherever a build is stopped or killed: the published folder is the old site or the new one.

Each kind of disaster falls on every single operation of a small publication; `test_whole_builds.py` takes samples of
whole builds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from itertools import count
from pathlib import Path
from unittest import mock

import pytest

from lcsite.publishing import swap
from lcsite.publishing.errors import EnvironmentTrouble
from lcsite.publishing.publish import Published, publish
from tests.faults import KILLED, KINDS, NO_SUCH_OPERATION, end_of, struck
from tests.publishing.trees import NEW, OLD, read_tree, write_tree

LAST = {"index.html": b"last"}


@contextmanager
def without_exchange() -> Iterator[None]:
    """A system that can only rename."""
    with mock.patch.object(swap, "_renameat2", return_value=None):
        yield


WAYS = {"exchange": nullcontext, "renames": without_exchange}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out" / "site"


def assert_the_next_build_recovers(target: Path) -> None:
    publish(target, write_tree(LAST))
    assert read_tree(target) == LAST
    assert [path.name for path in target.parent.iterdir()] == [target.name], "nothing is left beside the site"


def ends_of(kind: str, target: Path, *, first: bool = False) -> Iterator[tuple[int, object]]:
    """The disaster at each operation of a publication in turn, with how it ended; at the end, none was struck."""
    for number in count(1):
        if not first:
            publish(target, write_tree(OLD))
        end = end_of(kind, number, lambda: publish(target, write_tree(NEW)))
        if end == NO_SUCH_OPERATION:
            assert read_tree(target) == NEW
            return
        yield number, end
        assert_the_next_build_recovers(target)
        if first:
            swap.remove(target)


@pytest.mark.parametrize(("way", "kind"), [
    *(("exchange", kind) for kind in KINDS if kind != "broken once"),
    *(("renames", kind) for kind in KINDS if kind != "denied once"),
])
def test_at_every_operation_the_old_site_or_the_new_one_stands_whole(target: Path, way: str, kind: str) -> None:
    published = stayed = 0
    with WAYS[way]():
        for number, end in ends_of(kind, target):
            stands = target if target.exists() else target.with_name(".site.lcsite-old")
            if stands != target:
                assert way == "renames"
                assert kind in ("broken", "killed"), "only then there is no moving back"
                assert end == KILLED or f'"{stands}"' in str(end)
            if end == KILLED:
                assert read_tree(stands) in (OLD, NEW), number
            elif isinstance(end, Published):
                assert read_tree(stands) == NEW, number
                published += 1
            else:
                assert type(end) is (KeyboardInterrupt if kind == "stopped" else EnvironmentTrouble), number
                assert "\n" not in str(end)
                assert read_tree(stands) == OLD or kind == "stopped", number
                assert read_tree(stands) in (OLD, NEW), number
                stayed += 1
    assert number > 45
    assert stayed or kind == "killed"
    assert published or kind in ("killed", "stopped", "full"), "trouble with removing the old site stops nothing"


@pytest.mark.parametrize("kind", KINDS)
def test_a_first_build_that_fails_leaves_no_site_or_a_whole_one(target: Path, kind: str) -> None:
    for number, _ in ends_of(kind, target, first=True):
        assert not target.exists() or read_tree(target) == NEW, number


def test_a_swap_cut_in_two_is_mended_by_the_next_start_even_if_that_build_fails(target: Path) -> None:
    publish(target, write_tree(OLD))
    target.rename(target.with_name(".site.lcsite-old"))
    with pytest.raises(ZeroDivisionError):
        publish(target, lambda _: 1 // 0)
    assert read_tree(target) == OLD


@pytest.mark.parametrize("kind", KINDS)
def test_mending_may_itself_be_cut_short_anywhere(target: Path, kind: str) -> None:
    def cut_in_two() -> None:
        publish(target, write_tree(OLD))
        target.rename(target.with_name(".site.lcsite-old"))
        write_tree(NEW)(target.with_name(".site.lcsite-new"))

    def killed_at_the_end() -> None:
        publish(target, write_tree(OLD))
        write_tree(NEW)(target.with_name(".site.lcsite-old"))

    def fail() -> None:
        with suppress(ZeroDivisionError):
            publish(target, lambda _: 1 // 0)

    for begin in (cut_in_two, killed_at_the_end):
        for number in count(1):
            begin()
            end = end_of(kind, number, fail)
            if end == NO_SUCH_OPERATION:
                break
            stands = target if target.exists() else target.with_name(".site.lcsite-old")
            assert read_tree(stands) == OLD, number
            assert_the_next_build_recovers(target)
        assert number > 15


def test_what_is_half_removed_never_becomes_the_site(target: Path) -> None:
    """The old site lies beside the new one, its removal is cut short anywhere, and somebody removes the new one."""
    beside = target.with_name(".site.lcsite-old")
    for number in count(1):
        publish(target, write_tree(OLD))
        target.rename(elsewhere := target.with_name("elsewhere"))
        publish(target, write_tree(NEW))
        elsewhere.rename(beside)
        with struck("broken once", number) as strike, suppress(OSError):
            swap.recover(swap.Target(target))
        swap.remove(target)
        swap.recover(swap.Target(target))
        assert read_tree(target) in ({}, OLD), number
        swap.remove(target)
        if not strike.fell:
            break
    assert number > 8
