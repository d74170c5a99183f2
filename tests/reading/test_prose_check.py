from __future__ import annotations

import html
import re
import time

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.reading.prose_check import check_prose
from lcsite.rendering.prose import render_prose
from tests.reading.sources import spots


def found(text: str) -> list[str]:
    return spots(check_prose(text, "cities/sampleby/index.md").problems)


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("<script>alert(1)</script>", "1:1"),
        ("words <b>bold</b>", "1:7"),
        ("a\n\n<div\nclass=x", "3:1"),
        ("<!-- hidden -->", "1:1"),
        ("a <!-- hidden", "1:3"),
        ("<?php x ?>", "1:1"),
        ("<!DOCTYPE html>", "1:1"),
        ("<![CDATA[x]]>", "1:1"),
        ("a <img src=x onerror=y> b", "1:3"),
        ("- <svg/onload=x>", "1:3"),
        ("> <style>", "1:3"),
        ("# <base href=x>", "1:3"),
        ("| a | <b> |\n|---|---|\n", "1:7"),
        ("[^1]: <b>x</b>", "1:7"),
        ("[<b>](x.md)", "1:2"),
        ("<a@b onclick=x>", "1:1"),
        ("\\<b>", "1:2"),
        ("<scr`x`ipt>", "1:1"),
        ("if x<y and z>w", "1:5"),
        ("- point\n\n    <b>still the point</b>", "3:5"),
    ],
)
def test_html_is_refused_wherever_it_stands(text: str, spot: str) -> None:
    assert f"{spot} raw-html" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "a `b\n<i>` c",
        "an odd ` here\nand `<i>` there",
        "```\nnever closed\n<i>\n",
        "  ```\n  <i>\n  ```\n",
        "``` {onclick=x}\n<i>\n```\n",
        "~~~~\n<i>\n~~~\n",
        "| a ` | <i> ` |\n|---|---|\n",
        "\\`<i>`",
    ],
)
def test_what_is_code_for_one_engine_and_text_for_another_counts_as_text(text: str) -> None:
    assert any(spot.endswith("raw-html") for spot in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "`<script>` and ``a ` <b>``",
        "```html\n<script>alert(1)</script>\n```",
        "~~~\n<b>\n\n</b>\n~~~\n",
        "A paragraph.\n\n    <b>indented code</b>\n",
        "| a | `<b>` |\n|---|---|\n| c | d |",
        "a < b, b > c, x<5, 3 <4, <3",
        "p<q is mathematics as long as nothing closes it",
        "the word javascript: in a sentence, and data: too",
        "{{ user }} and {% if %} and ${x} and <%= 3 is text without an end",
        "$\\frac{a_1}{b} < \\infty$",
        "it's O'Brien’s “well-known” Straße, don’t",
        "شهر\u200cها and \U0001f469\u200d\U0001f3eb",
        "x" * 50_000,
        "[a](https://example.org/a_(b)?c=d&e=%20#f \"a title (with) brackets\")",
        "[a](../method/index.md#rounding), [b](mailto:hello@example.org), [c](tel:+440000)",
        "<https://example.org/?a=b> and <hello@example.org>",
        "[text][1]\n\n[1]: https://example.org \"title: with a colon\"",
        "a note[^1]\n\n[^1]: note: see https://example.org/a:b",
        "[Remember]: this: is no link",
        "- [x] done\n- [ ] open (10:30)",
        "AT&T &amp; &copy; &#8212;",
        "a -> b <- c <-> d",
        "[ä](https://müller.example/straße)",
        "!\\[not an image\\]",
    ],
)
def test_what_looks_odd_and_is_legitimate_passes(text: str) -> None:
    assert found(text) == []


REFUSED = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#115;cript:x", "java&#x73cript:x", "&#106;avascript:x",
    "java&Tab;script:x", "javascript&colon;x", "java%73cript:x", "%6Aavascript:x", "data:text/html,x", "vbscript:x",
    "file:///etc/passwd", "ftp://example.org", "blob:x", "x:y", "//example.org", "/\\example.org", "\\\\example.org",
    "http://", "http:///x", "https:example.org", "http://[::1]/", "http://1.2.3.999/", "http://0x7f.1/",
    "https://a..b/",
    "http://example.org:99999/", "ja\u200bvascript:x", "java\\script:x", "[j][k]avascript:x",
]


@pytest.mark.parametrize("address", [*REFUSED, "a b.md", "a<b", "`javascript:x`", "\tjavascript:x", "java\nscript:x",
    ""])
def test_links_lead_only_to_addresses_that_are_safe(address: str) -> None:
    assert any(spot.endswith("refused-link") for spot in found(f"[a]({address})"))


@pytest.mark.parametrize("address", REFUSED)
@pytest.mark.parametrize("around", ['[a]({} "title")', "> [a]({})", "[![a](a.png)]({})", "# [a]({})",
    "| [a]({}) |\n|---|\n"])
def test_a_link_is_judged_wherever_it_stands(address: str, around: str) -> None:
    assert any(spot.endswith("refused-link") for spot in found(around.format(address)))


@pytest.mark.parametrize("address", REFUSED[:-1])
@pytest.mark.parametrize("around", ["[a]: {}", "   [a]:\n  {}", "> [a]: {}", "- [a]: {} 'title'",
    "x[^1]\n\n[^1]: [a]: {}", "a\n:   [a]: {}"])
def test_a_definition_is_judged_like_a_link(address: str, around: str) -> None:
    assert any(spot.endswith("refused-link") for spot in found(around.format(address)))


@pytest.mark.parametrize("text", ["<javascript:x>", "[a](<javascript:x>)", "<data:text/html,x>", "[a]: <javascript:x>"])
def test_pointed_brackets_do_not_hide_an_address(text: str) -> None:
    assert any(spot.endswith("refused-link") for spot in found(text))


def test_the_offending_address_is_pointed_at() -> None:
    assert found("See [this](javascript:x).\n\n[a]: data:x") == ["1:12 refused-link", "3:6 refused-link"]


@pytest.mark.parametrize("text", ["[a](https://me:secret@example.org/)", "<https://me@example.org>",
    "see https://me:secret@example.org/"])
def test_addresses_carry_no_login(text: str) -> None:
    problems = check_prose(text, "a.md").problems
    assert {p.code for p in problems} == {"address-with-login"}
    assert "secret" not in " ".join(p.message + p.hint for p in problems)


@pytest.mark.parametrize(
    "text",
    [
        "![a](https://example.org/a.png)", "![a](//example.org/a.png)", "![a](data:image/png;base64,x)", "![a](/a.png)",
        "![a](../../../a.png)", "![a](%2e%2e/%2e%2e/%2e%2e/a.png)", "![a](a.png?x=y)",
        "[![a](https://example.org/a.png)](b.md)",
        "![a][b]\n\n[b]: https://example.org/a.png", "![b]\n\n[b]: https://example.org/a.png",
        "![b][]\n\n[ B ]: https://example.org/a.png", "![x [y](z.md)](https://example.org/a.png)",
    ],
)
def test_images_come_from_the_repository(text: str) -> None:
    assert any(spot.endswith("refused-image") for spot in found(text))


def test_images_are_noted_by_their_path_in_the_site() -> None:
    prose = check_prose("![a](media/a.png) and ![b][c]\n\n[c]: ../birch/media/b.jpg", "cities/alder/index.md")
    assert prose.problems == []
    assert [path for _, path in prose.images] == ["cities/alder/media/a.png", "cities/birch/media/b.jpg"]


def test_an_image_needs_words_in_its_place() -> None:
    assert found("![ ](media/a.png)") == ["1:1 image-without-words"]


@pytest.mark.parametrize("text", ["# Title {: .big}", "text\n{: onclick=x }", "![a](a.png){:width=1}"])
def test_attribute_lists_are_refused(text: str) -> None:
    assert any(spot.endswith("attribute-list") for spot in found(text))


def test_putting_files_in_is_refused() -> None:
    assert found('--8<-- "secret.md"') == ["1:1 file-inclusion"]


def test_characters_that_reorder_words_cannot_be_written_as_entities() -> None:
    assert found("a &#x202e; b &#8238; c &#0;") == [
        "1:3 forbidden-character", "1:14 forbidden-character", "1:24 forbidden-character"
    ]


TANGLED = {
    "brackets": "[" * 5_000, "images": "![" * 5_000, "links": "[a](" * 5_000, "notes": "[^" * 5_000,
    "round": "[a](" + "x [a](" * 60 + "(" * 5_000,
    "quotations": ">" * 5_000, "deep list": " " * 90 + "- a", "headings": "# a\n" * 5_000,
    "underlined": "a\n=\n" * 5_000,
    "rules": "---\n" * 5_000, "short forms": "*[a]: b\n" * 5_000, "definitions": "[a]: b\n" * 5_000,
    "emphasis": "*a* " * 2_500, "struck": "~~a~~ " * 2_500, "emphasis in one list": "- *a*\n" * 6_500,
    "signs": "\\* \n\n" * 20_001, "lines": "a\n\n" * 4_001, "many notes": "[^a]\n" * 501, "round only": "a](" * 5_000,
    "meanings": "a\n" + ":   b\n" * 300, "code without end": "\\```* " * 2_000,
    "many columns": "a|" * 600 + "\n" + "-|" * 600 + "\n" + "b\n" * 100,
    "short forms used": "*[a]: b\n\n" + "a " * 3_000,
    "explained words": "a\n:   b\n" * 30, "lists in one line": "- > " * 30, "numbers in one line": "1. + " * 30,
}


@pytest.mark.parametrize("text", TANGLED.values(), ids=TANGLED)
def test_what_would_take_very_long_to_render_is_refused(text: str) -> None:
    assert {spot.partition(" ")[2] for spot in found(text)} == {"too-tangled"}


def test_long_lists_tables_worksheets_and_rules_are_not_tangled() -> None:
    rows = "| Who | What | When |\n|---|---|---|\n" + "| ____ | *do* | 10:30 |\n" * 900
    text = f"{rows}\n{'- - ' * 30}\n\n{'* ' * 40}\n\n" + "- A **point**, and `code`\n" * 900 + "\nName: " + "_" * 9_000
    assert found(text + "\n\n" + "Word\n\n:   Its meaning\n\n" * 200) == []


UNITS = [
    "[", "](", "[a](", "![", "<", "<a", "<a>", '<a"', "`", "``a", "`a`", "```\n", "~~~ ", "> ", "{:", "--8<--", "-",
    "&#x202e;", "[a]: x\n",
    "http://", "http://a@", " ", "\n", "    \n", "\t", "- ", "1. ", "(", "\\", "![a](x", '[a](x "', "|-", "<!--",
    "a@b.c ", "'", "\n\n<a ", "=\n",
    "x", "é ", "*", "_a",
]


@pytest.mark.parametrize("unit", UNITS)
def test_a_quarter_of_a_megabyte_of_anything_is_dealt_with_at_once(unit: str) -> None:
    text = (unit * (250_000 // len(unit) + 1))[:250_000]
    started = time.process_time()
    check_prose(text, "a/b.md")
    assert time.process_time() - started < 2


PIECES = st.sampled_from([
    "<", ">", "</", "<b", "script", "a", "b", "javascript:", "java", "data:", "http://", "https://x.org", "x@y.zz",
    ":", "//", "/",
    "?", "#", "&", "&#106;", "&lt;", "&colon;", "%3a", "(", ")", "[", "]", "](", "![", "!", "][", "]: ", "\n", "\n\n",
    "    ", "  ",
    " ", "- ", "> ", "1. ", "* ", "`", "``", "```", "```\n", "~~~", "\\", '"', "'", "*", "_", "**", "[^1]", "[^1]: ",
    "|", "|-|-|\n",
    "# ", "===\n", "---\n", "{", "}", ":   ", "*[a]: ", "é", "\u200d", "[a]", "[a]: ", "onclick=", "=", "\t", ".png",
    "..", "~~",
    "<https://x.org>", "[x](y)", "![x](y.png)", "- [ ] ",
])
MARKDOWN = st.lists(PIECES, max_size=25).map("".join)
LIVE = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
TAG = re.compile(r"<([a-zA-Z!?][^\s>/]*)((?:[^<>\"]|\"[^\"]*\")*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
HARMLESS = set(
    "a abbr blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr img input label li ol p pre s section span "
    "strong sub sup table tbody td th thead tr ul".split()
)
KNOWN = set(
    "href src title alt id class start type disabled checked role aria-label tabindex loading style align rel".split()
)


def assert_harmless(page: str, text: str) -> None:
    for tag, rest in TAG.findall(page):
        assert tag.lower() in HARMLESS, (text, page)
        for name, value in ATTRIBUTE.findall(rest):
            assert name in KNOWN, (text, page)
            scheme = LIVE.match(html.unescape(value)) if name in ("href", "src") else None
            allowed = ("http", "https", "mailto", "tel") if name == "href" else ()
            assert scheme is None or scheme[1].lower() in allowed, (text, page)


@given(MARKDOWN)
def test_the_renderer_finds_nothing_to_remove_in_what_has_passed(text: str) -> None:
    if not check_prose(text, "cities/sampleby/index.md").problems:
        assert_harmless(str(render_prose(text, resolve=lambda target: target)), text)


@given(MARKDOWN)
def test_an_engine_that_lets_html_through_finds_none_in_what_has_passed(text: str) -> None:
    if not check_prose(text, "cities/sampleby/index.md").problems:
        engine = markdown.Markdown(extensions=["tables", "footnotes", "def_list", "abbr", "toc", "fenced_code"])
        assert_harmless(engine.convert(text), text)


@given(st.text(max_size=300))
def test_any_text_is_checked_without_an_accident(text: str) -> None:
    for problem in check_prose(text, "a.md", first_line=5).problems:
        assert 5 <= problem.location.line <= 5 + text.count("\n")
