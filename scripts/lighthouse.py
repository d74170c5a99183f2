"""Ask Lighthouse what it thinks of a built portal: `python scripts/lighthouse.py [PAGE ...]`, for example `cities/`.

Without arguments: the start page, the place that says most, a practice and the find page. The site is served on this
machine with compression, as a host would serve it; the phone is Lighthouse's own, with its slow line and slow
processor. Ends with 1 where a mark is below 95 of 100. Needs Chromium, Node.js and a built `site/`; asks no other host.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

SITE = Path(os.environ.get("SITE") or "site")
LIGHTHOUSE = Path(".cache/lighthouse/node_modules/.bin/lighthouse")
PASS = 95
OPTIONS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
COMPRESSED = {".html", ".css", ".js", ".svg", ".json", ".xml", ".csv", ".md"}


class Host(SimpleHTTPRequestHandler):
    """Serves files as any host does: compressed, with a length, to be kept for a while."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            super().do_GET()
            return
        body, kind = file.read_bytes(), self.guess_type(str(file))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if file.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(body)


def pages() -> list[str]:
    """The four kinds of page that most people open, of places the heaviest."""
    places = [page for page in SITE.glob("cities/*/index.html") if page.parent.name != "by"]
    practices = sorted(page for page in SITE.glob("toolbox/practices/*/index.html") if page.parent.name != "by")
    fullest = max(places, key=lambda page: page.stat().st_size)
    return ["", *(f"{page.parent.relative_to(SITE).as_posix()}/" for page in (fullest, practices[0])), "find/"]


def ask(address: str, report: Path, chromium: str) -> tuple[dict[str, int], list[str]]:
    """The four marks of a page, and what cost it points."""
    subprocess.run(
        [LIGHTHOUSE, address, "--quiet", f"--chrome-flags={OPTIONS}", "--output=json", f"--output-path={report}"],
        check=True,
        env=dict(os.environ, CHROME_PATH=chromium),
        timeout=180,
    )
    told = json.loads(report.read_text("utf-8"))
    marks = {kind["id"]: round(100 * (kind["score"] or 0)) for kind in told["categories"].values()}
    cost = []
    for kind in told["categories"].values():
        for part in kind["auditRefs"]:
            audit = told["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                cost.append(f"{kind['id']}: {audit['title']} {audit.get('displayValue', '')}".strip())
    return marks, cost


def main(asked: list[str]) -> int:
    named = os.environ.get("LCSITE_CHROMIUM", "")
    chromium = next(filter(None, map(shutil.which, (named, "chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None or not LIGHTHOUSE.exists() or not (SITE / "index.html").is_file():
        print("error: this needs Chromium, Node.js and a built site: make lighthouse", file=sys.stderr)
        return 3
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(SITE)))
    Thread(target=server.serve_forever, daemon=True).start()
    low = 0
    with tempfile.TemporaryDirectory() as folder:
        for page in asked or pages():
            marks, cost = ask(f"http://127.0.0.1:{server.server_port}/{page}", Path(folder) / "report.json", chromium)
            print("  ".join(f"{mark:3} {kind}" for kind, mark in marks.items()), page or "the start page", flush=True)
            for line in cost:
                print(f"      {line}")
            low += sum(mark < PASS for mark in marks.values())
    server.shutdown()
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
