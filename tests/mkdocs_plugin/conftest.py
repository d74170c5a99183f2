"""The small site of `builders.garden_site`, built once with the engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import garden_site
from tests.builds import build, once


@pytest.fixture(scope="session")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sources of the small site, and in its `site` what `mkdocs build` made of them."""

    def make(folder: Path) -> None:
        garden_site(folder)
        build(folder)

    return once(tmp_path_factory, "garden-site", make)
