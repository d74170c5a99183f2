"""The author's loop: a site that is shown while it is written, and built again after each change.

What was read and built stays at hand for as long as the loop runs. A site with mistakes is not built: the one before
stays, and says above each page what is wrong.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from lcsite.building.build import build
from lcsite.building.built import Built
from lcsite.building.ground import Ground
from lcsite.building.inputs import INPUTS, look_at
from lcsite.building.order import Order, Seen, Then
from lcsite.building.watching import Watch
from lcsite.builtin_folder import BUILTIN
from lcsite.checked_site import read_and_check
from lcsite.mkdocs_plugin.for_authors import PROBLEMS_FILE, problems_file
from lcsite.mkdocs_plugin.server import show
from lcsite.model.portfolio import Portfolio
from lcsite.problems import Problems, as_text
from lcsite.publishing.errors import OutputRejected, PublishError
from lcsite.publishing.search_index import INDEX_FOLDER, index_site
from lcsite.reading.memory import ShortMemory
from lcsite.reading.origins import Origins
from lcsite.rendering.renderer import Renderer
from lcsite.working_apart import processes_at_hand

__all__ = ["write_and_see"]

_BEHIND_ALL_ELSE = 15
"""How far the index stands back for the rest, on the scale of the system, which ends at 19."""
_WATCHED = (*INPUTS, "mkdocs.yml")


class _Mistakes(Exception):
    """The content has errors; they are told where all problems are told."""


def write_and_see(folder: Path, *, host: str, port: int, say: Callable[[str], None]) -> None:
    """Build the site in `folder`, show it at an address, and do so again after each change, until somebody stops it.

    Raises OSError where the address is taken, and whatever `build` raises the first time.
    """
    with tempfile.TemporaryDirectory(prefix="lcsite-") as scratch:
        watch = Watch(folder / name for name in _WATCHED)  # from here on: what is written during the first build counts
        loop = _Loop(folder, Path(scratch), say)
        loop.build()
        show(
            loop.site, host=host, port=port, below=loop.below, changed=watch.changed, again=loop.build_again,
            beside=loop.beside,
        )


class _Good(NamedTuple):
    """What was read without errors. What was said of it is shown above the pages."""

    portfolio: Portfolio
    origins: Origins
    problems: Problems
    said: str = ""


class _Loop:
    """Remembers the last build, as `LastBuild` says, and what was read."""

    def __init__(self, folder: Path, scratch: Path, say: Callable[[str], None]) -> None:
        self.site = scratch / "site"
        self.spare = scratch / "spare"
        self.below = "/"
        self._order = Order(
            folder, self.site, search=False, processes=processes_at_hand(), for_author=True
        )
        self._say = say
        self._memory = ShortMemory()
        self._last: Built | None = None
        self._ground: tuple[bytes, Ground] | None = None
        self._language = "en"
        self._of_content = Problems()
        self._problems = Problems()
        self._search = _Search(self.site, scratch / "search")

    def recall(self) -> Built | None:
        return self._last

    def keep(self, built: Built | None) -> None:
        self._last = built

    def ground(self, key: bytes) -> Ground | None:
        return self._ground[1] if self._ground is not None and self._ground[0] == key else None

    def keep_ground(self, key: bytes, ground: Ground) -> None:
        self._ground = key, ground

    put_down = keep_ground

    def forget_what_was_read(self) -> None:
        """Not here: it is at hand for the next build."""

    def build(self) -> None:
        self._problems = self._of_content
        look = partial(look_at, self._order.folder, builtin=BUILTIN)
        done = build(self._order, read=self._read, last=self, look=look, say=lambda _: None, tell=lambda _: None)
        if not done.nothing_new:
            self._search.index(self._language)
        self._say("lcsite: as it was" if done.nothing_new else f"lcsite: {done.said.pages} pages")

    def build_again(self) -> None:
        """Build after a change. Whatever is in the way is told, and the site stays as it was."""
        try:
            self.build()
        except _Mistakes:
            pass
        except OutputRejected as error:
            self._tell(error.problems)
        except PublishError as error:
            self._say(f"lcsite: {error}")

    def beside(self, address: str) -> bytes | None:
        """What the site does not hold itself: the problems, and the index, which is made while pages can be read."""
        if address == PROBLEMS_FILE:
            return problems_file(self._problems, Renderer(language=self._language))
        return self._search.file(address)

    def _read(self, then: Then, seen: Seen) -> _Good:
        read = read_and_check(self._order.folder, memory=self._memory, seen=seen, then=then)
        self._tell(read.problems)
        if read.portfolio is None or read.problems.errors:
            raise _Mistakes
        self._of_content = read.problems
        self._language = read.portfolio.site.language
        self.below = urlsplit(read.portfolio.site.url or "").path or "/"
        return _Good(read.portfolio, read.origins, read.problems)

    def _tell(self, problems: Problems) -> None:
        self._problems = problems
        if len(problems):
            self._say(as_text(problems).rstrip("\n"))


class _Search:
    """The index of a site that changes: made anew in the background, one at a time, and read from its own folder."""

    def __init__(self, site: Path, folder: Path) -> None:
        self._site = site
        self._folder = folder
        self._made = 0
        self._wanted = 0
        self._works = threading.Lock()

    def index(self, language: str) -> None:
        self._wanted += 1
        threading.Thread(target=self._until_done, args=(language,), daemon=True).start()

    def file(self, address: str) -> bytes | None:
        folder, _, name = address.partition("/")
        if folder != INDEX_FOLDER or ".." in name.split("/"):
            return None
        try:
            return (self._folder / str(self._made) / name).read_bytes()
        except OSError:
            return None

    def _until_done(self, language: str) -> None:
        # Of this thread and the indexer that it starts: whoever writes waits for the page and not for the index.
        with suppress(AttributeError, OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _BEHIND_ALL_ELSE)
        with self._works:
            wanted = self._wanted
            if self._made == wanted:
                return
            try:
                index_site(self._site, language=language, folder=self._folder / str(wanted))
            except (PublishError, OSError):  # the site was exchanged meanwhile: its own build asks again
                return
            self._made = wanted
