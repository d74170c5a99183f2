"""Where the text of an authored page is shown: on its own page, and in a few files of the open data.

Titles, summaries and whatever else stands in the fields of a page goes everywhere; its text goes nowhere else. A test
changes a text of each kind and compares with a whole build.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses

__all__ = ["data_with_texts"]

_DIGESTS = (addresses.data_file("index.json"), addresses.data_file("datapackage.json"), addresses.manifest)
"""Files that name the fingerprints of others."""


def data_with_texts(portfolio: Portfolio, files: Collection[str]) -> Iterator[str]:
    """The addresses of the data files that hold the texts of these pages, or a fingerprint of one that does."""
    any_data = False
    for table, kept, path in (
        ("practices", portfolio.practices, "content/toolbox/practices/{}.md"),
        ("tools", portfolio.tools, "content/toolbox/tools/{}/index.md"),
        ("places", portfolio.places, "cities/{}/index.md"),
    ):
        for id_ in kept:
            if (file := path.format(id_)) in files:
                any_data = True
                yield addresses.data_file(f"source/{file}")
                yield addresses.data_file(f"{table}.json")
                yield addresses.data_file(f"{table}.csv")
                if table == "places":
                    yield addresses.data_file(f"places/{id_}/place.json")
    if any_data:
        yield from _DIGESTS
