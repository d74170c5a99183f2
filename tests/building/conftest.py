"""A town that the tests of a file share, with a memory of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.building.towns import Town, town


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town that has been built in both ways; a test edits it and leaves it as it is, with the two in agreement."""
    folder = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LCSITE_CACHE", str(folder / "memory"))
        made = town(folder)
        assert made.agrees("--no-search").code == 0
        yield made
