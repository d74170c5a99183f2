"""Addresses as they are written on a page. Most stand on many pages in the same way, so that each is worked out once.

What the address is, `pages/addresses.py` alone knows.
"""

from __future__ import annotations

from lcsite.pages import addresses

__all__ = ["AllLinks", "Links"]

_MOST_FOLDERS = 64
"""Folders whose pages come one after another; more would only fill memory."""


class AllLinks:
    """The links of a site, folder by folder."""

    def __init__(self) -> None:
        self._folders: dict[str, Links] = {}

    def on(self, here: str) -> Links:
        """Addresses as they stand on the page `here`."""
        return Links(here, self)

    def in_folder(self, folder: str) -> Links:
        """Addresses as they stand in a folder, kept for the next page in it."""
        found = self._folders.get(folder)
        if found is None:
            if len(self._folders) >= _MOST_FOLDERS:
                self._folders.clear()
            found = self._folders[folder] = Links(folder, self)
        return found


class Links(dict[str, str]):
    """Addresses as they stand on one page or in one folder, each worked out when it is first asked for."""

    def __init__(self, here: str, links: AllLinks) -> None:
        self._here = here
        self._links = links

    def __missing__(self, target: str) -> str:
        here = self._here
        if here and not target.startswith(here) and here.endswith("/") and ":" not in target:
            # Whatever does not lie in the folder of a page is one step farther from there than from the folder above.
            folder = here[: here.rfind("/", 0, -1) + 1]
            found = "../" + self._links.in_folder(folder)[target].removeprefix("./")
        else:
            found = addresses.relative(target, here)
        self[target] = found
        return found
