"""Finding things in a real Chromium: by words, by ticks, by keyboard, by a shared address, and without a script."""

from __future__ import annotations

import gzip
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.shelves import ATTACK, HAMLETS, build_shelves
from tests.builds import once
from tests.theme.conftest import served
from tests.theme.test_in_browser import opened, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "shelves", build_shelves) / "site"


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


def status(page: Page) -> str:
    """What is announced, once the search has answered."""
    page.wait_for_function(
        """() => !document.querySelector('[data-lc-results][aria-busy]')
                 && /found|not here/i.test(document.querySelector('[role=status]').textContent)"""
    )
    return page.get_by_role("status").inner_text()


def titles(page: Page) -> list[str]:
    return page.locator(".lc-results h3 a").all_inner_texts()


def look_for(page: Page, words: str) -> str:
    page.get_by_role("searchbox", name="Words to look for").fill(words)
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_function("words => new URLSearchParams(location.search).get('q') === (words || null)", arg=words)
    return status(page)


def box(page: Page, facet: str) -> Locator:
    return page.locator(f"[data-lc-facet={facet}]")


def tick(page: Page, facet: str, value: str) -> str:
    group = box(page, facet)
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    before = page.url
    group.get_by_role("checkbox", name=value).click()
    page.wait_for_function("before => location.href !== before", arg=before)
    return status(page)


def counts(page: Page, facet: str) -> dict[str, str]:
    """The numbers beside the values of a box."""
    found: dict[str, str] = page.evaluate(
        """facet => Object.fromEntries([...document.querySelectorAll(`input[name=${facet}]`)].map(input =>
             [input.value, input.closest('label').querySelector(':scope > small').textContent]))""",
        facet,
    )
    return found


def asked_for(page: Page) -> list[str]:
    """Every address that the page asks for from now on."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(urlsplit(request.url).path))
    return addresses


# What is found


def test_words_find_what_is_written_and_the_number_is_announced(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/") as page:
        announced = page.get_by_role("status").element_handle()
        assert look_for(page, "library") == "4 found for “library”"
        assert set(titles(page)) == {
            "Library bus", "An evening at the library", "Course vouchers", "What a shelf can do",
        }  # fmt: skip
        assert titles(page)[0] in ("Library bus", "An evening at the library")
        assert page.get_by_role("status").element_handle().evaluate("(now, then) => now === then", announced)
        assert look_for(page, "zeppelin") == "Nothing found for “zeppelin”"
        assert page.get_by_role("link", name="Add what you know").is_visible()


def test_nothing_is_fetched_before_a_question(browser: Browser, site: str) -> None:
    with opened(browser, site) as page:
        asked = asked_for(page)
        page.get_by_role("link", name="Search").first.click()
        page.get_by_role("searchbox", name="Words to look for").focus()
        box(page, "country").locator("summary").click()
        page.wait_for_load_state("networkidle")
        assert [path for path in asked if "pagefind" in path] == []
        look_for(page, "library")
        assert any(path.endswith("/pagefind/pagefind.js") for path in asked)


def test_words_are_looked_for_while_they_are_typed(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/") as page:
        page.get_by_role("searchbox", name="Words to look for").press_sequentially("librar")
        page.wait_for_function("() => document.querySelector('[role=status]').textContent.includes('librar')")
        assert "Library bus" in titles(page)


def test_a_card_says_what_a_thing_is_and_how_it_went_before_its_title(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/?q=wheels") as page:
        status(page)
        lines = page.locator(".lc-results > li").inner_text().split("\n")
        said = [line.strip() for line in lines if line.strip()]
        assert said[:4] == ["Practice", "It worked", "official audit or inquiry", "Library bus"]
        assert said[-1] == "Alder, United Kingdom, since 2016 · mobile library"
        assert "six wheels" in said[-2]  # the passage, as neither title nor summary holds the word
        link = page.get_by_role("link", name="Library bus")
        link.click()
        assert page.url == site + "toolbox/practices/bus/"


def test_what_is_invented_says_so_and_markup_in_a_title_stays_text(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/?q=kites") as page:
        assert status(page) == "1 found for “kites”"
        assert titles(page) == [ATTACK]
        assert page.locator(".lc-results .lc-tag--demo").inner_text() == "invented"
        assert page.locator(".lc-results__what").inner_text().split() == ["Practice", "Not", "known"]


@pytest.mark.parametrize("words", ["Cite this page", "There is no overall mark", "Don't know is always allowed"])
def test_words_of_the_frame_and_of_lists_find_nothing(browser: Browser, site: str, words: str) -> None:
    with opened(browser, site + "find/") as page:
        assert look_for(page, f'"{words}"').startswith("Nothing")


def test_words_in_quotes_are_found_side_by_side(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/") as page:
        assert look_for(page, '"six wheels"') == "1 found for “\"six wheels\"”"
        assert look_for(page, '"wheels six"').startswith("Nothing")


def test_where_the_index_keeps_few_places_words_in_quotes_are_looked_for_one_by_one(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "site")
    script = tmp_path / "site" / "pagefind" / "pagefind.js"
    whole = script.read_text("utf-8")
    assert "phrases=true" in whole
    script.write_text(whole.replace("phrases=true", "phrases=false"), "utf-8")
    with served(tmp_path / "site") as address, opened(browser, address + "find/") as page:
        assert look_for(page, '"wheels six"').startswith("1 found")


# Ticks


def test_inside_a_box_any_tick_counts_and_between_boxes_all_must_fit(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/") as page:
        assert tick(page, "outcome", "Mixed") == "1 found"
        assert tick(page, "outcome", "It did not work") == "2 found"
        assert titles(page) == ["Course vouchers", "An evening at the library"][::-1]
        assert tick(page, "country", "Ireland") == "2 found"
        assert tick(page, "criterion", "Title of gardens") == "1 found"
        assert titles(page) == ["An evening at the library"]


def test_counts_say_what_one_more_tick_would_lead_to(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/") as page:
        before = counts(page, "outcome")
        assert before == {"It worked": "11", "Mixed": "1", "It did not work": "1", "Not known": "1"}
        tick(page, "country", "Ireland")
        assert counts(page, "outcome") == {"It worked": "0", "Mixed": "1", "It did not work": "1", "Not known": "0"}
        tick(page, "outcome", "Mixed")
        assert counts(page, "outcome")["It did not work"] == "1"  # a second tick in the same box adds
        assert counts(page, "country")["United Kingdom"] == "0"
        assert counts(page, "thing")["Practice"] == "1"
        page.get_by_role("button", name="Clear all").click()
        assert counts(page, "outcome") == before


def test_ticks_narrow_down_what_words_have_found(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/?q=library") as page:
        status(page)
        assert tick(page, "thing", "Page to read") == "1 found for “library”"
        assert titles(page) == ["What a shelf can do"]


def test_where_ticks_leave_nothing_the_page_offers_what_the_words_find_without_them(
    browser: Browser, site: str
) -> None:
    with opened(browser, site + "find/?q=wheels&outcome=Mixed") as page:
        assert status(page) == "Nothing found for “wheels”"
        assert page.get_by_role("heading", name="Or walk through the lists").is_visible()
        assert page.get_by_role("combobox", name="Order").count() == 0  # there is nothing to put into an order
        page.get_by_role("button", name="Without the ticks: 1 found").click()
        page.wait_for_url("**?q=wheels")
        page.get_by_role("link", name="Library bus").wait_for()
        assert titles(page) == ["Library bus"]
        assert page.evaluate("document.activeElement.id") == "found"
        assert page.locator(".lc-results mark").all_inner_texts() == ["wheels"]  # without its full stop


def test_where_nothing_failed_the_page_asks_for_failures(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/?criterion=Title+of+gardens+%28Gardens%29") as page:
        status(page)
        assert page.get_by_role("heading", name="Nothing here “did not work”").is_visible()
        tick(page, "criterion", "Title of kitchens")
        assert page.get_by_role("heading", name="Nothing here “did not work”").is_hidden()


def test_a_very_long_box_is_filled_when_it_is_opened(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/") as page:
        assert counts(page, "place") == {}
        box(page, "place").locator("summary").click()
        page.get_by_role("checkbox", name="Alder").wait_for()
        assert list(counts(page, "place").items())[:3] == [("Alder", "2"), ("Birch", "2"), ("Elm", "2")]
        assert len(counts(page, "place")) == 3 + len(HAMLETS)
        box(page, "place").get_by_role("searchbox").fill("hamlet c")
        assert box(page, "place").get_by_role("checkbox").count() == 1
        box(page, "place").get_by_role("searchbox").fill("BÍRCH")
        assert tick(page, "place", "Birch") == "2 found"
        page.reload()
        assert status(page) == "2 found"
        assert box(page, "place").get_by_role("checkbox", name="Birch").is_checked()


def test_the_order_is_by_closeness_title_or_year_and_never_by_a_score(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/?thing=Practice") as page:
        status(page)
        order = page.get_by_role("combobox", name="Order")
        assert order.locator("option").all_inner_texts() == ["closest match first", "by title", "newest first"]
        assert order.input_value() == "title"
        assert order.locator("option[value=match]").is_disabled()  # there is no word to match
        assert titles(page) == ["An evening at the library", *(f"Circle {n}" for n in range(7))]
        order.select_option("newest")
        page.wait_for_url("**sort=newest")
        status(page)
        assert titles(page)[:4] == [ATTACK, "Course vouchers", "Library bus", "An evening at the library"]
        order.select_option("title")
        page.wait_for_function("() => !location.search.includes('sort')")


def test_more_results_follow_on_request_and_the_keyboard_goes_on_with_them(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/?thing=Practice") as page:
        assert status(page) == "14 found"
        assert len(titles(page)) == 8
        page.get_by_role("button", name="Show 6 more").click()
        page.wait_for_function("() => document.querySelectorAll('.lc-results > li').length === 14")
        assert page.evaluate("document.activeElement.textContent") == titles(page)[8]
        assert page.locator("[data-lc-more]").is_hidden()
        page.reload()
        status(page)
        assert len(titles(page)) == 14


# The address


def test_what_is_chosen_stands_in_the_address_and_can_be_shared(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/") as page:
        look_for(page, "library")
        tick(page, "country", "Ireland")
        tick(page, "outcome", "Mixed")
        shared, found = page.url, titles(page)
        wanted = {"q": ["library"], "country": ["Ireland"], "outcome": ["Mixed"]}
        assert parse_qs(urlsplit(shared).query) == wanted
    with opened(browser, shared) as page:
        assert status(page) == "1 found for “library”"
        assert titles(page) == found
        assert page.get_by_role("searchbox", name="Words to look for").input_value() == "library"
        assert box(page, "country").get_by_role("checkbox", name="Ireland").is_checked()
        tags = page.locator(".lc-chosen .lc-tag span:first-child").all_inner_texts()
        assert tags == ["How it went: Mixed", "Country: Ireland"]


def test_back_and_forward_go_through_what_was_asked(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/") as page:
        look_for(page, "library")
        tick(page, "outcome", "Mixed")
        page.go_back()
        page.wait_for_function("() => document.querySelectorAll('.lc-results > li').length === 4")
        assert status(page) == "4 found for “library”"
        assert not box(page, "outcome").get_by_role("checkbox", name="Mixed").is_checked()
        page.go_back()
        page.get_by_role("heading", name="Or walk through the lists").wait_for()
        assert page.get_by_role("searchbox", name="Words to look for").input_value() == ""
        page.go_forward()
        page.go_forward()
        page.wait_for_function("() => document.querySelectorAll('.lc-results > li').length === 1")
        assert titles(page) == ["An evening at the library"]


def test_one_step_back_undoes_a_word_and_not_its_last_letter(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/") as page:
        page.get_by_role("searchbox", name="Words to look for").press_sequentially("vouch", delay=300)
        page.wait_for_url("**q=vouch")
        page.go_back()
        page.wait_for_function("() => location.search === ''")
        assert page.get_by_role("heading", name="Or walk through the lists").is_visible()


def test_an_address_with_values_that_are_gone_says_that_nothing_is_found(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/?country=Atlantis&sort=score&unheard=of") as page:
        assert status(page) == "Nothing found"
        page.get_by_role("button", name="Country: Atlantis").click()
        page.get_by_role("heading", name="Or walk through the lists").wait_for()


# Everyone


def test_the_keyboard_alone_finds_narrows_down_and_takes_back(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/") as page:
        page.keyboard.press("Tab")
        for _ in range(20):
            if page.evaluate("document.activeElement.id") == "lc-q":
                break
            page.keyboard.press("Tab")
        page.keyboard.type("library")
        page.keyboard.press("Enter")
        status(page)
        for _ in range(10):
            if page.evaluate("document.activeElement.value") == "Mixed":
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.wait_for_function("() => document.querySelectorAll('.lc-results > li').length === 1")
        page.locator(".lc-chosen .lc-tag").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.querySelectorAll('.lc-results > li').length === 4")
        assert page.evaluate("document.activeElement.id") == "found"  # nothing is left to take away
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        focus = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert focus == "solid"


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_among_results(browser: Browser, site: str, axe: str, width: int, scheme: Scheme) -> None:
    with opened(browser, site + "find/?q=library&outcome=Mixed", width=width, scheme=scheme) as page:
        status(page)
        if width == 320:
            page.get_by_role("button", name="Narrow down").click()
        assert violations(page, axe) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_small_screen_the_boxes_wait_behind_a_button(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/?outcome=Mixed", width=400) as page:
        status(page)
        button = page.get_by_role("button", name="Narrow down")
        assert box(page, "outcome").is_hidden()
        assert "1 chosen" in button.inner_text()
        button.click()
        assert box(page, "outcome").is_visible()
        assert button.get_attribute("aria-expanded") == "true"
        shown = page.get_by_role("button", name="Show what was found: 1")
        assert shown.evaluate("button => button.getBoundingClientRect().bottom <= innerHeight")  # always at hand
        shown.click()
        assert box(page, "outcome").is_hidden()
        assert page.evaluate("document.activeElement.id") == "found"


def test_without_javascript_the_lists_do_the_job(browser: Browser, site: str) -> None:
    with opened(browser, site + "find/", js=False) as page:
        assert page.locator("noscript b").inner_text() == "The search needs JavaScript."
        assert page.get_by_role("searchbox").count() == 0
        assert page.get_by_role("checkbox").count() == 0
        page.get_by_role("link", name="It did not work").click()
        assert page.url == site + "toolbox/practices/by/outcome/did-not-work/"
        assert page.get_by_role("link", name="Course vouchers").is_visible()


# Where it is served


def test_it_works_in_a_folder_of_its_host(browser: Browser, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "learning" / "city")
    with served(tmp_path) as address, opened(browser, f"{address}learning/city/find/") as page:
        look_for(page, "wheels")
        page.get_by_role("link", name="Library bus").click()
        assert page.url == f"{address}learning/city/toolbox/practices/bus/"


def test_without_an_index_the_page_points_to_the_lists(browser: Browser, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "site", ignore=shutil.ignore_patterns("pagefind"))
    with served(tmp_path / "site") as address:
        page = browser.new_page()
        page.goto(address + "find/?q=library")
        assert status(page) == "The search is not here."
        assert page.get_by_text("The lists below lead to the same pages.").is_visible()
        assert page.get_by_role("link", name="Practices", exact=True).first.is_visible()
        page.close()


@pytest.mark.parametrize("question", ["q=library", "outcome=It+worked", "q=the+learning+city"])
def test_the_first_question_to_this_portal_costs_few_bytes_and_few_pieces_of_the_index(
    browser: Browser, portal: Path, portal_site: str, question: str
) -> None:
    with opened(browser, portal_site + "find/") as page:
        asked = asked_for(page)
        page.goto(f"{portal_site}find/?{question}")
        status(page)
        fetched = [path.lstrip("/") for path in asked if path.startswith("/pagefind/")]
        kinds = Counter(Path(path).suffix for path in fetched)
        assert kinds[".pf_fragment"] == len(titles(page)) == 8  # the cards that are shown, and no other
        assert kinds[".pf_filter"] == 2  # the boxes that are open
        assert kinds[".pf_meta"] == kinds[".js"] == kinds[".json"] == kinds[".pagefind"] == 1
        pieces = [path for path in fetched if path.endswith(".pf_index")]
        assert len(pieces) <= 2 * (question.count("+") + 1)  # a word, and its stem
        assert all(_on_the_wire(portal / path) < 16_000 for path in pieces)
        assert sum(_on_the_wire(portal / path) for path in fetched) < 150_000


def _on_the_wire(file: Path) -> int:
    """Text is compressed by hosts; what the indexer writes is compressed already."""
    content = file.read_bytes()
    return len(gzip.compress(content)) if file.suffix in (".js", ".json") else len(content)
