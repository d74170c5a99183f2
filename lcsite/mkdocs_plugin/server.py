"""The engine's server, showing a folder that somebody else builds, and asking for it again when a file changes."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer

__all__ = ["show"]

_LOOK_EVERY = 0.2
"""Seconds between two looks at the files."""

Environ = dict[str, Any]
Respond = Callable[..., Any]


def show(
    site: Path, *, host: str, port: int, below: str, again: Callable[[], None], watched: Iterable[Path],
    beside: Callable[[str], bytes | None],
) -> None:
    """Show the folder `site` at an address until somebody stops it, and call `again` after each change.

    `below` is the path at which the site begins; `beside` gives what stands at an address and not in the folder.
    Raises OSError where the address is taken.
    """
    server = LiveReloadServer(
        builder=again, host=host, port=port, root=str(site), mount_path=below, polling_interval=_LOOK_EVERY
    )
    server.error_handler = partial(_error_page, site)

    def answer(environ: Environ, respond: Respond) -> Iterable[bytes]:
        found = beside(environ["PATH_INFO"].removeprefix(server.mount_path))
        if found is None:
            return server.serve_request(environ, respond)
        kind = mimetypes.guess_type(environ["PATH_INFO"])[0] or "application/octet-stream"
        respond("200 OK", [("Content-Type", kind), ("Content-Length", str(len(found)))])
        return [found]

    server.set_app(answer)
    for path in watched:
        server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    finally:
        server.shutdown()


def _error_page(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
