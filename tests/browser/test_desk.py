"""The editing desk in a real browser: a form is filled in, a file comes out, and `lcsite check` takes it.

The desk works on a folder that the person chooses. Here that is the browser's own private one, with the same
interface; what the desk writes there is then put into a site.
"""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lcsite.describing.desk import DESK_FILES, desk_config, desk_page
from lcsite.model.site import Desk
from lcsite.pipeline import read_and_check
from lcsite.problems import as_text
from tests import builders

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

A_FOLDER = """
window.showDirectoryPicker = async () => {
  const root = await navigator.storage.getDirectory();
  const site = await root.getDirectoryHandle('site', {create: true});
  await site.getDirectoryHandle('.git', {create: true});
  const content = await site.getDirectoryHandle('content', {create: true});
  const toolbox = await content.getDirectoryHandle('toolbox', {create: true});
  await toolbox.getDirectoryHandle('practices', {create: true});
  return site;
};
FileSystemHandle.prototype.requestPermission = async () => 'granted';
FileSystemHandle.prototype.queryPermission = async () => 'granted';
"""
WHAT_WAS_WRITTEN = """async () => {
  const found = {};
  const look = async (folder, path) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'directory') await look(handle, path + name + '/');
      else found[path + name] = await (await handle.getFile()).text();
    }
  };
  await look(await (await navigator.storage.getDirectory()).getDirectoryHandle('site'), '');
  return found;
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with nothing but the desk."""
    folder = tmp_path_factory.mktemp("desk")
    site, desk = builders.site(), Desk(service="github", repository="sampleby/learns")
    (folder / "admin" / "fonts").mkdir(parents=True)
    (folder / "admin" / "index.html").write_text(desk_page(site, desk), "utf-8")
    (folder / "admin" / "config.yml").write_text(desk_config(site, desk), "utf-8")
    for name, path in DESK_FILES.items():
        (folder / "admin" / name).write_bytes(path.read_bytes())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/admin/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """The desk with a folder chosen, and every address that it asked outside its own."""
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(15_000)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.add_init_script(A_FOLDER)
    page.goto(address)
    page.get_by_role("button", name="Work with Local Repository").click()
    page.get_by_text("Case studies").first.wait_for()
    yield page, asked
    context.close()


def field(page: Page, path: str) -> Locator:
    return page.locator(f'.field[data-key-path="{path}"]')


def fill_in(page: Page) -> None:
    page.goto(page.url.partition("#")[0] + "#/collections/practice/new")
    for label, words in (
        ("Title", "Bench at the stop"), ("Summary", "Books: gone in a week."), ("Kind", "street library"),
        ("Years", "2023-2024"), ("Resources", "EUR 120"),
    ):  # fmt: skip
        page.get_by_role("textbox", name=label, exact=True).fill(words)
    field(page, "countries").get_by_role("button", name="Add").click()
    field(page, "countries.0").get_by_role("textbox").fill("GB")
    field(page, "outcome").locator("button[value=did-not-work]").click()
    field(page, "evidence").scroll_into_view_if_needed()
    field(page, "evidence.text").locator("textarea").fill("We counted: 40, then none.")
    quality = field(page, "evidence.quality")
    quality.get_by_role("combobox").click()
    page.get_by_role("option", name="self-reported").click()
    for last in ("language", "demonstration", "body"):  # what is out of sight is not made yet
        field(page, last).scroll_into_view_if_needed()
    field(page, "body").get_by_role("textbox").fill("## What was done\n\nFour of us built a bench.\n")


def test_what_is_filled_in_at_the_desk_becomes_a_file_that_is_right(
    desk: tuple[Page, list[str]], tmp_path: Path
) -> None:
    page, asked = desk
    fill_in(page)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**#/collections/practice", timeout=15_000)
    written = page.evaluate(WHAT_WAS_WRITTEN)
    path = "content/toolbox/practices/bench-at-the-stop.md"
    assert list(written) == [path]
    made = builders.garden_site(tmp_path / "site")
    made.write(path, written[path])
    found = read_and_check(made.root)
    assert not found.problems.errors, as_text(found.problems) + written[path]
    assert found.portfolio is not None
    practice = found.portfolio.practices["bench-at-the-stop"]
    assert (practice.outcome, practice.years, practice.countries) == ("did-not-work", "2023-2024", ("GB",))
    assert practice.evidence.text == "We counted: 40, then none."
    own = page.url.partition("/admin/")[0]
    elsewhere = {url.split("/")[2] for url in asked if not url.startswith((own, "blob:", "data:"))}
    assert elsewhere <= {"www.githubstatus.com"}  # asked for, and stopped by the desk's policy


def test_the_desk_asks_for_its_own_fonts_and_for_no_newer_version(desk: tuple[Page, list[str]]) -> None:
    _, asked = desk
    assert any(url.endswith("/admin/fonts/source-sans-3.woff2") for url in asked)
    assert not any("unpkg" in url or "jsdelivr" in url for url in asked)
