"""One page of each kind of the whole portal in a real Chromium: for everyone, light enough, on paper, from anywhere.

Each page is opened once in each direction and looked at in two corners: on a phone in dark colours and on a desk in
light ones from left to right, the other way round from right to left. So every pair of width, palette and direction
is met on every kind of page. Contrast, which is most of the work, is measured in both palettes on every kind from left
to right, and in both directions where every drawing and box is shown: colours do not depend on the direction.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.page_kinds import PAGES
from tests.theme.conftest import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CORNERS = {
    "portal_site": ((1280, "light"), (320, "dark")),
    "portal_site_rtl": ((1280, "dark"), (320, "light")),
}
NO_SCRIPT_NO_CONTENT = {"find", "compare"}
"""They work by script alone; without it they say so and lead to the lists."""

EVERYTHING_SHOWN = {"components", "home"}

kb = 1000

# What a page must be, asked inside the page: a list of sentences about what is wrong.
FAULTS = """() => {
  const wrong = [], all = selector => [...document.querySelectorAll(selector)];
  const seen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = all('body *').filter(e => seen(e) && !e.closest('.lc-scroll, svg, pre, .lc-sum') &&
      (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1));
    wrong.push('scrolls sideways: ' + wide.slice(-2).map(e => e.outerHTML.slice(0, 120)).join(' | '));
  }
  if (all('h1').length !== 1) wrong.push(all('h1').length + ' first headings');
  let before = 0;
  for (const heading of all('h1, h2, h3, h4, h5, h6')) {
    if (!seen(heading)) continue;
    const level = Number(heading.tagName[1]);
    if (level > before + 1) wrong.push('heading level jumps to ' + heading.outerHTML.slice(0, 120));
    before = level;
  }
  for (const one of ['header', 'main', 'footer'])
    if (all('body > ' + one).length !== 1) wrong.push('landmark ' + one);
  const ids = all('[id]').map(e => e.id), twice = ids.filter((id, nth) => ids.indexOf(id) !== nth);
  if (twice.length) wrong.push('an id stands twice: ' + twice.slice(0, 3));
  for (const link of all('a[href^="#"]')) {
    const id = decodeURIComponent(link.getAttribute('href').slice(1));
    if (id && !document.getElementById(id)) wrong.push('leads nowhere: ' + link.outerHTML.slice(0, 120));
  }
  for (const image of all('img')) if (!image.naturalWidth) wrong.push('no picture: ' + image.src);
  return wrong;
}"""

# One step of the keyboard: what has the focus, whether it can be seen, whether something lies on it.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect(), styles = [at, at.closest('.lc-card') || at].map(e => getComputedStyle(e));
  const outlined = styles.some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2);
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 1), innerWidth - 2);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 2);
  const on = document.elementFromPoint(x, y);
  const rects = [...at.getClientRects()], inside = rects.some(r => r.bottom > 0 && r.top < innerHeight);
  const free = on && (at.contains(on) || on.contains(at) || on.closest('a, summary, label') === at || rects.length > 1);
  return {what: at.outerHTML.slice(0, 140), outlined, inside, free: Boolean(free), main: Boolean(at.closest('main'))};
}"""


def _watched(context: BrowserContext, host: str) -> tuple[Page, list[str]]:
    """A page, and the list of everything the browser will complain of or ask of another host."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: complaints.append(f"asked {asked.url}") if not asked.url.startswith((host, "data:")) else None,
    )
    return page, complaints


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.mark.parametrize("site", CORNERS)
@pytest.mark.parametrize("kind", PAGES)
def test_everyone_can_use_every_kind_of_page(
    context: BrowserContext, request: pytest.FixtureRequest, axe: str, kind: str, site: str
) -> None:
    address = request.getfixturevalue(site)
    page, faults = _watched(context, address)
    (width, scheme), *others = CORNERS[site]
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(address + PAGES[kind])
    assert page.evaluate("document.documentElement.dir") == ("rtl" if site.endswith("rtl") else "ltr")
    page.evaluate(axe)
    contrast = site == "portal_site" or kind in EVERYTHING_SHOWN
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}}
    for corner in ((width, scheme), *others):
        page.set_viewport_size({"width": corner[0], "height": 900})
        page.emulate_media(color_scheme=corner[1])
        found = page.evaluate("options => axe.run(document, options)", options)["violations"]
        faults += [f"{corner}: {f['id']}: {json.dumps([n['html'][:160] for n in f['nodes'][:3]])}" for f in found]
        faults += [f"{corner}: {fault}" for fault in page.evaluate(FAULTS)]
    page.close()
    assert faults == []


def test_every_kind_of_page_was_looked_at(portal: Path) -> None:
    def kinds(files: list[Path]) -> set[str]:
        return {found for file in files for found in re.findall(r'<body class="is-([a-z-]+)"', file.read_text("utf-8"))}

    looked_at = kinds([portal / address / "index.html" for address in PAGES.values() if not address.endswith("html")])
    assert looked_at == kinds(list(portal.rglob("index.html")))


@pytest.mark.parametrize("kind", ["home", "place-with-three-rounds", "practices", "tool", "find", "not-found"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_keyboard_reaches_what_it_needs_and_the_focus_is_seen(
    context: BrowserContext, portal_site: str, kind: str, width: int
) -> None:
    page, faults = _watched(context, portal_site)
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(portal_site + PAGES[kind])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "lc-skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")
    page.goto(portal_site + PAGES[kind])
    for _ in range(45):
        page.keyboard.press("Tab")
        focus: dict[str, Any] | None = page.evaluate(FOCUS)
        if focus is None:
            break
        faults += [f"{wrong}: {focus['what']}" for wrong in ("outlined", "inside", "free") if not focus[wrong]]
    page.close()
    assert faults == []


def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(context: BrowserContext, portal_site: str) -> None:
    page, faults = _watched(context, portal_site)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(portal_site + "cities/cork/")
    menu = page.locator(".lc-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.locator("a").first.is_visible()
    page.keyboard.press("Tab")
    assert menu.locator("a").first.evaluate("link => link === document.activeElement")
    page.keyboard.press("Escape")
    assert menu.locator("a").first.is_hidden()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.locator('.lc-menu a[aria-current="true"]').count() == 1
    page.close()
    assert faults == []


def test_without_javascript_every_page_shows_what_it_says(browser: Browser, portal_site: str) -> None:
    without = browser.new_context(viewport={"width": 320, "height": 900}, java_script_enabled=False)
    page, faults = _watched(without, portal_site)
    words = "document.querySelector('main').innerText.length"
    for kind, address in PAGES.items():
        page.goto(portal_site + address)  # until its pictures are there too
        if page.evaluate(words) < 100 or page.evaluate("document.querySelectorAll('main a').length") < 1:
            faults.append(f"{kind}: nothing to read")
        faults += [f"{kind}: {fault}" for fault in page.evaluate(FAULTS)]
        if kind in NO_SCRIPT_NO_CONTENT:
            controls = page.locator("main :is(select, input, button)").all()
            faults += [f"{kind}: shows a control that does nothing" for it in controls if it.is_visible()]
    without.close()
    assert faults == []


def test_in_a_folder_of_its_host_every_kind_of_page_keeps_its_links_inside(
    browser: Browser, portal: Path, tmp_path: Path
) -> None:
    (tmp_path / "learning").mkdir()
    (tmp_path / "learning" / "city").symlink_to(portal)
    with served(tmp_path) as address:
        made = browser.new_context(viewport={"width": 1280, "height": 900})
        page, faults = _watched(made, address + "learning/city/")
        for kind, path in PAGES.items():
            if kind == "not-found":  # a host shows it at any address, so it must know the folder: see tests/theme
                continue
            page.goto(address + "learning/city/" + path)
            targets: list[str] = page.evaluate(
                "[...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location.href))"
                ".filter(url => url.host === location.host).map(url => decodeURIComponent(url.pathname))"
            )
            for target in sorted(set(targets)):
                file = portal / target.removeprefix("/learning/city/") / ("index.html" if target.endswith("/") else "")
                if not target.startswith("/learning/city/") or not file.is_file():
                    faults.append(f"{kind}: {target}")
        made.close()
    assert faults == []


def test_from_a_file_every_kind_of_page_opens_and_is_styled(browser: Browser, portal: Path) -> None:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page, faults = _watched(made, "file:")
    for kind, path in PAGES.items():
        if kind == "not-found":
            continue
        page.goto((portal / path / "index.html").as_uri())
        if page.evaluate("getComputedStyle(document.querySelector('.lc-header')).borderBottomWidth") != "1px":
            faults.append(f"{kind}: no style")
    made.close()
    assert faults == []


def _on_the_wire(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


@pytest.mark.parametrize(
    ("pages", "most"), [("toolbox/practices/*/index.html", 8 * kb), ("cities/*/index.html", 15 * kb)]
)
def test_pages_are_light(portal: Path, pages: str, most: int) -> None:
    sizes = {str(file.relative_to(portal)): _on_the_wire(file) for file in portal.glob(pages)}
    assert len(sizes) > 40
    assert {page: size for page, size in sizes.items() if size > most} == {}


def test_styles_and_scripts_are_light_before_a_search(portal: Path) -> None:
    assert sum(map(_on_the_wire, (portal / "assets").rglob("*.css"))) <= 20 * kb
    sent = [file for kind in ("*.css", "*.js") for file in (portal / "assets").rglob(kind)]
    assert sum(map(_on_the_wire, sent)) <= 80 * kb


@pytest.mark.parametrize(("place", "most"), [("cork", 4), ("espoo", 4), ("ybycui", 3), ("lumenford", 6)])
def test_a_place_prints_as_a_brief_of_a_few_pages(browser: Browser, portal_site: str, place: str, most: int) -> None:
    """Also the fullest place, with three frameworks and three rounds of answers; of its long lists the first few."""
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{portal_site}cities/{place}/")
    paper = page.pdf(prefer_css_page_size=True, print_background=False)
    page.close()
    assert paper.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= most


def test_what_a_list_leaves_off_the_paper_is_counted_there(browser: Browser, portal_site: str) -> None:
    page = browser.new_page()
    page.goto(portal_site + "cities/lumenford/")
    help_lines, figures = page.locator(".lc-help > li"), page.locator("#s-figures ~ dl > div")
    asked, shown = help_lines.count(), figures.count()
    page.emulate_media(media="print")
    assert page.locator(".lc-help > li:visible").count() == 3 < asked
    assert re.findall(r"\d+", page.locator(".lc-help ~ .lc-onpaper:visible").inner_text()) == [str(asked - 3)]
    assert page.locator("#s-figures ~ dl > div:visible").count() == 6 < shown
    assert re.findall(r"\d+", page.locator("#s-figures ~ .lc-onpaper:visible").inner_text()) == ["6", str(shown)]
    for profile in page.locator(".lc-profile").all():
        assert profile.locator("tbody tr:not(.is-group)").count() == profile.locator("tbody td.bar svg:visible").count()
    page.close()


def test_every_drawing_finds_on_its_page_what_it_is_filled_with(portal: Path) -> None:
    """Hatchings, ticks and pins are named by address; a page brings those that it draws with, and no others."""
    for file in portal.rglob("*.html"):
        html = file.read_text("utf-8")
        named = set(re.findall(r"#(lc-(?:pencil|ticks|pin)[\w-]*)", html))
        there = set(re.findall(r'<(?:pattern|symbol|g) id="(lc-[\w-]+)"', html))
        assert named <= there, file
    practice = (portal / PAGES["practice-that-did-not-work"] / "index.html").read_text("utf-8")
    assert "lc-ticks" not in practice
