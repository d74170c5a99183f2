"""The pages' security policy in a real Chromium: never in the way of a reader, always in that of a planted script.

Every page says the policy itself; hosts may say it too, in headers (`exporting/host_files.py`). A reader's journey is
made with both. What is planted meets each of them alone, and neither once, which shows that it would work.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lcsite.exporting.host_files import IN_OWN_FRAMES, OTHER_HEADERS
from lcsite.rendering.frame import CONTENT_POLICY
from tests.browser.hosts import host, stranger
from tests.browser.page_kinds import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

POLICY = "Content-Security-Policy"
HEADERS = {POLICY: CONTENT_POLICY + IN_OWN_FRAMES, **OTHER_HEADERS}
META = re.compile(rf'<meta http-equiv="{POLICY}" content="[^"]*">')
TELL = """addEventListener('securitypolicyviolation', event =>
  tellViolation(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile || ''} ${event.sample}`))"""


def watched(context: BrowserContext, address: str) -> list[str]:
    """Everything from now on that the browser complains of, refuses, or asks of another host."""
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "status of 404" not in message.text:
            complaints.append(message.text)

    context.expose_binding("tellViolation", lambda _, words: complaints.append(words))
    context.add_init_script(TELL)
    context.on("console", said)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", lambda asked: None if asked.url.startswith(address) else complaints.append(asked.url))
    return complaints


# A reader's journeys. A new part of the site needs a new one here; a new kind of page is opened by itself.


def every_kind_of_page(page: Page, address: str) -> None:
    for path in PAGES.values():
        page.goto(address + path)


def find(page: Page, address: str) -> None:
    page.goto(address + "find/")
    page.get_by_role("searchbox", name="Words to look for").fill("library")
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator(".lc-results li").first.wait_for()
    box = page.locator("[data-lc-facet]").first
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.locator("input[type=checkbox]:not([disabled])").first.click()
    page.locator("[data-lc-chosen-list] .lc-tag").first.wait_for()
    page.go_back()
    page.wait_for_function("!document.querySelector('[data-lc-results][aria-busy]')")


def compare(page: Page, address: str) -> None:
    page.goto(address + "compare/")
    for nth, place in enumerate(("cork", "espoo")):
        page.locator(".lc-pick select").nth(nth).select_option(place)
    page.get_by_role("button", name="Put side by side").click()
    page.locator("#result h2").wait_for()
    assert page.locator("#result table").count() > 0


def menu(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(address)
    page.locator(".lc-menu summary").click()
    page.locator(".lc-menu a").first.click()
    page.locator("h1").wait_for()


def palette(page: Page, address: str) -> None:
    page.goto(address + "cities/cork/")
    button = page.locator("[data-lc-palette]")
    before = button.get_attribute("aria-pressed")
    button.click()
    page.reload()
    assert button.get_attribute("aria-pressed") != before


def an_address_where_nothing_stands(page: Page, address: str) -> None:
    page.goto(address + "cities/nowhere/at/all")
    assert page.locator("h1").inner_text() == "This page is not here"


def on_paper(page: Page, address: str) -> None:
    page.goto(address + "cities/lumenford/common-criteria/")
    assert page.pdf().startswith(b"%PDF")


def working_map_and_tables(page: Page, address: str) -> None:
    page.goto(address + "cities/lumenford/common-criteria/")
    for box in page.locator("main details:not([open]) > summary").all()[:5]:
        box.click()
    page.goto(address + "cities/cork/")
    assert page.locator("main svg use, main svg image, main svg path").count() > 0


def a_download(page: Page, address: str) -> None:
    page.goto(address + "data/")
    asked = page.request.get(address + "data/v1/places/cork/compare.json")
    assert asked.ok
    assert asked.headers["content-security-policy"].endswith("frame-ancestors 'self'")


JOURNEYS: tuple[Callable[[Page, str], None], ...] = (
    every_kind_of_page, find, compare, menu, palette, an_address_where_nothing_stands, on_paper,
    working_map_and_tables, a_download,
)  # fmt: skip


@pytest.fixture(scope="module")
def guarded(portal: Path) -> Iterator[str]:
    with host(portal, HEADERS) as address:
        yield address


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_the_policy_never_stands_in_a_readers_way(
    browser: Browser, guarded: str, journey: Callable[[Page, str], None]
) -> None:
    context = browser.new_context()
    complaints = watched(context, guarded)
    journey(context.new_page(), guarded)
    context.close()
    assert complaints == []


def test_without_scripts_the_policy_stands_in_nobodys_way_either(browser: Browser, guarded: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    complaints = watched(context, guarded)
    every_kind_of_page(context.new_page(), guarded)
    context.close()
    assert complaints == []


# What is planted. HERE is another host, RAN says that a script ran.

BY_ITSELF = {
    "inline script": "<script>RAN</script>",
    "inline module": "<script type=module>RAN</script>",
    "script that fails": "<img src=assets/none.png onerror='RAN' alt=''>",
    "script of a drawing": "<svg onload='RAN'></svg>",
    "script when a part opens": "<details open ontoggle='RAN'><summary>a</summary></details>",
    "script in a frame": "<iframe srcdoc='<script>RAN</script>'></iframe>",
    "script address of a frame": "<iframe src='javascript:RAN'></iframe>",
    "script as data": "<script src='data:text/javascript,RAN'></script>",
    "script of another host": "<script src='HERE.js'></script>",
    "module of another host": "<script type=module src='HERE.js'></script>",
    "script fetched ahead": "<link rel=modulepreload href='HERE.js'>",
    "picture": "<img src='HERE.png' alt=''>",
    "picture of several": "<img srcset='HERE.png 1x' alt=''>",
    "picture of a drawing": "<svg width=9 height=9><image width=9 height=9 href='HERE.svg'/></svg>",
    "picture of a style": "<p style=\"background: url('HERE.png')\">a</p>",
    "style": "<link rel=stylesheet href='HERE.css'>",
    "inline style": "<style>@import 'HERE.css';</style>",
    "letters": "<style>@font-face { font-family: a; src: url('HERE.woff') } b { font-family: a }</style><b>a</b>",
    "frame": "<iframe src='HERE.html'></iframe>",
    "object": "<object data='HERE.html'></object>",
    "embedded": "<embed src='HERE.html'>",
    "film": "<video src='HERE.mp4' autoplay muted></video>",
    "sound": "<audio src='HERE.mp3' autoplay muted></audio>",
}
"""What would run or load by itself -> how it is written."""

WHEN_PRESSED = {
    "script address": "<a id=go href='javascript:RAN'>a</a>",
    "script address of a form": "<form action='javascript:RAN'><button id=go>a</button></form>",
    "form": "<form action='HERE'><button id=go>a</button></form>",
    "form by post": "<form method=post action='HERE'><input name=a value=b><button id=go>a</button></form>",
    "button with an address": "<form><button id=go formaction='HERE'>a</button></form>",
    "call home by a link": "<a id=go href='#main' ping='HERE'>a</a>",
    "another base": "<base href='HERE/'><a id=go href='x'>a</a>",
}
"""What would run or load when a reader presses it, or would change all the rest of its page."""

PAGES_WITH = {"all": BY_ITSELF, **{name: {name: written} for name, written in WHEN_PRESSED.items()}}


@pytest.fixture(scope="module")
def page_folder(portal: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the pages load, to put a page beside it."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(portal / "assets", folder / "assets")
    return folder


@pytest.fixture(scope="module")
def plain_page(portal: Path) -> str:
    text = (portal / "index.html").read_text("utf-8")
    assert META.search(text)
    return text


def what_happens(browser: Browser, folder: Path, text: str, planted: dict[str, str], said_by: str) -> set[str]:
    """Which of the things planted in a page run or load there, when page, host or nobody says the policy."""
    names = list(planted)
    headers = HEADERS if said_by == "host" else {}
    with stranger() as (elsewhere, asked), host(folder, headers) as address:
        written = "".join(
            how.replace("HERE", f"{elsewhere}{nth}").replace("RAN", f"void top.tellRan({nth})")
            for nth, how in enumerate(planted.values())
        )
        text = text if said_by == "page" else META.sub("", text)
        (folder / "index.html").write_text(text.replace("<main", f"{written}<main", 1), "utf-8")
        context = browser.new_context()
        ran: list[int] = []
        context.expose_binding("tellRan", lambda _, nth: ran.append(nth))
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
        page.goto(address)
        if page.locator("#go").count():
            page.locator("#go").click(no_wait_after=True)
        happened: set[int] = set()
        for _ in range(50 if said_by == "nobody" else 3):  # a busy machine needs longer to do it than not to
            page.wait_for_timeout(100)
            happened = {*ran, *map(int, re.findall(r"^/(\d+)", "\n".join(asked), re.MULTILINE))}
            if len(happened) == len(planted):
                break
        context.close()
        assert bool(refused) == (said_by != "nobody")
    return {names[nth] for nth in happened}


@pytest.mark.parametrize("planted", PAGES_WITH.values(), ids=PAGES_WITH)
def test_nothing_planted_in_a_page_runs_or_loads(
    browser: Browser, page_folder: Path, plain_page: str, planted: dict[str, str]
) -> None:
    assert what_happens(browser, page_folder, plain_page, planted, "page") == set()
    assert what_happens(browser, page_folder, plain_page, planted, "host") == set()
    assert what_happens(browser, page_folder, plain_page, planted, "nobody") == set(planted)


def test_words_become_markup_only_where_the_sites_own_script_says_so(browser: Browser, guarded: str) -> None:
    page = browser.new_page()
    page.goto(guarded)
    for attempt in (
        "document.body.innerHTML = '<p>a</p>'",
        "document.body.insertAdjacentHTML('beforeend', '<p>a</p>')",
        "document.createElement('script').text = 'window.ran = true'",
        "document.createElement('iframe').srcdoc = '<p>a</p>'",
        "trustedTypes.createPolicy('another', {createHTML: words => words})",
    ):
        told = f"(() => {{ try {{ {attempt}; return 'done'; }} catch (error) {{ return error.name; }} }})()"
        assert page.evaluate(told) == "TypeError", attempt
    page.close()


def test_another_site_cannot_put_a_page_into_a_frame(browser: Browser, guarded: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><title>a</title><iframe src='{guarded}'></iframe>", "utf-8")
    with host(tmp_path) as elsewhere:
        page = browser.new_page()
        page.goto(elsewhere)
        page.frames[1].wait_for_load_state()
        assert page.frames[1].url == "chrome-error://chromewebdata/"
        page.close()
