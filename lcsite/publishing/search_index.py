"""The search index of a finished site: made offline by Pagefind from the pages themselves, and kept to what is used.

Pages say in their own markup what is indexed; this module reads none of it. It writes one folder below the site.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lcsite.publishing.errors import EnvironmentTrouble
from lcsite.publishing.kept import files_below, take_over
from lcsite.tidying import give_back
from lcsite.working_apart import CopyLost

__all__ = ["INDEX_FOLDER", "index_site", "searches_alike"]

INDEX_FOLDER = "pagefind"

_MARK = b"data-pagefind"
"""What begins each mark for the indexer."""

_WHOLE_MARK = b"data-pagefind-body"
"""What stands around all that is indexed of a page."""

TIME_LIMIT = 600
"""In seconds, for a site of any size: 3,000 pages take about four."""

_SETTINGS = {"_RJEM_MALLOC_CONF": "narenas:1"}
"""All threads of the indexer share one store of memory in place of eight: a seventh less at the peak, as quick."""


def index_site(site: Path, *, language: str, folder: Path | None = None, processes: int = 1) -> None:
    """Index a finished site into its folder `pagefind`, or another one.

    The whole site is one index in `language`, so that a page in another language is found too. Raises
    EnvironmentTrouble where the indexer cannot work.
    """
    from lcsite.publishing.lighter_index import lighten  # as the indexer: most commands do without

    site = site.resolve()
    folder = folder or site / INDEX_FOLDER
    if folder.is_dir():
        shutil.rmtree(folder)
    command = [str(_indexer()), "--output-path", str(folder), "--force-language", language.lower(), "--silent"]
    if _is_marked_in_main(site):
        command += ["--root-selector", "main[data-pagefind-body]"]  # nothing around it is read for nothing
    give_back()  # the indexer takes several times as much as all that is here
    try:
        with _listed_by_names(site) as pages:
            done = subprocess.run(
                [*command, "--site", str(pages)],
                cwd=site,
                env=_plain_environment() | _SETTINGS,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=TIME_LIMIT,
                check=False,
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentTrouble(f"the search index could not be made: {error}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [f"the indexer ended with {done.returncode}"]
        raise EnvironmentTrouble(f"the search index could not be made: {said[0]}")
    _keep_what_is_used(folder)
    try:
        lighten(folder, processes=processes)
    except CopyLost as error:
        raise EnvironmentTrouble(f"{error}; build again, or with --jobs 1") from error


@contextmanager
def _listed_by_names(site: Path) -> Iterator[Path]:
    """A folder with the pages of a site that the disk lists in an order of their names alone: the indexer numbers them
    as they are listed, and the same pages have to give the same bytes.
    """
    with TemporaryDirectory(prefix=".lcsite-", dir=site) as beside:
        if _lists_by_names(beside):
            yield site
        else:
            pages = sorted(path for path, _ in files_below(site) if path.endswith(".html"))
            take_over(site, pages, Path(beside, "pages"), known={}, looked_at=True)
            yield Path(beside, "pages")


def _lists_by_names(folder: str) -> bool:
    """Whether the disk lists files alike in whichever order they were made. One in memory, such as tmpfs, does not."""
    names = "abcdef"
    for order in (names, names[::-1]):
        for name in order:
            Path(folder, order).mkdir(exist_ok=True)
            Path(folder, order, name).touch()
    return os.listdir(Path(folder, names)) == os.listdir(Path(folder, names[::-1]))


def searches_alike(published: Path, site: Path, pages: Collection[str] | None = None) -> bool:
    """Whether the indexer would read the same in both sites; in these `pages`, or in all of both."""
    if pages is None:
        pages = {path for path, _ in files_below(site) if path.endswith(".html")}
        if pages != {path for path, _ in files_below(published) if path.endswith(".html")}:
            return False
    return all(
        _what_is_indexed((published / path).read_bytes()) == _what_is_indexed((site / path).read_bytes())
        for path in pages if path.endswith(".html")
    ) and _chooses_pages(published)


def _chooses_pages(site: Path) -> bool:
    """Whether some page says what of it is indexed. Where none does, the indexer reads all of every page."""
    return any(_WHOLE_MARK in (site / path).read_bytes() for path, _ in files_below(site) if path.endswith(".html"))


def _is_marked_in_main(site: Path) -> bool:
    """Whether what pages mark as a whole is their `main`, if they mark anything, and nothing is marked around it."""
    marked = False
    for path, _ in files_below(site):
        if path.endswith(".html"):
            page = (site / path).read_bytes()
            _, found = _what_is_indexed(page)
            if found is page:
                return False
            marked = marked or bool(found)
    return marked


def _what_is_indexed(page: bytes) -> tuple[bytes, bytes]:
    """The first tag, which holds the language, and what is marked to be found, with a little around it.

    The whole page where a template of the site marks something anywhere else.
    """
    start = page.find(b"<html")
    body, end = page.find(b"<main"), page.rfind(b"</main>")
    if _WHOLE_MARK not in page[body : page.find(b">", body)]:
        return b"", page if _WHOLE_MARK in page.lower() else b""
    if body < 0 or end < body or _MARK in (page[:body] + page[end:]).lower():
        return b"", page
    return page[start : page.find(b">", start)], page[body:end]


def _indexer() -> Path:
    from pagefind.service import get_executable  # only a build needs it

    try:
        found = get_executable()
    except FileNotFoundError:
        found = None
    if found is None:
        raise EnvironmentTrouble(
            'the search index could not be made: install "pagefind[bin]", or build with --no-search'
        )
    return found


def _plain_environment() -> dict[str, str]:
    """The environment without settings for the indexer, which would change what a build gives."""
    return {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND_")}


def _keep_what_is_used(folder: Path) -> None:
    """Remove the ready-made user interfaces, the worker, and reading rules for other languages: nothing loads them."""
    entry = json.loads((folder / "pagefind-entry.json").read_text("utf-8"))
    rules = {f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in entry["languages"].values()}
    wanted = {"pagefind.js", "pagefind-entry.json", *rules}
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in wanted and path.suffix != ".pf_meta":
            path.unlink()
