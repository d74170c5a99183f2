"""Rows and entries that hold a text are exchanged in the files that stand, which are then what a whole build makes."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from lcsite.exporting.changed_texts import NotAsExpected, downloads_with_texts
from lcsite.model.portfolio import Portfolio
from lcsite.pipeline import plan_site, read_and_check
from tests.builders import garden_site

PRACTICE = "content/toolbox/practices/seed-swap.md"
TABLE = "data/v1/practices.json"


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    found = read_and_check(garden_site(tmp_path_factory.mktemp("garden") / "site").root).portfolio
    assert found is not None
    return found


def published(portfolio: Portfolio) -> dict[str, bytes]:
    return {each.address: each.content() for each in plan_site(portfolio).site.downloads}


def changed(portfolio: Portfolio) -> Portfolio:
    practice = portfolio.practices["seed-swap"].model_copy(update={"body": 'They *swapped*, <so> "they" said.\n'})
    return replace(portfolio, practices=MappingProxyType({**portfolio.practices, "seed-swap": practice}))


def made(portfolio: Portfolio, before: dict[str, bytes]) -> dict[str, bytes]:
    found = downloads_with_texts(portfolio, [PRACTICE], lambda *_: "", before.__getitem__, lambda _: b"")
    return {each.address: each.content() for each in found}


def test_what_is_exchanged_is_what_a_whole_build_makes_and_all_that_it_makes_anew(portfolio: Portfolio) -> None:
    before, now = published(portfolio), published(changed(portfolio))
    found = made(changed(portfolio), before)
    assert found == {address: content for address, content in now.items() if content != before[address]}
    assert found.keys() == {TABLE, f"data/v1/source/{PRACTICE}", "data/v1/index.json", "lcsite.json"}


@pytest.mark.parametrize(("file", "old", "new"), [
    (TABLE, b'\n{"practice": "seed-swap", ', b'\n{"practice": "plum-swap", '),
    (TABLE, b'"rows": [', b'"rows": [\n{"practice": "seed-swap", "title": "Twice"},'),
    ("lcsite.json", b'"name": "data/v1/practices.json"', b'"name": "data/v1/practise.json"'),
    ("data/v1/index.json", b'"sha256"', b'"sha512"'),
])  # fmt: skip
def test_a_file_that_is_not_as_it_should_be_is_left_to_a_whole_build(
    portfolio: Portfolio, file: str, old: bytes, new: bytes
) -> None:
    before = published(portfolio)
    assert old in before[file]
    before[file] = before[file].replace(old, new)
    with pytest.raises(NotAsExpected):
        made(changed(portfolio), before)


def test_texts_that_stand_in_no_data_file_make_none(portfolio: Portfolio) -> None:
    assert downloads_with_texts(portfolio, ["content/about/us.md"], lambda *_: "", dict[str, bytes]().__getitem__,
                                lambda _: b"") == ()  # fmt: skip
