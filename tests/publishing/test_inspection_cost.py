"""Looking at the whole portal: nothing is wrong with it, and looking costs little beside making it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lcsite.mkdocs_plugin.engine import render_site
from lcsite.pipeline import plan_site, read_and_check
from lcsite.publishing.first_look import FirstLook
from lcsite.publishing.output_check import inspect_output
from tests.builds import ROOT, whole_portal


@pytest.mark.slow
def test_the_portal_passes(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert list(inspect_output(whole_portal(tmp_path_factory))) == []


@pytest.mark.slow
def test_looking_while_pages_are_written_and_at_the_end_takes_less_than_a_fifth_of_a_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = 0.0

    def timed(look: Callable[..., Any]) -> Callable[..., Any]:
        def timed_look(*given: Any, **options: Any) -> Any:
            nonlocal looking
            started = time.process_time()
            try:
                return look(*given, **options)
            finally:
                looking += time.process_time() - started

        return timed_look

    monkeypatch.setattr(FirstLook, "at", timed(FirstLook.at))
    monkeypatch.setattr(FirstLook, "at_form", timed(FirstLook.at_form))
    started = time.process_time()
    portfolio = read_and_check(ROOT).portfolio
    assert portfolio is not None
    made = render_site(plan_site(portfolio), ROOT / "mkdocs.yml", tmp_path / "site", processes=1)
    assert looking > 0
    at_the_end = timed(lambda: list(inspect_output(tmp_path / "site", looks=made.looks, site_url=portfolio.site.url)))
    assert at_the_end() == []
    whole = time.process_time() - started
    print(f"looked for {looking:.2f} of {whole:.1f} seconds")
    assert looking < whole / 5
