"""Two or three places side by side, in a real Chromium: chosen, shared, gone back to, heard, printed and attacked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest

from tests.browser.towns import ATTACK, build_towns
from tests.builds import once
from tests.theme.conftest import served
from tests.theme.test_in_browser import opened, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (ROOT / "lcsite" / "theme" / "assets" / "lcsite" / "compare.js").read_text("utf-8")
VECTORS = json.loads((ROOT / "tests" / "vectors" / "compare.json").read_text("utf-8"))
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "towns", build_towns) / "site"


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def site_rtl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(once(tmp_path_factory, "towns-rtl", partial(build_towns, language="he")) / "site") as address:
        yield address


def waited(page: Page) -> Page:
    """The page once its result stands there."""
    page.locator("#result h2").wait_for()
    return page


def query(page: Page) -> str:
    return urlsplit(page.url).query


def verdicts(page: Page, table: int = 0) -> dict[str, str]:
    """What is said of each criterion, by its name."""
    rows: list[list[str]] = page.evaluate(
        """nth => [...document.querySelectorAll('.lc-cmp')[nth].querySelectorAll('.verdict')].map(said =>
             [said.closest('tbody').querySelector('.c-crit').textContent, said.innerText.trim()])""",
        table,
    )
    return {name.removeprefix("Title of "): said for name, said in rows}


def choose(page: Page, *places: str) -> None:
    for nth, place in enumerate(places):
        page.locator(".lc-pick select").nth(nth).select_option(place)
    page.get_by_role("button", name="Put side by side").click()


# The script and the core


def ask_script(browser: Browser, expression: str, argument: Any) -> Any:
    """What the script's own functions, in `core`, say to an argument."""
    page = browser.new_page()
    module = f"(() => {{ const module = {{exports: {{}}}}; {SCRIPT}; return module.exports; }})()"
    try:
        return page.evaluate(f"argument => {{ const core = {module}; return {expression}; }}", argument)
    finally:
        page.close()


def test_the_script_shows_and_draws_readings_as_the_core_does(browser: Browser) -> None:
    expression = "argument.map(vector => core.shownOf(core.readingOf(vector.reading)))"
    found = ask_script(browser, expression, VECTORS["shown"])
    for vector, shown in zip(VECTORS["shown"], found, strict=True):
        expected = {key: value for key, value in vector.items() if key not in ("why", "reading", "why_empty")}
        if "why_empty" in vector:
            expected["why"] = vector["why_empty"]
        assert shown == expected, vector["why"]


def test_the_script_says_of_two_ranges_what_the_core_says(browser: Browser) -> None:
    reading = "ends => ends && core.readingOf([ends[0], ends[0], ends[1], ends[2], '1', '0', '0', '0'])"
    expression = f"""argument.map(vector => {{
        const [one, other] = [vector.one, vector.other].map({reading}), same = vector.same_question !== false;
        return [core.difference(one, other, same), core.difference(other, one, same)];
    }})"""
    found = ask_script(browser, expression, VECTORS["compared"])
    for vector, said in zip(VECTORS["compared"], found, strict=True):
        assert said == [vector["said"]] * 2, vector["why"]


def test_the_script_finds_places_as_alike_as_the_core_does(browser: Browser) -> None:
    place = "([people, budget], id) => ({id, kind: 'town', people, budget, currency: 'EUR'})"
    expression = f"argument.map(vector => core.distance(...[vector.one, vector.other].map({place})))"
    for vector, far in zip(VECTORS["alike"], ask_script(browser, expression, VECTORS["alike"]), strict=True):
        if vector["distance"] is None:
            assert far is None
        else:
            digits = len(vector["distance"].partition(".")[2])
            assert abs(far - float(vector["distance"])) <= 0.5 / 10**digits + 1e-12
    expression = """(place => core.nearest(place(argument.here), argument.others.map(place), 3).map(({id}) => id))(
        ([id, people]) => ({id, kind: 'town', people}))"""
    assert ask_script(browser, expression, VECTORS["nearest"]) == VECTORS["nearest"]["found"]


# Choosing


def test_nothing_is_fetched_before_a_choice_and_one_file_a_place_after_it(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/") as page:
        icon = {"/assets/lcsite/icon.svg"}  # the browser fetches it when it likes
        asked: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.locator(".lc-pick select").first.select_option("fir")
        page.wait_for_timeout(200)
        assert set(asked) <= icon
        choose(page, "elm", "fir")
        waited(page)
        page.get_by_role("link", name="Waters").first.click()
        page.wait_for_timeout(200)
        assert sorted(path for path in asked if path not in icon) == [
            "/data/v1/places/elm/compare.json",
            "/data/v1/places/fir/compare.json",
        ]


def test_a_choice_by_keyboard_is_shown_announced_and_put_in_the_address(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/") as page:
        page.get_by_label("First place").focus()
        page.keyboard.type("Fir")
        page.keyboard.press("Tab")
        page.keyboard.type("Elm")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        waited(page)
        assert page.evaluate("document.activeElement.textContent") == "Elm beside Fir"
        assert query(page) == "places=elm,fir&framework=towns"
        assert page.title() == "Elm beside Fir · Compare places · Sample Portal"
        assert page.get_by_role("status").text_content() == (
            "Elm beside Fir. What is done: Differs beyond what is unknown: 2 of 5. No clear difference: 1. "
            "Not compared: 2. What has come of it: Differs beyond what is unknown: 1 of 1. No clear difference: 0. "
            "Not compared: 0."
        )


def test_a_shared_address_shows_the_same_and_so_does_a_reload(browser: Browser, site: str) -> None:
    address = site + "compare/?places=elm,fir&framework=waters"
    with opened(browser, address) as page:
        first = waited(page).locator("#result").inner_html()
        assert page.get_by_label("Second place").input_value() == "fir"
        page.reload()
        assert waited(page).locator("#result").inner_html() == first
    with opened(browser, address) as page:
        assert waited(page).locator("#result").inner_html() == first


def test_back_and_forward_go_through_what_was_chosen(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/") as page:
        choose(page, "elm", "fir")
        waited(page)
        choose(page, "alder", "birch")
        page.get_by_role("heading", name="Alder beside Birch").wait_for()
        page.go_back()
        page.get_by_role("heading", name="Elm beside Fir").wait_for()
        assert page.get_by_label("First place").input_value() == "elm"
        page.go_back()
        page.locator("#result h2").wait_for(state="detached")
        assert page.get_by_label("First place").input_value() == ""
        assert page.title() == "Compare places · Sample Portal"
        page.go_forward()
        page.get_by_role("heading", name="Elm beside Fir").wait_for()


def test_the_framework_is_changed_by_keyboard_and_the_focus_stays(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/?places=elm,fir") as page:
        waited(page).get_by_role("link", name="Waters", exact=True).first.focus()
        page.keyboard.press("Enter")
        page.locator('#result [aria-current="true"]', has_text="Waters").wait_for()
        assert page.evaluate("document.activeElement.textContent") == "Waters"
        assert query(page) == "places=elm,fir&framework=waters"
        assert verdicts(page) == {
            "wells": "Differs beyond what is unknown: more is in place in Fir",
            "ponds": "Not compared: too little is known about Elm",
        }
        page.go_back()
        page.locator('#result [aria-current="true"]', has_text="Towns").wait_for()


def test_like_places_are_proposed_nearest_first_and_put_beside_with_a_click(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/") as page:
        page.get_by_label("First place").select_option("elm")
        near = page.locator(".lc-near")
        assert near.locator("a").all_text_contents() == ["Oak", "Fir"]  # 31,000 and 33,000 are near 30,000
        assert "never by a score" not in near.inner_text()
        near.get_by_text("Oak").click()
        waited(page)
        assert query(page) == "places=elm,oak&framework=waters"


def test_a_place_page_leads_to_the_comparison_with_a_like_place(browser: Browser, site: str) -> None:
    with opened(browser, site + "cities/alder/") as page:
        links = page.locator("#s-alike ~ ul a", has_text="beside it")
        assert links.count() == 2  # Birch and Cedar; nobody has read Dogwood
        links.first.click()
        waited(page)
        assert query(page) == "places=alder,birch&framework=towns"


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (("elm",), "Choose two different places."),
        (("elm", "elm"), "Choose two different places."),
        (("alder", "fir"), "An invented place can stand only beside invented ones. Choose again."),
    ],
)
def test_a_choice_that_cannot_stand_is_refused_in_words(
    browser: Browser, site: str, places: tuple[str, ...], words: str
) -> None:
    with opened(browser, site + "compare/") as page:
        choose(page, *places)
        assert page.get_by_role("alert").text_content() == words
        assert query(page) == ""
    with opened(browser, f"{site}compare/?places={','.join(places)}") as page:
        assert page.get_by_role("alert").text_content() == words
        assert page.locator("#result h2").count() == 0


def test_an_address_with_a_stranger_says_so_and_fetches_nothing(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/?places=elm,../../../secret,dogwood") as page:
        assert page.get_by_role("alert").text_content() == "The address names a place that cannot be chosen here."
        assert page.get_by_label("First place").input_value() == "elm"


# What is said


def test_ranges_that_are_apart_differ_and_the_rest_says_why_not(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/?places=elm,fir") as page:
        waited(page)
        assert verdicts(page) == {
            "gardens": "Differs beyond what is unknown: more is in place in Elm",
            "paths": "Differs beyond what is unknown: more is in place in Fir",
            "walls.of": "Not compared: not scored, or does not apply, in Elm",
            "kitchens": "Not compared: too little is known about Fir",
            "songs": "No clear difference",
        }
        assert verdicts(page, 1) == {"songs": "Differs beyond what is unknown: more has come of it in Elm"}
        cards = page.locator("#result .lc-card").all_inner_texts()
        assert [" ".join(card.split()) for card in cards] == [
            "Elm could ask Fir about: Title of paths",
            "Fir could ask Elm about: Title of gardens, Title of songs",
        ]


def test_three_places_are_compared_two_by_two_and_one_may_not_have_been_asked(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/?places=oak,fir,elm&framework=waters") as page:
        assert waited(page).locator("#result h2").inner_text() == "Elm beside Fir and Oak"
        assert verdicts(page)["wells"].split("\n") == [
            "Differs beyond what is unknown: more is in place in Fir than in Elm and Oak",
            "",
            "No clear difference: Elm and Oak",
        ]
        page.get_by_role("link", name="Towns", exact=True).first.click()
        page.locator('#result [aria-current="true"]', has_text="Towns").wait_for()
        assert "Not compared: too little is known about Oak" in verdicts(page)["gardens"]
        assert "not assessed with this framework" in page.locator(".lc-cmp .words").nth(2).inner_text()


def test_places_stand_by_name_in_whatever_order_they_are_asked_for(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/?framework=towns&places=fir,elm") as page:
        names = waited(page).locator(".lc-cmp .c-place bdi").all_text_contents()
        assert names == ["Elm", "Fir"] * 6
        assert query(page) == "places=elm,fir&framework=towns"


def test_readings_of_two_versions_are_not_compared(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/") as page:

        def older(route: Any) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace('"version": "2026.1"', '"version": "2025.1"'))

        page.route("**/elm/compare.json", older)
        choose(page, "elm", "fir")
        assert "different versions" in waited(page).locator(".lc-notice").last.inner_text()
        assert verdicts(page)["gardens"] == "Not compared: other version of the framework"
        assert page.locator("#result .lc-card").count() == 0


@pytest.mark.parametrize("framework", ["towns", "waters"])
def test_every_bar_and_every_word_beside_it_are_those_of_the_place_page(
    browser: Browser, site: str, framework: str
) -> None:
    """The script draws what the macros draw: element by element, but for the label, which names the place as well."""
    drawn = """rows => [...rows].map(row => {
        const bar = row.querySelector('.lc-bar').cloneNode(true), label = bar.getAttribute('aria-label');
        bar.removeAttribute('aria-label');
        return [label, bar.outerHTML, row.querySelector('.lc-words').outerHTML];
    })"""
    expected: dict[str, list[list[str]]] = {}
    for place in ("elm", "fir"):
        with opened(browser, f"{site}cities/{place}/") as page:
            section = page.locator(f"section[aria-labelledby=s-{framework}] .lc-profile tbody tr:not(.is-group)")
            expected[place.title()] = section.evaluate_all(drawn)
    with opened(browser, f"{site}compare/?places=elm,fir&framework={framework}") as page:
        found = waited(page).locator(".lc-cmp tbody tr:not(.is-group)").evaluate_all(drawn)
    for place, rows in expected.items():
        ours = [[label.removeprefix(f"{place}, "), *rest] for label, *rest in found if label.startswith(f"{place}, ")]
        assert ours == rows
        assert rows


def test_every_link_of_the_result_leads_somewhere(browser: Browser, site: str, folder: Path) -> None:
    with opened(browser, site + "compare/?places=elm,fir") as page:
        links = waited(page).locator("#result a").evaluate_all("links => links.map(link => link.href)")
    assert len(links) > 20
    for link in set(links):
        parts = urlsplit(link)
        page_file = folder / parts.path.strip("/") / "index.html"
        assert page_file.is_file(), link
        assert not parts.fragment or f'id="{parts.fragment}"' in page_file.read_text("utf-8"), link


# For everyone, and against anyone


def test_without_javascript_the_page_points_to_the_places_by_name(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/", js=False) as page:
        assert page.locator(".lc-pick").is_hidden()
        assert page.get_by_text("Nothing is lost without JavaScript.").is_visible()
        links = page.locator("[data-place] a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert links == [f"../cities/{place}/" for place in ("alder", "birch", "cedar", "elm", "fir", "oak")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("which", ["site", "site_rtl"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, request: pytest.FixtureRequest, axe: str, which: str, width: int, scheme: Scheme
) -> None:
    address = request.getfixturevalue(which) + "compare/"
    for search in ("", "?places=elm,fir,oak&framework=towns"):
        with opened(browser, address + search, width=width, scheme=scheme) as page:
            if search:
                waited(page)
            assert violations(page, axe) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [400, 640, 768, 1024])
def test_three_places_fit_every_width_and_twice_the_size_of_text(browser: Browser, site: str, width: int) -> None:
    with opened(browser, site + "compare/?places=alder,birch,cedar", width=width) as page:
        waited(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_name_that_is_an_attack_is_shown_as_it_is_written(browser: Browser, site: str) -> None:
    with opened(browser, site + "compare/?places=alder,cedar") as page:
        assert waited(page).locator("#result h2").text_content() == f"Alder beside {ATTACK}"
        assert page.locator("#result img").count() == 0
        label = page.locator(".lc-cmp .lc-bar").nth(1).get_attribute("aria-label")
        assert label == f"{ATTACK}, Title of gardens: 100 out of 100, all 2 answered"


def test_a_failed_fetch_points_to_the_places_and_the_next_try_asks_again(browser: Browser, site: str) -> None:
    page = browser.new_page()
    page.route("**/elm/compare.json", lambda route: route.abort())
    page.goto(site + "compare/?places=elm,fir")
    assert "could not be fetched" in waited(page).locator("#result").inner_text()
    assert page.locator("#result p a").evaluate_all("links => links.map(link => link.getAttribute('href'))") == [
        "../cities/elm/", "../cities/fir/",
    ]  # fmt: skip
    page.unroute("**/elm/compare.json")
    page.get_by_role("button", name="Put side by side").click()
    page.locator(".lc-cmp").first.wait_for()
    page.close()


def test_from_a_file_the_page_says_what_it_cannot_do(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "compare" / "index.html").as_uri())
    choose(page, "elm", "fir")
    assert "opened from a file" in waited(page).locator("#result").inner_text()
    page.close()
