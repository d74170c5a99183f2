"""Web servers for tests of what a page may do: one that sends the headers of the files for hosts, and a stranger's."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType


class _Files(SimpleHTTPRequestHandler):
    """Serves a folder as a host of static pages does: with its headers, and with 404.html where nothing stands."""

    def __init__(self, *arguments: object, headers: Mapping[str, str], directory: str) -> None:
        self._sent = headers
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def end_headers(self) -> None:
        for name, value in self._sent.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


class _Stranger(BaseHTTPRequestHandler):
    """Answers everything with nothing, and keeps what it was asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        kind = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml"}
        self.send_header("Content-Type", kind.get(Path(self.path.partition("?")[0]).suffix, "text/plain"))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


@contextmanager
def _running(handler: object) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)  # type: ignore[arg-type]
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def host(folder: Path, headers: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """The address under which `folder` is served, each answer with `headers`, while the block runs."""
    with _running(partial(_Files, headers=headers, directory=str(folder))) as address:
        yield address


@contextmanager
def stranger() -> Iterator[tuple[str, list[str]]]:
    """The address of another host, and the list of what it is asked for while the block runs."""
    asked: list[str] = []
    with _running(type("Stranger", (_Stranger,), {"asked": asked})) as address:
        yield address, asked
