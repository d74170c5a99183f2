"""What all tests share: Hypothesis profiles, and a real browser where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")

# A shared machine may be slow at any moment: time is no property of the code, so no example has a deadline.
settings.register_profile("dev", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# In CI the same change is judged the same way each time; new examples are drawn on every developer's machine.
settings.register_profile(
    "ci", parent=settings.get_profile("dev"), max_examples=1000, print_blob=True, derandomize=True
)
# Each night other ones: what is found is kept as an example in the test.
settings.register_profile("fuzz", parent=settings.get_profile("ci"), max_examples=10_000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if IN_CI else "dev"))

os.environ["LCSITE_CACHE"] = ""  # a test asks for a memory where it wants one

CHROMIUM_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Where Chromium is: `LCSITE_CHROMIUM`, or the first that the shell would find."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    named = os.environ.get("LCSITE_CHROMIUM", "")
    return next((found for name in (named, *names) if name and (found := shutil.which(name))), None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") and find_chromium() is None:
        words = "this test needs Chromium, which is missing: apt-get install chromium, or set LCSITE_CHROMIUM"
        (pytest.fail if IN_CI else pytest.skip)(words)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium with an empty profile, shared by the tests of one process (mark them `browser`)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_OPTIONS))
        yield chromium
        chromium.close()
