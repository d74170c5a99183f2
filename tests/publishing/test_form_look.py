"""Of a page that was written into a form the look says what it says of the whole page, or nothing."""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcsite.publishing.first_look import FirstLook, Seen
from lcsite.publishing.form_look import FormLook
from lcsite.publishing.page_facts import Link, PageFacts
from lcsite.publishing.plain_pages import DrawnTags, read_plainly
from lcsite.rendering.blank_frame import Blank, BlankFrame, Filled, Piece, Rows
from lcsite.rendering.drawn_pieces import Drawn, Pieces
from tests.publishing.test_plain_pages import ODD, PLAIN, page

TITLE, WORDS, ADDRESS, DATA = (Blank(name, True) for name in ("title", "words", "address", "data"))
RAW_DATA, BODY = Blank("data", False), Blank("body", False)
ROWS = Rows("rows", (Blank("0", True), Blank("1", True)), "%s:%s", '"></i><i data-x="')
FORM: list[Piece] = [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>', TITLE, ' · Site</title>',
    '<meta name="d" content="', WORDS, '"><link rel="canonical" href="', ADDRESS, '">',
    '<script type="application/ld+json">', RAW_DATA, '</script><script src="a.js"></script></head>\n',
    '<body><a href="../../x/">x</a><i data-x="', ROWS,
    '"></i><main id="main">', BODY, '</main><p id="end"><a href="../y/#z">y</a></body></html>\n',
]  # fmt: skip
VALUES = {"title": "T", "words": "Some words", "address": "https://a.example/", "data": "{}", "body": "<h1>H</h1>"}
ONE_ROW = [("a", "b")]


def written(form: BlankFrame, rows: list[Any] = ONE_ROW, **values: str) -> Filled:
    return form.fill({**VALUES, **values}, {"rows": rows})


def said(facts: PageFacts | None) -> Any:
    leading = [Link(address, 0, False) for address in facts.leading] if facts else []
    return facts and (facts.ids, sorted([*facts.links, *leading]), facts.faults)


def test_plain_values_are_read_without_reading_the_form_again() -> None:
    form = BlankFrame(FORM)
    filled = written(form, title="T &amp; ", words='"it\'s" <b>', rows=[("a", "b"), ("<", '"')], data='{"a": [1]}')
    facts = FormLook(form).read(filled._replace(html=b""))
    assert facts is not None
    assert facts.ids == {"main", "end"}
    assert [link.address for link in facts.links] == ["a.js", "https://a.example/"]
    assert facts.leading == ["../../x/", "../y/#z"]
    assert said(facts) == said(read_plainly(filled.html))


HOSTILE = [
    "", " ", "&", "&am", "p;", "#39;", "<", ">", '"', "'", "a\x00", "\x0c", "\n", "\xa0", "\x02", "\x020\x03", "%s",
    "&copy", '" onclick="x', '"><script>x</script>', "</title><p id=x>", "</script>", "<!--", "-->", "</main>",
    "javascript:x", "http://other.example/", "../a/?b=1&c=2", "//x", '{"a": 1', '{"a": NaN}', "]]>", "\ud800",
]
VALUE = st.lists(st.sampled_from(["a", "b c", "é", *HOSTILE]), max_size=3).map("".join)
PARTS = st.lists(st.sampled_from(PLAIN) | st.sampled_from(PLAIN + ODD + HOSTILE), max_size=6).map("".join)
MORE_IDS = st.sampled_from(["", '<i id="main">', '<i id="end">', '<h1 id="m">H</h1>'])


def unescaped(*names: str) -> BlankFrame:
    """The form as a template would write it that forgot to escape these values, or escaped what it should not."""
    pieces: list[Piece] = []
    for piece in FORM:
        if isinstance(piece, Blank) and piece.name in names:
            pieces.append(piece._replace(escaped=not piece.escaped))
        elif isinstance(piece, Rows) and piece.name in names:
            pieces.append(piece._replace(columns=tuple(column._replace(escaped=False) for column in piece.columns)))
        else:
            pieces.append(piece)
    return BlankFrame(pieces)


def never_says_more(form: BlankFrame, filled: Filled) -> bool:
    """Whether the look says something; if so it is what it says of the page."""
    facts = FormLook(form).read(filled)
    assert facts is None or said(facts) == said(read_plainly(filled.html)), filled.html
    return facts is not None


@pytest.mark.parametrize("name", [*VALUES, "rows"])
def test_one_odd_value_hides_nothing(name: str) -> None:
    forms = [BlankFrame(FORM), unescaped(name)]
    ways = ("{}", "a{}", '["{}"]', "<h1>H</h1>{}", "{}<h1>H</h1>")
    values = [way.format(value) for way in ways for value in (*HOSTILE, *PLAIN, *ODD)]
    found = [
        never_says_more(
            form, written(form, [("a", value)]) if name == "rows" else written(form, ONE_ROW, **{name: value})
        )
        for form in forms for value in values
    ]  # fmt: skip
    assert any(found)
    assert not all(found)


def test_two_values_do_not_become_the_name_of_a_sign() -> None:
    form = unescaped("title", "words")
    assert never_says_more(form, written(form, title="a&amp;", words="b"))
    assert not never_says_more(form, written(form, title="a&am", words="p;"))
    assert not never_says_more(form, written(form, title="p;", words="a&am"))


@settings(max_examples=400)
@given(
    st.fixed_dictionaries({}, optional={"title": VALUE, "words": VALUE, "address": VALUE, "data": VALUE}),
    st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=3), MORE_IDS, PARTS,
    st.sets(st.sampled_from([*VALUES, "rows"])), st.booleans(),
)  # fmt: skip
def test_the_look_says_of_a_form_what_it_says_of_the_page(
    values: dict[str, str], rows: list[tuple[str, str]], begins: str, parts: str, raw: set[str], headed: bool
) -> None:
    form = unescaped(*raw)
    body = f"{begins}{'<h1>H</h1>' if headed else ''}{parts}"
    never_says_more(form, written(form, rows, **values, body=body))


@settings(max_examples=300)
@given(PARTS, st.lists(st.integers(0, 400), min_size=1, max_size=5), st.integers(0, 31))
def test_wherever_a_page_is_cut_into_a_form_the_look_says_the_same(body: str, cuts: list[int], values: int) -> None:
    page = written(BlankFrame(FORM), body=f"<h1>H</h1>{body}").html.decode("utf-8", "replace")
    at = sorted({0, len(page), *(min(cut * 2, len(page)) for cut in cuts)})
    pieces: list[Piece] = []
    held = {}
    for number, (begin, end) in enumerate(pairwise(at)):
        if values >> number & 1:
            pieces.append(Blank(str(number), False))
            held[str(number)] = page[begin:end]
        else:
            pieces.append(page[begin:end])
    form = BlankFrame(pieces)
    filled = form.fill(held, {})
    assert filled.html == page.encode()
    never_says_more(form, filled)


@settings(max_examples=400)
@given(st.lists(PARTS, max_size=4), st.lists(PARTS | VALUE, min_size=1, max_size=4), MORE_IDS)
def test_of_pieces_that_are_drawn_once_the_look_says_what_it_says_of_the_page(
    between: list[str], drawn: list[str], begins: str
) -> None:
    pieces, form = Pieces(), BlankFrame(FORM)
    marks = [pieces.marked(f"{part}<p><b>x</b></p><i>y</i>{part}") for part in drawn]
    text = f"{begins}<h1>H</h1>{''.join(part + mark for part, mark in zip_longest(between, marks, fillvalue=''))}"
    filled = form.fill({**VALUES, "body": Drawn(text, pieces)}, {"rows": ONE_ROW})
    facts = FormLook(form, DrawnTags(pieces)).read(filled)
    assert facts is None or said(facts) == said(read_plainly(filled.html)), filled.html


PIECE = '<li><a href="../../x/">x</a><b>b</b><i id="i"></i></li>'


@pytest.mark.parametrize(("body", "read"), [
    ("{}", True), ("<ul>{}</ul>{{}}", False), ('<i id="i"></i>{}', False), ('<p title="{}">', False), ("<p {}>", False),
    ("<p{}", False), ("<script>{}</script>", False), ("<!-- {} -->", False), ("&lt;{}", True),
])  # fmt: skip
def test_a_piece_is_read_only_where_tags_may_stand_and_says_its_ids_each_time(body: str, read: bool) -> None:
    pieces, form = Pieces(), BlankFrame(FORM)
    mark = pieces.marked(PIECE)
    text = "<h1>H</h1>" + body.format(mark).replace("{}", mark)
    filled = form.fill({**VALUES, "body": Drawn(text, pieces)}, {"rows": ONE_ROW})
    assert PIECE.encode() in filled.html
    facts = FormLook(form, DrawnTags(pieces)).read(filled)
    assert (facts is not None) == read
    assert facts is None or said(facts) == said(read_plainly(filled.html))


@pytest.mark.parametrize("odd", [
    "<p onclick='x'>", '<p style="x">', "<title>t</title>", "<script>x</script>", "<head>", "<",
])  # fmt: skip
def test_nothing_is_said_of_a_page_with_a_piece_that_is_odd(odd: str) -> None:
    pieces, form = Pieces(), BlankFrame(FORM)
    drawn = Drawn(f"<h1>H</h1>{pieces.marked(PIECE.replace('<b>', f'{odd}<b>'))}", pieces)
    assert FormLook(form, DrawnTags(pieces)).read(form.fill({**VALUES, "body": drawn}, {"rows": ONE_ROW})) is None


@pytest.mark.parametrize("change", [
    ('<html lang="en">', '<html lang="{}">'), ("<head>", "<head {}>"), ("<head>", "<head>{}"), ("<main", "<{}main"),
    ("<p id", "<p{}></p><p id"), ("</html>", "</html><"),
    ('id="end"', 'id="{}" style="x"'), ('content="', 'on{}="" content="'),
    ('"><link rel="canonical"', '" {}><link rel="{}"'),
    ("<p id", "<style>{}</style><p id"), ("<p id", "<p onclick><p id"), ("<p id", "<textarea>{}</textarea><p id"),
    ("<p id", "<"), ("<p id", "<script>{}"), ("<p id", "<script>x</script><p id"),
    ("<p id", '<a rel="{}" href="b" href="c"><p id'),
])  # fmt: skip
def test_of_a_form_of_which_nothing_can_be_said_for_all_pages_nothing_is_said(change: tuple[str, str]) -> None:
    pieces: list[Piece] = []
    for piece in FORM:
        if isinstance(piece, str) and change[0] in piece:
            first, *more = piece.replace(change[0], change[1], 1).split("{}")
            pieces.append(first)
            for rest in more:
                pieces += [Blank("words", True), rest]
        else:
            pieces.append(piece)
    assert pieces != FORM
    form = BlankFrame(pieces)
    assert FormLook(form).read(written(form, words="w")) is None


# --- sites -----------------------------------------------------------------------------------------------------------


def looked_at(pages: list[tuple[str, str]]) -> list[Seen]:
    """The bodies of pages at their paths, as one process sees them after another."""
    look, form = FirstLook("https://a.example/"), BlankFrame(FORM)
    return [look.at_form(path, form, written(form, body=f"<h1>H</h1>{body}")) for path, body in pages]


def test_a_link_that_was_followed_beside_a_page_is_followed_again_where_it_leads_elsewhere() -> None:
    links = '<a href="../b/">b</a>'
    one, two, *_ = looked_at([("x/a/index.html", links), ("x/c/index.html", links)])
    assert "x/b/index.html" in one.files
    assert "x/b/index.html" not in two.files
    assert "y/b/index.html" in looked_at([("x/a/index.html", links), ("y/c/index.html", links)])[1].files
    look = FirstLook("https://a.example/")
    assert look.at("a/index.html", page(links)).well
    assert not look.at("index.html", page(links)).well  # from the start page it leads out of the site


def test_a_link_that_leads_out_lets_nothing_else_lead_there() -> None:
    link, picture = '<a href="https://other.example/x">x</a>', '<img alt="" src="https://other.example/x">'
    assert [seen.well for seen in looked_at([("x/a/index.html", link), ("x/b/index.html", link + picture)])] == [
        True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("id_", "address", "well"), [
    ("ab", "#ab", True), ("ab", "#a%62", True), ("b", "#ab", False), ("a%62", "#a%62", False),
    ("x:~:y", "#x:~:y", False),
])  # fmt: skip
def test_a_part_of_the_page_itself_is_looked_for_by_what_its_address_means(id_: str, address: str, well: bool) -> None:
    seen = looked_at([("x/a/index.html", f'<i id="{id_}"></i><a href="{address}">x</a>')])
    assert [each.well for each in seen] == [well]


def test_what_one_page_named_is_found_again_from_a_page_that_lies_deeper() -> None:
    one, two, three = looked_at([
        ("x/a/index.html", '<a href="../../b/">b</a>'),
        ("x/c/d/index.html", '<a href="../../../b/">b</a><a href="../../c/">c</a>'),
        ("x/c/e/index.html", '<a href="../../../b/#z">z</a><a href="../../c/">c</a>'),
    ])  # fmt: skip
    assert "b/index.html" in one.files
    assert "b/index.html" not in two.files
    assert "x/c/index.html" in two.files
    assert ("b/index.html", "z") in three.parts
    assert all(seen.well for seen in (one, two, three))


@pytest.mark.parametrize("body", [
    '<i id="main">', '<p onclick="x">', '<img src="x.png">', '<a href="javascript:x">x</a>',
    '<script>x</script>', '<a href="#nowhere">x</a>', '<img alt="" src="https://other.example/x">', "<style>x</style>",
])  # fmt: skip
def test_what_is_wrong_in_a_body_is_seen(body: str) -> None:
    # The form leads out of a site that is not as deep as this.
    fine, wrong = looked_at([("x/a/index.html", "<p>fine"), ("x/b/index.html", body)])
    assert fine.well
    assert not wrong.well
