"""The data page: what can be downloaded, under which licence, and what each column means."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lcsite.light_classes import dataclass
from lcsite.model import own_pages
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.dictionary import DataFile
from lcsite.pages.page import Crumb, Page, Prose, Words

__all__ = ["DataBody", "DictionaryBody", "data_pages"]


@dataclass(frozen=True, slots=True)
class DataBody:
    prose: Prose | None
    files: tuple[tuple[DataFile, str], ...]
    """(file, address); no address where there is one such file for each place or framework."""


@dataclass(frozen=True, slots=True)
class DictionaryBody:
    files: tuple[DataFile, ...]


def data_pages(portfolio: Portfolio, files: tuple[DataFile, ...]) -> Iterator[Page]:
    """The data page and its dictionary."""
    home = Crumb(Words("Home"), addresses.home)
    authored = portfolio.prose.get("data/index")
    title = authored.title if authored else Words("Data")
    yield Page(
        address=addresses.data,
        kind="data",
        title=title,
        section=addresses.data,
        description=authored.summary if authored else Words("Everything on this site as files."),
        body=partial(_data, portfolio, files),
        crumbs=(home,),
        source=own_pages.DATA,
        facts=lambda: {"files": ((addresses.data_file("datapackage.json"), "application/json"),)},
    )
    yield Page(
        address=addresses.dictionary,
        kind="dictionary",
        title=Words("Data dictionary"),
        section=addresses.data,
        description=Words("What each column of each file means."),
        source=own_pages.DICTIONARY,
        body=lambda: DictionaryBody(files),
        crumbs=(home, Crumb(title, addresses.data)),
    )


def _data(portfolio: Portfolio, files: tuple[DataFile, ...]) -> DataBody:
    authored = portfolio.prose.get("data/index")
    return DataBody(
        Prose(authored.body, own_pages.DATA) if authored else None,
        tuple((file, "" if "<" in file.name else file.address or addresses.data_file(file.name)) for file in files),
    )
