"""Take pictures of a built portal: `python scripts/screenshots.py [PAGE ...]`, for example `cities/` or `method/`.

Without arguments: the start page and the first page of each section. Each page is taken on a narrow and a wide
screen, light and dark, into the folder `screenshots/`. Needs Chromium and a built `site/`; asks no other host.
"""

from __future__ import annotations

import os
import shutil
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

SITE = Path("site")
PICTURES = Path("screenshots")
SCREENS = {"narrow": (320, 640), "wide": (1280, 800)}
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and keeps silent about it."""

    def log_message(self, *_: object) -> None:
        pass


def sections() -> list[str]:
    """The start page and the first page of each folder of the site."""
    return ["", *sorted(f"{page.parent.name}/" for page in SITE.glob("*/index.html"))]


def take(browser: Browser, root: str, page: str) -> None:
    """Take the four pictures of one page."""
    name = page.strip("/").replace("/", "-") or "home"
    for screen, (width, height) in SCREENS.items():
        for scheme in ("light", "dark"):
            tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            tab.goto(root + page, wait_until="load")
            tab.screenshot(path=PICTURES / f"{name}-{screen}-{scheme}.png", full_page=True)
            tab.close()


def main(pages: list[str]) -> int:
    named = os.environ.get("LCSITE_CHROMIUM", "")
    chromium = next(filter(None, map(shutil.which, (named, "chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None or not (SITE / "index.html").is_file():
        print("error: this needs Chromium (apt-get install chromium) and a built site (make site)", file=sys.stderr)
        return 3
    PICTURES.mkdir(exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(SITE)))
    Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        for page in pages or sections():
            take(browser, f"http://127.0.0.1:{server.server_port}/", page)
            print(f"{PICTURES}/{page}")
        browser.close()
    server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
