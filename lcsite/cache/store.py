"""One file of remembered bytes, by kind and key. It may vanish, be cut short or be busy: then less is remembered.

Nothing here raises for trouble with the file, because no run may fail for want of a memory.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["Store"]

KEPT_RUNS = 3
"""An entry is forgotten when so many runs have asked for its kind and none of them for it."""
_CHECK = 16
"""Bytes before each value, made from its kind, its key and itself: what a fault of the disk has changed or put in a
wrong place is not believed. So nothing need wait for the disk either."""
_PATIENCE = 0.2
"""Seconds to wait for another run that is writing; after that this run writes nothing down."""
_IN_THE_WAY = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_INTERRUPT,
})  # fmt: skip
"""The main codes of errors that say nothing against the file itself."""
_TROUBLE = (sqlite3.Error, ValueError, OverflowError, MemoryError)
"""What reading a damaged file can end in."""
_TABLES = """
pragma page_size = 16384;
pragma synchronous = off;
create table if not exists entry (id integer primary key, kind text not null, key blob not null, value blob not null);
create unique index if not exists entry_key on entry (kind, key);
create table if not exists asked (id integer primary key, run integer not null);
create table if not exists runs (kind text primary key, run integer not null) without rowid;
create table if not exists version (value blob not null);
"""
"""Values are long, and a file of small pages would be written in thousands of pieces."""
_EMPTIED = "begin immediate; delete from entry; delete from asked; delete from runs; delete from version;"
_FORGOTTEN = """
delete from entry where id in
  (select entry.id from entry left join asked using (id) where kind = ? and ifnull(run, 0) <= ?)
"""


class Store:
    """A store for one or more runs of a program. What is new is written down together, by `write_down`.

    `version` stands for all that the values depend on and the keys do not name: with another one, all is forgotten.
    """

    def __init__(self, path: Path, *, version: bytes) -> None:
        self._path = path
        self._version = version
        self._new: dict[tuple[str, bytes], bytes | Callable[[], bytes]] = {}
        self._asked: dict[str, set[int]] = {}
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._is_ours = False
        """Whether nothing is there but what this run has written, or its copies."""
        self._of_others: list[sqlite3.Connection | None] = []
        """Connections of the process of which this one is a copy: not to be used here, and not to be closed either."""
        with self._bearing_trouble():
            self._open()

    def beside(self, name: str) -> Path:
        """A path beside the store, for what is too much for it. It may vanish like all else that is remembered."""
        return self._path.with_name(f"{self._path.stem}.{name}")

    def get(self, kind: str, key: bytes) -> bytes | None:
        """What was kept, or None."""
        if (new := self._new.get((kind, key))) is not None:
            return new if isinstance(new, bytes) else new()
        asked = self._asked.setdefault(kind, set())
        row = None
        with self._bearing_trouble():
            if self._connection is not None:
                question = "select id, value from entry where kind = ? and key = ?"
                row = self._connection.execute(question, (kind, key)).fetchone()
        if row is None or not isinstance(row[1], bytes):
            return None
        value = row[1][_CHECK:]
        if row[1][:_CHECK] != _digest(kind, key, value):
            return None
        asked.add(row[0])
        return value

    def put(self, kind: str, key: bytes, value: bytes | Callable[[], bytes]) -> None:
        """Keep a value; this run has it at once. One that is given as a function is made when it is written down, so
        that large ones are not held together.
        """
        self._asked.setdefault(kind, set())
        self._new[kind, key] = value

    def write_down(self) -> None:
        """Write what is new, in one act, and forget what was not asked for in a while. Another run may begin then.

        A copy of the process that opened the store may do so too; what it writes down is then in the file, and not new
        to the other one.
        """
        if self._process != os.getpid():
            self._process = os.getpid()
            self._of_others.append(self._connection)
            self._connection = None
            with self._bearing_trouble():
                self._open()
        for _ in range(2):  # again, where the file was found broken and begun anew
            with self._bearing_trouble():
                if self._connection is not None and (self._new or any(self._asked.values())):
                    self._write(self._connection)
                break
        self._new.clear()
        self._asked.clear()

    def close(self) -> None:
        """Write down and let go of the file."""
        self.write_down()
        self._let_go()

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        self._connection.executescript(_TABLES)
        if self._connection.execute("select value from version").fetchall() != [(self._version,)]:
            self._connection.executescript(_EMPTIED)
            self._connection.execute("insert into version values (?)", (self._version,))
            self._connection.execute("commit")
            self._is_ours = True

    def _let_go(self) -> None:
        with suppress(sqlite3.Error):
            if self._connection is not None:
                self._connection.close()
        self._connection = None

    def _write(self, connection: sqlite3.Connection) -> None:
        # Some damage contradicts nothing that a question asks for, and would go on losing what is written.
        if self._new and not self._is_ours and connection.execute("pragma integrity_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        connection.execute("begin immediate")
        for kind, asked in sorted(self._asked.items()):
            connection.execute(
                "insert into runs values (?, 1) on conflict (kind) do update set run = run + 1", (kind,)
            )
            ((run,),) = connection.execute("select run from runs where kind = ?", (kind,)).fetchall()
            connection.executemany("insert or replace into asked values (?, ?)", ((id_, run) for id_ in sorted(asked)))
            for key in sorted(key for of, key in self._new if of == kind):
                new = self._new[kind, key]
                value = new if isinstance(new, bytes) else new()
                kept = connection.execute(
                    "insert or replace into entry (kind, key, value) values (?, ?, ?)",
                    (kind, key, _digest(kind, key, value) + value),
                )
                connection.execute("insert or replace into asked values (?, ?)", (kept.lastrowid, run))
            connection.execute(_FORGOTTEN, (kind, run - KEPT_RUNS))
        connection.execute("delete from asked where id not in (select id from entry)")
        connection.execute("commit")

    @contextmanager
    def _bearing_trouble(self) -> Iterator[None]:
        """A file that is busy is left alone; one that is broken is thrown away, and a new one begun."""
        try:
            yield
        except _TROUBLE as error:
            self._let_go()
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in _IN_THE_WAY:
                self._asked = {kind: set() for kind in self._asked}
                with suppress(OSError, *_TROUBLE):
                    self._path.unlink()
                    self._open()


def _digest(kind: str, key: bytes, value: bytes) -> bytes:
    digest = hashlib.sha256(f"{kind} {len(key)} ".encode())  # which processors have a command for: values are long
    digest.update(key)
    digest.update(value)
    return digest.digest()[:_CHECK]
