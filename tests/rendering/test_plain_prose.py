"""What is plain is written without the long way, and nobody can tell from what comes out."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from lcsite.rendering import prose
from lcsite.rendering.plain_prose import plain_prose

CONTENT = Path(__file__).parents[2] / "content"

PLAIN = """Two lines of
words, with **strong words**, *stressed ones* and [a link](../a_b/c.md#d).

## What was done

- **First.** Something
  that runs on
- Second, [outside](https://example.org/a?b=c)

### What was done

1. One
2. Two

> Said by *somebody*,
> in 2.6 million words.
"""

WORDS = (
    "a|Words|2024|**b**|*e*|[a](b.md)|[a b](../c_d.md#e)|[a](https://example.org/)|**[a](b.md)**|*a [b](c) d*|.|!|“|:|("
    "|)|é|'|\"|://|=|+|#"
).split("|")
ODD = (
    "1. |2. |10) |- |+ |* |*|**|***|_|a_b|# |## |> |>|: |=|===|-|--- |[a]|[^a]|]|](|[ ] |[x] |[**a**](b)|\u00a0|{#a}"
    "|[TOC]|2.6|*[a]: b|![|a:|\n:|:a|1.a|1)a|#a|-a|+a|=a|>a"
).split("|")
BETWEEN = [
    *[" "] * 8,
    *["\n"] * 3,
    *["\n\n"] * 3,
    "",
    "\n\n\n",
    "\n  ",
    "\n- ",
    "\n\n- ",
    "\n\n## ",
    "\n\n1. ",
    "\n2. ",
    "\n> ",
    "  ",
]
PIECES = st.tuples(st.sampled_from(WORDS * 6 + ODD), st.sampled_from(BETWEEN)).map("".join)
TEXTS = st.tuples(st.sampled_from(["", "", "- ", "1. ", "> ", "## "]), st.lists(PIECES, min_size=1, max_size=9)).map(
    lambda found: found[0] + "".join(found[1]).rstrip(" ")
)
"""Texts that are plain about as often as not."""


def resolve(written: str) -> str:
    return written if "://" in written else f"../{written}"


def the_long_way(text: str, prefix: str = "", shift: int = 0) -> Markup:
    with patch.object(prose, "plain_prose", return_value=None):
        return prose.render_prose(text, resolve=resolve, id_prefix=prefix, shift=shift)


def is_plain(text: str) -> bool:
    return plain_prose(text, resolve=resolve, heading_id=str) is not None


@pytest.mark.parametrize(("prefix", "shift"), [("", 0), ("about-", 1)])
def test_plain_words_come_out_as_the_long_way_writes_them(prefix: str, shift: int) -> None:
    assert is_plain(PLAIN)
    found = prose.render_prose(PLAIN, resolve=resolve, id_prefix=prefix, shift=shift)
    assert found == the_long_way(PLAIN, prefix, shift)
    assert f'id="{prefix}what-was-done_1"' in found


@given(TEXTS)
@settings(max_examples=300)
def test_whatever_is_taken_for_plain_comes_out_the_same(text: str) -> None:
    if is_plain(text):
        assert prose.render_prose(text, resolve=resolve) == the_long_way(text)


@pytest.mark.parametrize(
    "text",
    ["a <b>", "a & b", "`a`", "a | b", "~~a~~", "a\\*", "![a](b.png)", "[a]: b", "[a][b]", "[a](b 'c')", "a_b_",
     "1. a\n- b", "- a\n\n- b", "> a\n\n> b", "- a\n    - b", "    a", "a  \nb", "a\n---", "A\n: b", "* a", "2. a",
     "a * b", "***a***", "- [ ] a", "[^1]", "a\u00a0b\u2028c", "# a #", "> > a", ""],
)  # fmt: skip
def test_what_means_more_than_it_seems_goes_the_long_way(text: str) -> None:
    assert not is_plain(text)


def test_most_of_this_portal_is_plain_and_all_of_it_comes_out_the_same() -> None:
    texts = [
        re.sub(r"\A---\n.*?\n---\n", "", path.read_text(), flags=re.S) for path in sorted(CONTENT.rglob("*.md"))[::4]
    ]
    plain = [text for text in texts if is_plain(text)]
    assert len(plain) > len(texts) / 2
    for text in plain:
        assert prose.render_prose(text, resolve=resolve) == the_long_way(text)
