"""What a plain text may be: anything in any script, as long as there is something to see. What an address may be."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from lcsite.model import words
from lcsite.model.words import Text

TEXT: TypeAdapter[str] = TypeAdapter(Text)


@pytest.mark.parametrize(
    "unseen",
    [
        "\u200b", "\u200d\u200c", "\ufeff", "\u00ad", "\u200b \u2060", "\u3164", "\uffa0", "\u2800", "\u115f\u1160",
        "\ufe0f", "\U000e0067\U000e007f",
    ],
)  # fmt: skip
def test_a_text_of_nothing_that_can_be_seen_is_refused(unseen: str) -> None:
    with pytest.raises(ValidationError, match="no character here can be seen"):
        TEXT.validate_python(unseen)


@pytest.mark.parametrize(
    "seen", ["岡山市", "شهر\u200cها", "👩\u200d🏫", "क्ष\u200d", "a\u200bb", "x\ufe0f", "-", "½", "ㄱ", "ⵣ"]
)
def test_characters_that_shape_others_are_welcome_beside_them(seen: str) -> None:
    assert TEXT.validate_python(seen) == seen


UNUSUAL = [*"htps:/?#@[]%.-_~!$&'()*+,;=ab09Zä \\`\"<>\t\x7f", "example.org", "http://", "https://", ":80", ":x"]
PIECES = st.sampled_from(UNUSUAL)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_what_the_quick_look_at_an_address_lets_pass_is_right_by_the_long_way_too(rest: str) -> None:
    for address in (f"https://example.org/{rest}", f"http://{rest}", rest):
        if words._PLAIN_ADDRESS.fullmatch(address):
            assert words._unusual_address(address) == address


def test_the_quick_look_knows_what_nearly_every_address_is() -> None:
    for address in ("https://example.org", "http://a-b.example.org/x?y=1#z", "https://example.org/a_(b),c~d/%20/@e"):
        assert words._PLAIN_ADDRESS.fullmatch(address)
    for unusual in ("https://example.org:8080/", "https://a@example.org/", "https://xn--\u00e4.org/", "https://a..b/"):
        assert not words._PLAIN_ADDRESS.fullmatch(unusual)


def test_a_record_that_was_packed_is_the_same_again_and_says_what_was_stated() -> None:
    source = words.Source.model_validate({"title": "Audit", "year": 2024})
    again = pickle.loads(pickle.dumps(source))
    assert again == source
    assert again.model_fields_set == {"title", "year"}
    assert again.model_dump() == source.model_dump()
    assert again.model_copy(update={"year": 2025}).year == 2025
    make, parts = source.packed(title="Report")
    assert make(*parts) == source.model_copy(update={"title": "Report"})
