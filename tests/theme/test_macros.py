"""The drawing macros, rendered by plain Jinja: what each state shows, that words are escaped, that no style is in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).resolve().parents[2] / "lcsite" / "rendering" / "templates"
MACROS = sorted((TEMPLATES / "macros").glob("*.html"))


@pytest.fixture(scope="module")
def jinja() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"]
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    # What the program lends its macros, without keeping anything.
    environment.globals["alike"] = lambda macro, *values: macro(*values)
    environment.filters["filled"] = lambda pieces, words: escape(words).join(pieces)
    return environment


def draw(jinja: Environment, file: str, macro: str, *args: object, **named: object) -> str:
    module = jinja.get_template(f"macros/{file}.html").module
    return str(getattr(module, macro)(*args, **named))


def call(jinja: Environment, file: str, opening: str, inside: str, **values: object) -> str:
    name = opening.split("(")[0]
    source = f'{{% from "macros/{file}.html" import {name} %}}{{% call {opening} %}}{inside}{{% endcall %}}'
    return jinja.from_string(source).render(**values)


# the bar


def test_a_fully_known_bar_has_ink_and_a_pin_and_no_pencil(jinja: Environment) -> None:
    svg = draw(jinja, "bar", "bar", "known", ink=50, pin=50, label="50 out of 100, all answered")
    assert 'class="b-known" x="0" y="9.5" width="50%"' in svg
    assert 'cx="50%"' in svg
    assert "pencil" not in svg
    assert 'role="img" aria-label="50 out of 100, all answered"' in svg


def test_pencil_begins_where_the_ink_ends(jinja: Environment) -> None:
    svg = draw(jinja, "bar", "bar", "range", ink=52.5, pencil=20, pin=65.63, label="66, could be 52 to 73")
    assert 'class="b-known" x="0" y="9.5" width="52.5%"' in svg
    assert 'fill="url(#lc-pencil)" x="52.5%" y="10" width="20%"' in svg
    assert 'cx="65.63%"' in svg


def test_a_partly_known_bar_never_has_a_pin_even_when_one_is_given(jinja: Environment) -> None:
    svg = draw(jinja, "bar", "bar", "partly", ink=31.25, pencil=50, pin=60, label="31 to 82, partly known")
    assert "b-mark" not in svg
    assert "b-head" not in svg
    assert 'width="50%"' in svg


def test_not_enough_known_has_light_pencil_and_neither_ink_nor_pin(jinja: Environment) -> None:
    svg = draw(jinja, "bar", "bar", "unknown", label="not enough known")
    assert "b-unknown" in svg
    assert "#lc-pencil-light" in svg
    assert not re.search("b-known|b-head|b-none", svg)


def test_known_nought_is_an_empty_box_with_a_pin_at_the_start(jinja: Environment) -> None:
    svg = draw(jinja, "bar", "bar", "nought", label="0 out of 100, all answered")
    assert "b-none" in svg
    assert 'class="b-head" cx="0%"' in svg
    assert "b-known" not in svg
    assert "b-unknown" not in svg


def test_known_nought_and_not_enough_known_share_no_part(jinja: Environment) -> None:
    parts = [
        set(re.findall(r'class="(b-[a-z]+)', draw(jinja, "bar", "bar", state, label="x")))
        for state in ("nought", "unknown")
    ]
    assert not parts[0] & parts[1]


def test_a_bar_that_does_not_apply_is_a_closed_line_without_a_box(jinja: Environment) -> None:
    svg = draw(jinja, "bar", "bar", "not-applicable", label="does not apply")
    assert svg.count("b-na") == 3
    assert "<rect" not in svg
    assert "<use" not in svg


def test_a_stale_bar_shows_a_hollow_pin_at_the_old_value_and_no_ink(jinja: Environment) -> None:
    svg = draw(jinja, "bar", "bar", "stale", pin=42, label="last figure of 2019, too old to count")
    assert 'b-ghost--head" cx="42%"' in svg
    assert "b-unknown" in svg
    assert "b-known" not in svg
    assert "b-mark" not in svg


def test_a_value_beyond_the_goalpost_runs_into_an_arrow(jinja: Environment) -> None:
    svg = draw(jinja, "bar", "bar", "beyond", ink=100, label="100, beyond the goalpost")
    assert '<svg x="100%"' in svg
    assert 'd="M-.5 0 L13 8.5 L-.5 17 Z"' in svg


def test_a_value_below_the_lower_goalpost_points_past_the_start(jinja: Environment) -> None:
    svg = draw(jinja, "bar", "bar", "nought", beyond="start", label="0, below the goalpost")
    assert '<svg x="0"' in svg
    assert 'cx="0%"' in svg


@pytest.mark.parametrize(("size", "height"), [("s", 28), ("m", 36), ("l", 72)])
def test_three_sizes_of_the_same_bar(jinja: Environment, size: str, height: int) -> None:
    assert f'width="100%" height="{height}"' in draw(jinja, "bar", "bar", "known", ink=50, pin=50, size=size)


def test_a_bar_without_words_is_hidden_from_those_who_do_not_see_it(jinja: Environment) -> None:
    svg = draw(jinja, "bar", "bar", "known", ink=50, pin=50)
    assert 'aria-hidden="true"' in svg
    assert "role=" not in svg


def test_a_range_alone_is_stressed_and_leaves_the_number_column_empty(jinja: Environment) -> None:
    text = draw(jinja, "bar", "words", text="partly known", strong="31 to 82")
    assert '<b class="is-none"></b> <span><strong>31 to 82</strong>, partly known</span>' in text


@pytest.mark.parametrize("nought", [0, "0"])
def test_the_number_nought_is_written(jinja: Environment, nought: object) -> None:
    assert "<b>0</b>" in draw(jinja, "bar", "words", figure=nought, text="all answered")


# the rest


def test_a_profile_keeps_the_order_it_was_given_and_adds_no_row(jinja: Environment) -> None:
    rows = [
        {"name": name, "bar": {"state": "known", "ink": ink, "pin": ink, "label": f"{name}: {ink}"}}
        for name, ink in (("Zeal", 90), ("Aims", 10), ("Means", 50))
    ]
    html = draw(jinja, "profile", "profile", "In the framework's order.", rows, "Criterion", with_change=False)
    assert re.findall("<bdi>(.*?)</bdi>", html) == ["Zeal", "Aims", "Means"]
    assert html.count("<tr>") == 4


def test_cells_tell_answered_unknown_and_not_applicable_apart(jinja: Environment) -> None:
    svg = draw(jinja, "cells", "cells", [{"state": "yes", "evidence": True}, "ask", "na", "no"], "1 answered")
    assert [svg.count(name) for name in ("q-yes", "q-ev", "q-ask", "q-na", "q-no")] == [1, 1, 1, 1, 1]
    assert 'width="72"' in svg


def test_real_change_is_ink_and_a_better_view_is_pencil(jinja: Environment) -> None:
    svg = draw(jinja, "step", "step", 25, 50, "25 up", like={"at": 25, "width": 8.3}, view={"at": 33.3, "width": 16.7})
    assert 'class="b-known" x="25%"' in svg
    assert 'fill="url(#lc-pencil)" x="33.3%"' in svg


def test_where_a_poorer_view_takes_back_real_change_the_pencil_lies_over_the_ink(jinja: Environment) -> None:
    svg = draw(jinja, "step", "step", 33, 69, "36 up", like={"at": 33, "width": 42}, view={"at": 69, "width": 6})
    assert svg.index("b-known") < svg.index("b-open")


def test_what_somebody_outside_has_seen_is_ink_and_the_word_of_those_involved_is_pencil(jinja: Environment) -> None:
    seen = draw(jinja, "outcome", "outcome", "worked", "It worked", evidence="official audit", checked=True)
    told = draw(jinja, "outcome", "outcome", "worked", "It worked", evidence="its own report")
    assert "o-fill" in seen
    assert "pencil" not in seen
    assert "pencil-dot" in told
    assert "o-fill" not in told


def test_a_card_holds_one_link(jinja: Environment) -> None:
    item = {
        "title": "Vouchers", "href": "../vouchers/", "meta": "Sampleby, 2022", "text": "Nobody used them.",
        "why": "For X",
        "outcome": Markup(draw(jinja, "outcome", "outcome", "did-not-work", "It did not work", "official audit")),
    }
    html = draw(jinja, "card", "card", item, "practice")
    assert html.count("<a ") == 1
    assert html.index("It did not work") < html.index("Vouchers")


def test_text_from_contributors_cannot_become_markup(jinja: Environment) -> None:
    nasty = '"><script>alert(1)</script>'
    html = "".join([
        draw(jinja, "bar", "bar", "known", ink=1, label=nasty),
        draw(jinja, "answer", "answer", [nasty, {"strong": nasty}], nasty, source=nasty),
        draw(jinja, "card", "card", {"title": nasty, "href": nasty, "text": nasty, "lang": nasty}, "place"),
        draw(jinja, "facts", "facts", [{"term": nasty, "value": nasty, "source": nasty, "href": nasty}]),
        draw(jinja, "source", "sources", [{"title": nasty, "url": nasty, "publisher": nasty}]),
        draw(jinja, "map", "world_map", [{"x": 1, "y": 2, "name": nasty, "href": nasty}], nasty),
        call(jinja, "heading", 'section(title, "a", intro=title)', "{{ title }}", title=nasty),
    ])
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 22


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.stem)
def test_no_macro_carries_a_style_a_script_or_an_event_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|<script|\son[a-z]+=|javascript:", text)


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.stem)
def test_every_macro_says_what_it_takes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    header = text[: text.index("-#}")]
    for name in re.findall(r"{%-? macro (\w+)\(", text):
        if name not in {"cell", "lane", "ring", "sign", "head_inner"}:
            assert re.search(rf"\b{name}(\(| *$)", header, re.MULTILINE), f"{name} is not described in {path.name}"
