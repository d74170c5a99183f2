"""Addresses as they are written on a page. Most stand on many pages in the same way, so that each is worked out once.

What the address is, `pages/addresses.py` alone knows.
"""

from __future__ import annotations

import re

from lcsite.pages import addresses

__all__ = ["AllLinks"]

_PLAIN = re.compile(r"(?:[a-z0-9-][a-z0-9.-]*/)*(?:[a-z0-9-][a-z0-9.-]*)?(?:#.+)?").fullmatch
"""What stands below a page as nearly always, without empty parts and parts that mean another folder."""

_MOST_FOLDERS = 4
"""Folders whose pages come one after another; more would only fill memory."""


class AllLinks:
    """The links of a site, folder by folder."""

    def __init__(self) -> None:
        self._folders: dict[str, _PagesOf] = {}
        """The folders asked for last, the last one last."""

    def on(self, here: str) -> dict[str, str]:
        """Addresses as they stand on the page `here`, until they are asked for on another."""
        if not here.endswith("/"):
            return _Links(here)
        folder = here[: here.rfind("/", 0, -1) + 1]
        found = self._folders.pop(folder, None) or _PagesOf(folder)
        self._folders[folder] = found
        if len(self._folders) > _MOST_FOLDERS:
            del self._folders[next(iter(self._folders))]
        found.stand_on(here)
        return found


class _PagesOf(dict[str, str]):
    """Addresses as they stand on the page of a folder that is shown just now, most of them found without a call.

    What does not lie in a page itself is written alike on all pages of the folder.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._here = folder
        ends = [at + 1 for at, sign in enumerate(folder) if sign == "/"]
        self._ways = [(folder[:end], "../" * up) for up, end in enumerate((*reversed(ends), 0), 1)]
        """Each folder around a page, from its own on, and the way up to it."""
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
        if target.startswith(here):
            self._own.append(target)
            found = self[target] = _inside(target, here) or addresses.relative(target, here)
            return found
        if target.startswith(self._folder) and (page := target[: target.find("/", len(self._folder)) + 1]):
            self._of_pages.setdefault(page, []).append(target)
        for around, way in self._ways:
            if target.startswith(around):
                found = way + inside if (inside := _inside(target, around)) else addresses.relative(target, here)
                break
        self[target] = found
        return found


class _Links(dict[str, str]):
    """Addresses as they stand in one file, such as a card to embed, each worked out when it is first asked for."""

    def __init__(self, here: str) -> None:
        self._here = here

    def __missing__(self, target: str) -> str:
        found = self[target] = addresses.relative(target, self._here)
        return found


def _inside(target: str, folder: str) -> str:
    """The way from a folder to what lies in it, where that is plain; nothing for the folder itself."""
    inside = target[len(folder) :]
    return inside if _PLAIN(inside) else ""
