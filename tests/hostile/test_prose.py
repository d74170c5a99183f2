from __future__ import annotations

import html
from pathlib import Path

import pytest

from tests.hostile.prose_attacks import REFUSED, TEXT
from tests.hostile.sites import PROSE, build, check, live_vectors, pointed_at, small_site, steers, words_of

CASES = [(kind, text, code) for kind, cases in REFUSED.items() for text, code in cases]


@pytest.mark.parametrize(("kind", "text", "code"), CASES, ids=[f"{kind}-{n}" for n, (kind, _, _) in enumerate(CASES)])
def test_it_is_refused_where_it_stands_in_every_kind_of_text(tmp_path: Path, kind: str, text: str, code: str) -> None:
    made = small_site(tmp_path)
    expected = set()
    for path in PROSE:
        before = (tmp_path / path).read_text(encoding="utf-8") + "\n"
        attack, spot = pointed_at(text, before.count("\n") + 1)
        (tmp_path / path).write_text(before + attack + "\n", encoding="utf-8", newline="")
        expected.add(f"{path}:{spot} {code}")
    done = check(made)
    assert done.code == 1, done.err
    assert expected <= set(done.spots)
    assert done.seconds < 2
    assert not steers(done.out + done.err)


def test_what_only_looks_like_a_command_to_a_program_is_shown_as_text(tmp_path: Path) -> None:
    made = small_site(tmp_path)
    texts = [text for texts in TEXT.values() for text in texts]
    made.page("about", "About", "\n\n".join(f"Before {text}" for text in texts) + "\n")
    assert check(made).spots == []
    assert build(made).code == 0
    assert live_vectors(tmp_path / "site") == []
    words = words_of(tmp_path / "site", "about/index.html")
    for text in texts:
        assert f"Before {html.unescape(text).strip('`')}" in words
