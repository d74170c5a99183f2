"""What is kept is given back, or nothing is: never something else, and never an error."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lcsite.cache import KeptTemplates, NoCache, Store, open_store
from lcsite.cache.store import KEPT_RUNS


def kept(path: Path, kind: str = "page", version: bytes = b"1", **values: bytes) -> None:
    store = Store(path, version=version)
    for key, value in values.items():
        store.put(kind, key.encode(), value)
    store.close()


def asked(path: Path, *keys: str, kind: str = "page", version: bytes = b"1") -> list[bytes | None]:
    store = Store(path, version=version)
    found = [store.get(kind, key.encode()) for key in keys]
    store.close()
    return found


def test_what_one_run_keeps_another_run_finds(tmp_path: Path) -> None:
    kept(tmp_path / "s", a=b"apple", b=b"")

    assert asked(tmp_path / "s", "a", "b", "c") == [b"apple", b"", None]


def test_compiled_templates_outlive_the_run_together_also_those_that_nobody_asks_for(tmp_path: Path) -> None:
    for key in (b"one", b"two"):
        store = Store(tmp_path / "s", version=b"1")
        templates = KeptTemplates(store)
        templates.keep(key, b"code of " + key)
        templates.put_away()
        store.close()
    for _ in range(KEPT_RUNS + 1):
        store = Store(tmp_path / "s", version=b"1")
        assert KeptTemplates(store).recall(b"two") == b"code of two"
        store.close()
    store = Store(tmp_path / "s", version=b"1")
    assert (KeptTemplates(store).recall(b"one"), KeptTemplates(store).recall(b"three")) == (b"code of one", None)
    store.close()


def test_what_is_kept_is_there_at_once_and_kinds_are_apart(tmp_path: Path) -> None:
    store = Store(tmp_path / "s", version=b"1")
    store.put("page", b"a", b"apple")

    assert store.get("page", b"a") == b"apple"
    assert store.get("sheet", b"a") is None


def test_a_value_that_is_made_later_is_there_at_once_and_made_when_it_is_written_down(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> bytes:
        made.append("apple")
        return b"apple"

    store = Store(tmp_path / "s", version=b"1")
    store.put("page", b"a", make)
    assert made == []
    assert store.get("page", b"a") == b"apple"
    store.close()
    assert asked(tmp_path / "s", "a") == [b"apple"]


def test_another_version_of_the_program_begins_anew(tmp_path: Path) -> None:
    kept(tmp_path / "s", a=b"apple")

    assert asked(tmp_path / "s", "a", version=b"2") == [None]
    assert asked(tmp_path / "s", "a", version=b"1") == [None]


def test_an_entry_that_runs_no_longer_ask_for_is_forgotten(tmp_path: Path) -> None:
    kept(tmp_path / "s", a=b"apple", b=b"bread")
    kept(tmp_path / "s", kind="sheet", a=b"sheet")
    for _ in range(KEPT_RUNS - 1):
        asked(tmp_path / "s", "a")

    assert asked(tmp_path / "s", "b") == [b"bread"], "asked for again, in the last run that it had"

    for _ in range(KEPT_RUNS):
        asked(tmp_path / "s", "a")

    assert asked(tmp_path / "s", "a", "b") == [b"apple", None]
    assert asked(tmp_path / "s", "a", kind="sheet") == [b"sheet"], "runs that ask for pages let sheets be"
    connection = sqlite3.connect(tmp_path / "s")
    assert connection.execute("select count(*) from entry").fetchone() == (2,)
    connection.close()


def test_a_value_that_the_disk_has_changed_is_not_believed(tmp_path: Path) -> None:
    kept(tmp_path / "s", a=b"apple", b=b"bread")
    connection = sqlite3.connect(tmp_path / "s", isolation_level=None)
    connection.execute("update entry set value = cast(substr(value, 1, 16) || 'plums' as blob) where key = ?", (b"a",))
    connection.execute("update entry set value = 7 where key = ?", (b"b",))
    connection.close()

    assert asked(tmp_path / "s", "a", "b") == [None, None]


@settings(max_examples=60)
@example(damage=88912657)  # an index that misses rows, which no question finds out
@given(damage=st.integers(0, 2**32 - 1))
def test_a_damaged_file_is_replaced_and_never_an_error(damage: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("damaged") / "s"
    store = Store(path, version=b"1")
    for n in range(20):
        store.put("page", f"k{n}".encode(), bytes([n]) * 3000)
    store.close()
    raw, chance = bytearray(path.read_bytes()), random.Random(damage)
    for _ in range(chance.randrange(1, 40)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    path.write_bytes(raw[: chance.randrange(len(raw) + 1)] if chance.random() < 0.3 else raw)

    found = asked(path, *(f"k{n}" for n in range(20)))

    assert all(value in (None, bytes([n]) * 3000) for n, value in enumerate(found))
    for _ in range(3):  # some damage shows only when the store is written to
        kept(path, new=b"new")
    assert asked(path, "new") == [b"new"]


def test_damage_is_looked_for_before_a_run_writes_into_what_another_one_has_begun(tmp_path: Path) -> None:
    def looks(path: Path) -> list[str]:
        store, questions = Store(path, version=b"1"), list[str]()
        assert store._connection is not None
        store._connection.set_trace_callback(questions.append)
        store.put("page", b"new", b"new")
        store.close()
        return [question for question in questions if "integrity" in question]

    assert [len(looks(tmp_path / "s")) for _ in range(3)] == [0, 1, 1]


def test_a_file_that_vanishes_while_it_is_used_is_no_trouble(tmp_path: Path) -> None:
    store = Store(tmp_path / "s", version=b"1")
    (tmp_path / "s").unlink()
    store.put("page", b"a", b"apple")
    store.close()

    kept(tmp_path / "s", a=b"apple")
    assert asked(tmp_path / "s", "a") == [b"apple"]


def test_a_store_that_another_run_is_writing_is_left_alone(tmp_path: Path) -> None:
    kept(tmp_path / "s", a=b"apple")
    other = sqlite3.connect(tmp_path / "s", isolation_level=None)
    other.execute("begin exclusive")

    kept(tmp_path / "s", a=b"avocado")
    other.execute("rollback")
    other.close()

    assert asked(tmp_path / "s", "a") == [b"apple"]


def test_a_run_that_is_killed_while_it_writes_leaves_the_old_entries(tmp_path: Path) -> None:
    kept(tmp_path / "s", a=b"apple")
    program = f"""
import os, lcsite.cache.store as s
store = s.Store({str(tmp_path / "s")!r}, version=b"1")
for n in range(2000): store.put("page", b"%d" % n, os.urandom(4000))
digest, calls = s._digest, []
def killed(*given):
    calls.append(1)
    if len(calls) == 1500: os.kill(os.getpid(), 9)
    return digest(*given)
s._digest = killed
store.close()
"""
    done = subprocess.run([sys.executable, "-c", program], check=False)

    assert done.returncode == -9
    assert asked(tmp_path / "s", "a", "5") == [b"apple", None]


def test_a_memory_is_kept_only_where_nobody_else_can_write(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o777)
    os.chmod(shared, 0o777)

    with pytest.raises(NoCache, match="can be written by others"):
        open_store(site, folder=shared)
    with pytest.raises(NoCache, match="inside the site"):
        open_store(site, folder=site / ".cache")
    with pytest.raises(NoCache, match="nothing is remembered"):
        open_store(site, folder=Path("/dev/null/cache"))
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(NoCache):
        open_store(site, folder=tmp_path / "link")

    open_store(site, folder=tmp_path / "own").close()
    assert (tmp_path / "own").stat().st_mode & 0o777 == 0o700
