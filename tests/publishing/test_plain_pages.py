"""What is read quickly is read as the parser reads it; whatever is not plain, or might be wrong, is the parser's."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcsite.publishing.output_check import inspect_output
from lcsite.publishing.page_facts import Link, read_page, source_hash
from lcsite.publishing.plain_pages import BARE, read_plainly
from lcsite.publishing.plain_tags import look_at_tag

SCRIPT = "document.title"
STYLE = "p{color:red}"
KNOWN = {"scripts": {source_hash(SCRIPT)}, "styles": {source_hash(STYLE)}}

PLAIN = [
    "text &amp; more", "\n", '<p class="a">one</p>', "<p >one", "<br/>", '<rect x="1" viewBox="0 0 1 1" />',
    '<h2 id="one">1</h2>', '<h2 id="two">2</h2>', '<a href="../x/?a=1&amp;b=2#c" rel="noopener">x</a>',
    '<a href="">y</a>', '<img src="a.svg" alt="">', '<img src="a.svg" role="presentation">', "</head>",
    "<svg><title>drawn</title></svg>", '<use xlink:href="#one"></use>', f"<script>{SCRIPT}</script>",
    f"<style>{STYLE}</style>", '<script type="application/ld+json">{"a": [1]}</script>',
    '<link rel="license" href="l/">', '<form action="go/"><input name="q" required></form>', "</div>", "> &lt;",
    "<select><option>1</option></select>",
    '<video poster="p.png" src="v.mp4"></video>', '<img srcset="a.png 1x, b.png 2x" alt="">', '<a ping="p/">p</a>',
]
ODD = [
    "<!-- a -->", "<a href=x>x</a>", "<a href='x'>x</a>", '<A HREF="x">x</A>', '<a\nhref="x">x</a>', "<", "a < b",
    "<p", '<a href="x" href="y">x</a>', '<a href="x" HREF="y">x</a>', '<p onclick="x">', "<p ONCLICK>", '<p on-x="1">',
    '<p style="x">', '<p STYLE="x">', '<img src="a.svg">', "<img>", '<h2 id="one">', '<a name="one">1</a>', "<base>",
    '<meta http-equiv="refresh">', '<META http-equiv="REFRESH">', "<title>a<b></title>", "<title>t",
    "<script>x</script>", "<style>x</style>", '<script type="application/ld+json">{</script>', "<script>",
    "<script>if (a<b) c</script>", "<script/>", "<textarea><p onclick=x></textarea>", "<plaintext>",
    '<iframe src="x"></iframe>', "<html>", '<html id="z">', '<body id="z">', "<head>", '<p id="&#x6f;ne">',
    '<a href="&copy">x</a>', "\x00", "\x0c", "\r", '<p id="\ufffe">', '<p title=">">', '<p title="<">',
    '<p title="\n" id="q">', "<p a=1>", '<p/ id="z">', '<p id="z"id="y">', "<svg><style>x</style></svg>",
    "<![CDATA[x]]>", "<?x?>", "<!doctype html>", '<frameset id="z">', '<svg:a href="x">',
    "</P>", '</p class="a">', "</ p>", "</>", "</p",
]


def page(body: str, *, head: str = "", attributes: str = ' lang="en"', title: str = "<title>T</title>") -> bytes:
    head = f'<head>\n<meta charset="utf-8">\n{title}{head}</head>'
    return f"<!doctype html>\n<html{attributes}>\n{head}\n<body>\n<h1>H</h1>{body}</body></html>\n".encode()


def without_lines(links: list[Link]) -> list[Link]:
    """The links in an order of their own: whoever asks where one stands reads the page with its lines."""
    return sorted(link._replace(line=0) for link in links)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PLAIN) | st.sampled_from(PLAIN + ODD), max_size=8))
def test_whatever_is_read_quickly_is_read_as_the_parser_reads_it(parts: list[str]) -> None:
    html = page("".join(parts))
    quick, parsed = read_plainly(html, **KNOWN), read_page(html, **KNOWN)
    if quick is not None:
        assert (quick.ids, sorted(quick.links), []) == (parsed.ids, without_lines(parsed.links), parsed.faults)


@pytest.mark.parametrize("part", PLAIN)
def test_plain_parts_are_read_quickly(part: str) -> None:
    quick = read_plainly(page(part), **KNOWN)
    assert quick is not None
    assert sorted(quick.links) == without_lines(read_page(page(part), **KNOWN).links)


def test_of_tags_that_are_passed_over_nothing_follows() -> None:
    assert [name for name in BARE.split("|") if look_at_tag(name) is not None] == []
    assert look_at_tag("h1") is not None


@pytest.mark.parametrize("part", ODD)
def test_odd_parts_are_left_to_the_parser(part: str) -> None:
    assert read_plainly(page(f'<h2 id="one">1</h2>{part}<b>after</b>'), **KNOWN) is None


WITHOUT_FRAME = [
    b"", b"<p>x</p>", page("").replace(b"<h1>H</h1>", b""), page("", attributes=""), page("", attributes=' lang=" "'),
    page("", title=""), page("", title="<title> </title>"), page("", title="<div><title>T</title></div>"),
    page("", head="words"), page("", head='<p id="a">'), page("")[:-1] + b"\xff", b"\xef\xbb\xbf" + page(""),
    page("").replace(b"<head>", b"<head id=x>"),
]


@pytest.mark.parametrize("html", WITHOUT_FRAME)
def test_a_page_without_its_frame_is_left_to_the_parser(html: bytes) -> None:
    assert read_plainly(html) is None


def test_a_fault_among_plain_pages_is_named_with_its_line(tmp_path: Path) -> None:
    one = page('<h2 id="here">x</h2>\n<a href="#here">a</a>\n<a href="#gone">b</a>\n<a href="./#gone">c</a>')
    two = page('\n<a href="../#gone">d</a>\n<a href="../lost/">e</a>')
    assert read_plainly(one) is not None
    assert read_plainly(two) is not None
    (tmp_path / "two").mkdir()
    (tmp_path / "index.html").write_bytes(one)
    (tmp_path / "two" / "index.html").write_bytes(two)
    found = [(problem.code, problem.location.file, problem.location.line) for problem in inspect_output(tmp_path)]
    assert found == [
        ("output-broken-link", "two/index.html", 9),
        ("output-broken-anchor", "index.html", 9),
        ("output-broken-anchor", "index.html", 10),
        ("output-broken-anchor", "two/index.html", 8),
    ]
