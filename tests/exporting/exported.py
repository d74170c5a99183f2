"""The files of a portfolio by their address, and short ways to look into them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from lcsite.exporting.downloads import data_files, downloads_of
from lcsite.linking import link_portfolio
from lcsite.model.portfolio import Portfolio
from lcsite.pages.names import Names
from lcsite.pages.page import Download
from lcsite.pages.readings import Readings

ROOT = Path(__file__).parents[2]


def exported(portfolio: Portfolio) -> dict[str, bytes]:
    """Every download of a portfolio, made anew."""
    return {file.address: file.content() for file in _downloads(portfolio)}


def _downloads(portfolio: Portfolio) -> tuple[Download, ...]:
    readings = Readings(portfolio, Names(portfolio))
    return downloads_of(portfolio, data_files(portfolio, link_portfolio(portfolio), readings))


def written(portfolio: Portfolio, root: Path, *names: str) -> Path:
    """Some files below `data/v1/` (default: all), written below `root`; the folder that holds them."""
    for file in _downloads(portfolio):
        if not names or file.address.removeprefix("data/v1/") in names:
            path = root / file.address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content())
    return root / "data" / "v1"


def table(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/v1/{name}"].decode(), newline="")))


def document(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"data/v1/{name}"])
