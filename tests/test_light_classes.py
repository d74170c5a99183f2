"""Classes that are made light compare, hash, print and travel as those of the library do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass as as_the_library_makes_it
from dataclasses import field, fields, is_dataclass, replace
from pathlib import Path

import pytest
from mypy import api

from lcsite.light_classes import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    veins: tuple[int, ...] = ()
    seen: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Bare:
    """Nothing at all."""


@dataclass(slots=True, eq=False)
class Counter:
    count: int = 0


@as_the_library_makes_it(frozen=True, slots=True)
class Twin:
    name: str
    veins: tuple[int, ...] = ()
    seen: int = field(default=0, compare=False)


def test_fields_that_count_decide_what_is_equal() -> None:
    assert Leaf("oak", (1, 2), seen=1) == Leaf("oak", (1, 2), seen=2)
    assert Leaf("oak") != Leaf("elm")
    others: list[object] = [Twin("oak"), Bare(), "oak"]
    assert Leaf("oak") not in others
    assert Bare() == Bare()
    assert Counter() != Counter()


def test_equal_ones_are_one_in_a_set() -> None:
    assert len({Leaf("oak", seen=1), Leaf("oak", seen=2), Leaf("elm")}) == 2
    assert len({Bare(), Bare()}) == 1


def test_they_print_like_those_of_the_library() -> None:
    assert repr(Leaf("oak", (1,))) == repr(Twin("oak", (1,))).replace("Twin", "Leaf")
    assert repr(Bare()) == "Bare()"


def test_one_with_a_field_that_does_not_hash_has_no_place_in_a_set() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Leaf("oak", []))  # type: ignore[arg-type]


def test_they_travel_and_are_copied_whole() -> None:
    leaf = Leaf("oak", (1, 2), seen=3)
    for same in (pickle.loads(pickle.dumps(leaf)), copy.copy(leaf), replace(leaf, name="oak")):
        assert (same, same.seen) == (leaf, 3)


def test_the_library_knows_them_as_its_own() -> None:
    assert is_dataclass(Leaf)
    assert [each.name for each in fields(Leaf)] == [each.name for each in fields(Twin)]
    assert not hasattr(Leaf("oak"), "__dict__")
    assert Leaf.__match_args__ == Twin.__match_args__


def test_who_writes_to_a_field_of_a_frozen_one_is_told_by_mypy(tmp_path: Path) -> None:
    program = tmp_path / "leaf.py"
    program.write_text(
        "from lcsite.light_classes import dataclass\n"
        "@dataclass(frozen=True, slots=True)\n"
        "class Leaf:\n"
        "    name: str\n"
        "Leaf('oak').name = 'elm'\n"
    )
    assert 'leaf.py:5: error: Property "name" defined in "Leaf" is read-only' in api.run([str(program)])[0]
