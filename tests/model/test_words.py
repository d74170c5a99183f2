"""What a plain text may be: anything in any script, as long as there is something to see."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

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
