"""Page models become fragments: every template renders, every word of people is text, every id stands once."""

from __future__ import annotations

import gettext
import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import html5lib
import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markupsafe import Markup

import lcsite
from lcsite.model.assessment import Assessors
from lcsite.model.framework import Construct, Level, Subject
from lcsite.model.place import PlaceKind, WorldRegion
from lcsite.model.portfolio import Portfolio
from lcsite.model.scale import Direction
from lcsite.model.toolbox import EvidenceQuality, Outcome
from lcsite.model.words import Grade
from lcsite.pages.page import Key, Prose, Words
from lcsite.pipeline import Plan, plan_site
from lcsite.rendering.labels import LABELS
from lcsite.rendering.renderer import Fragment, Renderer
from tests.builders import assessment, criterion, framework, indicator, node, place, portfolio, practice, prose_page
from tests.rendering.full import FREE_WORDS, full, spoilt, text_fields

TEMPLATES = Path(lcsite.__file__).parent / "rendering" / "templates" / "pages"


@cache
def plan(which: str) -> Plan:
    return plan_site(full() if which == "full" else spoilt()[0])


@cache
def fragments(which: str) -> dict[str, Fragment]:
    """Every page of the full or of the spoilt portfolio, rendered, by address."""
    made = plan(which)
    return {page.address: made.renderer.render(page) for page in made.site.pages}


def tree(html: str) -> Any:
    return html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)


def elements(html: str) -> list[Any]:
    return [element for element in tree(html).iter() if isinstance(element.tag, str)][1:]


def render_prose_page(body: str, **more: Any) -> Fragment:
    of = _with_pages(prose_page("learn/one", "One", body=body, **more), prose_page("learn/two", "Two"))
    made = plan_site(of)
    return made.renderer.render(next(p for p in made.site.pages if p.address == "learn/one/"))


def _with_pages(*pages: Any) -> Portfolio:
    return replace(full(), prose={**full().prose, **{page.path: page for page in pages}})


# --- every template --------------------------------------------------------------------------------------------------


def test_every_kind_of_page_is_rendered_by_the_template_of_its_name() -> None:
    planned = {page.kind for page in plan("full").site.pages}
    templates = {file.stem for file in TEMPLATES.glob("*.html") if not file.name.startswith("_")}
    assert planned <= templates
    assert templates - planned <= {"components"}  # the sheet for developers has no page model


def test_every_page_of_a_full_portfolio_renders_with_a_heading_and_well_formed() -> None:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    for address, fragment in fragments("full").items():
        assert fragment.html.count("<h1") == 1, address
        parser.parseFragment(fragment.html)
        # "&nbsp;" needs no meaning here; what matters is that no element is left open or closed twice.
        bad = [e for e in parser.errors if "tag" in e[1] or "nested" in e[1] or "element" in e[1]]
        assert bad == [], (address, bad[:3])


def test_every_id_stands_once_on_its_page() -> None:
    for which in ("full", "spoilt"):
        for address, fragment in fragments(which).items():
            ids = [e.get("id") for e in elements(fragment.html) if e.get("id")]
            twice = {id_ for id_ in ids if ids.count(id_) > 1}
            assert twice == set(), (which, address)


def test_a_page_with_a_text_and_a_sheet_keeps_their_ids_apart() -> None:
    fragment = fragments("full")["toolbox/tools/sheet-one/"]
    assert {"names", "sheet-names", "sheet"} <= {heading.id for heading in fragment.headings}


def test_every_label_and_description_refers_to_something_on_the_page() -> None:
    for address, fragment in fragments("full").items():
        found = elements(fragment.html)
        ids = {e.get("id") for e in found}
        for element in found:
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                for id_ in (element.get(name) or "").split():
                    assert id_ in ids, (address, name, id_)


def test_headings_of_a_page_are_collected_with_their_words_and_ids() -> None:
    fragment = render_prose_page("## Ends & <means>\n\n### Two\n")
    assert [(h.level, h.id, h.title) for h in fragment.headings][:2] == [
        (2, "ends-means", "Ends & <means>"),
        (3, "two", "Two"),
    ]


def test_rendering_twice_gives_the_same_bytes() -> None:
    again = plan_site(full())
    for page in again.site.pages:
        assert again.renderer.render(page).html == fragments("full")[page.address].html


# --- links -----------------------------------------------------------------------------------------------------------


def test_a_link_to_a_file_becomes_a_link_to_its_page() -> None:
    html = render_prose_page(
        "[a](two.md) [b](../toolbox/practices/fair.md#s-sources) [c](../../cities/alder/index.md) [d](../index.md) "
        "[e](../criteria/full-frame/full.md) [f](../toolbox/tools/sheet-one/template.md) [g](#top) [h](https://example.org/)"
    ).html
    links = {"".join(e.itertext()): e.get("href") for e in elements(html) if e.tag == "a"}
    assert {key: links[key] for key in "abcdefgh"} == {
        "a": "../two/",
        "b": "../../toolbox/practices/fair/#s-sources",
        "c": "../../cities/alder/",
        "d": "../../",
        "e": "../../criteria/full-frame/full/",
        "f": "../../toolbox/tools/sheet-one/#sheet",
        "g": "#top",
        "h": "https://example.org/",
    }


def test_every_link_of_ours_leads_to_a_page_or_file_of_the_site() -> None:
    site = plan("full").site
    there = {p.address for p in site.pages} | {d.address for d in site.downloads}
    root = "https://example.org/sub/"
    for address, fragment in fragments("full").items():
        for element in elements(fragment.html):
            href = element.get("href") if element.tag == "a" else None
            if href and not re.match(r"[a-z]+:", href):
                target = urljoin(root + address, href).removeprefix(root).partition("#")[0].partition("?")[0]
                assert target in there, (address, href)


# --- words of people are text ----------------------------------------------------------------------------------------

RUNS_OR_LOADS = {"script", "style", "iframe", "object", "embed", "base", "meta", "link"}


def is_data(element: Any) -> bool:
    """A script that runs nothing: data for a script of ours, which must be whole."""
    return element.get("type") == "application/json" and json.loads(element.text) is not None


def test_the_full_portfolio_leaves_no_text_field_out() -> None:
    assert text_fields() - set(spoilt()[1]) == set()


def test_no_word_of_people_becomes_an_element_or_an_event_on_any_page() -> None:
    clean = {address: [e.tag for e in elements(f.html)] for address, f in fragments("full").items()}
    for address, fragment in fragments("spoilt").items():
        found = elements(fragment.html)
        for element in found:
            assert element.tag not in RUNS_OR_LOADS or is_data(element), address
            assert not any(str(name).startswith("on") or name == "style" for name in element.attrib), address
            for name in ("href", "src", "action"):
                assert not (element.get(name) or "").strip().lower().startswith("javascript"), address
        # The same page with harmless words has the same elements, one by one: nothing was added or swallowed.
        if address in clean:
            assert [e.tag for e in found] == clean[address], address


def test_hostile_words_stand_on_every_kind_of_page_that_shows_words_of_people() -> None:
    said = {
        page.kind
        for page in plan("spoilt").site.pages
        if "&lt;script&gt;alert(1)" in fragments("spoilt")[page.address].html
    }
    assert said >= {
        "home",
        "place",
        "scorecard",
        "criteria",
        "framework",
        "criterion",
        "crosswalk",
        "toolbox",
        "practice-list",
        "practice",
        "tool-list",
        "tool",
        "prose",
    }


def test_no_template_language_and_no_placeholder_in_words_of_people_is_carried_out() -> None:
    for address, fragment in fragments("spoilt").items():
        assert "1337" not in fragment.html, address
        assert "{{7*191}}" not in fragment.title or "1337" not in fragment.title
    assert any("{{7*191}}" in f.html and "%(x)s %s {n} {0}" in f.html for f in fragments("spoilt").values())


def test_free_words_of_an_answer_are_shown_as_they_stand() -> None:
    html = fragments("full")["cities/alder/full-frame/"].html
    assert FREE_WORDS in "".join(tree(html).itertext())


IN_THE_FRAME = {("MenuEntry", "title")}


def test_every_text_that_people_may_write_is_shown_somewhere() -> None:
    everything = "".join(f.html + f.title + f.description for f in fragments("spoilt").values())
    hidden = {key for key, mark in spoilt()[1].items() if mark not in everything}
    assert hidden == IN_THE_FRAME


# --- words of the program --------------------------------------------------------------------------------------------


class Pirate(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return f"Arr! {message}"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"Arr! {one if n == 1 else many}"


def test_sentences_of_the_program_are_translated_and_words_of_people_are_not() -> None:
    renderer = Renderer(translations=Pirate())
    assert renderer.say(Words("{n} place", many="{n} places", n=1)) == "Arr! 1 place"
    assert renderer.say(Words("{n} place", many="{n} places", n=1200)) == "Arr! 1,200 places"
    assert renderer.say("A place") == "A place"
    assert renderer.say(Words("By {name}", name=Words("nobody"))) == "Arr! By Arr! nobody"
    assert renderer.say(Key("outcome", "worked")) == "Arr! It worked"


def test_braces_in_a_name_are_not_filled_in() -> None:
    assert Renderer().say(Words("{name}: {n}", name="{n} {name} {0}", n=3)) == "{n} {name} {0}: 3"


def test_a_key_without_a_word_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        Renderer().label("splendid", "outcome")
    with pytest.raises(TypeError):
        Renderer().say(None)


@cache
def in_language(language: str) -> Renderer:
    return Renderer(language=language)


@pytest.mark.parametrize("language", ["en", "de", "de-CH", "es", "pt-PT", "pl", "sv", "hi", "bn", "ar", "fa", "eo"])
@given(whole=st.integers(0, 10**12), digits=st.integers(0, 10**12), places=st.integers(0, 6))
def test_numbers_are_written_as_the_library_for_languages_writes_them(
    language: str, whole: int, digits: int, places: int
) -> None:
    renderer, locale = in_language(language), Locale.parse(language, sep="-")
    exact = Decimal(digits).scaleb(-places)
    pattern = "#,##0." + "0" * places if places else "#,##0"
    assert renderer.number(whole) == format_decimal(whole, locale=locale, decimal_quantization=False)
    assert renderer.number(exact) == format_decimal(exact, format=pattern, locale=locale)
    assert renderer.number(-exact) == format_decimal(-exact, format=pattern, locale=locale)


def test_numbers_and_dates_follow_the_language_and_keep_their_digits() -> None:
    assert Renderer().number(Decimal("1234.50")) == "1,234.50"
    assert Renderer(language="de").number(Decimal("1234.50")) == "1.234,50"
    assert Renderer(language="fr").label("de", "country") == "Allemagne"
    assert Renderer().label("JP", "country") == "Japan"


def test_templates_compiled_for_one_language_are_not_used_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fixed words pass their filters while a template is compiled, and a process keeps what it has compiled."""
    fixed = {"pictures/fixed.svg": "{{ 1234.5|number }} {{ 'worked'|label('outcome') }}"}
    monkeypatch.setattr("lcsite.rendering.renderer.PackageLoader", lambda _: DictLoader(fixed))
    for _ in range(2):
        assert Renderer().picture("fixed") == "1,234.5 It worked"
        assert Renderer(language="de").picture("fixed") == "1.234,5 It worked"
        assert Renderer(translations=Pirate()).picture("fixed") == "1,234.5 Arr! It worked"
    fixed["pictures/fixed.svg"] = "{{ 2|number }}"
    assert Renderer().picture("fixed") == "2"


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("he", "rtl"), ("ar-EG", "rtl"), ("ja", "ltr")])
def test_the_direction_follows_the_language(language: str, direction: str) -> None:
    assert Renderer(language=language).direction == direction


def test_every_value_of_the_model_has_a_word() -> None:
    for kind, values in {
        "outcome": Outcome,
        "quality": EvidenceQuality,
        "place-kind": PlaceKind,
        "the-place": PlaceKind,
        "world-region": WorldRegion,
        "construct": Construct,
        "level": Level,
        "subject": Subject,
        "grade": Grade,
        "direction": Direction,
    }.items():
        assert set(LABELS[kind]) == {value.value for value in values}, kind
    (kinds,) = [field.annotation for name, field in Assessors.model_fields.items() if name == "kind"]
    assert set(LABELS["assessors"]) == set(kinds.__args__)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("criteria", "said"),
    [
        (2, "Alder does not know enough yet about <b>Title of c2</b>."),
        (7, "<b>Title of c2</b>, <b>Title of c3</b>, <b>Title of c4</b>, <b>Title of c5</b>, <b>Title of c6</b> and"),
        (8, "Alder does not know enough yet about <b>7 criteria</b>."),
    ],
)
def test_the_answer_in_short_names_what_is_not_known_as_long_as_it_stays_short(criteria: int, said: str) -> None:
    asked = [criterion(f"c{n}", indicator(f"c{n}-1")) for n in range(1, criteria + 1)]
    made = plan_site(portfolio(
        frameworks=[framework(tree=[node("all", "dimension", *asked)])],
        places=[place("alder", "Alder")],
        assessments=[assessment("alder", {"c1-1": "2"})],
    ))  # fmt: skip
    page = next(page for page in made.site.pages if page.address == "cities/alder/")
    assert said in made.renderer.render(page).html


def test_a_practice_in_another_language_says_so() -> None:
    of = replace(full(), practices={**full().practices, "sing": practice("sing", language="ja")})
    made = plan_site(of)
    page = next(p for p in made.site.pages if p.address == "toolbox/practices/sing/")
    assert made.renderer.render(page).language == "ja"


def test_an_unknown_target_is_left_as_it_was_written() -> None:
    prose = Prose("[a](b.md#c)", "content/learn/a.md")
    assert 'href="b.md#c"' in Renderer(targets={}).prose(prose, {}, "", 0)


def test_a_place_whose_name_runs_from_right_to_left_is_kept_apart_from_the_words_around_it() -> None:
    of = replace(full(), places={**full().places, "cedar": place("cedar", "מקום")})
    made = plan_site(of)
    html = made.renderer.render(next(p for p in made.site.pages if p.address == "cities/")).html
    assert "<bdi>מקום</bdi>" in html


@pytest.mark.parametrize("values", [["a & b", "<c>"], [Markup("<b>a</b>"), "<c>", 2], [Decimal("2.50")], []])
def test_words_are_joined_and_escaped_as_the_engine_joins_them(values: list[object]) -> None:
    template = "{{ values | join(' & ') }}"
    expected = Environment(autoescape=True).from_string(template).render(values=values)
    assert Renderer()._environment.from_string(template).render(values=values) == expected
