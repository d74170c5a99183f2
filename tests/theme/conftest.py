"""The sample site, built once in each direction and served to the browser."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

import pytest

from tests.theme.sample_site import build_sample_site


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


class _Patient(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser may go away in the middle of an answer; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which `folder` is served while the block runs."""
    server = _Patient(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample_site(tmp_path_factory.mktemp("ltr"))


@pytest.fixture(scope="session")
def sample_site(sample_folder: Path) -> Iterator[str]:
    with served(sample_folder) as address:
        yield address


@pytest.fixture(scope="session")
def sample_site_rtl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = build_sample_site(tmp_path_factory.mktemp("rtl"), lang="he", direction="rtl", places="מקומות")
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, to be run in a page."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
