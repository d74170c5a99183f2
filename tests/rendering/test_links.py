"""Addresses are worked out once for a folder, and are those that `pages/addresses.py` gives for each page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcsite.pages import addresses
from lcsite.rendering.links import AllLinks

_PARTS = st.lists(st.sampled_from(["a", "b", "ab", "x.y", "A b", "n_1"]), max_size=4)
_PAGES = st.builds(
    lambda parts, file: "".join(f"{part}/" for part in parts) + file, _PARTS, st.sampled_from(["", "f.html"])
)
_TARGETS = st.builds(
    lambda start, page, end: start + page + end,
    st.sampled_from(["", "", "", "https://example.org/", "mailto:"]), _PAGES, st.sampled_from(["", "#n-1", "?q=a,b"]),
)  # fmt: skip


@given(st.lists(st.tuples(_PAGES, _TARGETS), max_size=8))
def test_a_link_is_written_as_if_nothing_were_remembered(asked: list[tuple[str, str]]) -> None:
    links = AllLinks()
    for here, target in asked:
        for each in (target, here + "#n-1"):
            assert links.on(here)[each] == addresses.relative(each, here)


def test_pages_of_one_folder_share_what_lies_outside_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    links = AllLinks()
    assert links.on("cities/a/")["criteria/c/"] == "../../criteria/c/"
    monkeypatch.setattr(addresses, "relative", None)
    assert links.on("cities/b/")["criteria/c/"] == "../../criteria/c/"
