"""The author's loop, by our command and by the engine's: shows the site, and shows it again when a file changes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.builds import ENVIRONMENT

PATIENCE = 120


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(folder: Path, log: Path, program: str) -> Iterator[str]:
    """The address under which a program serves a site while the block runs."""
    port = free_port()
    ways = {"mkdocs": ["--dev-addr", f"127.0.0.1:{port}", "--livereload"], "lcsite": ["--address", f"127.0.0.1:{port}"]}
    command = [sys.executable, "-m", program, "serve", *ways[program]]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            os.kill(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def read(address: str) -> str:
    try:
        with urlopen(address, timeout=5) as answer:
            return str(answer.read().decode("utf-8"))
    except (OSError, HTTPException):
        return ""


def line_of(file: Path, words: str) -> int:
    return next(number for number, line in enumerate(file.read_text().splitlines(), 1) if words in line)


def wait_for(address: str, wanted: Callable[[str], bool], log: Path) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if wanted(page := read(address)):
            return page
        time.sleep(0.2)
    raise AssertionError(f"{address} did not come\n{log.read_text()}")


def finds(page: Page, address: str, title: str) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        page.goto(address)
        page.wait_for_timeout(1000)
        if page.get_by_role("link", name=title).count():
            return True
    return False


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("program", ["lcsite", "mkdocs"])
def test_serve_shows_a_changed_place_again_and_what_is_wrong_in_it(
    program: str, garden: Path, tmp_path: Path, browser: Browser
) -> None:
    site = tmp_path / "site-in-work"
    shutil.copytree(garden, site, ignore=shutil.ignore_patterns("site"))
    log = tmp_path / "log"
    with serving(site, log, program) as address:
        assert "Sample Portal" in wait_for(address, bool, log)
        assert "<bdi>Alder</bdi>" in read(f"{address}cities/alder/")
        place = site / "cities/alder/index.md"
        good = place.read_text()
        page = browser.new_page()
        page.goto(f"{address}cities/alder/")
        told = page.get_by_role("complementary", name="Problems in the content")
        expect(told).to_have_count(0)

        place.write_text(good.replace("name: Alder", "name: Alderney").replace("country: GB", "country: UKK"))
        expect(told).to_contain_text("1 error in the content", timeout=1000 * PATIENCE)  # the page came again by itself
        expect(told).to_contain_text(f"cities/alder/index.md:{line_of(place, 'UKK')}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Alder")

        place.write_text(good.replace("name: Alder", "name: Alderney") + "\nA sentence that came later.\n")
        expect(page.get_by_role("heading", level=1)).to_have_text("Alderney", timeout=1000 * PATIENCE)
        expect(told).to_have_count(0)
        place.write_text(place.read_text().replace("that came later", "of the last hourglass"))
        expect(page.get_by_text("A sentence of the last hourglass.")).to_be_visible(timeout=1000 * PATIENCE)
        expect(page.get_by_role("heading", level=1)).to_have_text("Alderney")
        assert finds(page, f"{address}find/?q=hourglass", "Alderney")  # the index comes after the page
        page.close()
