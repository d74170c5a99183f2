"""Two sites in two places, searched together in the reader's browser; and one of them gone, broken, or not allowed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lcsite.cli import run
from tests.browser.hosts import host
from tests.builders import SiteFolder, as_yaml

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
OPEN = {"Access-Control-Allow-Origin": "*"}


def make(root: Path, town: str, *sites: dict[str, str]) -> Path:
    made = SiteFolder(root, title=f"{town} learns")
    made.framework("garden-rules")
    made.place(town.lower(), town, f"In {town} everybody swaps seeds in the library.\n")
    made.practice(f"{town.lower()}-swap", f"Seed swap in {town}", places=[town.lower()])
    if sites:
        made.write("content/network.yml", as_yaml({"sites": list(sites)}))
    assert run(["build", str(root), "--output", str(root / "site"), "--quiet"]) == 0
    return root / "site"


@pytest.fixture(scope="module")
def elder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("elder"), "Elder")


@pytest.fixture(scope="module")
def both(elder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The portal's folder and the address of the other site, which is served from a folder that a test may empty."""
    folder = tmp_path_factory.mktemp("elder-served") / "site"
    shutil.copytree(elder, folder)
    with host(folder, OPEN) as there:
        joined = {"id": "elder", "from": there, "join": "search", "title": "Elder learns"}
        yield make(tmp_path_factory.mktemp("birch"), "Birch", joined), there


def looked_for(page: Page, here: str, words: str) -> list[tuple[str, str, str]]:
    """Title, address and small line of every card."""
    page.goto(f"{here}find/?q={words}")
    page.locator(".lc-results li").first.wait_for()
    found: list[tuple[str, str, str]] = [
        tuple(card) for card in page.evaluate(
            "[...document.querySelectorAll('.lc-results li')]"
            ".map(item => [item.querySelector('a'), item.querySelector('.lc-src')])"
            ".map(([link, note]) => [link.firstChild.textContent, link.href, note ? note.textContent : ''])"
        )
    ]
    return found


def test_pages_of_both_sites_are_found_and_each_leads_home(browser: Browser, both: tuple[Path, str]) -> None:
    with host(both[0]) as here:
        page = browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        found = {title: (address, note) for title, address, note in looked_for(page, here, "swap")}
        assert found["Seed swap in Birch"][0] == f"{here}toolbox/practices/birch-swap/"
        address, note = found["Seed swap in Elder"]
        assert address == f"{both[1]}toolbox/practices/elder-swap/"
        assert "Elder learns" in note
        assert not page.locator("[data-lc-missing]").is_visible()
        assert complaints == []
        page.close()


def test_the_policy_lets_the_search_ask_that_site_and_nobody_else(browser: Browser, both: tuple[Path, str]) -> None:
    policy = (both[0] / "find" / "index.html").read_text("utf-8").replace("&#39;", "'")
    assert f"connect-src 'self' {both[1].rstrip('/')};" in policy
    with host(both[0]) as here, host(both[0], OPEN) as stranger:
        page = browser.new_page()
        page.goto(f"{here}find/")
        ask = "url => fetch(url).then(() => 'answered', () => 'refused')"
        assert page.evaluate(ask, f"{both[1]}lcsite.json") == "answered"
        assert page.evaluate(ask, f"{stranger}lcsite.json") == "refused"
        page.close()


@pytest.mark.parametrize("trouble", ["gone", "no site", "another index", "not allowed"])
def test_a_site_that_does_not_answer_is_named_and_the_search_goes_on(
    browser: Browser, elder: Path, tmp_path: Path, trouble: str
) -> None:
    served = tmp_path / "served"
    shutil.copytree(elder, served)
    with host(served, {} if trouble == "not allowed" else OPEN) as there:
        portal = make(tmp_path / "birch", "Birch", {"id": "elder", "from": there, "join": "search"})
        if trouble == "no site":
            shutil.rmtree(served)
        if trouble == "another index":
            for file in (served / "pagefind").rglob("*.pf_*"):
                file.write_bytes(b"something else")
        if trouble != "gone":
            _still_finds(browser, portal)
    if trouble == "gone":
        _still_finds(browser, portal)


def _still_finds(browser: Browser, portal: Path) -> None:
    with host(portal) as here:
        page = browser.new_page()
        assert "Seed swap in Birch" in [title for title, _, _ in looked_for(page, here, "swap")]
        assert page.locator("[data-lc-missing]").inner_text() == "Not reached just now: elder"
        assert not page.locator("[data-lc-broken]").is_visible()
        page.close()
