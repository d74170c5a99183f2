"""Pieces that stand on many pages are marks until a page is written, and then what they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.pipeline import plan_site
from lcsite.rendering import renderer as rooms
from lcsite.rendering.drawn_pieces import SIGN, Drawn, Pieces
from tests.rendering.full import full

PARTS = st.lists(st.sampled_from(["<p>", "</p>", '<a href="', '">', "<b>", "x > y", "é", "\ud800", "<", ">", ""]))
MANY = "<ul><li>é</li><li>b</li></ul>"


@given(st.lists(PARTS.map("".join), max_size=6))
def test_with_its_pieces_a_text_is_what_it_was(texts: list[str]) -> None:
    pieces = Pieces()
    marked = "".join(map(pieces.marked, texts))
    again = pieces.marked(f"<div>{marked}<b></b><b></b></div>")
    assert Drawn(marked, pieces).whole() == "".join(texts).encode(errors="xmlcharrefreplace")
    whole = f"<div>{''.join(texts)}<b></b><b></b></div>"
    assert Drawn(again, pieces).whole() == whole.encode(errors="xmlcharrefreplace")


@pytest.mark.parametrize(("text", "left"), [
    (MANY, "M"), (f"a{MANY}b", "aMb"), (f'x">w{MANY}<a href="', 'x">wM<a href="'), ("<b>few</b>", "<b>few</b>"),
    ("no tags", "no tags"), ("", ""),
])  # fmt: skip
def test_a_mark_stands_for_whole_tags(text: str, left: str) -> None:
    pieces = Pieces()
    marked = pieces.marked(text)
    for name in pieces:
        marked = marked.replace(f"<{SIGN}{name.decode()}{SIGN}>", "M")
    assert marked == left


def test_a_mark_names_the_drawings_of_its_piece() -> None:
    piece = '<svg><use href="#lc-pin"/><rect fill="url(#lc-pencil)"/><use href="#lc-pin"/><g></g></svg>'
    marked = Pieces().marked(piece)
    assert marked.count("#lc-pin") == marked.count("#lc-pencil") == 1


def test_pieces_that_are_alike_have_one_mark_also_around_others() -> None:
    pieces = Pieces()
    mark = pieces.marked(MANY)
    assert pieces.marked(MANY) == mark
    assert pieces.marked(f"<p>{mark}</p>") == pieces.marked(f"<p>{MANY}</p>") != mark
    assert len(pieces) == 2
    pieces.clear()
    assert pieces.marked(MANY) != mark


def test_two_sites_have_no_mark_in_common() -> None:
    assert Pieces().marked(MANY) != Pieces().marked(MANY)


def test_pages_stay_the_same_when_pieces_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_site(full())
    pages = [page for page in plan.site.pages if page.kind in ("scorecard", "practice", "practice-list")]
    before = [plan.renderer.render(page).html for page in pages]
    assert any(SIGN in plan.renderer.render(page).drawn.text for page in pages)
    monkeypatch.setattr(rooms, "_MOST_PIECES", 0)
    assert [plan.renderer.render(page).html for page in pages] == before
    assert not any(SIGN in html for html in before)
