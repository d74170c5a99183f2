"""What follows from the models alone is worked out once for all runs, and again where anything has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from lcsite.describing import KINDS, made_once, schemas
from lcsite.describing.reference import _described, _example_file, parts_of


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was worked out; kept in a folder of its own."""
    monkeypatch.setattr(made_once, "_HERE", tmp_path)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr("sys.pycache_prefix", None)
    return []


def work_out(made: list[str], name: str = "words") -> str:
    def make() -> str:
        made.append(name)
        return f"{name} {len(made)}"

    return made_once.made_once(name, make)


def test_what_was_worked_out_is_found_by_every_later_run(made: list[str]) -> None:
    assert [work_out(made), work_out(made), work_out(made, "others")] == ["words 1", "words 1", "others 2"]


def test_another_program_works_it_out_again(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    work_out(made)
    monkeypatch.setattr(made_once, "_program", lambda: b"another")
    assert work_out(made) == "words 2"


def test_what_was_damaged_is_worked_out_again(made: list[str], tmp_path: Path) -> None:
    work_out(made)
    (kept,) = tmp_path.rglob("*.pyc")
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    assert work_out(made) == "words 2"
    assert work_out(made) == "words 2"


@pytest.mark.parametrize("name", KINDS)
def test_what_is_kept_of_the_models_is_what_they_say(name: str) -> None:
    assert schemas.schema_bytes(name) == schemas._schema_bytes(KINDS[name])
    assert _described(name) == (parts_of(KINDS[name]), _example_file(name))
