"""Authored Markdown becomes HTML that is safe to show, or the build stops."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import html5lib
import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

import lcsite
from lcsite.rendering import prose
from lcsite.rendering.prose import SanitiserRemoved, render_prose, sanitise

PACKAGE = Path(lcsite.__file__).parent


def render(source: str, **more: Any) -> str:
    return str(render_prose(source, resolve=lambda target: target, **more))


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """Every element that a browser would see, with its attributes."""
    body = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [(e.tag, dict(e.attrib)) for e in body.iter() if isinstance(e.tag, str)][1:]


def tags(html: str) -> list[str]:
    return [tag for tag, _ in elements(html)]


# --- what authors write ----------------------------------------------------------------------------------------------


def test_paragraphs_lists_tables_notes_and_short_forms_are_rendered() -> None:
    html = render(
        "**b** *c* ~~d~~\n\n- e\n\n| x | y |\n|---|--:|\n| 1 | 2 |\n\nT\n: D\n\nNote[^1] HTML\n\n[^1]: N\n\n*[HTML]: H"
    )
    assert {"p", "strong", "em", "del", "ul", "li", "table", "dl", "dt", "dd", "sup", "abbr"} <= set(tags(html))
    assert ("td", {"class": "lc-end"}) in elements(html)


def test_a_table_scrolls_by_itself_and_can_be_reached_by_keyboard() -> None:
    box = next(attributes for tag, attributes in elements(render("| x | y |\n|---|---|\n| 1 | 2 |")) if tag == "div")
    assert (box["class"], box["role"], box["tabindex"]) == ("lc-scroll", "region", "0")
    assert box["aria-label"].startswith("x, y")


def test_tasks_are_boxes_to_tick_on_paper_and_not_form_fields() -> None:
    html = render("- [ ] open\n- [x] done\n")
    assert "☐ open" in html
    assert "☑ done" in html
    assert "input" not in tags(html)


def test_headings_stand_below_the_heading_of_the_page() -> None:
    assert tags(render("# One\n\n## Two\n\n### Three")) == ["h2", "h2", "h3"]
    assert tags(render("## Two\n\n### Three", shift=1)) == ["h3", "h4"]


def test_headings_have_ids_that_stand_once() -> None:
    found = elements(str(render_prose("## What was done\n\n### Detail\n\n## What was done\n", resolve=str)))
    assert [(tag, a["id"]) for tag, a in found] == [
        ("h2", "what-was-done"),
        ("h3", "detail"),
        ("h2", "what-was-done_1"),
    ]


def test_links_and_images_are_resolved_and_images_load_when_needed() -> None:
    seen: list[str] = []

    def resolve(target: str) -> str:
        seen.append(target)
        return f"../{target}"

    html = str(render_prose("[a](b.md#c) ![d](e.jpg) <https://example.org/>", resolve=resolve))
    assert seen == ["b.md#c", "e.jpg", "https://example.org/"]
    assert ("a", {"href": "../b.md#c"}) in elements(html)
    assert ("img", {"alt": "d", "loading": "lazy", "src": "../e.jpg"}) in elements(html)


def test_two_texts_rendered_one_after_the_other_do_not_know_of_each_other() -> None:
    text = "## A\n\n[^1] [x]\n\n[^1]: note\n\n[x]: https://example.org/\n"
    first = render(text)
    assert render("[x] [^1]\n") == "<p>[x] [^1]</p>"
    assert render(text) == first


def test_code_is_quoted_and_means_nothing() -> None:
    html = render("```html\n<script>alert(1)</script>\n```\n\n`<b onclick=x>`")
    assert set(tags(html)) == {"pre", "code", "p"}
    assert "&lt;script&gt;" in html


# --- what must not come through --------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "a <b onclick=alert(1)>b</b>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src=https://example.org></iframe>",
    "<style>*{display:none}</style>",
    "<base href=//example.org>",
    "<form action=x><input name=y></form>",
    "<!-- <script>alert(1)</script> -->",
    "<a href=javascript:alert(1)>x</a>",
    "- <script>\n  alert(1)\n  </script>",
    "> <img src=x onerror=alert(1)>",
    "| <script> | b |\n|--|--|\n| </script> | 1 |",
    "# <script>alert(1)</script>",
    "T <i>\n: <u onmouseover=x>d</u>",
    "*[<b>]: <script>",
    "Note[^1]\n\n[^1]: <script>alert(1)</script>",
    "<?php echo 1 ?>",
    "<![CDATA[<script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "\\<script>",
    "<scr<script>ipt>",
    "<SCRIPT/x>",
    "<p style=color:red>",
    "`` <script> ``",
    "~~~{onclick=x}\na\n~~~",
    "[x]{onclick=y}",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_raw_html_is_shown_as_text(source: str) -> None:
    for tag, attributes in elements(render(source)):
        assert tag in {
            "p",
            "a",
            "ul",
            "li",
            "blockquote",
            "div",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "h2",
            "dl",
            "dt",
            "dd",
            "sup",
            "hr",
            "ol",
            "pre",
            "code",
            "abbr",
        }, source
        assert not any(name.startswith("on") or name == "style" for name in attributes), source


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6a;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "[x][y]\n\n[y]: {}", "![x]({})"])
def test_a_dangerous_link_that_was_not_refused_when_it_was_read_stops_the_build(address: str, form: str) -> None:
    with pytest.raises(SanitiserRemoved, match="would have changed"):
        render(form.format(address))


PLANTED = [
    "<p>a</p><script>alert(1)</script>",
    '<p onclick="alert(1)">a</p>',
    '<img src="x" alt="" onerror="a<b">',
    '<a href="x" title="a>b" onclick="c">a</a>',
    "<img src=x onerror=alert(1)>",
    "<p onclick='x'>a</p>",
    "<svg></svg>",
    '<a href="javascript:alert(1)">a</a>',
    '<p style="color:red">a</p>',
    "<style>p{}</style>",
    '<iframe src="x"></iframe>',
    "<p/onclick=x>",
    '<a href="java\tscript:x">a</a>',
    '<p\nonclick="x">a</p>',
    '<form action="x"></form>',
]


@pytest.mark.parametrize("planted", PLANTED)
def test_whatever_slips_past_the_converter_stops_the_build(planted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown.Markdown, "convert", lambda self, source: f"<p>good</p>{planted}")
    with pytest.raises(SanitiserRemoved):
        render("`anything`")
    monkeypatch.setattr(prose, "plain_prose", lambda source, **more: f"<p>good</p>{planted}")
    with pytest.raises(SanitiserRemoved):
        render("anything plain")


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_shown_is_what_the_sanitiser_wrote_even_if_the_comparison_were_blind(
    planted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lcsite.rendering.prose._start_tags", lambda html: [])
    shown = sanitise(planted)
    assert not {"script", "style", "svg", "iframe", "form"} & set(tags(shown))
    assert not any(name.startswith("on") or name == "style" for _, a in elements(shown) for name in a)
    assert "javascript" not in shown


@given(st.lists(st.text(max_size=4) | st.sampled_from(["**", "*", "\\", "`", "[a](b)", "\n\n", "| a |\n", "1. "])))
def test_what_crosses_words_out_does_nothing_to_a_text_without_its_sign(pieces: list[str]) -> None:
    text = "".join(pieces).replace("~", "")
    with_it, without = (prose._converter("", crosses_out)[0].reset().convert(text) for crosses_out in (True, False))
    assert with_it == without


MARKUP = st.sampled_from(
    [
        "<",
        ">",
        "&",
        '"',
        "'",
        "`",
        "[",
        "]",
        "(",
        ")",
        "!",
        "*",
        "_",
        "#",
        "|",
        "-",
        ":",
        "\n",
        "\n\n",
        "    ",
        "script",
        "onclick=x",
        "a",
        "{",
        "}",
        "~~~",
        "```",
        "[^1]: ",
        "&lt;",
        "&#60;",
        "\\",
        "x",
    ]
)


@given(st.lists(MARKUP, max_size=25).map("".join))
def test_no_text_whatever_makes_an_element_that_runs(source: str) -> None:
    try:
        html = render(source)
    except SanitiserRemoved:
        return
    for tag, attributes in elements(html):
        assert tag not in {"script", "style", "iframe", "svg", "object", "embed", "form", "base", "meta", "link"}
        assert not any(name.startswith("on") or name == "style" for name in attributes)


# --- ids -------------------------------------------------------------------------------------------------------------


def test_notes_and_headings_of_two_texts_on_a_page_have_ids_of_their_own() -> None:
    text = "## Names\n\nA note[^1], and again[^1].\n\n[^1]: Here.\n"
    both = [
        a["id"] for html in (render(text), render(text, id_prefix="sheet-")) for _, a in elements(html) if "id" in a
    ]
    assert len(both) == len(set(both)) == 8
    targets = {a["href"].removeprefix("#") for _, a in elements(render(text, id_prefix="sheet-")) if "href" in a}
    assert targets <= set(both)


def test_a_fence_of_code_cannot_choose_an_id_or_class() -> None:
    for fence in ("``` {#main .lc-demo}", "```{ .py #main }", "~~~ {#main onclick=x}"):
        assert not any({"id", "class"} & set(a) for _, a in elements(render(f"{fence}\ncode\n{fence[:3]}")))


def ids_beside_prose() -> set[str]:
    """The ids that the theme and templates of pages with prose write; where a value follows, an example of it."""
    found: set[str] = set()
    for file in (*(PACKAGE / "rendering" / "templates").rglob("*.html"), *(PACKAGE / "theme").rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        if file.parent.name == "pages" and not file.name.startswith("_") and "| prose" not in text:
            continue
        found |= {re.sub(r"\{\{.*?\}\}", "1", id_) for id_ in re.findall(r'\bid="([a-z][^"]*)"', text)}
        found |= set(re.findall(r'\b(?:section|band)\([^\n]*?, "([a-z][a-z-]*)"', text))
    return found


def test_no_heading_of_an_author_can_take_an_id_of_ours() -> None:
    ours = ids_beside_prose()
    assert {"main", "sheet", "s-practices", "lc-pencil", "scale-1"} <= ours
    taken = {id_ for id_ in ours if f'id="{id_}"' in render_prose(f"## {id_}", resolve=str)}
    assert taken == set()


def test_a_note_that_the_text_never_refers_to_is_shown_without_a_way_back() -> None:
    page = str(render_prose("Words[^a].\n\n[^a]: used\n[^b]: unused", resolve=lambda target: target))
    assert page.count("footnote-backref") == 1
    assert 'href="#fnref:a"' in page
    assert "unused" in page


def test_nothing_is_put_in_the_place_of_a_word_in_brackets() -> None:
    page = str(render_prose("## A\n\n| a |\n|---|\n| b |\n[TOC]\n\n[TOC]", resolve=lambda target: target))
    assert page.count("[TOC]") == 2
