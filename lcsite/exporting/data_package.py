"""`datapackage.json`: the tables with the type of each column, in the form that data tools of many kinds read.

https://specs.frictionlessdata.io/tabular-data-package/. The types come from the same rows as the data dictionary.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from lcsite.exporting.catalogue import NOTE, TABLES, Table
from lcsite.exporting.listed import size_and_sha256
from lcsite.exporting.shape import Field, fields_of
from lcsite.exporting.writing import json_bytes
from lcsite.model.portfolio import Portfolio

__all__ = ["PACKAGE_FILE", "package_bytes"]

PACKAGE_FILE = "datapackage.json"
_TYPES: dict[Any, str] = {bool: "boolean", int: "integer", Decimal: "number", datetime.date: "date"}


def package_bytes(portfolio: Portfolio, listed: Callable[[str], bytes]) -> bytes:
    """The description of all tables. `listed` gives what the index says of a file, by its name."""
    site = portfolio.site
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "open-data",
        "title": site.title,
        "description": f"{site.description} {NOTE}",
        "version": site.as_of.isoformat(),
        "licenses": [{"title": site.licence, "path": site.licence_url}],
        "contributors": [{"title": site.publisher, "role": "publisher"}],
    }
    if site.url:
        package |= {"id": f"{site.url.rstrip('/')}/", "homepage": site.url}
    sources = {source.title: source.url for f in portfolio.frameworks.values() for source in f.source}
    if sources:
        package["sources"] = [{"title": title, **({"path": url} if url else {})} for title, url in sources.items()]
    package["resources"] = [_resource(table, listed(f"{table.name}.csv")) for table in TABLES if table.csv]
    return json_bytes(package, where=PACKAGE_FILE)


def _resource(table: Table, file: bytes) -> dict[str, Any]:
    size, sha256 = size_and_sha256(file)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": f"One row is {table.one_row}.",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sha256}",
        "schema": {
            "fields": [column for field in fields_of(table.row) if field.in_table for column in _columns(field)],
            "missingValues": [""],
        },
    }


def _columns(field: Field) -> list[dict[str, Any]]:
    column: dict[str, Any] = {"name": field.name, "description": field.words, "type": _TYPES.get(field.type, "string")}
    if field.is_fraction:
        exact = {**column, "constraints": {"pattern": "-?[0-9]+(/[0-9]+)?"}}
        rounded = {"name": f"{field.name}_decimal", "description": f"{field.words} Rounded.", "type": "number"}
        return [exact, rounded]
    if choices := _choices(field.type):
        column["constraints"] = {"enum": choices}
    return [column]


def _choices(type_: Any) -> list[str]:
    if get_origin(type_) is Literal:
        return list(get_args(type_))
    return [member.value for member in type_] if isinstance(type_, type) and issubclass(type_, Enum) else []


