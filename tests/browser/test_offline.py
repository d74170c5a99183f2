"""A copy of the portal opened from files, in a real Chromium: the same finding and comparing, without a server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from lcsite.publishing.offline_copy import make_offline
from lcsite.publishing.output_check import inspect_output
from tests.browser.page_kinds import PAGES
from tests.browser.test_find import status, titles
from tests.builds import once
from tests.theme.conftest import served
from tests.theme.test_in_browser import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory, portal: Path) -> Path:
    """The folder of a copy of this portal, made from the very pages that are served elsewhere in these tests."""

    def make(folder: Path) -> None:
        shutil.copytree(portal, folder, ignore=shutil.ignore_patterns("pagefind"), dirs_exist_ok=True)
        make_offline(folder)

    return once(tmp_path_factory, "portal-offline", make)


@contextmanager
def from_file(browser: Browser, file: Path, question: str = "") -> Iterator[Page]:
    """A page opened by a click on its file; any complaint of the browser, and any request elsewhere, fails the test.

    What was still under way when the page was left has not failed: the browser gives it up by itself.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "requestfailed",
        lambda request: None if request.failure == "net::ERR_ABORTED" else complaints.append(request.url),
    )
    page.on("request", lambda request: None if request.url.startswith("file:") else complaints.append(request.url))
    page.goto(file.as_uri() + question)
    try:
        yield page
        assert not complaints
    finally:
        context.close()


def counts(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('[data-lc-facet][open] input[type=checkbox]')].map(
             input => [input.name + ': ' + input.value, input.closest('label').querySelector('small').textContent]))"""
    )
    return found


def test_the_inspection_finds_nothing_in_the_copy(copy: Path) -> None:
    assert [str(problem) for problem in inspect_output(copy, as_files=True)] == []


def test_from_the_front_page_to_what_is_looked_for(browser: Browser, copy: Path) -> None:
    with from_file(browser, copy / "index.html") as page:
        page.get_by_role("link", name="Search").first.click()
        page.wait_for_load_state("load")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.get_by_role("searchbox", name="Words to look for").focus()
        assert [url for url in asked if url.endswith(".js")] == []  # nothing is loaded before a question
        page.keyboard.type("living libraries")
        page.keyboard.press("Enter")
        assert status(page).endswith("found for “living libraries”")
        assert titles(page)[0] == "Older people as living libraries"
        page.get_by_role("link", name="Older people as living libraries").click()
        assert page.url == (copy / "toolbox/practices/ybycui-living-libraries/index.html").as_uri()


@pytest.mark.parametrize(
    "question", ["?outcome=It+did+not+work", "?thing=Tool&sort=title", "?thing=Practice&outcome=Mixed&sort=newest"]
)
def test_ticks_find_and_count_the_same_as_on_the_web(
    browser: Browser, copy: Path, portal_site: str, question: str
) -> None:
    with opened(browser, f"{portal_site}find/{question}") as page:
        online = (status(page), titles(page), counts(page))
    with from_file(browser, copy / "find" / "index.html", question) as page:
        assert (status(page), titles(page), counts(page)) == online


def test_words_in_quotes_other_endings_and_words_that_are_nowhere(browser: Browser, copy: Path) -> None:
    with from_file(browser, copy / "find" / "index.html", "?q=%22living+libraries%22") as page:
        assert "Older people as living libraries" in titles_of(page)
    with from_file(browser, copy / "find" / "index.html", "?q=%22libraries+living%22") as page:
        assert status(page).startswith("Nothing")
        assert page.get_by_role("link", name="Add what you know").is_visible()
    with from_file(browser, copy / "find" / "index.html", "?q=living+library") as page:
        assert "Older people as living libraries" in titles_of(page)


def titles_of(page: Page) -> list[str]:
    status(page)
    return titles(page)


def test_back_goes_through_what_was_asked_and_an_address_can_be_kept(browser: Browser, copy: Path) -> None:
    with from_file(browser, copy / "find" / "index.html") as page:
        page.get_by_role("checkbox", name="It did not work").click()
        page.wait_for_function("() => location.search === '?outcome=It+did+not+work'")
        found = titles_of(page)
        kept = page.url
        page.go_back()
        page.get_by_role("heading", name="Or walk through the lists").wait_for()
        page.goto(kept)
        assert titles_of(page) == found


def test_places_are_put_side_by_side(browser: Browser, copy: Path, portal_site: str) -> None:
    question = "?places=balanga,beijing"
    with opened(browser, f"{portal_site}compare/{question}") as page:
        page.locator("#result h2").wait_for()
        said = page.locator("#result").inner_text()
    with from_file(browser, copy / "compare" / "index.html", question) as page:
        page.locator("#result h2").wait_for()
        assert page.locator("#result").inner_text() == said
        for link in page.locator("#result a").all():
            assert leads_to(link.evaluate("link => link.href")).is_file()


@pytest.mark.parametrize("kind", ["home", "places", "scorecard", "practice-that-worked", "tool", "data", "method"])
def test_every_link_of_a_page_leads_to_a_file(browser: Browser, copy: Path, kind: str) -> None:
    with from_file(browser, copy / PAGES[kind] / "index.html") as page:
        links = page.evaluate("[...document.links].map(link => link.href)")
        ours = [link for link in links if link.startswith("file:")]
        assert len(ours) > 10
        assert [link for link in ours if not leads_to(link).is_file()] == []


def leads_to(link: str) -> Path:
    return Path(unquote(urlsplit(link).path))


def test_it_works_on_the_web_too_below_an_address(browser: Browser, copy: Path, tmp_path: Path) -> None:
    (tmp_path / "learning").symlink_to(copy)
    with served(tmp_path) as address, opened(browser, f"{address}learning/find/index.html?q=libraries") as page:
        assert "The night library" in titles_of(page)


def test_axe_finds_nothing_among_results(browser: Browser, copy: Path, axe: str) -> None:
    with from_file(browser, copy / "find" / "index.html", "?q=library") as page:
        status(page)
        page.evaluate(axe)
        # Preloading would fetch the styles, which the policy forbids.
        found = page.evaluate("axe.run(document, {preload: false, resultTypes: ['violations']})")
        assert found["violations"] == []
