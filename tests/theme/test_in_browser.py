"""The shell and the components in a real Chromium: for everyone, at any width, in both palettes and directions."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.theme.conftest import served
from tests.theme.sample_site import build_sample_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SHEET = "places/sheet/"
Scheme = Literal["light", "dark"]


@contextmanager
def opened(
    browser: Browser, address: str, *, width: int = 1280, scheme: Scheme = "light", js: bool = True
) -> Iterator[Page]:
    """A page in a fresh profile; leaving the block fails on any complaint of the browser or request to another host."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=js, bypass_csp=False
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    host = address.split("/")[2]
    page.on("request", lambda request: complaints.append(request.url) if host not in request.url else None)
    page.goto(address)
    try:
        yield page
        assert not complaints
    finally:
        context.close()


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds, best practice included; axe is run by the test's own world, past the page's policy."""
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{v['id']}: {json.dumps([n['html'][:160] for n in v['nodes'][:4]])}" for v in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("site", ["sample_site", "sample_site_rtl"])
def test_axe_finds_nothing_on_the_component_sheet(
    browser: Browser, request: pytest.FixtureRequest, axe: str, site: str, width: int, scheme: Scheme
) -> None:
    with opened(browser, request.getfixturevalue(site) + SHEET, width=width, scheme=scheme) as page:
        assert violations(page, axe) == []


@pytest.mark.parametrize("path", ["", "404.html"])
def test_axe_finds_nothing_on_plain_pages(browser: Browser, sample_site: str, axe: str, path: str) -> None:
    with opened(browser, sample_site + path) as page:
        assert violations(page, axe) == []


@pytest.mark.parametrize("width", [320, 400, 640, 768, 1024, 1280])
@pytest.mark.parametrize("site", ["sample_site", "sample_site_rtl"])
def test_nothing_makes_the_page_scroll_sideways(
    browser: Browser, request: pytest.FixtureRequest, site: str, width: int
) -> None:
    with opened(browser, request.getfixturevalue(site) + SHEET, width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_at_twice_the_size_still_fits(browser: Browser, sample_site: str) -> None:
    with opened(browser, sample_site + SHEET, width=1280) as page:
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_the_system_decides_the_palette_until_the_reader_does(browser: Browser, sample_site: str) -> None:
    with opened(browser, sample_site + SHEET, scheme="dark") as page:
        ground = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(ground) == "rgb(15, 22, 29)"
        button = page.get_by_role("button", name="Dark colours")
        assert button.get_attribute("aria-pressed") == "true"
        button.click()
        assert button.get_attribute("aria-pressed") == "false"
        assert page.evaluate(ground) == "rgb(255, 255, 255)"
        page.reload()
        assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_without_javascript_the_menu_opens_and_the_dark_palette_follows_the_system(
    browser: Browser, sample_site: str
) -> None:
    with opened(browser, sample_site + SHEET, width=400, scheme="dark", js=False) as page:
        assert page.locator("[data-lc-palette]").is_hidden()
        page.get_by_text("Menu", exact=True).click()
        assert page.get_by_role("link", name="Toolbox").first.is_visible()


def test_the_menu_closes_with_escape_and_gives_the_focus_back(browser: Browser, sample_site: str) -> None:
    with opened(browser, sample_site + SHEET, width=400) as page:
        page.locator(".lc-menu summary").click()
        assert page.locator(".lc-menu").get_attribute("open") is not None
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert page.locator(".lc-menu").get_attribute("open") is None
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_first_stop_of_the_keyboard_leads_to_the_content(browser: Browser, sample_site: str) -> None:
    with opened(browser, sample_site + SHEET) as page:
        page.keyboard.press("Tab")
        skip = page.locator(".lc-skip")
        assert skip.evaluate("element => element === document.activeElement")
        assert (skip.bounding_box() or {"y": -1})["y"] >= 0
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")


def test_from_right_to_left_the_ink_starts_at_the_right_and_the_axis_stays_readable(
    browser: Browser, sample_site_rtl: str
) -> None:
    with opened(browser, sample_site_rtl + SHEET) as page:
        sides = page.evaluate(
            """() => {
              const bar = document.querySelector('.lc-profile .lc-bar');
              const box = bar.getBoundingClientRect(), ink = bar.querySelector('.b-known').getBoundingClientRect();
              const axis = [...document.querySelectorAll('.lc-profile .lc-axis__n > span')];
              return {gap: box.right - ink.right, first: axis[0].textContent, last: axis[4].textContent,
                      order: axis[0].getBoundingClientRect().left > axis[4].getBoundingClientRect().left};
            }"""
        )
        assert abs(sides["gap"]) < 1
        assert (sides["first"], sides["last"], sides["order"]) == ("0", "100", True)


def test_closed_working_is_printed_open(browser: Browser, sample_site: str) -> None:
    with opened(browser, sample_site + SHEET) as page:
        page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = false; })")
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details.lc-work[open]").count() == 1
        assert page.locator(".lc-nav").first.is_hidden()
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("details.lc-work[open]").count() == 0


def test_paper_is_always_light(browser: Browser, sample_site: str) -> None:
    with opened(browser, sample_site + SHEET, scheme="dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        paper = "getComputedStyle(document.documentElement).getPropertyValue('--lc-paper').trim()"
        assert page.evaluate(paper) == "#fff"


def test_a_site_in_a_folder_of_its_host_finds_everything(browser: Browser, tmp_path: Path) -> None:
    site = build_sample_site(tmp_path / "source", site_url="http://127.0.0.1/learning/city/")
    root = tmp_path / "root"
    (root / "learning").mkdir(parents=True)
    site.rename(root / "learning" / "city")
    with served(root) as address:
        for path in (SHEET, "404.html"):
            with opened(browser, f"{address}learning/city/{path}") as page:
                header = "getComputedStyle(document.querySelector('.lc-header')).borderBottomWidth"
                assert page.evaluate(header) == "1px"
                home = page.locator(".lc-brand").evaluate("link => link.href")
                assert home.endswith("/learning/city/")


def test_a_script_that_slips_into_a_page_does_not_run(browser: Browser, sample_folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(sample_folder, root)
    page_file = root / "places" / "sheet" / "index.html"
    text = page_file.read_text(encoding="utf-8")
    text = text.replace("</main>", "<script>window.ran = true</script><p onclick=\"window.ran = true\">x</p></main>")
    page_file.write_text(text, encoding="utf-8")
    with served(root) as address:
        page = browser.new_page()
        refusals: list[str] = []
        page.on("console", lambda said: refusals.append(said.text))
        page.goto(address + SHEET)
        page.get_by_text("x", exact=True).click()
        assert page.evaluate("window.ran") is None
        assert any("Content Security Policy" in refusal for refusal in refusals)
        page.close()


def test_the_shell_works_from_a_file(browser: Browser, sample_folder: Path) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((sample_folder / "places" / "sheet" / "index.html").as_uri())
    assert page.get_by_role("button", name="Dark colours").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert complaints == []
    context.close()
