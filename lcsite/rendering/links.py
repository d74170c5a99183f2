"""Addresses as they are written on a page. Most stand on many pages in the same way, so that each is worked out once.

What the address is, `pages/addresses.py` alone knows.
"""

from __future__ import annotations

import re
from sys import intern

from lcsite.pages import addresses

__all__ = ["AllLinks"]

_PLAIN = re.compile(r"(?:[a-z0-9-][a-z0-9.-]*/)*(?:[a-z0-9-][a-z0-9.-]*)?(?:#.+)?").fullmatch
"""What stands below a page as nearly always, without empty parts and parts that mean another folder."""

_MOST_FOLDERS = 8
"""Folders whose pages come one after another; more would only fill memory."""


class AllLinks:
    """The links of a site, folder by folder."""

    def __init__(self) -> None:
        self._pages: dict[str, _PagesOf] = {}
        self._outside: dict[str, _Outside] = {}

    def on(self, here: str) -> dict[str, str]:
        """Addresses as they stand on the page `here`, until they are asked for on another."""
        if not here.endswith("/"):
            return _Links(here, None)
        folder = _folder_of(here)
        found = self._pages.get(folder)
        if found is None:
            if len(self._pages) >= _MOST_FOLDERS:
                self._pages.clear()
            found = self._pages[folder] = _PagesOf(folder, self._of_folder(folder))
        found.stand_on(here)
        return found

    def _of_folder(self, folder: str) -> _Links:
        """Addresses as they stand on the page of a folder itself."""
        if not folder:
            return _Links(folder, None)
        above = _folder_of(folder)
        outside = self._outside.get(above)
        if outside is None:
            if len(self._outside) >= _MOST_FOLDERS:
                self._outside.clear()
            outside = self._outside[above] = _Outside(self._of_folder(above))
        return _Links(folder, outside)


def _folder_of(here: str) -> str:
    return here[: here.rfind("/", 0, -1) + 1]


class _Outside(dict[str, str]):
    """Addresses as they stand on each page right inside a folder, of whatever does not lie in the page's own folder."""

    def __init__(self, from_folder: _Links) -> None:
        self._from_folder = from_folder

    def __missing__(self, target: str) -> str:
        # It is one step farther from there than from the folder itself. From folders at the same depth, of which there
        # is one for each facet, most are the same: interned, they are one and the same text too.
        found = self[target] = intern("../" + self._from_folder[target].removeprefix("./"))
        return found


class _PagesOf(_Outside):
    """The same with what lies in the page on which links stand just now: most are found without a call."""

    def __init__(self, folder: str, from_folder: _Links) -> None:
        super().__init__(from_folder)
        self._folder = folder
        self._around = from_folder.outside
        self._here = folder
        self._own: list[str] = []
        self._of_pages: dict[str, list[str]] = {}
        """What lies in other pages of the folder, which is written in another way on these themselves."""

    def stand_on(self, here: str) -> None:
        for target in (*self._own, *self._of_pages.pop(here, ())):
            del self[target]
        self._own.clear()
        self._here = here

    def __missing__(self, target: str) -> str:
        here = self._here
        if ":" in target:  # on another site, mostly
            return addresses.relative(target, here)
        if self._around is not None and not target.startswith(self._folder):  # as from the folder, one step farther
            found = self[target] = intern("../" + self._around[target])
            return found
        if target.startswith(here):
            self._own.append(target)
            found = self[target] = _inside(target, here)
            return found
        if page := target[: target.find("/", len(self._folder)) + 1]:
            self._of_pages.setdefault(page, []).append(target)
        return super().__missing__(target)


class _Links(dict[str, str]):
    """Addresses as they stand on one page, each worked out when it is first asked for."""

    def __init__(self, here: str, outside: _Outside | None) -> None:
        self._here = here
        self.outside = outside

    def __missing__(self, target: str) -> str:
        here = self._here
        if ":" in target or (self.outside is None and here):
            found = addresses.relative(target, here)
        elif self.outside is not None and not target.startswith(here):
            found = self.outside[target]
        else:
            found = _inside(target, here)
        self[target] = found
        return found


def _inside(target: str, here: str) -> str:
    """The address of what lies below the page, or on it."""
    inside = target[len(here) :]
    return inside if inside and _PLAIN(inside) else addresses.relative(target, here)
