"""Weigh what a reader's browser fetches: a page, its styles and scripts, and the first question to the search.

    python scripts/measure_bytes.py site
    python scripts/measure_bytes.py --pages 3000

Weighs a built site, or a portal of so many pages that is made up (`bench/`) and built for it. It is served on this
machine, with text compressed as a host would do it, and read in Chromium with an empty cache for every question. The
words that stand in the most places, and those in the heaviest pieces of the index, are looked up and asked for too,
also with ticks. Exits with 1 where something is heavier than it may be.
"""

from __future__ import annotations

import argparse
import gzip
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

import cbor2
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.authored import write_portal
from bench.portal import Portal
from tests.conftest import CHROMIUM_OPTIONS, find_chromium

FIRST_QUESTION = 205_000
STYLES_AND_SCRIPTS = 80_000
PAGES = {"practice": 8_000, "place": 15_000}
"""In bytes on the wire; 1 kB is 1,000 bytes."""

TEXT = (".html", ".js", ".css", ".json", ".svg", ".xml", ".txt", ".csv")
USUAL = ("library", "older people", "literacy on the bus", "learning city")


@cache
def on_the_wire(file: Path) -> int:
    """Text is compressed by hosts; what the indexer writes is compressed already."""
    content = file.read_bytes()
    return len(gzip.compress(content, 6)) if file.suffix in TEXT else len(content)


class _Host(SimpleHTTPRequestHandler):
    """Serves a folder; compresses text; writes down what was asked for."""

    asked: ClassVar[list[Path]] = []

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        self.asked.append(file)
        content = file.read_bytes()
        self.send_response(200)
        if file.suffix in TEXT:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        return


@contextmanager
def served(folder: Path) -> Iterator[str]:
    def handler(*args: Any) -> _Host:
        return _Host(*args, directory=str(folder))

    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def most_frequent(site: Path, how_many: int) -> list[str]:
    """The words with the longest lists in the index, as stems."""
    weights: dict[str, int] = {}
    for piece in (site / "pagefind" / "index").glob("*.pf_index"):
        for word in cbor2.loads(gzip.decompress(piece.read_bytes())[12:])[0]:
            if word[0].isalpha() and word[0].isascii():
                weights[word[0]] = sum(len(page[1]) + 1 for page in word[1])
    return sorted(weights, key=lambda word: -weights[word])[:how_many]


def heaviest_pieces(site: Path) -> list[str]:
    """One word of each of the two heaviest pieces of the index."""
    pieces = sorted((site / "pagefind" / "index").glob("*.pf_index"), key=lambda file: -file.stat().st_size)[:2]
    return [cbor2.loads(gzip.decompress(piece.read_bytes())[12:])[0][-1][0] for piece in pieces]


def asked_by(browser: Browser, address: str) -> tuple[list[Path], str]:
    """Every file that a shared address costs in a fresh browser, beside the page itself; and what was announced."""
    context = browser.new_context()
    page = context.new_page()
    _Host.asked.clear()
    page.goto(address)
    page.wait_for_function(
        """() => document.querySelector('[data-lc-results]:not([aria-busy]) li')
                 || !document.querySelector('[data-lc-none]').hidden"""
    )
    page.wait_for_load_state("networkidle")
    said = page.get_by_role("status").inner_text()
    files = [file for file in _Host.asked if "pagefind" in file.parts]
    context.close()
    return files, said


def kinds(files: Sequence[Path]) -> dict[str, int]:
    """Bytes by what they are for."""
    names = {".pf_meta": "meta", ".pf_index": "words", ".pf_filter": "facets", ".pf_fragment": "cards"}
    found: dict[str, int] = {}
    for file in files:
        name = names.get(file.suffix, "program")
        found[name] = found.get(name, 0) + on_the_wire(file)
    return found


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Weigh what a reader's browser fetches.")
    parser.add_argument("site", nargs="?", type=Path, help="a built site")
    parser.add_argument("--pages", type=int, help="make up and build a portal of so many pages")
    parser.add_argument("--words", action="append", default=[], help="ask for these words too")
    asked = parser.parse_args(arguments)
    if asked.site is not None:
        return weigh(asked.site.resolve(), asked.words)
    if not asked.pages:
        parser.error("name a built site, or say --pages")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "portal"
        write_portal(Portal(asked.pages), source)
        subprocess.run([sys.executable, "-m", "lcsite", "build", str(source), "--quiet"], check=True)
        return weigh(source / "site", asked.words)


def weigh(site: Path, words: Sequence[str]) -> int:
    """Print what `site` costs its readers; 1 where something is too heavy."""
    too_heavy = []
    for kind, limit in PAGES.items():
        weights = sorted((on_the_wire(file), file) for file in site.glob("**/index.html") if _is(file, kind))
        if weights:
            middle, (most, where) = weights[len(weights) // 2][0], weights[-1]
            print(f"{kind}: {len(weights)} pages, middle {middle:,}, most {most:,} ({where.parent.relative_to(site)})")
            too_heavy += [f"{kind} page"] if most > limit else []
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_OPTIONS))
        loaded = _loaded(browser, address + "find/")
        styles = sum(on_the_wire(file) for file in loaded if file.suffix in (".css", ".js"))
        print(f"styles and scripts before a search: {styles:,}")
        too_heavy += ["styles and scripts"] if styles > STYLES_AND_SCRIPTS else []
        frequent, pieces = most_frequent(site, 4), heaviest_pieces(site)
        pairs = (" ".join(frequent[:2]), " ".join(frequent[2:]), " ".join(pieces))
        questions = [{"q": asked} for asked in (*words, *USUAL, *pairs)]
        place = _first_place(site)
        questions += [{"q": "library", "place": place}, {"q": " ".join(frequent[:2]), "outcome": "It worked"}]
        questions += [{"outcome": "It did not work"}, {"outcome": "It did not work", "sort": "newest"}]
        print("\n| question | bytes | requests | " + " | ".join(_COLUMNS) + " | announced |")
        print("|---|--:|--:|" + "--:|" * len(_COLUMNS) + "---|")
        for question in questions:
            files, said = asked_by(browser, f"{address}find/?{urlencode(question)}")
            by_kind = kinds(files)
            total = sum(by_kind.values())
            cells = " | ".join(f"{by_kind.get(name, 0):,}" for name in _COLUMNS)
            print(f"| {' + '.join(question.values())} | {total:,} | {len(files)} | {cells} | {said} |")
            too_heavy += [f"the question {question}"] if total > FIRST_QUESTION else []
        browser.close()
    for name in too_heavy:
        print(f"too heavy: {name}", file=sys.stderr)
    return 1 if too_heavy else 0


_COLUMNS = ("program", "meta", "words", "facets", "cards")


def _loaded(browser: Browser, address: str) -> list[Path]:
    context = browser.new_context()
    _Host.asked.clear()
    context.new_page().goto(address, wait_until="networkidle")
    files = list(_Host.asked)
    context.close()
    searched = [file for file in files if "pagefind" in file.parts]
    if searched:
        raise SystemExit(f"the search fetched {searched[0]} before a question")
    return files


def _is(file: Path, kind: str) -> bool:
    return f'<body class="is-{kind}"' in file.read_text("utf-8")


def _first_place(site: Path) -> str:
    """The name of some place that the search knows."""
    for file in (site / "pagefind" / "filter").iterdir():
        name, values = cbor2.loads(gzip.decompress(file.read_bytes())[12:])
        if name == "place":
            return str(values[0][0])
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
