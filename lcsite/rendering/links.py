"""Addresses as they are written on a page. Most stand on many pages in the same way, so that each is worked out once.

What the address is, `pages/addresses.py` alone knows.
"""

from __future__ import annotations

import re

from lcsite.pages import addresses

__all__ = ["AllLinks", "Links"]

_PLAIN = re.compile(r"(?:[a-z0-9-][a-z0-9.-]*/)*(?:[a-z0-9-][a-z0-9.-]*)?(?:#.+)?").fullmatch
"""What stands below a page as nearly always, without empty parts and parts that mean another folder."""

_MOST_FOLDERS = 16
"""Folders whose pages come one after another; more would only fill memory."""


class AllLinks:
    """The links of a site, folder by folder."""

    def __init__(self) -> None:
        self._outside: dict[str, _Outside] = {}

    def on(self, here: str) -> Links:
        """Addresses as they stand on the page `here`."""
        return Links(here, self.outside(here[: here.rfind("/", 0, -1) + 1]) if here.endswith("/") else None)

    def outside(self, folder: str) -> _Outside:
        """What pages right inside a folder share, kept for the next of them."""
        found = self._outside.get(folder)
        if found is None:
            if len(self._outside) >= _MOST_FOLDERS:
                self._outside.clear()
            found = self._outside[folder] = _Outside(self.on(folder))
        return found


class _Outside(dict[str, str]):
    """Addresses as they stand on each page right inside a folder, of whatever does not lie in the page's own folder."""

    def __init__(self, from_folder: Links) -> None:
        self._from_folder = from_folder

    def __missing__(self, target: str) -> str:
        # It is one step farther from there than from the folder itself.
        found = self[target] = "../" + self._from_folder[target].removeprefix("./")
        return found


class Links(dict[str, str]):
    """Addresses as they stand on one page, each worked out when it is first asked for."""

    def __init__(self, here: str, outside: _Outside | None) -> None:
        self._here = here
        self._outside = outside

    def __missing__(self, target: str) -> str:
        here = self._here
        if ":" in target or (self._outside is None and here):
            found = addresses.relative(target, here)
        elif self._outside is not None and not target.startswith(here):
            found = self._outside[target]
        elif (inside := target[len(here) :]) and _PLAIN(inside):
            found = inside
        else:
            found = addresses.relative(target, here)
        self[target] = found
        return found
