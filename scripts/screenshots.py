"""Take pictures of a built portal: `python scripts/screenshots.py [PAGE ...]`, for example `cities/` or `method/`.

Without arguments: one page of each kind, the first by address. Each page is taken on a narrow and a wide screen, light
and dark, into the folder `screenshots/`. Needs Chromium and a built `site/`; asks no other host.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

SITE = Path(os.environ.get("SITE") or "site")
PICTURES = Path("screenshots")
SCREENS = {"narrow": (320, 640), "wide": (1280, 800)}
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
KIND = re.compile(r'<body class="is-([a-z-]+)"')
TALLEST = 16_000
"""In pixels: no picture is taller, since browsers draw none that are much taller."""


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and keeps silent about it."""

    def log_message(self, *_: object) -> None:
        pass


def pages_by_kind() -> dict[str, str]:
    """Kind of page -> the address of the first such page; of places and scorecards, the one that says most."""
    found: dict[str, list[Path]] = {}
    for file in sorted(SITE.rglob("index.html")):
        said = KIND.search(file.read_text("utf-8"))
        if said:
            found.setdefault(said[1], []).append(file)
    chosen = {
        kind: max(files, key=lambda file: file.stat().st_size) if kind in ("place", "scorecard") else files[0]
        for kind, files in found.items()
    }
    pages = {kind: file.parent.relative_to(SITE).as_posix() + "/" for kind, file in chosen.items()}
    return {**{kind: page.removeprefix("./") for kind, page in pages.items()}, "not-found": "404.html"}


def take(browser: Browser, root: str, name: str, page: str) -> None:
    """Take the four pictures of one page."""
    tab = browser.new_page()
    for screen, (width, height) in SCREENS.items():
        tab.set_viewport_size({"width": width, "height": height})
        tab.goto(root + page, wait_until="load")
        tall = min(tab.evaluate("document.documentElement.scrollHeight"), TALLEST)
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            tab.screenshot(
                path=PICTURES / f"{name}-{screen}-{scheme}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": tall},
            )
    tab.close()


def main(asked: list[str]) -> int:
    named = os.environ.get("LCSITE_CHROMIUM", "")
    chromium = next(filter(None, map(shutil.which, (named, "chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None or not (SITE / "index.html").is_file():
        print("error: this needs Chromium (apt-get install chromium) and a built site (make site)", file=sys.stderr)
        return 3
    PICTURES.mkdir(exist_ok=True)
    pages = {page.strip("/").replace("/", "-") or "home": page for page in asked} or pages_by_kind()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(SITE)))
    Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        for name, page in pages.items():
            take(browser, f"http://127.0.0.1:{server.server_port}/", name, page)
            print(f"{PICTURES}/{name}-*.png  {page or 'the start page'}")
        browser.close()
    server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
