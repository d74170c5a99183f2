"""The engine's server, showing a folder that somebody else builds, and asking for it again after a change.

Its own way of looking for changes would take a quarter of a core where there are thousands of files.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileModifiedEvent
from watchdog.observers.api import BaseObserver, EventEmitter

__all__ = ["show"]

_ASK_EVERY = 0.1
"""Seconds between two questions whether something has changed."""

Environ = dict[str, Any]
Respond = Callable[..., Any]


def show(
    site: Path, *, host: str, port: int, below: str, changed: Callable[[], bool], again: Callable[[], None],
    beside: Callable[[str], bytes | None],
) -> None:
    """Show the folder `site` at an address until somebody stops it, and call `again` whenever something has `changed`.

    `below` is the path at which the site begins; `beside` gives what stands at an address and not in the folder.
    Raises OSError where the address is taken.
    """

    class Asking(EventEmitter):
        def queue_events(self, timeout: float) -> None:
            if not self.stopped_event.wait(timeout) and changed():
                self.queue_event(FileModifiedEvent(self.watch.path))

    server = LiveReloadServer(builder=again, host=host, port=port, root=str(site), mount_path=below)
    server.observer = BaseObserver(Asking, timeout=_ASK_EVERY)  # type: ignore[assignment]  # any observer will do
    server.error_handler = partial(_error_page, site)

    def answer(environ: Environ, respond: Respond) -> Iterable[bytes]:
        found = beside(environ["PATH_INFO"].removeprefix(server.mount_path))
        if found is None:
            return server.serve_request(environ, respond)
        kind = mimetypes.guess_type(environ["PATH_INFO"])[0] or "application/octet-stream"
        respond("200 OK", [("Content-Type", kind), ("Content-Length", str(len(found)))])
        return [found]

    server.set_app(answer)
    server.watch(str(site))  # by which it is told; what is looked at is for `changed` to know
    try:
        server.serve()  # type: ignore[no-untyped-call]
    finally:
        server.shutdown()


def _error_page(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
